"""What people do, a file for each family of acts. Each act sets only what the person sets; the
hooks derive what follows, and judge the result when the session is committed.

``ACTS`` tells each act on a case once: the pages, the portal, the lists and the stories of the
demonstration read it, and the guards ask its questions again.
"""

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
from models.acts.act import Act

# In the order in which the page of a case offers them.
ACTS: tuple[Act, ...] = (
    *intake.ACTS,
    *steps.ACTS,
    *review.ACTS,
    *hearing.ACTS,
    *clock.ACTS,
    *decision.ACTS,
    *fees.ACTS,
    steps.ASSIGNMENT,
    intake.WITHDRAWAL,
    *supervision.ACTS,
    *publicity.ACTS,
)

BY_NAME = {act.name: act for act in ACTS}

__all__ = [
    "ACTS",
    "BY_NAME",
    "Act",
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
