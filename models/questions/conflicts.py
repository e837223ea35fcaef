"""Who was first: what the loser of a race is told."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEntry, subject_of
from models.base import Base, classes


def who_was_first(session: Session, table: str, row_id: int) -> tuple[str, datetime] | None:
    """Who changed a row last, and when; None when the log knows nothing of it.

    A part of a case is looked for among the entries of its case.
    """
    row = session.get(classes()[table], row_id)
    if row is None:
        return None
    subject_table, subject_id = subject_of(row)
    entries = session.execute(
        select(AuditEntry.actor_name, AuditEntry.recorded_at, AuditEntry.changes)
        .where(AuditEntry.subject_table == subject_table, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id.desc())
    )
    for name, recorded_at, changes in entries:
        if any((c["table"], c["id"]) == (table, row_id) for c in changes):
            return name, recorded_at
    return None


def was_part_of(session: Session, whole: Base, table: str, row_id: int) -> bool:
    """Whether the log knows this row as a part of ``whole``, be it there still or not."""
    subject_table, subject_id = subject_of(whole)
    entries = session.scalars(
        select(AuditEntry.changes)
        .where(AuditEntry.subject_table == subject_table, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id)
    )
    return any((c["table"], c["id"]) == (table, row_id) for changes in entries for c in changes)
