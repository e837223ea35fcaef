"""What waits for one person: each question equals a plain recount, in its one order."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select

from models import (
    Absence,
    Application,
    ApplicationStep,
    CertificateChange,
    ClockSuspension,
    CorrectionNotice,
    acts,
)
from models.acting import Actor
from models.enums import (
    AbsenceReason,
    ApplicationStatus,
    CertificateChangeKind,
    CertificateGround,
    Duty,
    StepStatus,
    SuspensionKind,
)
from models.questions import my_work
from models.questions.calendar import working_calendar
from models.questions.case_clock import binding_day, binding_day_of
from models.questions.my_work import EmptyQueue, ask
from models.questions.pauses import is_pause_overrun
from models.questions.people import actor_of
from tests.factories import MONDAY, Office, open_step

pytestmark = pytest.mark.hooks_alone

TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = MONDAY + timedelta(days=4)


def who(office: Office, name: str, day: date = MONDAY) -> Actor:
    return actor_of(office.session, office.user(name), day)


def me(office: Office, name: str) -> int:
    return office.user(name).id


def found(office: Office, question: Select[Any]) -> list[Any]:
    return list(office.session.scalars(question))


def claimed(office: Office, case: Application, name: str = "reviewer", day: date = MONDAY) -> Any:
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts(name, day) as session:
        acts.steps.claim(session, step)
    return step


def green(office: Office, case: Application, day: date) -> None:
    with office.acts("reviewer", day):
        acts.clock.ask_green_lane(case, "疫情急需")
    with office.acts("head", day) as session:
        acts.clock.approve_green_lane(session, case.green_lanes[0])


# --- to claim -------------------------------------------------------------------------------------


def test_the_queue_is_the_green_lane_and_then_the_order_of_receipt(office: Office) -> None:
    """Art. 57: who came first is served first; the green lane goes before (绿色通道)."""
    item = office.item()
    second, first = office.accepted(TUESDAY, item), office.accepted(MONDAY, item)
    third, urgent = office.accepted(TUESDAY, item), office.accepted(FRIDAY, item)
    green(office, urgent, FRIDAY)
    queue = found(office, my_work.steps_to_claim(who(office, "reviewer")))
    assert [s.application_id for s in queue] == [urgent.id, first.id, second.id, third.id]


def test_the_queue_equals_a_plain_recount(office: Office) -> None:
    """按岗定责: the open steps of one's posts that nobody has claimed."""
    item = office.item()
    office.received(MONDAY, item)
    claimed(office, office.accepted(MONDAY, item))
    office.reviewed(MONDAY, item)
    office.granted(MONDAY, item)
    office.accepted(TUESDAY, item)
    gone = office.accepted(TUESDAY, item)
    office.withdraw(gone, TUESDAY)
    for name in ("clerk", "reviewer", "decider", "head"):
        actor = who(office, name)
        steps = office.session.scalars(select(ApplicationStep))
        plain = {
            s.id
            for s in steps
            if s.status is StepStatus.OPEN
            and s.officer_id is None
            and s.duty in actor.posts
            and s.application.closed_on is None
        }
        assert {s.id for s in found(office, my_work.steps_to_claim(actor))} == plain
        assert bool(plain) == (name != "head")


def test_after_a_claim_the_next_one_stands_on_top(office: Office) -> None:
    item = office.item()
    cases = [office.accepted(MONDAY, item) for _ in range(3)]
    for case in cases:
        top = found(office, my_work.steps_to_claim(who(office, "reviewer")))[0]
        assert top.application_id == case.id
        claimed(office, case)
    assert found(office, my_work.steps_to_claim(who(office, "reviewer"))) == []


def test_an_absent_officer_and_one_without_a_post_are_told_why(office: Office) -> None:
    absence = away(office, "reviewer", "reviewer2", TUESDAY, FRIDAY)
    assert absence.id
    reasons = {
        (name, day): my_work.why_nothing_to_claim(office.session, who(office, name, day), day)
        for name, day in (("reviewer", MONDAY), ("reviewer", TUESDAY), ("head", MONDAY))
    }
    assert list(reasons.values()) == [None, EmptyQueue.ABSENT, EmptyQueue.NO_POST]


