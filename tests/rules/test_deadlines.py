"""The clock: the worked cases, the vectors, and its laws against an independent walk."""

from collections.abc import Sequence
from datetime import date, timedelta

import clock_oracle as oracle
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.enums import LimitUnit
from models.rules.deadlines import DueDate, Pause, due_date, due_on, merge_pauses, warn_date
from models.rules.statutory_holidays import shipped_calendar
from models.rules.working_days import CalendarRangeError, lateness, remaining
from tests.tiers import examples

CALENDAR = shipped_calendar()
ORDINARY = settings(max_examples=examples(100), deadline=None)
LONG = settings(
    max_examples=100_000,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def day(iso: str) -> date:
    return date.fromisoformat(iso)


def pauses_of(text: str) -> tuple[Pause, ...]:
    """Pauses written A..B with blanks between; A.. is open."""
    pairs = [part.split("..") for part in text.split()]
    return tuple(Pause(day(start), day(end) if end else None) for start, end in pairs)


def due(start: str, limit: int, pauses: str = "", extension: int = 0) -> date | None:
    return due_on(
        CALENDAR,
        day(start),
        limit,
        pauses=pauses_of(pauses),
        extension_days=extension,
    )


def due_in(
    unit: LimitUnit, start: str, limit: int, pauses: str = "", extension: int = 0
) -> DueDate:
    return due_date(CALENDAR, day(start), limit, unit, pauses_of(pauses), extension)


VECTORS = [
    ("2025-03-03", {5: "2025-03-10", 20: "2025-03-31"}),
    ("2025-09-08", {20: "2025-10-11"}),
    (
        "2025-09-26",
        {
            1: "2025-09-28",
            5: "2025-10-10",
            10: "2025-10-16",
            20: "2025-10-30",
            30: "2025-11-13",
            45: "2025-12-04",
            60: "2025-12-25",
        },
    ),
    ("2025-09-28", {5: "2025-10-11", 20: "2025-10-31"}),
    ("2025-10-01", {1: "2025-10-09", 5: "2025-10-14", 20: "2025-11-04"}),
    ("2025-01-24", {1: "2025-01-26", 5: "2025-02-07", 20: "2025-02-27", 30: "2025-03-13"}),
    ("2025-12-31", {1: "2026-01-04", 5: "2026-01-08", 20: "2026-01-29"}),
    ("2026-02-09", {5: "2026-02-14", 10: "2026-02-28", 20: "2026-03-13"}),
    ("2025-04-30", {1: "2025-05-06", 5: "2025-05-12"}),
    ("2026-11-23", {20: "2026-12-21", 28: "2026-12-31", 29: "2027-01-04"}),
]


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [(start, limit, due_on) for start, row in VECTORS for limit, due_on in row.items()],
)
def test_a_boundary_vector_of_the_domain_sheet_is_due_on_its_day(
    start: str, limit: int, expected: str
) -> None:
    assert due(start, limit) == day(expected)


