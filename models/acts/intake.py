"""Intake: receipt, the answers of Art. 32, a second notice, a hand-over, pre-guidance."""

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Given, Input, Kind, Standing, movers, typed
from models.acts.asking import (
    Case,
    draft_is_its_applicants,
    is_a_second_person,
    may_move,
    stands_at,
    step_is_free,
)
from models.acts.service import serve, service_inputs, usual_way_of
from models.application import Applicant, Application, SubmittedMaterial
from models.base import stored
from models.catalogue import ItemVersion, LicenceItem, MaterialRequirement
from models.clock import CorrectionNotice
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    Channel,
    Duty,
    GuidanceOutcome,
    IntakeResult,
    Necessity,
    ServiceWay,
)
from models.errors import RuleViolation
from models.intake import (
    CorrectionNoticeLine,
    FirstContactHandover,
    IntakeAnswer,
    PreGuidance,
    PreGuidanceMaterial,
)
from models.questions.catalogue import published_version
from models.questions.materials import (
    answer_brings_nothing,
    for_the_officer,
    is_answered_in_words,
    last_notice,
    materials_that_may_come,
    missing_materials_of,
    missing_of,
)
from models.questions.people import officers_on_duty
from models.rules.acceptance import notice_period_is_over
from models.rules.duties import LEADERS
from models.rules.intake import GROUNDS_OF_NON_ACCEPTANCE
from models.staff import User


def receive(
    session: Session,
    item: LicenceItem,
    applicant: Applicant,
    *,
    channel: Channel = Channel.WINDOW,
    summary: str = "",
    materials: Iterable[MaterialRequirement] = (),
) -> Application:
    """Take in an application (收件) under the published version of ``item``."""
    version = published_version(item)
    if version is None:
        raise RuleViolation("item-has-no-published-version", field="licence_item")
    case = Application(
        item_version=version,
        licence_item=item,
        applicant=applicant,
        channel=channel,
        summary=summary,
        status=ApplicationStatus.RECEIVED,
    )
    session.add(case)
    for requirement in materials:
        hand_in(case, requirement)
    return case


def hand_in(case: Application, requirement: MaterialRequirement) -> None:
    """Tick a material off the checklist."""
    case.materials.append(SubmittedMaterial(requirement=requirement, copies=requirement.copies))


def hand_in_required(case: Application) -> None:
    """Tick off every needed material that is not in yet."""
    for requirement in missing_of(case):
        hand_in(case, requirement)


def ask_correction(
    case: Application,
    missing: str = "",
    *,
    materials: Iterable[MaterialRequirement] = (),
    reason: str = "",
    service_way: ServiceWay | None = None,
) -> None:
    """Send the complete correction notice (一次性告知); ``materials`` the officer judges needed.

    Where one was sent before, this asks the head for a second, with its ``reason``.
    """
    notice = CorrectionNotice(missing=missing, reason=reason, service_way=service_way)
    notice.lines = [CorrectionNoticeLine(requirement=material) for material in materials]
    case.notices.append(notice)


def answer_correction(
    case: Application, brought: Iterable[MaterialRequirement] = (), answer: str = ""
) -> None:
    """Bring what the notice asked for, or say it where it named no material, and give the
    application back (Art. 32(4))."""
    for requirement in brought:
        hand_in(case, requirement)
    if answer.strip() and (notice := last_notice(case)) is not None:
        notice.answer = answer
    move(case, ApplicationStatus.RECEIVED)


def move(case: Application, target: ApplicationStatus) -> None:
    """Make a move that needs no document: accept, withdraw, deliver."""
    case.status = target


def answer_not_accepted(
    case: Application, result: IntakeResult, reasons: str, proper_organ: str = ""
) -> None:
    """Do not accept (不予受理): no permit is needed, or another organ is competent (Art. 32)."""
    case.answers.append(IntakeAnswer(result=result, reasons=reasons, proper_organ=proper_organ))


def corrected_on_the_spot(case: Application, what: str) -> None:
    """Note what the applicant corrected at the window (Art. 32(3)); no clock moves."""
    case.answers.append(IntakeAnswer(result=IntakeResult.CORRECTED_ON_THE_SPOT, reasons=what))


def approve_second_notice(session: Session, case: Application) -> None:
    """Approve the second notice that waits, as the head, in one's own name."""
    for notice in case.notices:
        if notice.is_waiting and notice.approved_by_id is None:
            notice.approved_by_id = acting(session).actor.user_id
            return
    raise RuleViolation("no-second-notice-waits")


def hand_over(case: Application, to_user_id: int, reason: str) -> None:
    """Hand the responsibility of the first contact over (首问责任)."""
    case.handovers.append(FirstContactHandover(to_user_id=to_user_id, reason=reason))


