"""What a value of a log means: its dates, its channels, its names for nobody."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import cast
from zoneinfo import ZoneInfo

from models.enums import Channel
from seed.event_log.types import Moment

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
# What a name may have at most: the width of the tables' columns.
LONGEST_NAME = 200
_LONGEST_DATE = len("2011-05-03")


def read_moment(text: str, zone: ZoneInfo) -> Moment:
    """Read an ISO 8601 date or date and time; ValueError or OverflowError when it is none."""
    if len(text) <= _LONGEST_DATE:
        day = date.fromisoformat(text)
        return Moment(day, _fixed(datetime.combine(day, time.min), zone), tells_time=False)
    if not _DATE_AND_TIME.match(text):
        raise ValueError(text)
    at = datetime.fromisoformat(text)
    at = at if at.tzinfo else _fixed(at, zone)
    at.astimezone(UTC)  # An instant for which UTC has no year cannot be kept.
    return Moment(at.astimezone(zone).date(), at)


def _fixed(local: datetime, zone: ZoneInfo) -> datetime:
    """Give local time its offset: two instants that share a ZoneInfo compare by wall clock."""
    offset = local.replace(tzinfo=zone).utcoffset()
    return local.replace(tzinfo=timezone(cast(timedelta, offset)))


def named(text: str) -> str | None:
    """The name, or None for what stands where a name is missing."""
    return None if text.casefold() in _NOBODY else text
