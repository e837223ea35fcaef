"""Hearings (Art. 46-48) and interested third parties (Art. 36)."""

from datetime import date
from typing import Any

import pytest

from models import Application, Hearing, InterestedParty, acts
from models.acts.hearing import (
    hold_hearing,
    plan_hearing,
    record_statement,
    register_party,
    request_hearing,
    tell_of_hearing,
    tell_party,
    waive_hearing,
)
from models.acts.review import all_met, assign_inspectors, judge
from models.acts.service import serve
from models.enums import (
    ApplicationStatus,
    Channel,
    DecisionOutcome,
    Duty,
    HearingKind,
    ServiceWay,
)
from tests.factories import MONDAY, Office, open_step
from tests.statements import judged_item

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
TOLD, ASKED, REQUEST_DUE = date(2025, 9, 24), date(2025, 9, 26), date(2025, 9, 30)
AFTER_REQUEST, HOLD_DUE = date(2025, 10, 9), date(2025, 10, 30)
PAPER = ("声明 1 号", date(2025, 9, 25))
NOTICE_DUE, PLANNED = date(2025, 10, 10), date(2025, 10, 20)


def told(office: Office, kind: HearingKind = HearingKind.ON_REQUEST, **values: Any) -> Hearing:
    """A reviewed case whose applicant was told of his right on 24 September 2025."""
    case = office.reviewed(TOLD, **values)
    with office.acts("reviewer", TOLD):
        tell_of_hearing(case, kind)
    hearing: Hearing = case.hearings[-1]
    return hearing


def requested(office: Office, **values: Any) -> Hearing:
    hearing = told(office, **values)
    with office.acts("reviewer", ASKED) as session:
        request_hearing(session, hearing)
    return hearing


def plan(office: Office, hearing: Hearing, chair: str = "head", **values: Any) -> None:
    """Plan a hearing; the caller acts."""
    plan_hearing(
        hearing, **{"planned_on": PLANNED, "place": "听证室", "chair": office.user(chair)} | values
    )


def planned(office: Office, **values: Any) -> Hearing:
    hearing = requested(office, **values)
    with office.acts("reviewer", NOTICE_DUE):
        plan(office, hearing)
    return hearing


def held(office: Office, day: date = PLANNED, **values: Any) -> Hearing:
    hearing = planned(office, **values)
    with office.acts("head", day) as session:
        hold_hearing(session, hearing, "各方陈述在案")
    return hearing


def grant(case: Application) -> None:
    held_on = [hearing.held_on for hearing in case.hearings if hearing.held_on]
    cited = "采纳听证笔录中各方意见" if held_on else ""
    acts.decision.decide(case, DecisionOutcome.GRANTED, hearing_minutes=cited)


# --- told, asked for, waived --------------------------------------------------------------------


def test_a_hearing_has_its_periods(office: Office) -> None:
    """Art. 47: told 09-24, asked for by 09-30; asked for 09-26, held by 10-30."""
    hearing = requested(office)
    assert (hearing.told_on, hearing.request_due_on) == (TOLD, REQUEST_DUE)
    assert (hearing.requested_on, hearing.hold_due_on) == (ASKED, HOLD_DUE)


def test_a_hearing_does_not_stop_the_clock_by_itself(office: Office) -> None:
    """Art. 45: only a suspension excludes the time of a hearing."""
    hearing = requested(office)
    assert hearing.application.suspended_since is None
    assert hearing.application.due_on is not None


def test_a_hearing_is_asked_for_within_its_five_days(office: Office) -> None:
    """Art. 47: on the last day it is in time, on the next one it is not."""
    one, late = told(office), told(office)
    with office.acts("reviewer", REQUEST_DUE) as session:
        request_hearing(session, one)
    with office.refuses("request-period-is-over", "reviewer", AFTER_REQUEST) as session:
        request_hearing(session, late)


def test_a_decision_waits_while_a_hearing_may_be_asked_for(office: Office) -> None:
    """Art. 47: until the five days have passed, or the right is given up."""
    hearing, waived = told(office), told(office)
    with office.refuses("hearing-request-period-runs", "decider", REQUEST_DUE):
        grant(hearing.application)
    with office.acts("decider", AFTER_REQUEST):
        grant(hearing.application)
    with office.acts("reviewer", ASKED) as session:
        waive_hearing(session, waived, *PAPER)
    with office.acts("decider", ASKED):
        grant(waived.application)
    assert {hearing.application.status, waived.application.status} == {Case.GRANTED}


