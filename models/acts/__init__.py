"""What people do, a file for each family of acts. Each act sets only what the person sets; the
hooks derive what follows, and judge the result when the session is committed."""

from models.acts import (
    catalogue,
    certificate,
    clock,
    decision,
    fees,
    hearing,
    intake,
    portal,
    publicity,
    review,
    steps,
    supervision,
)

__all__ = [
    "catalogue",
    "certificate",
    "clock",
    "decision",
    "fees",
    "hearing",
    "intake",
    "portal",
    "publicity",
    "review",
    "steps",
    "supervision",
]
