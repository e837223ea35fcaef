"""Cases while they are read, whichever the format: each is judged when it is complete."""

from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from models.enums import Channel
from seed.event_log.meaning import (
    ACTIVITY,
    CASE,
    CHANNEL,
    CHANNELS,
    DATES,
    LONGEST_NAME,
    RESOURCE,
    TIMESTAMP,
    named,
    read_moment,
)
from seed.event_log.types import (
    LoggedCase,
    LoggedEvent,
    Moment,
    Problem,
    ProblemCode,
    UnreadableCode,
    UnreadableLog,
)


class Draft:
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
        fault = _fault_in(read)
        if fault:
            code, key = fault
            self.report(code, key, read.get(key, ""), number, line, limit=LONGEST_NAME)
            return
        timestamp = read[TIMESTAMP]
        try:
            moment = read_moment(timestamp, self.zone)
        except (ValueError, OverflowError):
            self.report(ProblemCode.BAD_TIMESTAMP, TIMESTAMP, timestamp, number, line=line)
            return
        self.events.append(
            LoggedEvent(
                activity=read[ACTIVITY],
                resource=named(read.get(RESOURCE, "")),
                moment=moment,
                group=named(read.get("org:group", "")),
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
            return read_moment(value, self.zone)
        except (ValueError, OverflowError):
            self.report(ProblemCode.BAD_DATE, key, value)
            return None

    def _channel(self) -> Channel | None:
        value = self.facts.get(CHANNEL, "")
        channel = CHANNELS.get(value.casefold())
        if channel is None and named(value):
            self.report(ProblemCode.UNKNOWN_CHANNEL, CHANNEL, value)
        return channel

    def _is_usable(self) -> bool:
        has_doubtful_date = any(key in DATES for key, _ in self.contradictions) or any(
            problem.code is ProblemCode.BAD_DATE for problem in self.problems
        )
        return bool(self.events) and not has_doubtful_date


def _fault_in(event: Mapping[str, str]) -> tuple[ProblemCode, str] | None:
    """What makes an event unusable whatever its case, and the fact that is at fault."""
    if not event.get(ACTIVITY):
        return ProblemCode.MISSING_ACTIVITY, ACTIVITY
    if not event.get(TIMESTAMP):
        return ProblemCode.MISSING_TIMESTAMP, TIMESTAMP
    too_long = [key for key in (ACTIVITY, RESOURCE) if len(event.get(key, "")) > LONGEST_NAME]
    return (ProblemCode.TOO_LONG, too_long[0]) if too_long else None


# The largest published logs have 1.6 million events; a log is held in memory.
MOST_ENTRIES = 2_000_000


class Reading:
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

    def draft(self, case_id: str, line: int, spell: Callable[[str], str]) -> Draft:
        """Begin a case."""
        return Draft(case_id, line, self.zone, spell)

    def take(self, draft: Draft) -> None:
        """Judge a case that was read to its end."""
        doubt = self._doubt_about_the_name(draft.case_id)
        if doubt:
            draft.problems.clear()
            draft.report(doubt, CASE, draft.case_id, limit=LONGEST_NAME)
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
        if len(case_id) > LONGEST_NAME:
            return ProblemCode.TOO_LONG
        return ProblemCode.DUPLICATE_CASE if case_id in self._seen else None
