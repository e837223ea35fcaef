"""Every date that rests on the working calendar, and how it follows from it: one table.

A change of the calendar moves what this table names: the job sets it, the preview of a notice
counts it. A new column of that kind is named here, or among those that stay.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from models.application import Application, ApplicationStep
from models.base import Base
from models.calendar_notice import CalendarNotice
from models.complaints import Complaint
from models.daily_run import CalendarRevision
from models.enums import ApplicationStatus, HearingKind, Origin, StepStatus
from models.hearing import Hearing, InterestedParty
from models.inspection import SiteInspection
from models.orders import SupervisionOrder
from models.questions.calendar import calendar_by, first_change, working_calendar
from models.questions.case_clock import (
    decision_clock_of,
    delivery_clock_of,
    handed_in_on,
    step_due_on,
)
from models.questions.materials import correction_served_on
from models.ratings import Rectification
from models.rules.case_clock import correction_due_on, notice_due_on
from models.rules.hearings import answer_due_on, assign_by_on, hold_due_on, request_due_on
from models.rules.rating import rectification_dues
from models.rules.working_days import Calendar

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date of a table, with the columns that go with it.

    ``reckon`` gives the values of ``columns`` by a calendar, while ``is_open`` says that the date
    still binds somebody. ``relation`` leads from a case to its rows (empty: the case itself);
    without one (None) the rows stand for themselves, and ``waiting`` finds the open ones.
    """

    kind: type[Base]
    columns: tuple[str, ...]
    is_open: Callable[[Any], bool]
    reckon: Callable[[Any, Calendar], Values]
    relation: str | None = None
    waiting: ColumnElement[bool] | None = None


def _stands(*statuses: ApplicationStatus) -> Callable[[Any], bool]:
    return lambda case: case.status in statuses


def _is_in_hand(row: Any) -> bool:
    return bool(row.application.status is ApplicationStatus.ACCEPTED)


def _correction(case: Application, calendar: Calendar) -> Values:
    served_on = correction_served_on(case)
    return (correction_due_on(calendar, served_on) if served_on else None,)


def _clock(case: Application, calendar: Calendar) -> Values:
    is_decided = case.status is ApplicationStatus.GRANTED
    reading = (delivery_clock_of if is_decided else decision_clock_of)(case, calendar)
    return (
        reading.due_on, reading.statutory_due_on, reading.warn_on, reading.is_provisional,
        reading.statutory_is_provisional,
    )  # fmt: skip


def _assignment(inspection: SiteInspection, calendar: Calendar) -> Values:
    """Whoever assigned in time by the calendar of that day is not late by a later one."""
    start = inspection.application.accepted_on or inspection.assigned_on
    last = assign_by_on(calendar, start)
    return last, inspection.is_late_assignment and inspection.assigned_on > last


def _order(order: SupervisionOrder, calendar: Calendar) -> Values:
    return (calendar.add(order.returned_on or order.ordered_on, order.answer_days),)


def _order_is_open(order: SupervisionOrder) -> bool:
    # An older release did not record on which day an order came back: that date stays.
    is_dated = order.returned_on is not None or not order.returned_count
    return order.answered_on is None and order.accepted_on is None and is_dated