def away(office: Office, name: str, substitute: str, first: date, last: date | None) -> Absence:
    absence = Absence(
        user=office.user(name),
        first_day=first,
        last_day=last,
        reason=AbsenceReason.LEAVE,
        substitute=office.user(substitute),
    )
    with office.acts(name, MONDAY) as session:
        session.add(absence)
    return absence


# --- in hand --------------------------------------------------------------------------------------


def test_what_is_in_hand_comes_by_due_date_and_paused_last(office: Office) -> None:
    """Art. 42: what is due first is done first; where the clock stands still, later."""
    late, soon = office.item(promised=15), office.item(promised=5, steps=SHORT)
    paused = office.accepted(MONDAY, soon)
    later, sooner = office.accepted(MONDAY, late), office.accepted(MONDAY, soon)
    for case in (paused, later, sooner):
        claimed(office, case)
    office.suspend(paused, MONDAY, FRIDAY)
    mine = found(office, my_work.steps_in_hand(me(office, "reviewer")))
    assert [s.application_id for s in mine] == [sooner.id, later.id, paused.id]
    assert found(office, my_work.steps_in_hand(me(office, "reviewer2"))) == []


SHORT = ((1, Duty.ACCEPTANCE, 1), (2, Duty.REVIEW, 2), (3, Duty.DECISION, 1))


def test_a_received_case_is_bound_by_the_day_of_its_notice(office: Office) -> None:
    """Art. 32(4): five days; it is the same day in SQL and in Python."""
    for case in (office.received(), office.accepted(), office.correcting(), office.granted()):
        asked = select(binding_day()).where(Application.id == case.id)
        assert office.session.scalar(asked) == binding_day_of(case)
    case = office.received()
    assert binding_day_of(case) == case.notice_due_on == date(2025, 3, 10)


# --- elsewhere, and back --------------------------------------------------------------------------


def test_a_correction_waits_with_him_who_sent_it(office: Office) -> None:
    """Art. 32(4): until the applicant has answered."""
    open_one, answered = office.correcting(), office.correcting()
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in_required(answered)
        acts.intake.move(answered, ApplicationStatus.RECEIVED)
    sent = found(office, my_work.corrections_awaited(me(office, "clerk")))
    assert [n.application_id for n in sent] == [open_one.id]
    assert found(office, my_work.corrections_awaited(me(office, "clerk2"))) == []


@pytest.mark.parametrize(("day", "shown"), [(date(2025, 3, 12), True), (date(2025, 3, 13), False)])
def test_a_case_is_back_for_five_working_days(office: Office, day: date, shown: bool) -> None:
    """Art. 45: resumed on Thursday the 6th, shown up to Wednesday the 12th."""
    case = office.accepted()
    claimed(office, case)
    office.pause(case, TUESDAY, date(2025, 3, 6))
    question = my_work.back_from_suspension
    calendar = working_calendar(office.session)
    back = found(office, question(me(office, "reviewer"), calendar, day))
    assert [p.application_id for p in back] == [case.id] * shown
    assert found(office, question(me(office, "reviewer2"), calendar, day)) == []


def test_a_case_that_is_paused_again_has_not_come_back(office: Office) -> None:
    case = office.accepted()
    claimed(office, case)
    office.pause(case, MONDAY, TUESDAY)
    office.suspend(case, TUESDAY, FRIDAY)
    calendar = working_calendar(office.session)
    question = my_work.back_from_suspension(me(office, "reviewer"), calendar, FRIDAY)
    assert found(office, question) == []


