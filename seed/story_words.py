"""What can be done on a day of a story: intake, review, decision, delivery."""

from collections.abc import Callable
from typing import Any

from models import acts
from models.acts.review import Verdicts, all_met
from models.acts.service import serve
from models.enums import (
    ApplicationStatus,
    DeliveryMethod,
    Duty,
    IntakeResult,
    ServiceWay,
    SuspensionKind,
    TerminationGround,
)
from models.questions.materials import missing_of
from models.questions.review import last_inspection
from seed.scene import Deed, Scene, Words, does, told
from seed.story_words_after import AFTER, REMEDIES
from seed.story_words_heard import HEARD

TECHNICAL_STANDARD = "GB/T 19001 关键工序质量控制要求"
Status = ApplicationStatus
CLERK, REVIEWER, DECIDER = Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION
HEAD, LEADER = Duty.HEAD, Duty.LEADER


def _serve(scene: Scene) -> None:
    """What was posted is served on the day on which the slip says so."""
    notice = scene.case.notices[-1]
    if notice.delivered_on is None:
        serve(notice, ServiceWay.POST, scene.today, "邮政特快专递回执")


def _both(*deeds: Callable[[Scene], object]) -> Callable[[Scene], None]:
    """Several acts in one go, by one person."""

    def do(scene: Scene) -> None:
        for deed in deeds:
            deed(scene)

    return do


def _by_time(target: ApplicationStatus) -> tuple[Deed, ...]:
    """What time does by itself."""
    return (Deed(None, lambda scene: acts.intake.move(scene.case, target)),)


# --- intake --------------------------------------------------------------------------------------


def _missing(scene: Scene) -> Any:
    return missing_of(scene.case)


def _confirm_withdrawal(scene: Scene) -> None:
    """Where the office would gain by it, the head confirms what the window entered."""
    if scene.case.withdrawals[-1].withdrawn_on is None:
        does("approve_withdrawal")(scene)


INTAKE: Words = {
    "leave_as_draft": (Deed(CLERK, lambda _scene: None),),
    "accept": told(CLERK, "accept"),
    "deem_accepted": _by_time(Status.ACCEPTED),
    "not_accept": told(
        CLERK, "not_accept", result=IntakeResult.NOT_COMPETENT,
        reasons="该事项由省级部门负责受理，不属于本机关职权范围。", proper_organ="省市场监督管理局",
    ),
    "not_needed": told(
        CLERK, "not_accept", result=IntakeResult.NO_PERMIT_NEEDED,
        reasons="该产品已不在许可目录内，依法无需取得许可。",
    ),
    "correct_on_the_spot": (
        Deed(
            CLERK,
            _both(
                does("materials", materials=_missing),
                does("correct_on_the_spot", reasons="申请表日期填写错误，当场更正。"),
            ),
        ),
    ),
    "ask_correction": (*told(CLERK, "correct"), Deed(CLERK, _serve)),
    "answer": (
        Deed(CLERK, _both(does("materials", materials=_missing), does("resubmit"))),
    ),
    "answer_in_part": (
        Deed(
            CLERK,
            _both(
                does("materials", materials=lambda scene: _missing(scene)[:-1]),
                does("resubmit"),
            ),
        ),
    ),
    "ask_again": told(CLERK, "ask_second_notice", reason="申请人补正后材料仍不齐全"),
    "approve_notice": (*told(HEAD, "approve_second_notice"), Deed(CLERK, _serve)),
    "end_unanswered": _by_time(Status.TERMINATED),
    "withdraw": (
        *told(CLERK, "enter_withdrawal", document_number="撤回申请书"),
        Deed(HEAD, _confirm_withdrawal),
    ),
    "hand_over": told(
        CLERK, "hand_over", to_user=lambda scene: scene.officer(CLERK, 1),
        reason="岗位轮换，首问责任随之移交。",
    ),
}  # fmt: skip


def _minutes(scene: Scene) -> str:
    """What the decision takes from the minutes, where a hearing was held."""
    held = any(hearing.held_on for hearing in scene.case.hearings)
    return "听证笔录记载的各方意见已予采纳，据此作出决定。" if held else ""


# --- review --------------------------------------------------------------------------------------


def _where_inspected(deed: Callable[[Scene], object]) -> Callable[[Scene], None]:
    """What is done only where the item is inspected on site."""

    def do(scene: Scene) -> None:
        if scene.case.item_version.needs_inspection:
            deed(scene)

    return do


def _while_inspected(deed: Callable[[Scene], object]) -> Callable[[Scene], None]:
    """What is done only while an inspection has no result."""

    def do(scene: Scene) -> None:
        inspection = last_inspection(scene.case)
        if inspection is not None and inspection.passes is None:
            deed(scene)

    return do


