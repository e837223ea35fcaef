"""Work that goes from one officer to another: what would move, and the moving itself.

The clock, the pauses and the history of a case stay as they are: only the officer of its step
changes. Who may not work a step does not get it; the rest goes on.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.acts.act import Act, Input, Kind
from models.acts.steps import assign
from models.application import Application, ApplicationStep
from models.enums import LineOutcome, Origin, StepStatus
from models.errors import RuleViolation
from models.questions.absences import is_absent
from models.questions.people import holds_post, officers_on_duty, work_done
from models.questions.recusal import is_linked
from models.rules.duties import LEADERS, LINE
from models.rules.separation import earlier_duty_of, separated_duties
from models.staff import User
from models.staffing import Reassignment, ReassignmentLine

Reason = Callable[[Session, ApplicationStep, int, date], RuleViolation | None]


class Prospect(NamedTuple):
    """A step of a reassignment, and what stands against its move; None when nothing does."""

    step: ApplicationStep
    refusal: RuleViolation | None


def _is_history(
    _session: Session, step: ApplicationStep, _officer: int, _day: date
) -> RuleViolation | None:
    """Imported history is not worked upon."""
    is_imported = step.application.origin is Origin.IMPORTED
    return RuleViolation("imported-case-is-read-only") if is_imported else None


def _lacks_the_post(
    session: Session, step: ApplicationStep, officer: int, day: date
) -> RuleViolation | None:
    """Work goes to holders of its post (按岗定责)."""
    if step.duty is None or holds_post(session, officer, step.duty, day):
        return None
    return RuleViolation("post-not-held", post=step.duty)


def _did_another_duty(
    _session: Session, step: ApplicationStep, officer: int, _day: date
) -> RuleViolation | None:
    """Who accepted or reviewed a case does not do the next duty on it (审办分离)."""
    case = step.application
    if step.duty is None:
        return None
    separated = separated_duties(case.item_version.duties_are_separated)
    earlier = earlier_duty_of(officer, step.duty, work_done(case), separated)
    return RuleViolation("duties-are-separated", earlier=earlier) if earlier else None


def _is_the_applicant(
    _session: Session, step: ApplicationStep, officer: int, _day: date
) -> RuleViolation | None:
    """Nobody works on a case of their own (回避)."""
    applicant = step.application.applicant
    is_own = applicant is not None and applicant.user_id == officer
    return RuleViolation("officer-is-the-applicant") if is_own else None


def _is_linked(
    session: Session, step: ApplicationStep, officer: int, day: date
) -> RuleViolation | None:
    """Nobody works on the case of an applicant with whom there is a link (回避)."""
    linked = is_linked(session, officer, step.application.applicant_id, day)
    return RuleViolation("officer-is-linked") if linked else None


def _is_away(
    session: Session, _step: ApplicationStep, officer: int, day: date
) -> RuleViolation | None:
    """Nobody gets work on a day of absence."""
    return RuleViolation("officer-is-absent") if is_absent(session, officer, day) else None


# What stands against giving a step to an officer, in this order.
REASONS: tuple[Reason, ...] = (
    _is_history,
    _lacks_the_post,
    _did_another_duty,
    _is_the_applicant,
    _is_linked,
    _is_away,
)


def why_not_moved(
    session: Session, step: ApplicationStep, officer: int, day: date
) -> RuleViolation | None:
    """The first of the reasons against giving ``step`` to ``officer`` on ``day``."""
    reasons = (reason(session, step, officer, day) for reason in REASONS)
    return next((refusal for refusal in reasons if refusal is not None), None)


def steps_in_hand(session: Session, officer: int) -> Sequence[ApplicationStep]:
    """The open steps of an officer, the first due one first."""
    return session.scalars(
        select(ApplicationStep)
        .where(ApplicationStep.status == StepStatus.OPEN, ApplicationStep.officer_id == officer)
        .order_by(ApplicationStep.due_on.nulls_last(), ApplicationStep.id)
    ).all()


def preview(session: Session, from_user: int, to_user: int, day: date) -> list[Prospect]:
    """What would move on ``day``, and what would be refused and why. Writes nothing."""
    return [
        Prospect(step, why_not_moved(session, step, to_user, day))
        for step in steps_in_hand(session, from_user)
    ]


def give(session: Session, step: ApplicationStep, officer: int, today: date) -> None:
    """Give one open step to an officer, as a leader; raises what stands against it."""
    if step.status is not StepStatus.OPEN:
        raise RuleViolation("step-is-not-open")
    if step.officer_id == officer:
        raise RuleViolation("step-is-with-the-officer")
    refusal = why_not_moved(session, step, officer, today)
    if refusal is not None:
        raise refusal
    assign(step, officer)


def give_case(session: Session, case: Application, officer: int, today: date) -> int:
    """Give every open step of a case to an officer; returns how many. One refusal stops all."""
    steps = [step for step in case.steps if step.status is StepStatus.OPEN]
    theirs = [step for step in steps if step.officer_id != officer]
    if not steps:
        raise RuleViolation("case-has-no-open-step")
    for step in theirs or steps:
        give(session, step, officer, today)
    return len(theirs)


def due_reassignments(session: Session, day: date) -> Sequence[Reassignment]:
    """The reassignments whose day has come and that are not carried out, the oldest first."""
    return session.scalars(
        select(Reassignment)
        .where(Reassignment.done_on.is_(None), Reassignment.effective_on <= day)
        .order_by(Reassignment.effective_on, Reassignment.id)
    ).all()


def carry_out(session: Session, reassignment: Reassignment, today: date) -> None:
    """Move the steps one by one, as whoever acts now; each is a transaction of its own.

    The leader who asks moves today's work in person; on a later day the system does, with the
    stored order as its authority. Safe to repeat. Raises RuleViolation ``reassignment-is-not-due``
    before its day.
    """
    if reassignment.effective_on > today:
        raise RuleViolation("reassignment-is-not-due", due=reassignment.effective_on)
    if reassignment.done_on is not None:
        return
    for key in list(_steps_left(session, reassignment)):
        _carry_out_one(session, reassignment, session.get_one(ApplicationStep, key), today)
    reassignment.done_on = today
    session.commit()


def _steps_left(session: Session, reassignment: Reassignment) -> Iterator[int]:
    told = {line.application_step_id for line in reassignment.lines}
    steps = steps_in_hand(session, reassignment.from_user_id)
    return (step.id for step in steps if step.id not in told)


def _carry_out_one(
    session: Session, reassignment: Reassignment, step: ApplicationStep, today: date
) -> None:
    refusal = why_not_moved(session, step, reassignment.to_user_id, today)
    if refusal is None:
        try:
            assign(step, reassignment.to_user_id)
            _tell(session, reassignment, step, LineOutcome.MOVED)
        except RuleViolation as violation:
            session.rollback()
            refusal = violation
    if refusal is not None:
        _tell(session, reassignment, step, LineOutcome.REFUSED, refusal.code)


def _tell(
    session: Session,
    reassignment: Reassignment,
    step: ApplicationStep,
    outcome: LineOutcome,
    code: str = "",
) -> None:
    session.add(
        ReassignmentLine(
            reassignment=reassignment, application_step=step, outcome=outcome, code=code
        )
    )
    session.commit()


def why_not_ordered(
    from_user: User, to_user: User, effective_on: date, today: date
) -> RuleViolation | None:
    """Why a reassignment is not ordered at all: to the same officer, or from a day that is past."""
    if from_user is to_user:
        return RuleViolation("reassignment-is-to-another")
    return effective_day_is_ahead(effective_on, today)


def effective_day_is_ahead(effective_on: date, today: date) -> RuleViolation | None:
    """Work is reassigned from today or a coming day on."""
    is_past = effective_on < today
    return RuleViolation("effective-day-is-past", field="effective_on") if is_past else None


_OFFICER = Input(
    "officer", Kind.ONE, needed=True,
    offered=lambda at: officers_on_duty(at.session, at.today, LINE),
)  # fmt: skip

# A leader gives the open work of chosen cases, or chosen steps, to an officer.
ROW_ACTS: tuple[Act, ...] = (
    Act(
        "give", LEADERS,
        lambda at, given: give_case(at.session, at.case, given["officer"].id, at.today),
        inputs=(_OFFICER,), many=("application",),
    ),
    Act(
        "give", LEADERS,
        lambda at, given: give(at.session, at.at_step, given["officer"].id, at.today),
        on="application_step", inputs=(_OFFICER,), many=("application_step",),
    ),
)  # fmt: skip
