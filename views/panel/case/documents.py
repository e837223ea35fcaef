"""The decision, the certificate and the rest: what belongs to a case, as its reader may see it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import MANYTOONE

from models import Application, Base
from views.panel.case.reader import Reader
from views.panel.shell.home_supervision import rows_about
from views.words.labels import column_label, table_name
from views.words.values import cell

Facts = list[tuple[str, str]]


def documents_of(case: Application, reader: Reader) -> Iterator[tuple[str, list[Facts]]]:
    """The decision, the certificate and the rest, as far as their tables are open to the reader."""
    for kind in _documents():
        table = kind.__tablename__
        rows = [r for r in _rows_in(case, kind) if reader.is_told(r)] if reader.sees(table) else []
        if rows:
            yield str(table_name(table)), [_said(row, kind.policy.told, reader) for row in rows]


def _said(row: Any, columns: tuple[str, ...], reader: Reader) -> Facts:
    return [
        (str(column_label(row.__tablename__, column)), cell(row, column))
        for column in columns
        if getattr(row, column) not in (None, "", False)
        and (reader.sees_inside or not column.endswith("_by"))
    ]


# Which documents a reader looks for first; the others follow, as their tables come.
_FIRST = (
    "decision", "certificate", "forwarding", "termination", "withdrawal", "condition_verdict",
    "site_inspection", "hearing", "interested_party", "intake_answer", "first_contact_handover",
    "applicant_correction",
    "correction_notice", "earlier_receipt", "clock_suspension", "deadline_extension", "green_lane",
    "fee_charge",
)  # fmt: skip


@cache
def _documents() -> tuple[type[Base], ...]:
    """The tables of which the page of a case tells, in their order."""
    told = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.policy.told]
    places = {table: place for place, table in enumerate(_FIRST)}
    tables = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    return tuple(
        sorted(told, key=lambda kind: (places.get(kind.__tablename__, len(places)),
                                       tables[kind.__tablename__]))
    )  # fmt: skip


def _rows_in(case: Application, kind: type[Base]) -> list[Any]:
    """The rows of a table that belong to a case, in the order in which the case has them."""
    for relation in inspect(Application).relationships:
        if relation.mapper.class_ is kind and relation.direction is not MANYTOONE:
            found = getattr(case, relation.key)
            return list(found) if relation.uselist else [found] if found is not None else []
    return list(rows_about(case, kind))
