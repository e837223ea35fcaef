"""The pages for everybody and for applicants: guides, applications, progress, the register."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, current_app, render_template
from flask_babel import get_timezone, gettext
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address

from models.acting import utc_now
from views.portal import (
    apply,
    entry,
    help_pages,
    home,
    items,
    own_case,
    rate,
    register,
    track,
    verify,
)
from views.portal.frame import frame_context

# Rule → page, with its methods: everything that is open without the panel.
PAGES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("/", home.welcome, ("GET",)),
    ("/items/", items.items, ("GET",)),
    ("/items/<code>", items.guide, ("GET",)),
    ("/register/", register.register, ("GET",)),
    ("/register/register.csv", register.register_csv, ("GET",)),
    ("/register/<path:number>", entry.entry, ("GET",)),
    ("/verify/<token>", verify.verify, ("GET",)),
    ("/help/", help_pages.help_index, ("GET",)),
    ("/help/<name>", help_pages.help_page, ("GET",)),
    ("/track", track.track, ("GET", "POST")),
    ("/track/<number>", own_case.own_case, ("GET",)),
    ("/track/<number>/rating", rate.rate, ("POST",)),
    ("/track/<number>/<deed>", own_case.do, ("POST",)),
    ("/apply/<code>", apply.apply, ("GET", "POST")),
)

# Failed questions only: who knows the case may ask at will.
LIMITS = (("30 per 15 minutes", get_remote_address), ("8 per 15 minutes", track.number_key))


def too_many(_error: RateLimitExceeded) -> tuple[str, int, dict[str, str]]:
    """Too many wrong questions: the page says from when on the next one is heard."""
    limit = _limiter().current_limit
    again_at = limit.reset_at if limit else 0
    seconds = max(1, int(again_at - utc_now().timestamp()))
    time = datetime.fromtimestamp(again_at, get_timezone()).strftime("%H:%M:%S")
    words = gettext("Too many attempts. Please try again after %(time)s.", time=time)
    page = render_template("portal/track.html", problem=words, number="", own=[])
    return page, 429, {"Retry-After": str(seconds)}


def _limiter() -> Limiter:
    found: Limiter = current_app.extensions["sign_in.limiter"]
    return found


def build_portal(app: Flask) -> None:
    """Serve the pages."""
    limiter: Limiter = app.extensions["sign_in.limiter"]
    portal = Blueprint("portal", __name__)
    portal.register_error_handler(RateLimitExceeded, too_many)
    portal.context_processor(frame_context)
    for rule, page, methods in PAGES:
        portal.add_url_rule(rule, page.__name__, page, methods=methods)
    app.register_blueprint(portal)
    view: Any = app.view_functions["portal.track"]
    for limit, key in LIMITS:
        view = limiter.limit(limit, key_func=key, methods=["POST"], deduct_when=track.has_failed)(
            view
        )
    app.view_functions["portal.track"] = view
