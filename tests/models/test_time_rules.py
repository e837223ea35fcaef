"""The rules of time beside the plain clock: other starts, joint handling, green lane, delivery."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models import (
    Application,
    ApplicationStep,
    CalendarDay,
    CalendarYear,
    DueDateChange,
    GreenLane,
    LicenceItem,
    Post,
    PostAssignment,
    RoleGrant,
    acts,
)
from models.acts.clock import approve_green_lane, ask_green_lane, record_review_conclusion
from models.enums import (
    ApplicationStatus,
    ClockStart,
    DecisionOutcome,
    DueCause,
    Duty,
    HandlingMode,
    LimitUnit,
    VersionStatus,
)
from models.questions.pauses import is_pause_overrun, overrun_pause_of
from models.questions.worklists import (
    Light,
    is_late_step,
    light_of,
    overdue_numbers,
    step_is_late,
)
from models.rules.case_clock import green_lane_promise
from tests.factories import LINE, MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone

FRIDAY, NEXT_MONDAY = date(2025, 3, 7), date(2025, 3, 10)
CONCLUSION = {"clock_start": ClockStart.REVIEW_CONCLUSION}
# As the shipped workshop item: calendar days from receipt, and a promise of five working days.
WORKSHOP: dict[str, Any] = {
    "promised": 5, "statutory": 15, "statutory_unit": LimitUnit.CALENDAR_DAY,
    "clock_start": ClockStart.RECEIPT,
    "steps": ((1, Duty.ACCEPTANCE, 1), (2, Duty.REVIEW, 2), (3, Duty.DECISION, 1)),
}  # fmt: skip


def joint_item(office: Office) -> LicenceItem:
    return office.item(promised=40, statutory=45, item={"handling_mode": HandlingMode.JOINT})


def causes(office: Office, case: Application) -> list[DueCause]:
    return list(
        office.session.scalars(
            select(DueDateChange.cause)
            .where(DueDateChange.application_id == case.id)
            .order_by(DueDateChange.id)
        )
    )


def dates(case: Application) -> tuple[date | None, date | None]:
    return case.due_on, case.statutory_due_on


def conclude(office: Office, case: Application, day: date) -> None:
    with office.acts("reviewer", day) as session:
        record_review_conclusion(session, case)


def in_green_lane(office: Office, case: Application, day: date, asker: str = "clerk") -> None:
    with office.acts(asker, day):
        ask_green_lane(case, "抢险物资生产急需")
    with office.acts("head", day) as session:
        approve_green_lane(session, case.green_lanes[0])


# --- what starts the clock (Art. 42) ----------------------------------------------------------


def test_no_date_binds_before_the_review_is_concluded(office: Office) -> None:
    """Art. 42: an item may start its clock with a review's conclusion."""
    case = office.accepted(MONDAY, **CONCLUSION)
    assert dates(case) == (None, None)
    light = light_of(
        MONDAY, due_on=case.due_on, warn_on=case.warn_on,
        suspended_since=case.suspended_since, closed_on=case.closed_on,
    )  # fmt: skip
    assert light is Light.NO_CLOCK
    conclude(office, case, NEXT_MONDAY)
    assert case.review_concluded_on == NEXT_MONDAY
    assert dates(case) == (date(2025, 3, 31), date(2025, 4, 8))
    assert causes(office, case)[-1] is DueCause.REVIEW_CONCLUDED


def test_a_pause_before_the_conclusion_takes_nothing_from_the_limit(office: Office) -> None:
    """Art. 45: a pause that ends before the clock starts excludes no day of it."""
    case = office.accepted(MONDAY, **CONCLUSION)
    office.pause(case, date(2025, 3, 4), date(2025, 3, 6))
    assert case.due_on is None
    conclude(office, case, NEXT_MONDAY)
    assert case.due_on == date(2025, 3, 31)


@pytest.mark.parametrize("outcome", DecisionOutcome)
def test_no_decision_comes_before_the_conclusion(office: Office, outcome: DecisionOutcome) -> None:
    """Art. 42: what starts the clock comes before what ends it."""
    case = office.reviewed(MONDAY, **CONCLUSION)
    with office.refuses("review-is-not-concluded", "decider", MONDAY):
        acts.decision.decide(
            case, outcome, reasons="申请不符合条件。", legal_basis="第三十八条", remedies="复议"
        )
    conclude(office, case, NEXT_MONDAY)
    with office.acts("decider", NEXT_MONDAY):
        acts.decision.decide(
            case, outcome, reasons="申请不符合条件。", legal_basis="第三十八条", remedies="复议"
        )
    assert case.decided_on == NEXT_MONDAY