DUE_DATES: tuple[DueDate, ...] = (
    DueDate(
        Application, ("notice_due_on",), _stands(ApplicationStatus.RECEIVED),
        lambda case, calendar: (notice_due_on(calendar, handed_in_on(case)),), "",
    ),
    DueDate(
        Application, ("correction_due_on",), _stands(ApplicationStatus.CORRECTING), _correction, "",
    ),
    DueDate(
        Application,
        ("due_on", "statutory_due_on", "warn_on", "due_is_provisional",
         "statutory_due_is_provisional"),
        _stands(ApplicationStatus.ACCEPTED, ApplicationStatus.GRANTED), _clock, "",
    ),
    DueDate(
        ApplicationStep, ("due_on",), lambda step: step.status is StepStatus.OPEN,
        lambda step, calendar: (step_due_on(step, step.application, calendar),), "steps",
    ),
    DueDate(
        Hearing, ("request_due_on",),
        lambda h: h.kind is HearingKind.ON_REQUEST
        and h.served_on is not None
        and not (h.requested_on or h.waived_on) and _is_in_hand(h),
        lambda hearing, calendar: (request_due_on(calendar, hearing.served_on),), "hearings",
    ),
    DueDate(
        Hearing, ("hold_due_on",),
        lambda h: h.requested_on is not None and h.held_on is None and _is_in_hand(h),
        lambda hearing, calendar: (hold_due_on(calendar, hearing.requested_on),), "hearings",
    ),
    DueDate(
        InterestedParty, ("answer_due_on",),
        lambda p: p.served_on is not None
        and not (p.stated_on or p.has_waived) and _is_in_hand(p),
        lambda party, calendar: (answer_due_on(calendar, party.served_on),), "interested_parties",
    ),
    DueDate(
        SiteInspection, ("assign_by_on", "is_late_assignment"),
        lambda inspection: inspection.done_on is None and _is_in_hand(inspection),
        _assignment, "inspections",
    ),
    DueDate(
        SupervisionOrder, ("answer_due_on",), _order_is_open, _order,
        waiting=and_(
            SupervisionOrder.answered_on.is_(None), SupervisionOrder.accepted_on.is_(None)
        ),
    ),
    DueDate(
        Complaint, ("handle_due_on",), lambda complaint: complaint.answered_on is None,
        lambda row, calendar: (calendar.add(row.received_on, row.handling_days),),
        waiting=Complaint.answered_on.is_(None),
    ),
    DueDate(
        Rectification, ("contact_due_on",), lambda row: row.contacted_on is None,
        lambda row, calendar: rectification_dues(calendar, row.rating.rated_on)[:1],
        waiting=Rectification.contacted_on.is_(None),
    ),
    DueDate(
        Rectification, ("rectify_due_on",), lambda row: row.rectified_on is None,
        lambda row, calendar: rectification_dues(calendar, row.rating.rated_on)[1:],
        waiting=Rectification.rectified_on.is_(None),
    ),
)  # fmt: skip

# What is named like such a date and follows from no calendar any more → why it stays.
STAYS: Mapping[tuple[str, str], str] = {
    ("application", "decision_due_on"): "what the decision was due on, when it was made",
    ("due_date_change", "due_on"): "history",
    ("due_date_change", "statutory_due_on"): "history",
    ("warning", "due_on"): "what was warned of",
    ("supervision_record", "correct_by_on"): "a day that the inspectors ordered",
}

# Columns that go with a date and are none that anybody is bound by.
_FOLLOWERS = frozenset(
    {"warn_on", "due_is_provisional", "statutory_due_is_provisional", "is_late_assignment"}
)


@dataclass(frozen=True, slots=True)
class Move:
    """A column of a row that gets another value."""

    row: Any
    column: str
    was: Any
    becomes: Any

    @property
    def is_due_date(self) -> bool:
        """Whether it is a date that binds somebody, not one that goes with it."""
        return self.column not in _FOLLOWERS

    @property
    def is_earlier(self) -> bool:
        """Whether the date comes before the one that stood there."""
        both = self.is_due_date and self.was is not None and self.becomes is not None
        return both and bool(self.becomes < self.was)


def reckoned_columns(table: str) -> frozenset[str]:
    """The columns of a table that follow from the calendar."""
    found = (each.columns for each in DUE_DATES if each.kind.__tablename__ == table)
    return frozenset(column for columns in found for column in columns)


def moves_of(case: Application, calendar: Calendar) -> list[Move]:
    """What of an open case is another value by this calendar."""
    found: list[Move] = []
    for each in DUE_DATES:
        if each.relation is not None:
            rows = getattr(case, each.relation) if each.relation else (case,)
            found += _moves(each, rows, calendar)
    return found


def moves_of_others(session: Session, calendar: Calendar) -> list[Move]:
    """The same of what belongs to no case: orders, complaints, rectifications."""
    found: list[Move] = []
    for each in DUE_DATES:
        if each.waiting is not None:
            rows = session.scalars(_waiting_rows(each))
            found += _moves(each, rows, calendar)
    return found


