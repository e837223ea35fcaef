"""What is forbidden to the end of a case (Art. 35, 43, 78) and to who is linked (回避)."""

from typing import Any

from models import (
    ApplicantLink,
    Application,
    Decision,
    Forwarding,
    PostAssignment,
    Termination,
    Withdrawal,
    acts,
)
from models.acts.decision import REMEDIES, forward
from models.enums import ApplicationStatus, Channel, LinkKind, TerminationGround
from tests.doors.deed import FIELD, Button, Deed, NoWay, sets
from tests.factories import DAY_ONE, MONDAY, TERMINATION, Office
from tests.models.test_ending import TUESDAY, first_review
from tests.models.test_recusal import LAST_DAY, link
from tests.statements import FORWARDING

Case = ApplicationStatus
ENDING, RECUSAL = "tests/models/test_ending.py::", "tests/models/test_recusal.py::"
FORWARDED = ENDING + "test_a_first_review_ends_with_its_forwarding"
TERMINATED = ENDING + "test_an_accepted_case_is_ended_by_a_document"
TAKEN_BACK = ENDING + "test_the_window_takes_nothing_back_without_a_request"
BY_PERSONS = {"system": "move-needs-a-person"}
ITS_DOCUMENT = NoWay("the page sends the document with the move")


def _forwarding(code: str, reach: Any, others: Any, **values: Any) -> Deed:
    given = FORWARDING | values
    return Deed(
        code, "decider", reach, lambda _office, case: {"application": case, **given}, FORWARDED,
        new=Forwarding, act=lambda _office, case: forward(case, **given),
        button=Button("forward", given), elsewhere=BY_PERSONS | others,
    )  # fmt: skip


def _bare(
    code: str, reach: Any, status: ApplicationStatus, lawful: str, who: str = "decider"
) -> Deed:
    return Deed(
        code, who, reach, {"status": status}, lawful,
        act=lambda _office, case: acts.intake.move(case, status),
        elsewhere={**BY_PERSONS, "action": ITS_DOCUMENT},
    )  # fmt: skip


def _termination(code: str, others: Any = None, reach: Any = None, **values: Any) -> Deed:
    """A termination that must not be proposed."""
    given = {"ground": "LAW_CHANGED", "reasons": "许可依据已经废止。", "remedies": REMEDIES}
    given |= {**TERMINATION, **values}
    typed = {name: str(value or "") for name, value in given.items()}
    return Deed(
        code, "decider", reach or (lambda office: office.accepted()),
        lambda _office, case: {"application": case, **given}, TERMINATED, new=Termination,
        act=lambda _office, case: acts.ending.terminate(case, **given),
        button=Button("terminate", typed), elsewhere={**BY_PERSONS, **(others or {})},
    )  # fmt: skip


def _withdrawal(code: str, others: Any, **values: Any) -> Deed:
    """A withdrawal that must not be entered."""
    given = {"document_number": "撤回1号", "requested_on": MONDAY, "came_by": Channel.WINDOW}
    given |= values
    typed = {name: str(value or "") for name, value in given.items()}
    return Deed(
        code, "clerk", lambda office: office.accepted(),
        lambda _office, case: {"application": case, **given}, TAKEN_BACK, new=Withdrawal,
        act=lambda _office, case: acts.ending.enter_withdrawal(case, **given),
        button=Button("enter_withdrawal", typed), elsewhere={**BY_PERSONS, **others},
    )  # fmt: skip


def _waiting(office: Office, ground: TerminationGround = TerminationGround.OTHER) -> Termination:
    case = office.accepted()
    with office.acts("decider", MONDAY):
        acts.ending.terminate(case, ground, "许可依据已经废止。", **TERMINATION)
    return case.terminations[0]


def _turned_down(office: Office) -> Termination:
    waits = _waiting(office)
    with office.acts("leader", MONDAY) as session:
        acts.ending.turn_down(session, waits, "证明文件不符")
    return waits


def _approval(code: str, who: str, reach: Any, others: Any = None) -> Deed:
    """A termination that must not be approved so."""
    return Deed(
        code, who, reach, lambda office, _row: {"approved_by_id": office.user(who).id}, TERMINATED,
        act=lambda office, row: acts.ending.approve(office.session, row),
        button=Button("approve_termination"), elsewhere={**BY_PERSONS, **(others or {})},
    )  # fmt: skip


def _linked(office: Office) -> Application:
    case = office.received()
    assert case.applicant is not None
    link(office, "clerk2", case.applicant)
    return case


