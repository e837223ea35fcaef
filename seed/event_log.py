"""Reads an event log (XES 1.0 = IEEE 1849, or CSV) into cases; no database, no web.

What can be used is read; what cannot becomes a :class:`Problem` and the rest is still read. A file
that cannot be trusted as a whole raises :class:`UnreadableLog`, and nothing of it is used.

* An event without a usable activity or timestamp is left out and reported.
* A case is left out and reported when it has no usable event, when its id was used before, or when
  its start, deadline or end is unreadable or said in two ways: a wrong due date is worse than none.
* A value that names a day but no time ("2011-05-03") is that day; it is compared by day, because
  no one knows whether midnight was meant.
* A timestamp without an offset is local time of the log's zone; where the clock was put back and
  the hour came twice, the first is meant.
* Where the activity that closes a case occurs several times, the last one closed it: a case that
  is closed again was open in between.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, BinaryIO, cast
from zoneinfo import ZoneInfo

from lxml import etree

from models.enums import Channel

if TYPE_CHECKING:
    from _csv import Reader

    from _typeshed import WriteableBuffer


class ProblemCode(StrEnum):
    """Why an event, a case or a value could not be used."""

    MISSING_CASE = "missing-case"
    DUPLICATE_CASE = "duplicate-case"
    NO_EVENTS = "no-events"
    MISSING_ACTIVITY = "missing-activity"
    MISSING_TIMESTAMP = "missing-timestamp"
    BAD_TIMESTAMP = "bad-timestamp"
    BAD_DATE = "bad-date"
    CONFLICTING_VALUE = "conflicting-value"
    UNKNOWN_CHANNEL = "unknown-channel"
    WRONG_CELL_COUNT = "wrong-cell-count"


class UnreadableCode(StrEnum):
    """Why nothing of a file is used."""

    CANNOT_OPEN = "cannot-open"
    UNKNOWN_SUFFIX = "unknown-suffix"
    MISTYPED_FILE = "mistyped-file"
    EMPTY_FILE = "empty-file"
    TRUNCATED_FILE = "truncated-file"
    DAMAGED_FILE = "damaged-file"
    TOO_LARGE = "too-large"
    TOO_MANY_ENTRIES = "too-many-entries"
    WRONG_ENCODING = "wrong-encoding"
    MALFORMED_XML = "malformed-xml"
    DOCTYPE_REFUSED = "doctype-refused"
    NOT_A_LOG = "not-a-log"
    MALFORMED_CSV = "malformed-csv"
    MISSING_COLUMN = "missing-column"
    DUPLICATE_COLUMN = "duplicate-column"
    UNKNOWN_ACTIVITY = "unknown-activity"


class UnreadableLog(Exception):  # noqa: N818 - the file is unreadable; nothing went wrong here
    """The file as a whole cannot be used: a code and the facts its message needs."""

    def __init__(self, code: UnreadableCode, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} ({', '.join(f'{name}={fact}' for name, fact in self.facts.items())})"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be used. ``event`` counts from 1 in the file's order of the case."""

    case: str
    event: int | None
    field: str
    value: str
    code: ProblemCode
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in the log's zone and an instant in its own; no time told: the day's first instant."""

    on: date
    at: datetime
    tells_time: bool = True

    def is_before(self, other: "Moment") -> bool:
        """Compare instants; days, when one of the two tells no time."""
        if self.tells_time and other.tells_time:
            return self.at < other.at
        return self.on < other.on


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One thing that was done, and by whom if the log names an officer."""

    activity: str
    resource: str | None
    moment: Moment
    group: str | None = None
    lifecycle: str | None = None
    instance: str | None = None

    @property
    def at(self) -> datetime:
        """The instant, aware, in the zone it was written in."""
        return self.moment.at

    @property
    def on(self) -> date:
        """The day in the log's zone."""
        return self.moment.on


