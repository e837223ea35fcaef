"""The list of what is missing, before anybody has queued."""

import pytest

from models.enums import ApplicationKind as Kind
from models.enums import Necessity, Situation
from models.rules.precheck import missing_before_coming, situation_is_given

REQUIRED, CONDITIONAL = Necessity.REQUIRED, Necessity.CONDITIONAL


def missing(*have: int, kind: Kind = Kind.NEW, agent: bool = False) -> tuple[int, ...]:
    papers = (
        (1, REQUIRED, None),
        (2, CONDITIONAL, Situation.AGENT),
        (3, CONDITIONAL, Situation.RENEWAL_OR_AMENDMENT),
        (4, CONDITIONAL, Situation.FIRST_APPLICATION),
        (5, CONDITIONAL, None),
        (6, Necessity.DEFERRABLE, None),
        (7, Necessity.OPTIONAL, Situation.AGENT),
    )
    return missing_before_coming(papers, have, kind, agent=agent)


def test_the_list_is_the_required_set_without_what_is_there() -> None:
    """Art. 32(4): everything that is missing, and nothing else."""
    assert missing() == (1, 4)
    assert missing(1) == (4,)
    assert missing(1, 4) == ()


def test_an_agent_needs_his_power_of_attorney() -> None:
    """Art. 29"""
    assert missing(agent=True) == (1, 2, 4)


@pytest.mark.parametrize("kind", [Kind.RENEWAL, Kind.AMENDMENT])
def test_a_renewal_or_an_amendment_needs_the_former_licence(kind: Kind) -> None:
    """Art. 49, 50"""
    assert missing(kind=kind) == (1, 3)


def test_what_only_an_officer_can_judge_is_not_claimed_to_be_missing() -> None:
    """Art. 31"""
    assert not situation_is_given(None, Kind.NEW, agent=True)
    assert 5 not in missing()


@pytest.mark.parametrize(
    ("situation", "kind"),
    [
        (Situation.AMENDMENT, Kind.AMENDMENT),
        (Situation.RENEWAL, Kind.RENEWAL),
        (Situation.FIRST_APPLICATION, Kind.NEW),
    ],
)
def test_a_situation_is_given_by_its_kind_alone(situation: Situation, kind: Kind) -> None:
    given = {k for k in Kind if situation_is_given(situation, k, agent=True)}
    assert given == {kind}
