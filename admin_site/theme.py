"""The colours of every page: light, dark, or as the reader's own system says."""

from flask import Blueprint, Flask, abort, current_app, redirect, request, url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response

from views.requests import local_path

COOKIE = "theme"
SYSTEM = "system"
A_YEAR = 365 * 24 * 3600

# The name in addresses and in the cookie → the words; the first is what nobody had to choose.
THEMES: dict[str, LazyString] = {
    SYSTEM: _("As the system says"),
    "light": _("Light colours"),
    "dark": _("Dark colours"),
}
# What the browser learns of its own parts: scroll bars, date pickers, empty pages.
SCHEMES = {SYSTEM: "light dark", "light": "light", "dark": "dark"}
# Where the dark colours hold. Paper is white whatever the screen is.
DARK_MEDIA = {SYSTEM: "screen and (prefers-color-scheme: dark)", "dark": "screen"}

theme = Blueprint("theme", __name__)


def chosen_theme() -> str:
    """The visitor's own choice, else what the visitor's system says."""
    chosen = request.cookies.get(COOKIE, SYSTEM)
    return chosen if chosen in THEMES else SYSTEM


@theme.get("/theme/<name>")
def switch(name: str) -> Response:
    """Keep the choice in a cookie and go back to the page it was made on."""
    if name not in THEMES:
        abort(404)
    answer = redirect(local_path(request.args.get("next")) or url_for("portal.welcome"))
    answer.set_cookie(
        COOKIE, name, max_age=A_YEAR, httponly=True, samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )  # fmt: skip
    return answer


def init_theme(app: Flask) -> None:
    """Give every template the choice, and the others to choose from."""
    app.register_blueprint(theme)
    app.jinja_env.globals.update(
        this_theme=chosen_theme, themes=THEMES, colour_schemes=SCHEMES, dark_media=DARK_MEDIA
    )
