"""What waits for one person today: one function for each question, always in one order.

Each answers with a statement, so that a page may ask for the first rows and for their number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import auto
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from models.acting import Actor
from models.application import Application, ApplicationStep
from models.calendar_notice import CalendarNotice
from models.certificate_change import CertificateChange
from models.clock import ClockSuspension, CorrectionNotice, DeadlineExtension, GreenLane
from models.ending import Termination, Withdrawal
from models.enums import (
    ApplicationStatus,
    Duty,
    Named,
    Origin,
    StepStatus,
    TerminationGround,
)
from models.identity import ApplicantIdentity
from models.orders import SupervisionOrder
from models.questions.absences import is_absent
from models.questions.case_clock import binding_day
from models.questions.pauses import is_first_open_pause, is_pause_overrun
from models.questions.worklists import is_open
from models.receipt import EarlierReceipt
from models.rules.duties import CONFIRMING
from models.rules.transitions import APPLICATION_MOVES
from models.rules.working_days import Calendar
from models.staff import RoleGrant
from models.staffing import Absence

# A case whose suspension has ended is shown so many working days as one that came back.
DAYS_BACK = 5

Row = TypeVar("Row")
_CASE = (joinedload(Application.licence_item), joinedload(Application.applicant))


class EmptyQueue(Named):
    """Why nobody's step waits for a person."""

    ABSENT = auto()
    NO_POST = auto()
    NOTHING_OPEN = auto()


@dataclass(frozen=True, slots=True)
class Work(Generic[Row]):
    """The first rows that a question finds, and how many there are in all."""

    rows: Sequence[Row]
    count: int


def ask(session: Session, question: Select[Row], most: int) -> Work[Row]:
    """The first ``most`` rows of a question, and their number, in one statement.

    A queue of thousands is read once, for its keys and their number, and only the few rows whole.
    """
    key = question.column_descriptions[0]["entity"].id
    number = func.count().over()
    first = question.with_only_columns(key.label("id"), number.label("number")).limit(most)
    few = first.subquery()
    found = session.execute(question.join(few, few.c.id == key).add_columns(few.c.number)).all()
    return Work([row[0] for row in found], found[0][1] if found else 0)


# --- the steps of my posts ----------------------------------------------------------------------


def _open_steps() -> Select[ApplicationStep]:
    """The open steps of cases that somebody works on; imported history is nobody's work."""
    return (
        select(ApplicationStep)
        .join(ApplicationStep.application)
        .options(
            contains_eager(ApplicationStep.application).options(*_CASE),
            joinedload(ApplicationStep.step_definition),
        )
        .where(
            ApplicationStep.status == StepStatus.OPEN,
            Application.origin != Origin.IMPORTED,
            is_open(),
        )
    )


def steps_to_claim(actor: Actor) -> Select[ApplicationStep]:
    """The unclaimed steps of a person's posts: the green lane first, then as they came in."""
    return (
        _open_steps()
        .where(ApplicationStep.duty.in_(sorted(actor.posts)), ApplicationStep.officer_id.is_(None))
        .order_by(
            Application.is_green_lane.desc(),
            Application.received_on,
            Application.received_at.nulls_last(),
            ApplicationStep.id,
        )
    )


def why_nothing_to_claim(session: Session, actor: Actor, today: date) -> EmptyQueue | None:
    """Why a person takes nothing from the queue today; None where nothing does."""
    if actor.user_id is not None and is_absent(session, actor.user_id, today):
        return EmptyQueue.ABSENT
    return None if actor.posts else EmptyQueue.NO_POST


def steps_in_hand(user_id: int) -> Select[ApplicationStep]:
    """The steps that a person has claimed, the first due case first."""
    return (
        _open_steps()
        .where(ApplicationStep.officer_id == user_id)
        .order_by(
            binding_day().nulls_last(), ApplicationStep.due_on.nulls_last(), ApplicationStep.id
        )
    )


def _is_in_hand_of(user_id: int) -> ColumnElement[bool]:
    """An open step of the case is the person's."""
    step = ApplicationStep
    return exists().where(
        step.application_id == Application.id,
        step.status == StepStatus.OPEN,
        step.officer_id == user_id,
    )


