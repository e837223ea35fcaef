"""Reading an event log: what is taken, what is reported, what is refused."""

import csv
import gzip
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from models.enums import Channel
from seed.event_log import (
    EventLog,
    LoggedCase,
    ProblemCode,
    UnreadableCode,
    UnreadableLog,
    drafts,
    read_log,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SHANGHAI = ZoneInfo("Asia/Shanghai")
REAL_LOG = Path(__file__).parents[3] / "shared/data/receipt.xes.gz"

PLAIN = ("case", "activity", "resource", "timestamp", "start", "deadline", "end", "channel")
EXPORT = (
    "case:concept:name",
    "concept:name",
    "org:resource",
    "time:timestamp",
    "case:startdate",
    "case:deadline",
    "case:enddate",
    "case:channel",
)
CASE_KEYS = ("startdate", "deadline", "enddate", "channel")
EVENT_KEYS = ("concept:name", "org:resource", "time:timestamp")


class Trace(NamedTuple):
    """A case as a test writes it: its id, case attributes, and rows of event attributes."""

    case_id: str
    attributes: dict[str, str]
    events: Sequence[dict[str, str]]


def event(activity: str, resource: str, timestamp: str) -> dict[str, str]:
    return dict(zip(EVENT_KEYS, (activity, resource, timestamp), strict=True))


def xes_of(traces: Iterable[Trace], title: str = "") -> bytes:
    """A log with placeholders in `global`, as real ones have them."""
    log = etree.Element("{http://www.xes-standard.org/}log", {"xes.version": "1.0"})
    declared = etree.SubElement(log, "{http://www.xes-standard.org/}global")
    etree.SubElement(declared, "date", key="enddate", value="1970-01-01T00:00:00+01:00")
    if title:
        etree.SubElement(log, "string", key="concept:name", value=title)
    for trace in traces:
        node = etree.SubElement(log, "{http://www.xes-standard.org/}trace")
        if trace.case_id:
            etree.SubElement(node, "string", key="concept:name", value=trace.case_id)
        for key, value in trace.attributes.items():
            etree.SubElement(node, "string", key=key, value=value)
        for attributes in trace.events:
            inner = etree.SubElement(node, "event")
            for key, value in attributes.items():
                etree.SubElement(inner, "string", key=key, value=value)
    return etree.tostring(log, xml_declaration=True, encoding="UTF-8")


def csv_of(traces: Iterable[Trace], names: Sequence[str] = PLAIN) -> bytes:
    """The same log as an export writes it: case attributes again in every row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    traces = list(traces)
    more_of_case = {k for t in traces for k in t.attributes if k not in CASE_KEYS}
    more_of_event = {k for t in traces for e in t.events for k in e if k not in EVENT_KEYS}
    extras = [*sorted(more_of_case), *sorted(more_of_event)]
    writer.writerow([*names, *(f"case:{k}" for k in sorted(more_of_case)), *sorted(more_of_event)])
    for trace in traces:
        for attributes in trace.events:
            row = [trace.case_id, *(attributes.get(key, "") for key in EVENT_KEYS)]
            row += [trace.attributes.get(key, "") for key in CASE_KEYS]
            row += [attributes.get(k) or trace.attributes.get(k, "") for k in extras]
            writer.writerow(row)
    return text.getvalue().encode()


Read = Callable[..., EventLog]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file of the given name and read it."""

    def write_and_read(
        name: str, content: bytes | str, zone: ZoneInfo = AMSTERDAM, closed_by: str | None = None
    ) -> EventLog:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_log(path, zone, closed_by)

    return write_and_read


def only_case(log: EventLog) -> LoggedCase:
    assert log.problems == ()
    (case,) = log.cases
    return case


def codes(log: EventLog) -> list[ProblemCode]:
    return [problem.code for problem in log.problems]


ONE = Trace(
    "A-1",
    {
        "startdate": "2026-01-05T09:00:00+01:00",
        "deadline": "2026-01-20T00:00:00+01:00",
        "enddate": "2026-01-12T17:00:00+01:00",
        "channel": "Desk",
        "responsible": "Li",
    },
    [
        event("Check", "Li", "2026-01-06T10:00:00+01:00"),
        event("Receive", "Wang", "2026-01-05T09:30:00+01:00"),
    ],
)


# --- one small case ---------------------------------------------------------------------------

EVERY_FORM = {
    "log.xes": xes_of([ONE]),
    "log.XES": xes_of([ONE]),
    "log.xes.gz": gzip.compress(xes_of([ONE])),
    "log.csv": csv_of([ONE]),
    "log.csv.gz": gzip.compress(csv_of([ONE])),
    "export.csv": csv_of([ONE], EXPORT),
    "bom.csv": b"\xef\xbb\xbf" + csv_of([ONE]),
    "bom.xes": b"\xef\xbb\xbf" + xes_of([ONE]),
}


@pytest.mark.parametrize("name", EVERY_FORM)
def test_every_form_of_file_gives_the_same_case(read: Read, name: str) -> None:
    case = only_case(read(name, EVERY_FORM[name]))
    assert case.case_id == "A-1"
    assert [event.activity for event in case.events] == ["Receive", "Check"]
    assert [event.resource for event in case.events] == ["Wang", "Li"]
    assert case.received_on == date(2026, 1, 5)
    assert case.due_on == date(2026, 1, 20)
    assert case.closed_on == date(2026, 1, 12)
    assert case.channel is Channel.WINDOW
    assert case.attributes == {"channel": "Desk", "responsible": "Li"}
    assert not case.is_flagged
    assert not case.is_late


def test_xes_without_its_namespace_is_read_too(read: Read) -> None:
    log = xes_of([ONE]).replace(b"http://www.xes-standard.org/", b"urn:other")
    assert only_case(read("a.xes", log)).case_id == "A-1"


def test_log_keeps_its_file_name_and_its_title(read: Read) -> None:
    log = read("receipt.xes", xes_of([ONE], title=" Permits "))
    assert (log.name, log.title) == ("receipt", "Permits")
    assert read("receipt.v2.csv", csv_of([ONE])).name == "receipt.v2"


def test_events_of_one_instant_keep_the_order_of_the_file(read: Read) -> None:
    same = "2026-01-05T10:00:00Z"
    events = [event(name, "Li", same) for name in ("Z", "A", "M")]
    case = only_case(read("a.csv", csv_of([Trace("1", {}, events)])))
    assert [event.activity for event in case.events] == ["Z", "A", "M"]


def test_rows_of_a_case_need_not_stand_together(read: Read) -> None:
    log = read(
        "a.csv",
        "case,activity,resource,timestamp\n"
        "1,A,Li,2026-01-05T10:00:00Z\n"
        "2,A,Li,2026-01-05T11:00:00Z\n"
        "\n"
        "1,B,Li,2026-01-05T12:00:00Z\n",
    )
    assert [(case.case_id, len(case.events)) for case in log.cases] == [("1", 2), ("2", 1)]
    assert log.problems == ()


def test_activities_stand_in_their_typical_order(read: Read) -> None:
    orders = ["ABC", "ABC", "CAB", "ABDC"]
    traces = [
        Trace(
            str(number),
            {},
            [event(name, "Li", f"2026-01-0{day + 1}") for day, name in enumerate(order)],
        )
        for number, order in enumerate(orders)
    ]
    assert read("a.xes", xes_of(traces)).activities == ("A", "B", "C", "D")


def test_original_columns_beside_export_columns_are_passed_over(read: Read) -> None:
    log = read(
        "a.csv",
        ",case,timestamp,case:concept:name,concept:name,org:resource,time:timestamp\n"
        "0,x,5 Jan,A-1,Check,Li,2026-01-05T10:00:00Z\n",
    )
    assert only_case(log).case_id == "A-1"


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("Internet", Channel.ONLINE),
        ("Desk", Channel.WINDOW),
        ("Post", Channel.POST),
        ("e-mail", Channel.EMAIL),
        ("Intern", Channel.INTERNAL),
        ("online", Channel.ONLINE),
        ("", None),
    ],
)
def test_channel_words_become_channels(read: Read, word: str, channel: Channel | None) -> None:
    case = only_case(read("a.csv", csv_of([ONE._replace(attributes={"channel": word})])))
    assert case.channel is channel


