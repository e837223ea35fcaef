"""The life of a case as a machine: officers try every act on every day, lawful or not.

A small model beside it, which knows nothing of the product, says what must happen; its dates
come from the oracle that walks day by day.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models import Application, acts, intake_acts
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from models.enums import ApplicationStatus, DecisionOutcome, IntakeResult, SuspensionKind
from models.errors import RuleViolation
from models.hooks.audit import verify
from models.queries import actor_of
from tests.databases import rows_of
from tests.factories import Office, fill_office
from tests.replay import replayed, stored
from tests.rules import clock_oracle as oracle

PROMISED, STATUTORY = 15, 20
NAMES = ("clerk", "clerk2", "reviewer", "reviewer2", "decider", "head", "manager", "TIME")
CLERKS, REVIEWERS = ("clerk", "clerk2"), ("reviewer", "reviewer2")
FIRST_DAYS = (date(2025, 1, 20), date(2025, 3, 3), date(2025, 9, 22), date(2026, 2, 9))
CLOSED = ("DELIVERED", "REFUSED", "NOT_ACCEPTED", "WITHDRAWN", "TERMINATED")
REFUSAL = {"reasons": "不符合条件", "legal_basis": "条例第三条", "remedies": "六十日内复议"}


def due(start: date, days: int, pauses: Any = (), extension: int = 0) -> date | None:
    """The oracle's answer in working days."""
    return oracle.expect(start, days, "WORKING_DAY", pauses, extension).due_on


@dataclass
class Model:
    """What a clerk with a wall calendar would know of the case."""

    today: date
    complete: bool
    status: str = "RECEIVED"
    notice_due: date | None = None
    correction_due: date | None = None
    was_told: bool = False
    answered_on: date | None = None
    handed_in_on: date | None = None
    accepted_on: date | None = None
    claimed_by: str | None = None
    reviewed: bool = False
    pauses: list[tuple[date, date | None]] = field(default_factory=list)
    extension: int = 0
    approved: bool = False
    due_on: date | None = None
    statutory: date | None = None
    closed_on: date | None = None

    def __post_init__(self) -> None:
        self.received_on = self.today
        self.notice_due = due(self.today, 5)

    @property
    def silent(self) -> bool:
        """Whether the five days have passed without an answer."""
        return self.notice_due is not None and self.today > self.notice_due

    @property
    def day_of_acceptance(self) -> date:
        """The day of the last supplement; without one that of receipt, or today."""
        if self.answered_on is not None:
            return max(self.answered_on, self.handed_in_on or self.answered_on)
        return self.received_on if self.silent else self.today

    @property
    def paused(self) -> bool:
        """Whether a suspension is open."""
        return any(end is None for _start, end in self.pauses)

    @property
    def ready(self) -> bool:
        """Whether the case may be decided."""
        return self.status == "ACCEPTED" and self.reviewed and not self.paused

    def allows(self, act: str, name: str) -> bool:
        """Whether ``name`` may do ``act`` today."""
        return bool(ALLOWED[act](self, name))

    def clock(self) -> None:
        """Count again."""
        assert self.accepted_on is not None
        extension = self.extension if self.approved else 0
        self.due_on = due(self.accepted_on, PROMISED, self.pauses, extension)
        self.statutory = due(self.accepted_on, STATUTORY, self.pauses, extension)
        if self.due_on is None:
            self.statutory = None

    def close(self, status: str) -> None:
        """Nothing is owed any more."""
        self.status, self.closed_on = status, self.today


