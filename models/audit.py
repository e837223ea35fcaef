"""The audit log (留痕): append-only, chained by hash, one entry for each thing an act changed."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, Index, String, Text, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice
from models.enums import AuditVerb
from models.policy import Deletable, Fixed, Policy, System
from models.rules.duties import NOBODY


def canonical_json(value: Any) -> str:
    """The one way to write ``value`` as JSON: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class CanonicalJson(TypeDecorator[Any]):
    """JSON kept as its canonical text, so that the hash covers every stored byte."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class IsoInstant(TypeDecorator[datetime]):
    """An aware instant kept as ISO 8601 text in UTC, so that the hash covers what is stored."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else iso_instant(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


def iso_instant(value: datetime) -> str:
    """``value`` in UTC with microseconds, so that texts sort as instants do."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


class AuditEntry(Base):
    """Who changed what, when. ``hash`` covers the entry and ``previous_hash`` links the chain.

    An act writes one entry per subject: a case with its steps and dates is one subject, so an
    entry reads as one thing that a person did. ``changes`` lists each row with its values
    before and after.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_table", "subject_id", "id"),)
    policy = Policy(
        writers=NOBODY,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("id",),
        system=System.NEVER,
        fixed=(Fixed("audit-only-grows"),),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(IsoInstant)
    effective_on: Mapped[str] = mapped_column(String(10), comment="the office's day of the act")
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    verb: Mapped[AuditVerb] = mapped_column(choice(AuditVerb))
    subject_table: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int | None]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(CanonicalJson)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def __str__(self) -> str:
        return f"#{self.id}"


class AuditHead(Base):
    """The end of the chain: one row, locked while entries are added, so the chain has no forks."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="there_is_one_head"),)
    policy = Policy(
        writers=NOBODY,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("entries",),
        system=System.NEVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


def subject_of(row: Base) -> tuple[str, int | None]:
    """The thing a row belongs to: a case for its parts, an item version for its, else itself."""
    whole = row.policy.part_of
    if whole is not None and (key := getattr(row, whole.key, None)) is not None:
        return whole.table, key
    return str(row.__tablename__), getattr(row, "id", None)
