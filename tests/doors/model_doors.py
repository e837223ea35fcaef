"""The doors of the models: rows in a session, statements, SYSTEM, raw SQL."""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Engine, delete, func, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from models import Base
from models.acting import SYSTEM, acting_as, utc_now
from models.enums import StepStatus, VersionStatus
from models.errors import RuleViolation
from models.questions.people import actor_of
from models.rules.transitions import CLOSED_STATUSES
from tests.doors.deed import Deed
from tests.factories import Office
from views.judging import violation_of

Door = Callable[[Office, Deed, Any], str | None]


def _refusal(office: Office, who: str | None, day: date, deed: Callable[[], object]) -> str | None:
    """The code with which a deed is refused; None when it goes through."""
    session = office.session
    actor = SYSTEM if who is None else actor_of(session, office.user(who), day)
    with acting_as(session, actor, day):
        try:
            deed()
            session.commit()
        except RuleViolation as refusal:
            return refusal.code
        finally:
            session.rollback()
    return None


def do(office: Office, deed: Deed, row: Any) -> None:
    """The deed, on rows of the office's session."""
    if deed.deletes:
        office.session.delete(row)
    elif deed.new is not None:
        office.session.add(deed.new(**deed.told(office, row)))
    else:
        for column, value in deed.told(office, row).items():
            setattr(row, column, value)


def by_orm(office: Office, deed: Deed, row: Any) -> str | None:
    """Rows of a session, as the person."""
    return _refusal(office, deed.who, deed.day, lambda: do(office, deed, row))


def by_system(office: Office, deed: Deed, row: Any) -> str | None:
    """Rows of a session, as the import and the daily jobs."""
    return _refusal(office, None, deed.day, lambda: do(office, deed, row))


def by_act(office: Office, deed: Deed, row: Any) -> str | None:
    """The office's own act."""
    act = deed.act
    assert act is not None
    return _refusal(office, deed.who, deed.day, lambda: act(office, row))


def by_bulk(office: Office, deed: Deed, row: Any) -> str | None:
    """A statement in the guarded session."""
    kind: Any = deed.new or type(row)
    values = _stored_values(office, deed, row)
    statement: Any
    if deed.deletes:
        statement = delete(kind).where(kind.id == row.id)
    elif deed.new is not None:
        statement = insert(kind).values(**values)
    else:
        statement = update(kind).where(kind.id == row.id).values(**values)
    return _refusal(office, deed.who, deed.day, lambda: office.session.execute(statement))


def by_deletion(office: Office, deed: Deed, row: Any) -> str | None:
    """The row is taken away, so that the rule finds nothing to judge."""
    return _refusal(office, deed.who, deed.day, lambda: office.session.delete(row))


def by_sql(office: Office, deed: Deed, row: Any) -> str | None:
    """A statement on a plain connection, past every hook; it is taken back in any case."""
    table = (deed.new or type(row)).__table__
    values = _stored_values(office, deed, row)
    values |= _companions(office, deed, None if deed.new else row, table.name, values)
    statement: Any
    if deed.deletes:
        statement = table.delete().where(table.c.id == row.id)
    elif deed.new is not None:
        statement = table.insert().values(**_filled(office, table, values, deed.day))
    else:
        statement = table.update().where(table.c.id == row.id).values(**values)
    office.session.commit()
    engine = office.session.get_bind()
    assert isinstance(engine, Engine)
    return _refusal_of(engine, statement)


def _refusal_of(engine: Engine, statement: Any) -> str | None:
    with engine.connect() as connection:
        try:
            connection.execute(statement)
        except IntegrityError as error:
            return violation_of(error).code
        except DBAPIError as error:
            return str(error.orig)
        finally:
            connection.rollback()
    return None


def _stored_values(office: Office, deed: Deed, row: Any) -> dict[str, Any]:
    """What the deed sets, by column: a reference is its key."""
    mapper = inspect(deed.new or type(row))
    found: dict[str, Any] = {}
    for name, value in deed.told(office, row).items():
        if name in mapper.relationships:
            if mapper.relationships[name].uselist:
                continue  # rows of another table: a statement writes one table
            for local, remote in mapper.relationships[name].local_remote_pairs:
                found[local.key] = getattr(value, remote.key) if value is not None else None
        else:
            found[name] = value
    return found


ANSWERED_BY = ("approved_by_id", "rejected_by_id")


def _companions(
    office: Office, deed: Deed, row: Any, table: str, values: dict[str, Any]
) -> dict[str, Any]:
    """What a forger would write along, so that it is the rule that refuses and not a gap."""
    day, status = deed.day, values.get("status")
    if values.get("approved_by_id") or values.get("rejected_by_id"):
        dated = {c.replace("_by_id", "_on"): day for c in values if c in ANSWERED_BY}
        takes_effect = table == "certificate_change" and "approved_on" in dated
        return dated | ({"effective_on": day} if takes_effect else {})
    if table == "correction_notice" and deed.new:
        return {"sequence": 1, "issued_on": day}
    if table == "site_inspection" and "passes" in values:
        return {"done_on": day}
    if table == "application" and (status or deed.new):
        closes = status in CLOSED_STATUSES and row.closed_on is None
        return {
            **({"closed_on": day} if closes else {}),
            **{c: getattr(row, c, None) or day for c in ("received_on", "accepted_on")},
        }
    if table == "application_step" and status and row is not None:
        done = day if status is StepStatus.DONE else row.done_on
        return {"opened_on": row.opened_on or day, "done_on": done}
    if table == "item_version" and status is VersionStatus.PUBLISHED:
        person = office.user(deed.who).id if deed.who else None
        return {"published_on": row.published_on or day, "published_by_id": person}
    return {}


# For columns that the hooks derive: raw SQL has to say something.
_ANYTHING: tuple[tuple[type, Callable[[date], Any]], ...] = (
    (bool, lambda _day: False),
    (datetime, lambda _day: utc_now()),
    (date, lambda day: day),
    (int, lambda _day: 99),
    (str, lambda _day: "SQL"),
)


def _filled(office: Office, table: Any, values: dict[str, Any], day: date) -> dict[str, Any]:
    found = dict(values)
    for column in table.columns:
        if column.name in found or column.nullable or column.primary_key:
            continue
        default = column.default
        if default is not None and default.is_scalar:
            found[column.name] = default.arg
        elif keys := list(column.foreign_keys):
            found[column.name] = office.session.scalar(select(func.max(keys[0].column)))
        else:
            found[column.name] = _anything(column, day)
    return found


def _anything(column: Any, day: date) -> Any:
    if (members := getattr(column.type, "enum_class", None)) is not None:
        return next(iter(members))
    kind = column.type.python_type
    return next(make(day) for known, make in _ANYTHING if kind is known)


MODEL_DOORS: dict[str, Door] = {
    "orm": by_orm,
    "act": by_act,
    "bulk": by_bulk,
    "system": by_system,
    "delete": by_deletion,
    "sql": by_sql,
}


def as_typed(value: Any) -> str:
    """A value as a form carries it."""
    if value is None or value is False:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Base):
        return str(value.id)  # type: ignore[attr-defined]
    return "y" if value is True else str(value)