ALLOWED: dict[str, Callable[[Model, str], object]] = {
    "accept": lambda m, who: (
        m.status == "RECEIVED"
        and (m.silent if who == "TIME" else who in CLERKS and (m.complete or m.silent))
    ),
    "not_accept": lambda m, who: m.status == "RECEIVED" and who in CLERKS and not m.silent,
    "ask_correction": lambda m, who: (
        m.status == "RECEIVED" and who in CLERKS and not m.silent and not m.was_told
    ),
    "hand_in": lambda m, who: (
        m.status in ("RECEIVED", "CORRECTING") and who in CLERKS and not m.complete
    ),
    "resubmit": lambda m, who: m.status == "CORRECTING" and who in CLERKS,
    # Time ends what the applicant never answered; the decision post what has lost its object.
    "terminate": lambda m, who: (
        (m.status == "ACCEPTED" and who == "decider")
        or (
            m.status == "CORRECTING"
            and who == "TIME"
            and m.correction_due is not None
            and m.today > m.correction_due
        )
    ),
    "claim": lambda m, who: (
        m.status == "ACCEPTED" and who in REVIEWERS and not m.reviewed and m.claimed_by is None
    ),
    # A step that nobody claimed is finished by whoever holds its post.
    "complete": lambda m, who: (
        m.status == "ACCEPTED"
        and not m.reviewed
        and who in REVIEWERS
        and m.claimed_by in (None, who)
    ),
    "suspend": lambda m, who: m.status == "ACCEPTED" and who in REVIEWERS and not m.paused,
    "resume": lambda m, who: m.paused and who in REVIEWERS and m.status == "ACCEPTED",
    "extend": lambda m, who: (
        m.status == "ACCEPTED" and who in (*REVIEWERS, "head") and not m.extension
    ),
    "approve": lambda m, who: (
        m.status == "ACCEPTED"
        and who == "head"
        and m.extension
        and not m.approved
        and (m.due_on is None or m.today <= m.due_on)
    ),
    "grant": lambda m, who: m.ready and who == "decider",
    "refuse": lambda m, who: m.ready and who == "decider",
    "deliver": lambda m, who: m.status == "GRANTED" and who in CLERKS,
    "withdraw": lambda m, who: m.status in ("RECEIVED", "CORRECTING", "ACCEPTED") and who in CLERKS,
    "back_date": lambda _m, _who: False,
}