@dataclass(frozen=True, slots=True)
class LoggedCase:
    """One case of a log; events in the order of time, ties in the order of the file.

    ``attributes`` keeps, as written, what the log says of the case beyond its id and its three
    dates: the channel's own word, the planned end, who is responsible.
    """

    case_id: str
    events: tuple[LoggedEvent, ...]
    received: Moment
    due_on: date | None = None
    closed: Moment | None = None
    channel: Channel | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def received_on(self) -> date:
        """The day of receipt in the log's zone."""
        return self.received.on

    @property
    def received_at(self) -> datetime | None:
        """The instant of receipt, if the log tells the time."""
        return self.received.at if self.received.tells_time else None

    @property
    def closed_on(self) -> date | None:
        """The day of closing in the log's zone; None while the case is open."""
        return self.closed.on if self.closed else None

    @property
    def closed_at(self) -> datetime | None:
        """The instant of closing, if the log tells the time."""
        return self.closed.at if self.closed and self.closed.tells_time else None

    @property
    def is_flagged(self) -> bool:
        """The case ends before it starts, by the instant."""
        return self.closed is not None and self.closed.is_before(self.received)

    @property
    def is_late(self) -> bool:
        """Decided after the due date; on the day itself is in time, at any hour."""
        return self.closed is not None and self.due_on is not None and self.closed.on > self.due_on


@dataclass(frozen=True, slots=True)
class EventLog:
    """A log as it was read. ``unusable`` counts the cases left out; ``problems`` tell why.

    ``name`` is the file's name without its suffixes, ``title`` what an XES log calls itself.
    ``activities`` stand in their typical order within a case.
    """

    name: str
    title: str | None
    activities: tuple[str, ...]
    cases: tuple[LoggedCase, ...]
    problems: tuple[Problem, ...]
    unusable: int


def read_log(path: Path, timezone: ZoneInfo, closed_by: str | None = None) -> EventLog:
    """Read a .xes or .csv file, plain or .gz; raise UnreadableLog when nothing of it is usable."""
    name, suffix, is_zipped = _split_name(path)
    reading = _Reading(path, timezone, closed_by)
    with _explained(path), _opened(path, is_zipped) as stream:
        _READERS[suffix](stream, reading)
    activities = _in_typical_order(reading.cases)
    if closed_by is not None and activities and closed_by not in activities:
        # A typing error here would silently leave every case open.
        raise UnreadableLog(
            UnreadableCode.UNKNOWN_ACTIVITY,
            file=path.name,
            activity=closed_by,
            known="; ".join(activities),
        )
    return EventLog(
        name=name,
        title=reading.title,
        activities=activities,
        cases=tuple(reading.cases),
        problems=tuple(reading.problems),
        unusable=reading.unusable,
    )


# --- what a value means -------------------------------------------------------------------------

# The names of an XES-to-CSV export serve as the names of all facts, whatever the file's format.
CASE, ACTIVITY, RESOURCE = "case:concept:name", "concept:name", "org:resource"
TIMESTAMP, CHANNEL = "time:timestamp", "case:channel"
START, DEADLINE, END = "case:startdate", "case:deadline", "case:enddate"
DATES = (START, DEADLINE, END)

CHANNELS: Mapping[str, Channel] = {
    **{channel.casefold(): channel for channel in Channel},
    "internet": Channel.ONLINE,
    "desk": Channel.WINDOW,
    "e-mail": Channel.EMAIL,
    "intern": Channel.INTERNAL,
}
# What exporting programs write where they have no value.
_NOBODY = frozenset({"", "empty", "unknown"})
# fromisoformat takes any character between date and time, and so reads the offset of a bare
# date ("2011-05-03+02:00") as its time of day.
_DATE_AND_TIME = re.compile(r"[0-9W-]{7,10}[T ]", re.IGNORECASE)
_LONGEST_DATE = len("2011-05-03")


def _moment(text: str, zone: ZoneInfo) -> Moment:
    """Read an ISO 8601 date or date and time; ValueError or OverflowError when it is none."""
    if len(text) <= _LONGEST_DATE:
        day = date.fromisoformat(text)
        return Moment(day, _fixed(datetime.combine(day, time.min), zone), tells_time=False)
    if not _DATE_AND_TIME.match(text):
        raise ValueError(text)
    at = datetime.fromisoformat(text)
    at = at if at.tzinfo else _fixed(at, zone)
    return Moment(at.astimezone(zone).date(), at)