def test_unknown_channel_is_kept_as_written_and_reported(read: Read) -> None:
    log = read("a.xes", xes_of([ONE._replace(attributes={"channel": "Pigeon"})]))
    assert codes(log) == [ProblemCode.UNKNOWN_CHANNEL]
    assert log.cases[0].channel is None
    assert log.cases[0].attributes["channel"] == "Pigeon"
    assert log.unusable == 0


@pytest.mark.parametrize("word", ["", "UNKNOWN", "EMPTY"])
def test_placeholder_names_no_officer(read: Read, word: str) -> None:
    events = [event("Check", word, "2026-01-05T10:00:00Z")]
    assert only_case(read("a.xes", xes_of([Trace("1", {}, events)]))).events[0].resource is None


# --- dates and zones --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Kiritimati", date(2026, 1, 2)),
        ("Asia/Shanghai", date(2026, 1, 1)),
        ("Pacific/Pago_Pago", date(2025, 12, 31)),
    ],
)
def test_date_is_taken_in_the_zone_of_the_log(read: Read, zone: str, day: date) -> None:
    instant = "2026-01-01T10:30:00+00:00"
    trace = Trace("1", dict.fromkeys(CASE_KEYS[:3], instant), [event("Check", "Li", instant)])
    case = only_case(read("a.xes", xes_of([trace]), ZoneInfo(zone)))
    assert {case.received_on, case.due_on, case.closed_on, case.events[0].on} == {day}


