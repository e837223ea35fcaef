"""Which derivation belongs to which table."""

from collections.abc import Sequence

from sqlalchemy import Table, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from models.acting import Acting
from models.application import Application
from models.base import Base
from models.calendar import working_calendar
from models.enums import AuditVerb
from models.hooks.case_change import CaseChange
from models.hooks.changes import Change
from models.hooks.derive_case import derive_case
from models.hooks.derive_item import derive_version
from models.hooks.derive_supervision import derive_supervision
from models.rules.writers import CASE_TABLES


def derive(session: Session, acting: Acting, changes: Sequence[Change]) -> None:
    """Fill in what follows from ``changes``, one subject at a time."""
    derive_supervision(session, acting, changes)
    cases: dict[int, tuple[Application, list[Change]]] = {}
    for change in changes:
        if change.verb is AuditVerb.DELETE:
            continue
        if change.table == "item_version":
            derive_version(change, acting)
        elif change.table in CASE_TABLES and (case := case_of(session, change.row)) is not None:
            cases.setdefault(id(case), (case, []))[1].append(change)
    if not cases:
        return
    calendar = working_calendar(session)
    for case, parts in sorted(cases.values(), key=lambda pair: pair[0].id or 0):
        _hold(session, case)
        derive_case(CaseChange(case, session, acting, calendar, parts))


def _hold(session: Session, case: Application) -> None:
    """Take the case for this transaction, whichever of its parts changes.

    Two officers who finish two parallel steps at once change different rows, and each would
    leave it to the other to open the next stage. Raises StaleDataError for the second.
    """
    if not inspect(case).persistent:
        return
    rows: Table = Application.__table__  # type: ignore[assignment]
    held = session.connection().execute(
        update(rows)
        .where(rows.c.id == case.id, rows.c.version == case.version)
        .values(version=case.version + 1)
    )
    if held.rowcount != 1:
        raise StaleDataError(f"application {case.id} was changed by somebody else")
    set_committed_value(case, "version", case.version + 1)


def case_of(session: Session, row: Base) -> Application | None:
    """The case that a row belongs to, found by relationship or by key."""
    if isinstance(row, Application):
        return row
    case: Application | None = getattr(row, "application", None)
    if case is None and getattr(row, "application_id", None) is not None:
        case = session.get(Application, row.application_id)  # type: ignore[attr-defined]
        row.application = case  # type: ignore[attr-defined]
    return case