# --- what waits for somebody else, and what came back ------------------------------------------


def _on_open_cases(part: Any) -> Select[Any]:
    """The rows that belong to an open case, each with its case."""
    return (
        select(part)
        .join(part.application)
        .options(contains_eager(part.application).options(*_CASE))
        .where(is_open())
    )


def corrections_awaited(user_id: int) -> Select[CorrectionNotice]:
    """The correction notices that a person sent and the applicant has not answered."""
    return (
        _on_open_cases(CorrectionNotice)
        .where(
            CorrectionNotice.issued_by_id == user_id,
            CorrectionNotice.answered_on.is_(None),
            Application.status == ApplicationStatus.CORRECTING,
        )
        .order_by(Application.correction_due_on.nulls_last(), CorrectionNotice.id)
    )


def back_from_suspension(user_id: int, calendar: Calendar, today: date) -> Select[ClockSuspension]:
    """The suspensions of a person's cases that ended within the last five working days.

    Of a case whose clock stands still again, nothing has come back.
    """
    earliest = calendar.subtract(today, DAYS_BACK - 1)
    return (
        _on_open_cases(ClockSuspension)
        .where(
            ClockSuspension.ended_on.between(earliest, today),
            Application.suspended_since.is_(None),
            _is_in_hand_of(user_id),
        )
        .order_by(ClockSuspension.ended_on.desc(), ClockSuspension.id)
    )


def pauses_overrun(user_id: int, today: date) -> Select[ClockSuspension]:
    """Of each case of a person whose pause is overrun, the suspension that was to end first."""
    return (
        _on_open_cases(ClockSuspension)
        .where(is_pause_overrun(today), is_first_open_pause(), _is_in_hand_of(user_id))
        .order_by(ClockSuspension.planned_end_on, ClockSuspension.id)
    )


# --- what waits for a second person --------------------------------------------------------------


def _waits_for(actor: Actor, first: SQLColumnExpression[int | None]) -> ColumnElement[bool]:
    """What ``first`` proposed waits for another person: the head, and above the head the leader
    where the head has proposed it."""
    is_anothers = first.is_distinct_from(actor.user_id)
    if Duty.HEAD in actor.duties:
        return is_anothers
    heads = select(RoleGrant.user_id).where(RoleGrant.duty == Duty.HEAD)
    return is_anothers & first.in_(heads)


def extensions_to_approve(actor: Actor) -> Select[DeadlineExtension]:
    """The extensions asked for and not approved (Art. 42), the first due case first: the leader's,
    and the head's under a written delegation."""
    return (
        _on_open_cases(DeadlineExtension)
        .where(
            DeadlineExtension.approved_on.is_(None),
            DeadlineExtension.requested_by_id.is_distinct_from(actor.user_id),
        )
        .order_by(binding_day().nulls_last(), DeadlineExtension.id)
    )


def second_notices_to_approve(actor: Actor) -> Select[CorrectionNotice]:
    """The second notices asked for and not sent: they must go out inside the five days."""
    return (
        _on_open_cases(CorrectionNotice)
        .where(
            CorrectionNotice.issued_on.is_(None),
            _waits_for(actor, CorrectionNotice.requested_by_id),
        )
        .order_by(binding_day().nulls_last(), CorrectionNotice.id)
    )


def green_lanes_to_approve(actor: Actor) -> Select[GreenLane]:
    """The green lanes asked for and not approved, as they were asked for."""
    return (
        _on_open_cases(GreenLane)
        .where(GreenLane.approved_on.is_(None), _waits_for(actor, GreenLane.requested_by_id))
        .order_by(GreenLane.requested_on, GreenLane.id)
    )


def earlier_receipts_to_confirm(actor: Actor) -> Select[EarlierReceipt]:
    """The earlier days of receipt that were entered and not confirmed, as they were entered."""
    newest = select(func.max(EarlierReceipt.id)).group_by(EarlierReceipt.application_id)
    return (
        _on_open_cases(EarlierReceipt)
        .where(
            EarlierReceipt.confirmed_on.is_(None),
            EarlierReceipt.id.in_(newest),
            _waits_for(actor, EarlierReceipt.entered_by_id),
        )
        .order_by(EarlierReceipt.entered_on, EarlierReceipt.id)
    )