def test_instant_keeps_the_zone_it_was_written_in(read: Read) -> None:
    written = "2026-01-05T10:00:00.250+09:00"
    case = only_case(
        read("a.csv", csv_of([Trace("1", {"startdate": written}, [event("A", "Li", written)])]))
    )
    assert case.received_at is not None
    assert case.received_at.isoformat() == "2026-01-05T10:00:00.250000+09:00"
    assert case.events[0].at.isoformat() == "2026-01-05T10:00:00.250000+09:00"


def test_timestamp_without_offset_is_local_to_the_log(read: Read) -> None:
    events = [event("A", "Li", "2026-01-05 00:30:00")]
    case = only_case(read("a.csv", csv_of([Trace("1", {}, events)]), SHANGHAI))
    assert case.events[0].at == datetime.fromisoformat("2026-01-04T16:30:00+00:00")
    assert case.received_on == date(2026, 1, 5)
    assert str(case.events[0].at.tzinfo) == "UTC+08:00", "fixed, so that instants compare"


def test_hour_that_comes_twice_is_ordered_by_the_instant(read: Read) -> None:
    """02:10 without offset is the first 02:10 (summer time); 02:30+01:00 is in the second."""
    events = [
        event("second", "Li", "2025-10-26T02:05:00+01:00"),
        event("first", "Li", "2025-10-26T02:10:00"),
    ]
    case = only_case(read("a.csv", csv_of([Trace("1", {}, events)])))
    assert [event.activity for event in case.events] == ["first", "second"]


def test_day_without_time_is_that_day(read: Read) -> None:
    dates = {"startdate": "2026-01-05T09:00:00", "deadline": "2026-01-09", "enddate": "2026-01-05"}
    events = [event("A", "Li", "2026-01-05T10:00:00")]
    case = only_case(read("a.csv", csv_of([Trace("1", dates, events)])))
    assert (case.due_on, case.closed_on) == (date(2026, 1, 9), date(2026, 1, 5))
    assert not case.is_flagged, "the end of a day is not its first minute"


def test_end_before_start_is_kept_and_flagged_by_the_instant(read: Read) -> None:
    dates = {"startdate": "2026-01-05T09:00:00+01:00", "enddate": "2026-01-05T08:59:59+01:00"}
    case = only_case(read("a.xes", xes_of([ONE._replace(attributes=dates)])))
    assert case.is_flagged


def test_decided_on_the_due_day_is_in_time_at_any_hour(read: Read) -> None:
    dates = {"deadline": "2026-01-05T00:00:00+01:00", "enddate": "2026-01-05T23:00:00+01:00"}
    case = only_case(read("a.xes", xes_of([ONE._replace(attributes=dates)])))
    assert not case.is_late


