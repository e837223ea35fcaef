"""How a case ends without a permit of ours: forwarded (Art. 35, 43), or ended undecided."""

from datetime import date, timedelta
from typing import Any

import pytest

from models import Application, PostAssignment, RoleGrant, Termination, acts
from models.acts.decision import forward
from models.acts.ending import approve, enter_withdrawal, terminate, turn_down
from models.acts.review import all_met, judge
from models.by_time.daily import run_daily
from models.enums import (
    ApplicationStatus,
    Channel,
    DecisionOutcome,
    Duty,
    ItemType,
    StepStatus,
    TerminationGround,
)
from tests.factories import MONDAY, TERMINATION, Office, open_step
from tests.statements import DUE, FORWARDING, judged_item

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
TUESDAY = date(2025, 3, 4)
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


def proposed(
    office: Office, case: Application, ground: TerminationGround = TerminationGround.OBJECT_CEASED
) -> Termination:
    """A termination that waits for its second person."""
    with office.acts("decider", MONDAY):
        terminate(case, ground, "申请事项的标的已经灭失。", **TERMINATION)
    return case.terminations[-1]


def test_an_accepted_case_is_ended_by_a_document(office: Office) -> None:
    """Termination (终止办理): proposed with its proof, approved by the head."""
    case = office.accepted()
    office.suspend(case, MONDAY, DUE)
    waits = proposed(office, case)
    assert (case.status, case.closed_on, waits.terminated_on) == (Case.ACCEPTED, None, None)
    with office.acts("head", TUESDAY) as session:
        approve(session, waits)
    assert (case.status, case.closed_on) == (Case.TERMINATED, TUESDAY)
    assert (waits.proposed_by, waits.approved_by) == (office.user("decider"), office.user("head"))
    assert case.suspensions[0].ended_on == TUESDAY


def test_no_accepted_case_is_ended_without_its_document(office: Office) -> None:
    """Termination: neither silently, nor without reasons, nor by another post."""
    case = office.accepted()
    with office.refuses("duty-not-held-for-move", "decider"):
        acts.intake.move(case, Case.TERMINATED)
    with office.refuses("termination-needs-its-document", "head"):
        acts.intake.move(case, Case.TERMINATED)
    for reasons, code in ((".", "reason-is-missing"), ("无法继续", "reasons-are-no-sentence")):
        with office.refuses(code, "decider"):
            terminate(case, TerminationGround.OTHER, reasons, **TERMINATION)
    for gap, code in (
        ({"proof_number": " "}, "termination-needs-its-proof"),
        ({"proof_on": TUESDAY}, "proof-has-its-day"),
        ({"legal_basis": "。"}, "legal-basis-is-missing"),
        ({"remedies": ""}, "remedies-are-missing"),
    ):
        with office.refuses(code, "decider"):
            terminate(case, TerminationGround.OTHER, "案件无法继续办理。", **TERMINATION | gap)
    with office.refuses("duty-not-held", "clerk"):
        terminate(case, TerminationGround.OTHER, "案件无法继续办理。", **TERMINATION)
    received: Application = office.received()
    with office.refuses("case-is-not-accepted", "decider"):
        terminate(received, TerminationGround.OTHER, "案件无法继续办理。", **TERMINATION)


def test_a_termination_is_made_at_its_post(office: Office) -> None:
    """Termination: the duty without the post ends no case."""
    case = office.accepted()
    with office.acts("security", MONDAY):
        office.user("decider").assignments[0].valid_until = MONDAY.replace(day=2)
    with office.refuses("post-not-held", "decider"):
        terminate(case, TerminationGround.OTHER, "案件无法继续办理。", **TERMINATION)


def test_the_leader_ends_a_case_on_another_ground(office: Office) -> None:
    """The listed grounds are the head's to confirm; "other" is the leader's, and nobody's own."""
    listed, other = (
        proposed(office, office.accepted(), ground)
        for ground in (TerminationGround.NOT_FOUND, TerminationGround.OTHER)
    )
    with office.refuses("leader-confirms-other-grounds", "head") as session:
        approve(session, other)
    for name, code in (
        ("decider", "duty-not-held-for-move"),
        ("manager", "duty-not-held"),
    ):
        with office.refuses(code, name) as session:
            approve(session, listed)
    with office.acts("leader", MONDAY) as session:
        approve(session, other)
    with office.acts("head", MONDAY) as session:
        approve(session, listed)
    assert listed.application.status is other.application.status is Case.TERMINATED


