"""What a visitor reads when something cannot be done: in words, and nothing of the inside."""

import logging
from collections.abc import Callable

from flask import Flask, jsonify, render_template, request
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from models.database import db
from models.errors import RuleViolation
from views.words.messages import words_of

log = logging.getLogger(__name__)

Words = tuple[LazyString, LazyString]
Answer = tuple[str | Response, int]

# Status → what happened, and what the visitor can do.
WORDS: dict[int, Words] = {
    400: (_("The request could not be understood"), _("Go back and try again.")),
    403: (_("This page is not open to your account"), _("Ask for the duty it belongs to.")),
    404: (_("There is nothing here"), _("It may have been moved, or it is not yours to see.")),
    405: (_("That cannot be done here"), _("Use the buttons of the page.")),
    409: (_("Somebody was faster"), _("Look at the present state, then decide again.")),
    413: (_("That is too much at once"), _("Send less, or narrow the list with filters.")),
    422: (_("A rule stands against it"), _("Nothing was saved.")),
    429: (_("Too many requests"), _("Wait a moment, then try again.")),
    500: (_("Something went wrong on our side"), _("Nothing was saved. Please try again later.")),
}


def error_page(status: int, detail: str = "") -> Answer:
    """The page for a status; JSON for a program that asks for it."""
    happened, advice = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    wanted = request.accept_mimetypes.best_match(["text/html", "application/json"])
    if wanted == "application/json":
        return jsonify(status=status, error=str(happened), detail=detail), status
    page = render_template(
        "error.html", status=status, happened=happened, advice=advice, detail=detail
    )
    return page, status


def _refused_by_http(error: HTTPException) -> Answer | HTTPException:
    if error.code is None or error.code < 400:
        return error  # a redirect that werkzeug raised
    detail = error.description if getattr(error, "is_for_the_reader", False) else ""
    return error_page(error.code, detail or "")


def _refused_by_rule(error: RuleViolation) -> Answer:
    db.session.rollback()
    return error_page(422, words_of(error))


def _answer(status: int) -> Callable[[Exception], Answer]:
    def answer(error: Exception) -> Answer:
        db.session.rollback()
        log.warning("answered %s: %s", status, type(error).__name__)
        return error_page(status)

    return answer


def _broken(error: Exception) -> Answer:
    log.error("unexpected", exc_info=getattr(error, "original_exception", None) or error)
    try:
        db.session.rollback()
        return error_page(500)
    except Exception:  # the page must come even when nothing else works
        log.exception("the error page failed too")
        return "Something went wrong. / 系统出错。", 500


def init_errors(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(HTTPException, _refused_by_http)
    app.register_error_handler(RuleViolation, _refused_by_rule)
    app.register_error_handler(StaleDataError, _answer(409))
    app.register_error_handler(IntegrityError, _answer(409))
    app.register_error_handler(DataError, _answer(400))
    app.register_error_handler(500, _broken)
