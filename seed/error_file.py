"""The errors file of an import, and the words for what an event log can have wrong with it."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from seed.event_log import Problem, ProblemCode, UnreadableCode, UnreadableLog

COLUMNS = ("case", "event", "field", "value", "code", "message")

# A cell that begins so is a formula to a spreadsheet; the full-width forms are, too, in Chinese
# and Japanese editions.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Words(NamedTuple):
    """One message in both languages of the office; facts are named in braces."""

    zh: str
    en: str


PROBLEM_WORDS: Mapping[ProblemCode, Words] = {
    ProblemCode.MISSING_CASE: Words(
        "第 {line} 行没有案件编号，未导入",
        "line {line} names no case; left out",
    ),
    ProblemCode.DUPLICATE_CASE: Words(
        "第 {line} 行的案件编号在文件中已出现过，后一个未导入",
        "line {line}: the file has another case of this name before; this one is left out",
    ),
    ProblemCode.NO_EVENTS: Words(
        "案件没有可用的事件（{left_out} 个事件无法使用），未导入",
        "the case has no usable event ({left_out} could not be used); left out",
    ),
    ProblemCode.MISSING_ACTIVITY: Words(
        "第 {line} 行没有活动名称，该事件未导入",
        "line {line} names no activity; the event is left out",
    ),
    ProblemCode.MISSING_TIMESTAMP: Words(
        "第 {line} 行没有时间，该事件未导入",
        "line {line} has no timestamp; the event is left out",
    ),
    ProblemCode.BAD_TIMESTAMP: Words(
        "第 {line} 行的时间不符合 ISO 8601，该事件未导入",
        "line {line}: the timestamp is not ISO 8601; the event is left out",
    ),
    ProblemCode.BAD_DATE: Words(
        "日期不符合 ISO 8601，该案件未导入",
        "the date is not ISO 8601; the case is left out",
    ),
    ProblemCode.CONFLICTING_VALUE: Words(
        "第 {line} 行的值与同一案件先前的值“{first}”矛盾；日期矛盾的案件未导入",
        "line {line} contradicts the case's earlier value “{first}”; "
        "a case with contradicting dates is left out",
    ),
    ProblemCode.UNKNOWN_CHANNEL: Words(
        "未知的申请渠道；案件已导入，渠道留空",
        "unknown channel; the case is kept without one",
    ),
    ProblemCode.WRONG_CELL_COUNT: Words(
        "第 {line} 行有 {cells} 个单元格，与表头不符，该行未导入",
        "line {line} has {cells} cells, not as many as the header; the row is left out",
    ),
    ProblemCode.TOO_LONG: Words(
        "第 {line} 行的名称超过 {limit} 个字符，该事件或案件未导入",
        "line {line}: a name of more than {limit} characters; the event or case is left out",
    ),
}

UNREADABLE_WORDS: Mapping[UnreadableCode, Words] = {
    UnreadableCode.CANNOT_OPEN: Words(
        "{file}：无法打开文件（{reason}）",
        "{file}: cannot be opened ({reason})",
    ),
    UnreadableCode.UNKNOWN_SUFFIX: Words(
        "{file}：不支持的文件类型，可用 {known}",
        "{file}: not a known kind of file; known are {known}",
    ),
    UnreadableCode.MISTYPED_FILE: Words(
        "{file}：文件内容与扩展名不符（.gz 表示 gzip 压缩文件）",
        "{file}: the content is not what the name says (.gz means compressed with gzip)",
    ),
    UnreadableCode.EMPTY_FILE: Words(
        "{file}：文件是空的",
        "{file}: the file is empty",
    ),
    UnreadableCode.TRUNCATED_FILE: Words(
        "{file}：压缩文件不完整",
        "{file}: the compressed file ends too early",
    ),
    UnreadableCode.DAMAGED_FILE: Words(
        "{file}：压缩文件已损坏（{reason}）",
        "{file}: the compressed file is damaged ({reason})",
    ),
    UnreadableCode.TOO_LARGE: Words(
        "{file}：内容解压后超过 {mebibytes} MiB",
        "{file}: unfolds to more than {mebibytes} MiB",
    ),
    UnreadableCode.TOO_MANY_ENTRIES: Words(
        "{file}：案件和事件超过 {limit} 条，请分成几个文件",
        "{file}: more than {limit} cases and events; divide it into several files",
    ),
    UnreadableCode.WRONG_ENCODING: Words(
        "{file}：不是 UTF-8 编码（{reason}）",
        "{file}: is not UTF-8 ({reason})",
    ),
    UnreadableCode.MALFORMED_XML: Words(
        "{file}：XML 格式错误（{reason}）",
        "{file}: malformed XML ({reason})",
    ),
    UnreadableCode.DOCTYPE_REFUSED: Words(
        "{file}：事件日志不得含有 DOCTYPE 声明",
        "{file}: an event log must not have a DOCTYPE",
    ),
    UnreadableCode.NOT_A_LOG: Words(
        "{file}：不是 XES 事件日志（根元素为 {root}）",
        "{file}: not an XES event log (the root element is {root})",
    ),
    UnreadableCode.MALFORMED_CSV: Words(
        "{file}：第 {line} 行 CSV 格式错误（{reason}）",
        "{file}: malformed CSV in line {line} ({reason})",
    ),
    UnreadableCode.MISSING_COLUMN: Words(
        "{file}：缺少列 {columns}",
        "{file}: missing column: {columns}",
    ),
    UnreadableCode.DUPLICATE_COLUMN: Words(
        "{file}：列 {column} 出现了两次",
        "{file}: the column {column} occurs twice",
    ),
    UnreadableCode.UNKNOWN_ACTIVITY: Words(
        "{file}：日志中没有活动“{activity}”；已有：{known}",
        "{file}: no activity “{activity}” in the log; there are: {known}",
    ),
}


def write_errors(path: Path, problems: Iterable[Problem], locale: str) -> None:
    """Write the problems of an import as CSV that a spreadsheet opens rightly and harmlessly."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for problem in problems:
            writer.writerow([_defused(cell) for cell in _cells(problem, locale)])


def describe_problem(problem: Problem, locale: str) -> str:
    """Say in words what could not be used, and what became of it."""
    return _spoken(PROBLEM_WORDS[problem.code], locale, problem.facts)


def describe_unreadable(error: UnreadableLog, locale: str) -> str:
    """Say in words why nothing of a file was used."""
    return _spoken(UNREADABLE_WORDS[error.code], locale, error.facts)


def _cells(problem: Problem, locale: str) -> tuple[str, ...]:
    event = "" if problem.event is None else str(problem.event)
    message = describe_problem(problem, locale)
    return (problem.case, event, problem.field, problem.value, problem.code.value, message)


def _spoken(words: Words, locale: str, facts: Mapping[str, object]) -> str:
    text = words.zh if locale.lower().startswith("zh") else words.en
    return text.format_map(facts)


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
