"""Art. 10 ¶3, 65: complaints and reports of the public are handled, never by whom they concern."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models import Complaint, RoleGrant, acts
from models.enums import Duty
from models.questions.complaints import is_overdue
from models.questions.lateness import late
from tests.factories import DAY_ONE, MONDAY, Office

pytestmark = pytest.mark.hooks_alone

DUE = date(2025, 3, 24)


def received(office: Office, by: str = "manager", **more: object) -> Complaint:
    """A complaint taken in on Monday."""
    with office.acts(by, MONDAY) as session:
        complaint = Complaint(text="窗口推诿，未一次性告知", **more)
        session.add(complaint)
    return complaint


def test_a_complaint_is_handled_in_fifteen_working_days(office: Office) -> None:
    complaint = received(office)
    assert (complaint.received_on, complaint.accepted_by) == (MONDAY, office.user("manager"))
    assert complaint.handle_due_on == DUE
    assert complaint.complainant_name == ""  # anonymous
    assert received(office, handling_days=1).handle_due_on == MONDAY + timedelta(days=1)


def test_its_handler_says_what_came_of_it(office: Office) -> None:
    complaint = received(office, officer=office.user("clerk"))
    with office.acts("head", MONDAY) as session:
        acts.supervision.take_charge(session, complaint)
    with office.refuses("complaint-is-its-handlers", "manager"):
        acts.supervision.answer_complaint(complaint, "已批评教育")
    with office.acts("head", DUE):
        acts.supervision.answer_complaint(complaint, "已批评教育")
    assert complaint.answered_on == DUE
    with office.refuses("complaint-is-answered", "head"):
        complaint.outcome = "另有结论"


def test_nobody_handles_a_complaint_about_himself(office: Office) -> None:
    complaint = received(office, officer=office.user("head"))
    with office.refuses("handler-is-the-subject", "head") as session:
        acts.supervision.take_charge(session, complaint)
    with office.refuses("handler-is-the-subject", "manager"):
        complaint.handler = office.user("head")
    with office.acts("manager", MONDAY) as session:
        acts.supervision.take_charge(session, complaint)
    assert complaint.handler is office.user("manager")


def test_the_officer_of_the_case_does_not_handle_the_complaint_about_it(office: Office) -> None:
    case = office.reviewed()
    complaint = received(office, application=case)
    assert case.officer is not office.user("reviewer")
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=office.user("decider"), duty=Duty.HEAD, valid_from=DAY_ONE))
    with office.acts("decider", MONDAY) as session:
        acts.steps.claim(session, case.steps[2])
    with office.refuses("handler-is-the-subject", "manager"):
        complaint.handler = office.user("decider")


def test_a_complaint_is_handled_by_one_whose_duty_it_is(office: Office) -> None:
    complaint = received(office)
    with office.refuses("handler-lacks-the-duty", "manager"):
        complaint.handler = office.user("reviewer")
    with office.refuses("duty-not-held", "reviewer"):
        complaint.handler = office.user("manager")


def test_what_was_complained_of_is_fixed_and_never_deleted(office: Office) -> None:
    complaint = received(office)
    with office.refuses("complaint-is-fixed", "manager"):
        complaint.text = "没有的事"
    with office.refuses("complaint-is-fixed", "manager"):
        complaint.officer = office.user("clerk")
    with office.refuses("row-is-never-deleted", "manager") as session:
        session.delete(complaint)
    with office.refuses("move-needs-a-person", None) as session:
        session.add(Complaint(text="系统代填"))


def test_a_complaint_is_late_the_day_after_its_due(office: Office) -> None:
    complaint = received(office)
    for day in (MONDAY, DUE, DUE + timedelta(days=1)):
        found = set(office.session.scalars(select(Complaint.id).where(is_overdue(day))))
        assert bool(found) is late(complaint.handle_due_on, complaint.answered_on, day)
        assert bool(found) is (day > DUE)