def test_a_decision_waits_for_a_hearing_that_was_asked_for(office: Office) -> None:
    """Art. 47, 48: what was asked for is held, and the decision rests on its minutes."""
    hearing = requested(office)
    with office.refuses("hearing-is-not-held", "decider", PLANNED):
        grant(hearing.application)
    done = held(office)
    with office.acts("decider", PLANNED):
        grant(done.application)
    assert done.application.status is Case.GRANTED


def test_a_decision_after_a_hearing_cites_its_minutes(office: Office) -> None:
    """Art. 48 ¶2: it is made according to the minutes, and says what it takes from them."""
    case = held(office).application
    for words in ("", " "):
        with office.refuses("decision-cites-the-minutes", "decider", PLANNED):
            acts.decision.decide(case, DecisionOutcome.GRANTED, hearing_minutes=words)
    with office.acts("decider", PLANNED):
        grant(case)
    assert case.decision is not None
    assert case.decision.hearing_minutes


def test_an_item_that_needs_a_hearing_is_not_decided_without_one(office: Office) -> None:
    """Art. 46: a hearing that the law prescribes is announced and held."""
    case = office.reviewed(TOLD, hearing_required=True)
    with office.refuses("hearing-is-not-held", "decider", TOLD):
        grant(case)
    hearing = told(office, HearingKind.BY_LAW, hearing_required=True)
    assert hearing.request_due_on is None
    with office.refuses("hearing-is-not-held", "decider", AFTER_REQUEST):
        grant(hearing.application)
    with office.acts("reviewer", NOTICE_DUE):
        plan(office, hearing)
    with office.acts("head", PLANNED) as session:
        hold_hearing(session, hearing, "各方陈述在案")
    with office.acts("decider", PLANNED):
        grant(hearing.application)
    assert hearing.application.status is Case.GRANTED


def test_a_prescribed_hearing_is_neither_asked_for_nor_waived(office: Office) -> None:
    """Art. 46: nobody gives up what the law prescribes."""
    hearing = told(office, HearingKind.BY_LAW)
    with office.refuses("hearing-is-held-by-law", "reviewer", TOLD) as session:
        waive_hearing(session, hearing)
    with office.refuses("hearing-is-held-by-law", "reviewer", TOLD) as session:
        request_hearing(session, hearing)


def test_the_days_of_a_hearing_are_not_dated_back(office: Office) -> None:
    """Art. 47: what happens is entered on its day, and stays."""
    hearing = told(office)
    with office.refuses("hearing-day-is-today", "reviewer", AFTER_REQUEST):
        hearing.requested_on = ASKED
    with office.acts("reviewer", ASKED) as session:
        request_hearing(session, hearing)
    with office.refuses("hearing-is-fixed", "reviewer", REQUEST_DUE) as session:
        request_hearing(session, hearing)
    with office.refuses("hearing-is-fixed", "reviewer", ASKED) as session:
        waive_hearing(session, hearing)
    with office.refuses("column-is-derived", "reviewer", ASKED):
        hearing.hold_due_on = PLANNED


def test_a_hearing_belongs_to_the_review_of_an_accepted_case(office: Office) -> None:
    """Art. 47: the review post tells of it, on a case that is being reviewed."""
    received, accepted = office.received(), office.accepted()
    with office.refuses("case-is-not-accepted", "reviewer"):
        tell_of_hearing(received)
    with office.refuses("post-not-held", "decider"):
        tell_of_hearing(accepted)


# --- planned and held ---------------------------------------------------------------------------


def test_a_hearing_is_told_seven_working_days_before(office: Office) -> None:
    """Art. 48: for 10-20 the notice goes out by 10-10; on 10-11, a working day, it is late."""
    hearing = requested(office)
    with office.refuses("hearing-notice-is-late", "reviewer", date(2025, 10, 11)):
        plan(office, hearing)
    with office.acts("reviewer", NOTICE_DUE):
        plan(office, hearing)
    assert (hearing.notified_on, hearing.planned_on) == (NOTICE_DUE, PLANNED)
    with office.refuses("hearing-notice-is-late", "reviewer", date(2025, 10, 13)):
        hearing.place = "另一听证室"


