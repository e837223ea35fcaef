"""Art. 32: the five answers to an application, complete notices, and the day of acceptance."""

from datetime import date

import pytest

from models import Application, CorrectionNoticeLine, IntakeAnswer, acts
from models.enums import ApplicationKind, ApplicationStatus, IntakeResult, Necessity, Situation
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
TUESDAY, WEDNESDAY = date(2025, 3, 4), date(2025, 3, 5)
FIFTH_DAY, SIXTH_DAY = date(2025, 3, 10), date(2025, 3, 11)
SITUATIONS = (
    {},
    {"necessity": Necessity.CONDITIONAL, "condition": "委托办理", "situation": Situation.AGENT},
    {"necessity": Necessity.CONDITIONAL, "condition": "分支机构"},
)


def _results(case: Application) -> list[tuple[IntakeResult, bool]]:
    return [(answer.result, answer.is_deemed) for answer in case.answers]


# --- the five answers ------------------------------------------------------------------------


def test_no_permit_is_needed_ends_the_case_with_a_numbered_answer(office: Office) -> None:
    """Art. 32(1)."""
    case = office.received()
    with office.acts("clerk", TUESDAY):
        acts.intake.answer_not_accepted(case, IntakeResult.NO_PERMIT_NEEDED, "该活动无需许可")
    assert (case.status, case.closed_on) == (Case.NOT_ACCEPTED, TUESDAY)
    answer = case.answers[0]
    prefix = case.licence_item.number_prefix
    assert answer.number == f"{prefix}-SL-2025-000001"
    assert (answer.issued_on, answer.issued_by) == (TUESDAY, office.user("clerk"))


def test_who_is_not_competent_names_the_organ_that_is(office: Office) -> None:
    """Art. 32(2)."""
    case = office.received()
    with office.refuses("proper-organ-is-missing", "clerk"):
        acts.intake.answer_not_accepted(case, IntakeResult.NOT_COMPETENT, "该事项不属本机关。")
    with office.acts("clerk", MONDAY):
        acts.intake.answer_not_accepted(
            case, IntakeResult.NOT_COMPETENT, "该事项不属本机关。", "省局"
        )
    assert (case.status, case.answers[0].proper_organ) == (Case.NOT_ACCEPTED, "省局")


def test_not_accepting_needs_its_written_answer(office: Office) -> None:
    """Art. 32 last ¶: by whichever door, no case ends unaccepted without its document."""
    case = office.received()
    with office.refuses("answer-needs-its-document", "clerk"):
        acts.intake.move(case, Case.NOT_ACCEPTED)
    with office.refuses("answer-needs-its-document", "clerk"):
        acts.intake.corrected_on_the_spot(case, "补签名")
        acts.intake.move(case, Case.NOT_ACCEPTED)


def test_an_answer_gives_its_reasons(office: Office) -> None:
    """Art. 32, 38: without reasons there is no answer."""
    case = office.received()
    with office.refuses("answer-gives-its-reasons", "clerk"):
        acts.intake.answer_not_accepted(case, IntakeResult.NO_PERMIT_NEEDED, "  ")


def test_a_correction_on_the_spot_moves_no_clock(office: Office) -> None:
    """Art. 32(3)."""
    case = office.received()
    before = (case.status, case.notice_due_on, case.due_on, case.received_on)
    with office.acts("clerk", TUESDAY):
        acts.intake.corrected_on_the_spot(case, "更正联系电话")
    assert (case.status, case.notice_due_on, case.due_on, case.received_on) == before
    assert _results(case) == [(IntakeResult.CORRECTED_ON_THE_SPOT, False)]
    with office.refuses("notice-period-is-over", "clerk", SIXTH_DAY):
        acts.intake.corrected_on_the_spot(case, "更正姓名")


