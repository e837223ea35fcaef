"""Reads CSV, by our own column names or by those of an XES-to-CSV export."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from seed.event_log.drafts import Draft, Reading
from seed.event_log.meaning import (
    ACTIVITY,
    CASE,
    CHANNEL,
    DEADLINE,
    END,
    RESOURCE,
    START,
    TIMESTAMP,
)
from seed.event_log.types import Problem, ProblemCode, UnreadableCode, UnreadableLog

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS: Mapping[str, str] = {
    "case": CASE,
    "activity": ACTIVITY,
    "resource": RESOURCE,
    "timestamp": TIMESTAMP,
    "start": START,
    "deadline": DEADLINE,
    "end": END,
    "channel": CHANNEL,
}
REQUIRED_COLUMNS = ("case", "activity", "resource", "timestamp")
_FACTS = {name.casefold(): fact for plain, fact in COLUMNS.items() for name in (plain, fact)}
_LONGEST_LINE = 1 << 20


def read_csv(stream: BinaryIO, reading: Reading) -> None:
    """Read row by row; the rows of a case need not stand together."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rows = csv.reader(_lines(text, reading.file), strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        columns = _columns(header, reading.file)
        _take_rows(rows, header, columns, reading)
    except csv.Error as error:
        raise UnreadableLog(
            UnreadableCode.MALFORMED_CSV, file=reading.file, line=rows.line_num, reason=str(error)
        ) from error


def _take_rows(
    rows: "Reader", header: list[str], columns: Mapping[str, int], reading: Reading
) -> None:
    drafts: dict[str, Draft] = {}
    of_case = [(fact, at) for fact, at in columns.items() if fact.startswith("case:")]
    of_event = [(fact, at) for fact, at in columns.items() if not fact.startswith("case:")]

    def spell(fact: str) -> str:
        return header[columns[fact]]

    for row in rows:
        reading.count()
        line = rows.line_num
        fault = _fault_of(row, header, columns)
        if fault:
            problem = Problem("", None, spell(CASE), "", fault, {"line": line, "cells": len(row)})
            reading.problems.append(problem)
        elif row:
            case_id = row[columns[CASE]].strip()
            if case_id not in drafts:
                drafts[case_id] = reading.draft(case_id, line, spell)
            draft = drafts[case_id]
            for fact, at in of_case:
                if fact != CASE:
                    draft.learn(fact, row[at], line)
            draft.add({fact: row[at] for fact, at in of_event}, line)
    for draft in drafts.values():
        reading.take(draft)


def _fault_of(row: list[str], header: list[str], columns: Mapping[str, int]) -> ProblemCode | None:
    if row and len(row) != len(header):
        # Which cell is missing is unknown, so none of them can be believed.
        return ProblemCode.WRONG_CELL_COUNT
    if row and not row[columns[CASE]].strip():
        return ProblemCode.MISSING_CASE
    return None


def _columns(header: list[str], file: str) -> Mapping[str, int]:
    """Find the place of each fact. Where both names of one are there, the export's own rules:

    programs that prepare a table for export add their columns beside the original ones.
    """
    columns: dict[str, int] = {}
    for at, name in enumerate(header):
        if name and name in header[:at]:
            raise UnreadableLog(UnreadableCode.DUPLICATE_COLUMN, file=file, column=name)
        fact = _FACTS.get(name.casefold(), name)
        if name and (fact not in columns or name.casefold() == fact):
            columns[fact] = at
    missing = [name for name in REQUIRED_COLUMNS if COLUMNS[name] not in columns]
    if missing:
        raise UnreadableLog(UnreadableCode.MISSING_COLUMN, file=file, columns=", ".join(missing))
    return columns


def _lines(text: io.TextIOWrapper, file: str) -> Iterator[str]:
    """The lines of a text, each of bounded length."""
    number = 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise UnreadableLog(
                UnreadableCode.MALFORMED_CSV, file=file, line=number, reason="line too long"
            )
        if "\0" in line:
            # UTF-16 without its mark passes for UTF-8 full of NUL characters.
            raise UnreadableLog(UnreadableCode.WRONG_ENCODING, file=file, reason="NUL character")
        yield line
