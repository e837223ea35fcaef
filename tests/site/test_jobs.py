"""The work of a running site: at start, at each midnight, and for a changed calendar."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from admin_site import jobs
from admin_site.config import Mode, Settings
from admin_site.jobs import ROUNDS_BETWEEN_TRIALS, Jobs, jobs_running
from models import Application, DailyRun
from models.database import GuardedSession
from models.enums import ApplicationStatus
from tests.databases import url_of
from tests.factories import MONDAY, Office, fill_office

Case = ApplicationStatus


def fill_waiting(engine: Engine) -> None:
    """An office with one application that nobody answers."""
    fill_office(engine)
    with GuardedSession(engine) as session:
        Office(session).received(MONDAY)


@pytest.fixture
def office_engine(databases: Any) -> Engine:
    """Its database."""
    engine: Engine = databases.fresh(fill_waiting)
    return engine


class Day:
    """The office's day, as a test sets it."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> date:
        return self.day


def stands(engine: Engine) -> tuple[Case, list[date]]:
    with GuardedSession(engine) as session:
        status = session.scalars(select(Application.status)).one()
        return status, list(session.scalars(select(DailyRun.day).order_by(DailyRun.day)))


def rounds(number: int) -> Iterator[bool]:
    """The answers of a wait that ends the work after so many rounds."""
    yield from [False] * (number - 1)
    yield True


def test_the_work_is_done_at_start_and_at_each_midnight(office_engine: Engine) -> None:
    """Art. 32(4)."""
    today = Day(MONDAY)
    work = Jobs(office_engine, today, lambda _seconds: True)
    work.run()
    assert stands(office_engine) == (Case.RECEIVED, [MONDAY])
    work.work_once()
    assert stands(office_engine) == (Case.RECEIVED, [MONDAY])
    today.day = date(2025, 3, 11)
    work.work_once()
    status, days = stands(office_engine)
    assert (status, days[-1], len(days)) == (Case.ACCEPTED, date(2025, 3, 11), 9)


def test_the_work_goes_on_until_it_is_told_to_stop(office_engine: Engine) -> None:
    waits = rounds(3)
    asked = []

    def wait(seconds: float) -> bool:
        asked.append(seconds)
        return next(waits)

    Jobs(office_engine, Day(MONDAY), wait).run()
    assert len(asked) == 3


def test_a_changed_calendar_is_reckoned_in_the_next_round(office_engine: Engine) -> None:
    """Art. 82."""
    work = Jobs(office_engine, Day(MONDAY), lambda _seconds: True)
    work.work_once()
    with GuardedSession(office_engine) as session:
        Office(session).change_calendar({date(2025, 3, 6): False}, MONDAY)
    work.work_once()
    with GuardedSession(office_engine) as session:
        assert session.scalars(select(Application.notice_due_on)).one() == date(2025, 3, 11)


def test_what_fails_is_told_and_tried_again_later(
    office_engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def fails(_session: Any, day: date) -> None:
        tried.append(day)
        raise OperationalError("SELECT", {}, Exception("the server is away"))

    work = Jobs(office_engine, Day(MONDAY), lambda _seconds: True)
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "run_daily", fails)
        for _ in range(1 + ROUNDS_BETWEEN_TRIALS):
            work.work_once()
    assert tried == [MONDAY]
    assert "the work of the day failed" in caplog.text
    assert stands(office_engine)[1] == []
    work.work_once()
    assert stands(office_engine)[1] == [MONDAY]


def test_the_thread_has_stopped_after_the_site(office_engine: Engine, tmp_path: Path) -> None:
    settings = Settings.from_environment(
        Mode.DEMO,
        {"ONEWINDOW_DATA_DIR": str(tmp_path), "ONEWINDOW_DATABASE_URL": url_of(office_engine)},
    )
    with jobs_running(replace(settings, today=date(2025, 3, 11))) as thread:
        assert thread.name == "jobs"
    assert not thread.is_alive()
    assert stands(office_engine)[0] in (Case.RECEIVED, Case.ACCEPTED)