def test_a_conclusion_is_recorded_once(office: Office) -> None:
    """Art. 42: the start of a clock is not moved afterwards."""
    case = office.accepted(MONDAY, **CONCLUSION)
    conclude(office, case, FRIDAY)
    with office.refuses("conclusion-is-recorded-once", "reviewer2", NEXT_MONDAY) as session:
        record_review_conclusion(session, case)


def test_only_the_review_records_a_conclusion(office: Office) -> None:
    """Art. 42: of an accepted case, in one's own name, from the review post."""
    case = office.accepted(MONDAY, **CONCLUSION)
    with office.refuses("post-not-held", "clerk") as session:
        record_review_conclusion(session, case)
    other = office.user("reviewer2").id
    with office.refuses("post-not-held", "reviewer"):
        case.review_concluded_by_id = other
    with office.refuses("column-is-derived", "reviewer"):
        case.review_concluded_on = date(2025, 2, 3)
    waiting = office.received(MONDAY, case.licence_item)
    with office.refuses("case-is-not-accepted", "reviewer") as session:
        record_review_conclusion(session, waiting)


def test_an_item_that_waits_for_no_conclusion_takes_none(office: Office) -> None:
    """Art. 42: acceptance starts the clock of the others."""
    case = office.accepted(MONDAY)
    with office.refuses("item-awaits-no-conclusion", "reviewer") as session:
        record_review_conclusion(session, case)


def test_calendar_days_may_run_from_receipt(office: Office) -> None:
    """Art. 42: A3 counts 15 calendar days from receipt, and promises 5 working days."""
    case = office.received(date(2025, 3, 3), **WORKSHOP)
    with office.acts("clerk", date(2025, 3, 5)):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    assert dates(case) == (date(2025, 3, 10), date(2025, 3, 18))
    # Even over the National Day the promise does not run past the law.
    feast = office.received(date(2025, 9, 30), case.licence_item)
    with office.acts("clerk", date(2025, 10, 9)):
        acts.intake.move(feast, ApplicationStatus.ACCEPTED)
    assert dates(feast) == (date(2025, 10, 14), date(2025, 10, 15))


def test_a_clock_from_receipt_waits_for_the_applicant(office: Office) -> None:
    """Art. 32: while the applicant corrects, the office's days do not run."""
    case = office.received(date(2026, 11, 30), complete=False, **WORKSHOP)
    with office.acts("clerk", date(2026, 12, 2)):
        acts.intake.ask_correction(case, "缺少申请书")
    with office.acts("clerk", date(2026, 12, 18)):
        for requirement in case.item_version.materials:
            acts.intake.hand_in(case, requirement)
        acts.intake.move(case, ApplicationStatus.RECEIVED)
    with office.acts("clerk", date(2026, 12, 18)):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    assert dates(case) == (date(2026, 12, 25), date(2027, 1, 4))
    assert (case.due_is_provisional, case.statutory_due_is_provisional) == (False, True)


def test_a_pause_of_the_promise_leaves_a_day_of_the_law_that_has_passed(office: Office) -> None:
    """Art. 45: the case stays late by the law, though the promise stands still again."""
    friday, second = date(2020, 1, 17), date(2020, 2, 4)
    case = office.accepted(friday, **WORKSHOP)
    office.pause(case, date(2020, 1, 19), date(2020, 1, 21))
    assert dates(case) == (date(2020, 2, 3), date(2020, 2, 3))
    office.suspend(case, second, date(2020, 2, 10))
    assert dates(case) == (date(2020, 2, 3), date(2020, 2, 3))
    assert case.suspended_since == second
    assert overdue_numbers(office.session, second) == [case.number]


def test_months_count_to_the_same_day(office: Office) -> None:
    """Art. 42: a limit in months ends on the day of that number (Civil Code 202, 203)."""
    case = office.accepted(
        date(2025, 1, 30), promised=10, statutory=1, statutory_unit=LimitUnit.MONTH
    )
    assert dates(case) == (date(2025, 2, 17), date(2025, 2, 28))


def test_an_extension_moves_a_statute_in_calendar_days_by_working_days(office: Office) -> None:
    """Art. 42: both dates move by the same number of working days."""
    case = office.accepted(MONDAY, promised=15, statutory=30, statutory_unit=LimitUnit.CALENDAR_DAY)
    assert dates(case) == (date(2025, 3, 24), date(2025, 4, 2))
    office.extend(case, MONDAY, 5)
    assert dates(case) == (date(2025, 3, 31), date(2025, 4, 10))


# --- joint handling (Art. 42 ¶2) --------------------------------------------------------------


