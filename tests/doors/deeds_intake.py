"""What is forbidden at intake: answers, notices, hand-overs, guidance (Art. 29, 32, 78)."""

from typing import Any

from models import (
    Application,
    CorrectionNotice,
    CorrectionNoticeLine,
    FirstContactHandover,
    IntakeAnswer,
    LicenceItem,
    PreGuidance,
    acts,
)
from models.enums import ApplicationStatus, GuidanceOutcome, IntakeResult
from tests.doors.deed import FIELD, Button, Deed, NoWay, does, first, sets
from tests.doors.deeds_case import BY_ITS_FORM, TUESDAY
from tests.factories import MONDAY, Office

Case = ApplicationStatus
ANSWERS, PEOPLE = "tests/models/test_intake_answers.py::", "tests/models/test_intake_people.py::"
NOT_ACCEPTED = ANSWERS + "test_no_permit_is_needed_ends_the_case_with_a_numbered_answer"
HANDED = PEOPLE + "test_the_first_contact_hands_over_with_a_reason"
TWICE = ANSWERS + "test_a_second_notice_changes_nothing_until_the_head_approves"
BY_PERSONS = {"system": "move-needs-a-person"}
WITH_LINES = NoWay("the panel sends a notice and its lines by the act of the case page")


def received(office: Office) -> Application:
    """A case that waits for its answer, with everything handed in."""
    return office.received()


def _told_in_words(office: Office) -> Application:
    """A case whose notice names no material of the checklist."""
    case = received(office)
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(case, "请更正法定代表人姓名")
    return case


def _answers(answer: str = "") -> Any:
    return lambda _office, case: acts.intake.answer_correction(case, answer=answer)


def _second_notice(office: Office) -> CorrectionNotice:
    case = office.answered()
    with office.acts("clerk", TUESDAY):
        acts.intake.ask_correction(case, reason="首次告知遗漏")
    return case.notices[1]


def _given_answer(office: Office) -> IntakeAnswer:
    case = received(office)
    with office.acts("clerk", MONDAY):
        acts.intake.corrected_on_the_spot(case, "更正联系电话")
    return case.answers[0]


def _handed_over(office: Office) -> FirstContactHandover:
    case = received(office)
    with office.acts("clerk", MONDAY):
        acts.intake.hand_over(case, office.user("clerk2").id, "轮岗")
    return case.handovers[0]


def _guided(office: Office) -> PreGuidance:
    version = office.item().versions[0]
    with office.acts("guide", MONDAY) as session:
        return acts.intake.guide(session, version, GuidanceOutcome.INCOMPLETE)


def _banned(office: Office) -> LicenceItem:
    item = office.item(is_safety_item=True)
    case = office.reviewed(MONDAY, item)
    with office.acts("decider", MONDAY):
        acts.decision.decide(
            case, "REFUSED", reasons="检验报告系伪造", legal_basis="第七十八条",
            remedies="六十日内复议", false_materials=True,
        )  # fmt: skip
    return item


def _of_the_liar(office: Office, item: LicenceItem) -> dict[str, Any]:
    return {"licence_item": item, "applicant": first(office, Application).applicant}


def answer(code: str, result: IntakeResult, reasons: str, others: Any) -> Deed:
    """A written answer that is none."""
    return Deed(
        code, "clerk", received,
        lambda _office, case: {"application": case, "result": result, "reasons": reasons},
        NOT_ACCEPTED, new=IntakeAnswer,
        act=lambda _office, case: acts.intake.answer_not_accepted(case, result, reasons),
        button=Button("not_accept", {"result": result, "reasons": reasons}),
        elsewhere=BY_PERSONS | others,
    )  # fmt: skip


