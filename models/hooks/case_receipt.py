"""A case is received on the earlier day that the head has confirmed, and its clocks with it."""

from models.base import stored
from models.enums import ApplicationStatus
from models.hooks.case_certificate import is_in_time
from models.hooks.case_change import CaseChange
from models.questions.case_clock import handed_in_on, last_answered_on
from models.rules.case_clock import notice_due_on

Case = ApplicationStatus


def date_receipt(change: CaseChange) -> None:
    """Stamp the confirmation of an earlier receipt, and count from its day."""
    for receipt in change.case.earlier_receipts:
        if receipt.confirmed_by_id is not None and stored(receipt, "confirmed_by_id") is None:
            receipt.confirmed_on = change.today
            change.case.received_on = receipt.came_on
            _count_again(change)


def _count_again(change: CaseChange) -> None:
    case = change.case
    assert case.received_on is not None, "the day was just set"
    case.filed_in_time = case.filed_in_time or is_in_time(change, case.received_on)
    if case.status is Case.RECEIVED:
        case.notice_due_on = notice_due_on(change.calendar, handed_in_on(case))
    # Silence accepts as of the receipt (Art. 32(4)).
    if case.deemed_accepted and last_answered_on(case) is None:
        case.accepted_on = case.received_on
