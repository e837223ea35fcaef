"""Taking a case for one transaction."""

from sqlalchemy import Table, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from models.application import Application


def hold(session: Session, case: Application) -> None:
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
