"""The two languages: which one a visitor reads, and how to change it."""

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    has_request_context,
    redirect,
    request,
    session,
    url_for,
)
from flask_babel import Babel, get_locale
from werkzeug.wrappers import Response as AnyResponse

from admin_site.config import LOCALES, Settings
from views.requests import local_path

LANGUAGE_TAGS = {"zh_Hans_CN": "zh-Hans-CN", "en": "en"}

language = Blueprint("language", __name__)


def chosen_locale() -> str:
    """The visitor's own choice, else the office's language."""
    settings: Settings = current_app.config["ONEWINDOW"]
    chosen = session.get("locale") if has_request_context() else None
    return chosen if chosen in LOCALES else settings.locale


@language.route("/language/<locale>", methods=["GET", "POST"])
def switch(locale: str) -> AnyResponse:
    """Keep the choice with the session and go back to the page it was made on."""
    if locale not in LOCALES:
        abort(404)
    session["locale"] = locale
    return redirect(local_path(request.values.get("next")) or url_for("portal.welcome"))


def language_tag() -> str:
    """The value of ``<html lang>``."""
    return LANGUAGE_TAGS.get(str(get_locale()), "en")


def _name_language(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language_tag())
    return response


def init_i18n(app: Flask) -> None:
    """Choose a locale for every request, and offer the others."""
    Babel(app, locale_selector=chosen_locale)
    app.register_blueprint(language)
    app.after_request(_name_language)
    app.jinja_env.globals.update(language_tag=language_tag, locales=LOCALES, this_locale=get_locale)