def test_a_notice_and_an_acceptance_bring_their_answers(office: Office) -> None:
    """Art. 32(4), (5): with gap-free numbers."""
    case = office.correcting()
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.RECEIVED)
    with office.acts("clerk", TUESDAY):
        acts.intake.move(case, Case.ACCEPTED)
    assert _results(case) == [(IntakeResult.INCOMPLETE, False), (IntakeResult.ACCEPTED, False)]
    assert [answer.number[-6:] for answer in case.answers] == ["000001", "000002"]


def test_silence_accepts_with_an_answer_that_says_so(office: Office) -> None:
    """Art. 32(4)."""
    case = office.received()
    with office.time_acts(SIXTH_DAY):
        acts.intake.move(case, Case.ACCEPTED)
    assert _results(case) == [(IntakeResult.ACCEPTED, True)]
    assert case.answers[0].issued_by is None


@pytest.mark.parametrize("result", [IntakeResult.ACCEPTED, IntakeResult.INCOMPLETE])
def test_nobody_writes_an_answer_that_follows(office: Office, result: IntakeResult) -> None:
    """Art. 32(4), (5): they follow from the notice and the acceptance."""
    case = office.received()
    with office.refuses("answer-follows-from-its-act", "clerk"):
        case.answers.append(IntakeAnswer(result=result))


def test_an_answer_is_given_by_the_acceptance_post_to_a_received_case(office: Office) -> None:
    """Art. 32: from its post, while the application waits."""
    case, accepted = office.received(), office.accepted()
    with office.refuses("duty-not-held", "reviewer"):
        acts.intake.corrected_on_the_spot(case, "更正")
    with office.refuses("case-is-not-received", "clerk"):
        acts.intake.answer_not_accepted(accepted, IntakeResult.NO_PERMIT_NEEDED, "该活动无需许可。")
    assignment = office.user("clerk2").assignments[0]
    with office.acts("security", MONDAY):
        assignment.valid_until = MONDAY
    with office.refuses("post-not-held", "clerk2", TUESDAY):
        acts.intake.corrected_on_the_spot(case, "更正")


def test_an_answer_is_not_rewritten(office: Office) -> None:
    """Art. 32 last ¶: the sealed receipt stands."""
    case = office.received()
    with office.acts("clerk", MONDAY):
        acts.intake.corrected_on_the_spot(case, "更正联系电话")
    with office.refuses("answer-is-fixed", "clerk"):
        case.answers[0].reasons = "别的"


# --- the complete notice and situations ----------------------------------------------------------


def test_a_notice_names_every_missing_material_by_itself(office: Office) -> None:
    """Art. 32(4): all at once, from the checklist."""
    case = office.received(complete=False, materials=({}, {}, {"necessity": Necessity.OPTIONAL}))
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in(case, case.item_version.materials[0])
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(case)
    assert [line.requirement.name for line in case.notices[0].lines] == ["材料2"]
    assert case.notices[0].missing == "材料2"


def test_what_the_officer_adds_to_a_notice_is_needed_for_acceptance(office: Office) -> None:
    """Art. 32(4), (5)."""
    case = office.received(complete=False, materials=SITUATIONS)
    judged = case.item_version.materials[2]
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(case, materials=[judged])
    assert case.notices[0].missing == "材料1；材料3"
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in(case, case.item_version.materials[0])
        acts.intake.move(case, Case.RECEIVED)
    with office.refuses("materials-are-missing", "clerk", TUESDAY):
        acts.intake.move(case, Case.ACCEPTED)
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in(case, judged)
        acts.intake.move(case, Case.ACCEPTED)
    assert case.status is Case.ACCEPTED


def test_a_notice_without_a_word_is_none(office: Office) -> None:
    """Art. 32(4): it says what is missing."""
    case = office.received()
    with office.refuses("notice-says-what-is-missing", "clerk"):
        acts.intake.ask_correction(case)
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(case, "申请书未签名")
    assert (case.notices[0].lines, case.status) == ([], Case.CORRECTING)


