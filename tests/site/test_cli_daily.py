"""`daily` as scripts and people meet it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from admin_site.cli import VERBS
from admin_site.cli.daily import WORDS, daily
from tests.databases import url_of
from tests.factories import Office

Run = Callable[..., Result]
KEYS = ["deemed_accepted", "deemed_renewed", "expired", "terminated", "warned"]


@pytest.fixture
def run(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a database with one application that nobody answers."""
    monkeypatch.chdir(tmp_path)
    office.received(date(2025, 9, 26))
    url = url_of(office.session.get_bind())
    office.session.rollback()

    def invoke(*arguments: str, **environment: str) -> Result:
        given = {
            "ONEWINDOW_DATA_DIR": str(tmp_path / "data"),
            "ONEWINDOW_DATABASE_URL": url,
            "ONEWINDOW_LOCALE": "en",
            **environment,
        }
        result = CliRunner().invoke(daily, arguments, env=given)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def answer(result: Result) -> dict[str, Any]:
    assert (result.exit_code, result.stderr) == (0, "")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_has_exactly_the_contracts_keys(run: Run) -> None:
    found = answer(run("--as-of", "2025-10-10", "--json"))
    assert list(found) == KEYS
    assert set(found.values()) == {0}


def test_silence_is_counted_once(run: Run) -> None:
    """Art. 32(4)."""
    assert answer(run("--as-of", "2025-10-11", "--json"))["deemed_accepted"] == 1
    assert answer(run("--as-of", "2025-10-11", "--json"))["deemed_accepted"] == 0


def test_people_are_told_in_their_language(run: Run) -> None:
    told = run("--as-of", "2025-10-11").stdout
    assert told.startswith("Up to 2025-10-11: 1 deemed accepted, 0 deemed renewed, ")
    chinese = run("--as-of", "2025-10-11", ONEWINDOW_LOCALE="zh_Hans_CN").stdout
    assert chinese.startswith("截至 2025-10-11：视为受理 0 件，")
    assert all(set(line) == {"zh", "en"} for line in WORDS.values())


def test_without_a_day_it_is_today(run: Run) -> None:
    assert answer(run("--json"))["deemed_accepted"] == 1


@pytest.mark.parametrize("day", ["2025-02-30", "today", "20250303", ""])
def test_what_is_no_date_ends_with_status_2(run: Run, day: str) -> None:
    result = run("--as-of", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a date" in result.stderr


def test_without_a_database_it_ends_with_status_1(run: Run) -> None:
    result = run("--json", ONEWINDOW_DATABASE_URL="")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run demo or init" in result.stderr


def test_the_command_is_there() -> None:
    assert VERBS["daily"] == "admin_site.cli.daily:daily"


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "2099-01-04 is still to come"), ("zh_Hans_CN", "2099-01-04 还没有到")],
)
def test_a_day_to_come_is_refused_in_a_real_office(
    run: Run, office: Office, locale: str, words: str
) -> None:
    """Art. 32: silence accepts when its days are over, and not before; a demonstration may look
    ahead."""
    before = office.stored()
    told = run("--as-of", "2099-01-04", ONEWINDOW_LOCALE=locale)
    assert told.exit_code == 2
    assert "--as-of" in told.stderr
    assert words in told.stderr
    assert office.stored() == before
