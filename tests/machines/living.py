"""A case of the product beside its model: what a person tries is done to both."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models import ApplicantLink, Application, CalendarDay, acts
from models.acting import SYSTEM, acting_as
from models.by_time.recalculation import finish_revisions
from models.enums import (
    ApplicationStatus,
    ClockStart,
    DecisionOutcome,
    IntakeResult,
    ItemType,
    LinkKind,
    SuspensionKind,
    TerminationGround,
)
from models.errors import RuleViolation
from models.questions.people import actor_of
from tests.factories import DAY_ONE, TERMINATION, Office
from tests.machines.case_law import ACTS, NOTICE_OF_HEARING, allows, follow
from tests.machines.case_model import (
    NAMES,
    PROMISED,
    STATUTORY,
    Model,
    Traits,
    World,
)
from tests.rules import clock_oracle as oracle
from tests.statements import FORWARDING, judged_item

STANDARD = "GB/T 0000-2020"
REFUSAL = {
    "reasons": "不符合条件",
    "legal_basis": f"条例第三条，{STANDARD}",
    "remedies": "六十日内复议",
}
MOVES = {
    "accept": ApplicationStatus.ACCEPTED,
    "resubmit": ApplicationStatus.RECEIVED,
}
Case = Application


def change_day(office: Office, world: World, day: date) -> None:
    """A notice makes a working day one of rest, or takes that back; open cases are reckoned."""
    if day.year > 2026 or not oracle.works(day):
        return
    session = office.session
    entered = session.scalars(select(CalendarDay).where(CalendarDay.day == day)).one_or_none()
    if entered is not None and day not in world.rest:
        return  # a working weekend of the shipped calendar
    office.change_calendar({day: day in world.rest}, world.today)
    world.rest ^= {day}
    with acting_as(session, SYSTEM, world.today):
        finish_revisions(session, chunk=1)


class Life:
    """One case, and what a clerk with a wall calendar knows of it."""

    def __init__(self, office: Office, world: World, complete: bool, traits: Traits) -> None:
        self.office, self.session = office, office.session
        self.case: Application = office.received(
            world.today, _item(office, traits), complete=complete
        )
        for name in traits.linked:
            with office.acts("head", world.today):
                self.session.add(
                    ApplicantLink(
                        user=office.user(name),
                        applicant=self.case.applicant,
                        relation=LinkKind.RELATIVE,
                        since=DAY_ONE,
                    )
                )
        self.model = Model(world, complete, traits)

    def lawful(self) -> list[tuple[str, str]]:
        """Everything that somebody may do today."""
        return [(a, n) for a in ACTS for n in NAMES if allows(self.model, a, n)]

    def agrees(self) -> None:
        """Status, dates and closure are as the model says."""
        case, model = self.case, self.model
        assert (case.status.value, case.closed_on) == (model.status, model.closed_on)
        assert (case.due_on, case.statutory_due_on) == (model.due_on, model.statutory)
        assert (case.accepted_on, case.received_on) == (model.accepted_on, model.received_on)
        if model.closed_on is None:
            limits = (model.notice_due, model.correction_due)
            assert (case.notice_due_on, case.correction_due_on) == limits or model.accepted_on
        is_open_pause = model.paused and model.closed_on is None
        assert (case.suspended_since is not None) == is_open_pause
        effective = [change.effective_on for change in case.due_date_changes]
        assert effective == sorted(effective)

    def attempt(self, act: str, name: str) -> None:
        """Somebody does it; it must succeed exactly when the model allows it."""
        allowed = allows(self.model, act, name)
        if not allowed and self._changes_nothing(act, name):
            return
        today = self.model.today
        actor = SYSTEM if name == "TIME" else actor_of(self.session, self.office.user(name), today)
        with acting_as(self.session, actor, today):
            if allowed:
                self.do_and_commit(act, name)
                follow(self.model, act, name)
            else:
                with pytest.raises(RuleViolation):
                    self.do_and_commit(act, name)
                self.session.rollback()
        # Without this the session would remember what a guard should have asked for.
        self.session.expire_all()

    def _changes_nothing(self, act: str, name: str) -> bool:
        """An act that sets what is already so writes nothing, and nothing is judged."""
        model, is_time = self.model, name == "TIME"
        if act == "terminate":
            return is_time and model.status == "TERMINATED"
        if act in MOVES:
            return MOVES[act].value == model.status
        if act in IN_VAIN:
            return bool(IN_VAIN[act](model, None if is_time else name))
        return False

    def do_and_commit(self, act: str, name: str) -> None:
        """As whoever acts now."""
        case, session = self.case, self.session
        if act == "resubmit":
            # Where the notice named no material, words answer it.
            told = case.status is ApplicationStatus.CORRECTING
            acts.intake.answer_correction(case, answer="已补正" if told else "")
        elif act in MOVES:
            acts.intake.move(case, MOVES[act])
        elif act == "terminate" and name == "TIME":
            acts.intake.move(case, ApplicationStatus.TERMINATED)
        else:
            DEEDS[act](self)
        session.commit()


def _item(office: Office, traits: Traits) -> Any:
    start = ClockStart.REVIEW_CONCLUSION if traits.concludes else ClockStart.ACCEPTANCE
    kind = ItemType.FIRST_REVIEW if traits.first_review else ItemType.PERMIT
    return judged_item(
        office,
        conditions=2 if traits.judged else 0,
        promised=PROMISED,
        statutory=STATUTORY,
        needs_inspection=traits.inspected,
        clock_start=start,
        item={"item_type": kind},
    )


def _verdicts(case: Case, first: bool) -> acts.review.Verdicts:
    conditions = case.item_version.conditions
    return {c: (n > 0 or first, "") for n, c in enumerate(conditions)}


def _hearing(life: Life) -> Any:
    return life.case.hearings[0]


def _suspends(kind: SuspensionKind) -> Callable[[Life], None]:
    return lambda life: acts.clock.suspend(
        life.case, kind, planned_end_on=life.model.today, notice_number="检通1号"
    )


def _inspectors(life: Life) -> list[Any]:
    return [life.office.user("reviewer"), life.office.user("reviewer2")]


def _record(life: Life, passes: bool) -> None:
    standard = "" if passes else STANDARD
    acts.review.record_inspection(life.case.inspections[-1], passes, "已核查", standard)


DEEDS: dict[str, Callable[[Life], object]] = {
    "not_accept": lambda x: acts.intake.answer_not_accepted(
        x.case, IntakeResult.NO_PERMIT_NEEDED, "该活动无需取得许可"
    ),
    "ask_correction": lambda x: acts.intake.ask_correction(x.case, "缺少申请书"),
    "ask_second": lambda x: acts.intake.ask_correction(x.case, "缺少申请书", reason="首次告知遗漏"),
    "approve_second": lambda x: acts.intake.approve_second_notice(x.session, x.case),
    "on_the_spot": lambda x: acts.intake.corrected_on_the_spot(x.case, "更正地址"),
    "hand_in": lambda x: acts.intake.hand_in_required(x.case),
    "ask_green": lambda x: acts.clock.ask_green_lane(x.case, "急需"),
    "approve_green": lambda x: acts.clock.approve_green_lane(x.session, x.case.green_lanes[0]),
    "claim": lambda x: acts.steps.claim(x.session, x.case.steps[1]),
    "judge": lambda x: acts.review.judge(x.case, _verdicts(x.case, first=True)),
    "misjudge": lambda x: acts.review.judge(x.case, _verdicts(x.case, first=False)),
    "inspect": lambda x: acts.review.assign_inspectors(x.case, _inspectors(x), x.model.today),
    "pass": lambda x: _record(x, passes=True),
    "fail": lambda x: _record(x, passes=False),
    "complete": lambda x: acts.steps.complete(x.case.steps[1], "符合条件"),
    "conclude": lambda x: acts.clock.record_review_conclusion(x.session, x.case),
    "tell": lambda x: acts.hearing.tell_of_hearing(x.case),
    "request": lambda x: acts.hearing.request_hearing(x.session, _hearing(x)),
    "waive": lambda x: acts.hearing.waive_hearing(
        x.session, _hearing(x), "声明 1 号", x.model.today
    ),
    "plan": lambda x: acts.hearing.plan_hearing(
        _hearing(x),
        planned_on=x.model.today + timedelta(days=NOTICE_OF_HEARING),
        place="听证室",
        chair=x.office.user("guide"),
    ),
    "hold": lambda x: acts.hearing.hold_hearing(x.session, _hearing(x), "各方陈述在案"),
    "suspend INSPECTION": _suspends(SuspensionKind.INSPECTION),
    "suspend TESTING": _suspends(SuspensionKind.TESTING),
    "resume": lambda x: acts.clock.resume(x.session, x.case),
    "extend": lambda x: acts.clock.ask_extension(x.case, 5, "需专家论证"),
    "approve": lambda x: acts.clock.approve_extension(x.session, x.case.extensions[0]),
    "grant": lambda x: acts.decision.decide(
        x.case, DecisionOutcome.GRANTED, hearing_minutes="依笔录"
    ),
    "refuse": lambda x: acts.decision.decide(
        x.case, DecisionOutcome.REFUSED, hearing_minutes="依笔录", **REFUSAL
    ),
    "forward": lambda x: acts.decision.forward(x.case, **FORWARDING),
    "terminate": lambda x: acts.ending.terminate(
        x.case, TerminationGround.APPLICANT_ENDED, "申请人已经依法注销。", **TERMINATION
    ),
    "end": lambda x: acts.ending.approve(x.session, x.case.terminations[-1]),
    "withdraw": lambda x: acts.ending.enter_withdrawal(x.case, "撤回1号", x.model.today),
    "take_back": lambda x: acts.ending.approve(x.session, x.case.withdrawals[-1]),
    "deliver": lambda x: acts.decision.deliver(x.case),
    "back_date": lambda x: setattr(x.case, "accepted_on", x.model.today - timedelta(days=400)),
}

# Act → whether it would write what is so already, or has nothing to write upon. ``who`` None is
# time, which has no name to sign with.
IN_VAIN: dict[str, Callable[[Model, str | None], object]] = {
    "claim": lambda m, who: m.claimed_by == who,
    "hand_in": lambda m, _: m.complete,
    "complete": lambda m, _: m.reviewed,
    "deliver": lambda m, _: m.status == "DELIVERED",
    "judge": lambda m, _: not m.traits.judged or m.verdict is True,
    "misjudge": lambda m, _: not m.traits.judged or m.verdict is False,
    "pass": lambda m, _: m.inspection in (None, "PASSED"),
    "fail": lambda m, _: m.inspection in (None, "FAILED"),
    "conclude": lambda m, who: who == (m.concluded[0] if m.concluded else None),
    "request": lambda m, _: m.hearing is None or m.hearing.requested_on == m.today,
    "waive": lambda m, _: m.hearing is None or m.hearing.waived_on == m.today,
    "plan": lambda m, _: (
        m.hearing is None or m.hearing.planned_on == m.today + timedelta(days=NOTICE_OF_HEARING)
    ),
    "hold": lambda m, _: m.hearing is None or m.hearing.held_on == m.today,
    "approve": lambda m, who: not m.extension or who == m.signed_by.get("approved"),
    "end": lambda m, who: not m.termination or who is None,
    "take_back": lambda m, who: not m.withdrawal or who is None,
    "approve_green": lambda m, who: m.green is None or who == _approver(m),
    "approve_second": lambda m, who: m.waits_for_the_head and who is None,
}


def _approver(m: Model) -> str | None:
    return m.signed_by["green"] if m.green == "APPROVED" else None
