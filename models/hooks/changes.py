"""What a flush is about to change, with the values before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Enum, inspect
from sqlalchemy.orm import MANYTOONE, Mapper, Session
from sqlalchemy.orm.attributes import set_committed_value

from models.application import Application
from models.base import Base
from models.enums import AuditVerb, Duty, Named
from models.policy import Policy


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
    def policy(self) -> Policy:
        """What is true of the row's table."""
        return self.row.policy

    @property
    def is_new(self) -> bool:
        """Whether the row is being inserted."""
        return self.verb is AuditVerb.INSERT

    def changed(self, column: str) -> bool:
        """Whether ``column`` gets another value; a new row changes every column."""
        return self.is_new or column in self.before

    @property
    def is_the_applicants(self) -> bool:
        """Whether applicants may write this of their own case."""
        written = self.policy.applicant_writes
        if Duty.APPLICANT not in self.policy.writers or not written:
            return Duty.APPLICANT in self.policy.writers
        altered = self.verb is AuditVerb.UPDATE
        return altered and not set(self.before) - {*written, "version"}

    def was(self, column: str) -> Any:
        """The stored value of ``column``; None for a new row."""
        if self.is_new:
            return None
        return self.before[column] if column in self.before else getattr(self.row, column)


def collect(session: Session) -> list[Change]:
    """The rows that this flush inserts, alters or deletes.

    In the order of the tables, wholes before their parts, then of the keys: the same act meets
    the same refusal and leaves the same entry, whatever order the session keeps.
    """
    found = [
        *(Change(row, AuditVerb.INSERT) for row in session.new),
        *(
            Change(row, AuditVerb.UPDATE, before)
            for row in session.dirty
            if (before := dict(_altered(row)))
        ),
        *(Change(row, AuditVerb.DELETE) for row in session.deleted),
    ]
    return sorted(found, key=_place)


@cache
def _table_order() -> dict[str, int]:
    return {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}


def _place(change: Change) -> tuple[int, bool, int]:
    # New rows have no key yet and keep the order in which they were added.
    return _table_order()[change.table], change.is_new, getattr(change.row, "id", None) or 0


def settle_values(session: Session) -> None:
    """Turn the words of a vocabulary into its members: guards compare members by identity.

    A form, an import or a script may well set ``"ACCEPTED"``. What is no member stays as it is,
    and the column refuses it.
    """
    for row in (*session.new, *session.dirty):
        state = inspect(row)
        for key, vocabulary in _vocabularies(row.__mapper__):
            value = state.dict.get(key)
            if isinstance(value, str) and not isinstance(value, vocabulary):
                if value in vocabulary.__members__:
                    setattr(row, key, vocabulary[value])


@cache
def _vocabularies(mapper: Mapper[Any]) -> tuple[tuple[str, type[Named]], ...]:
    found = ((a.key, a.columns[0].type) for a in mapper.column_attrs)
    kinds = ((key, held.enum_class) for key, held in found if isinstance(held, Enum))
    return tuple((key, kind) for key, kind in kinds if kind and issubclass(kind, Named))


def settle_references(session: Session) -> None:
    """Fill foreign keys from relationships that were set: guards then read either.

    SQLAlchemy does it too, but only after the guards have looked. A relationship that was set to
    nothing is settled here once: at the flush it would empty the key that was written since, and
    with it the day's signature.
    """
    for row in (*session.new, *session.dirty):
        state = inspect(row)
        for relation in state.mapper.relationships:
            if relation.direction is not MANYTOONE or relation.key not in state.dict:
                continue
            history = state.attrs[relation.key].history
            if not history.added:
                continue
            target = history.added[0]
            if target is None:
                set_committed_value(row, relation.key, None)
                if not state.persistent:
                    continue
            for local, remote in relation.local_remote_pairs:
                key = state.mapper.get_property_by_column(local).key
                value = _value_of(target, remote)
                if (value is not None or target is None) and getattr(row, key) != value:
                    setattr(row, key, value)


def _value_of(target: Base | None, column: Any) -> Any:
    if target is None:
        return None
    return getattr(target, inspect(target).mapper.get_property_by_column(column).key)


def _altered(row: Base) -> Iterator[tuple[str, Any]]:
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            yield attribute.key, history.deleted[0] if history.deleted else None


def case_of(session: Session, row: Base) -> Application | None:
    """The case that a row belongs to, found by relationship or by key."""
    if isinstance(row, Application):
        return row
    case: Application | None = getattr(row, "application", None)
    if case is None and getattr(row, "application_id", None) is not None:
        case = session.get(Application, row.application_id)  # type: ignore[attr-defined]
        row.application = case  # type: ignore[attr-defined]
    return case
