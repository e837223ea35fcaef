"""`due` and `code check` as scripts and people meet them: answers, words, exit statuses."""

import json
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from admin_site.cli.clock import WORDS, code, due
from models.rules.codes import REASONS


def run(command: click.Command, line: str, locale: str = "en") -> Result:
    result = CliRunner().invoke(command, line.split(), env={"ONEWINDOW_LOCALE": locale})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def answer(line: str) -> dict[str, Any]:
    result = run(due, f"{line} --json")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_due_prints_exactly_the_contract_s_keys() -> None:
    assert list(answer("--start 2025-09-08 --days 2")) == ["due_on", "provisional", "counted"]


def test_due_counts_make_up_days() -> None:
    found = answer("--start 2025-09-08 --days 20")
    assert (found["due_on"], found["provisional"]) == ("2025-10-11", False)
    assert len(found["counted"]) == 20
    assert "2025-09-28" in found["counted"]


def test_due_marks_an_unpublished_year() -> None:
    found = answer("--start 2026-11-23 --days 29")
    assert (found["due_on"], found["provisional"]) == ("2027-01-04", True)


def test_due_leaves_out_several_pauses() -> None:
    pauses = "--pause 2025-04-10..2025-04-18 --pause 2025-04-16..2025-04-25"
    assert answer(f"--start 2025-04-07 --days 20 {pauses}")["due_on"] == "2025-05-22"


def test_due_has_no_date_while_a_pause_is_open() -> None:
    found = answer("--start 2025-03-03 --days 5 --pause 2025-03-05..")
    assert found == {
        "due_on": None,
        "provisional": False,
        "counted": ["2025-03-04", "2025-03-05"],
    }


def test_due_with_no_days_is_the_start_rolled_forward() -> None:
    assert answer("--start 2025-10-01 --days 0") == {
        "due_on": "2025-10-09",
        "provisional": False,
        "counted": [],
    }


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("working_day", "2025-04-14"), ("calendar_day", "2025-03-31"), ("MONTH", "2027-09-01")],
)
def test_due_counts_in_the_unit_it_is_told(unit: str, expected: str) -> None:
    assert answer(f"--start 2025-03-01 --days 30 --unit {unit}")["due_on"] == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("--start 2025-03-03 --days -1", "-1 is negative"),
        ("--start 2025-03-03 --days x", "'x' is not a whole number"),
        ("--start 2025-03-03 --days 1.5", "'1.5' is not a whole number"),
        ("--start 2025-02-30 --days 1", "'2025-02-30' is not a date"),
        ("--start 20250303 --days 1", "'20250303' is not a date"),
        ("--start 2025-W10-1 --days 1", "is not a date"),
        ("--start 2025-03-03 --days 1 --pause 2025-03-05..2025-03-04", "ends before it begins"),
        ("--start 2025-03-03 --days 1 --pause 2025-03-05", "is not a pause"),
        ("--start 2025-03-03 --days 1 --pause ..2025-03-05", "is not a date"),
        ("--start 2025-03-03 --days 1 --pause 2025-03-05...", "is not a date"),
        ("--start 2025-03-03 --days 1 --unit week", "week"),
        ("--start 0001-01-01 --days 1", "no calendar for the year 1"),
        ("--start 2100-01-01 --days 1 --unit month", "no calendar for the year 2100"),
        ("--start 2025-03-03 --days 999999", "no calendar for the year 2100"),
        ("--start 2025-03-03 --days 999999999999 --unit month", "no calendar for the year"),
        ("--start 2025-03-03 --days 999999999999 --unit calendar_day", "no calendar"),
        (f"--start 2025-03-03 --days {'9' * 5000}", "is not a whole number"),
        ("--start 2025-03-03 --days 5 --pause 2025-03-04..9999-12-31", "no calendar"),
        ("--start 2025-03-03", "--days"),
        ("--days 3", "--start"),
    ],
)
def test_due_answers_wrong_usage_with_status_2_and_a_reason(line: str, reason: str) -> None:
    result = run(due, f"{line} --json")
    assert result.exit_code == 2
    assert reason in result.stderr
    assert result.stdout == ""


def test_due_speaks_the_language_of_the_office() -> None:
    line = "--start 2025-09-08 --days 1"
    assert "到期日：2025-09-09（星期二）" in run(due, line, "zh_Hans_CN").stdout
    assert "到期日" in run(due, line, "").stdout
    assert "Due on 2025-09-09 (Tuesday)" in run(due, line, "en").stdout


def test_due_says_in_words_what_is_open_and_what_is_provisional() -> None:
    assert (
        "pause is still open" in run(due, "--start 2025-09-08 --days 1 --pause 2025-09-09..").stdout
    )
    assert "Provisional" in run(due, "--start 2027-01-04 --days 1").stdout
    assert "Nothing counted" in run(due, "--start 2025-09-08 --days 0").stdout


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("uscc", "91350100M000100Y43", "3"),
        ("org", "D2143569-X", "X"),
        ("id", "11010519491231002x", "X"),
        ("certificate", "A12425GABC1234002M", "M"),
        ("certificate", "SC10437150000121", "1"),
    ],
)
def test_a_valid_code_ends_with_status_0(kind: str, value: str, expected: str) -> None:
    result = run(code, f"check {kind} {value} --json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"valid": True, "reason": None, "expected": expected}
    assert result.stderr == ""


def test_an_invalid_code_ends_with_status_1_and_the_reason_in_words() -> None:
    result = run(code, "check uscc 91350100M000100Y4Z --json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "valid": False,
        "reason": "wrong-check-digit",
        "expected": "3",
    }
    assert "wrong check character, 3 expected" in result.stderr


def test_an_invalid_code_prints_nothing_but_its_reason_to_people() -> None:
    result = run(code, "check id 110105194902300020", "zh_Hans_CN")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "出生日期不存在" in result.stderr


def test_a_valid_code_is_called_valid() -> None:
    assert run(code, "check org 12345678-8").stdout == "Valid\n"


def test_an_unknown_kind_of_code_ends_with_status_2() -> None:
    result = run(code, "check passport 1 --json")
    assert result.exit_code == 2
    assert "passport" in result.stderr
    assert result.stdout == ""


def test_every_reason_and_line_has_words_in_both_languages() -> None:
    assert set(REASONS) <= set(WORDS)
    assert all(set(line) == {"zh", "en"} for line in WORDS.values())
