"""Every door, every rule: whichever way a write comes in, the flush judges it alike.

A door is a function that carries a deed to the database; a rule is a deed that it must refuse.
``CELLS`` says for each pair with which code; a door that has no way to the deed says why. A new
door is a function in ``DOORS`` and a column in ``CELLS``: an empty cell fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from models import Base, acts
from models.enums import ApplicationStatus, DecisionOutcome, StepStatus, VersionStatus
from tests.factories import MONDAY, Office


@dataclass(frozen=True)
class Deed:
    """Something that a rule forbids: who does it, to which row, and what he sets.

    ``act`` is the same deed as the office's own act, where there is one.
    """

    who: str
    reach: Callable[[Office], Any]
    values: dict[str, Any]
    act: Callable[[Office, Any], object] | None = None
    day: date = MONDAY


class NoWay(str):
    """Why a door does not lead to a deed."""

    __slots__ = ()


Cell = str | NoWay


DEEDS: dict[str, Deed] = {
    "a status skips the line": Deed(
        "clerk",
        lambda office: office.received(),
        {"status": ApplicationStatus.DELIVERED},
        lambda _office, case: acts.deliver(case),
    ),
    "a closed case is altered": Deed(
        "clerk",
        lambda office: office.delivered(),
        {"status": ApplicationStatus.RECEIVED},
        lambda _office, case: acts.move(case, ApplicationStatus.RECEIVED),
    ),
    "a due date is written by hand": Deed(
        "clerk", lambda office: office.accepted(), {"due_on": date(2025, 12, 31)}
    ),
    "a case is dated back": Deed(
        "clerk", lambda office: office.accepted(), {"accepted_on": date(2025, 1, 2)}
    ),
    "an auditor writes": Deed("auditor", lambda office: office.received(), {"summary": "补记"}),
    "a reviewer accepts": Deed(
        "reviewer",
        lambda office: office.received(),
        {"status": ApplicationStatus.ACCEPTED},
        lambda _office, case: acts.move(case, ApplicationStatus.ACCEPTED),
    ),
    "an incomplete case is accepted": Deed(
        "clerk",
        lambda office: office.received(complete=False),
        {"status": ApplicationStatus.ACCEPTED},
        lambda _office, case: acts.move(case, ApplicationStatus.ACCEPTED),
    ),
    "a decision skips the review": Deed(
        "decider",
        lambda office: office.accepted(),
        {"status": ApplicationStatus.GRANTED},
        lambda _office, case: acts.decide(case, DecisionOutcome.GRANTED),
    ),
    "a step is taken from a colleague": Deed(
        "reviewer2",
        lambda office: _claimed_step(office),
        {"status": StepStatus.DONE, "opinion": "符合条件"},
        lambda _office, step: acts.complete(step, "符合条件"),
    ),
    "a review is cancelled": Deed(
        "reviewer", lambda office: _claimed_step(office), {"status": StepStatus.CANCELLED}
    ),
    "a drafter publishes his own draft": Deed(
        "admin", lambda office: office.draft(), {"status": VersionStatus.PUBLISHED}
    ),
    "a published limit is altered": Deed(
        "admin", lambda office: office.item().versions[0], {"promised_limit": 3}
    ),
    "a certificate is rewritten": Deed(
        "clerk", lambda office: office.granted().certificate, {"holder_name": "别人"}
    ),
    "a certificate ends before its time": Deed(
        "clerk", lambda office: office.granted().certificate, {"status": "EXPIRED"}
    ),
}

NO_ACT = NoWay("the office has no such act")
LOADS = NoWay("SYSTEM loads the catalogue and keeps its own history of drafting")
BULK = "bulk-write"

# Deed → door → the code of its refusal, or why the door does not lead there.
CELLS: dict[str, dict[str, Cell]] = {
    "a status skips the line": {
        "orm": "unlawful-move",
        "bulk": BULK,
        "import": "unlawful-move",
        "act": "unlawful-move",
    },
    "a closed case is altered": {
        "orm": "case-is-closed",
        "bulk": BULK,
        "import": "case-is-closed",
        "act": "case-is-closed",
    },
    "a due date is written by hand": {
        "orm": "column-is-derived",
        "bulk": BULK,
        "import": "column-is-derived",
        "act": NO_ACT,
    },
    "a case is dated back": {
        "orm": "column-is-derived",
        "bulk": BULK,
        "import": "column-is-derived",
        "act": NO_ACT,
    },
    "an auditor writes": {
        "orm": "duty-not-held",
        "bulk": BULK,
        "import": NoWay("SYSTEM is no auditor"),
        "act": NO_ACT,
    },
    "a reviewer accepts": {
        "orm": "duty-not-held-for-move",
        "bulk": BULK,
        "import": "notice-period-is-running",
        "act": "duty-not-held-for-move",
    },
    "an incomplete case is accepted": {
        "orm": "materials-are-missing",
        "bulk": BULK,
        "import": "notice-period-is-running",
        "act": "materials-are-missing",
    },
    "a decision skips the review": {
        "orm": "steps-are-not-done",
        "bulk": BULK,
        "import": "move-needs-a-person",
        "act": "steps-are-not-done",
    },
    "a step is taken from a colleague": {
        "orm": "step-belongs-to-another",
        "bulk": BULK,
        "import": "move-needs-a-person",
        "act": "step-belongs-to-another",
    },
    "a review is cancelled": {
        "orm": "move-follows-from-an-act",
        "bulk": BULK,
        "import": "move-follows-from-an-act",
        "act": NO_ACT,
    },
    "a drafter publishes his own draft": {
        "orm": "publisher-is-not-the-drafter",
        "bulk": BULK,
        "import": LOADS,
        "act": NO_ACT,
    },
    "a published limit is altered": {
        "orm": "published-version-is-fixed",
        "bulk": BULK,
        "import": "published-version-is-fixed",
        "act": NO_ACT,
    },
    "a certificate is rewritten": {
        "orm": "column-is-derived",
        "bulk": BULK,
        "import": "column-is-derived",
        "act": NO_ACT,
    },
    "a certificate ends before its time": {
        "orm": "move-is-made-by-time",
        "bulk": BULK,
        "import": "certificate-is-valid",
        "act": NO_ACT,
    },
}


def _by_orm(office: Office, deed: Deed, row: Any, code: str) -> None:
    with office.refuses(code, deed.who, deed.day):
        for column, value in deed.values.items():
            setattr(row, column, value)


def _by_bulk(office: Office, deed: Deed, row: Any, code: str) -> None:
    kind, key = type(row), row.id
    with office.refuses(code, deed.who, deed.day) as session:
        session.execute(update(kind).where(kind.id == key).values(**deed.values))


def _by_import(office: Office, deed: Deed, row: Any, code: str) -> None:
    with office.refuses(code, None, deed.day):
        for column, value in deed.values.items():
            setattr(row, column, value)


def _by_act(office: Office, deed: Deed, row: Any, code: str) -> None:
    assert deed.act is not None
    with office.refuses(code, deed.who, deed.day):
        deed.act(office, row)


DOORS: dict[str, Callable[[Office, Deed, Any, str], None]] = {
    "orm": _by_orm,
    "bulk": _by_bulk,
    "import": _by_import,
    "act": _by_act,
}


@pytest.mark.parametrize("door", sorted(DOORS))
@pytest.mark.parametrize("name", sorted(DEEDS))
def test_no_door_leads_round_a_rule(office: Office, name: str, door: str) -> None:
    cell = CELLS[name][door]
    if isinstance(cell, NoWay):
        return
    deed = DEEDS[name]
    DOORS[door](office, deed, deed.reach(office), cell)


def test_no_cell_is_empty() -> None:
    assert set(CELLS) == set(DEEDS)
    for name, row in CELLS.items():
        assert set(row) == set(DOORS), name
        assert all(row.values()), name
        assert isinstance(row["act"], NoWay) == (DEEDS[name].act is None), name


def _claimed_step(office: Office) -> Base:
    case = office.accepted()
    with office.acts("reviewer", MONDAY) as session:
        acts.claim(session, case.steps[1])
    step: Base = case.steps[1]
    return step
