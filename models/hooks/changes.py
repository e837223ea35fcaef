"""What a flush is about to change, with the values before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import MANYTOONE, Session

from models.base import Base
from models.enums import AuditVerb


@dataclass(slots=True)
class Change:
    """One row of the flush. ``before`` holds the old value of each column that differs."""

    row: Base
    verb: AuditVerb
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.row.__tablename__)

    @property
    def is_new(self) -> bool:
        """Whether the row is being inserted."""
        return self.verb is AuditVerb.INSERT

    def changed(self, column: str) -> bool:
        """Whether ``column`` gets another value; a new row changes every column."""
        return self.is_new or column in self.before

    def was(self, column: str) -> Any:
        """The stored value of ``column``; None for a new row."""
        if self.is_new:
            return None
        return self.before[column] if column in self.before else getattr(self.row, column)


def stored(row: Base, column: str) -> Any:
    """The value of ``column`` in the database; None for a new row."""
    state = inspect(row)
    if not state.persistent:
        return None
    deleted = state.attrs[column].history.deleted
    return deleted[0] if deleted else getattr(row, column)


def collect(session: Session) -> list[Change]:
    """The rows that this flush inserts, alters or deletes."""
    return [
        *(Change(row, AuditVerb.INSERT) for row in session.new),
        *(
            Change(row, AuditVerb.UPDATE, before)
            for row in session.dirty
            if (before := dict(_altered(row)))
        ),
        *(Change(row, AuditVerb.DELETE) for row in session.deleted),
    ]


def settle_references(session: Session) -> None:
    """Fill foreign keys from relationships that were set: guards then read either.

    SQLAlchemy does it too, but only after the guards have looked.
    """
    for row in (*session.new, *session.dirty):
        state = inspect(row)
        for relation in state.mapper.relationships:
            if relation.direction is not MANYTOONE or relation.key not in state.dict:
                continue
            history = state.attrs[relation.key].history
            if not history.added or history.added[0] is None:
                continue
            target = history.added[0]
            for local, remote in relation.local_remote_pairs:
                value = getattr(target, inspect(target).mapper.get_property_by_column(remote).key)
                key = state.mapper.get_property_by_column(local).key
                if value is not None and getattr(row, key) != value:
                    setattr(row, key, value)


def _altered(row: Base) -> Iterator[tuple[str, Any]]:
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            yield attribute.key, history.deleted[0] if history.deleted else None
