"""What can be done on a day of a story: intake, review, decision, delivery."""

from collections.abc import Callable

from models import acts
from models.application import ApplicationStep
from models.enums import (
    ApplicationStatus,
    DecisionOutcome,
    DeliveryMethod,
    Duty,
    IntakeResult,
    StepStatus,
    SuspensionKind,
    TerminationGround,
)
from models.questions.materials import missing_of
from models.questions.review import last_inspection
from seed.scene import Deed, Scene, Words
from seed.story_words_after import AFTER, REMEDIES
from seed.story_words_heard import HEARD

TECHNICAL_STANDARD = "GB/T 19001 关键工序质量控制要求"
Status = ApplicationStatus


def _move(target: ApplicationStatus) -> Callable[[Scene], None]:
    return lambda scene: acts.intake.move(scene.case, target)


# --- intake --------------------------------------------------------------------------------------


def _ask_correction(scene: Scene) -> None:
    acts.intake.ask_correction(scene.case, "；".join(m.name for m in missing_of(scene.case)))


def _answer(scene: Scene) -> None:
    acts.intake.hand_in_required(scene.case)
    acts.intake.move(scene.case, Status.RECEIVED)


def _answer_in_part(scene: Scene) -> None:
    for requirement in missing_of(scene.case)[:-1]:
        acts.intake.hand_in(scene.case, requirement)
    acts.intake.move(scene.case, Status.RECEIVED)


def _ask_again(scene: Scene) -> None:
    missing = "；".join(m.name for m in missing_of(scene.case))
    acts.intake.ask_correction(scene.case, missing, reason="申请人补正后材料仍不齐全")


def _not_competent(scene: Scene) -> None:
    acts.intake.answer_not_accepted(
        scene.case,
        IntakeResult.NOT_COMPETENT,
        "该事项由省级部门负责受理，不属于本机关职权范围。",
        "省市场监督管理局",
    )


def _not_needed(scene: Scene) -> None:
    acts.intake.answer_not_accepted(
        scene.case, IntakeResult.NO_PERMIT_NEEDED, "该产品已不在许可目录内，依法无需取得许可。"
    )


def _correct_on_the_spot(scene: Scene) -> None:
    acts.intake.hand_in_required(scene.case)
    acts.intake.corrected_on_the_spot(scene.case, "申请表日期填写错误，当场更正。")


def _hand_over(scene: Scene) -> None:
    other = scene.officer(Duty.ACCEPTANCE, 1)
    acts.intake.hand_over(scene.case, other.id, "岗位轮换，首问责任随之移交。")


# --- review --------------------------------------------------------------------------------------


def _review_step(scene: Scene) -> ApplicationStep:
    return next(
        s for s in scene.case.steps if s.duty is Duty.REVIEW and s.status is StepStatus.OPEN
    )


def _claim(scene: Scene) -> None:
    acts.steps.claim(scene.session, _review_step(scene))


def _assign_inspectors(scene: Scene) -> None:
    if scene.case.item_version.needs_inspection:
        pair = [scene.officer(Duty.REVIEW), scene.officer(Duty.REVIEW, 1)]
        acts.review.assign_inspectors(scene.case, pair, scene.ahead(1))


def _inspect(scene: Scene) -> None:
    inspection = last_inspection(scene.case)
    if inspection is not None and inspection.passes is None:
        acts.review.record_inspection(inspection, True, "现场与申报材料一致。")


def _fail_inspection(scene: Scene) -> None:
    inspection = last_inspection(scene.case)
    assert inspection is not None, "the item is checked on the spot"
    acts.review.record_inspection(inspection, False, "关键工序无质量控制记录。", TECHNICAL_STANDARD)


def _speak_for_it(scene: Scene) -> None:
    met = acts.review.all_met(scene.case)
    acts.steps.complete(_review_step(scene), "材料齐全，符合法定条件，建议准予许可。", met)


def _speak_against_it(scene: Scene) -> None:
    verdicts = dict(acts.review.all_met(scene.case))
    for condition in scene.case.item_version.conditions[:1]:
        verdicts[condition] = (False, "现场与申报的布局图不符")
    acts.steps.complete(_review_step(scene), "不符合法定条件，建议不予许可。", verdicts)


# --- the clock -----------------------------------------------------------------------------------


def _suspend(kind: SuspensionKind, reason: str, days: int) -> Callable[[Scene], None]:
    def suspend(scene: Scene) -> None:
        number = len(scene.case.suspensions) + 1
        acts.clock.suspend(
            scene.case,
            kind,
            planned_end_on=scene.ahead(days),
            notice_number=f"特告〔{scene.today.year}〕{scene.case.id}-{number}号",
            reason=reason,
        )

    return suspend


_TO_THE_LABORATORY = SuspensionKind.INSPECTION, "产品送法定检验机构检验"


def _conclude(scene: Scene) -> None:
    acts.clock.record_review_conclusion(scene.session, scene.case)


# --- endings -------------------------------------------------------------------------------------


def _refuse(reasons: str, *, false_materials: bool = False) -> Callable[[Scene], None]:
    return lambda scene: acts.decision.decide(
        scene.case,
        DecisionOutcome.REFUSED,
        reasons=reasons,
        legal_basis=scene.case.item_version.legal_basis,
        remedies=REMEDIES,
        false_materials=false_materials,
    )


