"""Where an application stands: asked with its number and four characters, without an account."""

from collections.abc import Sequence
from hmac import compare_digest

from flask import redirect, render_template, request, session
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from models import Applicant, Application
from models.database import db
from models.enums import ApplicationStatus, Origin
from views.current import current_actor, shows_form_again, token_expired
from views.portal.frame import is_applicant
from views.portal.own_case import TRACKED, own_url
from views.words.labels import member_label
from views.words.values import localised

LONGEST_NUMBER = 80
LAST = 4
MOST_OWN = 200


def number_key() -> str:
    """The case that is asked for: nobody tries all the four characters of one case."""
    return f"case {_typed_number()}"


def has_failed(response: Response) -> bool:
    """Whether a question was answered with anything but the case."""
    return response.status_code != 302


@shows_form_again
def track() -> Response | str | tuple[str, int]:
    """Ask for a case; an applicant who has signed in finds their own cases here."""
    if request.method != "POST":
        return _page()
    if token_expired():
        return _page(gettext("The page was open too long. Please ask again.")), 400
    number = _typed_number()
    if not _is_his(_case(number), request.form.get("last", "").strip().upper()):
        # One answer for an unknown number and for wrong characters: it tells nobody what exists.
        return _page(gettext("There is no application with this number and these characters.")), 422
    session[TRACKED] = number
    return redirect(own_url(number))


def _page(problem: str = "") -> str:
    return render_template(
        "portal/track.html", problem=problem, number=_typed_number(), own=_own_lines()
    )


def _typed_number() -> str:
    return request.form.get("number", "").strip().upper()[:LONGEST_NUMBER]


def _case(number: str) -> Application | None:
    return db.session.scalar(
        select(Application).where(
            Application.number == number,
            Application.origin == Origin.NATIVE,
            Application.status != ApplicationStatus.DRAFT,
        )
    )


def _is_his(case: Application | None, last: str) -> bool:
    """Whether the four characters end the applicant's identity number or telephone number."""
    applicant = case.applicant if case is not None else None
    known = (applicant.identity_number, applicant.phone) if applicant is not None else ("", "")
    ends = [(text or "")[-LAST:].encode() for text in known]
    right = [compare_digest(end, last.encode()) for end in ends]
    return len(last) == LAST and any(right)


def _own_lines() -> list[tuple[str, str, str, str]]:
    """Number, address, item and state of the reader's own cases, the latest first."""
    if not is_applicant():
        return []
    return [
        (
            c.number,
            own_url(c.number),
            localised(c.licence_item, "name"),
            str(member_label(c.status)),
        )
        for c in _own_cases()
    ]


def _own_cases() -> Sequence[Application]:
    mine = select(Applicant.id).where(Applicant.user_id == current_actor().user_id)
    return db.session.scalars(
        select(Application)
        .where(Application.applicant_id.in_(mine), Application.origin == Origin.NATIVE)
        .order_by(Application.id.desc())
        .limit(MOST_OWN)
    ).all()
