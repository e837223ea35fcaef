"""What is forbidden to hearings and to interested parties (Art. 36, 46-48)."""

from datetime import date
from typing import Any

from models import ConditionVerdict, Decision, Hearing, InterestedParty, acts
from models.acts.hearing import (
    hold_hearing,
    record_statement,
    register_party,
    request_hearing,
    tell_of_hearing,
    waive_hearing,
)
from models.acts.review import all_met, judge
from models.acts.service import serve
from models.enums import HearingKind, ServiceWay
from tests.doors.deed import FIELD, Button, Deed
from tests.factories import Office
from tests.models.test_hearing_life import (
    AFTER_REQUEST,
    ASKED,
    NOTICE_DUE,
    PLANNED,
    REQUEST_DUE,
    TOLD,
    held,
    plan,
    planned,
    requested,
    tell,
    told,
    with_a_party,
)
from tests.statements import judged_item

HEARING = "tests/models/test_hearing_life.py::"
PERIODS = HEARING + "test_a_hearing_has_its_periods"
IN_TIME = HEARING + "test_a_hearing_is_told_seven_working_days_before"
HELD = HEARING + "test_a_hearing_is_held_on_its_day_with_signed_minutes"
HEARD = HEARING + "test_a_statement_or_a_waiver_ends_the_waiting"
OVER = HEARING + "test_a_decision_waits_while_a_hearing_may_be_asked_for"
BY_PERSONS = {"system": "move-needs-a-person"}
WAIVED = HEARING + "test_a_waiver_is_a_signed_paper_or_the_persons_own_act"
SERVED = HEARING + "test_the_five_days_run_from_the_service"
BEFORE = date(2025, 9, 23)
LATE, EARLY = date(2025, 10, 11), date(2025, 10, 17)
MINUTES = "各方陈述在案"


def _by_law(office: Office) -> Hearing:
    return told(office, HearingKind.BY_LAW)


def _told_party(office: Office) -> InterestedParty:
    party = with_a_party(office)
    tell(office, party)
    return party


def _answered_party(office: Office) -> InterestedParty:
    party = _told_party(office)
    with office.acts("reviewer", ASKED):
        record_statement(party, "影响采光")
    return party


def _chaired_by_a_reviewer(office: Office) -> Any:
    case = office.accepted(TOLD, judged_item(office))
    with office.acts("reviewer", TOLD):
        tell_of_hearing(case)
    with office.acts("reviewer", ASKED) as session:
        request_hearing(session, case.hearings[0])
    with office.acts("reviewer", NOTICE_DUE):
        plan(office, case.hearings[0], "reviewer2")
    return case


def _posted(office: Office) -> Hearing:
    case = office.reviewed(TOLD)
    with office.acts("reviewer", TOLD):
        tell_of_hearing(case, service_way=ServiceWay.POST)
    hearing: Hearing = case.hearings[0]
    return hearing


def serving(
    code: str,
    day: date,
    proof: str = "挂号信 1 号",
    *,
    way: ServiceWay | None = ServiceWay.POST,
    others: Any = None,
) -> Deed:
    """A service that was none."""
    typed = {"service_way": way, "delivered_on": day, "service_proof": proof}
    return Deed(
        code, "reviewer", _posted, typed, SERVED, day=ASKED,
        act=lambda _office, row: serve(row, **typed),
        button=Button("serve_hearing", {**typed, "delivered_on": day.isoformat()}),
        elsewhere={**BY_PERSONS, "sql": "service-has-its-day-and-way", **(others or {})},
    )  # fmt: skip


def setting(code: str, reach: Any, day: date, others: Any = None, **values: Any) -> Deed:
    """A plan of a hearing that must not be told."""
    chair = values.pop("chair", "head")
    plans = {"planned_on": PLANNED, "place": "听证室", **values}
    return Deed(
        code, "reviewer", reach,
        lambda office, _row: {**plans, "chair_id": office.user(chair).id},
        IN_TIME, day=day, act=lambda office, row: plan(office, row, chair, **values),
        button=Button("plan_hearing", lambda office, _row: {
            **plans, "chair": office.user(chair).id,
        }),
        elsewhere=BY_PERSONS | (others or {}),
    )  # fmt: skip


