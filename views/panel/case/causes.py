"""What moved the date of a case: each cause, with how both dates stood after it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from models import Application, ClockSuspension, DueDateChange
from models.enums import DueCause, IntakeResult
from views.words.labels import member_label
from views.words.values import show


@dataclass(frozen=True, slots=True)
class Cause:
    """One event that moved the date: when, why, by which paper, and both dates after it."""

    day: str
    cause: str
    detail: str
    due_on: str
    statutory_due_on: str

    @property
    def cells(self) -> list[str]:
        """Its line in a table under ``headings()``."""
        return [self.day, self.cause, self.detail, self.due_on, self.statutory_due_on]


def headings() -> list[str]:
    """What stands over the columns of the causes."""
    return [
        gettext("Day"), gettext("Cause"), gettext("Detail"), gettext("Promised date"),
        gettext("Statutory date"),
    ]  # fmt: skip


def causes_of(case: Application) -> list[Cause]:
    """Each event that moved the date, in the order in which they came."""
    return [
        Cause(
            show(change.effective_on),
            str(member_label(change.cause)),
            _detail(case, change),
            gettext("paused") if _stands_still(change) else show(change.due_on),
            show(change.statutory_due_on),
        )
        for change in case.due_date_changes
    ]


def _stands_still(change: DueDateChange) -> bool:
    return change.is_paused and change.due_on is None


def _detail(case: Application, change: DueDateChange) -> str:
    explain = _DETAILS.get(change.cause)
    return explain(case, change.effective_on) if explain else ""


def _notice(case: Application, _day: date) -> str:
    return gettext("answer due by %(day)s", day=case.notice_due_on) if case.notice_due_on else ""


def _suspension(case: Application, day: date) -> str:
    return _named_suspension(next((s for s in case.suspensions if s.started_on == day), None))


def _resumption(case: Application, day: date) -> str:
    return _named_suspension(next((s for s in case.suspensions if s.ended_on == day), None))


def _named_suspension(suspension: ClockSuspension | None) -> str:
    if suspension is None:
        return ""
    kind = member_label(suspension.kind)
    return str(gettext("%(kind)s, notice %(number)s", kind=kind, number=suspension.notice_number))


def _extension(case: Application, day: date) -> str:
    given = next((e for e in case.extensions if e.approved_on == day), None)
    if given is None:
        return ""
    return str(gettext("%(days)s working days: %(reason)s", days=given.days, reason=given.reason))


def _answer(case: Application, day: date) -> str:
    """The written answer that began the clock (Art. 32)."""
    given = [a for a in case.answers if a.issued_on == day and a.result is IntakeResult.ACCEPTED]
    return gettext("acceptance notice %(number)s", number=given[0].number) if given else ""


def _earlier_receipt(case: Application, day: date) -> str:
    given = next((r for r in case.earlier_receipts if r.confirmed_on == day), None)
    if given is None:
        return ""
    return str(gettext("came on %(day)s, %(proof)s", day=show(given.came_on), proof=given.proof))


_DETAILS: dict[DueCause, Callable[[Application, date], str]] = {
    DueCause.RECEIVED: _notice,
    DueCause.RESUBMITTED: _notice,
    DueCause.ACCEPTED: _answer,
    DueCause.DEEMED_ACCEPTED: _answer,
    DueCause.SUSPENDED: _suspension,
    DueCause.RESUMED: _resumption,
    DueCause.EXTENDED: _extension,
    DueCause.RECEIVED_EARLIER: _earlier_receipt,
    DueCause.GREEN_LANE: lambda case, _day: case.green_lanes[0].reason,
}