def test_only_an_owed_hearing_is_planned(office: Office) -> None:
    """Art. 47: nobody plans what nobody asked for; place and chair are named."""
    waiting, hearing = told(office), requested(office)
    with office.refuses("hearing-was-not-requested", "reviewer", ASKED):
        plan(office, waiting)
    with office.refuses("hearing-is-not-planned", "reviewer", ASKED):
        plan(office, hearing, place=" ")


def test_the_chair_does_not_review_the_case(office: Office) -> None:
    """Art. 48(3): the chair is an officer who takes no part in the review."""
    hearing = requested(office)
    with office.refuses("chair-reviewed-the-case", "reviewer", ASKED):
        plan(office, hearing, "reviewer")
    with office.refuses("chair-is-no-officer", "reviewer", ASKED):
        plan(office, hearing, "applicant")


def test_who_chairs_takes_no_part_in_the_review(office: Office) -> None:
    """Art. 48(3): neither by a step, nor by a verdict, nor by a site inspection."""
    case = office.accepted(TOLD, judged_item(office))
    with office.acts("reviewer", TOLD):
        tell_of_hearing(case)
    with office.acts("reviewer", ASKED) as session:
        request_hearing(session, case.hearings[0])
    with office.acts("reviewer", NOTICE_DUE):
        plan(office, case.hearings[0], "reviewer2")
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.refuses("reviewer-chairs-the-hearing", "reviewer2", NOTICE_DUE) as session:
        acts.steps.claim(session, step)
    with office.refuses("reviewer-chairs-the-hearing", "reviewer2", NOTICE_DUE):
        judge(case, all_met(case))
    users = [office.user("reviewer"), office.user("reviewer2")]
    with office.refuses("reviewer-chairs-the-hearing", "reviewer", NOTICE_DUE):
        assign_inspectors(case, users, PLANNED)


def test_a_hearing_is_held_on_its_day_with_signed_minutes(office: Office) -> None:
    """Art. 48(5): minutes are kept, and signed by those who took part."""
    hearing = planned(office)
    with office.refuses("hearing-is-before-its-day", "head", HOLD_DUE.replace(day=17)) as session:
        hold_hearing(session, hearing, "各方陈述在案")
    with office.refuses("hearing-needs-its-minutes", "head", PLANNED) as session:
        hold_hearing(session, hearing, " ")
    with office.refuses("hearing-needs-its-minutes", "head", PLANNED):
        hearing.held_on, hearing.minutes = PLANNED, "各方陈述在案"
    with office.refuses("post-not-held", "decider", PLANNED) as session:
        hold_hearing(session, hearing, "各方陈述在案")
    with office.acts("head", PLANNED) as session:
        hold_hearing(session, hearing, "各方陈述在案")
    assert (hearing.held_on, hearing.is_late) == (PLANNED, False)
    with office.refuses("hearing-is-fixed", "head", PLANNED):
        hearing.minutes = "改过的笔录"


def test_a_hearing_without_a_plan_is_not_held(office: Office) -> None:
    """Art. 48: day and place are told first."""
    hearing = requested(office)
    with office.refuses("hearing-is-not-planned", "reviewer", PLANNED) as session:
        hold_hearing(session, hearing, "各方陈述在案")


def test_a_late_hearing_is_recorded_as_late(office: Office) -> None:
    """Art. 47: the twenty days are the office's duty; a late hearing is held all the same."""
    in_time, late = held(office, HOLD_DUE), held(office, date(2025, 10, 31))
    assert (in_time.is_late, late.is_late) == (False, True)


def test_a_hearing_is_planned_inside_its_days_while_they_last(office: Office) -> None:
    """Art. 47: asked for on 09-26 it is held by 10-30; a notice reaches that day until 10-21."""
    hearing, after, last_notice = requested(office), date(2025, 10, 31), date(2025, 10, 21)
    with office.refuses("hearing-is-within-its-days", "reviewer", last_notice):
        plan(office, hearing, planned_on=after)
    with office.acts("reviewer", last_notice):
        plan(office, hearing, planned_on=HOLD_DUE)
    assert hearing.is_late is False
    late = requested(office)
    with office.acts("reviewer", date(2025, 10, 22)):
        plan(office, late, planned_on=after)
    assert late.is_late is True


@pytest.mark.parametrize("day", [date(1949, 12, 31), date(2099, 1, 1), date(9999, 12, 31)])
def test_a_typed_day_lies_where_a_calendar_reaches(office: Office, day: date) -> None:
    """Art. 82: no term is counted from a day beyond every calendar."""
    hearing = requested(office)
    with office.refuses("day-is-out-of-reach", "reviewer", ASKED):
        plan(office, hearing, planned_on=day)