def guide(
    session: Session,
    version: ItemVersion,
    outcome: GuidanceOutcome,
    *,
    ticked: Iterable[MaterialRequirement] = (),
    applicant: Applicant | None = None,
    visitor_name: str = "",
    channel: Channel = Channel.WINDOW,
    kind: ApplicationKind = ApplicationKind.NEW,
    has_agent: bool = False,
    proper_organ: str = "",
    note: str = "",
) -> PreGuidance:
    """Look at a visitor's papers before an application (预先指导)."""
    guidance = PreGuidance(
        item_version=version,
        outcome=outcome,
        applicant=applicant,
        visitor_name=visitor_name,
        channel=channel,
        kind=kind,
        has_agent=has_agent,
        proper_organ=proper_organ,
        note=note,
    )
    guidance.ticks = [PreGuidanceMaterial(requirement=material) for material in ticked]
    session.add(guidance)
    return guidance


# --- what the acts ask ----------------------------------------------------------------------------


def materials_are_in(at: Standing) -> RuleViolation | None:
    """An application is accepted when every required material is in (Art. 32(5)); what silence
    accepts is accepted as it is."""
    if at.case.deemed_accepted or _silence_has_accepted(at):
        return None
    missing = missing_of(at.case)
    return RuleViolation("materials-are-missing", materials=tuple(missing)) if missing else None


def _silence_has_accepted(at: Standing) -> bool:
    return notice_period_is_over(at.stored("notice_due_on"), at.today)


def something_may_come(at: Standing) -> RuleViolation | None:
    """A material of the checklist is not in, and may still come."""
    if missing_materials_of(at.case, materials_that_may_come(at.case)):
        return None
    if missing_materials_of(at.case, Necessity):
        return RuleViolation("materials-are-settled")
    return RuleViolation("materials-are-all-in")


def notice_period_runs(at: Standing) -> RuleViolation | None:
    """After five days without notice the case is accepted by law; no notice stops it (Art. 32)."""
    due = at.stored("notice_due_on")
    over = notice_period_is_over(due, at.today)
    return RuleViolation("notice-period-is-over", due=due) if over else None


def no_notice_yet(at: Standing) -> RuleViolation | None:
    """The applicant is notified at once of all that is missing (Art. 32(4))."""
    return RuleViolation("notice-is-given-once") if at.case.notices else None


def a_notice_was_given(at: Standing) -> RuleViolation | None:
    """A second notice follows a first one."""
    return None if at.case.notices else RuleViolation("no-notice-yet")


def no_second_notice_yet(at: Standing) -> RuleViolation | None:
    """A third notice is never given."""
    return RuleViolation("notice-is-given-once") if len(at.case.notices) > 1 else None


def second_notice_waits(at: Standing) -> RuleViolation | None:
    """A second notice was asked for, and the head has not answered."""
    if any(notice.is_waiting for notice in at.case.notices):
        return None
    return RuleViolation("no-second-notice-waits")


def notice_is_anothers_wish(at: Standing) -> RuleViolation | None:
    """Nobody approves the second notice for which the same person asked."""
    waiting = (notice for notice in at.case.notices if stored(notice, "issued_on") is None)
    return is_a_second_person(at, (notice.requested_by_id for notice in waiting))


def notice_is_to_be_served(at: Standing) -> RuleViolation | None:
    """The last notice was sent, and is neither served nor answered."""
    notice = last_notice(at.case)
    waits = notice is not None and notice.delivered_on is None and notice.answered_on is None
    return None if waits else RuleViolation("nothing-to-serve")


def _to_serve(at: Standing) -> CorrectionNotice:
    notice = last_notice(at.case)
    assert notice is not None, "only what was sent is served"
    return notice


def answer_brings_something(at: Standing) -> RuleViolation | None:
    """An answer to a correction carries at least one of the things asked for (Art. 32(4))."""
    notice = last_notice(at.case)
    if notice is None or not answer_brings_nothing(at.case, notice):
        return None
    if is_answered_in_words(notice):
        return RuleViolation("answer-says-what-came", field="answer")
    return RuleViolation("answer-brings-nothing", field="materials")


def something_came(at: Standing) -> RuleViolation | None:
    """The same, as far as is known before the words of the answer are typed."""
    return None if answers_in_words(at) else answer_brings_something(at)


def answers_in_words(at: Standing) -> bool:
    """Whether the notice named no material that is still to come: words answer it."""
    notice = last_notice(at.case)
    return notice is not None and is_answered_in_words(notice)


def first_contact_hands_over(at: Standing) -> RuleViolation | None:
    """The first contact, or a leader, hands a case over (首问责任)."""
    if at.actor.holds(LEADERS) or at.stored("first_contact_id") == at.actor.user_id:
        return None
    return RuleViolation("handover-is-not-yours")


def case_was_received(at: Standing) -> RuleViolation | None:
    """A draft has no first contact yet."""
    return None if at.case.received_on else RuleViolation("case-is-not-received")


# --- what is offered, and known beforehand --------------------------------------------------------


def materials_to_come(at: Standing) -> list[MaterialRequirement]:
    """What can be handed in as the case stands now, in the order of the checklist."""
    return missing_materials_of(at.case, materials_that_may_come(at.case))


def _missing_by_name(at: Standing) -> str:
    return "；".join(material.name for material in missing_of(at.case))


def _colleagues(at: Standing) -> list[User]:
    officers = officers_on_duty(at.session, at.today)
    return [officer for officer in officers if officer.id != at.case.first_contact_id]


