"""What recorded history shows that a rule of conduct would have refused.

Imported history is recorded, not judged: each rule looks at one case of a log and answers with the
facts of its finding, or with nothing. A finding is one per case and rule.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from seed.event_log import LoggedCase, LoggedEvent

Facts = Mapping[str, str | int]
IN_THE_FUTURE = "recorded-in-the-future"


@dataclass(frozen=True, slots=True)
class LogFinding:
    """A rule of conduct that a case did not keep, with the facts that show it."""

    code: str
    facts: Facts

    @property
    def detail(self) -> str:
        """The facts as one line of text, the same in every language."""
        return ", ".join(f"{name}={fact}" for name, fact in self.facts.items())


@dataclass(frozen=True, slots=True)
class Figures:
    """How the cases of a log stand."""

    decided: int
    open: int
    late: int


def findings_of(case: LoggedCase) -> tuple[LogFinding, ...]:
    """Hold every rule of conduct against a case, in the order of ``RULES``."""
    answers = ((code, rule(case)) for code, rule in RULES.items())
    return tuple(LogFinding(code, facts) for code, facts in answers if facts is not None)


def figures(cases: Iterable[LoggedCase]) -> Figures:
    """Count decided, open and late cases; late is decided after the due date, by date."""
    known = tuple(cases)
    decided = sum(case.closed is not None for case in known)
    return Figures(
        decided=decided,
        open=len(known) - decided,
        late=sum(case.is_late for case in known),
    )


def ended_before_start(case: LoggedCase) -> Facts | None:
    """A case ends after it was received."""
    if case.closed is None or not case.is_flagged:
        return None
    return {
        "received": case.received.at.isoformat(),
        "closed": case.closed.at.isoformat(),
    }


def event_after_end(case: LoggedCase) -> Facts | None:
    """Nothing is done in a case that is closed."""
    end = case.closed
    return _counted([event for event in case.events if end and end.is_before(event.moment)])


def event_before_start(case: LoggedCase) -> Facts | None:
    """Nothing is done in a case that was not yet received."""
    start = case.received
    return _counted([event for event in case.events if event.moment.is_before(start)])


def decided_after_due(case: LoggedCase) -> Facts | None:
    """A decision falls due at the end of its day, not at an hour."""
    if case.closed_on is None or case.due_on is None or not case.is_late:
        return None
    return {
        "due_on": case.due_on.isoformat(),
        "closed_on": case.closed_on.isoformat(),
        "days": (case.closed_on - case.due_on).days,
    }


def one_officer_did_all(case: LoggedCase) -> Facts | None:
    """A case needs two pairs of eyes as soon as it has two steps."""
    officer = case.events[0].resource
    if officer is None or len(case.events) < 2:
        return None
    if any(event.resource != officer for event in case.events):
        return None
    return {"officer": officer, "count": len(case.events)}


def event_without_officer(case: LoggedCase) -> Facts | None:
    """Somebody answers for everything that is done."""
    return _counted([event for event in case.events if event.resource is None])


def recorded_in_the_future(case: LoggedCase) -> Facts | None:
    """Nothing is recorded before its day: what a log says of days to come is left out."""
    return case.ahead or None


def _counted(events: Sequence[LoggedEvent]) -> Facts | None:
    if not events:
        return None
    return {
        "count": len(events),
        "first": events[0].at.isoformat(),
        "activity": events[0].activity,
    }


RULES: Mapping[str, Callable[[LoggedCase], Facts | None]] = {
    "ended-before-start": ended_before_start,
    "event-after-end": event_after_end,
    "event-before-start": event_before_start,
    "decided-after-due": decided_after_due,
    "one-officer-did-all": one_officer_did_all,
    "event-without-officer": event_without_officer,
    IN_THE_FUTURE: recorded_in_the_future,
}