def _moves(due: DueDate, rows: Iterable[Any], calendar: Calendar) -> Iterator[Move]:
    for row in rows:
        if due.is_open(row):
            for column, becomes in zip(due.columns, due.reckon(row, calendar), strict=True):
                if (was := getattr(row, column)) != becomes:
                    yield Move(row, column, was, becomes)


def _waiting_rows(due: DueDate) -> Select[Any]:
    assert due.waiting is not None, "only rows that stand for themselves are looked for"
    kind: Any = due.kind
    return select(kind).where(due.waiting).order_by(kind.id)


# --- what is open ---------------------------------------------------------------------------------


def open_cases() -> Select[int]:
    """The keys of the cases that a change of the calendar may touch, in their order."""
    return (
        select(Application.id)
        .where(
            Application.closed_on.is_(None),
            Application.origin == Origin.NATIVE,
            Application.status != ApplicationStatus.DRAFT,
        )
        .order_by(Application.id)
    )


def whole_cases(session: Session, keys: Select[int]) -> Sequence[Application]:
    """These cases with everything from which their dates follow, in the order of their keys."""
    return session.scalars(
        select(Application)
        .where(Application.id.in_(keys.order_by(None)))
        .order_by(Application.id)
        .options(
            joinedload(Application.item_version),
            joinedload(Application.applicant),
            selectinload(Application.steps).joinedload(ApplicationStep.step_definition),
            *(
                selectinload(relation)
                for relation in (
                    Application.due_date_changes, Application.suspensions, Application.extensions,
                    Application.notices, Application.hearings, Application.interested_parties,
                    Application.inspections,
                )
            ),
        )
    ).all()  # fmt: skip


def anything_is_open(session: Session) -> bool:
    """Whether a change of the calendar could move any date at all."""
    others = (exists(_waiting_rows(each)) for each in DUE_DATES if each.waiting is not None)
    return bool(session.scalar(select(or_(exists(open_cases()), *others))))


# --- the preview of a notice ----------------------------------------------------------------------

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a notice would move: how many open cases, and which dates come earlier."""

    cases_moved: int
    earlier: tuple[Move, ...]


def foresee(session: Session, notice: CalendarNotice) -> Foreseen:
    """What would move if the notice were confirmed now. Nothing is written, nothing is tried."""
    cases_moved, earlier = 0, list[Move]()
    after = 0
    with session.no_autoflush:
        calendar = calendar_by(session, notice)
        keys = open_cases().where(_may_move(session, notice, calendar))
        while cases := whole_cases(session, _next(keys, after)):
            after = cases[-1].id
            for case in cases:
                moves = moves_of(case, calendar)
                cases_moved += any(move.is_due_date for move in moves)
                earlier += (move for move in moves if move.is_earlier)
        earlier += (m for m in moves_of_others(session, calendar) if m.is_earlier)
    return Foreseen(cases_moved, tuple(earlier))


def _next(keys: Select[int], after: int) -> Select[int]:
    few = keys.where(Application.id > after).limit(CHUNK).subquery()
    return select(few.c.id)


def _may_move(session: Session, notice: CalendarNotice, calendar: Calendar) -> ColumnElement[bool]:
    """The cases that need a look: a date before the first day that changes stays, whatever it
    rests on. While an earlier change is still being reckoned, every case needs one."""
    unfinished = select(CalendarRevision.id).where(CalendarRevision.finished_at.is_(None))
    if session.scalar(unfinished.limit(1)) is not None:
        return true()
    since = first_change(working_calendar(session), calendar, notice.year)
    if since is None:
        return false()
    # Where a clock is stopped, or none runs, there is no date that could tell.
    reasons: list[ColumnElement[bool]] = [
        Application.due_on.is_(None),
        Application.suspended_since.is_not(None),
    ]
    for each in DUE_DATES:
        if each.relation is not None:
            dates = (getattr(each.kind, name) for name in each.columns if name not in _FOLLOWERS)
            reaches = or_(*(day >= since for day in dates))
            of_parts = getattr(Application, each.relation).any if each.relation else None
            reasons.append(of_parts(reaches) if of_parts else reaches)
    return or_(*reasons)
