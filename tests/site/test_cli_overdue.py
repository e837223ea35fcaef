"""`overdue` as scripts and people meet it: the numbers, their order, and which day it is."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from admin_site.cli.overdue import WORDS, overdue
from models import Authority
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from seed.event_log import EventLog, LoggedCase, LoggedEvent, Moment
from seed.log_import import import_log
from seed.office import authority_code
from tests.databases import url_of
from tests.factories import Office

MONDAY = datetime(2025, 3, 3, 1, tzinfo=UTC)
DAY = MONDAY.date()

Run = Callable[..., Result]


def case(case_id: str, due: int | None, closed: int | None = None) -> LoggedCase:
    """A case received on a Monday; the other days are counted from it."""
    received = Moment(DAY, MONDAY)
    end = None if closed is None else MONDAY + timedelta(closed)
    return LoggedCase(
        case_id=case_id,
        events=(LoggedEvent("Check", "Li", received),),
        received=received,
        due_on=None if due is None else DAY + timedelta(due),
        closed=end and Moment(end.date(), end),
    )


CASES = (
    case("later", due=2),
    case("first", due=1),
    case("same", due=2),
    case("undated", due=None),
    case("running", due=9),
    case("ended", due=1, closed=4),
)


@pytest.fixture
def run(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a database with six imported cases."""
    monkeypatch.chdir(tmp_path)
    with GuardedSession(engine) as session:
        # On a day on which all of it has come.
        log = EventLog("log", None, ("Check",), CASES, (), 0)
        import_log(session, log, "log", DAY + timedelta(30))

    def invoke(*arguments: str, **environment: str) -> Result:
        given = {
            "ONEWINDOW_DATA_DIR": str(tmp_path / "data"),
            "ONEWINDOW_DATABASE_URL": url_of(engine),
            "ONEWINDOW_LOCALE": "en",
            **environment,
        }
        result = CliRunner().invoke(overdue, arguments, env=given)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def answer(result: Result) -> dict[str, Any]:
    assert (result.exit_code, result.stderr) == (0, "")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_has_exactly_the_contract_s_keys(run: Run) -> None:
    found = answer(run("--as-of", "2025-03-10", "--json"))
    assert list(found) == ["as_of", "open", "overdue", "numbers"]
    assert found == {
        "as_of": "2025-03-10",
        "open": 5,
        "overdue": 3,
        "numbers": ["IMPORT-log-first", "IMPORT-log-later", "IMPORT-log-same"],
    }


@pytest.mark.parametrize(
    ("day", "count", "late"),
    [
        ("2025-03-02", 0, 0),  # nothing received yet
        ("2025-03-04", 6, 0),  # on the due day itself nobody is late
        ("2025-03-05", 6, 2),
        ("2025-03-06", 6, 4),
        ("2025-03-07", 5, 3),  # one of the late ones was closed on this day
        ("2025-03-13", 5, 4),
    ],
)
def test_day_is_meant_as_at_its_end(run: Run, day: str, count: int, late: int) -> None:
    found = answer(run("--as-of", day, "--json"))
    assert (found["open"], found["overdue"], len(found["numbers"])) == (count, late, late)


def test_people_are_told_in_their_language(run: Run) -> None:
    told = run("--as-of", "2025-03-05").stdout.splitlines()
    assert told == ["At the end of 2025-03-05: 6 open, 2 of them overdue", "IMPORT-log-first",
                    "IMPORT-log-ended"]  # fmt: skip
    chinese = run("--as-of", "2025-03-05", ONEWINDOW_LOCALE="zh_Hans_CN").stdout
    assert chinese.startswith("截至 2025-03-05：在办 6 件，其中逾期 2 件\n")
    assert all(set(line) == {"zh", "en"} for line in WORDS.values())


def test_today_is_the_office_s_own_day(run: Run) -> None:
    days = {str(datetime.now(ZoneInfo("Pacific/Kiritimati")).date())}
    found = answer(run("--json", ONEWINDOW_TIMEZONE="Pacific/Kiritimati"))
    days.add(str(datetime.now(ZoneInfo("Pacific/Kiritimati")).date()))
    assert found["as_of"] in days


def test_only_the_demonstration_s_day_may_be_set(run: Run, engine: Engine) -> None:
    assert answer(run("--json", ONEWINDOW_TODAY="2025-03-05"))["as_of"] != "2025-03-05"
    with GuardedSession(engine) as session, acting_as(session, SYSTEM, DAY):
        session.add(Authority(code=authority_code(), name="示例", name_en="Example"))
        session.commit()
    found = answer(run("--json", ONEWINDOW_TODAY="2025-03-05"))
    assert (found["as_of"], found["overdue"]) == ("2025-03-05", 2)


def test_it_counts_cases_handled_here_too(office: Office, tmp_path: Path) -> None:
    running = office.accepted(DAY)
    assert running.due_on is not None
    given = {
        "ONEWINDOW_DATA_DIR": str(tmp_path),
        "ONEWINDOW_DATABASE_URL": url_of(office.session.get_bind()),
        "ONEWINDOW_LOCALE": "en",
    }
    number, due_on = running.number, running.due_on
    office.session.rollback()
    for day, late in ((due_on, []), (due_on + timedelta(1), [number])):
        result = CliRunner().invoke(overdue, ["--as-of", str(day), "--json"], env=given)
        assert answer(result)["numbers"] == late


@pytest.mark.parametrize("day", ["2025-02-30", "today", "20250303", ""])
def test_what_is_no_date_ends_with_status_2(run: Run, day: str) -> None:
    result = run("--as-of", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a date" in result.stderr


def test_without_a_database_it_ends_with_status_1(run: Run, tmp_path: Path) -> None:
    result = run("--json", ONEWINDOW_DATABASE_URL="")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run demo or init" in result.stderr
    assert not (tmp_path / "data" / "onewindow.sqlite").exists()


def test_it_reads_while_another_writes(run: Run, engine: Engine) -> None:
    with GuardedSession(engine) as session, acting_as(session, SYSTEM, DAY):
        session.add(Authority(code="X", name="X", name_en="X"))
        session.flush()
        assert answer(run("--as-of", "2025-03-05", "--json"))["overdue"] == 2
        session.rollback()


def test_earliest_and_latest_day_can_be_asked(run: Run) -> None:
    assert answer(run("--as-of", "0001-01-01", "--json"))["open"] == 0
    assert answer(run("--as-of", str(date.max), "--json"))["overdue"] == 4
