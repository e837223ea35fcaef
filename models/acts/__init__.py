"""What people do, a file for each family of acts. Each act sets only what the person sets; the
hooks derive what follows, and judge the result when the session is committed.

``ACTS`` tells each act on a case once: the pages, the portal, the lists and the stories of the
demonstration read it, and the guards ask its questions again.
"""

from models.acts import (
    accounts,
    calendar,
    catalogue,
    certificate,
    clock,
    decision,
    ending,
    fees,
    hearing,
    identity,
    intake,
    portal,
    publicity,
    reassignment,
    receipt,
    review,
    steps,
    supervision,
)
from models.acts.act import Act

# In the order in which the page of a case offers them.
ACTS: tuple[Act, ...] = (
    *intake.ACTS,
    *receipt.ACTS,
    *identity.ACTS,
    *steps.ACTS,
    *review.ACTS,
    *hearing.ACTS,
    *clock.ACTS,
    *decision.ACTS,
    *ending.ACTS,
    *fees.ACTS,
    steps.ASSIGNMENT,
    intake.WITHDRAWAL,
    *supervision.ACTS,
    *publicity.ACTS,
)

BY_NAME = {act.name: act for act in ACTS}

# What is done to the row of another table, or to many rows of a list at once.
ROW_ACTS: tuple[Act, ...] = (
    *catalogue.ROW_ACTS,
    *certificate.ROW_ACTS,
    *identity.ROW_ACTS,
    *supervision.ROW_ACTS,
    *accounts.ROW_ACTS,
    *reassignment.ROW_ACTS,
    *calendar.ROW_ACTS,
)


# Table → the acts of which one adds a row to it: its guard asks what they ask.
BY_DOCUMENT = {act.document: act for act in ACTS if act.document}


def acts_on(table: str) -> tuple[Act, ...]:
    """What is done to one row of ``table``, on its own page."""
    return tuple(act for act in ROW_ACTS if act.on == table and not act.inputs)


def acts_on_many(table: str) -> tuple[Act, ...]:
    """What is done to many rows of ``table`` at once, in the order of the list."""
    return tuple(act for act in (*ACTS, *ROW_ACTS) if table in act.many)


__all__ = [
    "ACTS",
    "BY_DOCUMENT",
    "BY_NAME",
    "ROW_ACTS",
    "Act",
    "accounts",
    "acts_on",
    "acts_on_many",
    "calendar",
    "catalogue",
    "certificate",
    "clock",
    "decision",
    "ending",
    "fees",
    "hearing",
    "identity",
    "intake",
    "portal",
    "publicity",
    "reassignment",
    "receipt",
    "review",
    "steps",
    "supervision",
]
