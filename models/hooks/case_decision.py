"""What follows in a case from its review, its hearings and its endings: days and persons."""

from datetime import date

from models.application import Application
from models.ending import Forwarding, Termination, Withdrawal
from models.enums import ApplicationStatus, HearingKind
from models.hearing import Hearing, InterestedParty
from models.hooks.case_change import CaseChange
from models.hooks.case_service import count_service, send
from models.hooks.changes import Change
from models.inspection import ConditionVerdict, SiteInspection
from models.proposal import Proposal
from models.rules.ending import withdrawal_needs_the_head
from models.rules.hearings import (
    answer_due_on,
    assign_by_on,
    hold_due_on,
    request_due_on,
)
from models.rules.transitions import moves_between


def stamp_decision_parts(change: CaseChange) -> None:
    """Stamp each part that this flush writes with its day, its person and its periods."""
    for part in change.parts:
        stamp = _STAMPS.get(part.table)
        if stamp is not None:
            stamp(change, part)


def _stamp_verdict(change: CaseChange, part: Change) -> None:
    verdict: ConditionVerdict = part.row  # type: ignore[assignment]
    verdict.given_on, verdict.given_by_id = change.today, change.acting.actor.user_id


def _stamp_inspection(change: CaseChange, part: Change) -> None:
    inspection: SiteInspection = part.row  # type: ignore[assignment]
    if part.is_new:
        start = change.case.accepted_on or change.today
        inspection.assign_by_on = assign_by_on(change.calendar, start)
        inspection.is_late_assignment = change.today > inspection.assign_by_on
    if inspection.passes is not None and inspection.done_on is None:
        inspection.done_on = change.today


def _stamp_hearing(change: CaseChange, part: Change) -> None:
    hearing: Hearing = part.row  # type: ignore[assignment]
    if part.is_new:
        hearing.told_on = change.today
        if hearing.kind is HearingKind.ON_REQUEST:
            send(hearing, change.today, change.case.channel)
    count_service(hearing)
    on_request = hearing.kind is HearingKind.ON_REQUEST
    if on_request and hearing.served_on is not None and hearing.request_due_on is None:
        hearing.request_due_on = request_due_on(change.calendar, hearing.served_on)
    if hearing.requested_on is not None and hearing.hold_due_on is None:
        hearing.hold_due_on = hold_due_on(change.calendar, hearing.requested_on)
    # Another day, place or chair is notified anew, in time again.
    if hearing.planned_on is not None and any(map(part.changed, PLAN)):
        hearing.notified_on = change.today
    day = hearing.held_on or hearing.planned_on
    if day is not None and hearing.hold_due_on is not None:
        hearing.is_late = day > hearing.hold_due_on


PLAN = ("planned_on", "place", "chair_id")


def _stamp_party(change: CaseChange, part: Change) -> None:
    party: InterestedParty = part.row  # type: ignore[assignment]
    if party.told_on is not None and part.changed("told_on"):
        send(party, party.told_on, None)
    count_service(party)
    if party.served_on is not None and party.answer_due_on is None:
        party.answer_due_on = answer_due_on(change.calendar, party.served_on)
    if (party.statement or "").strip() and party.stated_on is None:
        party.stated_on = change.today


def _stamp_termination(change: CaseChange, part: Change) -> None:
    termination: Termination = part.row  # type: ignore[assignment]
    if stamp_answer(termination, change.today) and termination.terminated_on is None:
        termination.terminated_on = change.today


def _stamp_withdrawal(change: CaseChange, part: Change) -> None:
    withdrawal: Withdrawal = part.row  # type: ignore[assignment]
    case = change.case
    is_approved = stamp_answer(withdrawal, change.today)
    ends_at_once = part.is_new and not withdrawal_needs_the_head(
        change.today,
        due_on=case.due_on,
        warn_on=case.warn_on,
        notice_due_on=case.notice_due_on if case.status is ApplicationStatus.RECEIVED else None,
        filed_in_time=case.filed_in_time,
    )
    if (is_approved or ends_at_once) and withdrawal.withdrawn_on is None:
        withdrawal.withdrawn_on = change.today


def stamp_answer(proposal: Proposal, today: date) -> bool:
    """Give the answer to a proposal its day. Returns whether it was approved."""
    if proposal.approved_by_id is not None and proposal.approved_on is None:
        proposal.approved_on = today
    if proposal.rejected_by_id is not None and proposal.rejected_on is None:
        proposal.rejected_on = today
    return proposal.approved_on is not None


_STAMPS = {
    "condition_verdict": _stamp_verdict,
    "site_inspection": _stamp_inspection,
    "hearing": _stamp_hearing,
    "interested_party": _stamp_party,
    "termination": _stamp_termination,
    "withdrawal": _stamp_withdrawal,
}


def follow_endings(change: CaseChange) -> None:
    """A forwarding, a termination or a withdrawal that takes effect carries its case with it."""
    case: Application = change.case
    if any(withdrawal.withdrawn_on for withdrawal in case.withdrawals):
        if moves_between("application", case.status, ApplicationStatus.WITHDRAWN):
            case.status = ApplicationStatus.WITHDRAWN
    if case.status is not ApplicationStatus.ACCEPTED:
        return
    if change.new(Forwarding):
        case.status = ApplicationStatus.FORWARDED
    elif any(termination.terminated_on for termination in case.terminations):
        case.status = ApplicationStatus.TERMINATED
