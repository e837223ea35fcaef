"""What leaders do to many cases at once: an order to each officer, work given to another."""

import pytest

from models import ApplicationStep, acts
from models.acts.reassignment import give, give_case
from models.enums import Duty
from tests.factories import MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone


def in_hand(office: Office, name: str = "reviewer") -> ApplicationStep:
    """The review of an accepted case, in somebody's hands."""
    step = open_step(office.accepted(), Duty.REVIEW)
    assert step is not None
    with office.acts(name, MONDAY) as session:
        acts.steps.claim(session, step)
    return step


def key(office: Office, name: str) -> int:
    return office.user(name).id


def test_an_order_goes_to_whose_hands_the_case_is_in(office: Office) -> None:
    case = in_hand(office).application
    with office.acts("manager", MONDAY) as session:
        order = acts.supervision.order_its_officer(session, case, "请说明原因")
    assert order.addressee.username == "reviewer"
    assert order.application is case


def test_an_unclaimed_case_is_ordered_from_who_received_it(office: Office) -> None:
    """首问负责."""
    case = office.accepted()
    with office.acts("manager", MONDAY) as session:
        order = acts.supervision.order_its_officer(session, case, "请说明原因")
    assert order.addressee is case.first_contact


def test_a_draft_that_nobody_has_is_ordered_from_nobody(office: Office) -> None:
    item, own = office.item(), office.applicant(user=office.user("applicant"))
    with office.acts("applicant", MONDAY) as session:
        draft = acts.portal.draft(session, item)
        draft.applicant = own
    with office.refuses("case-has-no-officer", "manager") as session:
        acts.supervision.order_its_officer(session, draft, "请说明原因")


def test_the_same_words_are_ordered_once_a_day_by_one_leader(office: Office) -> None:
    case = in_hand(office).application
    with office.acts("manager", MONDAY) as session:
        acts.supervision.order_its_officer(session, case, "请说明原因")
    with office.refuses("order-is-given-once-a-day", "manager") as session:
        acts.supervision.order_its_officer(session, case, "请说明原因")
    with office.acts("manager", MONDAY) as session:
        acts.supervision.order_its_officer(session, case, "请于今日答复")
    with office.acts("head", MONDAY) as session:
        acts.supervision.order_its_officer(session, case, "请说明原因")


def test_a_step_is_given_to_another_holder_of_its_post(office: Office) -> None:
    step = in_hand(office)
    with office.acts("head", MONDAY) as session:
        give(session, step, key(office, "reviewer2"), MONDAY)
    assert step.officer is office.user("reviewer2")
    with office.refuses("step-is-with-the-officer", "head") as session:
        give(session, step, key(office, "reviewer2"), MONDAY)
    with office.refuses("post-not-held", "head") as session:
        give(session, step, key(office, "clerk"), MONDAY)


def test_a_step_that_is_not_open_is_given_to_nobody(office: Office) -> None:
    waiting = office.accepted().steps[-1]
    with office.refuses("step-is-not-open", "head") as session:
        give(session, waiting, key(office, "decider"), MONDAY)


def test_the_open_steps_of_a_case_go_together(office: Office) -> None:
    case = in_hand(office).application
    with office.acts("head", MONDAY) as session:
        assert give_case(session, case, key(office, "reviewer2"), MONDAY) == 1
    assert case.officer is office.user("reviewer2")
    with office.refuses("step-is-with-the-officer", "head") as session:
        give_case(session, case, key(office, "reviewer2"), MONDAY)


def test_a_decided_case_has_no_step_to_give(office: Office) -> None:
    granted = office.granted()
    with office.refuses("case-has-no-open-step", "head") as session:
        give_case(session, granted, key(office, "reviewer2"), MONDAY)


def test_an_officer_gives_nobodys_work_away(office: Office) -> None:
    """Only leaders reassign: the rule of the flush, whichever door is used."""
    step = in_hand(office)
    with office.refuses("step-belongs-to-another", "reviewer2") as session:
        give(session, step, key(office, "reviewer2"), MONDAY)