@pytest.mark.parametrize(
    ("case", "start", "limit", "pauses", "extension", "expected"),
    [
        ("1 promise", "2025-09-08", 15, "", 0, "2025-09-28"),
        ("1 statute", "2025-09-08", 20, "", 0, "2025-10-11"),
        ("2 promise", "2025-09-22", 15, "2025-09-25..2025-10-15", 0, "2025-10-31"),
        ("2 promise before", "2025-09-22", 15, "", 0, "2025-10-17"),
        ("2 statute", "2025-09-22", 20, "2025-09-25..2025-10-15", 0, "2025-11-07"),
        ("2 statute before", "2025-09-22", 20, "", 0, "2025-10-24"),
        ("3 promise", "2025-03-03", 15, "2025-03-24..2025-03-28", 0, "2025-03-31"),
        ("3 statute", "2025-03-03", 20, "2025-03-24..2025-03-28", 0, "2025-04-07"),
        ("4 promise", "2025-03-03", 15, "2025-03-26..2025-03-28", 0, "2025-03-24"),
        ("4 statute", "2025-03-03", 20, "2025-03-26..2025-03-28", 0, "2025-04-02"),
        ("5 promise", "2025-03-03", 15, "", 10, "2025-04-08"),
        ("5 statute", "2025-03-03", 20, "", 10, "2025-04-15"),
        ("6 notice", "2025-09-26", 5, "", 0, "2025-10-10"),
        ("6 promise", "2025-09-26", 10, "", 0, "2025-10-16"),
        ("6 statute", "2025-09-26", 20, "", 0, "2025-10-30"),
        ("7 delivery", "2025-10-09", 10, "", 0, "2025-10-22"),
        ("8 notice again", "2025-10-09", 5, "", 0, "2025-10-15"),
        (
            "9 two",
            "2025-04-07",
            20,
            "2025-04-16..2025-04-25 2025-04-10..2025-04-18",
            0,
            "2025-05-22",
        ),
        ("9 one", "2025-04-07", 20, "2025-04-10..2025-04-25", 0, "2025-05-22"),
        ("9 none", "2025-04-07", 20, "", 0, "2025-05-07"),
        ("10", "2025-04-28", 10, "", 0, "2025-05-15"),
        ("11 before", "2025-06-03", 20, "", 0, "2025-07-01"),
        ("11 after", "2025-06-03", 20, "", 5, "2025-07-08"),
        ("12", "2026-11-23", 29, "", 0, "2027-01-04"),
        ("Art. 47 request", "2025-09-24", 5, "", 0, "2025-09-30"),
        ("Art. 47 hearing", "2025-09-26", 20, "", 0, "2025-10-30"),
    ],
)
def test_a_worked_case_of_the_domain_sheet_comes_out(
    case: str, start: str, limit: int, pauses: str, extension: int, expected: str
) -> None:
    assert due(start, limit, pauses, extension) == day(expected)


@pytest.mark.parametrize(
    ("today", "left"),
    [("2025-09-30", 3), ("2025-10-08", 3), ("2025-10-09", 2), ("2025-10-11", 0)],
)
def test_what_remains_is_counted_in_working_days(today: str, left: int) -> None:
    assert remaining(CALENDAR, day(today), day("2025-10-11")) == left


def test_the_warning_begins_on_the_first_day_with_few_enough_days_left() -> None:
    assert warn_date(CALENDAR, day("2025-05-15"), 3) == day("2025-05-12")


def test_a_warning_number_of_zero_warns_on_the_due_day() -> None:
    assert warn_date(CALENDAR, day("2025-10-11"), 0) == day("2025-10-11")


def test_a_warning_may_reach_into_the_year_before() -> None:
    assert warn_date(CALENDAR, day("2026-01-04"), 2) == day("2025-12-30")


def test_a_due_date_in_an_unpublished_year_is_provisional() -> None:
    assert due_in(LimitUnit.WORKING_DAY, "2026-11-23", 29).provisional


def test_a_due_date_on_the_last_published_day_is_not_provisional() -> None:
    assert not due_in(LimitUnit.WORKING_DAY, "2026-11-23", 28).provisional


def test_a_due_date_is_provisional_when_any_day_on_the_way_to_it_is() -> None:
    assert due_in(LimitUnit.WORKING_DAY, "2018-12-20", 20).provisional


def test_the_uncounted_first_day_does_not_make_a_due_date_provisional() -> None:
    assert not due_in(LimitUnit.WORKING_DAY, "2018-12-31", 5).provisional


def test_a_span_of_calendar_days_is_provisional_only_where_it_ends() -> None:
    assert not due_in(LimitUnit.CALENDAR_DAY, "2018-12-20", 20).provisional
    assert due_in(LimitUnit.CALENDAR_DAY, "2026-12-25", 7).provisional
    # 2026-12-31 is worked, so no day of 2027 need be looked at.
    assert not due_in(LimitUnit.CALENDAR_DAY, "2026-12-25", 6).provisional


