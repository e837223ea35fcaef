"""A whole office as a machine: several cases, people who lose and regain a post, a calendar that
changes, logs that are imported, and time that does its work in between."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from models import Application, PostAssignment
from models.by_time.daily import run_daily
from models.database import GuardedSession
from models.enums import Origin
from seed.event_log import EventLog, LoggedCase, LoggedEvent, Moment
from seed.log_import import import_log
from tests.factories import Office, fill_office
from tests.machines.case_law import ACTS, time_passes
from tests.machines.case_model import NAMES, ONE_DAY, Traits, World
from tests.machines.living import Life, change_day
from tests.machines.watching import Watch, lives

FIRST_DAYS = (date(2025, 3, 3), date(2025, 9, 22))
TRAITS = (Traits(), Traits(judged=True), Traits(concludes=True), Traits(linked=("clerk2",)))
MOST_CASES = 4
PEOPLE = st.sampled_from(NAMES)


class OfficeMachine(RuleBasedStateMachine):
    """Up to four cases at once in one office."""

    def __init__(self, databases: Any) -> None:
        super().__init__()
        self.session = GuardedSession(databases.fresh(fill_office))
        self.office, self.watch = Office(self.session), Watch()
        self.lives: list[Life] = []
        self.imported = 0

    @initialize(first=st.sampled_from(FIRST_DAYS))
    def open_the_doors(self, first: date) -> None:
        """The office opens with one case."""
        self.world = World(first)
        self.receive(complete=True, traits=Traits())

    @precondition(lambda self: len(self.lives) < MOST_CASES)
    @rule(complete=st.booleans(), traits=st.sampled_from(TRAITS))
    def receive(self, complete: bool, traits: Traits) -> None:
        """Another case comes in."""
        self.lives.append(Life(self.office, self.world, complete, traits))

    @rule(number=st.integers(1, 9))
    def wait(self, number: int) -> None:
        """Days pass."""
        self.world.today += timedelta(days=number)

    @rule(offset=st.integers(-10, 25))
    def the_calendar_changes(self, offset: int) -> None:
        """A day becomes one of rest, or a working day again; every open case moves with it."""
        change_day(self.office, self.world, self.world.today + timedelta(days=offset))
        for life in self.lives:
            life.model.calendar_changed()

    @rule()
    def time_does_its_work(self) -> None:
        """The days since it was done last."""
        run_daily(self.session, self.world.today)
        for life in self.lives:
            time_passes(life.model)

    @precondition(lambda self: "reviewer2" not in self.world.unposted)
    @rule()
    def a_post_ends(self) -> None:
        """The second reviewer holds his post to the end of today."""
        with self.office.acts("security", self.world.today):
            self._assignments()[-1].valid_until = self.world.today
        self.world.unposted["reviewer2"] = self.world.today

    @precondition(lambda self: self.world.unposted.get("reviewer2", date.max) < self.world.today)
    @rule()
    def a_post_is_given_again(self) -> None:
        """He gets it back."""
        old = self._assignments()[-1]
        with self.office.acts("security", self.world.today) as session:
            session.add(PostAssignment(user=old.user, post=old.post, valid_from=self.world.today))
        del self.world.unposted["reviewer2"]

    @rule(days=st.integers(0, 5), is_closed=st.booleans())
    def a_log_is_imported(self, days: int, is_closed: bool) -> None:
        """History from elsewhere comes in, and disturbs nobody."""
        self.imported += 1
        case = _logged(str(self.imported), self.world.today - 9 * ONE_DAY, days, is_closed)
        names = tuple(event.activity for event in case.events)
        log = EventLog("log", None, names, (case,), (), 0)
        assert import_log(self.session, log, "log", self.world.today).applications == 1
        assert import_log(self.session, log, "log", self.world.today).skipped == 1

    @rule(act=st.sampled_from(ACTS), name=PEOPLE, number=st.integers(0, MOST_CASES - 1))
    def anyone_tries_anything(self, act: str, name: str, number: int) -> None:
        """Whether lawful or not, on one of the cases."""
        self.lives[number % len(self.lives)].attempt(act, name)

    @rule(data=st.data(), number=st.integers(0, MOST_CASES - 1))
    def somebody_does_what_is_lawful(self, data: st.DataObject, number: int) -> None:
        """So that lives become long."""
        life = self.lives[number % len(self.lives)]
        if lawful := life.lawful():
            life.attempt(*data.draw(st.sampled_from(lawful)))

    @invariant()
    def every_case_is_as_its_model_says(self) -> None:
        """No case moves with another; imported history stays as it came."""
        for life in self.lives:
            life.agrees()
        if self.lives:
            self.watch.look(self.session.connection())
            imported = select(func.count()).where(Application.origin == Origin.IMPORTED)
            assert self.session.scalar(imported) == self.imported

    def teardown(self) -> None:
        """The log tells every row as it is stored. Close the session, whatever happened."""
        self.session.rollback()
        try:
            self.watch.end(self.session.connection())
        finally:
            self.session.close()

    def _assignments(self) -> list[PostAssignment]:
        user = self.office.user("reviewer2")
        mine = select(PostAssignment).where(PostAssignment.user == user)
        return list(self.session.scalars(mine.order_by(PostAssignment.id)))


def _logged(case_id: str, first: date, days: int, is_closed: bool) -> LoggedCase:
    """A case of two events in a log of elsewhere."""

    def moment(day: date) -> Moment:
        return Moment(day, datetime.combine(day, time(9), UTC))

    end = moment(first + days * ONE_DAY)
    events = (LoggedEvent("收件", "李某", moment(first)), LoggedEvent("办结", "王某", end))
    return LoggedCase(
        case_id=case_id,
        events=events,
        received=moment(first),
        closed=end if is_closed else None,
    )


@pytest.mark.by_chance
def test_an_office_lives_as_its_models_say(databases: Any) -> None:
    """Art. 32-48, 82: several cases side by side, on both databases."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: OfficeMachine(databases), settings=lives(3, 20)
    )


@pytest.mark.marathon
def test_an_office_lives_as_its_models_say_for_years(databases: Any) -> None:
    """Art. 32-48, 82: the long form."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: OfficeMachine(databases), settings=lives(150, 60, tuple(Phase))
    )
