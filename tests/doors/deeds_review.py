"""What is forbidden to a review: verdicts on conditions, site inspections (Art. 34, 55)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from models import ConditionVerdict, Decision, SiteInspection, SiteInspector, acts
from models.acts.review import all_met, assign_inspectors, judge, record_inspection
from models.enums import DecisionOutcome, StepStatus
from tests.doors.deed import FIELD, Button, Deed, NoWay, does, first
from tests.doors.deeds_case import TUESDAY
from tests.factories import MONDAY, Office
from tests.models.test_review import (
    REFUSAL,
    finish,
    first_unmet,
    in_review,
    inspected,
    send_two,
)
from tests.statements import judged_item

REVIEW = "tests/models/test_review.py::"
JUDGED = REVIEW + "test_a_review_ends_with_a_verdict_on_every_condition"
CHECKED = REVIEW + "test_two_officers_inspect_the_site_and_the_clock_runs_on"
FAILED = REVIEW + "test_a_refusal_after_a_failed_check_cites_the_standard"
HALF_DONE = {"sql": "inspection-ends-with-its-result"}
BY_PERSONS = {"system": "move-needs-a-person"}
WITH_ITS_INSPECTORS = NoWay("the panel assigns inspectors by the act of the case page")
GRANTED, REFUSED = DecisionOutcome.GRANTED, DecisionOutcome.REFUSED


def _reviewed(verdicts: Any) -> Any:
    """A case whose review ended with such verdicts."""

    def reach(office: Office) -> Any:
        case = in_review(office)
        finish(office, case, verdicts(case))
        return case

    return reach


def _beside_another(office: Office) -> Any:
    judged_item(office)
    return in_review(office)


def _foreign(office: Office, _case: Any) -> Any:
    return first(office, type(_case.item_version.conditions[0]))


def _verdict(condition: Any) -> Any:
    return lambda office, case: {
        "application": case, "item_condition_id": condition(office, case).id, "is_met": True,
    }  # fmt: skip


def _own(_office: Office, case: Any) -> Any:
    return case.item_version.conditions[0]


def _judges(condition: Any) -> Any:
    return lambda office, case: judge(case, {condition(office, case): (True, "")})


def _ticks(condition: Any) -> Any:
    return lambda office, case: {f"verdicts-{condition(office, case).id}": "met"}


def _checked(office: Office, **values: Any) -> Any:
    case = office.accepted(**values)
    send_two(office, case)
    return case


def _inspection(office: Office) -> SiteInspection:
    inspection: SiteInspection = _checked(office).inspections[0]
    return inspection


def _done(office: Office) -> SiteInspection:
    inspection = _inspection(office)
    with office.acts("reviewer", TUESDAY):
        record_inspection(inspection, True, "设备齐全")
    return inspection


def _failed(office: Office) -> Any:
    case = inspected(office, passes=False)
    finish(office, case, all_met(case), TUESDAY)
    return case


def inspection(
    code: str, names: Iterable[str], others: Any = None, day: date = TUESDAY, **case: Any
) -> Deed:
    """A site inspection that must not be assigned."""
    names = tuple(names)
    walk = case.pop("walk", lambda office: office.accepted(**case))
    return Deed(
        code, "reviewer", walk,
        lambda office, row: {
            "application": row, "planned_on": day,
            "inspectors": [SiteInspector(user_id=office.user(name).id) for name in names],
        },
        CHECKED, new=SiteInspection,
        act=lambda office, row: assign_inspectors(row, [office.user(n) for n in names], day),
        button=Button("assign_inspectors", lambda office, _row: {
            "inspectors": office.user(names[0]).id, "planned_on": day,
        }),
        elsewhere={**BY_PERSONS, "form": WITH_ITS_INSPECTORS, "action": FIELD, **(others or {})},
        day=TUESDAY,
    )  # fmt: skip


def result(code: str, who: str = "reviewer", others: Any = None, **values: Any) -> Deed:
    """A result of a check that must not be entered."""
    given = {"passes": True, "findings": "设备齐全", "technical_standard": "", **values}
    typed = {**given, "passes": {True: "met", False: "unmet", None: ""}[given["passes"]]}
    return Deed(
        code, who, _inspection, given,
        does("reviewer", lambda _office, row: record_inspection(row, True, "设备齐全"), TUESDAY),
        act=lambda _office, row: record_inspection(row, *given.values()),
        button=Button("record_inspection", typed), day=TUESDAY,
        elsewhere=BY_PERSONS | (others or {}),
    )  # fmt: skip


def decision(code: str, reach: Any, outcome: DecisionOutcome, lawful: str, **others: Any) -> Deed:
    """A decision that does not follow from the review."""
    values = {"outcome": outcome, **(REFUSAL if outcome is REFUSED else {})}
    typed = {k: v for k, v in values.items() if k != "outcome"}
    return Deed(
        code, "decider", reach, lambda _office, case: {"application": case, **values}, lawful,
        new=Decision, act=lambda _office, case: acts.decision.decide(case, **values), day=TUESDAY,
        button=Button("grant" if outcome is GRANTED else "refuse", typed),
        elsewhere=BY_PERSONS | others,
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "a condition of another item is judged": Deed(
        "condition-is-of-another-item", "reviewer", _beside_another, _verdict(_foreign), JUDGED,
        new=ConditionVerdict, act=_judges(_foreign), button=Button("judge", _ticks(_foreign)),
        elsewhere={**BY_PERSONS, "action": NoWay("the page asks about the case's own conditions")},
    ),
    "a review ends before every condition is judged": Deed(
        "conditions-are-not-judged", "reviewer", lambda office: in_review(office).steps[1],
        {"status": StepStatus.DONE, "opinion": "已审查"}, JUDGED,
        act=lambda _office, step: acts.steps.complete(step, "已审查"),
        button=Button("complete", {"opinion": "已审查"}), elsewhere={**BY_PERSONS},
    ),
    "an earlier verdict is given after the review": Deed(
        "verdicts-are-settled", "reviewer", _reviewed(first_unmet), _verdict(_own), JUDGED,
        new=ConditionVerdict, act=_judges(_own), button=Button("judge", _ticks(_own)),
        elsewhere={**BY_PERSONS, "sql": "already-exists"},
    ),
    "nothing is said of any condition": Deed(
        "conditions-are-not-judged", "reviewer", in_review, None, JUDGED, button=Button("judge"),
    ),
    "one officer inspects alone": inspection("inspection-needs-two", ["reviewer"]),
    "more officers inspect than the item lets": inspection(
        "inspection-has-too-many", ["reviewer", "reviewer2", "head"], most_inspectors=2,
    ),
    "an applicant inspects": inspection("inspector-is-no-officer", ["reviewer", "applicant"]),
    "a check was set for yesterday": inspection(
        "planned-day-is-past", ["reviewer", "reviewer2"], day=MONDAY,
    ),
    "a second check is set while one goes on": inspection(
        "inspection-is-under-way", ["reviewer", "reviewer2"],
        {"sql": "already-exists"}, walk=_checked,
    ),
    "a check is recorded by one who was not there": result(
        "inspection-is-recorded-by-its-inspectors", "decider",
    ),
    "a check found nothing": result(
        "findings-are-missing", others={"action": FIELD}, findings=" ",
    ),
    "a check has no result": result(
        "inspection-is-not-done", others={"action": FIELD, **HALF_DONE}, passes=None,
    ),
    "a failed check names no standard": result(
        "standard-is-missing", passes=False, findings="缺少设备",
    ),
    "a check is rewritten": Deed(
        "inspection-is-fixed", "reviewer", _done, {"findings": "缺少设备"}, CHECKED, day=TUESDAY,
        elsewhere={**BY_PERSONS},
    ),
    "a review ends before its check": Deed(
        "inspection-is-not-done", "reviewer",
        lambda office: in_review(office, needs_inspection=True, conditions=0).steps[1],
        {"status": StepStatus.DONE, "opinion": "已审查"},
        REVIEW + "test_a_review_and_a_decision_wait_for_the_check",
        act=lambda _office, step: acts.steps.complete(step, "已审查"),
        button=Button("complete", {"opinion": "已审查"}), elsewhere={**BY_PERSONS},
    ),
    "who does not meet a condition is granted": decision(
        "condition-is-not-met", _reviewed(first_unmet), GRANTED, JUDGED,
    ),
    "who meets every condition is refused": decision(
        "refusal-needs-an-unmet-condition", _reviewed(all_met), REFUSED, JUDGED,
    ),
    "a grant follows a failed check": decision(
        "inspection-was-not-passed", _failed, GRANTED, FAILED,
    ),
    "a refusal does not cite the standard": decision(
        "refusal-cites-no-standard", _failed, REFUSED, FAILED,
    ),
}  # fmt: skip
