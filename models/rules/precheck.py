"""What an applicant is told before he comes: the same complete list as at the window (Art. 32)."""

from collections.abc import Iterable

from models.enums import ApplicationKind, Necessity, Situation
from models.rules.acceptance import missing_materials

_OF_KIND: dict[Situation, frozenset[ApplicationKind]] = {
    Situation.FIRST_APPLICATION: frozenset({ApplicationKind.NEW}),
    Situation.AMENDMENT: frozenset({ApplicationKind.AMENDMENT}),
    Situation.RENEWAL: frozenset({ApplicationKind.RENEWAL}),
    Situation.RENEWAL_OR_AMENDMENT: frozenset({ApplicationKind.RENEWAL, ApplicationKind.AMENDMENT}),
}


def situation_is_given(situation: Situation | None, kind: ApplicationKind, *, agent: bool) -> bool:
    """Whether the case itself tells that a conditional material is needed.

    None: only an officer can judge it.
    """
    if situation is Situation.AGENT:
        return agent
    return situation is not None and kind in _OF_KIND.get(situation, ())


def missing_before_coming(
    requirements: Iterable[tuple[int, Necessity, Situation | None]],
    have: Iterable[int],
    kind: ApplicationKind,
    *,
    agent: bool,
) -> tuple[int, ...]:
    """Everything that is still missing for this kind of application (Art. 32(4))."""
    return missing_materials(
        (
            (key, _necessity_in(necessity, situation, kind, agent=agent))
            for key, necessity, situation in requirements
        ),
        have,
    )


def _necessity_in(
    necessity: Necessity, situation: Situation | None, kind: ApplicationKind, *, agent: bool
) -> Necessity:
    conditional = necessity is Necessity.CONDITIONAL
    given = conditional and situation_is_given(situation, kind, agent=agent)
    return Necessity.REQUIRED if given else necessity
