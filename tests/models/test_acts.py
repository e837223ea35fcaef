"""The table of acts: what each asks, and that nothing is told twice."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import Application, Base, SupervisionRecord, acts
from models.acts import ACTS, BY_DOCUMENT, BY_NAME, ROW_ACTS, acts_on
from models.acts.act import Kind, Standing
from models.acts.asking import case_is_open
from models.enums import TerminationGround
from models.errors import RuleViolation
from models.questions.people import actor_of
from tests.factories import MONDAY, TERMINATION, Office
from tests.models.test_rule_codes import raised_codes
from tests.statements import FORWARDING
from views.words.acts import ACTS as WORDS
from views.words.field_help import HELP

ROOT = Path(__file__).parents[2]


def standing(office: Office, case: Any, who: str, day: date = MONDAY) -> Standing:
    actor = actor_of(office.session, office.user(who), day)
    return Standing(office.session, actor, day, case)


def pointless(office: Office, name: str, case: Application, who: str) -> str | None:
    """The code with which an act says that there is nothing to do."""
    at = standing(office, case, who)
    refusal = case_is_open(at) or BY_NAME[name].why_pointless(at)
    return refusal.code if refusal else None


def received(office: Office) -> Application:
    return office.received()


def accepted(office: Office) -> Application:
    return office.accepted()


def heard(office: Office) -> Application:
    """A case of which the right to a hearing was told, both kinds of it."""
    case = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.hearing.tell_of_hearing(case)
    return case


def forwarded(office: Office) -> Application:
    case = office.reviewed(item=office.item(item={"item_type": "FIRST_REVIEW"}))
    with office.acts("decider", MONDAY):
        acts.decision.forward(case, **FORWARDING)
    return case


def secret(office: Office) -> Application:
    case = office.accepted()
    with office.acts("clerk", MONDAY):
        acts.publicity.keep_out_of_the_register(case, "商业秘密")
    return case


NOTHING_TO_DO = [
    # act, who, the case, the code that says why
    ("materials", "clerk", received, "materials-are-all-in"),
    ("ask_second_notice", "clerk", received, "no-notice-yet"),
    ("approve_second_notice", "head", received, "no-second-notice-waits"),
    ("approve_extension", "leader", accepted, "extension-is-not-asked-for"),
    ("approve_green_lane", "head", accepted, "green-lane-is-not-asked-for"),
    ("conclude", "reviewer", accepted, "item-awaits-no-conclusion"),
    ("resume", "reviewer", accepted, "case-is-not-paused"),
    ("judge", "reviewer", accepted, "nothing-to-judge"),
    ("record_inspection", "reviewer", accepted, "no-inspection-is-open"),
    ("approve_termination", "head", accepted, "no-ending-waits"),
    ("approve_withdrawal", "head", accepted, "no-ending-waits"),
    ("tell_hearing", "reviewer", heard, "hearing-is-told"),
    ("request_hearing", "reviewer", accepted, "hearing-was-not-told"),
    ("plan_hearing", "reviewer", accepted, "hearing-was-not-requested"),
    ("tell_party", "reviewer", accepted, "no-party-waits"),
    ("forward", "decider", accepted, "item-is-decided-here"),
    ("grant", "decider", forwarded, "case-is-forwarded"),
    ("charge", "clerk", accepted, "fee-is-not-published"),
    ("pay", "clerk", accepted, "nothing-is-owed"),
    ("let_in", "clerk", accepted, "case-is-public"),
    ("keep_out", "clerk", secret, "case-is-confidential"),
    ("accept", "clerk", accepted, "unlawful-move"),
    ("suspend", "reviewer", received, "case-is-not-accepted"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "who", "reach", "code"), NOTHING_TO_DO)
def test_an_act_says_when_there_is_nothing_to_do(
    office: Office, name: str, who: str, reach: object, code: str
) -> None:
    case = reach(office)  # type: ignore[operator]
    assert pointless(office, name, case, who) == code


def test_a_correction_that_nobody_ordered_is_not_noted(office: Office) -> None:
    at = standing(office, SupervisionRecord(), "reviewer")
    act = next(act for act in acts_on("supervision_record") if act.name == "corrected")
    refusal = act.why_pointless(at)
    assert refusal is not None
    assert refusal.code == "no-correction-is-awaited"


def test_work_goes_to_another_officer_from_a_day_that_comes(office: Office) -> None:
    one, other = office.user("reviewer"), office.user("reviewer2")
    yesterday = MONDAY - timedelta(days=1)
    for people, day, code in (
        ((one, one), MONDAY, "reassignment-is-to-another"),
        ((one, other), yesterday, "effective-day-is-past"),
        ((one, other), MONDAY, None),
    ):
        refusal = acts.reassignment.why_not_ordered(*people, day, MONDAY)
        assert (refusal.code if refusal else None) == code


def test_an_act_has_one_name_and_a_duty() -> None:
    every = (*ACTS, *ROW_ACTS, *acts.portal.ACTS)
    assert len({act.key for act in every}) == len(every)
    assert all(act.duties for act in every)
    assert {act.key for act in every} == set(WORDS)


def test_an_input_says_what_it_needs() -> None:
    for act in ACTS:
        for asked in act.inputs:
            chooses = asked.kind in (Kind.ONE, Kind.SOME)
            assert bool(asked.offered) >= chooses, (act.name, asked.name)
            assert (asked.vocabulary is not None) == (asked.kind is Kind.MEMBER), asked.name


def test_a_help_text_stands_at_a_field_that_is_there() -> None:
    inputs = {f"{act.name}.{asked.name}" for act in ACTS for asked in act.inputs}
    columns = {
        f"{mapper.class_.__tablename__}.{key}"
        for mapper in Base.registry.mappers
        for key in mapper.attrs.keys()  # noqa: SIM118 - a collection of SQLAlchemy's own
    }
    assert set(HELP) <= inputs | columns


# --- told once ------------------------------------------------------------------------------------

# What views build themselves: what the database refused, in the code of its constraint.
OF_THE_DATABASE = {"already-exists", "constraint", "is-missing", "still-referred-to"}


def built_in_views() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "views").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleViolation":
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    yield str(code.value), path.name


def test_no_rule_is_told_in_models_and_again_in_views() -> None:
    told_in_models = set(raised_codes())
    twice = {(code, path) for code, path in built_in_views() if code in told_in_models}
    assert {pair for pair in twice if pair[0] not in OF_THE_DATABASE} == set()


@pytest.mark.parametrize("field", ["needs", "asks"])
def test_the_guard_of_a_document_asks_what_its_act_asks(
    office: Office, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    """A question that an act has beside its document is a rule at every door, with no guard."""
    case = office.accepted()
    told = replace(
        BY_DOCUMENT["termination"], **{field: (lambda _at: RuleViolation("is-missing"),)}
    )
    monkeypatch.setitem(BY_DOCUMENT, "termination", told)
    with office.refuses("is-missing", "decider"):
        acts.ending.terminate(case, TerminationGround.OTHER, "申请人不再办理本件。", **TERMINATION)