def test_a_head_who_proposes_is_not_the_second_person(office: Office) -> None:
    """The head who sits at the decision post proposes, and the leader confirms."""
    office.holds_too("head", Duty.DECISION)
    case = office.accepted()
    with office.acts("head", MONDAY):
        terminate(case, TerminationGround.APPLICANT_ENDED, "申请人已经依法注销。", **TERMINATION)
    with office.refuses("nobody-approves-his-own-proposal", "head") as session:
        approve(session, case.terminations[0])
    with office.acts("leader", MONDAY) as session:
        approve(session, case.terminations[0])
    assert case.status is Case.TERMINATED


def test_a_termination_that_was_turned_down_may_be_proposed_again(office: Office) -> None:
    """The head says why not; until then nothing else is proposed, and the clock runs."""
    case = office.accepted()
    first = proposed(office, case)
    with office.refuses("ending-is-proposed-already", "decider"):
        terminate(case, TerminationGround.OTHER, "案件无法继续办理。", **TERMINATION)
    with office.refuses("reason-is-missing", "head") as session:
        turn_down(session, first, "。")
    with office.acts("head", MONDAY) as session:
        turn_down(session, first, "证明文件不符")
    with office.refuses("ending-is-fixed", "head") as session:
        approve(session, first)
    assert (case.status, case.due_on) == (Case.ACCEPTED, DUE)
    assert proposed(office, case) is not first


# --- taken back -----------------------------------------------------------------------------------


def test_the_window_takes_nothing_back_without_a_request(office: Office) -> None:
    """Withdrawal (撤回申请): the applicant, in person or in writing with number and day."""
    case = office.accepted()
    for name in ("clerk", "head"):
        with office.refuses("withdrawal-needs-its-request", name):
            acts.intake.move(case, Case.WITHDRAWN)
    with office.refuses("withdrawal-names-its-request", "clerk"):
        enter_withdrawal(case, " ", MONDAY)
    with office.refuses("proof-has-its-day", "clerk"):
        enter_withdrawal(case, "撤回1号", TUESDAY)
    with office.refuses("duty-not-held", "decider"):
        enter_withdrawal(case, "撤回1号", MONDAY)
    with office.acts("clerk", MONDAY):
        enter_withdrawal(case, "撤回1号", MONDAY, Channel.POST)
    assert (case.status, case.closed_on) == (Case.WITHDRAWN, MONDAY)


WARNED = date(2025, 3, 19)  # three working days before it is due


@pytest.mark.parametrize(
    ("reach", "day", "waits"),
    [
        ("accepted", WARNED - timedelta(days=1), False),
        ("accepted", WARNED, True),
        ("accepted", DUE + timedelta(days=1), True),
        ("received", date(2025, 3, 7), False),
        ("received", date(2025, 3, 10), True),
        ("correcting", date(2025, 3, 10), False),
    ],
)
def test_the_head_confirms_a_withdrawal_that_helps_the_office(
    office: Office, reach: str, day: date, waits: bool
) -> None:
    """A late case, a nearly late one, the last of the five days: the clerk alone ends none."""
    case = getattr(office, reach)()
    with office.acts("clerk", day):
        enter_withdrawal(case, "撤回1号", day)
    assert (case.status is not Case.WITHDRAWN) is waits
    if waits:
        with office.refuses("head-answers-proposals", "clerk", day) as session:
            approve(session, case.withdrawals[0])
        with office.acts("head", day) as session:
            approve(session, case.withdrawals[0])
    assert (case.status, case.closed_on) == (Case.WITHDRAWN, day)


def test_an_applicant_needs_nobody_to_withdraw(office: Office) -> None:
    """It is the applicant's right: an overdue case too, at once and without a document."""
    case = office.accepted(applicant=office.applicant(user=office.user("applicant")))
    with office.acts("applicant", DUE + timedelta(days=30)):
        acts.intake.move(case, Case.WITHDRAWN)
    assert (case.status, case.withdrawals) == (Case.WITHDRAWN, [])


def test_what_silence_has_made_lawful_stands(office: Office) -> None:
    """Art. 32(4): the withdrawal waits, the case is accepted meanwhile, and the head may still
    answer."""
    case, after = office.received(), date(2025, 3, 11)
    with office.acts("clerk", date(2025, 3, 10)):
        enter_withdrawal(case, "撤回1号", date(2025, 3, 10))
    run_daily(office.session, after)
    assert (case.status, case.accepted_on) == (Case.ACCEPTED, MONDAY)
    with office.acts("head", after) as session:
        turn_down(session, case.withdrawals[0], "申请人来电更正，不再撤回")
    assert case.status is Case.ACCEPTED