def holding(code: str, reach: Any, day: date, who: str = "head", text: str = MINUTES) -> Deed:
    """A hearing that was not held so."""
    return Deed(
        code, who, reach, {"held_on": day, "minutes_signed_on": day, "minutes": text}, HELD,
        act=lambda office, row: hold_hearing(office.session, row, text), day=day,
        button=Button("hold_hearing", {"minutes": text, "is_signed": "y"}),
        elsewhere=BY_PERSONS | ({"action": FIELD} if text != MINUTES else {}),
    )  # fmt: skip


def waiting(code: str, reach: Any, day: date, lawful: str = OVER) -> Deed:
    """A decision that comes before its hearing."""
    return Deed(
        code, "decider", lambda office: reach(office).application,
        lambda _office, case: {"application": case, "outcome": "GRANTED"}, lawful, new=Decision,
        act=lambda _office, case: acts.decision.decide(case, "GRANTED"),
        button=Button("grant"), day=day,
        elsewhere={**BY_PERSONS},
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "a hearing is asked for too late": Deed(
        "request-period-is-over", "reviewer", told, {"requested_on": AFTER_REQUEST}, PERIODS,
        act=lambda office, row: request_hearing(office.session, row), day=AFTER_REQUEST,
        button=Button("request_hearing"), elsewhere={**BY_PERSONS},
    ),
    "a prescribed hearing is waived": Deed(
        "hearing-is-held-by-law", "reviewer", _by_law, {"waived_on": TOLD}, PERIODS,
        act=lambda office, row: waive_hearing(office.session, row), day=TOLD,
        button=Button("waive_hearing"),
        elsewhere={**BY_PERSONS, "action": "hearing-was-not-told"},
    ),
    "an officer waives a hearing": Deed(
        "waiver-needs-its-paper", "reviewer", told, {"waived_on": ASKED}, WAIVED,
        act=lambda office, row: waive_hearing(office.session, row), day=ASKED,
        button=Button("waive_hearing", {"waiver_number": " ", "waiver_paper_on": "2025-09-25"}),
        elsewhere={**BY_PERSONS},
    ),
    "a waiver is signed before its right was told": Deed(
        "waiver-is-of-another-day", "reviewer", told, {
            "waived_on": ASKED, "waiver_number": "声明 1 号", "waiver_paper_on": BEFORE,
        }, WAIVED,
        act=lambda office, row: waive_hearing(office.session, row, "声明 1 号", BEFORE), day=ASKED,
        button=Button("waive_hearing", {
            "waiver_number": "声明 1 号", "waiver_paper_on": BEFORE.isoformat(),
        }),
        elsewhere={**BY_PERSONS},
    ),
    "a service has no proof": serving("service-needs-its-proof", ASKED, " "),
    "a service is of a day to come": serving("service-is-between-its-days", PLANNED),
    "a service has no way": serving(
        "service-has-its-day-and-way", ASKED, way=None,
        others={"action": FIELD},
    ),
    "a service is entered twice": Deed(
        "service-is-fixed", "reviewer", told, {"service_proof": "另一张"}, SERVED,
        elsewhere={**BY_PERSONS},
    ),
    "what was handed over is served again": Deed(
        "nothing-to-serve", "reviewer", told, None, SERVED, day=ASKED,
        button=Button("serve_hearing", {"service_way": "POST", "delivered_on": ASKED}),
    ),
    "a decision comes before the notice of a hearing was served": waiting(
        "hearing-notice-is-not-served", _posted, PLANNED,
    ),
    "a request is dated back": Deed(
        "hearing-day-is-today", "reviewer", told, {"requested_on": ASKED}, PERIODS,
        day=REQUEST_DUE, elsewhere={**BY_PERSONS},
    ),
    "minutes are rewritten": Deed(
        "hearing-is-fixed", "head", held, {"minutes": "改过的笔录"}, HELD, day=PLANNED,
        elsewhere={**BY_PERSONS},
    ),
    "a hearing is told too late": setting("hearing-notice-is-late", requested, LATE),
    "a hearing is planned after its days": setting(
        "hearing-is-within-its-days", requested, ASKED, planned_on=date(2025, 10, 31),
    ),
    "a hearing is planned in a far year": setting(
        "day-is-out-of-reach", requested, ASKED, planned_on=date(9999, 12, 31),
    ),
    "a hearing is planned that nobody asked for": setting(
        "hearing-was-not-requested", told, ASKED,
    ),
    "a hearing has no place": setting(
        "hearing-is-not-planned", requested, ASKED, {"action": FIELD}, place=" ",
    ),
    "an applicant chairs": setting(
        "chair-is-no-officer", requested, ASKED, {"action": FIELD}, chair="applicant",
    ),
    "the reviewer chairs": setting(
        "chair-reviewed-the-case", requested, ASKED, {"action": FIELD}, chair="reviewer",
    ),
    "the chair reviews": Deed(
        "reviewer-chairs-the-hearing", "reviewer2",
        lambda office: _chaired_by_a_reviewer(office).steps[1],
        lambda office, _step: {"officer": office.user("reviewer2")},
        HEARING + "test_who_chairs_takes_no_part_in_the_review",
        act=lambda office, step: acts.steps.claim(office.session, step), button=Button("claim"),
        day=NOTICE_DUE, elsewhere={"system": "step-belongs-to-another"},
    ),
    "the chair judges": Deed(
        "reviewer-chairs-the-hearing", "reviewer2", _chaired_by_a_reviewer,
        lambda _office, case: {
            "application": case, "is_met": True,
            "item_condition_id": case.item_version.conditions[0].id,
        },
        HEARING + "test_who_chairs_takes_no_part_in_the_review", new=ConditionVerdict,
        act=lambda _office, case: judge(case, all_met(case)),
        button=Button("judge", lambda _office, case: {
            f"verdicts-{case.item_version.conditions[0].id}": "met",
        }),
        day=NOTICE_DUE, elsewhere={**BY_PERSONS},
    ),
    "a hearing is held before its day": holding("hearing-is-before-its-day", planned, EARLY),
    "a hearing has no minutes": holding(
        "hearing-needs-its-minutes", planned, PLANNED, text=" ",
    ),
    "a hearing is held that was never told": holding(
        "hearing-is-not-planned", requested, PLANNED, "reviewer",
    ),
    "a decision comes before the hearing": waiting("hearing-is-not-held", requested, PLANNED),
    "a decision comes while a hearing may be asked for": waiting(
        "hearing-request-period-runs", told, REQUEST_DUE,
    ),
    "a decision does not cite the minutes": waiting(
        "decision-cites-the-minutes", held, PLANNED,
        HEARING + "test_a_decision_after_a_hearing_cites_its_minutes",
    ),
    "a decision comes before a party was heard": waiting(
        "party-was-not-heard", with_a_party, PLANNED, HEARD,
    ),
    "a party without an interest": Deed(
        "interest-is-missing", "reviewer", lambda office: office.accepted(TOLD),
        lambda _office, case: {"application": case, "name": "邻家印刷厂", "interest": " "},
        HEARD, new=InterestedParty,
        act=lambda _office, case: register_party(case, "邻家印刷厂", " "),
        button=Button("register_party", {"name": "邻家印刷厂", "interest": " "}), day=TOLD,
        elsewhere={**BY_PERSONS, "action": FIELD},
    ),
    "a party is heard before it was told": Deed(
        "party-was-not-told", "reviewer", with_a_party, {"statement": "影响采光"}, HEARD,
        act=lambda _office, party: record_statement(party, "影响采光"), day=TOLD,
        button=Button("hear_party", lambda _office, party: {
            "party": party.id, "statement": "影响采光",
        }),
        elsewhere={**BY_PERSONS, "action": FIELD, "sql": "statement-has-its-day"},
    ),
    "a party answers twice": Deed(
        "party-has-answered", "reviewer", _answered_party, {"statement": "没有意见"}, HEARD,
        act=lambda _office, party: record_statement(party, "没有意见"), day=ASKED,
        button=Button("hear_party", lambda _office, party: {
            "party": party.id, "statement": "没有意见",
        }),
        elsewhere={**BY_PERSONS, "action": FIELD},
    ),
}  # fmt: skip
