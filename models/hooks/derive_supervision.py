"""What follows from the acts of supervision: who did it, on which day, and what is owed by when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.acting import Acting
from models.enums import AuditVerb
from models.hooks.changes import Change
from models.questions.calendar import working_calendar
from models.ratings import Rectification, ServiceRating
from models.rules.rating import is_bad, rectification_dues


@dataclass(frozen=True, slots=True)
class Derivation:
    """One change, with the circumstances of the act that made it."""

    session: Session
    acting: Acting
    change: Change

    @property
    def row(self) -> Any:
        """The row that changes."""
        return self.change.row

    def after(self, days: int | None, most: int) -> date:
        """So many working days from today; what is out of bounds the database then refuses."""
        bounded = min(max(days or 1, 1), most)
        return working_calendar(self.session).add(self.acting.today, bounded)

    def dates(self, text: str, day: str) -> None:
        """What was written today, was done today."""
        if self.change.changed(text) and getattr(self.row, text):
            setattr(self.row, day, getattr(self.row, day) or self.acting.today)


def derive_supervision(session: Session, acting: Acting, changes: Iterable[Change]) -> None:
    """Fill in what follows from ``changes`` of the tables of supervision."""
    for change in list(changes):
        if change.verb is not AuditVerb.DELETE and change.table in DERIVERS:
            DERIVERS[change.table](Derivation(session, acting, change))


def _order(d: Derivation) -> None:
    row, change = d.row, d.change
    is_sent_back = (
        not change.is_new
        and change.changed("return_reason")
        and row.return_reason
        and change.was("answered_on") is not None
    )
    if is_sent_back:
        row.returned_count += 1
        row.answer, row.answered_on, row.returned_on = "", None, d.acting.today
    elif not change.is_new:
        d.dates("answer", "answered_on")
        if row.answered_on is not None and change.changed("answer"):
            row.return_reason = ""  # the next answer may come back for the same reason
    if change.is_new or is_sent_back:
        row.answer_due_on = d.after(row.answer_days, 15)
    if row.accepted_by_id is not None and row.accepted_on is None and not change.is_new:
        row.accepted_on = d.acting.today


def _referral(d: Derivation) -> None:
    d.dates("outcome", "handled_on")


def _complaint(d: Derivation) -> None:
    if d.change.is_new:
        d.row.handle_due_on = d.after(d.row.handling_days, 60)
    d.dates("outcome", "answered_on")


def _rating(d: Derivation) -> None:
    rating: ServiceRating = d.row
    if not d.change.is_new:
        return
    rating.rated_on = d.acting.today
    key = rating.application.id if rating.application else rating.application_id
    earlier = select(ServiceRating.id).where(ServiceRating.application_id == key).limit(1)
    rating.is_follow_up = d.session.scalar(earlier) is not None
    if rating.level is not None and is_bad(rating.level):
        contact, rectify = rectification_dues(working_calendar(d.session), rating.rated_on)
        d.session.add(Rectification(rating=rating, contact_due_on=contact, rectify_due_on=rectify))


def _rectification(d: Derivation) -> None:
    row: Rectification = d.row
    if row.contacted_on is not None and row.handler_id is None:
        row.handler_id = d.acting.actor.user_id
    d.dates("result", "rectified_on")


DERIVERS: dict[str, Callable[[Derivation], None]] = {
    "supervision_order": _order,
    "referral": _referral,
    "complaint": _complaint,
    "service_rating": _rating,
    "rectification": _rectification,
}