def _first_unmet(scene: Scene) -> Verdicts:
    verdicts = dict(all_met(scene.case))
    for condition in scene.case.item_version.conditions[:1]:
        verdicts[condition] = (False, "现场与申报的布局图不符")
    return verdicts


_ASSIGN = _where_inspected(
    does(
        "assign_inspectors",
        inspectors=lambda scene: [scene.officer(REVIEWER), scene.officer(REVIEWER, 1)],
        planned_on=lambda scene: scene.ahead(1),
    )
)
_INSPECT = _while_inspected(does("record_inspection", passes=True, findings="现场与申报材料一致。"))
_FAIL = does(
    "record_inspection", passes=False, findings="关键工序无质量控制记录。",
    technical_standard=TECHNICAL_STANDARD,
)  # fmt: skip
_SPEAK_FOR_IT = does(
    "complete", opinion="材料齐全，符合法定条件，建议准予许可。",
    verdicts=lambda scene: all_met(scene.case),
)  # fmt: skip
_SPEAK_AGAINST_IT = does(
    "complete", opinion="不符合法定条件，建议不予许可。", verdicts=_first_unmet
)

REVIEW: Words = {
    "claim": (Deed(REVIEWER, does("claim")), Deed(REVIEWER, _ASSIGN)),
    "review": (Deed(REVIEWER, _INSPECT), Deed(REVIEWER, _SPEAK_FOR_IT)),
    "review_against": (Deed(REVIEWER, _INSPECT), Deed(REVIEWER, _SPEAK_AGAINST_IT)),
    "fail_inspection": (Deed(REVIEWER, _FAIL), Deed(REVIEWER, _SPEAK_AGAINST_IT)),
    "conclude": told(REVIEWER, "conclude"),
}


# --- the clock -----------------------------------------------------------------------------------


def _suspended(kind: SuspensionKind, reason: str, days: int) -> tuple[Deed, ...]:
    def number(scene: Scene) -> str:
        place = len(scene.case.suspensions) + 1
        return f"特告〔{scene.today.year}〕{scene.case.id}-{place}号"

    return told(
        REVIEWER, "suspend", kind=kind, reason=reason, notice_number=number,
        planned_end_on=lambda scene: scene.ahead(days),
    )  # fmt: skip


_TO_THE_LABORATORY = SuspensionKind.INSPECTION, "产品送法定检验机构检验"

CLOCK: Words = {
    "suspend": _suspended(*_TO_THE_LABORATORY, 8),
    "suspend_briefly": _suspended(*_TO_THE_LABORATORY, 1),
    "suspend_for_experts": _suspended(SuspensionKind.EXPERT_REVIEW, "组织专家评审", 10),
    "suspend_for_hearing": _suspended(SuspensionKind.HEARING, "组织听证", 12),
    "resume": told(REVIEWER, "resume"),
    "ask_extension": told(REVIEWER, "ask_extension", days=5, reason="案情复杂，需要补充核查。"),
    "approve_extension": told(LEADER, "approve_extension"),
    "ask_green_lane": told(CLERK, "ask_green_lane", reason="防汛抢险急需投用。"),
    "approve_green_lane": told(HEAD, "approve_green_lane"),
}


# --- endings -------------------------------------------------------------------------------------


def _refused(reasons: str, **typed: Any) -> tuple[Deed, ...]:
    return told(DECIDER, "refuse", reasons=reasons, remedies=REMEDIES, **typed)


ENDINGS: Words = {
    "grant": told(DECIDER, "grant", hearing_minutes=_minutes),
    "refuse": _refused("生产场所与申报的布局图不符，关键工序设备不全。"),
    "refuse_by_standard": _refused(f"现场核查不合格，不符合{TECHNICAL_STANDARD}。"),
    "refuse_false": _refused("提交的检验报告系伪造，不予许可并给予警告。", false_materials=True),
    "forward": told(
        DECIDER, "forward", to_organ="中国物品编码中心", opinion="初审合格，同意转报。",
        is_supported=True,
        document_number=lambda scene: f"示质初〔{scene.today.year}〕{scene.case.id}号",
    ),
    "terminate": (
        *told(
            DECIDER, "terminate", ground=TerminationGround.APPLICANT_ENDED,
            reasons="申请人已办理注销登记，本件终止办理。", proof_number="注销登记通知书",
            proof_on=lambda scene: scene.today,
        ),
        *told(HEAD, "approve_termination"),
    ),
    "deliver": told(
        CLERK, "deliver", delivery_method=DeliveryMethod.WINDOW, recipient_name="经办人本人"
    ),
    "deliver_online": told(CLERK, "deliver", delivery_method=DeliveryMethod.ELECTRONIC),
    "send": told(CLERK, "deliver", delivery_method=DeliveryMethod.COURIER),
}  # fmt: skip

# Word → who does it, deed by deed.
WORDS: Words = {**INTAKE, **REVIEW, **CLOCK, **ENDINGS, **HEARD, **AFTER}
