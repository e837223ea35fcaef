"""What asks for one person's attention: derived from rows that exist, one question for each kind.

A notice is no row of its own: it is there as long as its matter is, and nobody has to tick it off.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from models.acting import Actor
from models.application import Applicant, Application, ApplicationStep
from models.certificate import Certificate
from models.clock import CalendarYear, CorrectionNotice
from models.complaints import Complaint
from models.enums import ApplicationStatus, Duty, LineOutcome, Origin, StepStatus
from models.orders import SupervisionOrder
from models.questions import my_work
from models.questions.absences import away_on
from models.questions.calendar import working_calendar
from models.questions.lateness import is_late
from models.questions.silence import accepts_itself, renews_itself
from models.questions.worklists import (
    is_due_soon,
    is_open,
    is_overdue,
    is_step_in_hand,
    is_unclaimed_step,
)
from models.ratings import Rectification
from models.rules.duties import CASEWORK, CONFIRMING, LEADERS, LINE
from models.rules.working_days import Calendar, CalendarRangeError
from models.staffing import Absence, Reassignment, ReassignmentLine

# Work that was handed over is news for so many working days, today among them.
DAYS_OF_NEWS = 5
# What silence will decide is told so many working days ahead.
DAYS_AHEAD = 1
# Silence that the daily run has not yet carried out is told for so many days.
DAYS_BEHIND = 31
# The notice of a year is given in the autumn before: its absence is told from this day on.
MISSING_FROM = (11, 1)
MOST_COUNTED = 100
PLACES_KEPT = 8

OFFICERS = (CASEWORK | CONFIRMING) - {Duty.SUPERVISION}
APPLICANT = frozenset({Duty.APPLICANT})

# Written into the statement: a partial index is proved from literals only.
_IS_NO_DRAFT: ColumnElement[bool] = literal_column("application.status <> 'DRAFT'", Boolean)
_CASE = (joinedload(Application.licence_item), joinedload(Application.applicant))


@dataclass(frozen=True, slots=True)
class Reader:
    """One person on one day, with the days that the questions reach back and ahead."""

    actor: Actor
    me: int
    today: date
    news_since: date
    silence_until: date


def reader_of(session: Session, actor: Actor, today: date) -> Reader | None:
    """The person as a reader of notices; None for nobody."""
    if actor.user_id is None:
        return None
    place = (str(session.get_bind().engine.url), today)
    reach = _reaches.get(place)
    if reach is None:
        if len(_reaches) >= PLACES_KEPT:
            _reaches.clear()
        reach = _reaches[place] = _reach(working_calendar(session), today)
    return Reader(actor, actor.user_id, today, *reach)


# Read once a day and office: every page counts. No date of a case rests on these two.
_reaches: dict[tuple[str, date], tuple[date, date]] = {}


def _reach(calendar: Calendar, today: date) -> tuple[date, date]:
    try:
        return calendar.subtract(today, DAYS_OF_NEWS - 1), calendar.add(today, DAYS_AHEAD)
    except CalendarRangeError:
        return today, today


# --- the questions that only notices ask ---------------------------------------------------------


def _in_hand_of(user_id: int) -> ColumnElement[bool]:
    # A list of keys: the few steps of one person are read first, not the many open cases.
    step = ApplicationStep
    return Application.id.in_(select(step.application_id).where(*_is_his(user_id)))


def _is_his(user_id: int) -> tuple[ColumnElement[bool], ...]:
    # The duties are named for the index of the open steps; the other one knows every step ever.
    step = ApplicationStep
    return (step.duty.in_(sorted(Duty)), step.officer_id == user_id, is_step_in_hand())


def overdue_in_hand(reader: Reader) -> Select[Application]:
    """The overdue cases in the reader's hands."""
    return _of_mine(reader, is_overdue(reader.today))


def due_soon_in_hand(reader: Reader) -> Select[Application]:
    """The cases in the reader's hands that the yellow light warns of."""
    return _of_mine(reader, is_due_soon(reader.today))


def _of_mine(reader: Reader, condition: ColumnElement[bool]) -> Select[Application]:
    found = select(Application).options(*_CASE).where(condition, _in_hand_of(reader.me))
    return found.order_by(Application.due_on, Application.id)


def handed_to(reader: Reader) -> Select[ReassignmentLine]:
    """The open steps that were handed over to the reader these days, and are there still."""
    line, order, step = ReassignmentLine, Reassignment, ApplicationStep
    return (
        select(line)
        .join(line.reassignment)
        .join(line.application_step)
        .options(
            contains_eager(line.reassignment).joinedload(order.from_user),
            contains_eager(line.application_step).joinedload(step.application).options(*_CASE),
        )
        .where(
            order.to_user_id == reader.me,
            order.done_on >= reader.news_since,
            line.outcome == LineOutcome.MOVED,
            step.officer_id == reader.me,
            step.status == StepStatus.OPEN,
        )
        .order_by(order.done_on.desc(), line.id)
    )


