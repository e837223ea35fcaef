"""Bulk reassignment from a day on: what may move moves, the rest is told with its reason."""

from datetime import date, timedelta
from typing import Any

import pytest

from models import (
    Absence,
    Application,
    ApplicationStep,
    Reassignment,
    ReassignmentLine,
    acts,
)
from models.acting import SYSTEM, acting_as
from models.acts.reassignment import carry_out, due_reassignments, preview, steps_in_hand
from models.enums import ApplicationStatus, Duty, LineOutcome, Origin, StepStatus
from models.errors import RuleViolation
from tests.factories import MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)


def in_hand(office: Office, name: str = "reviewer", **values: Any) -> Application:
    """An accepted case whose review ``name`` has in his hands."""
    case: Application = office.accepted(**values)
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts(name, MONDAY) as session:
        acts.steps.claim(session, step)
    return case


def asked(office: Office, day: date = MONDAY, who: str = "head") -> Reassignment:
    """An order, given on Monday, that the work of reviewer goes to reviewer2 from ``day`` on."""
    with office.acts(who, MONDAY) as session:
        return acts.supervision.ask_reassignment(
            session, office.user("reviewer"), office.user("reviewer2"), day, "调离岗位"
        )


def told(reassignment: Reassignment) -> dict[str, str]:
    """What became of each case."""
    return {
        line.application_step.application.number: line.code or line.outcome
        for line in reassignment.lines
    }


def open_history(office: Office) -> Application:
    """An imported case whose open step names the reviewer."""
    item = office.item(item={"is_offered": False, "origin": Origin.IMPORTED})
    with office.time_acts(MONDAY) as session:
        case = Application(
            number="L-9",
            licence_item=item,
            item_version=item.versions[0],
            origin=Origin.IMPORTED,
            log_name="log",
            external_id="9",
            status=ApplicationStatus.ACCEPTED,
            received_on=MONDAY,
        )
        case.steps = [
            ApplicationStep(
                step_definition=item.versions[0].steps[1],
                sequence=1,
                stage_number=1,
                duty=Duty.REVIEW,
                status=StepStatus.OPEN,
                opened_on=MONDAY,
                officer=office.user("reviewer"),
            )
        ]
        session.add(case)
    return case