def test_a_notice_names_nothing_that_is_in_or_of_another_item(office: Office) -> None:
    """Art. 31, 32(4): no unrelated material, none that is there."""
    case, other = office.received(), office.item()
    with office.refuses("material-is-in-already", "clerk"):
        acts.intake.ask_correction(case, materials=case.item_version.materials)
    with office.refuses("material-is-of-another-item", "clerk"):
        acts.intake.ask_correction(case, "缺少材料", materials=other.versions[0].materials)


def test_a_line_is_written_with_its_notice_only(office: Office) -> None:
    """Art. 32(4): nothing is added to a notice afterwards."""
    case = office.correcting(materials=SITUATIONS)
    with office.refuses("notice-is-fixed", "clerk"):
        case.notices[0].lines.append(
            CorrectionNoticeLine(requirement=case.item_version.materials[2])
        )


def test_an_agent_shows_his_power_of_attorney(office: Office) -> None:
    """Art. 29."""
    case = office.received(complete=False, materials=SITUATIONS)
    with office.acts("clerk", MONDAY):
        case.agent_name, case.agent_identity_number = "林某", "11010519491231002X"
        acts.intake.hand_in(case, case.item_version.materials[0])
    with office.refuses("materials-are-missing", "clerk"):
        acts.intake.move(case, Case.ACCEPTED)
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in(case, case.item_version.materials[1])
        acts.intake.move(case, Case.ACCEPTED)
    assert case.status is Case.ACCEPTED


def test_an_agent_has_a_name_and_a_number_that_checks(office: Office) -> None:
    """Art. 29, GB 11643."""
    case = office.received()
    with office.refuses("agent-has-a-name", "clerk"):
        case.agent_phone = "13812345678"
    with office.refuses("identity-wrong-check-digit", "clerk"):
        case.agent_name, case.agent_identity_number = "林某", "110105194912310021"


def test_the_kind_of_an_application_tells_what_it_needs(office: Office) -> None:
    """Art. 31: a renewal asks for the renewal's papers and not for those of a first one."""
    renewal = {
        "necessity": Necessity.CONDITIONAL,
        "condition": "延续",
        "situation": Situation.RENEWAL,
    }
    first = office.delivered(materials=({}, renewal), certificate_months=12)
    assert len(first.materials) == 2, "the factory hands in all there is"
    for kind, needed in ((ApplicationKind.NEW, 1), (ApplicationKind.RENEWAL, 2)):
        with office.acts("clerk", MONDAY) as session:
            case = acts.intake.receive(session, first.licence_item, first.applicant)
            if kind is ApplicationKind.RENEWAL:
                case.kind, case.prior_certificate = kind, first.certificate
            acts.intake.hand_in_required(case)
        assert len(case.materials) == needed


# --- the second notice ---------------------------------------------------------------------------


def _asked_twice(office: Office) -> Application:
    case = office.answered()
    with office.acts("clerk", TUESDAY):
        acts.intake.ask_correction(case, reason="首次告知遗漏")
    return case


def test_a_second_notice_needs_its_reason(office: Office) -> None:
    """Art. 32(4), 一次性告知制."""
    case = office.answered()
    with office.refuses("notice-is-given-once", "clerk"):
        acts.intake.ask_correction(case, "还缺材料")


def test_a_second_notice_changes_nothing_until_the_head_approves(office: Office) -> None:
    """一次性告知制: the head answers for it."""
    case = _asked_twice(office)
    second = case.notices[1]
    assert (case.status, second.issued_on, second.is_waiting) == (Case.RECEIVED, None, True)
    assert (second.requested_on, second.requested_by) == (TUESDAY, office.user("clerk"))
    with office.refuses("correction-needs-its-notice", "clerk", TUESDAY):
        acts.intake.move(case, Case.CORRECTING)
    with office.acts("head", WEDNESDAY) as session:
        acts.intake.approve_second_notice(session, case)
    assert (case.status, second.issued_on, second.issued_by) == (
        Case.CORRECTING, WEDNESDAY, office.user("clerk"),
    )  # fmt: skip
    with office.acts("clerk", WEDNESDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.RECEIVED)
    assert [notice.answered_on for notice in case.notices] == [MONDAY, WEDNESDAY]
    with office.refuses("notice-is-given-once", "clerk", WEDNESDAY):
        acts.intake.ask_correction(case, "第三次", reason="又遗漏")