def test_a_pause_is_overrun_after_its_planned_end(office: Office) -> None:
    """Art. 45: longer than the applicant was told."""
    case = office.accepted()
    claimed(office, case)
    office.suspend(case, MONDAY, FRIDAY)
    for day in (FRIDAY, FRIDAY + timedelta(days=1)):
        over = found(office, my_work.pauses_overrun(me(office, "reviewer"), day))
        rows = office.session.scalars(select(ClockSuspension))
        assert over == [p for p in rows if p.ended_on is None and p.planned_end_on < day]
        assert bool(over) == (day > FRIDAY)


def test_of_two_procedures_at_once_the_first_to_overrun_counts(office: Office) -> None:
    """Art. 45: an inspection and an expert review overlap, and one lasts too long."""
    case = office.accepted()
    claimed(office, case)
    office.suspend(case, MONDAY, date(2025, 3, 10))
    with office.acts("reviewer", TUESDAY):
        acts.clock.suspend(
            case,
            SuspensionKind.EXPERT_REVIEW,
            planned_end_on=date(2025, 3, 6),
            notice_number="评通1号",
        )
    for day, is_over in ((date(2025, 3, 6), False), (date(2025, 3, 7), True)):
        over = office.session.scalars(select(Application).where(is_pause_overrun(day))).all()
        assert over == [case] * is_over
        rows = found(office, my_work.pauses_overrun(me(office, "reviewer"), day))
        assert [row.kind for row in rows] == [SuspensionKind.EXPERT_REVIEW] * is_over


# --- approvals, orders, absences ------------------------------------------------------------------


def _ask_extension(office: Office) -> Application:
    case: Application = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_extension(case, 5, "需专家论证")
    return case


def _ask_second_notice(office: Office) -> Application:
    case = office.correcting()
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, ApplicationStatus.RECEIVED)
    with office.acts("clerk", TUESDAY):
        acts.intake.ask_correction(case, "图纸", reason="图纸与实物不符")
    return case


def _ask_green_lane(office: Office) -> Application:
    case: Application = office.accepted()
    with office.acts("reviewer", MONDAY):
        acts.clock.ask_green_lane(case, "疫情急需")
    return case


def _enter_earlier_receipt(office: Office) -> Application:
    case = office.received()
    with office.acts("clerk", MONDAY):
        acts.receipt.enter_earlier_receipt(case, date(2025, 2, 27), "OUTAGE", "登记 1")
    return case


APPROVALS = {
    "extension": (_ask_extension, my_work.extensions_to_approve),
    "second notice": (_ask_second_notice, my_work.second_notices_to_approve),
    "green lane": (_ask_green_lane, my_work.green_lanes_to_approve),
    "earlier receipt": (_enter_earlier_receipt, my_work.earlier_receipts_to_confirm),
}
APPROVE: dict[str, Callable[[Any, Any], None]] = {
    "extension": lambda session, case: acts.clock.approve_extension(
        session, case.extensions[0], delegation_number="青委1号", delegation_on=MONDAY
    ),
    "second notice": acts.intake.approve_second_notice,
    "earlier receipt": acts.receipt.confirm_earlier_receipt,
    "green lane": lambda session, case: acts.clock.approve_green_lane(session, case.green_lanes[0]),
}


@pytest.mark.parametrize("what", APPROVALS)
def test_a_request_waits_for_the_head_until_he_approves_it(office: Office, what: str) -> None:
    """Art. 32(4), 42: what an officer asks for moves nothing until the head approves it."""
    make, question = APPROVALS[what]
    cases = [make(office), make(office)]
    waiting = found(office, question(who(office, "head")))
    assert [row.application_id for row in waiting] == [case.id for case in cases]
    with office.acts("head", TUESDAY) as session:
        APPROVE[what](session, cases[0])
    waiting = found(office, question(who(office, "head")))
    assert [row.application_id for row in waiting] == [cases[1].id]