def test_no_due_date_is_not_provisional() -> None:
    answer = due_in(LimitUnit.WORKING_DAY, "2027-01-04", 5, "2027-01-05..")
    assert answer == DueDate(None, False, (day("2027-01-05"),))


def test_an_open_pause_takes_the_due_date_away() -> None:
    assert due("2025-09-22", 20, "2025-09-25..") is None


def test_an_open_pause_on_the_due_day_takes_the_due_date_away() -> None:
    assert due("2025-03-03", 15, "2025-03-24..") is None


def test_an_open_pause_after_the_due_date_does_nothing() -> None:
    assert due("2025-03-03", 15, "2025-03-25..") == day("2025-03-24")


def test_a_pause_that_ends_where_it_begins_excludes_nothing() -> None:
    assert due("2025-03-03", 15, "2025-03-10..2025-03-10 2025-03-24..2025-03-24") == day(
        "2025-03-24"
    )


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Pause(day("2025-03-10"), day("2025-03-09"))


def test_pauses_that_overlap_or_touch_are_one() -> None:
    merged = merge_pauses(
        pauses_of("2025-03-10..2025-03-12 2025-03-12..2025-03-20 2025-03-05..2025-03-11")
    )
    assert merged == pauses_of("2025-03-05..2025-03-20")


def test_an_open_pause_swallows_every_later_one() -> None:
    assert merge_pauses(pauses_of("2025-03-10.. 2025-03-12..2025-03-20")) == pauses_of(
        "2025-03-10.."
    )


def test_pauses_a_day_apart_stay_two() -> None:
    two = pauses_of("2025-03-05..2025-03-07 2025-03-10..2025-03-12")
    assert merge_pauses(two) == two


def test_no_days_are_due_at_once() -> None:
    assert due_in(LimitUnit.WORKING_DAY, "2025-09-08", 0) == DueDate(day("2025-09-08"), False, ())


def test_no_days_from_a_holiday_are_due_on_the_next_working_day() -> None:
    assert due("2025-10-01", 0) == day("2025-10-09")


def test_no_days_are_due_at_once_whatever_is_paused() -> None:
    assert due("2025-03-08", 0, "2025-03-10..2025-03-12") == day("2025-03-10")
    assert due("2025-03-08", 0, "2025-03-10..") == day("2025-03-10")


def test_calendar_days_end_on_the_next_working_day() -> None:
    answer = due_in(LimitUnit.CALENDAR_DAY, "2025-09-20", 15)
    assert answer.due_on == day("2025-10-09")
    assert answer.counted[-1] == day("2025-10-05")
    assert len(answer.counted) == 15


def test_a_month_ends_on_the_last_day_of_a_shorter_month() -> None:
    answer = due_in(LimitUnit.MONTH, "2025-01-31", 3)
    assert answer.counted == (day("2025-02-28"), day("2025-03-31"), day("2025-04-30"))
    assert answer.due_on == day("2025-04-30")


def test_a_month_is_pushed_by_the_calendar_days_of_a_pause() -> None:
    answer = due_in(LimitUnit.MONTH, "2025-03-10", 2, "2025-03-20..2025-03-25")
    assert answer.counted == (day("2025-04-15"), day("2025-05-15"))


def test_a_month_whose_last_day_begins_a_pause_ends_after_it() -> None:
    assert due_in(LimitUnit.MONTH, "2025-03-10", 1, "2025-04-10..2025-04-14").due_on == day(
        "2025-04-15"
    )


def test_a_pause_on_the_rest_days_before_a_rolled_end_moves_it() -> None:
    # Ten days from 03-05 end on Saturday 03-15, so Monday 03-17 is the last day of the limit.
    paused = due_in(LimitUnit.CALENDAR_DAY, "2025-03-05", 10, "2025-03-16..2025-03-18")
    assert paused.due_on == day("2025-03-19")
    assert paused.counted[-1] == day("2025-03-15")