def test_joint_handling_is_extended_by_fifteen_days_with_its_document(office: Office) -> None:
    """Art. 42 ¶2: the head of the government approves, and his document has a number."""
    case = office.accepted(MONDAY, joint_item(office))
    before = case.due_on
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 15, "联合办理")
    with office.refuses("joint-extension-needs-its-document", "leader") as session:
        acts.clock.approve_extension(session, case.extensions[0])
    with office.refuses("joint-extension-needs-its-document", "leader") as session:
        acts.clock.approve_extension(session, case.extensions[0], "  ")
    assert case.due_on == before == date(2025, 4, 28)
    with office.acts("leader", MONDAY) as session:
        acts.clock.approve_extension(session, case.extensions[0], "青政函〔2025〕3号")
    assert case.extensions[0].approval_document == "青政函〔2025〕3号"
    assert case.due_on == date(2025, 5, 22)


def test_sixteen_days_are_too_many_even_jointly(office: Office) -> None:
    """Art. 42: ten days at most, fifteen where offices handle a case jointly."""
    joint = office.accepted(MONDAY, joint_item(office))
    with office.refuses("extension-is-too-long", "reviewer"):
        acts.clock.ask_extension(joint, 16, "联合办理")
    alone = office.accepted(MONDAY)
    with office.refuses("extension-is-too-long", "reviewer"):
        acts.clock.ask_extension(alone, 11, "需专家论证")


# --- green lane -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promise", "half"), [(None, None), (0, 0), (1, 1), (2, 1), (7, 4), (15, 8)]
)
def test_the_green_lane_halves_the_promise_upwards(promise: int | None, half: int | None) -> None:
    assert green_lane_promise(promise) == half


@pytest.mark.parametrize("asker", ["clerk", "reviewer"])
def test_the_green_lane_halves_the_promise_from_the_same_start(office: Office, asker: str) -> None:
    """Art. 42: the promise is the office's own; the statutory limit stays."""
    case = office.accepted(MONDAY, promised=15, statutory=20)
    with office.acts(asker, MONDAY):
        ask_green_lane(case, "抢险物资生产急需")
    assert (case.is_green_lane, dates(case)) == (False, (date(2025, 3, 24), date(2025, 3, 31)))
    with office.acts("head", FRIDAY) as session:
        approve_green_lane(session, case.green_lanes[0])
    assert (case.is_green_lane, dates(case)) == (True, (date(2025, 3, 13), date(2025, 3, 31)))
    last = case.due_date_changes[-1]
    assert (last.cause, last.effective_on) == (DueCause.GREEN_LANE, FRIDAY)


def test_the_green_lane_of_a_received_case_counts_at_acceptance(office: Office) -> None:
    case = office.received(MONDAY, promised=15, statutory=20)
    in_green_lane(office, case, MONDAY)
    with office.acts("clerk", MONDAY):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    assert dates(case) == (date(2025, 3, 13), date(2025, 3, 31))


def test_the_green_lane_needs_a_reason(office: Office) -> None:
    case = office.accepted(MONDAY)
    with office.refuses("reason-is-missing", "clerk"):
        ask_green_lane(case, "  ")


def test_the_green_lane_is_asked_for_from_a_post(office: Office) -> None:
    case = office.accepted(MONDAY)
    with office.refuses("post-not-held", "head"):
        ask_green_lane(case, "急需")
    with office.refuses("duty-not-held", "decider"):
        ask_green_lane(case, "急需")


def test_the_green_lane_is_approved_by_the_head_alone(office: Office) -> None:
    case = office.accepted(MONDAY)
    with office.acts("clerk", MONDAY):
        ask_green_lane(case, "急需")
    with office.refuses("green-lane-is-approved-by-the-head", "clerk") as session:
        approve_green_lane(session, case.green_lanes[0])
    other = office.user("manager").id
    with office.refuses("green-lane-is-approved-by-the-head", "head"):
        case.green_lanes[0].approved_by_id = other


def test_the_head_approves_nothing_he_asked_for(office: Office) -> None:
    """A head who also sits in the acceptance post does not approve his own request."""
    head = office.user("head")
    with office.acts("security", MONDAY) as session:
        post = session.scalars(select(Post).where(Post.duty == Duty.ACCEPTANCE)).one()
        session.add(PostAssignment(user=head, post=post, valid_from=MONDAY))
        session.add(RoleGrant(user=head, duty=Duty.ACCEPTANCE, valid_from=MONDAY))
    case = office.accepted(MONDAY)
    with office.acts("head", MONDAY):
        ask_green_lane(case, "急需")
    with office.refuses("nobody-approves-his-own-proposal", "head") as session:
        approve_green_lane(session, case.green_lanes[0])


