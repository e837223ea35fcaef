"""The rules of intake: what a case needs, when it is accepted, how long a ban lasts. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    BanCause,
    IntakeResult,
    Necessity,
    Situation,
)
from models.rules.reasons import has_words

# The answers with which a case ends unaccepted (Art. 32(1), (2)).
GROUNDS_OF_NON_ACCEPTANCE = frozenset({IntakeResult.NO_PERMIT_NEEDED, IntakeResult.NOT_COMPETENT})
# The answers that follow from another act: an acceptance, a notice (Art. 32(4), (5)).
DERIVED_RESULTS = frozenset({IntakeResult.INCOMPLETE, IntakeResult.ACCEPTED})
# Until a case is accepted, a wrong applicant may be corrected.
APPLICANT_IS_OPEN = frozenset({ApplicationStatus.RECEIVED, ApplicationStatus.CORRECTING})

_SITUATIONS_OF_KIND: dict[ApplicationKind, frozenset[Situation]] = {
    ApplicationKind.NEW: frozenset({Situation.FIRST_APPLICATION}),
    ApplicationKind.AMENDMENT: frozenset({Situation.AMENDMENT, Situation.RENEWAL_OR_AMENDMENT}),
    ApplicationKind.RENEWAL: frozenset({Situation.RENEWAL, Situation.RENEWAL_OR_AMENDMENT}),
}


class Asked(NamedTuple):
    """A material of the checklist, as the rules see it."""

    key: int
    necessity: Necessity
    situation: Situation | None = None


def situations_of(kind: ApplicationKind, *, has_agent: bool) -> frozenset[Situation]:
    """The situations that the case itself tells; an agent shows the power of attorney (Art. 29)."""
    told = _SITUATIONS_OF_KIND.get(kind, frozenset())
    return told | {Situation.AGENT} if has_agent else told


def needed_materials(
    checklist: Iterable[Asked], situations: frozenset[Situation], named: Iterable[int] = ()
) -> tuple[int, ...]:
    """The materials without which an application is not complete (Art. 31, 32).

    Required ones, conditional ones whose situation holds, and those that a notice ``named``. A
    conditional one without a situation is for the officer to judge; deferrable ones may follow.
    """
    asked_for = frozenset(named)
    return tuple(
        asked.key
        for asked in checklist
        if asked.necessity is Necessity.REQUIRED
        or asked.key in asked_for
        or (asked.necessity is Necessity.CONDITIONAL and asked.situation in situations)
    )


def missing_materials(
    checklist: Iterable[Asked],
    submitted: Iterable[int],
    situations: frozenset[Situation] = frozenset(),
    named: Iterable[int] = (),
) -> tuple[int, ...]:
    """Needed and not in yet: what a complete notice names (Art. 32(4)) and guidance tells."""
    present = frozenset(submitted)
    return tuple(k for k in needed_materials(checklist, situations, named) if k not in present)


def answer_is_empty(asked_on: date, came_on: Iterable[date | None], words: str) -> bool:
    """Whether an answer to a correction brings nothing of what was asked for (Art. 32(4)).

    ``came_on``: for each material of the notice the day on which it came, if it is in. Where none
    was still to come when it was asked for, ``words`` say what was brought.
    """
    came = [day for day in came_on if day is None or day >= asked_on]
    return not any(came) if came else not has_words(words)


def acceptance_day(
    today: date,
    received_on: date,
    *,
    is_deemed: bool,
    answered_on: date | None = None,
    came_on: Iterable[date] = (),
) -> date:
    """The day as of which a case is accepted (Art. 32(4), (5)).

    After a correction it is the day of the answer, or on which the last of what was asked for
    first ``came_on``, whoever accepts; else silence accepts as of receipt, a person as of today.
    """
    if answered_on is not None:
        return max([answered_on, *came_on])
    return received_on if is_deemed else today


_MONTHS_OF_BAN = {BanCause.FALSE_MATERIALS: 12, BanCause.FRAUD: 36}


def ban_end(cause: BanCause, starts_on: date, months: int | None = None) -> date | None:
    """The last day of a ban: one year (Art. 78), three (Art. 79), or the item's own ``months``.

    The first day is not counted, so a year ends with the same day of the next year. None: this
    item knows no ban for this cause.
    """
    length = _MONTHS_OF_BAN.get(cause, months)
    if length is None:
        return None
    years, index = divmod(starts_on.month - 1 + length, 12)
    year, month = starts_on.year + years, index + 1
    return date(year, month, min(starts_on.day, monthrange(year, month)[1]))
