"""Rules of conduct on recorded history: each rule, one sentence."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from seed.event_log import EventLog, LoggedCase, LoggedEvent, Moment, read_log
from seed.log_findings import RULES, Figures, LogFinding, figures, findings_of

REAL_LOG = Path(__file__).parents[3] / "shared/data/receipt.xes.gz"
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def moment(hours: int, tells_time: bool = True) -> Moment:
    """So many hours after noon of 5 January."""
    at = NOON + timedelta(hours=hours)
    return Moment(at.date(), at, tells_time)


def case(
    *events: tuple[str | None, int],
    received: Moment | None = None,
    closed: Moment | None = None,
    due_on: date | None = None,
) -> LoggedCase:
    """A case whose events are officers and hours after noon."""
    return LoggedCase(
        case_id="1",
        events=tuple(LoggedEvent("Check", officer, moment(hour)) for officer, hour in events),
        received=received or moment(0),
        closed=closed,
        due_on=due_on,
    )


def codes(of: LoggedCase) -> list[str]:
    return [finding.code for finding in findings_of(of)]


def finding(of: LoggedCase) -> LogFinding:
    (one,) = findings_of(of)
    return one


TWO_OFFICERS = (("Li", 1), ("Wang", 2))


def test_orderly_case_has_no_finding() -> None:
    assert codes(case(*TWO_OFFICERS, closed=moment(3), due_on=date(2026, 1, 5))) == []


def test_open_case_has_neither_end_nor_late_decision() -> None:
    assert codes(case(*TWO_OFFICERS, due_on=date(2020, 1, 1))) == []


@pytest.mark.parametrize(
    ("closed", "expected"),
    [(moment(-1), True), (moment(0), False), (moment(-1, tells_time=False), False)],
)
def test_end_before_start_needs_an_earlier_instant(closed: Moment, expected: bool) -> None:
    assert ("ended-before-start" in codes(case(*TWO_OFFICERS, closed=closed))) is expected


def test_events_after_the_end_are_counted_once_per_case() -> None:
    found = finding(case(("Li", 1), ("Wang", 3), ("Li", 4), closed=moment(2)))
    assert found.code == "event-after-end"
    assert found.facts == {
        "count": 2,
        "first": "2026-01-05T15:00:00+00:00",
        "activity": "Check",
    }
    assert found.detail == "count=2, first=2026-01-05T15:00:00+00:00, activity=Check"


def test_event_on_the_day_of_an_end_without_time_is_not_after_it() -> None:
    assert codes(case(*TWO_OFFICERS, closed=moment(0, tells_time=False))) == []


def test_event_before_the_start_is_found() -> None:
    found = finding(case(("Li", -1), ("Wang", 2)))
    assert (found.code, found.facts["count"]) == ("event-before-start", 1)


def test_decision_after_the_due_date_is_found_with_its_days() -> None:
    found = finding(case(*TWO_OFFICERS, closed=moment(3), due_on=date(2026, 1, 2)))
    assert found.code == "decided-after-due"
    assert found.facts == {"due_on": "2026-01-02", "closed_on": "2026-01-05", "days": 3}


def test_one_officer_who_did_all_is_found() -> None:
    found = finding(case(("Li", 1), ("Li", 2)))
    assert (found.code, found.facts) == ("one-officer-did-all", {"officer": "Li", "count": 2})


@pytest.mark.parametrize("events", [(("Li", 1),), (("Li", 1), ("li", 2)), TWO_OFFICERS])
def test_one_event_or_two_names_is_no_one_officer(events: tuple[tuple[str, int], ...]) -> None:
    assert codes(case(*events)) == []


def test_events_without_officer_are_found_and_name_nobody() -> None:
    found = finding(case((None, 1), (None, 2)))
    assert (found.code, found.facts["count"]) == ("event-without-officer", 2)
    assert codes(case(("Li", 1), (None, 2))) == ["event-without-officer"]


def test_figures_count_decided_open_and_late() -> None:
    due = date(2026, 1, 5)
    cases = [
        case(*TWO_OFFICERS, closed=moment(3), due_on=due),
        case(*TWO_OFFICERS, closed=moment(30), due_on=due),
        case(*TWO_OFFICERS, closed=moment(30)),
        case(*TWO_OFFICERS, due_on=due),
    ]
    assert figures(iter(cases)) == Figures(decided=3, open=1, late=1)


@pytest.fixture(scope="module")
def real_log() -> EventLog:
    if not REAL_LOG.exists():
        pytest.skip(f"the real event log is not here: {REAL_LOG}")
    return read_log(REAL_LOG, ZoneInfo("Europe/Amsterdam"))


def test_real_log_gives_the_golden_figures(real_log: EventLog) -> None:
    assert figures(real_log.cases) == Figures(decided=1329, open=105, late=309)
    assert sum(case.is_flagged for case in real_log.cases) == 2


def test_real_log_gives_the_golden_findings(real_log: EventLog) -> None:
    found = [one for case in real_log.cases for one in findings_of(case)]
    events = Counter[str]()
    for one in found:
        events[one.code] += int(one.facts.get("count", 0))
    cases = Counter(one.code for one in found)
    assert (cases["ended-before-start"], cases["decided-after-due"]) == (2, 309)
    assert (cases["event-after-end"], events["event-after-end"]) == (145, 180)
    assert events["event-before-start"] == 12
    assert cases["event-without-officer"] == 0
    assert set(cases) <= set(RULES)


def test_real_log_has_one_officer_cases_as_an_independent_count_finds(real_log: EventLog) -> None:
    alone = [
        c for c in real_log.cases if len(c.events) > 1 and len({e.resource for e in c.events}) == 1
    ]
    found = [c for c in real_log.cases if "one-officer-did-all" in codes(c)]
    assert found == alone
