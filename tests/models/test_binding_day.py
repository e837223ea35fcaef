"""The day that binds the office on a case: in SQL and in Python, and the day that is explained."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import Application, acts
from models.database import GuardedSession
from models.enums import ApplicationStatus, DecisionOutcome
from models.questions.calendar import working_calendar
from models.questions.case_clock import (
    binding_day,
    binding_day_of,
    clocks_of,
    explained_day_of,
)
from models.rules.transitions import CLOSED_STATUSES
from models.triggers import drop_triggers
from tests.databases import opened
from tests.factories import MONDAY, Office
from tests.statements import fill_every_table

FIRST = date(2025, 3, 1)
days = st.none() | st.integers(0, 30).map(lambda n: FIRST + timedelta(days=n))


@pytest.fixture
def raw(databases: Any) -> Iterator[GuardedSession]:
    """A session whose database takes any dates of a case."""
    # A database of its own: of a shared one the triggers are to stay.
    url = databases.copy_of("binding_day", fill_every_table)
    with opened(url) as engine:
        with engine.begin() as connection:
            drop_triggers(connection)
        with GuardedSession(engine) as session:
            yield session
    databases.drop(url)


@given(
    status=st.sampled_from(ApplicationStatus),
    dates=st.fixed_dictionaries(dict.fromkeys(("notice_due_on", "due_on"), days)),
)
def test_sql_and_python_name_the_same_day(
    raw: GuardedSession, status: ApplicationStatus, dates: dict[str, date | None]
) -> None:
    """Art. 32(4): of a received case the day for its notice binds."""
    connection = raw.connection()
    key = raw.scalars(select(Application.id).order_by(Application.id)).first()
    closed_on = FIRST if status in CLOSED_STATUSES else None
    stored = {
        **dates, "status": status, "closed_on": closed_on, "received_on": FIRST,
        "accepted_on": FIRST, "statutory_due_on": None,
    }  # fmt: skip
    table = Application.__table__
    connection.execute(table.update().where(table.c.id == key).values(**stored))
    raw.expire_all()
    case = raw.get_one(Application, key)
    assert raw.scalar(select(binding_day()).where(Application.id == key)) == binding_day_of(case)
    raw.rollback()


def test_the_day_explained_is_the_one_that_its_clock_led_to(office: Office) -> None:
    """Of a decided case the day by which it was to be decided; while delivery is owed, that."""
    refused = office.reviewed(MONDAY)
    with office.acts("decider", MONDAY):
        acts.decision.decide(
            refused, DecisionOutcome.REFUSED, legal_basis="《条例》第九条", reasons="不符合条件",
            remedies="可申请行政复议",
        )  # fmt: skip
    calendar = working_calendar(office.session)
    cases = (
        office.received(), office.accepted(), office.granted(), office.delivered(), refused,
    )  # fmt: skip
    for case in cases:
        due = [clock.due_on for clock in clocks_of(case, calendar)]
        assert explained_day_of(case) in due, case.status
    assert explained_day_of(cases[3]) == cases[3].decision_due_on != binding_day_of(cases[3])
    assert explained_day_of(cases[2]) == binding_day_of(cases[2]) != cases[2].decision_due_on