def certificate_changes_to_approve(actor: Actor) -> Select[CertificateChange]:
    """The changes of certificates proposed and not answered, as they were proposed."""
    return (
        select(CertificateChange)
        .options(joinedload(CertificateChange.certificate))
        .where(
            CertificateChange.effective_on.is_(None),
            CertificateChange.rejected_on.is_(None),
            _waits_for(actor, CertificateChange.proposed_by_id),
        )
        .order_by(CertificateChange.proposed_on, CertificateChange.id)
    )


def terminations_to_approve(actor: Actor) -> Select[Termination]:
    """The cases of which somebody proposes that they end undecided, the first due case first; those
    on other grounds than the listed ones are the leader's."""
    is_mine = _waits_for(actor, Termination.proposed_by_id)
    of_the_leader = Termination.ground == TerminationGround.OTHER
    if Duty.LEADER in actor.duties:
        is_mine |= of_the_leader & Termination.proposed_by_id.is_distinct_from(actor.user_id)
    else:
        is_mine &= ~of_the_leader
    return (
        _on_open_cases(Termination)
        .where(Termination.approved_on.is_(None), Termination.rejected_on.is_(None), is_mine)
        .order_by(binding_day().nulls_last(), Termination.id)
    )


def withdrawals_to_approve(actor: Actor) -> Select[Withdrawal]:
    """The withdrawals that wait for the head while silence has not decided, as they came in."""
    may_still_be = [move.source for move in APPLICATION_MOVES if move.name == "withdraw"]
    return (
        _on_open_cases(Withdrawal)
        .where(
            Withdrawal.withdrawn_on.is_(None),
            Withdrawal.rejected_on.is_(None),
            Application.status.in_(may_still_be),
            _waits_for(actor, Withdrawal.proposed_by_id),
        )
        .order_by(Withdrawal.proposed_on, Withdrawal.id)
    )


def calendar_notices_to_confirm(actor: Actor) -> Select[CalendarNotice]:
    """The holiday notices that were handed in and not answered, as they came."""
    notice = CalendarNotice
    return (
        select(notice)
        .where(
            notice.confirmed_on.is_(None),
            notice.rejected_on.is_(None),
            _waits_for(actor, notice.proposed_by_id),
        )
        .order_by(notice.proposed_on, notice.id)
    )


def identities_to_confirm(actor: Actor) -> Select[ApplicantIdentity]:
    """The numbers of applicants proposed and not answered, as they were proposed."""
    return (
        select(ApplicantIdentity)
        .options(joinedload(ApplicantIdentity.applicant))
        .where(
            ApplicantIdentity.confirmed_on.is_(None),
            ApplicantIdentity.rejected_on.is_(None),
            _waits_for(actor, ApplicantIdentity.proposed_by_id),
        )
        .order_by(ApplicantIdentity.proposed_on, ApplicantIdentity.id)
    )


def confirms(actor: Actor) -> bool:
    """Whether approvals wait for the person."""
    return actor.holds(CONFIRMING)


# --- orders, absences -----------------------------------------------------------------------------


def orders_to_me(user_id: int) -> Select[SupervisionOrder]:
    """The unanswered orders (督办) addressed to a person, the first due one first."""
    return (
        select(SupervisionOrder)
        .options(joinedload(SupervisionOrder.application))
        .where(SupervisionOrder.addressee_id == user_id, SupervisionOrder.answered_on.is_(None))
        .order_by(SupervisionOrder.answer_due_on, SupervisionOrder.id)
    )


def my_absences(user_id: int, today: date) -> Select[Absence]:
    """A person's absences that are not over."""
    is_not_over = or_(Absence.last_day.is_(None), Absence.last_day >= today)
    return (
        select(Absence)
        .options(joinedload(Absence.substitute))
        .where(Absence.user_id == user_id, is_not_over)
        .order_by(Absence.first_day, Absence.id)
    )