def test_case_without_dates_starts_with_its_first_event_and_is_open(read: Read) -> None:
    case = only_case(read("a.xes", xes_of([ONE._replace(attributes={})])))
    assert case.received_at == datetime.fromisoformat("2026-01-05T09:30:00+01:00")
    assert (case.due_on, case.closed_on, case.channel) == (None, None, None)


# --- the closing activity ---------------------------------------------------------------------

REOPENED = [
    event("Close", "Li", "2026-01-06T10:00:00Z"),
    event("Receive", "Li", "2026-01-05T10:00:00Z"),
    event("Close", "Li", "2026-01-09T10:00:00Z"),
    event("File", "Li", "2026-01-10T10:00:00Z"),
]


def test_last_closing_activity_closes_a_case_without_end(read: Read) -> None:
    log = read("a.csv", csv_of([Trace("1", {}, REOPENED)]), closed_by="Close")
    assert only_case(log).closed_on == date(2026, 1, 9)


def test_end_attribute_outranks_the_closing_activity(read: Read) -> None:
    dates = {"enddate": "2026-01-07"}
    log = read("a.csv", csv_of([Trace("1", dates, REOPENED)]), closed_by="Close")
    assert only_case(log).closed_on == date(2026, 1, 7)


def test_case_without_the_closing_activity_is_open(read: Read) -> None:
    log = read("a.csv", csv_of([Trace("1", {}, REOPENED), ONE]), closed_by="File")
    assert log.cases[0].closed_on == date(2026, 1, 10)
    log = read(
        "b.csv", csv_of([Trace("1", {}, REOPENED[1:2]), Trace("2", {}, REOPENED)]), closed_by="File"
    )
    assert log.cases[0].closed_on is None


def test_closing_activity_that_the_log_lacks_is_refused(read: Read) -> None:
    with pytest.raises(UnreadableLog) as refusal:
        read("a.csv", csv_of([ONE]), closed_by="Clsoe")
    assert refusal.value.code == UnreadableCode.UNKNOWN_ACTIVITY
    assert refusal.value.facts["known"] == "Receive; Check"


# --- what is reported, while the rest is read -------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["soon", "2026-02-30T10:00:00Z", "2026-01-05T25:00:00Z", "05/01/2026 10:00", "1767607200",
     "0001-01-01T00:00:00+14:00", "2026-01-05+01:00"],
)  # fmt: skip
@pytest.mark.parametrize(("suffix", "form"), [("xes", xes_of), ("csv", csv_of)])
def test_event_with_a_bad_timestamp_is_left_out(
    read: Read, suffix: str, form: Callable[..., bytes], value: str
) -> None:
    bad = ONE._replace(events=[ONE.events[0], event("Receive", "Wang", value)])
    log = read(f"a.{suffix}", form([bad]))
    (problem,) = log.problems
    assert (problem.case, problem.event, problem.value) == ("A-1", 2, value)
    assert problem.code is ProblemCode.BAD_TIMESTAMP
    assert problem.field == {"xes": "time:timestamp", "csv": "timestamp"}[suffix]
    assert [event.activity for event in log.cases[0].events] == ["Check"]
    assert log.unusable == 0


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (event("", "Li", "2026-01-05"), ProblemCode.MISSING_ACTIVITY),
        (event("Check", "Li", " "), ProblemCode.MISSING_TIMESTAMP),
    ],
)
def test_event_without_name_or_time_is_left_out(
    read: Read, bad: dict[str, str], code: ProblemCode
) -> None:
    log = read("a.csv", csv_of([ONE._replace(events=[bad, *ONE.events])], EXPORT))
    assert [(problem.code, problem.event) for problem in log.problems] == [(code, 1)]
    assert len(log.cases[0].events) == 2


@pytest.mark.parametrize("key", CASE_KEYS[:3])
@pytest.mark.parametrize(("suffix", "form"), [("xes", xes_of), ("csv", csv_of)])
def test_case_with_an_unreadable_date_is_left_out(
    read: Read, suffix: str, form: Callable[..., bytes], key: str
) -> None:
    """A wrong due date is worse than none."""
    bad = ONE._replace(case_id="bad", attributes={**ONE.attributes, key: "2026-13-01"})
    log = read(f"a.{suffix}", form([bad, ONE]))
    assert [case.case_id for case in log.cases] == ["A-1"]
    (problem,) = log.problems
    assert (problem.case, problem.event, problem.value) == ("bad", None, "2026-13-01")
    assert problem.code is ProblemCode.BAD_DATE
    assert log.unusable == 1