def _grounds(_at: Standing) -> list[IntakeResult]:
    return [result for result in IntakeResult if result in GROUNDS_OF_NON_ACCEPTANCE]


def bring(at: Standing, given: Given) -> None:
    """Tick off the materials that come in now."""
    for requirement in given["materials"]:
        hand_in(at.case, requirement)


def to_status(status: ApplicationStatus) -> Callable[[Standing, Given], None]:
    """The act that is a move of the case and nothing more."""
    return lambda at, _given: move(at.case, status)


def _notice(at: Standing, given: Given) -> None:
    ask_correction(
        at.case, given["missing"], materials=given["judged"], reason=given.get("reason", ""),
        service_way=given["service_way"],
    )  # fmt: skip


# Everything that is missing, said once; the officer judges what is needed besides.
_NOTICE_INPUTS = (
    typed(CorrectionNotice.missing, needed=True, known=_missing_by_name),
    Input("judged", Kind.SOME, offered=lambda at: for_the_officer(at.case)),
    typed(CorrectionNotice.service_way, known=usual_way_of),
)

# Where a notice names no material, the answer says in words what was brought.
ANSWER = typed(CorrectionNotice.answer, needed=True, asked=answers_in_words)

ACTS: tuple[Act, ...] = (
    Act(
        "accept", movers("accept"), to_status(Case.ACCEPTED), move="accept", post=Duty.ACCEPTANCE,
        needs=(may_move("accept"),), asks=(materials_are_in, step_is_free(Duty.ACCEPTANCE)),
        is_main=True,
    ),
    Act(
        "materials", frozenset({Duty.ACCEPTANCE}), bring,
        needs=(draft_is_its_applicants, something_may_come),
        inputs=(Input("materials", Kind.SOME, needed=True, offered=materials_to_come),),
    ),
    Act(
        "correct", movers("ask_correction"), _notice, move="ask_correction",
        post=Duty.ACCEPTANCE, needs=(stands_at(Case.RECEIVED),),
        asks=(no_notice_yet, notice_period_runs), inputs=_NOTICE_INPUTS,
    ),
    Act(
        "not_accept", movers("not_accept"),
        lambda at, given: answer_not_accepted(at.case, **given), move="not_accept",
        post=Duty.ACCEPTANCE, needs=(may_move("not_accept"),), asks=(notice_period_runs,),
        # On which ground, and where to apply instead (Art. 32(1), (2)).
        inputs=(
            typed(IntakeAnswer.result, needed=True, offered=_grounds),
            typed(IntakeAnswer.proper_organ),
            typed(IntakeAnswer.reasons, needed=True),
        ),
    ),
    Act(
        "correct_on_the_spot", IntakeAnswer.policy.writers,
        lambda at, given: corrected_on_the_spot(at.case, given["reasons"]),
        post=Duty.ACCEPTANCE, needs=(stands_at(Case.RECEIVED),), asks=(notice_period_runs,),
        inputs=(typed(IntakeAnswer.reasons, needed=True),),
    ),
    Act(
        "ask_second_notice", movers("ask_correction"), _notice, post=Duty.ACCEPTANCE,
        needs=(stands_at(Case.RECEIVED), a_notice_was_given),
        asks=(no_second_notice_yet, notice_period_runs),
        inputs=(*_NOTICE_INPUTS, typed(CorrectionNotice.reason, needed=True)),
    ),
    Act(
        "approve_second_notice", movers("approve_second_notice"),
        lambda at, _given: approve_second_notice(at.session, at.case),
        move="approve_second_notice",
        # What the rules say of an approval: first the five days, then where the case stands.
        needs=(second_notice_waits, notice_period_runs, stands_at(Case.RECEIVED)),
        asks=(notice_is_anothers_wish,), is_main=True,
    ),
    Act(
        "hand_over", FirstContactHandover.policy.writers - {Duty.GUIDANCE},
        lambda at, given: hand_over(at.case, given["to_user"].id, given["reason"]),
        needs=(case_was_received,), asks=(first_contact_hands_over,),
        inputs=(
            Input("to_user", Kind.ONE, needed=True, offered=_colleagues),
            typed(FirstContactHandover.reason, needed=True),
        ),
    ),
    Act(
        "serve_notice", frozenset({Duty.ACCEPTANCE}),
        lambda at, given: serve(_to_serve(at), **given), post=Duty.ACCEPTANCE,
        needs=(notice_is_to_be_served,), inputs=service_inputs(CorrectionNotice),
    ),
    Act(
        "resubmit", movers("resubmit"),
        lambda at, given: answer_correction(at.case, answer=given["answer"]), move="resubmit",
        needs=(may_move("resubmit"),), asks=(something_came,), inputs=(ANSWER,), is_main=True,
    ),
)  # fmt: skip

WITHDRAWAL = Act(
    "withdraw", frozenset({Duty.APPLICANT}), to_status(Case.WITHDRAWN), move="withdraw",
    needs=(may_move("withdraw"),),
)  # fmt: skip
