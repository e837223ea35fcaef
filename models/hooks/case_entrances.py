"""What each status brings with it when a case enters it."""

from collections.abc import Callable

from models.base import stored
from models.enums import ApplicationStatus, Duty
from models.hooks.case_certificate import issue_certificate, renew_by_silence
from models.hooks.case_change import CaseChange
from models.hooks.case_steps import finish_steps, planned_steps
from models.questions.case_clock import last_answered_on
from models.questions.materials import came_on, correction_served_on
from models.rules.acceptance import notice_period_is_over
from models.rules.case_clock import correction_due_on, notice_due_on
from models.rules.intake import acceptance_day


def _receive(change: CaseChange) -> None:
    case = change.case
    if stored(case, "status") is ApplicationStatus.CORRECTING:
        for notice in case.notices:
            if not notice.is_waiting:
                notice.answered_on = notice.answered_on or change.today
        case.correction_due_on = None
    else:
        case.received_on, case.received_at = change.today, change.acting.now()
        case.steps.extend(planned_steps(case.item_version))
    case.notice_due_on = notice_due_on(change.calendar, change.today)


def _correct(change: CaseChange) -> None:
    change.case.notice_due_on = None
    served_on = correction_served_on(change.case)
    due_on = correction_due_on(change.calendar, served_on) if served_on else None
    change.case.correction_due_on = due_on


def _accept(change: CaseChange) -> None:
    case = change.case
    assert case.received_on is not None, "a received case has its day"
    case.deemed_accepted = notice_period_is_over(case.notice_due_on, change.today)
    # As of the day on which the materials were in: the first ones, or the last supplement.
    case.accepted_on = acceptance_day(
        change.today,
        case.received_on,
        is_deemed=case.deemed_accepted,
        answered_on=last_answered_on(case),
        came_on=came_on(case),
    )
    finish_steps(change, Duty.ACCEPTANCE)


def _decide(change: CaseChange) -> None:
    case = change.case
    case.decided_on = change.today
    case.decision_due_on = case.due_on
    finish_steps(change, Duty.DECISION)


def _forward(change: CaseChange) -> None:
    # Another organ decides: the case has no decision of ours, and keeps what was due.
    change.case.decision_due_on = change.case.due_on
    finish_steps(change, Duty.DECISION)


def _grant(change: CaseChange) -> None:
    if change.acting.actor.is_system:
        renew_by_silence(change)
    _decide(change)
    issue_certificate(change)


ENTRANCES: dict[ApplicationStatus, Callable[[CaseChange], None]] = {
    ApplicationStatus.RECEIVED: _receive,
    ApplicationStatus.CORRECTING: _correct,
    ApplicationStatus.ACCEPTED: _accept,
    ApplicationStatus.GRANTED: _grant,
    ApplicationStatus.REFUSED: _decide,
    ApplicationStatus.FORWARDED: _forward,
}
