"""What every answer and every form must carry: security headers, a nonce, a token."""

import secrets

from flask import Flask, Response, abort, current_app, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from views.current import is_signed_in, note_expired_token, note_too_long
from views.requests import carries_nul

csrf = CSRFProtect()

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def csp_nonce() -> str:
    """The nonce of this answer, for the rare script that is not a file."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def check_token() -> None:
    """Refuse a form without a valid token; a page that shows itself again keeps what was typed."""
    if not current_app.config["WTF_CSRF_ENABLED"] or not request.endpoint:
        return
    try:
        csrf.protect(apply_exemptions=True)
    except CSRFError:
        view = current_app.view_functions.get(request.endpoint)
        if not getattr(view, "shows_form_again", False):
            raise
        note_expired_token()


def refuse_nul() -> None:
    """No text of ours contains NUL, and PostgreSQL cannot even ask for one."""
    if carries_nul():
        abort(400)


def admit_long_form() -> None:
    """A page that keeps what was typed reads a form that is too long, so as to show it again."""
    view = current_app.view_functions.get(request.endpoint or "")
    longest = current_app.config["MAX_FORM_MEMORY_SIZE"]
    keeps = is_signed_in() and getattr(view, "reads_long_forms", False)
    if not keeps or (request.content_length or 0) <= longest:
        return
    request.max_form_memory_size = request.max_content_length
    note_too_long()


def add_headers(response: Response) -> Response:
    """The security headers of every answer; pages of an account are not kept by caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint and not request.endpoint.endswith("static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def init_security(app: Flask) -> None:
    """Guard every request and dress every answer. Comes after sign-in: forms know their user."""
    csrf.init_app(app)
    app.before_request(admit_long_form)
    app.before_request(refuse_nul)
    app.before_request(check_token)
    app.after_request(add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