def _fixed(local: datetime, zone: ZoneInfo) -> datetime:
    """Give local time its offset: two instants that share a ZoneInfo compare by wall clock."""
    offset = local.replace(tzinfo=zone).utcoffset()
    return local.replace(tzinfo=timezone(cast(timedelta, offset)))


def _named(text: str) -> str | None:
    return None if text.casefold() in _NOBODY else text


def _in_typical_order(cases: list[LoggedCase]) -> tuple[str, ...]:
    """Order activities by the median of their first place in a case, then by first appearance."""
    places: dict[str, list[int]] = {}
    for case in cases:
        names = dict.fromkeys(event.activity for event in case.events)
        for place, name in enumerate(names):
            places.setdefault(name, []).append(place)
    return tuple(sorted(places, key=lambda name: median(places[name])))


class _Draft:
    """A case while it is read. ``spell`` turns the name of a fact into the file's own."""

    def __init__(
        self, case_id: str, line: int, zone: ZoneInfo, spell: Callable[[str], str]
    ) -> None:
        self.case_id = case_id
        self.line = line
        self.zone = zone
        self.spell = spell
        self.facts: dict[str, str] = {}
        self.events: list[LoggedEvent] = []
        self.event_count = 0
        self.contradictions: set[tuple[str, str]] = set()
        self.problems: list[Problem] = []

    def learn(self, key: str, text: str, line: int) -> None:
        """Take a fact of the case; the first value stands, a second one is reported once."""
        value = text.strip()
        if not value:
            return
        known = self.facts.setdefault(key, value)
        is_new = value != known and (key, value) not in self.contradictions
        if is_new and key in (*DATES, CHANNEL):
            self.contradictions.add((key, value))
            self.report(ProblemCode.CONFLICTING_VALUE, key, value, line=line, first=known)

    def add(self, facts: Mapping[str, str], line: int) -> None:
        """Take an event, or report why it is left out."""
        self.event_count += 1
        number = self.event_count
        read = {key: text.strip() for key, text in facts.items()}
        activity, timestamp = read.get(ACTIVITY, ""), read.get(TIMESTAMP, "")
        if not activity:
            self.report(ProblemCode.MISSING_ACTIVITY, ACTIVITY, "", number, line=line)
            return
        if not timestamp:
            self.report(ProblemCode.MISSING_TIMESTAMP, TIMESTAMP, "", number, line=line)
            return
        try:
            moment = _moment(timestamp, self.zone)
        except (ValueError, OverflowError):
            self.report(ProblemCode.BAD_TIMESTAMP, TIMESTAMP, timestamp, number, line=line)
            return
        self.events.append(
            LoggedEvent(
                activity=activity,
                resource=_named(read.get(RESOURCE, "")),
                moment=moment,
                group=_named(read.get("org:group", "")),
                lifecycle=read.get("lifecycle:transition") or None,
                instance=read.get("concept:instance") or None,
            )
        )

    def judged(self, closed_by: str | None) -> LoggedCase | None:
        """Make the case, or report why there is none."""
        start, deadline, end = (self._date(key) for key in DATES)
        channel = self._channel()
        if not self.events:
            self.report(ProblemCode.NO_EVENTS, CASE, self.case_id, left_out=self.event_count)
        if not self._is_usable():
            return None
        events = tuple(sorted(self.events, key=lambda event: event.at))
        closings = [event.moment for event in events if event.activity == closed_by]
        return LoggedCase(
            case_id=self.case_id,
            events=events,
            received=start or events[0].moment,
            due_on=deadline.on if deadline else None,
            closed=end or (closings[-1] if closings else None),
            channel=channel,
            attributes={
                key.removeprefix("case:"): value
                for key, value in self.facts.items()
                if key not in DATES
            },
        )

    def report(
        self,
        code: ProblemCode,
        key: str,
        value: str,
        event: int | None = None,
        line: int | None = None,
        **facts: object,
    ) -> None:
        """Write a problem down under the name that the file gives the fact."""
        where = {"line": self.line if line is None else line, **facts}
        self.problems.append(Problem(self.case_id, event, self.spell(key), value, code, where))

    def _date(self, key: str) -> Moment | None:
        value = self.facts.get(key)
        if value is None:
            return None
        try:
            return _moment(value, self.zone)
        except (ValueError, OverflowError):
            self.report(ProblemCode.BAD_DATE, key, value)
            return None

    def _channel(self) -> Channel | None:
        value = self.facts.get(CHANNEL, "")
        channel = CHANNELS.get(value.casefold())
        if channel is None and _named(value):
            self.report(ProblemCode.UNKNOWN_CHANNEL, CHANNEL, value)
        return channel

    def _is_usable(self) -> bool:
        has_doubtful_date = any(key in DATES for key, _ in self.contradictions) or any(
            problem.code is ProblemCode.BAD_DATE for problem in self.problems
        )
        return bool(self.events) and not has_doubtful_date


