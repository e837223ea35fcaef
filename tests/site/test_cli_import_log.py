"""`import-log` as scripts and people meet it: figures, words, exit statuses, nothing half-done."""

import csv
import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, create_engine, func, select

from admin_site.cli.import_log import FINDING_WORDS, WORDS, import_log
from admin_site.cli.office import WORDS as OFFICE_WORDS
from models import Application, Base
from models.database import GuardedSession
from seed.log_findings import RULES
from tests.databases import SqliteDatabases, make_tables, rows_of, url_of

REAL_LOG = Path(__file__).parents[3] / "shared/data/receipt.xes.gz"
KEYS = ["applications", "steps", "decided", "open", "late", "flagged", "skipped", "findings"]
HEADER = "case,activity,resource,timestamp,deadline,end\n"
TWO_CASES = (
    HEADER
    + "1,Receive,Li,2026-01-05T09:00:00+08:00,2026-01-07,2026-01-08\n"
    + "1,Decide,Wang,2026-01-08T09:00:00+08:00,2026-01-07,2026-01-08\n"
    + "2,Receive,Li,2026-01-05T17:30:00Z,,\n"
)
ONE_BAD = TWO_CASES + "3,Receive,Li,soon,,\n"

Run = Callable[..., Result]


@pytest.fixture
def run(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in an empty folder, on a database with its tables."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path, **environment: str) -> Result:
        given = {
            "ONEWINDOW_DATA_DIR": str(tmp_path / "data"),
            "ONEWINDOW_DATABASE_URL": url_of(engine),
            "ONEWINDOW_LOCALE": "en",
            **environment,
        }
        result = CliRunner().invoke(import_log, [str(one) for one in arguments], env=given)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A log of two cases, one of them late."""
    path = tmp_path / "permits.csv"
    path.write_text(TWO_CASES)
    return path


def answer(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {name: rows_of(connection, name) for name in Base.metadata.tables}


def numbers(engine: Engine) -> list[str]:
    with GuardedSession(engine) as session:
        return list(session.scalars(select(Application.number).order_by(Application.id)))


# --- what it does -----------------------------------------------------------------------------


def test_json_has_exactly_the_contract_s_keys(run: Run, two: Path) -> None:
    result = run(two, "--json")
    assert result.stderr == ""
    found = answer(result)
    assert list(found) == KEYS
    assert found == {
        "applications": 2,
        "steps": 3,
        "decided": 1,
        "open": 1,
        "late": 1,
        "flagged": 0,
        "skipped": 0,
        "findings": {"decided-after-due": 1},
    }


def test_second_run_writes_nothing_and_counts_what_was_there(
    run: Run, two: Path, engine: Engine
) -> None:
    run(two)
    before = everything(engine)
    found = answer(run(two, "--json"))
    assert found == dict.fromkeys(KEYS[:6], 0) | {"skipped": 2, "findings": {}}
    assert everything(engine) == before


def test_log_is_called_as_its_file_unless_it_is_named(run: Run, two: Path, engine: Engine) -> None:
    run(two)
    assert answer(run(two, "--name", "north", "--json"))["applications"] == 2
    assert numbers(engine) == [
        "IMPORT-permits-1", "IMPORT-permits-2", "IMPORT-north-1", "IMPORT-north-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "environment", "day"),
    [
        ((), {}, "2026-01-06"),
        ((), {"ONEWINDOW_TIMEZONE": "Europe/London"}, "2026-01-05"),
        (("--timezone", "Europe/Amsterdam"), {}, "2026-01-05"),
    ],
)
def test_dates_are_taken_in_the_zone_of_the_log_or_the_office(
    run: Run, two: Path, engine: Engine, options: Any, environment: Any, day: str
) -> None:
    run(two, *options, **environment)
    with GuardedSession(engine) as session:
        row = session.scalars(select(Application).where(Application.external_id == "2")).one()
        assert str(row.received_on) == day


def test_closing_activity_closes_a_case_without_an_end(run: Run, two: Path) -> None:
    assert answer(run(two, "--closed-by", "Receive", "--json"))["open"] == 0


def test_people_are_told_in_their_language(run: Run, two: Path) -> None:
    told = run(two).stdout
    assert "Imported 2 cases with 3 steps: 1 decided (1 late), 1 open" in told
    assert "1  decided after the due date" in told
    assert "跳过 2 件" in run(two, ONEWINDOW_LOCALE="zh_Hans_CN").stdout


def test_every_line_has_words_in_both_languages() -> None:
    for words in (WORDS, FINDING_WORDS, OFFICE_WORDS):
        assert all(set(line) == {"zh", "en"} for line in words.values())
    assert set(FINDING_WORDS) == set(RULES)


# --- the errors file --------------------------------------------------------------------------


def test_errors_file_tells_what_was_left_out(run: Run, tmp_path: Path) -> None:
    log, errors = tmp_path / "permits.csv", tmp_path / "errors.csv"
    log.write_text(ONE_BAD)
    result = run(log, "--errors", errors, "--json")
    assert (answer(result)["applications"], answer(result)["skipped"]) == (2, 1)
    assert result.stderr == ""
    with errors.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert header == ["case", "event", "field", "value", "code", "message"]
    assert [(row[0], row[1], row[2], row[3], row[4]) for row in rows] == [
        ("3", "1", "timestamp", "soon", "bad-timestamp"),
        ("3", "", "case", "3", "no-events"),
    ]


def test_errors_file_says_the_same_on_a_second_run(run: Run, tmp_path: Path) -> None:
    log, errors = tmp_path / "permits.csv", tmp_path / "errors.csv"
    log.write_text(ONE_BAD)
    run(log, "--errors", errors)
    before = errors.read_bytes()
    assert answer(run(log, "--errors", errors, "--json"))["skipped"] == 3
    assert errors.read_bytes() == before


def test_without_an_errors_file_there_is_a_word_about_it(run: Run, tmp_path: Path) -> None:
    log = tmp_path / "permits.csv"
    log.write_text(ONE_BAD)
    result = run(log, "--json")
    assert answer(result)["applications"] == 2
    assert result.stderr == ("2 things in the file could not be used; --errors writes them down\n")


def test_errors_file_never_replaces_the_log(run: Run, two: Path, engine: Engine) -> None:
    result = run(two, "--errors", two)
    assert (result.exit_code, result.stdout) == (2, "")
    assert two.read_text() == TWO_CASES
    assert numbers(engine) == []


def test_errors_file_that_cannot_be_written_stops_before_the_import(
    run: Run, two: Path, tmp_path: Path, engine: Engine
) -> None:
    result = run(two, "--errors", tmp_path / "none" / "errors.csv")
    assert result.exit_code == 2
    assert "errors.csv: cannot be written (No such file or directory)" in result.stderr
    assert numbers(engine) == []


# --- what it refuses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.xes", None, "none.xes: cannot be opened"),
        ("a.xlsx", b"PK", "a.xlsx: not a known kind of file"),
        ("a.xes", b"<html/>", "a.xes: not an XES event log"),
        (
            "a.xes.gz",
            gzip.compress(b"<log/>", mtime=0)[:-4],
            "a.xes.gz: the compressed file ends too early",
        ),
        ("a.csv", b"case,activity,timestamp\n", "a.csv: missing column: resource"),
        ("a.csv", TWO_CASES.encode() + b'4,"', "a.csv: malformed CSV in line 5"),
    ],
)
def test_unreadable_file_ends_with_status_2_and_nothing_written(
    run: Run, tmp_path: Path, engine: Engine, name: str, content: bytes | None, reason: str
) -> None:
    before = everything(engine)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name, "--errors", tmp_path / "errors.csv", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
    assert not (tmp_path / "errors.csv").exists()
    assert everything(engine) == before


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--name", "a/b"), "'a/b' cannot name a log"),
        (("--name", ""), "'' cannot name a log"),
        (("--timezone", "Mars/Olympus"), "no such time zone: Mars/Olympus"),
        (("--timezone", "Europe"), "no such time zone: Europe"),
        (("--closed-by", "Clsoe"), "no activity “Clsoe” in the log; there are: Receive; Decide"),
        (("--unknown",), "--unknown"),
    ],
)
def test_misuse_ends_with_status_2_and_nothing_written(
    run: Run, two: Path, engine: Engine, options: tuple[str, ...], reason: str
) -> None:
    result = run(two, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
    assert numbers(engine) == []


def test_file_whose_name_cannot_name_a_log_needs_another(run: Run, two: Path) -> None:
    odd = two.rename(two.with_name("permits (2026).csv"))
    result = run(odd)
    assert result.exit_code == 2
    assert "give it another by --name" in result.stderr
    assert answer(run(odd, "--name", "permits", "--json"))["applications"] == 2


def test_without_a_database_it_ends_with_status_1_and_makes_none(
    run: Run, two: Path, tmp_path: Path
) -> None:
    absent = tmp_path / "absent.db"
    result = run(two, ONEWINDOW_DATABASE_URL=f"sqlite:///{absent}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run demo or init" in result.stderr
    assert not absent.exists()


def test_database_without_tables_ends_with_status_1(run: Run, two: Path, tmp_path: Path) -> None:
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    engine = create_engine(empty)
    engine.connect().close()
    engine.dispose()
    assert "请先运行" in run(two, ONEWINDOW_DATABASE_URL=empty, ONEWINDOW_LOCALE="").stderr
    assert run(two, ONEWINDOW_DATABASE_URL=empty).exit_code == 1


@pytest.mark.parametrize(
    ("url", "status", "reason"),
    [
        ("nonsense", 2, "ONEWINDOW_DATABASE_URL: cannot be used"),
        ("mysql+nothing://here", 2, "ONEWINDOW_DATABASE_URL: cannot be used"),
        ("postgresql+psycopg://x:secret@127.0.0.1:9/x", 1, "the database could not do this"),
        ("sqlite:///permits.csv", 1, "the database could not do this: file is not a database"),
    ],
)
def test_database_that_does_not_open_ends_in_words(
    run: Run, two: Path, url: str, status: int, reason: str
) -> None:
    result = run(two, ONEWINDOW_DATABASE_URL=url)
    assert (result.exit_code, result.stdout) == (status, "")
    assert reason in result.stderr
    assert "secret" not in result.stderr


NO_ROOM = """CREATE TRIGGER no_room BEFORE INSERT ON application WHEN NEW.external_id = '2'
BEGIN SELECT RAISE(ABORT, 'no room'); END"""


def test_refused_case_is_named_and_what_was_written_stays(
    run: Run, two: Path, sqlite_databases: SqliteDatabases
) -> None:
    engine = sqlite_databases.fresh(make_tables)
    with engine.begin() as connection:
        connection.exec_driver_sql(NO_ROOM)
    result = run(two, ONEWINDOW_DATABASE_URL=url_of(engine))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the case '2' could not be written (no room); the 1 written before it" in result.stderr
    assert numbers(engine) == ["IMPORT-permits-1"]
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER no_room")
    found = answer(run(two, "--json", ONEWINDOW_DATABASE_URL=url_of(engine)))
    assert (found["applications"], found["skipped"]) == (1, 1)


def test_unusable_setting_ends_with_status_2(run: Run, two: Path) -> None:
    result = run(two, ONEWINDOW_TIMEZONE="Mars/Olympus")
    assert result.exit_code == 2
    assert "ONEWINDOW_TIMEZONE" in result.stderr


# --- the real log -----------------------------------------------------------------------------


@pytest.mark.thorough
def test_real_log_gives_the_golden_figures(run: Run, tmp_path: Path, engine: Engine) -> None:
    if not REAL_LOG.exists():
        pytest.skip(f"the real event log is not here: {REAL_LOG}")
    log = tmp_path / "wabo.xes.gz"
    shutil.copyfile(REAL_LOG, log)
    found = answer(run(log, "--timezone", "Europe/Amsterdam", "--json"))
    findings = found.pop("findings")
    assert found == {
        "applications": 1434,
        "steps": 8577,
        "decided": 1329,
        "open": 105,
        "late": 309,
        "flagged": 2,
        "skipped": 0,
    }
    assert (findings["event-after-end"], findings["decided-after-due"]) == (145, 309)
    with GuardedSession(engine) as session:
        assert session.scalar(select(func.count(Application.id))) == 1434
    assert answer(run(log, "--timezone", "Europe/Amsterdam", "--json"))["skipped"] == 1434
