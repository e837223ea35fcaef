"""The day of receipt: what came before it was entered (Art. 29, 32), on the word of two persons."""

from datetime import date, timedelta

import pytest

from models import Application, Post, PostAssignment, RoleGrant, acts
from models.acts.receipt import confirm_earlier_receipt, enter_earlier_receipt
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    Channel,
    ClockStart,
    DueCause,
    Duty,
    EarlierReceiptCause,
)
from models.questions.calendar import working_calendar
from models.rules.renewal import last_day_in_time
from tests.certificates import about, paper_of
from tests.factories import DAY_ONE, MONDAY, Office

THURSDAY, TUESDAY = date(2025, 2, 27), date(2025, 3, 4)
POSTMARK = "青石 2025-02-26"
POST, OUTAGE = EarlierReceiptCause.POST, EarlierReceiptCause.OUTAGE


def enter(
    office: Office,
    case: Application,
    came_on: date = THURSDAY,
    cause: EarlierReceiptCause = POST,
    day: date = MONDAY,
) -> None:
    with office.acts("clerk", day):
        enter_earlier_receipt(case, came_on, cause, POSTMARK)


def confirm(office: Office, case: Application, day: date = TUESDAY) -> None:
    with office.acts("head", day) as session:
        confirm_earlier_receipt(session, case)


def test_what_came_by_post_is_received_on_its_day_once_confirmed(office: Office) -> None:
    """Art. 29, 32(4): the five days run from the day on which it came."""
    case = office.received(channel=Channel.POST)
    enter(office, case)
    assert (case.received_on, case.notice_due_on) == (MONDAY, date(2025, 3, 10))
    confirm(office, case)
    assert (case.received_on, case.notice_due_on) == (THURSDAY, date(2025, 3, 6))
    receipt, last = case.earlier_receipts[0], case.due_date_changes[-1]
    assert (receipt.entered_on, receipt.confirmed_on) == (MONDAY, TUESDAY)
    assert (last.cause, last.effective_on) == (DueCause.RECEIVED_EARLIER, TUESDAY)
    with office.time_acts(date(2025, 3, 7)):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    assert (case.accepted_on, case.deemed_accepted) == (THURSDAY, True)


def test_a_clock_that_counts_from_receipt_moves(office: Office) -> None:
    """Art. 42: where the item's clock starts with the receipt, and where silence accepted."""
    case = office.accepted(clock_start=ClockStart.RECEIPT)
    assert (case.due_on, case.statutory_due_on) == (date(2025, 3, 24), date(2025, 3, 31))
    enter(office, case, cause=OUTAGE)
    confirm(office, case)
    assert (case.due_on, case.statutory_due_on) == (date(2025, 3, 20), date(2025, 3, 27))
    silent, later = office.received(), date(2025, 3, 11)
    with office.time_acts(later):
        acts.intake.move(silent, ApplicationStatus.ACCEPTED)
    enter(office, silent, cause=OUTAGE, day=later)
    confirm(office, silent, later)
    assert (silent.accepted_on, silent.due_on) == (THURSDAY, date(2025, 3, 20))


def test_a_renewal_that_came_in_time_is_in_time(office: Office) -> None:
    """Art. 50: the day on which it came decides."""
    paper = paper_of(office)
    version = paper.licence_item.versions[0]
    last = last_day_in_time(
        working_calendar(office.session), paper.valid_until, version.renewal_window,
        version.renewal_unit,
    )  # fmt: skip
    entered = last + timedelta(days=1)
    case = about(office, ApplicationKind.RENEWAL, paper, entered)
    assert case.filed_in_time is False
    enter(office, case, last, OUTAGE, entered)
    confirm(office, case, entered)
    assert case.filed_in_time is True


def test_a_wrong_day_is_entered_anew_and_a_confirmed_one_stands(office: Office) -> None:
    """Art. 29: nothing that was entered is rewritten."""
    case = office.received(channel=Channel.POST)
    enter(office, case, date(2025, 2, 20))
    with office.refuses("earlier-receipt-is-fixed", "clerk"):
        case.earlier_receipts[0].came_on = THURSDAY
    enter(office, case)
    confirm(office, case)
    assert case.received_on == THURSDAY
    with office.refuses("earlier-receipt-is-confirmed", "clerk", TUESDAY):
        enter_earlier_receipt(case, date(2025, 2, 20), POST, POSTMARK)
    with office.refuses("earlier-receipt-is-confirmed", "head", TUESDAY):
        case.earlier_receipts[0].confirmed_by_id = office.user("head").id
    with office.refuses("column-is-derived", "clerk", TUESDAY):
        case.received_on = MONDAY


@pytest.mark.parametrize(
    ("came_on", "cause", "code"),
    [
        (MONDAY, POST, "earlier-receipt-is-earlier"),
        (date(9999, 12, 31), POST, "day-is-out-of-reach"),
        (DAY_ONE - timedelta(days=1), POST, "version-was-not-published"),
    ],
)
def test_an_earlier_day_is_a_possible_one(
    office: Office, came_on: date, cause: EarlierReceiptCause, code: str
) -> None:
    """Neither a day to come, nor one before the item's version."""
    case = office.received(channel=Channel.POST)
    with office.refuses(code, "clerk"):
        enter_earlier_receipt(case, came_on, cause, POSTMARK)


def test_an_earlier_day_has_its_proof(office: Office) -> None:
    """Art. 29: a postmark, or the number of the register; what was sent online has neither."""
    case, posted = office.received(), office.received(channel=Channel.POST)
    with office.refuses("case-came-not-by-post", "clerk"):
        enter_earlier_receipt(case, THURSDAY, POST, POSTMARK)
    for nothing in (" ", "."):
        with office.refuses("earlier-receipt-has-its-proof", "clerk"):
            enter_earlier_receipt(posted, THURSDAY, POST, nothing)
    online = office.received(channel=Channel.ONLINE)
    with office.refuses("online-is-received-when-sent", "clerk"):
        enter_earlier_receipt(online, THURSDAY, OUTAGE, POSTMARK)


def test_the_head_confirms_what_another_person_entered(office: Office) -> None:
    """The second person is never the first."""
    case = office.received(channel=Channel.POST)
    enter(office, case)
    with office.refuses("earlier-receipt-is-confirmed-by-the-head", "clerk") as session:
        confirm_earlier_receipt(session, case)
    head = office.user("head")
    with office.acts("security", MONDAY) as session:
        post = session.query(Post).filter(Post.duty == Duty.ACCEPTANCE).one()
        session.add(RoleGrant(user=head, duty=Duty.ACCEPTANCE, valid_from=MONDAY))
        session.add(PostAssignment(user=head, post=post, valid_from=MONDAY))
    with office.acts("head", MONDAY):
        enter_earlier_receipt(case, THURSDAY, POST, POSTMARK)
    with office.refuses("nobody-approves-his-own-proposal", "head") as session:
        confirm_earlier_receipt(session, case)
