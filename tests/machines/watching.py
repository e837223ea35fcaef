"""What holds of every office after every step, whatever its people tried."""

from collections import defaultdict
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from sqlalchemy import Connection, Table, select

from models import AuditEntry, Base
from models.hooks.audit import verify
from models.rules.transitions import MOVES
from tests.replay import replayed, stored
from tests.tiers import examples

# What people write of a case, told here once more: a closed case changes in none of it.
CASE_TABLES = {
    "application", "application_step", "submitted_material", "correction_notice",
    "correction_notice_line", "intake_answer", "first_contact_handover", "applicant_correction",
    "clock_suspension",
    "deadline_extension", "green_lane", "earlier_receipt", "fee_charge", "condition_verdict",
    "site_inspection",
    "site_inspector", "hearing", "interested_party", "decision", "forwarding", "termination",
    "withdrawal", "certificate",
}  # fmt: skip
# What belongs to a case besides.
FOLLOWING = ("due_date_change", "finding", "warning")
# A certificate outlives its case. Versions count who held a row, and say nothing of it.
OUTLIVES_ITS_CASE = {"certificate": {"status"}}
LAWFUL = {
    (table, move.source and str(move.source), str(move.target))
    for table, moves in MOVES.items()
    for move in moves
}
Rows = dict[int, set[tuple[Any, ...]]]


class Watch:
    """Looks at one database from step to step."""

    def __init__(self) -> None:
        self._seen = 0
        self._imported: set[int] = set()
        self._closed: Rows = {}

    def look(self, connection: Connection) -> None:
        """The log is whole, every status came by a lawful move, and closed cases stay."""
        assert verify(connection).ok
        self._moves_are_lawful(connection)
        self._closed_cases_stay(connection)

    def end(self, connection: Connection) -> None:
        """The log tells every row as it is stored."""
        self.look(connection)
        assert replayed(connection) == stored(connection)

    def _moves_are_lawful(self, connection: Connection) -> None:
        entries = AuditEntry.__table__
        new = select(entries.c.id, entries.c.changes).where(entries.c.id > self._seen)
        for key, changes in connection.execute(new.order_by(entries.c.id)):
            self._seen = key
            self._imported |= {c["id"] for c in changes if c["after"].get("origin") == "IMPORTED"}
            for change in changes:
                if "status" in change["after"] and not self._is_history(change):
                    pair = (change["before"].get("status"), change["after"]["status"])
                    assert change["table"] not in MOVES or (change["table"], *pair) in LAWFUL

    def _is_history(self, change: dict[str, Any]) -> bool:
        """What was imported took its status elsewhere."""
        case = change["after"].get("application_id", change["id"])
        return change["verb"] == "INSERT" and case in self._imported

    def _closed_cases_stay(self, connection: Connection) -> None:
        cases = Base.metadata.tables["application"]
        closed = set(connection.scalars(select(cases.c.id).where(cases.c.closed_on.is_not(None))))
        assert self._closed.keys() <= closed
        rows = _rows_of_cases(connection)
        for key in closed:
            before = self._closed.setdefault(key, rows[key])
            assert before == rows[key], sorted(before ^ rows[key])


def _rows_of_cases(connection: Connection) -> Rows:
    """Case → all its rows, but for what outlives it."""
    found: Rows = defaultdict(set)
    case_of: dict[tuple[str, int], int] = {}
    tables = [Base.metadata.tables[name] for name in (*sorted(CASE_TABLES), *FOLLOWING)]
    for table in sorted(tables, key=lambda table: "application_id" not in table.c):
        for row in connection.execute(select(table)).mappings():
            case = _case_of(table, row, case_of)
            case_of[table.name, row["id"]] = case
            left_out = OUTLIVES_ITS_CASE.get(table.name, set()) | {"version"}
            told = (f"{name}={value}" for name, value in row.items() if name not in left_out)
            found[case].add((table.name, *told))
    return found


def _case_of(table: Table, row: Any, case_of: dict[tuple[str, int], int]) -> int:
    if table.name == "application":
        return int(row["id"])
    if "application_id" in table.c:
        return int(row["application_id"])
    parent, column = next(
        (key.column.table.name, key.parent.name)
        for key in table.foreign_keys
        if key.column.table.name in CASE_TABLES
    )
    return case_of[parent, row[column]]


# A life that fails is short enough to read; to make it shorter still takes minutes.
QUICKLY = (Phase.explicit, Phase.reuse, Phase.generate)


def lives(number: int, steps: int, phases: Any = QUICKLY) -> settings:
    """So many lives of so many steps; ten times as many in the thorough tier."""
    return settings(
        max_examples=examples(number),
        stateful_step_count=steps,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
