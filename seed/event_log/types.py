"""What a log consists of once it is read, and the codes for what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from models.enums import Channel


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
    TOO_LONG = "too-long"


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
    # What the log says of days to come, and is left out until they have come.
    ahead: Mapping[str, str | int] = field(default_factory=dict)

    def up_to(self, today: date) -> "LoggedCase | None":
        """The case as far as it has come by ``today``; None before it was received."""
        events = tuple(event for event in self.events if event.on <= today)
        if self.received_on > today or not events:
            return None
        ahead: dict[str, str | int] = {}
        if self.closed is not None and self.closed.on > today:
            ahead["closed"] = self.closed.at.isoformat()
        if later := len(self.events) - len(events):
            ahead["events"] = later
        if not ahead:
            return self
        closed = None if "closed" in ahead else self.closed
        return replace(self, events=events, closed=closed, ahead=ahead)

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