def test_case_whose_rows_contradict_in_a_date_is_left_out_and_reported_once(read: Read) -> None:
    log = read(
        "a.csv",
        "case,activity,resource,timestamp,deadline,channel\n"
        "1,A,Li,2026-01-05,2026-02-01,Desk\n"
        "1,B,Li,2026-01-06,2026-02-02,Desk\n"
        "1,C,Li,2026-01-07,2026-02-02,\n"
        "2,A,Li,2026-01-05,,Desk\n"
        "2,B,Li,2026-01-05,2026-02-01,Post\n",
    )
    assert [(p.case, p.field, p.value, p.facts["line"]) for p in log.problems] == [
        ("1", "deadline", "2026-02-02", 3),
        ("2", "channel", "Post", 6),
    ]
    assert set(codes(log)) == {ProblemCode.CONFLICTING_VALUE}
    (case,) = log.cases
    assert (case.case_id, case.channel, case.due_on) == ("2", Channel.WINDOW, date(2026, 2, 1))
    assert log.unusable == 1


def test_case_without_usable_events_is_left_out(read: Read) -> None:
    empty = Trace("E-1", ONE.attributes, [])
    spoilt = Trace("E-2", ONE.attributes, [event("Check", "Li", "?")])
    log = read("a.xes", xes_of([empty, ONE, spoilt]))
    assert [(p.case, p.code) for p in log.problems] == [
        ("E-1", ProblemCode.NO_EVENTS),
        ("E-2", ProblemCode.BAD_TIMESTAMP),
        ("E-2", ProblemCode.NO_EVENTS),
    ]
    assert (len(log.cases), log.unusable) == (1, 2)


def test_second_trace_of_one_name_is_left_out(read: Read) -> None:
    log = read("a.xes", xes_of([ONE, ONE._replace(case_id=" A-1 ", events=[event("", "", "?")])]))
    assert codes(log) == [ProblemCode.DUPLICATE_CASE]
    assert len(log.cases[0].events) == 2
    assert log.unusable == 1


def test_trace_without_a_name_is_left_out(read: Read) -> None:
    log = read("a.xes", xes_of([ONE._replace(case_id=""), ONE]))
    assert codes(log) == [ProblemCode.MISSING_CASE]
    assert (len(log.cases), log.unusable) == (1, 1)


@pytest.mark.parametrize(("suffix", "form"), [("xes", xes_of), ("csv", csv_of)])
def test_name_longer_than_a_table_keeps_is_reported(
    read: Read, suffix: str, form: Callable[..., bytes]
) -> None:
    fits, long = "x" * 200, "x" * 201
    events = [*ONE.events, *(event(*pair, "2026-01-05") for pair in ((long, "Li"), ("A", long)))]
    whole = ONE._replace(case_id=fits, events=[event(fits, fits, "2026-01-05")])
    log = read(
        f"a.{suffix}", form([ONE._replace(events=events), ONE._replace(case_id=long), whole])
    )
    assert [(p.case, p.event, p.code, p.facts["limit"]) for p in log.problems] == [
        ("A-1", 3, ProblemCode.TOO_LONG, 200),
        ("A-1", 4, ProblemCode.TOO_LONG, 200),
        (long, None, ProblemCode.TOO_LONG, 200),
    ]
    assert [(case.case_id, len(case.events)) for case in log.cases] == [("A-1", 2), (fits, 1)]
    assert log.unusable == 1


def test_instant_without_a_year_in_utc_is_bad(read: Read) -> None:
    late = event("Check", "Li", "9999-12-31T23:30:00-01:00")
    log = read("a.csv", csv_of([ONE._replace(events=[late, *ONE.events])]), ZoneInfo("Etc/GMT+2"))
    assert codes(log) == [ProblemCode.BAD_TIMESTAMP]


