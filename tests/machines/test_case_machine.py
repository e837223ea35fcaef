"""The life of a case as a machine: officers try every act on every day, lawful or not, while the
calendar changes and time does its work.

A small model beside it, which knows nothing of the product, says what must happen.
"""

from datetime import date, timedelta
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

from models.by_time.daily import run_daily
from models.database import GuardedSession
from tests.factories import Office, fill_office
from tests.machines.case_law import ACTS, time_passes
from tests.machines.case_model import NAMES, Traits, World
from tests.machines.living import Life, change_day
from tests.machines.watching import Watch, lives

FIRST_DAYS = (date(2025, 1, 20), date(2025, 3, 3), date(2025, 9, 22), date(2026, 2, 9))
TRAITS = st.builds(
    Traits,
    judged=st.booleans(),
    inspected=st.booleans(),
    first_review=st.sampled_from((False, False, False, True)),
    concludes=st.sampled_from((False, False, True)),
    linked=st.sampled_from(((), ("clerk2", "reviewer2"))),
)


class CaseMachine(RuleBasedStateMachine):
    """One case, several officers, and the days that pass."""

    def __init__(self, databases: Any) -> None:
        super().__init__()
        self.session = GuardedSession(databases.fresh(fill_office))
        self.office, self.watch = Office(self.session), Watch()

    @initialize(first=st.sampled_from(FIRST_DAYS), complete=st.booleans(), traits=TRAITS)
    def receive(self, first: date, complete: bool, traits: Traits) -> None:
        """A case comes in."""
        self.world = World(first)
        self.life = Life(self.office, self.world, complete, traits)

    @rule(number=st.integers(1, 6))
    def wait(self, number: int) -> None:
        """Days pass."""
        self.world.today += timedelta(days=number)

    @precondition(lambda self: self.life.model.status in ("RECEIVED", "CORRECTING", "GRANTED"))
    @rule(number=st.integers(20, 60))
    def forget(self, number: int) -> None:
        """Weeks pass."""
        self.world.today += timedelta(days=number)

    @rule(offset=st.integers(-10, 25))
    def the_calendar_changes(self, offset: int) -> None:
        """A day becomes one of rest, or a working day again."""
        change_day(self.office, self.world, self.world.today + timedelta(days=offset))
        self.life.model.calendar_changed()

    @rule()
    def time_does_its_work(self) -> None:
        """The days since it was done last."""
        run_daily(self.session, self.world.today)
        time_passes(self.life.model)

    @rule(act=st.sampled_from(ACTS), name=st.sampled_from(NAMES))
    def anyone_tries_anything(self, act: str, name: str) -> None:
        """Whether lawful or not."""
        self.life.attempt(act, name)

    @rule(data=st.data())
    def somebody_does_what_is_lawful(self, data: st.DataObject) -> None:
        """So that lives become long."""
        if lawful := self.life.lawful():
            self.life.attempt(*data.draw(st.sampled_from(lawful)))

    @rule(data=st.data())
    def somebody_brings_it_on(self, data: st.DataObject) -> None:
        """The same, but nobody ends it early."""
        ends = ("withdraw", "take_back", "not_accept", "terminate", "end")
        if lawful := [pair for pair in self.life.lawful() if pair[0] not in ends]:
            self.life.attempt(*data.draw(st.sampled_from(lawful)))

    @invariant()
    def the_case_is_as_the_model_says(self) -> None:
        """Status, dates and closure agree, the log is whole, and what is closed stays."""
        if hasattr(self, "life"):
            self.life.agrees()
            self.watch.look(self.session.connection())

    def teardown(self) -> None:
        """The log tells every row as it is stored. Close the session, whatever happened."""
        self.session.rollback()
        try:
            self.watch.end(self.session.connection())
        finally:
            self.session.close()


@pytest.mark.by_chance
@pytest.mark.hooks_alone
def test_a_case_lives_as_the_model_says(databases: Any) -> None:
    """Art. 32-38, 42-48, 55, 82: the whole life, and no clock loses or gains a day."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: CaseMachine(databases), settings=lives(6, 25)
    )


@pytest.mark.marathon
def test_a_case_lives_as_the_model_says_in_a_thousand_lives(databases: Any) -> None:
    """Art. 32-38, 42-48, 55, 82: the long form."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: CaseMachine(databases), settings=lives(1000, 60, tuple(Phase))
    )