@pytest.mark.parametrize("leader", ["head", "manager"])
def test_open_work_moves_at_once_in_the_leaders_name(office: Office, leader: str) -> None:
    cases = [in_hand(office), in_hand(office)]
    reassignment = asked(office, who=leader)
    with office.act(leader, MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    assert told(reassignment) == {case.number: LineOutcome.MOVED for case in cases}
    assert {case.officer for case in cases} == {office.user("reviewer2")}
    assert reassignment.done_on == MONDAY
    assert (reassignment.asked_on, reassignment.asked_by) == (MONDAY, office.user(leader))
    assert not steps_in_hand(office.session, office.user("reviewer").id)


def test_the_preview_says_what_then_happens_and_writes_nothing(office: Office) -> None:
    office.holds_too("clerk", Duty.REVIEW)
    moves, reviewed = in_hand(office), in_hand(office)
    with office.acts("head", MONDAY) as session:
        order = acts.supervision.ask_reassignment(
            session, office.user("reviewer"), office.user("clerk"), MONDAY, "轮岗"
        )
    before = office.stored()
    found = preview(office.session, order.from_user_id, order.to_user_id, MONDAY)
    assert office.stored() == before
    # The clerk accepted both cases, so that he reviews neither (审办分离).
    assert [p.refusal and p.refusal.code for p in found] == ["duties-are-separated"] * 2
    assert [p.step.application for p in found] == [moves, reviewed]
    with office.act("head", MONDAY) as session:
        carry_out(session, order, MONDAY)
    assert told(order) == dict.fromkeys((moves.number, reviewed.number), "duties-are-separated")


def test_one_refusal_does_not_stop_the_rest(office: Office) -> None:
    own = office.applicant("自办企业", user=office.user("reviewer2"))
    refused, moved = in_hand(office, applicant=own), in_hand(office)
    reassignment = asked(office)
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    assert told(reassignment) == {
        refused.number: "officer-is-the-applicant",
        moved.number: LineOutcome.MOVED,
    }
    assert refused.officer is office.user("reviewer")


def test_work_does_not_go_to_one_without_its_post(office: Office) -> None:
    case = in_hand(office)
    with office.acts("head", MONDAY) as session:
        order = acts.supervision.ask_reassignment(
            session, office.user("reviewer"), office.user("decider"), MONDAY, "轮岗"
        )
    with office.act("head", MONDAY) as session:
        carry_out(session, order, MONDAY)
    assert told(order) == {case.number: "post-not-held"}


def test_work_does_not_go_to_an_absent_officer(office: Office) -> None:
    case = in_hand(office)
    with office.acts("head", MONDAY) as session:
        session.add(
            Absence(
                user=office.user("reviewer2"),
                substitute=office.user("reviewer"),
                first_day=MONDAY,
                last_day=FRIDAY,
            )
        )
    reassignment = asked(office)
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    assert told(reassignment) == {case.number: "officer-is-absent"}


def test_imported_history_stays_with_its_officer(office: Office) -> None:
    case = open_history(office)
    reassignment = asked(office)
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    assert told(reassignment) == {case.number: "imported-case-is-read-only"}


def test_the_hold_the_dates_and_the_history_stay_exactly_as_they_were(office: Office) -> None:
    case = in_hand(office)
    office.suspend(case, MONDAY, FRIDAY)
    before = office.stored()
    reassignment = asked(office)
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    after = office.stored()
    for table in ("clock_suspension", "due_date_change", "deadline_extension", "decision"):
        assert after[table] == before[table], table
    kept = (
        "due_on", "statutory_due_on", "suspended_since", "warn_on", "status", "first_contact_id",
        "accepted_on", "decision_due_on",
    )  # fmt: skip
    columns = [column.name for column in Application.__table__.columns]
    for column in kept:
        place = columns.index(column)
        assert [r[place] for r in after["application"]] == [
            r[place] for r in before["application"]
        ], column
    assert case.officer is office.user("reviewer2")
    assert case.suspended_since == MONDAY


def test_an_order_for_a_coming_day_waits_and_the_system_carries_it_out(office: Office) -> None:
    case = in_hand(office)
    reassignment = asked(office, WEDNESDAY)
    session = office.session
    assert list(due_reassignments(session, TUESDAY)) == []
    with acting_as(session, SYSTEM, TUESDAY), pytest.raises(RuleViolation) as early:
        carry_out(session, reassignment, TUESDAY)
    assert early.value.code == "reassignment-is-not-due"
    session.rollback()
    # On Friday: a missed day is made up for.
    assert list(due_reassignments(session, FRIDAY)) == [reassignment]
    with acting_as(session, SYSTEM, FRIDAY):
        carry_out(session, reassignment, FRIDAY)
    assert case.officer is office.user("reviewer2")
    assert reassignment.done_on == FRIDAY
    assert list(due_reassignments(session, FRIDAY)) == []


def test_carrying_out_twice_changes_nothing_more(office: Office) -> None:
    in_hand(office)
    reassignment = asked(office)
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
        before = office.stored()
        carry_out(session, reassignment, MONDAY)
    assert office.stored() == before


def test_an_interrupted_reassignment_goes_on_where_it_stopped(office: Office) -> None:
    first, second = in_hand(office), in_hand(office)
    reassignment = asked(office)
    step = open_step(first, Duty.REVIEW)
    with office.acts("head", MONDAY) as session:
        session.add(
            ReassignmentLine(
                reassignment=reassignment,
                application_step=step,
                outcome=LineOutcome.REFUSED,
                code="post-not-held",
            )
        )
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    assert told(reassignment) == {
        first.number: "post-not-held",
        second.number: LineOutcome.MOVED,
    }


def test_the_system_moves_no_step_without_a_leaders_order(office: Office) -> None:
    case = in_hand(office)
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.refuses("step-belongs-to-another", None):
        acts.steps.assign(step, office.user("reviewer2").id)
    coming = asked(office, WEDNESDAY)
    with office.refuses("step-belongs-to-another", None) as session:
        acts.steps.assign(step, office.user("reviewer2").id)
        session.add(line(coming, step))
    due = asked(office)
    with office.refuses("step-belongs-to-another", None) as session:
        acts.steps.assign(step, office.user("clerk").id)
        session.add(line(due, step))


def line(reassignment: Reassignment, step: Any) -> ReassignmentLine:
    return ReassignmentLine(
        reassignment=reassignment, application_step=step, outcome=LineOutcome.MOVED
    )


def test_a_line_tells_what_happened(office: Office) -> None:
    case = in_hand(office)
    reassignment = asked(office)
    with office.refuses("line-tells-what-happened", "head") as session:
        session.add(line(reassignment, open_step(case, Duty.REVIEW)))
    coming = asked(office, WEDNESDAY)
    with office.refuses("reassignment-is-not-due", "head") as session:
        session.add(line(coming, open_step(case, Duty.REVIEW)))


def test_a_line_is_never_rewritten(office: Office) -> None:
    in_hand(office)
    reassignment = asked(office)
    with office.act("head", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)
    with office.refuses("history-only-grows", "head"):
        reassignment.lines[0].code = "x"


def test_work_is_reassigned_by_leaders_from_today_on(office: Office) -> None:
    with office.refuses("duty-not-held", "reviewer") as session:
        acts.supervision.ask_reassignment(
            session, office.user("reviewer"), office.user("reviewer2"), MONDAY, "太忙"
        )
    with office.refuses("move-needs-a-person", None) as session:
        acts.supervision.ask_reassignment(
            session, office.user("reviewer"), office.user("reviewer2"), MONDAY, "太忙"
        )
    with office.refuses("effective-day-is-past", "head") as session:
        acts.supervision.ask_reassignment(
            session,
            office.user("reviewer"),
            office.user("reviewer2"),
            MONDAY - timedelta(days=1),
            "补办",
        )


def test_a_reassignment_is_fixed_and_ends_on_its_day(office: Office) -> None:
    reassignment = asked(office, WEDNESDAY)
    with office.refuses("reassignment-is-fixed", "head"):
        reassignment.to_user = office.user("clerk")
    with office.refuses("reassignment-is-not-due", "head"):
        reassignment.done_on = MONDAY
    with office.refuses("row-is-never-deleted", "head") as session:
        session.delete(reassignment)


def test_who_ordered_a_reassignment_is_not_written_by_hand(office: Office) -> None:
    with office.refuses("column-is-derived", "head") as session:
        session.add(
            Reassignment(
                from_user=office.user("reviewer"),
                to_user=office.user("reviewer2"),
                effective_on=MONDAY,
                reason="x",
                asked_by_id=1,
            )
        )