def test_row_without_a_case_or_with_missing_cells_is_left_out(read: Read) -> None:
    log = read(
        "a.csv",
        "case,activity,resource,timestamp\n"
        " ,A,Li,2026-01-05\n"
        "1,A,2026-01-05\n"
        "1,A,Li,2026-01-05,x\n"
        "1,A,Li,2026-01-05\n",
    )
    assert [(p.code, p.facts["line"]) for p in log.problems] == [
        (ProblemCode.MISSING_CASE, 2),
        (ProblemCode.WRONG_CELL_COUNT, 3),
        (ProblemCode.WRONG_CELL_COUNT, 4),
    ]
    assert len(log.cases[0].events) == 1


def test_nested_and_declared_attributes_are_not_the_cases_own(read: Read) -> None:
    log = (
        b"<log><global scope='trace'><date key='enddate' value='1970-01-01'/></global><trace>"
        b"<string key='concept:name' value='1'/>"
        b"<string key='note' value='x'><date key='enddate' value='2026-01-01'/></string>"
        b"<event><string key='concept:name' value='A'/>"
        b"<date key='time:timestamp' value='2026-01-05T10:00:00Z'/></event></trace></log>"
    )
    case = only_case(read("a.xes", log))
    assert case.closed_on is None
    assert case.attributes == {"note": "x"}


def test_log_without_cases_is_an_empty_log(read: Read) -> None:
    assert read("a.xes", "<log/>").cases == ()
    assert read("a.csv", ",".join(PLAIN)).cases == ()


# --- what is refused as a whole ---------------------------------------------------------------

LAUGHS = """<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "{}">{}]>
<log><trace><string key="concept:name" value="&{};"/></trace></log>"""


def billion_laughs() -> str:
    letters = "bcdefghijkl"
    more = "".join(f'<!ENTITY {name} "{f"&{last};" * 10}">' for last, name in pairwise(letters))
    return LAUGHS.format("&a;" * 10, more, letters[-1])


EXTERNAL = '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log><trace>&x;</trace></log>'
LATIN = csv_of([ONE]).replace(b"Desk", b"B\xfcro")
WHOLE = gzip.compress(xes_of([ONE] * 50), mtime=0)
BENT = WHOLE[:-8] + bytes(8)
HEADER = b"case,activity,resource,timestamp\n"

REFUSED: dict[str, tuple[str, bytes | str, UnreadableCode]] = {
    "unknown suffix": ("a.xlsx", b"PK", UnreadableCode.UNKNOWN_SUFFIX),
    "no suffix": ("log", b"x", UnreadableCode.UNKNOWN_SUFFIX),
    "gz alone": ("log.gz", WHOLE, UnreadableCode.UNKNOWN_SUFFIX),
    "empty xes": ("a.xes", b"", UnreadableCode.EMPTY_FILE),
    "empty csv": ("a.csv", b"", UnreadableCode.EMPTY_FILE),
    "nothing in gz": ("a.csv.gz", gzip.compress(b""), UnreadableCode.EMPTY_FILE),
    "plain in gz": ("a.xes.gz", xes_of([ONE]), UnreadableCode.MISTYPED_FILE),
    "gz in plain": ("a.csv", WHOLE, UnreadableCode.MISTYPED_FILE),
    "truncated gz": ("a.xes.gz", WHOLE[:-40], UnreadableCode.TRUNCATED_FILE),
    "truncated csv": ("a.csv.gz", gzip.compress(HEADER)[:-4], UnreadableCode.TRUNCATED_FILE),
    "bad checksum": ("a.xes.gz", BENT, UnreadableCode.DAMAGED_FILE),
    "bad deflate": ("a.xes.gz", WHOLE[:10] + b"\xff" * 99, UnreadableCode.DAMAGED_FILE),
    "latin-1": ("a.csv", LATIN, UnreadableCode.WRONG_ENCODING),
    "utf-16": ("a.csv", csv_of([ONE]).decode().encode("utf-16"), UnreadableCode.WRONG_ENCODING),
    "utf-16 unmarked": (
        "a.csv", csv_of([ONE]).decode().encode("utf-16-le"), UnreadableCode.WRONG_ENCODING,
    ),
    "cut xml": ("a.xes", xes_of([ONE])[:-9], UnreadableCode.MALFORMED_XML),
    "no xml": ("a.xes", csv_of([ONE]), UnreadableCode.MALFORMED_XML),
    "html": ("a.xes", "<html/>", UnreadableCode.NOT_A_LOG),
    "billion laughs": ("a.xes", billion_laughs(), UnreadableCode.DOCTYPE_REFUSED),
    "external entity": ("a.xes", EXTERNAL, UnreadableCode.DOCTYPE_REFUSED),
    "external dtd": (
        "a.xes", '<!DOCTYPE log SYSTEM "http://127.0.0.1:9/x"><log/>',
        UnreadableCode.DOCTYPE_REFUSED,
    ),
    "no resource": ("a.csv", "case,activity,timestamp\n", UnreadableCode.MISSING_COLUMN),
    "semicolons": ("a.csv", HEADER.replace(b",", b";"), UnreadableCode.MISSING_COLUMN),
    "column twice": ("a.csv", b"case," + HEADER, UnreadableCode.DUPLICATE_COLUMN),
    "open quote": ("a.csv", HEADER + b'1,"A,Li,2026-01-05\n', UnreadableCode.MALFORMED_CSV),
    "endless line": ("a.csv", HEADER + b"," * (1 << 21), UnreadableCode.MALFORMED_CSV),
    "endless cell": ("a.csv", HEADER + b"x" * (1 << 18), UnreadableCode.MALFORMED_CSV),
}  # fmt: skip