def test_the_green_lane_is_given_once_and_stays(office: Office) -> None:
    case = office.accepted(MONDAY)
    in_green_lane(office, case, MONDAY)
    with office.refuses("green-lane-is-given-once", "clerk"):
        ask_green_lane(case, "还是急")
    with office.refuses("green-lane-is-fixed", "head"):
        case.green_lanes[0].reason = "另一个"
    with office.refuses("row-is-never-deleted", "head") as session:
        session.delete(case.green_lanes[0])


def test_a_decided_case_goes_before_nobody(office: Office) -> None:
    case = office.granted(MONDAY)
    with office.refuses("green-lane-is-too-late", "clerk"):
        ask_green_lane(case, "急需")
    correcting = office.correcting(MONDAY)
    with office.refuses("green-lane-is-too-late", "clerk"):
        ask_green_lane(correcting, "急需")


def test_nobody_puts_a_case_on_the_green_lane_by_hand(office: Office) -> None:
    case = office.accepted(MONDAY)
    with office.refuses("column-is-derived", "clerk"):
        case.is_green_lane = True
    with office.refuses("column-is-derived", "clerk"):
        case.green_lanes.append(GreenLane(reason="急", requested_on=date(2025, 1, 2)))


# --- delivery (Art. 44) -----------------------------------------------------------------------


def test_an_item_may_promise_an_earlier_delivery(office: Office) -> None:
    """Art. 44: at most ten working days; an item may name fewer."""
    case = office.granted(date(2025, 10, 9), delivery_limit=5)
    assert dates(case) == (date(2025, 10, 15), date(2025, 10, 15))


# --- steps and pauses over their time ---------------------------------------------------------


def test_a_version_is_published_only_with_a_limit_on_every_step(office: Office) -> None:
    """Art. 42: no step is open-ended; pre-guidance is voluntary and has none."""
    line = [*LINE[:1], (2, Duty.REVIEW, None), *LINE[2:]]
    draft = office.draft(steps=line)
    with office.refuses("step-has-no-limit", "admin2"):
        draft.status = VersionStatus.PUBLISHED
    lawful = office.draft(steps=[(0, Duty.GUIDANCE, None), *LINE])
    with office.acts("admin2", MONDAY):
        lawful.status = VersionStatus.PUBLISHED
    assert lawful.status is VersionStatus.PUBLISHED


def test_a_late_step_is_late_in_sql_and_in_words_alike(office: Office) -> None:
    case = office.accepted(MONDAY)
    office.review(office.accepted(MONDAY), MONDAY)
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    assert step.due_on == NEXT_MONDAY
    for day in (MONDAY, FRIDAY, NEXT_MONDAY, date(2025, 3, 11), date(2025, 3, 24)):
        found = set(office.session.scalars(select(ApplicationStep.id).where(is_late_step(day))))
        steps = office.session.scalars(select(ApplicationStep)).all()
        assert found == {s.id for s in steps if step_is_late(day, s.status, s.due_on)}
        assert (step.id in found) is (day > NEXT_MONDAY)
    assert case.due_on == date(2025, 3, 24)


def test_a_pause_beyond_its_planned_end_is_overrun(office: Office) -> None:
    """Art. 45: the applicant was told how long it takes."""
    case = office.accepted(MONDAY)
    office.suspend(case, MONDAY, FRIDAY)
    office.pause(office.accepted(MONDAY), MONDAY, FRIDAY)
    for day, expected in ((FRIDAY, []), (date(2025, 3, 8), [case.id])):
        found = office.session.scalars(select(Application.id).where(is_pause_overrun(day)))
        assert list(found) == expected
        assert (overrun_pause_of(case, day) is not None) is bool(expected)
    office.resume(case, NEXT_MONDAY)
    found = office.session.scalars(select(Application.id).where(is_pause_overrun(NEXT_MONDAY)))
    assert list(found) == []
    assert overrun_pause_of(case, NEXT_MONDAY) is None


# --- the calendar -----------------------------------------------------------------------------


def test_a_special_day_lies_in_its_year(office: Office) -> None:
    """Art. 82: a day under another year would be asked of the wrong one."""
    year = CalendarYear(year=2027, source="预计")
    with office.acts("system", MONDAY) as session:
        session.add(year)
    with office.refuses("day-is-of-another-year", "system") as session:
        session.add(CalendarDay(calendar_year=year, day=date(2028, 3, 6), is_working=False))
    with office.acts("system", MONDAY) as session:
        session.add(CalendarDay(calendar_year=year, day=date(2027, 3, 4), is_working=False))