@pytest.mark.parametrize("unit", [LimitUnit.CALENDAR_DAY, LimitUnit.MONTH])
def test_an_extension_is_in_working_days_whatever_the_unit(unit: LimitUnit) -> None:
    plain = due_in(unit, "2025-03-05", 3).due_on
    extended = due_in(unit, "2025-03-05", 3, extension=5)
    assert plain is not None
    assert extended.due_on == CALENDAR.add(plain, 5)
    assert len(extended.counted) == 8


@pytest.mark.parametrize(("limit", "extension"), [(-1, 0), (5, -1)])
def test_a_negative_limit_or_extension_is_refused(limit: int, extension: int) -> None:
    with pytest.raises(ValueError, match="negative"):
        due("2025-03-03", limit, extension=extension)


@pytest.mark.parametrize("unit", list(LimitUnit))
@pytest.mark.parametrize("limit", [40_000, 10**6, 10**9, 10**30])
def test_a_limit_beyond_the_calendar_is_refused_in_every_unit(unit: LimitUnit, limit: int) -> None:
    with pytest.raises(CalendarRangeError):
        due_in(unit, "2025-03-03", limit)


@pytest.mark.parametrize("unit", list(LimitUnit))
@pytest.mark.parametrize("start", ["0001-01-01", "1900-12-31", "2100-01-01", "9999-12-31"])
def test_a_start_beyond_the_calendar_is_refused_in_every_unit(unit: LimitUnit, start: str) -> None:
    for limit in (0, 1):
        with pytest.raises(CalendarRangeError):
            due_in(unit, start, limit)


# --- Laws -------------------------------------------------------------------------------

Span = tuple[date, date | None]


@st.composite
def clocks(
    draw: st.DrawFn, units: Sequence[LimitUnit] = tuple(LimitUnit)
) -> tuple[date, int, LimitUnit, list[Span], int]:
    """A start, a limit, a unit, up to five pauses near them, and an extension."""
    start = draw(st.dates(oracle.FIRST_DAY, date(2028, 12, 31)))
    unit = draw(st.sampled_from(units))
    limit = draw(st.integers(0, 5 if unit is LimitUnit.MONTH else 70))
    spans: list[Span] = []
    for _ in range(draw(st.integers(0, 5))):
        begin = start + timedelta(days=draw(st.integers(-20, 130)))
        length = draw(st.none() | st.integers(0, 4) | st.integers(0, 40))
        spans.append((begin, None if length is None else begin + timedelta(days=length)))
    if draw(st.booleans()):
        spans.append(_pause_at_the_end(draw, start, limit, unit))
    return start, limit, unit, spans, draw(st.sampled_from([0, 0, 1, 3, 10]))


def _pause_at_the_end(draw: st.DrawFn, start: date, limit: int, unit: LimitUnit) -> Span:
    """A pause about the unpaused due date, where the rules are finest."""
    end = due_on(CALENDAR, start, limit, unit)
    assert end is not None
    begin = end + timedelta(days=draw(st.integers(-3, 1)))
    length = draw(st.none() | st.integers(0, 6))
    return begin, None if length is None else begin + timedelta(days=length)


def as_pauses(spans: Sequence[Span]) -> tuple[Pause, ...]:
    return tuple(Pause(*span) for span in spans)


def agrees_with_the_walk(clock: tuple[date, int, LimitUnit, list[Span], int]) -> None:
    start, limit, unit, spans, extension = clock
    expected = oracle.expect(start, limit, unit.value, spans, extension)
    answer = due_date(CALENDAR, start, limit, unit, as_pauses(spans), extension)
    assert (answer.due_on, answer.counted) == (expected.due_on, expected.counted)
    assert due_on(CALENDAR, start, limit, unit, as_pauses(spans), extension) == answer.due_on
    if answer.due_on is not None:
        assert oracle.works(answer.due_on)
        assert len(answer.counted) == limit + extension