def stands_in_for(reader: Reader) -> Select[Absence]:
    """Who is away today and named the reader as the substitute (AB岗)."""
    return (
        select(Absence)
        .options(joinedload(Absence.user))
        .where(Absence.substitute_id == reader.me, away_on(reader.today))
        .order_by(Absence.first_day, Absence.id)
    )


def about_to_accept(reader: Reader) -> Select[Application]:
    """The received cases that silence accepts unless somebody answers (Art. 32)."""
    # No clock runs before acceptance; the index of open cases begins with those without a date.
    unclocked = Application.due_on.is_(None)
    found = (
        select(Application).options(*_CASE).where(unclocked, accepts_itself(reader.silence_until))
    )
    return _his(reader, found).order_by(Application.notice_due_on, Application.id)


def about_to_renew(reader: Reader) -> Select[Application]:
    """The renewals that silence grants unless somebody decides (Art. 50)."""
    # The few permits that end about now are read first, from the index of their last days.
    since = reader.today - timedelta(days=DAYS_BEHIND)
    ending = select(Certificate.id).where(
        Certificate.valid_until.between(since, reader.silence_until)
    )
    found = (
        select(Application)
        .options(*_CASE)
        .where(
            Application.prior_certificate_id.in_(ending),
            _IS_NO_DRAFT,
            renews_itself(reader.silence_until),
        )
    )
    return _his(reader, found).order_by(Application.id)


def _his(reader: Reader, cases: Select[Application]) -> Select[Application]:
    """Leaders look after every case, an officer after those in hand."""
    return cases if reader.actor.holds(LEADERS) else cases.where(_in_hand_of(reader.me))


def answers_to(reader: Reader) -> Select[SupervisionOrder]:
    """The answers to the reader's orders that are not yet accepted or sent back."""
    order = SupervisionOrder
    return (
        select(order)
        .options(joinedload(order.addressee), joinedload(order.application))
        .where(
            order.ordered_by_id == reader.me,
            order.accepted_on.is_(None),
            order.answered_on.is_not(None),
        )
        .order_by(order.answered_on, order.id)
    )


def complaints_for(reader: Reader) -> Select[Complaint]:
    """The complaints that the reader or nobody handles; never one about the reader."""
    return (
        select(Complaint)
        .where(
            Complaint.answered_on.is_(None),
            or_(Complaint.handler_id == reader.me, Complaint.handler_id.is_(None)),
            or_(Complaint.officer_id.is_(None), Complaint.officer_id != reader.me),
        )
        .order_by(Complaint.handle_due_on, Complaint.id)
    )


def rectifications_late(reader: Reader) -> Select[Rectification]:
    """The bad ratings that were not called about, or not put right, in time."""
    row, today = Rectification, reader.today
    uncalled = is_late(row.contact_due_on, row.contacted_on, today)
    return (
        select(row)
        .options(joinedload(row.rating))
        .where(or_(uncalled, is_late(row.rectify_due_on, row.rectified_on, today)))
        .order_by(row.rectify_due_on, row.id)
    )


def corrections_owed(reader: Reader) -> Select[CorrectionNotice]:
    """The correction notices that an applicant has to answer."""
    return (
        select(CorrectionNotice)
        .join(CorrectionNotice.application)
        .options(contains_eager(CorrectionNotice.application).options(*_CASE))
        .where(
            Application.applicant_id.in_(
                select(Applicant.id).where(Applicant.user_id == reader.me)
            ),
            Application.status == ApplicationStatus.CORRECTING,
            CorrectionNotice.issued_on.is_not(None),
            CorrectionNotice.answered_on.is_(None),
        )
        .order_by(Application.correction_due_on.nulls_last(), CorrectionNotice.id)
    )


def year_without_notice(reader: Reader) -> Select[CalendarYear]:
    """The last confirmed year before the one that waits for its notice: the coming one from
    1 November on, and until it is confirmed."""
    told_from = date(reader.today.year, *MISSING_FROM)
    needed = reader.today.year + (reader.today >= told_from)
    year, other = CalendarYear, aliased(CalendarYear)
    before = select(func.max(other.year)).where(other.is_confirmed, other.year < needed)
    known = exists().where(other.year == needed, other.is_confirmed)
    return select(year).where(year.year == before.scalar_subquery(), ~known).order_by(year.id)