@pytest.mark.parametrize("reason", REFUSED)
def test_unusable_file_is_refused_with_its_code(read: Read, reason: str) -> None:
    name, content, code = REFUSED[reason]
    with pytest.raises(UnreadableLog) as refusal:
        read(name, content)
    assert refusal.value.code is code
    assert refusal.value.facts["file"] == name


def test_missing_columns_are_named(read: Read) -> None:
    with pytest.raises(UnreadableLog) as refusal:
        read("a.csv", "case,concept:name,when\n")
    assert refusal.value.facts["columns"] == "resource, timestamp"


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("none.xes", "folder.csv"):
        with pytest.raises(UnreadableLog) as refusal:
            read_log(tmp_path / name, AMSTERDAM)
        assert refusal.value.code is UnreadableCode.CANNOT_OPEN


@pytest.mark.parametrize(
    ("name", "start", "filler"),
    [
        ("a.csv.gz", HEADER, b"1,A,Li,2026-01-05" + b" " * 100_000 + b"\n"),
        ("a.xes.gz", b"<log>", b"<string key='k' value='" + b"x" * 100_000 + b"'/>"),
    ],
)
def test_small_file_that_unfolds_to_a_huge_one_is_refused(
    read: Read, name: str, start: bytes, filler: bytes
) -> None:
    bomb = gzip.compress(start + filler * 800, compresslevel=6)
    assert len(bomb) < 1 << 20
    with pytest.raises(UnreadableLog) as refusal:
        read(name, bomb)
    assert refusal.value.code is UnreadableCode.TOO_LARGE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", HEADER + b"\n" * 4),
        ("b.csv", HEADER + b",\n" * 4),
        ("a.xes", b"<log>" + b"<trace/>" * 4 + b"</log>"),
        ("b.xes", b"<log><trace>" + b"<event/>" * 4 + b"</trace></log>"),
    ],
)
def test_log_of_more_entries_than_memory_holds_is_refused(
    read: Read, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    monkeypatch.setattr(drafts, "MOST_ENTRIES", 3)
    with pytest.raises(UnreadableLog) as refusal:
        read(name, content)
    assert refusal.value.code is UnreadableCode.TOO_MANY_ENTRIES


# --- XES and CSV agree ------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6)
LOCAL_TIMES = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - local to whichever zone the log has
    datetime(2100, 1, 1),  # noqa: DTZ001
)
TIMES = st.one_of(
    LOCAL_TIMES.map(datetime.isoformat),
    st.builds("{}{:+03d}:30".format, LOCAL_TIMES.map(datetime.isoformat), st.integers(-11, 13)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(str),
    st.sampled_from(["", "never", "2026-02-30", "UNKNOWN"]),
)
CHANNELS = st.sampled_from(["", "Internet", "Desk", "Pigeon"])
EVENTS = st.builds(event, WORDS | st.just(""), WORDS | st.just(""), TIMES)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "startdate": TIMES,
        "deadline": TIMES,
        "enddate": TIMES,
        "channel": CHANNELS,
        "responsible": WORDS,
    },
)
LOGS = st.lists(
    st.builds(Trace, WORDS, FACTS, st.lists(EVENTS, min_size=1, max_size=4)),
    max_size=5,
    unique_by=lambda trace: trace.case_id,
)


