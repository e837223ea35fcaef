"""The public register: what was granted, to whom, and whether it still holds (Art. 40)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Row, Select, false, or_, select, tuple_, union

from models import Applicant, Application, Certificate, Decision, LicenceItem
from models.database import db
from models.enums import ApplicantKind, ApplicationKind, DecisionOutcome, Origin
from views.current import current_day
from views.exports import csv_response
from views.portal.catalogue import LONGEST_TERM, shown_items
from views.portal.frame import public_name
from views.portal.verify import standing_of
from views.requests import LARGEST_KEY
from views.words.values import localised, show

PAGE_SIZE = 50
MOST_EXPORTED = 5000

HEADINGS = (
    _("Number"), _("Item"), _("Holder"), _("Credit code"), _("Decided on"), _("Valid until"),
    _("Status"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the register somebody wants to see."""

    term: str
    item: LicenceItem | None
    before: tuple[date, int] | None

    def url(self, endpoint: str = "portal.register", **more: str) -> str:
        """The address of a page that is asked the same."""
        asked: dict[str, Any] = {
            "q": self.term or None,
            "item": self.item.code if self.item else None,
            **more,
        }
        return url_for(endpoint, **asked)


def register() -> str:
    """One page of the register, the latest decision first."""
    asked = _asked()
    rows = _rows(asked, PAGE_SIZE + 1)
    more = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return render_template(
        "portal/register.html",
        asked=asked,
        headings=HEADINGS,
        lines=[(_address(row.Certificate), _line(row)) for row in rows[:PAGE_SIZE]],
        older=asked.url(before=_key(more.Decision)) if more else "",
        newest=asked.url() if asked.before else "",
        csv_url=asked.url("portal.register_csv"),
        most=MOST_EXPORTED,
        items=[(i.code, localised(i, "name"), i is asked.item) for i, _v in shown_items()],
    )


def register_csv() -> Response:
    """The same as a file: masked as shown, and with an end."""
    rows = _rows(_asked(), MOST_EXPORTED)
    return csv_response("register", map(str, HEADINGS), map(_line, rows))


def _asked() -> Asked:
    term = request.args.get("q", "").strip()
    if len(term) > LONGEST_TERM:
        abort(400)
    code = request.args.get("item", "")
    shown = {item.code: item for item, _version in shown_items()} if code else {}
    if code and code not in shown:
        abort(400)
    return Asked(term, shown.get(code), _place(request.args.get("before", "")))


def _key(decision: Decision) -> str:
    return f"{decision.decided_on}.{decision.id}"


def _place(text: str) -> tuple[date, int] | None:
    """Where a page begins. Aborts with 400 when it can be no place of the register."""
    if not text:
        return None
    day, _dot, key = text.partition(".")
    if not (key.isascii() and key.isdigit() and len(key) <= 10 and int(key) <= LARGEST_KEY):
        abort(400)
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        abort(400)


def _rows(asked: Asked, most: int) -> Sequence[Row[Any]]:
    return db.session.execute(_published(asked).limit(most)).all()


def _published(asked: Asked) -> Select[*tuple[Any, ...]]:
    """What may be published (Art. 5): granted, not confidential; refusals are nobody's business."""
    statement: Select[*tuple[Any, ...]] = (
        select(Decision, Application, Applicant, LicenceItem, Certificate)
        .join(Application, Application.id == Decision.application_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .outerjoin(Certificate, Certificate.application_id == Application.id)
        .where(
            Decision.outcome == DecisionOutcome.GRANTED,
            Application.origin == Origin.NATIVE,
            Application.is_confidential.is_(false()),
            # The end of a permit is told by the status of its certificate; it is no new permit.
            Application.kind != ApplicationKind.CANCELLATION,
        )
        .order_by(Decision.decided_on.desc(), Decision.id.desc())
    )
    if asked.item is not None:
        statement = statement.where(Application.licence_item_id == asked.item.id)
    if asked.term:
        statement = statement.where(_named(asked.term))
    if asked.before is not None:
        place = tuple_(Decision.decided_on, Decision.id)
        statement = statement.where(place < asked.before)
    return statement


def _named(term: str) -> Any:
    """A whole number, or a part of an organisation's name: persons are not looked for by name.

    Each way is asked for by itself, so that each has its index.
    """
    number = term.upper()
    organisations = select(Applicant.id).where(
        Applicant.kind == ApplicantKind.ORGANISATION,
        or_(
            Applicant.identity_number == number,
            Applicant.name.contains(term, autoescape=True),
        ),
    )
    return Application.id.in_(
        union(
            select(Application.id).where(Application.number == number),
            select(Certificate.application_id).where(Certificate.number == number),
            select(Application.id).where(Application.applicant_id.in_(organisations)),
        )
    )


def _address(paper: Certificate | None) -> str:
    return url_for("portal.entry", number=paper.number) if paper else ""


def _numbered(paper: Certificate) -> str:
    if paper.edition == 1:
        return paper.number
    return str(
        gettext("%(number)s (edition %(edition)s)", number=paper.number, edition=paper.edition)
    )


def _line(row: Row[Any]) -> list[str]:
    decision, case, applicant, item, paper = tuple(row)
    is_person = applicant.kind is ApplicantKind.PERSON
    return [
        _numbered(paper) if paper else case.number,
        str(localised(item, "name")),
        public_name(paper.holder_name if paper else applicant.name, is_person=is_person),
        "" if is_person else applicant.identity_number or "",
        show(decision.decided_on),
        _until(paper),
        standing_of(paper, current_day()).words if paper else gettext("Granted"),
    ]


def _until(paper: Certificate | None) -> str:
    if paper is None:
        return ""
    return show(paper.valid_until) if paper.valid_until else str(gettext("without an end"))
