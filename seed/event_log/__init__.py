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

from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import BinaryIO
from zoneinfo import ZoneInfo

from seed.event_log.csv_file import read_csv
from seed.event_log.drafts import Reading
from seed.event_log.files import explained, opened, split_name
from seed.event_log.types import (
    EventLog,
    LoggedCase,
    LoggedEvent,
    Moment,
    Problem,
    ProblemCode,
    UnreadableCode,
    UnreadableLog,
)
from seed.event_log.xes import read_xes

__all__ = [
    "EventLog",
    "LoggedCase",
    "LoggedEvent",
    "Moment",
    "Problem",
    "ProblemCode",
    "UnreadableCode",
    "UnreadableLog",
    "read_log",
]

READERS: Mapping[str, Callable[[BinaryIO, Reading], None]] = {".xes": read_xes, ".csv": read_csv}


def read_log(path: Path, timezone: ZoneInfo, closed_by: str | None = None) -> EventLog:
    """Read a .xes or .csv file, plain or .gz; raise UnreadableLog when nothing of it is usable."""
    name, suffix, is_zipped = split_name(path, READERS)
    reading = Reading(path, timezone, closed_by)
    with explained(path), opened(path, is_zipped) as stream:
        READERS[suffix](stream, reading)
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


def _in_typical_order(cases: list[LoggedCase]) -> tuple[str, ...]:
    """Order activities by the median of their first place in a case, then by first appearance."""
    places: dict[str, list[int]] = {}
    for case in cases:
        names = dict.fromkeys(event.activity for event in case.events)
        for place, name in enumerate(names):
            places.setdefault(name, []).append(place)
    return tuple(sorted(places, key=lambda name: median(places[name])))
