"""Separation of duties (职责分离): whose earlier acts or person forbid an act."""

from collections.abc import Iterable
from datetime import date, timedelta

from models.enums import Duty

# Duties of which one person may hold only one (系统管理、安全保密、安全审计三员分立).
EXCLUSIVE_DUTIES = frozenset({Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT})
# Who takes in, reviews, decides or drafts does not audit what was taken in, decided and drafted.
AUDITED_DUTIES = frozenset({Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.CATALOGUE})

# The duties of which no two may be done on one case by the same person (审办分离).
SEPARATED_DUTIES = (Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION)
# What no item leaves to one person: nobody takes a case from its receipt to its certificate.
LEAST_SEPARATED_DUTIES = (Duty.ACCEPTANCE, Duty.DECISION)


def duties_that_conflict(duty: Duty, held: Iterable[Duty]) -> frozenset[Duty]:
    """``duty`` with those that one person may not hold beside it; empty when none is ``held``."""
    apart = EXCLUSIVE_DUTIES if duty in EXCLUSIVE_DUTIES else frozenset[Duty]()
    if duty is Duty.AUDIT:
        apart |= AUDITED_DUTIES
    elif duty in AUDITED_DUTIES:
        apart |= {Duty.AUDIT}
    found = (apart - {duty}).intersection(held)
    return found | {duty} if found else frozenset()


def earlier_duty_of(
    officer: int,
    duty: Duty,
    done: Iterable[tuple[Duty | None, int | None]],
    separated: tuple[Duty, ...] = SEPARATED_DUTIES,
) -> Duty | None:
    """The other separated duty that ``officer`` did on the same case, if any.

    ``done`` pairs the duty of each finished step with the officer who finished it.
    """
    if duty not in separated:
        return None
    return next((d for d, who in done if who == officer and d in separated and d != duty), None)


def separated_duties(item_separates: bool) -> tuple[Duty, ...]:
    """The duties that one case of an item keeps apart (审办分离)."""
    return SEPARATED_DUTIES if item_separates else LEAST_SEPARATED_DUTIES


def covers(periods: Iterable[tuple[date, date | None]], start: date, end: date | None) -> bool:
    """Whether ``periods``, last days included, together hold on every day from start to end.

    An end of None is open.
    """
    for since, until in sorted(periods, key=lambda period: period[0]):
        if since > start:
            return False
        if until is None or (end is not None and until >= end):
            return True
        start = max(start, until + timedelta(days=1))
    return False
