"""The board's numbers equal a recount in plain Python over the raw rows, on both databases."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest

from models import Application, ApplicationStep, Certificate, DueDateChange, SupervisionOrder
from models.database import GuardedSession
from models.enums import CertificateStatus, Duty, StepStatus
from models.questions import board, flow
from models.questions.board import Scope
from models.questions.calendar import working_calendar
from models.questions.figure import Period
from models.questions.performance import Dimension, Figures, measured
from models.questions.silence import lawful_by_itself
from tests.busy import FRIDAY, fill_busy_office
from tests.factories import MONDAY

pytestmark = pytest.mark.hooks_alone

DAYS = (date(2025, 2, 17), date(2025, 2, 24), FRIDAY, MONDAY)
FEBRUARY = Period(date(2025, 2, 1), MONDAY)
Rows = list[Any]


@pytest.fixture
def busy(databases: Any) -> Iterator[GuardedSession]:
    """A busy Monday."""
    with GuardedSession(databases.fresh(fill_busy_office)) as session:
        yield session


def rows(session: GuardedSession, model: Any) -> Rows:
    return session.query(model).order_by(model.id).all()


def cases(session: GuardedSession, green: bool = True) -> list[Application]:
    return [case for case in rows(session, Application) if green or not case.is_green_lane]


def is_late(case: Application, day: date) -> bool:
    return case.closed_on is None and case.due_on is not None and case.due_on < day


# --- today ---------------------------------------------------------------------------------------

LIVE: dict[str, Callable[[Application], bool]] = {
    "open": lambda c: c.closed_on is None,
    "overdue": lambda c: is_late(c, MONDAY),
    "past_the_law": lambda c: is_late(c, MONDAY) and c.statutory_due_on < MONDAY,  # type: ignore[operator]
    "due_soon": lambda c: (
        c.due_on is not None and c.due_on >= MONDAY and bool(c.warn_on and c.warn_on <= MONDAY)
        and c.closed_on is None
    ),
    "due_today": lambda c: c.due_on == MONDAY and c.closed_on is None,
    "paused": lambda c: bool(c.suspended_since) and c.closed_on is None,
    "pause_overrun": lambda c: any(
        s.ended_on is None and s.planned_end_on < MONDAY for s in c.suspensions
    ),
}  # fmt: skip


@pytest.mark.parametrize("green", [True, False])
def test_open_cases_are_counted_by_their_state(busy: GuardedSession, green: bool) -> None:
    found = board.case_numbers(busy, Scope(MONDAY, with_green_lane=green))
    own = cases(busy, green)
    assert found == {name: sum(map(holds, own)) for name, holds in LIVE.items()}
    assert all(found.values())


def test_the_green_lane_can_be_left_out(busy: GuardedSession) -> None:
    """绿色通道: its cases count, or they do not."""
    with_it, without = (
        board.case_numbers(busy, Scope(MONDAY, with_green_lane=green))["open"]
        for green in (True, False)
    )
    assert with_it - without == 2


def test_what_the_law_does_by_itself_is_looked_ahead(busy: GuardedSession) -> None:
    """Art. 32, 50: within one, three and five working days."""
    found = board.silence_numbers(busy, Scope(MONDAY))
    for days in board.HORIZONS:
        ahead = Counter(one.cause.name for one in lawful_by_itself(busy, MONDAY, days))
        assert found["accepts", days] == ahead["DEEMED_ACCEPTED"]
        assert found["renews", days] == ahead["DEEMED_RENEWED"]
    assert found["accepts", 1] < found["accepts", 5]
    assert found["renews", 3] == 1


def test_steps_are_late_by_their_own_limit(busy: GuardedSession) -> None:
    for green in (True, False):
        own = {case.id for case in cases(busy, green)}
        late = [
            step
            for step in rows(busy, ApplicationStep)
            if step.status is StepStatus.OPEN and step.due_on and step.due_on < MONDAY
            and step.application_id in own
        ]  # fmt: skip
        assert board.late_steps(busy, Scope(MONDAY, with_green_lane=green)) == len(late) > 0


def test_each_post_has_its_queue(busy: GuardedSession) -> None:
    waiting = Counter(
        step.duty
        for step in rows(busy, ApplicationStep)
        if step.status is StepStatus.OPEN and step.officer_id is None
    )
    assert board.queues(busy, Scope(MONDAY)) == waiting
    assert set(waiting) == {Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION}


def test_orders_are_open_and_overdue(busy: GuardedSession) -> None:
    orders = rows(busy, SupervisionOrder)
    assert board.order_numbers(busy, MONDAY) == {
        "open": sum(1 for o in orders if o.accepted_on is None),
        "overdue": sum(1 for o in orders if o.answered_on is None and o.answer_due_on < MONDAY),
    } == {"open": 3, "overdue": 1}  # fmt: skip


def test_a_permit_that_ended_is_to_be_cancelled(busy: GuardedSession) -> None:
    """Art. 70."""
    ended = [c for c in rows(busy, Certificate) if c.status is CertificateStatus.REVOKED]
    assert board.cancellations_owed(busy) == len(ended) == 1


# --- as of a day ---------------------------------------------------------------------------------


def as_it_stood(session: GuardedSession, day: date, green: bool) -> dict[str, int]:
    """By the history alone: the last row of each case that took effect by ``day``."""
    last: dict[int, DueDateChange] = {}
    for row in sorted(rows(session, DueDateChange), key=lambda r: (r.effective_on, r.id)):
        if row.effective_on <= day:
            last[row.application_id] = row
    found: Counter[str] = Counter(
        dict.fromkeys(("open", "overdue", "past_the_law", "due", "paused"), 0)
    )
    for case in cases(session, green):
        if case.received_on is None or case.received_on > day:
            continue
        if case.closed_on is not None and case.closed_on <= day:
            continue
        found["open"] += 1
        row = last.get(case.id)
        if row is None:
            continue
        found["paused"] += row.is_paused
        found["due"] += row.due_on == day
        if row.due_on is not None and row.due_on < day:
            found["overdue"] += 1
            found["past_the_law"] += bool(row.statutory_due_on and row.statutory_due_on < day)
    return dict(found)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("green", [True, False])
def test_the_history_tells_how_it_stood(busy: GuardedSession, day: date, green: bool) -> None:
    scope = Scope(day, from_history=True, with_green_lane=green)
    assert board.case_numbers(busy, scope) == as_it_stood(busy, day, green)


def test_today_the_history_and_the_present_agree(busy: GuardedSession) -> None:
    now = board.case_numbers(busy, Scope(MONDAY))
    then = board.case_numbers(busy, Scope(MONDAY, from_history=True))
    drafts = sum(1 for c in cases(busy) if c.closed_on is None and c.received_on is None)
    assert then.pop("open") + drafts == now["open"]
    assert then.pop("due") == now["due_today"]
    assert then == {name: now[name] for name in then}


# --- load, rates, flow ---------------------------------------------------------------------------

KEYS: dict[Dimension, Callable[[Application], Any]] = {
    Dimension.OFFICER: lambda case: case.officer_id,
    Dimension.ITEM: lambda case: case.licence_item_id,
    Dimension.DEPARTMENT: lambda case: case.licence_item.department_id,
    Dimension.CHANNEL: lambda case: case.channel,
}


@pytest.mark.parametrize("dimension", KEYS)
def test_open_and_late_cases_are_told_apart(busy: GuardedSession, dimension: Dimension) -> None:
    key, own = KEYS[dimension], [c for c in cases(busy) if c.closed_on is None]
    number = Counter(map(key, own))
    late = Counter(key(case) for case in own if is_late(case, MONDAY))
    found = board.load_of_cases(busy, Scope(MONDAY))[dimension]
    assert {k: (load.open, load.late) for k, load in found.items()} == {
        k: (number[k], late[k]) for k in number
    }


def test_a_post_has_its_open_steps(busy: GuardedSession) -> None:
    steps = [s for s in rows(busy, ApplicationStep) if s.status is StepStatus.OPEN]
    number = Counter(step.duty for step in steps)
    late = Counter(step.duty for step in steps if step.due_on and step.due_on < MONDAY)
    found = board.load_of_posts(busy, Scope(MONDAY))
    assert {k: (load.open, load.late) for k, load in found.items()} == {
        k: (number[k], late[k]) for k in number
    }


def statutory_at_decision(case: Application) -> date | None:
    before = [c for c in case.due_date_changes if c.cause.name not in ("DECIDED", "CLOSED")]
    before.sort(key=lambda c: (c.effective_on, c.id))
    return before[-1].statutory_due_on if before else case.statutory_due_on


def decided_figures(own: list[Application]) -> tuple[int, int, int]:
    def kept(case: Application, due: date | None) -> bool:
        return due is None or (case.decided_on or due) <= due

    return (
        len(own),
        sum(kept(case, case.decision_due_on) for case in own),
        sum(kept(case, statutory_at_decision(case)) for case in own),
    )


def _finished_a_step(case: Application) -> set[Any]:
    done = (step for step in case.steps if step.done_on)
    return {s.officer_id for s in done if FEBRUARY.first <= s.done_on <= FEBRUARY.last}


# Of an officer those decided cases count on which he worked in the period.
WORKED: dict[Dimension, Callable[[Application], set[Any]]] = {Dimension.OFFICER: _finished_a_step}


@pytest.mark.parametrize("dimension", KEYS)
@pytest.mark.parametrize("green", [True, False])
def test_rates_are_those_of_the_rows(
    busy: GuardedSession, dimension: Dimension, green: bool
) -> None:
    own = [
        case
        for case in cases(busy, green)
        if case.decided_on is not None and FEBRUARY.first <= case.decided_on <= FEBRUARY.last
    ]
    groups: dict[Any, list[Application]] = {}
    for case in own:
        for key in WORKED.get(dimension, lambda c: {KEYS[dimension](c)})(case):
            groups.setdefault(key, []).append(case)
    done = measured(busy, FEBRUARY, with_green_lane=green)
    found = {
        f.key: (f.cases, f.in_promised_time, f.in_statutory_time)
        for f in done.by(dimension)
        if f.cases
    }
    assert found == {key: decided_figures(group) for key, group in groups.items()}
    whole = done.whole()
    numbers = (whole.cases, whole.in_promised_time, whole.in_statutory_time)
    assert numbers == decided_figures(own)
    assert whole.cases > whole.in_statutory_time > whole.in_promised_time > 0


def test_finished_steps_are_counted_by_channel(busy: GuardedSession) -> None:
    steps = [
        step
        for step in rows(busy, ApplicationStep)
        if step.done_on is not None and FEBRUARY.first <= step.done_on <= FEBRUARY.last
    ]
    late = [step for step in steps if step.due_on is not None and step.done_on > step.due_on]
    whole: Figures = measured(busy, FEBRUARY).whole()
    assert (whole.steps, whole.late_steps) == (len(steps), len(late))
    assert len(late) > 0


def test_every_week_has_what_came_and_went(busy: GuardedSession) -> None:
    weeks = flow.throughput(busy, Scope(MONDAY))
    assert [week.monday for week in weeks] == [
        MONDAY - timedelta(7 * ago) for ago in range(11, -1, -1)
    ]
    for week in weeks:
        days = {week.monday + timedelta(n) for n in range(7)}
        assert (week.received, week.decided, week.closed) == tuple(
            sum(1 for case in cases(busy) if getattr(case, column) in days)
            for column in ("received_on", "decided_on", "closed_on")
        )
    assert sum(week.decided for week in weeks) > 3


def test_the_median_is_the_middle_of_the_working_days(busy: GuardedSession) -> None:
    calendar = working_calendar(busy)
    taken: dict[str, list[int]] = {}
    for step in rows(busy, ApplicationStep):
        if step.done_on is not None and FEBRUARY.first <= step.done_on <= FEBRUARY.last:
            days = calendar.count(step.opened_on, step.done_on)
            taken.setdefault(step.step_definition.name, []).append(days)
    found = flow.step_times(busy, FEBRUARY, Scope(MONDAY))
    assert {t.name: (t.finished, t.median) for t in found} == {
        name: (len(days), median(days)) for name, days in taken.items()
    }


@pytest.mark.parametrize("days", [[3], [1, 4], [1, 1, 9], [0, 2, 2, 5], [7, 7, 1, 0, 3, 12]])
def test_the_median_is_that_of_the_textbooks(days: list[int]) -> None:
    assert flow.median_of(Counter(days)) == median(days)
