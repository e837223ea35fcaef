"""Separation of duties (职责分离): who may not act because of what he did or who he is."""

from collections.abc import Iterable

from models.enums import Duty

# Duties of which one person may hold only one (系统管理、安全保密、安全审计三员分立).
EXCLUSIVE_DUTIES = frozenset({Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT})

# The duties of which no two may be done on one case by the same person (审办分离).
SEPARATED_DUTIES = (Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION)


def duties_that_conflict(duties: Iterable[Duty]) -> frozenset[Duty]:
    """Those of ``duties`` that may not meet in one person; empty when none do."""
    held = EXCLUSIVE_DUTIES.intersection(duties)
    return held if len(held) > 1 else frozenset()


def earlier_duty_of(
    officer: int, duty: Duty, done: Iterable[tuple[Duty | None, int | None]]
) -> Duty | None:
    """The other separated duty that ``officer`` did on the same case, if any.

    ``done`` pairs the duty of each finished step with the officer who finished it.
    """
    if duty not in SEPARATED_DUTIES:
        return None
    return next(
        (d for d, who in done if who == officer and d in SEPARATED_DUTIES and d != duty), None
    )
