"""What follows from a change of a case, in the order of the case's life."""

from sqlalchemy import inspect

from models.catalogue import ItemVersion
from models.certificate import Decision
from models.enums import (
    ApplicationStatus,
    DecisionOutcome,
    Origin,
    StepStatus,
)
from models.errors import RuleViolation
from models.hooks.case_certificate import find_prior_certificate, stamp_certificate_facts
from models.hooks.case_change import CaseChange
from models.hooks.case_clock import read_clock
from models.hooks.case_decision import follow_endings, stamp_decision_parts
from models.hooks.case_entrances import ENTRANCES
from models.hooks.case_history import record_history, record_imported_history
from models.hooks.case_lanes import date_lanes
from models.hooks.case_receipt import date_receipt
from models.hooks.case_steps import UNFINISHED, advance_steps, name_officer
from models.hooks.derive_catalogue import derive_charges
from models.hooks.derive_intake import derive_intake, follow_intake, stamp_intake
from models.hooks.numbers import take_number
from models.questions.catalogue import published_version_of
from models.rules.numbering import case_number
from models.rules.transitions import CLOSED_STATUSES

DECIDED_STATUS = {
    DecisionOutcome.GRANTED: ApplicationStatus.GRANTED,
    DecisionOutcome.REFUSED: ApplicationStatus.REFUSED,
}


def derive_case(change: CaseChange) -> None:
    """Fill in everything that follows; reads top to bottom in the order of the case's life."""
    if change.case.origin is Origin.IMPORTED:
        record_imported_history(change)
        return
    _pin_version(change)
    find_prior_certificate(change)
    _date_approval(change)
    date_lanes(change)
    date_receipt(change)
    stamp_decision_parts(change)
    stamp_intake(change)
    _follow_parts(change)
    follow_intake(change)
    follow_endings(change)
    derive_charges(change)
    if change.entered in ENTRANCES:
        ENTRANCES[change.entered](change)
    derive_intake(change)
    stamp_certificate_facts(change)
    advance_steps(change)
    read_clock(change)
    _close(change)
    name_officer(change)
    record_history(change)


def _pin_version(change: CaseChange) -> None:
    case = change.case
    if inspect(case).persistent:
        return
    if case.item_version is None and case.item_version_id is None:
        case.item_version = _published_version(change)
    version = case.item_version or change.session.get_one(ItemVersion, case.item_version_id)
    case.item_version = version
    case.licence_item, case.licence_item_id = version.licence_item, version.licence_item_id
    case.status = case.status or ApplicationStatus.RECEIVED
    item = version.licence_item
    taken = take_number(
        change.session.connection(), f"case:{item.number_prefix}", change.today.year
    )
    case.number = case_number(item.number_prefix, change.today.year, taken)


def _published_version(change: CaseChange) -> ItemVersion:
    case = change.case
    item_id = case.licence_item.id if case.licence_item else case.licence_item_id
    found = published_version_of(change.session, item_id)
    if found is None:
        raise RuleViolation("item-has-no-published-version", field="licence_item")
    return found


def _date_approval(change: CaseChange) -> None:
    """An extension that was approved gets its day."""
    for extension in change.case.extensions:
        if extension.approved_by_id is not None and extension.approved_on is None:
            extension.approved_on = change.today


def _follow_parts(change: CaseChange) -> None:
    """A decision or a delivery carries the case with it."""
    case = change.case
    for decision in change.new(Decision):
        if case.status is ApplicationStatus.ACCEPTED:
            case.status = DECIDED_STATUS[decision.outcome]
    paper = case.certificate
    if paper and paper.delivery_method and not paper.delivered_on:
        paper.delivered_on = change.today
        case.status = ApplicationStatus.DELIVERED


def _close(change: CaseChange) -> None:
    case = change.case
    if case.status not in CLOSED_STATUSES or case.closed_on is not None:
        return
    case.closed_on = change.today
    case.suspended_since = None
    for step in case.steps:
        if step.status in UNFINISHED:
            step.status = StepStatus.CANCELLED
    for suspension in case.suspensions:
        suspension.ended_on = suspension.ended_on or change.today
