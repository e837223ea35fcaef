"""The life of a certificate as a machine: orders, applications about it, and the days that pass.

Art. 8, 49, 50, 69, 70. A small model beside it says what must happen.
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
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from models import Application, ApplicationStep, Certificate, CertificateChange, acts
from models.acting import SYSTEM, acting_as
from models.by_time.daily import run_daily
from models.database import GuardedSession
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    CertificateChangeKind,
    DecisionOutcome,
    Duty,
    SuspensionKind,
)
from models.errors import RuleViolation
from models.questions.people import actor_of
from tests.certificates import proposal
from tests.factories import Office, fill_office, open_step
from tests.machines.certificate_model import ACTS, MONTHS, NAMES, Model
from tests.machines.watching import Watch, lives

FIRST_DAYS = (date(2025, 3, 3), date(2025, 9, 15), date(2025, 12, 15))
REFUSAL = {"reasons": "不符合条件", "legal_basis": "条例第三条", "remedies": "六十日内复议"}
MOVES = {"accept": ApplicationStatus.ACCEPTED}


class CertificateMachine(RuleBasedStateMachine):
    """One certificate, its editions, and whoever wants something of it."""

    def __init__(self, databases: Any) -> None:
        super().__init__()
        self.session = GuardedSession(databases.fresh(fill_office))
        self.office, self.watch = Office(self.session), Watch()
        self.case: Application | None = None

    @initialize(first=st.sampled_from(FIRST_DAYS))
    def issue(self, first: date) -> None:
        """A certificate is in its holder's hand."""
        self.number = self.office.delivered(first, certificate_months=MONTHS).certificate.number
        self.model = Model(first)

    @rule(number=st.integers(1, 25))
    def wait(self, number: int) -> None:
        """Days pass."""
        self.model.today += timedelta(days=number)

    @rule(number=st.integers(-1, 4))
    def wait_for_the_end(self, number: int) -> None:
        """The days about the last valid one are those that matter."""
        self.model.today = max(
            self.model.today, self.model.paper.valid_until + timedelta(days=number)
        )

    @rule()
    def time_passes(self) -> None:
        """The work of the days, since it was done last."""
        run_daily(self.session, self.model.today)
        self.model.time_passes()

    @rule(act=st.sampled_from(ACTS), name=st.sampled_from(NAMES))
    def anyone_tries_anything(self, act: str, name: str) -> None:
        """Whether lawful or not."""
        self._try(act, name)

    @rule(data=st.data())
    def somebody_does_what_is_lawful(self, data: st.DataObject) -> None:
        """So that lives become long."""
        lawful = [(a, n) for a in ACTS for n in NAMES if self.model.allows(a, n)]
        if lawful:
            self._try(*data.draw(st.sampled_from(lawful)))

    @invariant()
    def the_certificate_is_as_the_model_says(self) -> None:
        """Every edition, and the application about the latest."""
        if not hasattr(self, "model"):
            return
        told = [
            (n, e.status, e.valid_from, e.valid_until, e.changes)
            for n, e in enumerate(self.model.editions, start=1)
        ]
        assert told == [
            (p.edition, p.status.value, p.valid_from, p.valid_until, len(p.changes))
            for p in self._editions()
        ]
        if self.model.asked is not None:
            assert self.case is not None
            state = self.model.asked.state
            assert self.case.status == ("ACCEPTED" if state == "REVIEWED" else state)
            paused = self.model.asked.is_paused
            assert (self.case.suspended_since is not None) == paused
        elif self.case is not None:
            assert self.case.closed_on is not None
        self.watch.look(self.session.connection())
        self.session.rollback()

    def teardown(self) -> None:
        """The log tells every row as it is stored. Close the session, whatever happened."""
        self.session.rollback()
        try:
            self.watch.end(self.session.connection())
        finally:
            self.session.close()

    def _editions(self) -> list[Certificate]:
        self.session.expire_all()
        mine = select(Certificate).where(Certificate.number == self.number)
        return list(self.session.scalars(mine.order_by(Certificate.edition)))

    def _try(self, act: str, name: str) -> None:
        allowed = self.model.allows(act, name)
        if not allowed and self._has_no_object(act, name):
            return
        today = self.model.today
        actor = SYSTEM if name == "TIME" else actor_of(self.session, self.office.user(name), today)
        with acting_as(self.session, actor, today):
            if allowed:
                self._do(act)
                self.session.commit()
                self.model.follow(act, name)
            else:
                with pytest.raises(RuleViolation):
                    self._do_and_commit(act)
                self.session.rollback()
        self.session.expire_all()

    def _has_no_object(self, act: str, name: str) -> bool:
        """There is nothing to do it to, or it is so already, and nothing is judged."""
        verb = act.partition(" ")[0]
        asked = self.model.asked
        if signature := {"approve": "approved_by_id", "reject": "rejected_by_id"}.get(verb):
            paper = self._editions()[-1]
            # What was signed so already stays as it is; time has no name to sign with.
            name_of = None if name == "TIME" else self.office.user(name).id
            return not paper.changes or getattr(_proposed(paper), signature) == name_of
        if verb in ("propose", "cancel"):
            return False
        if verb == "apply":
            # About the edition before: what was granted waits for its delivery.
            return asked is not None and asked.state == "GRANTED"
        if asked is None:
            return True
        same = {"accept": "ACCEPTED", "deliver": "DELIVERED"}
        done = verb == "accept" and asked.state == "REVIEWED"
        is_reviewed = verb == "review" and self._review_step() is None
        return done or is_reviewed or same.get(verb) == asked.state

    def _do_and_commit(self, act: str) -> None:
        self._do(act)
        self.session.commit()

    def _review_step(self) -> ApplicationStep | None:
        assert self.case is not None
        return open_step(self.case, Duty.REVIEW)

    def _do(self, act: str) -> None:
        verb, _, what = act.partition(" ")
        paper = self._editions()[-1]
        if verb == "propose":
            proposal(paper, CertificateChangeKind(what))
        elif verb == "cancel":
            proposal(paper, CertificateChangeKind.CANCEL)
        elif verb == "approve":
            acts.certificate.approve(self.session, _proposed(paper))
        elif verb == "reject":
            acts.certificate.reject(self.session, _proposed(paper))
        elif verb == "apply":
            self._apply(ApplicationKind(what), paper)
        else:
            self._do_to_the_case(verb)

    def _apply(self, kind: ApplicationKind, paper: Certificate) -> None:
        case = acts.certificate.apply_about(self.session, kind, paper, paper.holder)
        for requirement in paper.licence_item.versions[-1].materials:
            acts.intake.hand_in(case, requirement)
        self.session.commit()
        self.case = case

    def _do_to_the_case(self, verb: str) -> None:
        case = self.case
        assert case is not None
        if verb in MOVES:
            acts.intake.move(case, MOVES[verb])
        elif verb == "review":
            step = self._review_step()
            assert step is not None
            acts.steps.complete(step, "符合条件")
        elif verb == "pause":
            acts.clock.suspend(
                case,
                SuspensionKind.INSPECTION,
                planned_end_on=self.model.today,
                notice_number="检通1号",
            )
        elif verb == "resume":
            acts.clock.resume(self.session, case)
        elif verb == "grant":
            acts.decision.decide(case, DecisionOutcome.GRANTED)
        elif verb == "refuse":
            acts.decision.decide(case, DecisionOutcome.REFUSED, **REFUSAL)
        else:
            acts.decision.deliver(case)


def _proposed(paper: Certificate) -> CertificateChange:
    """The proposal that waits, or the last change."""
    waiting = [c for c in paper.changes if c.effective_on is None and c.rejected_on is None]
    return waiting[0] if waiting else paper.changes[-1]


@pytest.mark.by_chance
@pytest.mark.hooks_alone
def test_a_certificate_lives_as_the_model_says(databases: Any) -> None:
    """Art. 50, 69, 70: over the whole life of every edition."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: CertificateMachine(databases), settings=lives(5, 25)
    )


@pytest.mark.marathon
def test_a_certificate_lives_as_the_model_says_in_hundreds_of_lives(databases: Any) -> None:
    """Art. 50, 69, 70: the long form."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: CertificateMachine(databases), settings=lives(300, 50, tuple(Phase))
    )