def test_only_the_head_approves_a_second_notice_in_his_own_name(office: Office) -> None:
    """一次性告知制."""
    case = _asked_twice(office)
    with office.refuses("second-notice-needs-the-head", "clerk", TUESDAY) as session:
        acts.intake.approve_second_notice(session, case)
    with office.refuses("duty-not-held", "reviewer", TUESDAY) as session:
        acts.intake.approve_second_notice(session, case)
    with office.refuses("second-notice-needs-the-head", "head", TUESDAY):
        case.notices[1].approved_by_id = office.user("manager").id
    with office.refuses("column-is-derived", "clerk", TUESDAY):
        case.notices[1].issued_on = TUESDAY


def test_there_must_be_a_second_notice_to_approve(office: Office) -> None:
    """一次性告知制."""
    case = office.answered()
    with office.refuses("no-second-notice-waits", "head") as session:
        acts.intake.approve_second_notice(session, case)


def test_no_second_notice_is_asked_for_or_approved_after_the_five_days(office: Office) -> None:
    """Art. 32(4): no notice stops a deemed acceptance."""
    late, waiting = office.answered(), _asked_twice(office)
    with office.refuses("notice-period-is-over", "clerk", SIXTH_DAY):
        acts.intake.ask_correction(late, reason="首次告知遗漏")
    with office.refuses("notice-period-is-over", "head", SIXTH_DAY) as session:
        acts.intake.approve_second_notice(session, waiting)
    with office.time_acts(SIXTH_DAY):
        acts.intake.move(waiting, Case.ACCEPTED)
    assert (waiting.deemed_accepted, waiting.notices[1].issued_on) == (True, None)
    with office.refuses("notice-period-is-over", "head", SIXTH_DAY) as session:
        acts.intake.approve_second_notice(session, waiting)


def test_a_proposal_is_void_when_the_case_was_accepted(office: Office) -> None:
    """Art. 32(5): within the five days too."""
    case = _asked_twice(office)
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.ACCEPTED)
    with office.refuses("case-is-not-received", "head", TUESDAY) as session:
        acts.intake.approve_second_notice(session, case)


# --- the day of acceptance -----------------------------------------------------------------------


def test_after_a_correction_a_person_accepts_as_of_the_last_supplement(office: Office) -> None:
    """Art. 32(5), worked case 8: accepted within the new five days, dated on the answer."""
    case = office.received(date(2025, 9, 22), complete=False)
    with office.acts("clerk", date(2025, 9, 24)):
        acts.intake.ask_correction(case)
    with office.acts("clerk", date(2025, 10, 9)):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.RECEIVED)
    assert case.notice_due_on == date(2025, 10, 15)
    with office.acts("clerk", date(2025, 10, 14)):
        acts.intake.move(case, Case.ACCEPTED)
    assert (case.accepted_on, case.deemed_accepted) == (date(2025, 10, 9), False)
    # Fifteen working days from the answer, a make-up Saturday (10-11) among them.
    assert case.due_on == date(2025, 10, 29)


def test_after_a_correction_silence_accepts_as_of_the_answer(office: Office) -> None:
    """Art. 32(4): not as of the first receipt."""
    case = office.correcting()
    with office.acts("clerk", WEDNESDAY):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, Case.RECEIVED)
    with office.time_acts(date(2025, 3, 13)):
        acts.intake.move(case, Case.ACCEPTED)
    assert (case.accepted_on, case.deemed_accepted) == (WEDNESDAY, True)