# --- interested third parties -------------------------------------------------------------------


def with_a_party(office: Office) -> InterestedParty:
    """A reviewed case with one interested party, not told yet."""
    case = office.reviewed(TOLD)
    with office.acts("reviewer", TOLD):
        register_party(case, "邻家印刷厂", "毗邻生产场所", "13900000000")
    party: InterestedParty = case.interested_parties[0]
    return party


def tell(office: Office, party: InterestedParty) -> None:
    with office.acts("reviewer", TOLD) as session:
        tell_party(session, party)


def test_a_decision_waits_until_each_party_was_heard(office: Office) -> None:
    """Art. 36: told, and stated, waived, or silent for five working days."""
    party = with_a_party(office)
    with office.refuses("party-was-not-heard", "decider", PLANNED):
        grant(party.application)
    tell(office, party)
    assert (party.told_on, party.answer_due_on) == (TOLD, REQUEST_DUE)
    with office.refuses("party-was-not-heard", "decider", REQUEST_DUE):
        grant(party.application)
    with office.acts("decider", AFTER_REQUEST):
        grant(party.application)
    assert party.application.status is Case.GRANTED


def test_a_statement_or_a_waiver_ends_the_waiting(office: Office) -> None:
    """Art. 36: the statement is heard; who says nothing may waive it."""
    speaks, waives = with_a_party(office), with_a_party(office)
    for party, words in ((speaks, "影响采光"), (waives, "")):
        tell(office, party)
        with office.acts("reviewer", ASKED):
            record_statement(party, words, *PAPER)
        with office.acts("decider", ASKED):
            grant(party.application)
    assert (speaks.stated_on, speaks.has_waived) == (ASKED, False)
    assert (waives.stated_on, waives.has_waived) == (None, True)


def test_a_party_answers_once_and_after_it_was_told(office: Office) -> None:
    """Art. 36: nothing is heard before it was told, and nothing is rewritten."""
    party = with_a_party(office)
    with office.refuses("party-was-not-told", "reviewer", TOLD):
        record_statement(party, "影响采光")
    with office.refuses("hearing-day-is-today", "reviewer", ASKED):
        party.told_on = TOLD
    tell(office, party)
    with office.refuses("party-has-answered", "reviewer", ASKED) as session:
        tell_party(session, party)
    with office.acts("reviewer", ASKED):
        record_statement(party, "影响采光")
    with office.refuses("party-has-answered", "reviewer", ASKED):
        record_statement(party, "没有意见")


def test_a_party_is_registered_with_its_interest(office: Office) -> None:
    """Art. 36: a party is one whom the permit directly concerns."""
    case = office.accepted()
    with office.refuses("interest-is-missing", "reviewer"):
        register_party(case, "邻家印刷厂", " ")
    with office.refuses("duty-not-held", "clerk"):
        register_party(case, "邻家印刷厂", "毗邻生产场所")


# --- waivers and service ------------------------------------------------------------------------


def test_a_waiver_is_a_signed_paper_or_the_persons_own_act(office: Office) -> None:
    """Art. 36, 47: no officer gives up the right of another."""
    own = office.applicant(user=office.user("applicant"))
    hearing, by_himself = told(office), told(office, applicant=own)
    with office.refuses("waiver-needs-its-paper", "reviewer", ASKED) as session:
        waive_hearing(session, hearing)
    for day in (date(2025, 9, 23), REQUEST_DUE):  # before it was told, and not signed yet
        with office.refuses("waiver-is-of-another-day", "reviewer", ASKED) as session:
            waive_hearing(session, hearing, "声明 1 号", day)
    with office.refuses("case-is-not-yours", "applicant", ASKED) as session:
        waive_hearing(session, hearing)
    with office.acts("applicant", ASKED) as session:
        waive_hearing(session, by_himself)
    with office.acts("decider", ASKED):
        grant(by_himself.application)
    party = with_a_party(office)
    tell(office, party)
    with office.refuses("waiver-needs-its-paper", "reviewer", ASKED):
        record_statement(party, " ")