# --- the kinds ------------------------------------------------------------------------------------

Question = Callable[[Reader], Select[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: whom it concerns, and what is asked."""

    duties: frozenset[Duty]
    question: Question


KINDS: Mapping[str, Kind] = {
    "orders": Kind(OFFICERS, lambda r: my_work.orders_to_me(r.me)),
    "accepts-itself": Kind(LEADERS | {Duty.ACCEPTANCE}, about_to_accept),
    "renews-itself": Kind(LEADERS | LINE, about_to_renew),
    "overdue": Kind(LINE, overdue_in_hand),
    "due-soon": Kind(LINE, due_soon_in_hand),
    "pauses": Kind(LINE, lambda r: my_work.pauses_overrun(r.me, r.today)),
    "extensions": Kind(CONFIRMING, lambda r: my_work.extensions_to_approve(r.actor)),
    "second-notices": Kind(CONFIRMING, lambda r: my_work.second_notices_to_approve(r.actor)),
    "green-lanes": Kind(CONFIRMING, lambda r: my_work.green_lanes_to_approve(r.actor)),
    "receipts": Kind(CONFIRMING, lambda r: my_work.earlier_receipts_to_confirm(r.actor)),
    "changes": Kind(CONFIRMING, lambda r: my_work.certificate_changes_to_approve(r.actor)),
    "identities": Kind(CONFIRMING, lambda r: my_work.identities_to_confirm(r.actor)),
    "terminations": Kind(CONFIRMING, lambda r: my_work.terminations_to_approve(r.actor)),
    "withdrawals": Kind(CONFIRMING, lambda r: my_work.withdrawals_to_approve(r.actor)),
    "calendar-notices": Kind(CONFIRMING, lambda r: my_work.calendar_notices_to_confirm(r.actor)),
    "calendar-missing": Kind(frozenset({Duty.HEAD, Duty.SYSTEM}), year_without_notice),
    "answers": Kind(LEADERS, answers_to),
    "complaints": Kind(LEADERS, complaints_for),
    "rectifications": Kind(LEADERS, rectifications_late),
    "handed": Kind(LINE, handed_to),
    "stand-in": Kind(OFFICERS, stands_in_for),
    "corrections": Kind(APPLICANT, corrections_owed),
}
APPROVALS = (
    "extensions", "second-notices", "green-lanes", "receipts", "changes", "identities",
    "terminations", "withdrawals", "calendar-notices",
)  # fmt: skip


def kinds_for(actor: Actor) -> Iterator[tuple[str, Kind]]:
    """The kinds that concern a person's duties, in the order in which they are shown."""
    return ((name, kind) for name, kind in KINDS.items() if actor.holds(kind.duties))


# --- the counters beside the menu and in the top bar ----------------------------------------------


def unclaimed_for(reader: Reader) -> Select[Any]:
    """The steps of the reader's posts that wait; none on a day of absence."""
    away = exists().where(Absence.user_id == reader.me, away_on(reader.today))
    return (
        select(ApplicationStep.id)
        .join(ApplicationStep.application)
        .where(
            is_unclaimed_step(),
            ApplicationStep.duty.in_(sorted(reader.actor.posts)),
            Application.origin != Origin.IMPORTED,
            is_open(),
            ~away,
        )
    )


def in_hand_of(reader: Reader) -> Select[Any]:
    """The open steps that the reader has claimed."""
    return (
        select(ApplicationStep.id)
        .join(ApplicationStep.application)
        .where(
            *_is_his(reader.me),
            Application.origin != Origin.IMPORTED,
            is_open(),
        )
    )


def counted(session: Session, actor: Actor, today: date) -> dict[str, int]:
    """How many of each kind there are, with the steps to claim and in hand: in one statement.

    Nobody reads a number beyond ``MOST_COUNTED``: the counting of a kind ends there.
    """
    reader = reader_of(session, actor, today)
    statement = _counting(reader) if reader else None
    return {} if statement is None else dict(session.execute(statement).one()._mapping)


@lru_cache(maxsize=256)
def _counting(reader: Reader) -> Any:
    # Building the statement takes longer than running it; for one person it is the same all day.
    asked = {name: kind.question(reader) for name, kind in kinds_for(reader.actor)}
    if reader.actor.holds(LINE):
        asked |= {"to-claim": unclaimed_for(reader), "in-hand": in_hand_of(reader)}
    return select(*(_capped(question).label(n) for n, question in asked.items())) if asked else None


def _capped(question: Select[Any]) -> Any:
    rows = question.order_by(None).with_only_columns(literal(1).label("one")).limit(MOST_COUNTED)
    return select(func.count()).select_from(rows.subquery()).scalar_subquery()