def _declared(office: Office) -> ApplicantLink:
    return link(office, "reviewer", office.applicant())


DEEDS: dict[str, Deed] = {
    "a first review is decided here": Deed(
        "item-is-forwarded", "decider", first_review,
        lambda _office, case: {"application": case, "outcome": "GRANTED"}, FORWARDED,
        new=Decision, act=lambda _office, case: acts.decision.decide(case, "GRANTED"),
        button=Button("grant"), elsewhere={**BY_PERSONS},
    ),
    "what is decided here is forwarded": _forwarding(
        "item-is-decided-here", lambda office: office.reviewed(), {},
    ),
    "a forwarding has no number": _forwarding(
        "forwarding-is-incomplete", first_review, {"action": FIELD}, document_number=" ",
    ),
    "a case is forwarded without a document": _bare(
        "forwarding-needs-its-document", first_review, Case.FORWARDED, FORWARDED,
    ),
    "a case is ended without a document": _bare(
        "termination-needs-its-document", lambda office: office.accepted(), Case.TERMINATED,
        TERMINATED, who="head",
    ),
    "a clerk takes an application back": _bare(
        "withdrawal-needs-its-request", lambda office: office.accepted(), Case.WITHDRAWN,
        TAKEN_BACK, who="clerk",
    ),
    "a withdrawal names no request": _withdrawal(
        "withdrawal-names-its-request", {"action": FIELD}, document_number=" ",
    ),
    "a withdrawal was asked for tomorrow": _withdrawal(
        "proof-has-its-day", {}, requested_on=TUESDAY,
    ),
    "a termination has no proof": _termination(
        "termination-needs-its-proof", {"action": FIELD}, proof_number=" ",
    ),
    "a termination gives no sentence": _termination("reasons-are-no-sentence", reasons="废止了"),
    "a termination is proposed twice": _termination(
        "ending-is-proposed-already", {"sql": "already-exists"},
        lambda office: _waiting(office).application,
    ),
    "the head ends a case on another ground": _approval(
        "leader-confirms-other-grounds", "head", _waiting, {"sql": "approved-termination-ends-it"},
    ),
    "what was turned down is approved": _approval(
        "ending-is-fixed", "leader", _turned_down,
        {"sql": "ending-is-fixed", "action": "no-ending-waits"},
    ),
    "false materials are granted": Deed(
        "false-materials-mean-refusal", "decider", lambda office: office.reviewed(),
        lambda _office, case: {
            "application": case, "outcome": "GRANTED", "false_materials": True,
        },
        "tests/models/test_intake_people.py::"
        "test_false_materials_ban_the_applicant_of_a_safety_item_for_a_year",
        new=Decision,
        act=lambda _office, case: acts.decision.decide(case, "GRANTED", false_materials=True),
        elsewhere={
            **BY_PERSONS, "sql": "false-materials-mean-refusal",
            "action": NoWay("only a refusal can say so on the page"),
        },
    ),
    "a linked officer accepts": Deed(
        "officer-is-linked", "clerk2", _linked, {"status": Case.ACCEPTED},
        sets("clerk", status=Case.ACCEPTED),
        act=lambda _office, case: acts.intake.move(case, Case.ACCEPTED), button=Button("accept"),
        elsewhere={"system": "notice-period-is-running"},
    ),
    "a clerk declares the link of another": Deed(
        "link-is-anothers", "clerk", lambda office: office.applicant(),
        lambda office, applicant: {
            "user": office.user("reviewer"), "applicant": applicant,
            "relation": LinkKind.INTEREST, "since": DAY_ONE,
        },
        RECUSAL + "test_a_link_is_stamped_with_who_declared_it", new=ApplicantLink,
        elsewhere={"system": NoWay("SYSTEM loads links")},
    ),
    "who is linked ends his link": Deed(
        "link-is-ended-by-the-head", "reviewer", _declared, {"until": MONDAY},
        sets("head", until=LAST_DAY), elsewhere={"system": NoWay("SYSTEM loads links")},
    ),
    "a link begins later than declared": Deed(
        "link-is-fixed", "head", _declared, {"since": MONDAY}, sets("head", until=LAST_DAY),
    ),
    "a post is given without its duty": Deed(
        "post-needs-its-duty", "security", lambda office: office.user("reviewer").assignments[0],
        lambda office, assignment: {
            "user": office.user("clerk"), "post": assignment.post, "valid_from": MONDAY,
        },
        RECUSAL + "test_a_post_is_given_with_its_duty_only", new=PostAssignment,
    ),
}  # fmt: skip