def test_a_change_of_a_certificate_waits_until_it_is_answered(office: Office) -> None:
    """Art. 69: a revocation is proposed by an officer and approved by the head."""
    papers = [office.delivered().certificate for _ in range(2)]
    for paper in papers:
        with office.acts("reviewer", TUESDAY):
            acts.certificate.propose(
                paper, CertificateChangeKind.SUSPEND, CertificateGround.SERIOUS_VIOLATION,
                legal_basis="《条例》第九条", reasons="整改期间停用。", remedies="可申请行政复议",
            )  # fmt: skip
    rows = list(office.session.scalars(select(CertificateChange).order_by(CertificateChange.id)))
    assert found(office, my_work.certificate_changes_to_approve(who(office, "head"))) == rows
    with office.acts("head", FRIDAY) as session:
        acts.certificate.reject(session, rows[0])
    assert found(office, my_work.certificate_changes_to_approve(who(office, "head"))) == rows[1:]


def test_only_the_head_and_the_leader_approve(office: Office) -> None:
    confirming = [name for name in ("clerk", "reviewer", "decider", "head", "leader", "manager")
                  if my_work.confirms(who(office, name))]  # fmt: skip
    assert confirming == ["head", "leader"]


def test_what_the_head_asks_for_waits_for_the_leader(office: Office) -> None:
    """The second person is never the first: above the head stands the leader of the organ."""
    office.holds_too("head", Duty.REVIEW)
    case = office.accepted()
    with office.acts("head", MONDAY):
        acts.clock.ask_green_lane(case, "疫情急需")
    of_others = _ask_green_lane(office)
    waiting = {
        name: [row.application_id for row in found(office, question(who(office, name)))]
        for name in ("head", "leader")
        for question in (my_work.green_lanes_to_approve,)
    }
    assert waiting == {"head": [of_others.id], "leader": [case.id]}
    with office.acts("leader", MONDAY) as session:
        acts.clock.approve_green_lane(session, case.green_lanes[0])
    assert case.is_green_lane


def test_an_order_waits_with_its_addressee_until_answered(office: Office) -> None:
    """督办: the first due one first."""
    orders = []
    for days in (5, 2):
        with office.acts("manager", MONDAY) as session:
            order = acts.supervision.order(
                session, office.user("reviewer"), "请说明进度", answer_days=days
            )
            orders.append(order)
    mine = found(office, my_work.orders_to_me(me(office, "reviewer")))
    assert mine == [orders[1], orders[0]]
    with office.acts("reviewer", TUESDAY):
        acts.supervision.answer(orders[1], "已在办理")
    assert found(office, my_work.orders_to_me(me(office, "reviewer"))) == [orders[0]]
    assert found(office, my_work.orders_to_me(me(office, "clerk"))) == []


def test_my_absences_are_those_that_are_not_over(office: Office) -> None:
    away(office, "reviewer", "reviewer2", MONDAY, TUESDAY)
    later = away(office, "reviewer", "reviewer2", FRIDAY, None)
    assert len(found(office, my_work.my_absences(me(office, "reviewer"), TUESDAY))) == 2
    after = found(office, my_work.my_absences(me(office, "reviewer"), date(2025, 3, 5)))
    assert after == [later]
    assert found(office, my_work.my_absences(me(office, "reviewer2"), MONDAY)) == []


def test_a_long_answer_says_how_many_there_are(office: Office) -> None:
    item = office.item()
    cases = [office.accepted(MONDAY, item) for _ in range(4)]
    question = my_work.steps_to_claim(who(office, "reviewer"))
    for most in (2, 4, 9):
        work = ask(office.session, question, most)
        assert work.count == 4
        assert [s.application_id for s in work.rows] == [c.id for c in cases][:most]


def test_a_notice_that_waits_is_not_waiting_for_the_applicant(office: Office) -> None:
    """Art. 32(4): a second notice that the head has not approved tells him nothing."""
    _ask_second_notice(office)
    assert found(office, my_work.corrections_awaited(me(office, "clerk"))) == []
    assert office.session.scalars(select(CorrectionNotice)).all() != []
