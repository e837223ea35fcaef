"""`onewindow import-calendar`: a notice is handed in, and what it would move is told beforehand."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from admin_site.cli import cli
from models import Application, CalendarNotice, CalendarRevision, acts
from models.acting import SYSTEM, acting_as
from models.by_time.recalculation import finish_revisions
from models.database import GuardedSession
from tests.databases import url_of
from tests.factories import Office, fill_offering_office
from tests.notices import DAYS_OFF, MAKE_UP_DAYS, NOTICE_2027, SOURCE, holiday_json

MONDAY = date(2026, 12, 21)


@pytest.fixture
def engine(sqlite_databases: Any) -> Engine:
    """An office with a received and an accepted case, before the turn of the year."""
    engine: Engine = sqlite_databases.fresh(fill_offering_office)
    with GuardedSession(engine) as session:
        office = Office(session)
        item = office.item()
        office.received(MONDAY, item)
        office.accepted(MONDAY, item)
    return engine


def run(engine: Engine, file: Path, *options: str, locale: str = "en") -> Result:
    variables = {"ONEWINDOW_DATABASE_URL": url_of(engine), "ONEWINDOW_LOCALE": locale}
    arguments = ["import-calendar", str(file), "--source", SOURCE, *options]
    return CliRunner().invoke(cli, arguments, env=variables)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE_2027, "utf-8")
    return file


def test_a_dry_run_tells_the_same_figures_and_writes_nothing(engine: Engine, notice: Path) -> None:
    """Art. 82: and they are those of what moves once it is confirmed."""
    with GuardedSession(engine) as session:
        before = Office(session).stored()
        tried = run(engine, notice, "--dry-run", "--json")
        assert tried.exit_code == 0, tried.output
        assert Office(session).stored() == before
    done = run(engine, notice, "--json")
    assert done.exit_code == 0
    answer = json.loads(done.output)
    assert answer == json.loads(tried.output)
    counts = {"year": 2027, "days_off": len(DAYS_OFF), "make_up_days": len(MAKE_UP_DAYS)}
    assert {name: answer[name] for name in counts} == counts
    with GuardedSession(engine) as session:
        office = Office(session)
        proposed = session.scalars(select(CalendarNotice)).one()
        assert (proposed.proposed_by, proposed.source, proposed.is_waiting) == (None, SOURCE, True)
        with office.acts("head", MONDAY):
            acts.calendar.confirm(session, proposed)
        with acting_as(session, SYSTEM, MONDAY):
            finish_revisions(session)
        assert session.scalars(select(CalendarRevision.cases_changed)).one() == 2
        case = session.scalars(select(Application).order_by(Application.id)).first()
        assert case is not None
        assert answer["cases_moved"] == 2
        assert answer["earlier"][0] == {
            "case": case.number, "table": "application", "row": case.id,
            "column": "notice_due_on", "was": "2026-12-28", "becomes": "2026-12-27",
        }  # fmt: skip


def test_json_of_a_repository_is_taken_too(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "2027.json"
    days = dict.fromkeys(DAYS_OFF, (False, "假")) | dict.fromkeys(MAKE_UP_DAYS, (True, "班"))
    file.write_text(holiday_json(2027, days), "utf-8-sig")
    answer = run(engine, file, "--dry-run", locale="zh_Hans_CN")
    assert answer.exit_code == 0, answer.output
    assert "2027年：放假 28 天，调休上班 7 天" in answer.output
    assert "试运行：没有写入" in answer.output


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "notice.txt, line 8: the number of days does not agree (端午节: 2天)"),
        ("zh_Hans_CN", "notice.txt 第 8 行：天数与所列日期不符（端午节: 2天）"),
    ],
)
def test_a_wrong_file_ends_with_status_2_and_its_line(
    engine: Engine, notice: Path, locale: str, words: str
) -> None:
    notice.write_text(
        NOTICE_2027.replace("6月9日（周三）放假1天", "6月9日（周三）放假2天"), "utf-8"
    )
    answer = run(engine, notice, locale=locale)
    assert answer.exit_code == 2
    assert words in answer.output
    with GuardedSession(engine) as session:
        assert session.scalars(select(CalendarNotice)).all() == []


def test_what_is_no_text_or_names_no_document_ends_with_status_2(
    engine: Engine, notice: Path
) -> None:
    assert run(engine, notice, "--source", " ").exit_code == 2
    notice.write_text(NOTICE_2027.replace("2027年", "明年"), "utf-8")
    assert run(engine, notice).exit_code == 0, "the source names the year"
    assert run(engine, notice, "--source", "某文件").exit_code == 2
    notice.write_bytes(b"\xff\xfe\x00")
    assert run(engine, notice).exit_code == 2
    assert run(engine, notice.with_name("none.txt")).exit_code == 2


def test_a_second_proposal_ends_with_status_1(engine: Engine, notice: Path) -> None:
    assert run(engine, notice).exit_code == 0
    answer = run(engine, notice)
    assert answer.exit_code == 1
    assert "calendar-notice-waits" in answer.output