def _forward(scene: Scene) -> None:
    acts.decision.forward(
        scene.case,
        to_organ="中国物品编码中心",
        opinion="初审合格，同意转报。",
        is_supported=True,
        document_number=f"示质初〔{scene.today.year}〕{scene.case.id}号",
    )


def _terminate(scene: Scene) -> None:
    reasons = "申请人已注销登记，申请事项失去对象。"
    acts.decision.terminate(scene.case, TerminationGround.APPLICANT_ENDED, reasons)


def _deliver(method: DeliveryMethod, recipient: str = "") -> Callable[[Scene], None]:
    return lambda scene: acts.decision.deliver(scene.case, method, recipient=recipient)


def _by(duty: Duty | None, *what: Callable[[Scene], object]) -> tuple[Deed, ...]:
    return tuple(Deed(duty, do) for do in what)


_HEAD = Duty.HEAD
_INTAKE: Words = {
    "leave_as_draft": _by(Duty.ACCEPTANCE, lambda _scene: None),
    "accept": _by(Duty.ACCEPTANCE, _move(Status.ACCEPTED)),
    "deem_accepted": _by(None, _move(Status.ACCEPTED)),
    "not_accept": _by(Duty.ACCEPTANCE, _not_competent),
    "not_needed": _by(Duty.ACCEPTANCE, _not_needed),
    "correct_on_the_spot": _by(Duty.ACCEPTANCE, _correct_on_the_spot),
    "ask_correction": _by(Duty.ACCEPTANCE, _ask_correction),
    "answer": _by(Duty.ACCEPTANCE, _answer),
    "answer_in_part": _by(Duty.ACCEPTANCE, _answer_in_part),
    "ask_again": _by(Duty.ACCEPTANCE, _ask_again),
    "approve_notice": _by(_HEAD, lambda s: acts.intake.approve_second_notice(s.session, s.case)),
    "end_unanswered": _by(None, _move(Status.TERMINATED)),
    "withdraw": _by(Duty.ACCEPTANCE, _move(Status.WITHDRAWN)),
    "hand_over": _by(Duty.ACCEPTANCE, _hand_over),
}
_REVIEW: Words = {
    "claim": _by(Duty.REVIEW, _claim, _assign_inspectors),
    "review": _by(Duty.REVIEW, _inspect, _speak_for_it),
    "review_against": _by(Duty.REVIEW, _inspect, _speak_against_it),
    "fail_inspection": _by(Duty.REVIEW, _fail_inspection, _speak_against_it),
    "conclude": _by(Duty.REVIEW, _conclude),
}
_CLOCK: Words = {
    "suspend": _by(Duty.REVIEW, _suspend(*_TO_THE_LABORATORY, 8)),
    "suspend_briefly": _by(Duty.REVIEW, _suspend(*_TO_THE_LABORATORY, 1)),
    "suspend_for_experts": _by(
        Duty.REVIEW, _suspend(SuspensionKind.EXPERT_REVIEW, "组织专家评审", 10)
    ),
    "suspend_for_hearing": _by(Duty.REVIEW, _suspend(SuspensionKind.HEARING, "组织听证", 12)),
    "resume": _by(Duty.REVIEW, lambda s: acts.clock.resume(s.session, s.case)),
    "ask_extension": _by(
        Duty.REVIEW, lambda s: acts.clock.ask_extension(s.case, 5, "案情复杂，需要补充核查。")
    ),
    "approve_extension": _by(
        _HEAD, lambda s: acts.clock.approve_extension(s.session, s.case.extensions[0])
    ),
    "ask_green_lane": _by(
        Duty.ACCEPTANCE, lambda s: acts.clock.ask_green_lane(s.case, "防汛抢险急需投用。")
    ),
    "approve_green_lane": _by(
        _HEAD, lambda s: acts.clock.approve_green_lane(s.session, s.case.green_lanes[0])
    ),
}
_ENDINGS: Words = {
    "grant": _by(Duty.DECISION, lambda s: acts.decision.decide(s.case, DecisionOutcome.GRANTED)),
    "refuse": _by(Duty.DECISION, _refuse("生产场所与申报的布局图不符，关键工序设备不全。")),
    "refuse_by_standard": _by(
        Duty.DECISION, _refuse(f"现场核查不合格，不符合{TECHNICAL_STANDARD}。")
    ),
    "refuse_false": _by(
        Duty.DECISION, _refuse("提交的检验报告系伪造，不予许可并给予警告。", false_materials=True)
    ),
    "forward": _by(Duty.DECISION, _forward),
    "terminate": _by(Duty.DECISION, _terminate),
    "deliver": _by(Duty.ACCEPTANCE, _deliver(DeliveryMethod.WINDOW, "经办人本人")),
    "deliver_online": _by(Duty.ACCEPTANCE, _deliver(DeliveryMethod.ELECTRONIC)),
    "send": _by(Duty.ACCEPTANCE, _deliver(DeliveryMethod.COURIER)),
}

# Word → who does it, deed by deed.
WORDS: Words = {**_INTAKE, **_REVIEW, **_CLOCK, **_ENDINGS, **HEARD, **AFTER}
