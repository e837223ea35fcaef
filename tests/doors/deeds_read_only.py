"""Recorded history and closed cases are read-only: every document, from every hand."""

from collections.abc import Iterator
from typing import Any

from models import (
    ClockSuspension,
    CorrectionNotice,
    DeadlineExtension,
    Decision,
    SubmittedMaterial,
    acts,
)
from models.enums import DecisionOutcome
from tests.doors.deed import Button, Deed, NoWay, Reach, does
from tests.doors.deeds_case import imported
from tests.doors.deeds_clock import EXTENSION, SUSPENSION
from tests.factories import Office

LIFE = "tests/models/test_case_life.py::"
NOTICE = {"missing": "缺少材料"}
GRANT = {"outcome": DecisionOutcome.GRANTED}


def _hand_in(_office: Office, case: Any) -> None:
    acts.intake.hand_in(case, case.item_version.materials[0])


def _material(_office: Office, case: Any) -> dict[str, Any]:
    return {"materials": case.item_version.materials[0].id}


# A document → who makes it, its table, what he writes, the same as an act and as a button, and
# the test in which it is lawful.
DOCUMENTS: dict[str, tuple[str, Any, dict[str, Any], Any, Button, str]] = {
    "corrected": (
        "clerk", CorrectionNotice, NOTICE,
        lambda _office, case: acts.intake.ask_correction(case, "缺少材料"),
        Button("correct", NOTICE),
        "test_an_incomplete_case_is_corrected_once",
    ),
    "suspended": (
        "reviewer", ClockSuspension, SUSPENSION,
        lambda _office, case: acts.clock.suspend(
            case, SUSPENSION["kind"], planned_end_on=SUSPENSION["planned_end_on"],
            notice_number=SUSPENSION["notice_number"],
        ),
        Button("suspend", SUSPENSION),
        "test_a_suspension_stops_the_clock_until_it_is_ended",
    ),
    "extended": (
        "reviewer", DeadlineExtension, EXTENSION,
        lambda _office, case: acts.clock.ask_extension(case, 5, "需专家论证"),
        Button("ask_extension", EXTENSION),
        "test_an_extension_moves_both_dates_when_the_leader_approves_it",
    ),
    "granted": (
        "decider", Decision, GRANT,
        lambda _office, case: acts.decision.decide(case, DecisionOutcome.GRANTED), Button("grant"),
        "test_a_grant_issues_its_certificate_and_starts_delivery",
    ),
}  # fmt: skip

# A state → how it is reached, and the code that speaks.
STATES: dict[str, tuple[Reach, str]] = {
    "an imported case": (imported, "imported-case-is-read-only"),
    "a delivered case": (lambda office: office.delivered(), "case-is-closed"),
}


def _read_only() -> Iterator[tuple[str, Deed]]:
    for state, (reach, code) in STATES.items():
        for deed, (who, kind, values, act, button, test) in DOCUMENTS.items():
            written = dict(values)
            yield f"{state} is {deed}", Deed(
                code, who, reach, lambda _office, case, v=written: {"application": case, **v},
                LIFE + test, new=kind, act=act, button=button,
                elsewhere={"sql": "already-exists"} if (state, deed) in TAKEN else {},
            )  # fmt: skip


# A case has one decision: the database holds that by itself.
TAKEN = {("a delivered case", "granted")}

DEEDS: dict[str, Deed] = {
    **dict(_read_only()),
    "a closed case takes a material": Deed(
        "case-is-closed", "clerk", lambda office: office.delivered(),
        lambda _office, case: {
            "application": case, "requirement": case.item_version.materials[0],
        },
        LIFE + "test_after_acceptance_only_what_may_follow_is_handed_in",
        new=SubmittedMaterial, act=_hand_in, button=Button("materials", _material),
        elsewhere={"sql": "already-exists"},
    ),
    "a step of a closed case is rewritten": Deed(
        "case-is-closed", "reviewer", lambda office: office.delivered().steps[1],
        {"opinion": "不符合条件"},
        LIFE + "test_a_review_step_is_claimed_then_finished_with_an_opinion",
    ),
    "the decision of a closed case is rewritten": Deed(
        "case-is-closed", "decider", lambda office: office.delivered().decision,
        {"reasons": "另有其他原因。"},
        LIFE + "test_a_refusal_gives_reasons_basis_and_remedies",
        elsewhere={"sql": "decision-is-fixed"},
    ),
    "a step is taken from a closed case": Deed(
        "row-is-never-deleted", "clerk", lambda office: office.delivered().steps[0], None,
        LIFE + "test_the_whole_line_ends_with_a_delivered_certificate",
        deletes=True, elsewhere={"sql": "row-is-never-deleted"},
    ),
    "the head accepts a case": Deed(
        "duty-not-held-for-move", "head", lambda office: office.received(),
        {"status": "ACCEPTED"},
        does("clerk", lambda _office, case: acts.intake.move(case, "ACCEPTED")),
        act=lambda _office, case: acts.intake.move(case, "ACCEPTED"), button=Button("accept"),
        elsewhere={"system": "notice-period-is-running"},
    ),
    "the auditor grants a case": Deed(
        "duty-not-held", "auditor", lambda office: office.reviewed(),
        lambda _office, case: {"application": case, **GRANT},
        does("decider", lambda _office, case: acts.decision.decide(case, DecisionOutcome.GRANTED)),
        new=Decision, act=DOCUMENTS["granted"][3], button=Button("grant"),
        elsewhere={
            "system": "move-needs-a-person",
            "portal": NoWay("an auditor is no applicant"),
        },
    ),
}  # fmt: skip