def test_a_supplement_after_the_answer_moves_the_day(office: Office) -> None:
    """Art. 32(5): the day on which the last needed material came in."""
    case = office.answered()
    with office.acts("clerk", WEDNESDAY):
        acts.intake.hand_in_required(case)
    with office.acts("clerk", date(2025, 3, 6)):
        acts.intake.move(case, Case.ACCEPTED)
    assert case.accepted_on == WEDNESDAY


def test_ticking_again_moves_neither_acceptance_nor_dates(office: Office) -> None:
    """Art. 32(5): what was handed in stays handed in, however often it is deleted and ticked; what
    is unfit is sent back by a second notice."""
    dated = []
    for place in (0, 1):  # what the notice did not ask for, and what it did
        case = office.received(complete=False, materials=({}, {}), promised=15, statutory=20)
        with office.acts("clerk", MONDAY):
            acts.intake.hand_in(case, case.item_version.materials[0])
        with office.acts("clerk", MONDAY):
            acts.intake.ask_correction(case)
        office.answer(case, TUESDAY)
        again = date(2025, 3, 11)
        with office.acts("clerk", again) as session:
            session.delete(case.materials[place])
        with office.acts("clerk", again):
            acts.intake.hand_in_required(case)
        with office.acts("clerk", again):
            acts.intake.move(case, Case.ACCEPTED)
        dated.append((case.accepted_on, case.due_on, case.statutory_due_on))
    assert dated == [(TUESDAY, date(2025, 3, 25), date(2025, 4, 1))] * 2


def test_a_second_notice_asks_again_for_what_was_unfit(office: Office) -> None:
    """Art. 32(4): its own line, and its own day."""
    case = office.answered()
    with office.acts("clerk", TUESDAY) as session:
        session.delete(case.materials[0])
    with office.acts("clerk", TUESDAY):
        acts.intake.ask_correction(case, reason="申请书无签章")
    with office.acts("head", WEDNESDAY) as session:
        acts.intake.approve_second_notice(session, case)
    with office.refuses("answer-brings-nothing", "clerk", WEDNESDAY):
        acts.intake.answer_correction(case)
    thursday = date(2025, 3, 6)
    with office.acts("clerk", thursday):
        acts.intake.answer_correction(case, case.item_version.materials)
    with office.acts("clerk", date(2025, 3, 7)):
        acts.intake.move(case, Case.ACCEPTED)
    came = [[line.came_on for line in notice.lines] for notice in case.notices]
    assert (came, case.accepted_on) == ([[MONDAY, thursday], [thursday, thursday]], thursday)
    assert case.notices[1].answered_on == thursday


def test_an_answer_carries_one_of_the_things_asked_for(office: Office) -> None:
    """Art. 32(4): else an empty answer would buy a new term of silence."""
    case = office.correcting()
    with office.refuses("answer-brings-nothing", "clerk", TUESDAY):
        acts.intake.answer_correction(case, answer="已补正")
    with office.acts("clerk", TUESDAY):
        acts.intake.hand_in_required(case)
    with office.acts("clerk", TUESDAY) as session:
        session.delete(case.materials[0])
    with office.refuses("answer-brings-nothing", "clerk", TUESDAY):
        acts.intake.answer_correction(case)


def test_a_notice_in_words_is_answered_in_words(office: Office) -> None:
    """Art. 32(4): where no material is to come, the answer says what was brought."""
    case = office.received()
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(case, "请更正法定代表人姓名")
    with office.refuses("answer-says-what-came", "clerk", TUESDAY):
        acts.intake.answer_correction(case, answer="  ")
    with office.refuses("notice-is-fixed", "clerk", TUESDAY):
        case.notices[0].answer = "已更正"
    with office.acts("clerk", TUESDAY):
        acts.intake.answer_correction(case, answer="已更正法定代表人姓名")
    assert (case.notices[0].answer, case.status) == ("已更正法定代表人姓名", Case.RECEIVED)
    with office.refuses("notice-is-fixed", "clerk", TUESDAY):
        case.notices[0].answer = "别的"
