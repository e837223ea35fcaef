"""The errors file: its columns, its words, and no formula in it."""

import csv
import string
from pathlib import Path

import pytest

from seed.error_file import (
    COLUMNS,
    PROBLEM_WORDS,
    UNREADABLE_WORDS,
    Words,
    describe_problem,
    describe_unreadable,
    write_errors,
)
from seed.event_log import Problem, ProblemCode, UnreadableCode, UnreadableLog

BAD = Problem("A-1", 2, "timestamp", "soon", ProblemCode.BAD_TIMESTAMP, {"line": 7})


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_errors_file_has_its_columns_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "errors.csv"
    write_errors(path, [BAD], "en")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfcase,event,field,value,code,message\r\n")
    header, row = rows_of(path)
    assert header == list(COLUMNS)
    assert row[:5] == ["A-1", "2", "timestamp", "soon", "bad-timestamp"]
    assert row[5] == "line 7: the timestamp is not ISO 8601; the event is left out"


def test_errors_file_without_problems_has_its_header(tmp_path: Path) -> None:
    write_errors(tmp_path / "errors.csv", [], "zh_Hans_CN")
    assert rows_of(tmp_path / "errors.csv") == [list(COLUMNS)]


def test_problem_of_a_whole_case_leaves_the_event_blank(tmp_path: Path) -> None:
    whole = Problem("A-1", None, "case", "A-1", ProblemCode.NO_EVENTS, {"line": 7, "left_out": 0})
    write_errors(tmp_path / "errors.csv", [whole], "zh_Hans_CN")
    assert rows_of(tmp_path / "errors.csv")[1][1] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
@pytest.mark.parametrize("column", [0, 2, 3])
def test_cell_that_a_spreadsheet_would_run_is_defused(
    tmp_path: Path, start: str, column: int
) -> None:
    evil = f'{start}HYPERLINK("http://127.0.0.1","x")'
    cells = ["A-1", "timestamp", "soon"]
    cells[{0: 0, 2: 1, 3: 2}[column]] = evil
    problem = Problem(cells[0], 2, cells[1], cells[2], ProblemCode.BAD_TIMESTAMP, {"line": 7})
    write_errors(tmp_path / "errors.csv", [problem], "en")
    assert rows_of(tmp_path / "errors.csv")[1][column] == f"'{evil}"


@pytest.mark.parametrize(
    ("locale", "word"),
    [("zh_Hans_CN", "该事件未导入"), ("zh", "该事件未导入"), ("en_GB", "left out")],
)
def test_words_follow_the_locale(locale: str, word: str) -> None:
    assert word in describe_problem(BAD, locale)


def test_braces_in_a_fact_are_plain_text() -> None:
    error = UnreadableLog(UnreadableCode.EMPTY_FILE, file="{line}.csv")
    assert describe_unreadable(error, "en") == "{line}.csv: the file is empty"


def test_every_code_has_words() -> None:
    assert set(PROBLEM_WORDS) == set(ProblemCode)
    assert set(UNREADABLE_WORDS) == set(UnreadableCode)


@pytest.mark.parametrize("words", [*PROBLEM_WORDS.values(), *UNREADABLE_WORDS.values()])
def test_both_languages_name_the_same_facts(words: Words) -> None:
    named = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in words]
    assert named[0] == named[1]