def handover(code: str, who: str, to: str, others: Any) -> Deed:
    """A hand-over of the first contact that is none."""
    return Deed(
        code, who, received,
        lambda office, case: {
            "application": case, "to_user_id": office.user(to).id, "reason": "轮岗",
        },
        HANDED, new=FirstContactHandover,
        act=lambda office, case: acts.intake.hand_over(case, office.user(to).id, "轮岗"),
        button=Button("hand_over", lambda office, _case: {
            "to_user": office.user(to).id, "reason": "轮岗",
        }),
        elsewhere=BY_PERSONS | others,
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "an answer gives no reasons": answer(
        "answer-gives-its-reasons", IntakeResult.NO_PERMIT_NEEDED, " ", {"action": FIELD},
    ),
    "an answer names no proper organ": answer(
        "proper-organ-is-missing", IntakeResult.NOT_COMPETENT, "不属本机关",
        {"sql": "not-competent-names-the-organ"},
    ),
    "an acceptance is answered by hand": answer(
        "answer-follows-from-its-act", IntakeResult.ACCEPTED, "已受理", {"action": FIELD},
    ),
    "a case is not accepted without an answer": Deed(
        "answer-needs-its-document", "clerk", received, {"status": Case.NOT_ACCEPTED},
        NOT_ACCEPTED, act=lambda _office, case: acts.intake.move(case, Case.NOT_ACCEPTED),
        elsewhere={**BY_PERSONS, "action": NoWay("the page sends the answer with the move")},
    ),
    "an answer is rewritten": Deed(
        "answer-is-fixed", "clerk", _given_answer, {"reasons": "另有其他理由。"},
        ANSWERS + "test_a_correction_on_the_spot_moves_no_clock",
        elsewhere={**BY_PERSONS, "sql": "answer-is-fixed"},
    ),
    "a notice says nothing": Deed(
        "notice-says-what-is-missing", "clerk", received,
        lambda _office, case: {"application": case, "missing": " "},
        ANSWERS + "test_a_notice_without_a_word_is_none", new=CorrectionNotice,
        act=lambda _office, case: acts.intake.ask_correction(case),
        button=Button("correct", {"missing": " "}),
        elsewhere={**BY_PERSONS, "sql": NoWay("a blank is a word to the database")},
    ),
    "a notice asks for what is in": Deed(
        "material-is-in-already", "clerk", received,
        lambda _office, case: {
            "application": case, "missing": "材料1",
            "lines": [CorrectionNoticeLine(requirement=case.item_version.materials[0])],
        },
        ANSWERS + "test_a_notice_names_every_missing_material_by_itself", new=CorrectionNotice,
        act=lambda _office, case: acts.intake.ask_correction(
            case, materials=case.item_version.materials
        ),
        button=Button("correct", lambda _office, case: {
            "materials": case.item_version.materials[0].id
        }),
        elsewhere={**BY_PERSONS, "action": FIELD, "form": WITH_LINES},
    ),
    "a correction is answered with nothing": Deed(
        "answer-brings-nothing", "clerk", lambda office: office.correcting(),
        {"status": Case.RECEIVED}, lambda office, case: office.answer(case), act=_answers(),
        button=Button("resubmit"), elsewhere={**BY_PERSONS},
    ),
    "an answer in words says nothing": Deed(
        "answer-says-what-came", "clerk", _told_in_words, {"status": Case.RECEIVED},
        does("clerk", _answers("已更正法定代表人姓名")), act=_answers(" "),
        button=Button("resubmit", {"answer": " "}), elsewhere={**BY_PERSONS},
    ),
    "a clerk approves a second notice": Deed(
        "second-notice-needs-the-head", "clerk", _second_notice,
        lambda office, _notice: {"approved_by_id": office.user("clerk").id},
        TWICE, day=TUESDAY,
        act=lambda office, notice: acts.intake.approve_second_notice(
            office.session, notice.application
        ),
        button=Button("approve_second_notice"),
        elsewhere={**BY_PERSONS, "sql": "second-notice-waits-for-approval"},
    ),
    "the head approves a notice that nobody asked for": Deed(
        "no-second-notice-waits", "head", lambda office: office.answered(), None, TWICE,
        act=lambda office, case: acts.intake.approve_second_notice(office.session, case),
        button=Button("approve_second_notice"),
    ),
    "a case is handed over to whom it is with": handover(
        "handover-is-to-another", "clerk", "clerk", {"action": FIELD},
    ),
    "a case is handed over to an applicant": handover(
        "handover-needs-an-officer", "clerk", "applicant", {"action": FIELD},
    ),
    "the case of a colleague is handed over": handover(
        "handover-is-not-yours", "clerk2", "guide", {},
    ),
    "a hand-over is rewritten": Deed(
        "handover-is-fixed", "clerk", _handed_over, {"reason": "别的"}, HANDED,
        elsewhere={**BY_PERSONS, "sql": "handover-is-fixed"},
    ),
    "guidance is rewritten": Deed(
        "guidance-is-fixed", "guide", _guided, {"outcome": GuidanceOutcome.NO_PERMIT_NEEDED},
        PEOPLE + "test_guidance_tells_what_is_missing_and_leads_to_the_case",
    ),
    "an agent has no name": Deed(
        "agent-has-a-name", "clerk", received, {"agent_phone": "13812345678"},
        sets("clerk", agent_name="林某", agent_phone="13812345678"),
        elsewhere={"sql": "agent-has-a-name"},
    ),
    "who lied applies again": Deed(
        "applicant-is-banned", "clerk", _banned,
        lambda office, item: {
            **_of_the_liar(office, item), "channel": "WINDOW", "status": Case.RECEIVED,
        },
        lambda office, item: office.received(TUESDAY, item),
        new=Application, typed=_of_the_liar, day=TUESDAY,
        act=lambda office, item: acts.intake.receive(
            office.session, item, first(office, Application).applicant
        ),
        elsewhere={**BY_PERSONS, "action": BY_ITS_FORM},
    ),
}  # fmt: skip
