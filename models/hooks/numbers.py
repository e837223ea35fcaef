"""Numbers without gap or duplicate, from a counter row for each series and year."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from models.certificate import NumberCounter

_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def take_number(connection: Connection, series: str, year: int) -> int:
    """The next number of ``series`` in ``year``, from 1. The counter's row is then locked until
    the transaction ends, so a number that is rolled back is given again."""
    insert = _INSERTS[connection.dialect.name]
    statement = (
        insert(NumberCounter)
        .values(series=series, year=year, last_number=1)
        .on_conflict_do_update(
            index_elements=["series", "year"],
            set_={"last_number": NumberCounter.last_number + 1},
        )
        .returning(NumberCounter.last_number)
    )
    return int(connection.execute(statement).scalar_one())


def set_counter(connection: Connection, series: str, year: int, last_number: int) -> None:
    """Say that numbers up to ``last_number`` are taken; for those who number many rows at once."""
    insert = _INSERTS[connection.dialect.name]
    statement = (
        insert(NumberCounter)
        .values(series=series, year=year, last_number=last_number)
        .on_conflict_do_update(index_elements=["series", "year"], set_={"last_number": last_number})
    )
    connection.execute(statement)
