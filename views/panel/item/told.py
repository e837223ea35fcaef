"""What an item and a version say, section by section, as it is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.acting import Actor
from views.access import Verb, may
from views.panel.item.sections import Section
from views.words.items import label_of, limit_words, said
from views.words.labels import column_label

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartTable:
    """The rows of a part as a table; a column that says nothing in any row is left out."""

    label: str
    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A section as it is read."""

    section: Section
    facts: Facts
    tables: list[PartTable]


# Said together with another column, or at another place of the page.
_ELSEWHERE = frozenset({"licence_item", "statutory_unit", "promised_unit", "renewal_unit"})
_LIMITS = {
    "statutory_limit": "statutory_unit",
    "promised_limit": "promised_unit",
    "renewal_window": "renewal_unit",
    "renewal_opens": "renewal_unit",
}
PART_COLUMNS: dict[str, tuple[str, ...]] = {
    "conditions": ("name", "legal_basis"),
    "materials": (
        "name", "necessity", "condition", "situation", "copies", "form", "source",
        "acceptance_criterion", "legal_basis",
    ),
    "steps": ("name", "duty", "stage_number", "limit_days", "is_key"),
    "fees": (
        "name", "amount_fen", "unit", "standard", "basis", "basis_level", "starts_on", "ends_on",
        "reduction", "reduction_basis",
    ),
    "questions": ("question", "answer"),
    "sources": ("subject", "tag", "note", "is_verified", "verified_by", "verified_on"),
    "former_steps": ("name", "post_name", "limit_days", "is_key"),
}  # fmt: skip
# Part → the table whose list must be open to the reader.
_TABLE_OF = {"sources": "source_note"}


def told(row: Any, section: Section, actor: Actor) -> Told:
    open_parts = [p for p in section.parts if is_open(p, actor)]
    return Told(
        section,
        list(_facts(row, section.columns)),
        [_table(row, part) for part in open_parts],
    )


def is_open(part: str, actor: Actor) -> bool:
    return part not in _TABLE_OF or may(actor, _TABLE_OF[part], Verb.LIST)


def _facts(row: Any, columns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        if column in _ELSEWHERE or column.removesuffix("_en") != column:
            continue
        label = label_of(row.__tablename__, column)
        value = getattr(row, column)
        if column in _LIMITS and (value is not None or column.endswith("limit")):
            yield label, limit_words(value, getattr(row, _LIMITS[column]))
        elif value not in (None, "", False):
            yield label, said(row, column)


def _table(row: Any, part: str) -> PartTable:
    rows = getattr(row, part)
    columns = [
        column
        for column in PART_COLUMNS[part]
        if any(getattr(each, column) not in (None, "") for each in rows)
    ]
    return PartTable(
        str(column_label("", part)),
        [label_of(rows[0].__tablename__, column) for column in columns] if rows else [],
        [[said(each, column) for column in columns] for each in rows],
    )