# The largest published logs have 1.6 million events; a log is held in memory.
MOST_ENTRIES = 2_000_000


class _Reading:
    """What has been read of a file so far."""

    def __init__(self, path: Path, zone: ZoneInfo, closed_by: str | None) -> None:
        self.file = path.name
        self.zone = zone
        self.closed_by = closed_by
        self.title: str | None = None
        self.cases: list[LoggedCase] = []
        self.problems: list[Problem] = []
        self.unusable = 0
        self._entries = 0
        self._seen: set[str] = set()

    def count(self, entries: int = 1) -> None:
        """Count cases and events or rows, good or bad; refuse more than a machine can hold."""
        self._entries += entries
        if self._entries > MOST_ENTRIES:
            raise UnreadableLog(UnreadableCode.TOO_MANY_ENTRIES, file=self.file, limit=MOST_ENTRIES)

    def draft(self, case_id: str, line: int, spell: Callable[[str], str]) -> _Draft:
        """Begin a case."""
        return _Draft(case_id, line, self.zone, spell)

    def take(self, draft: _Draft) -> None:
        """Judge a case that was read to its end."""
        doubt = self._doubt_about_the_name(draft.case_id)
        if doubt:
            draft.problems.clear()
            draft.report(doubt, CASE, draft.case_id)
        self._seen.add(draft.case_id)
        case = None if doubt else draft.judged(self.closed_by)
        self.problems.extend(draft.problems)
        if case:
            self.cases.append(case)
        else:
            self.unusable += 1

    def _doubt_about_the_name(self, case_id: str) -> ProblemCode | None:
        if not case_id:
            return ProblemCode.MISSING_CASE
        return ProblemCode.DUPLICATE_CASE if case_id in self._seen else None


# --- XES ----------------------------------------------------------------------------------------


def _read_xes(stream: BinaryIO, reading: _Reading) -> None:
    """Read trace by trace and forget each one when it has been taken.

    The log's ``global`` values are declarations (1970-01-01, "UNKNOWN"), not facts of a trace
    that lacks the attribute. Attributes nested in other attributes are not the case's own.
    """
    walk = etree.iterparse(
        stream,
        events=("start", "end"),
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    depth = 0
    for step, element in walk:
        if step == "start":
            depth += 1
            if depth == 1:
                _check_root(element, reading)
            continue
        depth -= 1
        if depth == 1:
            _take_part(element, reading)
            _forget(element)


def _check_root(root: etree._Element, reading: _Reading) -> None:
    """Refuse another vocabulary, and any DOCTYPE: XES has none, and entities begin there."""
    if root.getroottree().docinfo.doctype:
        raise UnreadableLog(UnreadableCode.DOCTYPE_REFUSED, file=reading.file)
    if _tag(root) != "log":
        raise UnreadableLog(UnreadableCode.NOT_A_LOG, file=reading.file, root=_tag(root))


def _take_part(element: etree._Element, reading: _Reading) -> None:
    if _tag(element) == "trace":
        _take_trace(element, reading)
    elif element.get("key") == ACTIVITY:
        reading.title = (element.get("value") or "").strip() or None


def _take_trace(trace: etree._Element, reading: _Reading) -> None:
    facts = [(f"case:{key}", text) for key, text in _attributes(trace)]
    case_id = next((text.strip() for key, text in facts if key == CASE), "")
    reading.count(len(trace) + 1)
    line = trace.sourceline or 0
    draft = reading.draft(case_id, line, lambda key: key.removeprefix("case:"))
    for key, text in facts:
        if key != CASE:
            draft.learn(key, text, line)
    for part in trace:
        if _tag(part) == "event":
            draft.add(dict(_attributes(part)), part.sourceline or 0)
    reading.take(draft)


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for part in element:
        key, value = part.get("key"), part.get("value")
        if key is not None and value is not None:
            yield key, value


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


# --- CSV ----------------------------------------------------------------------------------------

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


def _read_csv(stream: BinaryIO, reading: _Reading) -> None:
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
    rows: "Reader", header: list[str], columns: Mapping[str, int], reading: _Reading
) -> None:
    drafts: dict[str, _Draft] = {}
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