class CaseMachine(RuleBasedStateMachine):
    """One case, several officers, and the days that pass."""

    def __init__(self, databases: Any) -> None:
        super().__init__()
        self.session = GuardedSession(databases.fresh(fill_office))
        self.office = Office(self.session)
        self.when_closed: dict[str, Any] | None = None

    @initialize(first=st.sampled_from(FIRST_DAYS), complete=st.booleans())
    def receive(self, first: date, complete: bool) -> None:
        """A case comes in."""
        item = self.office.item(promised=PROMISED, statutory=STATUTORY)
        self.case: Application = self.office.received(first, item, complete=complete)
        self.model = Model(first, complete)

    @rule(number=st.integers(1, 6))
    def wait(self, number: int) -> None:
        """Days pass."""
        self.model.today += timedelta(days=number)

    @precondition(lambda self: self.model.status in ("RECEIVED", "CORRECTING", "GRANTED"))
    @rule(number=st.integers(20, 60))
    def forget(self, number: int) -> None:
        """Weeks pass."""
        self.model.today += timedelta(days=number)

    @rule(act=st.sampled_from(sorted(ALLOWED)), name=st.sampled_from(NAMES))
    def anyone_tries_anything(self, act: str, name: str) -> None:
        """Whether lawful or not."""
        self._try(act, name)

    @rule(data=st.data())
    def somebody_does_what_is_lawful(self, data: st.DataObject) -> None:
        """So that lives become long."""
        lawful = [(a, n) for a in sorted(ALLOWED) for n in NAMES if self.model.allows(a, n)]
        if lawful:
            self._try(*data.draw(st.sampled_from(lawful)))

    @invariant()
    def the_case_is_as_the_model_says(self) -> None:
        """Status, dates and closure agree, and the log is whole."""
        case, model = self.case, self.model
        assert (case.status.value, case.closed_on) == (model.status, model.closed_on)
        assert (case.due_on, case.statutory_due_on) == (model.due_on, model.statutory)
        assert (case.accepted_on, case.received_on) == (model.accepted_on, model.received_on)
        is_open_pause = model.paused and model.closed_on is None
        assert (case.suspended_since is not None) == is_open_pause
        assert (case.closed_on is not None) == (model.status in CLOSED)
        assert verify(self.session.connection()).ok

    @invariant()
    def a_closed_case_never_changes(self) -> None:
        """Not one column of it, nor of its parts."""
        if self.model.closed_on is None:
            return
        tables = ("application", "application_step", "decision", "clock_suspension", "certificate")
        stored = {table: rows_of(self.session.connection(), table) for table in tables}
        assert self.when_closed in (None, stored)
        self.when_closed = stored

    def teardown(self) -> None:
        """The log tells every row as it is stored. Close the session, whatever happened."""
        connection = self.session.connection()
        told, kept = replayed(connection), stored(connection)
        self.session.close()
        assert told == kept

    def _try(self, act: str, name: str) -> None:
        allowed = self.model.allows(act, name)
        if not allowed and self._changes_nothing(act, name):
            return
        user = None if name == "TIME" else self.office.user(name)
        today = self.model.today
        actor = actor_of(self.session, user, today) if user else SYSTEM
        with acting_as(self.session, actor, today):
            if allowed:
                self._do(act)
                self.session.commit()
                self._follow(act, name)
            else:
                with pytest.raises(RuleViolation):
                    self._do_and_commit(act)
                self.session.rollback()
        # Without this the session would remember what a guard should have asked for.
        self.session.expire_all()

    def _changes_nothing(self, act: str, name: str) -> bool:
        """An act that sets what is already so writes nothing, and nothing is judged."""
        is_time = name == "TIME"
        if act == "claim":
            return self.model.claimed_by == (None if is_time else name)
        if act == "hand_in":
            return self.model.complete
        if act == "complete":
            return self.model.reviewed
        same = {"resubmit": "RECEIVED", "withdraw": "WITHDRAWN"}
        same |= {"accept": "ACCEPTED", "terminate": "TERMINATED"}
        if act == "approve":
            in_vain = name == "head" if self.model.approved else is_time
            return in_vain or not self.model.extension
        return same.get(act) == self.model.status

    def _do_and_commit(self, act: str) -> None:
        self._do(act)
        self.session.commit()

    def _do(self, act: str) -> None:
        case, session, today = self.case, self.session, self.model.today
        step = case.steps[1]
        deeds: dict[str, Callable[[], object]] = {
            "ask_correction": lambda: acts.ask_correction(case, "缺少申请书"),
            "not_accept": lambda: intake_acts.answer_not_accepted(
                case, IntakeResult.NO_PERMIT_NEEDED, "该活动无需取得许可"
            ),
            "hand_in": lambda: acts.hand_in_required(case),
            "claim": lambda: acts.claim(session, step),
            "complete": lambda: acts.complete(step, "符合条件"),
            "suspend": lambda: acts.suspend(
                case, SuspensionKind.INSPECTION, planned_end_on=today, notice_number="检通1号"
            ),
            "resume": lambda: acts.resume(session, case),
            "extend": lambda: acts.ask_extension(case, 5, "需专家论证"),
            "approve": lambda: acts.approve_extension(session, case.extensions[0]),
            "grant": lambda: acts.decide(case, DecisionOutcome.GRANTED),
            "refuse": lambda: acts.decide(case, DecisionOutcome.REFUSED, **REFUSAL),
            "deliver": lambda: acts.deliver(case),
            "back_date": lambda: setattr(case, "accepted_on", today - timedelta(days=400)),
        }
        moves = {
            "accept": ApplicationStatus.ACCEPTED,
            "resubmit": ApplicationStatus.RECEIVED,
            "terminate": ApplicationStatus.TERMINATED,
            "withdraw": ApplicationStatus.WITHDRAWN,
        }
        if act in moves:
            acts.move(case, moves[act])
        else:
            deeds[act]()

    def _follow(self, act: str, name: str) -> None:
        """What the model learns from an act that was lawful."""
        model = self.model
        if act == "accept":
            model.accepted_on = model.day_of_acceptance
            model.status = "ACCEPTED"
            model.clock()
        elif act == "ask_correction":
            model.status, model.was_told, model.notice_due = "CORRECTING", True, None
            model.correction_due = due(model.today, 30)
        elif act == "resubmit":
            model.status, model.notice_due = "RECEIVED", due(model.today, 5)
            model.answered_on = model.today
        elif act == "grant":
            model.status = "GRANTED"
            model.due_on = model.statutory = due(model.today, 10)
        else:
            self._follow_part(act, name)

    def _follow_part(self, act: str, name: str) -> None:
        model = self.model
        ends = {
            "not_accept": "NOT_ACCEPTED",
            "terminate": "TERMINATED",
            "refuse": "REFUSED",
            "deliver": "DELIVERED",
            "withdraw": "WITHDRAWN",
        }
        if act in ends:
            model.close(ends[act])
        elif act == "hand_in":
            model.complete, model.handed_in_on = True, model.today
        elif act == "claim":
            model.claimed_by = name
        elif act == "complete":
            model.reviewed, model.claimed_by = True, name
        elif act == "extend":
            model.extension = 5
        elif act == "suspend":
            model.pauses.append((model.today, None))
        elif act == "resume":
            model.pauses[-1] = (model.pauses[-1][0], model.today)
        elif act == "approve":
            model.approved = True
        if act in ("suspend", "resume", "approve"):
            model.clock()


# A life that fails is short enough to read; to make it shorter still takes minutes.
QUICKLY = (Phase.explicit, Phase.reuse, Phase.generate)


def _run(databases: Any, examples: int, steps: int, phases: Any = QUICKLY) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: CaseMachine(databases),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_case_lives_as_the_model_says(databases: Any) -> None:
    _run(databases, examples=12, steps=25)


@pytest.mark.nightly
def test_a_case_lives_as_the_model_says_in_a_thousand_lives(databases: Any) -> None:
    _run(databases, examples=1000, steps=60, phases=tuple(Phase))