def test_the_applicant_asks_for_a_hearing_and_writes_no_more_of_it(office: Office) -> None:
    """Art. 47: in the portal, within the five days."""
    own = office.applicant(user=office.user("applicant"))
    hearing = told(office, applicant=own)
    with office.refuses("duty-not-held", "applicant", ASKED):
        hearing.place = "别处"
    with office.refuses("duty-not-held", "applicant", ASKED):
        tell_of_hearing(hearing.application, HearingKind.BY_LAW)
    with office.refuses("request-period-is-over", "applicant", AFTER_REQUEST) as session:
        request_hearing(session, hearing)
    with office.acts("applicant", ASKED) as session:
        request_hearing(session, hearing)
    assert hearing.hold_due_on == HOLD_DUE


def test_the_five_days_run_from_the_service(office: Office) -> None:
    """Art. 47: what was posted is served when it arrived; until then nothing is decided."""
    case = office.reviewed(TOLD)
    with office.acts("reviewer", TOLD):
        tell_of_hearing(case, service_way=ServiceWay.POST)
    hearing = case.hearings[0]
    assert (hearing.served_on, hearing.request_due_on) == (None, None)
    with office.refuses("hearing-notice-is-not-served", "decider", PLANNED):
        grant(case)
    with office.acts("reviewer", REQUEST_DUE):
        serve(hearing, ServiceWay.POST, ASKED, "挂号信 1 号")
    assert (hearing.served_on, hearing.request_due_on) == (ASKED, date(2025, 10, 10))
    with office.acts("decider", date(2025, 10, 11)):
        grant(case)


def test_an_announcement_counts_after_thirty_days(office: Office) -> None:
    """送达: so that no case waits for ever for a person who cannot be found."""
    party = with_a_party(office)
    with office.acts("reviewer", TOLD) as session:
        tell_party(session, party, ServiceWay.ANNOUNCEMENT)
    with office.acts("reviewer", TOLD):
        serve(party, ServiceWay.ANNOUNCEMENT, TOLD, "公告 1 号")
    assert (party.served_on, party.answer_due_on) == (date(2025, 10, 24), date(2025, 10, 31))
    with office.refuses("party-was-not-heard", "decider", date(2025, 10, 31)):
        grant(party.application)
    with office.acts("decider", date(2025, 11, 3)):
        grant(party.application)


def test_a_correction_waits_for_its_service(office: Office) -> None:
    """Art. 32(4): the applicant's time runs from the day on which the notice was served."""
    case = office.received(MONDAY, complete=False, channel=Channel.POST)
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(case)
    notice, tuesday, wednesday = case.notices[0], date(2025, 3, 4), date(2025, 3, 5)
    assert (notice.service_way, notice.served_on) == (ServiceWay.POST, None)
    assert case.correction_due_on is None
    with office.refuses("correction-period-is-running", None, date(2026, 3, 4)):
        acts.intake.move(case, ApplicationStatus.TERMINATED)
    for code, way, day, proof in (
        ("service-needs-its-proof", ServiceWay.LEFT, tuesday, " "),
        ("service-needs-its-proof", ServiceWay.IN_PERSON, tuesday, "."),
        ("service-is-between-its-days", ServiceWay.POST, date(2025, 2, 28), "1"),
        ("service-is-between-its-days", ServiceWay.POST, date(2025, 3, 6), "1"),
        ("service-has-its-day-and-way", None, tuesday, "1"),
    ):
        with office.refuses(code, "clerk", wednesday):
            serve(notice, way, day, proof)
    with office.refuses("post-not-held", "head", wednesday):
        serve(notice, ServiceWay.POST, tuesday, "挂号信 2 号")
    with office.refuses("column-is-derived", "clerk", wednesday):
        notice.served_on = tuesday
    with office.acts("clerk", wednesday):
        serve(notice, ServiceWay.POST, tuesday, "挂号信 2 号")
    assert (notice.served_on, case.correction_due_on) == (tuesday, date(2025, 4, 16))
    with office.refuses("service-is-fixed", "clerk", wednesday):
        serve(notice, ServiceWay.POST, wednesday, "挂号信 2 号")


def test_what_is_handed_over_or_shown_is_served_at_once(office: Office) -> None:
    """送达: at the window in person, online in the portal, on the day on which it is sent."""
    window, online = office.correcting(), office.received(complete=False, channel=Channel.ONLINE)
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(online)
    assert [(c.notices[0].service_way, c.notices[0].served_on) for c in (window, online)] == [
        (ServiceWay.IN_PERSON, MONDAY), (ServiceWay.ELECTRONIC, MONDAY),
    ]  # fmt: skip
    assert window.correction_due_on == online.correction_due_on == date(2025, 4, 15)