# --- files --------------------------------------------------------------------------------------

_READERS: Mapping[str, Callable[[BinaryIO, _Reading], None]] = {
    ".xes": _read_xes,
    ".csv": _read_csv,
}
_GZIP_MAGIC = b"\x1f\x8b"
_MEBIBYTE = 1 << 20

# Told apart from the particular to the general: a damaged gzip file is an OSError, too.
_FAILURES: tuple[tuple[type[Exception], UnreadableCode], ...] = (
    (UnicodeDecodeError, UnreadableCode.WRONG_ENCODING),
    (etree.LxmlError, UnreadableCode.MALFORMED_XML),
    (EOFError, UnreadableCode.TRUNCATED_FILE),
    (zlib.error, UnreadableCode.DAMAGED_FILE),
    (gzip.BadGzipFile, UnreadableCode.DAMAGED_FILE),
    (OSError, UnreadableCode.CANNOT_OPEN),
)


def _split_name(path: Path) -> tuple[str, str, bool]:
    """The name without suffixes, the suffix that tells the format, and whether it is zipped."""
    is_zipped = path.suffix.lower() == ".gz"
    inner = Path(path.stem) if is_zipped else Path(path.name)
    suffix = inner.suffix.lower()
    if suffix not in _READERS:
        raise UnreadableLog(
            UnreadableCode.UNKNOWN_SUFFIX, file=path.name, known=".xes, .xes.gz, .csv, .csv.gz"
        )
    return inner.stem, suffix, is_zipped


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Give every way of failing to read a file its code."""
    try:
        yield
    except tuple(kind for kind, _ in _FAILURES) as error:
        code = next(code for kind, code in _FAILURES if isinstance(error, kind))
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableLog(code, file=path.name, reason=reason) from error


@contextmanager
def _opened(path: Path, is_zipped: bool) -> Iterator[BinaryIO]:
    """Open a file as its name says, bounded in what it may unfold to."""
    with path.open("rb") as raw:
        magic = raw.peek(2)[:2]
        if not magic:
            raise UnreadableLog(UnreadableCode.EMPTY_FILE, file=path.name)
        if (magic == _GZIP_MAGIC) != is_zipped:
            raise UnreadableLog(UnreadableCode.MISTYPED_FILE, file=path.name)
        source = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_zipped else raw
        bounded = io.BufferedReader(_Bounded(source, path))
        if not bounded.peek(1):
            raise UnreadableLog(UnreadableCode.EMPTY_FILE, file=path.name)
        yield cast(BinaryIO, bounded)


class _Bounded(io.RawIOBase):
    """A stream that ends in an error before a small file fills the machine (a gzip bomb).

    Real logs shrink to a twentieth or a fortieth.
    """

    def __init__(self, source: BinaryIO, path: Path) -> None:
        self.source = source
        self.file = path.name
        by_ratio = max(64 * _MEBIBYTE, 100 * path.stat().st_size)
        self.limit = min(1024 * _MEBIBYTE, by_ratio)
        self.left = self.limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        chunk = self.source.read(len(view))
        self.left -= len(chunk)
        if self.left < 0:
            mebibytes = self.limit // _MEBIBYTE
            raise UnreadableLog(UnreadableCode.TOO_LARGE, file=self.file, mebibytes=mebibytes)
        view[: len(chunk)] = chunk
        return len(chunk)
