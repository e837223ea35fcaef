"""The parts of a case that are copied with it, and how the rows of one table are copied."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, func, insert, literal, select

from models import (
    ApplicationStep,
    Base,
    CaseWarning,
    ClockSuspension,
    ConditionVerdict,
    CorrectionNotice,
    CorrectionNoticeLine,
    DeadlineExtension,
    Decision,
    DueDateChange,
    EarlierReceipt,
    FirstContactHandover,
    Forwarding,
    GreenLane,
    Hearing,
    InterestedParty,
    SiteInspection,
    SiteInspector,
    SubmittedMaterial,
    Termination,
    Withdrawal,
)

# Parts of a case that are copied as they are; certificates and answers have numbers of their own.
PARTS: tuple[type[Base], ...] = (
    ApplicationStep,
    SubmittedMaterial,
    CorrectionNotice,
    ClockSuspension,
    DeadlineExtension,
    GreenLane,
    EarlierReceipt,
    ConditionVerdict,
    SiteInspection,
    Hearing,
    InterestedParty,
    FirstContactHandover,
    Decision,
    Forwarding,
    Termination,
    Withdrawal,
    CaseWarning,
    DueDateChange,
)
# Parts of parts, with the column that names the part to which they belong.
LINES: tuple[tuple[type[Base], str, type[Base]], ...] = (
    (CorrectionNoticeLine, "notice_id", CorrectionNotice),
    (SiteInspector, "inspection_id", SiteInspection),
)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table that belong to the originals: their keys span so many numbers.

    ``owner`` is the column that names the part of which these are lines, and ``owner_span`` how
    many numbers the keys of that part span.
    """

    table: Any
    case: ColumnElement[int]
    source: Any
    span: int
    owner: str = "application_id"
    owner_span: int | None = None

    def write(
        self, connection: Connection, first: int, last: int, turn: int, case_shift: int
    ) -> None:
        """Copy the rows of the cases from ``first`` to ``last`` for the ``turn``-th time."""
        shift = case_shift if self.owner_span is None else turn * self.owner_span
        moved = {
            "id": self.table.c.id + literal(turn * self.span),
            self.owner: self.table.c[self.owner] + literal(shift),
        }
        columns = [moved.get(c.key, c) for c in self.table.columns]
        own = select(*columns).select_from(self.source).where(self.case.between(first, last))
        connection.execute(insert(self.table).from_select([c.key for c in self.table.columns], own))


def parts_of(connection: Connection, first: int, last: int) -> list[Part]:
    """Every part of the originals, and then the lines of those parts."""

    def span(table: Any, source: Any, case: ColumnElement[int]) -> int:
        ends = select(func.min(table.c.id), func.max(table.c.id)).select_from(source)
        low, high = connection.execute(ends.where(case.between(first, last))).one()
        return 0 if low is None else int(high - low + 1)

    parts: dict[type[Base], Part] = {}
    for kind in PARTS:
        table = cast(Table, kind.__table__)
        case = table.c.application_id
        parts[kind] = Part(table, case, table, span(table, table, case))
    lines = []
    for kind, owner, of in LINES:
        table, part = cast(Table, kind.__table__), parts[of]
        source = table.join(part.table, table.c[owner] == part.table.c.id)
        own = span(table, source, part.case)
        lines.append(Part(table, part.case, source, own, owner, part.span))
    return [*parts.values(), *lines]