@ORDINARY
@given(clocks())
def test_the_clock_agrees_with_a_walk_day_by_day(
    clock: tuple[date, int, LimitUnit, list[Span], int],
) -> None:
    agrees_with_the_walk(clock)


@pytest.mark.marathon
@LONG
@given(clocks())
def test_the_clock_agrees_with_a_walk_day_by_day_in_100000_cases(
    clock: tuple[date, int, LimitUnit, list[Span], int],
) -> None:
    agrees_with_the_walk(clock)


@ORDINARY
@given(clocks())
def test_a_longer_limit_is_never_due_earlier(
    clock: tuple[date, int, LimitUnit, list[Span], int],
) -> None:
    start, limit, unit, spans, _ = clock
    shorter = due_on(CALENDAR, start, limit, unit, as_pauses(spans)) or date.max
    longer = due_on(CALENDAR, start, limit + 1, unit, as_pauses(spans)) or date.max
    assert shorter <= longer


@ORDINARY
@given(clocks(), st.randoms(use_true_random=False))
def test_pauses_give_the_same_date_in_any_order_and_merged(
    clock: tuple[date, int, LimitUnit, list[Span], int], random: object
) -> None:
    start, limit, unit, spans, extension = clock
    shuffled = list(spans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    answers = {
        due_date(CALENDAR, start, limit, unit, pauses, extension)
        for pauses in (as_pauses(spans), as_pauses(shuffled), merge_pauses(as_pauses(spans)))
    }
    assert len(answers) == 1


@ORDINARY
@given(clocks([LimitUnit.WORKING_DAY]), st.integers(0, 200))
def test_used_and_remaining_days_make_the_limit(
    clock: tuple[date, int, LimitUnit, list[Span], int], passed: int
) -> None:
    start, limit, unit, spans, _ = clock
    answer = due_date(CALENDAR, start, limit, unit, as_pauses(spans))
    if answer.due_on is None or limit == 0:
        return
    today = min(start + timedelta(days=passed), answer.due_on)
    used = [day for day in answer.counted if day <= today]
    ahead = CALENDAR.between(today, answer.due_on)
    # Days ahead that are not counted are lost to a pause, or to one beginning on the last day.
    counted_ahead = [day for day in ahead if day in answer.counted]
    assert len(used) + len(counted_ahead) == limit
    if not spans:
        assert len(used) + remaining(CALENDAR, today, answer.due_on) == limit


@ORDINARY
@given(clocks(), st.integers(1, 60), st.integers(1, 30))
def test_suspending_after_the_due_date_never_hides_lateness(
    clock: tuple[date, int, LimitUnit, list[Span], int], later: int, length: int
) -> None:
    start, limit, unit, spans, extension = clock
    before = due_on(CALENDAR, start, limit, unit, as_pauses(spans), extension)
    if before is None:
        return
    begin = before + timedelta(days=later)
    added = (*as_pauses(spans), Pause(begin, begin + timedelta(days=length)), Pause(begin))
    assert due_on(CALENDAR, start, limit, unit, added, extension) == before


@ORDINARY
@given(st.dates(oracle.FIRST_DAY, date(2031, 12, 31)), st.integers(0, 30))
def test_the_warning_day_is_the_first_with_few_enough_left(due_day: date, number: int) -> None:
    warn_on = warn_date(CALENDAR, due_day, number) if due_day > date(2019, 4, 1) else None
    if warn_on is None:
        return
    assert remaining(CALENDAR, warn_on, due_day) == number
    assert remaining(CALENDAR, warn_on - timedelta(days=1), due_day) == number + 1


@ORDINARY
@given(st.dates(oracle.FIRST_DAY, date(2031, 12, 31)), st.integers(-60, 60))
def test_remaining_and_lateness_are_never_both_positive(due_day: date, offset: int) -> None:
    today = due_day + timedelta(days=offset)
    if today < oracle.FIRST_DAY:
        return
    assert not (remaining(CALENDAR, today, due_day) and lateness(CALENDAR, today, due_day))