@settings(deadline=None)
@given(LOGS, st.sampled_from([AMSTERDAM, SHANGHAI, ZoneInfo("Pacific/Apia")]))
def test_xes_and_csv_readings_agree(traces: list[Trace], zone: ZoneInfo) -> None:
    with tempfile.TemporaryDirectory() as folder:
        readings = []
        for name, content in [
            ("a.xes", xes_of(traces)),
            ("a.csv", csv_of(traces, PLAIN)),
            ("b.csv", csv_of(traces, EXPORT)),
        ]:
            path = Path(folder, name)
            path.write_bytes(content)
            readings.append(read_log(path, zone))
    first, *others = readings
    for other in others:
        assert other.cases == first.cases
        assert other.activities == first.activities
        assert other.unusable == first.unusable
        assert [(p.case, p.event, p.value, p.code) for p in other.problems] == [
            (p.case, p.event, p.value, p.code) for p in first.problems
        ]


@settings(deadline=None)
@given(LOGS)
def test_every_case_is_read_or_reported(traces: list[Trace]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xes")
        path.write_bytes(xes_of(traces))
        log = read_log(path, AMSTERDAM)
    assert len(log.cases) + log.unusable == len(traces)
    read_ids = {case.case_id for case in log.cases}
    assert {trace.case_id for trace in traces} - read_ids <= {p.case for p in log.problems}
    for case in log.cases:
        assert [e.at for e in case.events] == sorted(e.at for e in case.events)


# --- the real log -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real_log() -> EventLog:
    if not REAL_LOG.exists():
        pytest.skip(f"the real event log is not here: {REAL_LOG}")
    return read_log(REAL_LOG, AMSTERDAM)


def test_real_log_is_read_whole(real_log: EventLog) -> None:
    assert len(real_log.cases) == 1434
    assert sum(len(case.events) for case in real_log.cases) == 8577
    assert len(real_log.activities) == 27
    assert len({event.resource for case in real_log.cases for event in case.events}) == 48
    assert (real_log.problems, real_log.unusable) == ((), 0)
    assert real_log.activities[:4] == (
        "Confirmation of receipt",
        "T02 Check confirmation of receipt",
        "T04 Determine confirmation of receipt",
        "T05 Print and send confirmation of receipt",
    )


def test_real_log_counts_its_channels(real_log: EventLog) -> None:
    assert Counter(case.channel for case in real_log.cases) == {
        Channel.ONLINE: 1250,
        Channel.WINDOW: 109,
        Channel.POST: 53,
        Channel.EMAIL: 21,
        Channel.INTERNAL: 1,
    }


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2011, 12, 31), (145, 45)), (date(2011, 5, 3), (230, 37))]
)
def test_real_log_as_of_a_day(real_log: EventLog, day: date, expected: tuple[int, int]) -> None:
    """At the end of the day: received by then, with no end or an end after it."""
    still_open = [
        case
        for case in real_log.cases
        if case.received_on <= day and (case.closed_on is None or case.closed_on > day)
    ]
    overdue = [case for case in still_open if case.due_on is not None and case.due_on < day]
    assert (len(still_open), len(overdue)) == expected


def facts_of(element: etree._Element) -> dict[str, str]:
    return {part.get("key", ""): part.get("value", "") for part in element if "key" in part.attrib}


@pytest.mark.parametrize("names", [PLAIN, EXPORT])
def test_real_log_as_csv_gives_the_same_cases(
    real_log: EventLog, read: Read, names: Sequence[str]
) -> None:
    with gzip.open(REAL_LOG) as file:
        root = etree.parse(file).getroot()
    traces = []
    for trace in root.iter("{*}trace"):
        facts = facts_of(trace)
        events = [facts_of(part) for part in trace.iter("{*}event")]
        traces.append(Trace(facts.pop("concept:name"), facts, events))
    as_csv = read("receipt.csv", csv_of(traces, names))
    assert as_csv.cases == real_log.cases
    assert as_csv.activities == real_log.activities
