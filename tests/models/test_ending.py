"""How a case ends without a permit of ours: forwarded (Art. 35, 43), or ended undecided."""

from typing import Any

import pytest

from models import Application, PostAssignment, RoleGrant, acts
from models.acts.decision import forward, terminate
from models.acts.review import all_met, judge
from models.enums import (
    ApplicationStatus,
    DecisionOutcome,
    Duty,
    ItemType,
    StepStatus,
    TerminationGround,
)
from tests.factories import MONDAY, Office, open_step
from tests.statements import DUE, FORWARDING, judged_item

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
FIRST_REVIEW = {"item": {"item_type": ItemType.FIRST_REVIEW}}
REFUSAL = {"reasons": "不符合条件", "legal_basis": "条例第三条", "remedies": "六十日内复议"}


def first_review(office: Office, reach: str = "reviewed", **values: Any) -> Any:
    """A case of an item that is only reviewed first here."""
    return getattr(office, reach)(item=office.item(**FIRST_REVIEW, **values))


def test_a_first_review_ends_with_its_forwarding(office: Office) -> None:
    """Art. 35, 43: reviewed here, sent to the higher organ; the case is closed."""
    case = first_review(office)
    due = case.due_on
    with office.acts("decider", MONDAY):
        forward(case, **FORWARDING)
    assert (case.status, case.closed_on) == (Case.FORWARDED, MONDAY)
    assert (case.decision_due_on, case.decided_on, case.certificate) == (due, None, None)
    assert case.forwarding.forwarded_by is office.user("decider")
    assert [s.status for s in case.steps] == [StepStatus.DONE] * 3


def test_a_first_review_is_never_decided_here(office: Office) -> None:
    """Art. 35: the higher organ decides."""
    case = first_review(office)
    with office.refuses("item-is-forwarded", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    with office.refuses("item-is-forwarded", "decider"):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)


@pytest.mark.parametrize("kind", [t for t in ItemType if t is not ItemType.FIRST_REVIEW])
def test_what_is_decided_here_is_not_forwarded(office: Office, kind: ItemType) -> None:
    """Art. 35: only a preliminary review is forwarded."""
    case = office.reviewed(item=office.item(item={"item_type": kind}))
    with office.refuses("item-is-decided-here", "decider"):
        forward(case, **FORWARDING)


def test_a_forwarding_is_made_by_its_post_after_the_line(office: Office) -> None:
    """Art. 35: as with a decision, no step is skipped and no pause runs."""
    early, case = first_review(office, "accepted"), first_review(office)
    with office.refuses("steps-are-not-done", "decider"):
        forward(early, **FORWARDING)
    with office.refuses("duty-not-held", "reviewer"):
        forward(case, **FORWARDING)
    office.suspend(case, MONDAY, DUE)
    with office.refuses("case-is-paused", "decider"):
        forward(case, **FORWARDING)


def test_a_forwarding_is_separated_from_the_review(office: Office) -> None:
    """Separation: who reviewed a case does not forward it."""
    case, reviewer = first_review(office), office.user("reviewer")
    post = office.user("decider").assignments[0].post
    with office.acts("security", MONDAY) as session:
        session.add(RoleGrant(user=reviewer, duty=Duty.DECISION, valid_from=MONDAY))
        session.add(PostAssignment(user=reviewer, post=post, valid_from=MONDAY))
    with office.refuses("duties-are-separated", "reviewer"):
        forward(case, **FORWARDING)


def test_only_an_accepted_case_is_forwarded(office: Office) -> None:
    """Art. 35: what was not accepted, or has ended, is not forwarded."""
    case = first_review(office, "received")
    with office.refuses("case-is-not-accepted", "decider"):
        forward(case, **FORWARDING)


def test_a_paused_case_is_neither_refused_nor_forwarded(office: Office) -> None:
    """Art. 45: the result of a special procedure is waited for, whatever the decision is."""
    case = office.reviewed()
    office.suspend(case, MONDAY, DUE)
    with office.refuses("case-is-paused", "decider"):
        acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)


def test_a_forwarding_says_all_of_it(office: Office) -> None:
    """Art. 35: to whom, under which number, with which opinion."""
    case = first_review(office)
    for column in ("to_organ", "document_number", "opinion"):
        with office.refuses("forwarding-is-incomplete", "decider"):
            forward(case, **FORWARDING | {column: " "})
    with office.refuses("forwarding-needs-its-document", "decider"):
        acts.intake.move(case, Case.FORWARDED)


def test_a_forwarding_rests_on_the_verdicts(office: Office) -> None:
    """Art. 35, 38: each condition is judged; what is not met is not supported."""
    case = office.accepted(item=judged_item(office, **FIRST_REVIEW))
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    one, *others = case.item_version.conditions
    with office.acts("reviewer", MONDAY):
        verdicts = {one: (False, "场地不足"), **dict.fromkeys(others, (True, ""))}
        acts.steps.complete(step, "初审不同意", verdicts)
    with office.refuses("condition-is-not-met", "decider"):
        forward(case, **FORWARDING)
    with office.acts("decider", MONDAY):
        forward(case, **FORWARDING | {"is_supported": False})
    assert case.status is Case.FORWARDED


def test_a_forwarded_case_is_read_only(office: Office) -> None:
    """Art. 35: its materials are settled, nothing is asked for again."""
    case = first_review(office, materials=({}, {"position": 2, "necessity": "DEFERRABLE"}))
    with office.acts("decider", MONDAY):
        forward(case, **FORWARDING)
    with office.refuses("case-is-closed", "clerk"):
        acts.intake.hand_in(case, case.item_version.materials[1])
    with office.refuses("case-is-closed", "decider"):
        case.forwarding.opinion = "改过的意见"
    with office.refuses("case-is-closed", "reviewer"):
        judge(case, all_met(case) or {})
        case.summary = "改过的内容"


# --- terminated ---------------------------------------------------------------------------------


def test_an_accepted_case_is_ended_by_a_document(office: Office) -> None:
    """Termination (终止办理): with its ground and its reasons, by the decision post."""
    case = office.accepted()
    office.suspend(case, MONDAY, DUE)
    with office.acts("decider", MONDAY):
        terminate(case, TerminationGround.APPLICANT_ENDED, "申请人已注销")
    assert (case.status, case.closed_on) == (Case.TERMINATED, MONDAY)
    assert case.termination.terminated_by is office.user("decider")
    assert case.suspensions[0].ended_on == MONDAY


def test_no_accepted_case_is_ended_without_its_document(office: Office) -> None:
    """Termination: neither silently, nor without reasons, nor by another post."""
    case = office.accepted()
    with office.refuses("termination-needs-its-document", "decider"):
        acts.intake.move(case, Case.TERMINATED)
    with office.refuses("reason-is-missing", "decider"):
        terminate(case, TerminationGround.OTHER, " ")
    with office.refuses("duty-not-held", "clerk"):
        terminate(case, TerminationGround.OTHER, "无法继续")
    received: Application = office.received()
    with office.refuses("case-is-not-accepted", "decider"):
        terminate(received, TerminationGround.OTHER, "无法继续")


def test_a_termination_is_made_at_its_post(office: Office) -> None:
    """Termination: the duty without the post ends no case."""
    case = office.accepted()
    with office.acts("security", MONDAY):
        office.user("decider").assignments[0].valid_until = MONDAY.replace(day=2)
    with office.refuses("post-not-held", "decider"):
        terminate(case, TerminationGround.OTHER, "无法继续")
