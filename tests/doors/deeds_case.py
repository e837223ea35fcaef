"""What is forbidden to a case as a whole: its moves, its facts, its origin."""

from datetime import date
from typing import Any

from models import (
    Applicant,
    Application,
    CorrectionNotice,
    LicenceItem,
    SubmittedMaterial,
    acts,
)
from models.enums import ApplicationStatus, Channel, IntakeResult, Origin
from tests.doors.deed import FIELD, Button, Deed, NoWay, does, first, sets
from tests.factories import MONDAY, Office, recorded_case

Case = ApplicationStatus
TUESDAY = date(2025, 3, 4)
FIFTH_DAY, SIXTH_DAY = date(2025, 3, 10), date(2025, 3, 11)
BY_ITS_FORM = NoWay("a case is taken in by its form: the door `form`")
WITHDRAWAL = Button("/track/{case}/withdraw")
REQUEST = {"document_number": "1", "requested_on": MONDAY.isoformat(), "came_by": "WINDOW"}
LIFE = "tests/models/test_case_life.py::"


def imported(office: Office) -> Application:
    """A recorded case, as the import makes it."""
    item = office.item()
    with office.time_acts(TUESDAY) as session:
        case = recorded_case(item)
        session.add(case)
    return case


def own_draft(office: Office) -> Application:
    """A draft of the person ``applicant``."""
    item, own = office.item(), office.applicant(user=office.user("applicant"))
    with office.acts("applicant", MONDAY) as session:
        case = Application(
            licence_item=item, applicant=own, status=Case.DRAFT, channel=Channel.ONLINE
        )
        session.add(case)
    return case


def _case_of(name: str) -> Any:
    return lambda office: office.received(applicant=office.applicant(user=office.user(name)))


def _own(office: Office, reach: str) -> Any:
    """A case of the person ``applicant``."""
    return getattr(office, reach)(applicant=office.applicant(user=office.user("applicant")))


def _to(status: Case) -> Any:
    return lambda _office, case: acts.intake.move(case, status)


def _beside_another_item(**values: Any) -> Any:
    """A received case, of which the first item of the office is not the item."""
    return lambda office: (office.item(), office.received(**values))[1]


def _foreign_material(office: Office) -> Any:
    return first(office, LicenceItem).versions[0].materials[0]


def _beside_an_applicant(reach: Any) -> Any:
    return lambda office: (office.applicant(), reach(office))[1]


DEEDS: dict[str, Deed] = {
    "an officer keeps a draft": Deed(
        "duty-not-held-for-move", "clerk", lambda office: (office.item(), office.applicant())[0],
        lambda office, item: {
            "licence_item": item, "applicant": first(office, Applicant), "channel": "WINDOW",
            "status": Case.DRAFT,
        },
        lambda office, item: office.received(item=item), new=Application,
        elsewhere={
            "system": "move-needs-a-person", "form": NoWay("the form takes in, it keeps no draft"),
        },
    ),
    "a status skips the line": Deed(
        "unlawful-move", "clerk", lambda office: office.received(),
        {"status": Case.DELIVERED},
        sets("clerk", status=Case.ACCEPTED),
        act=lambda _office, case: acts.decision.deliver(case),
        button=Button("deliver", {"delivery_method": "WINDOW"}),
        elsewhere={"sql": "unlawful-move"},
    ),
    "a closed case is altered": Deed(
        "case-is-closed", "clerk", lambda office: office.delivered(),
        {"status": Case.RECEIVED},
        LIFE + "test_a_certificate_expires_by_time_after_its_last_day",
        act=_to(Case.RECEIVED),
        button=Button("resubmit"),
        elsewhere={"sql": "unlawful-move"},
    ),
    "a closed case is described": Deed(
        "case-is-closed", "clerk", lambda office: office.delivered(),
        {"summary": "补记"},
        LIFE + "test_the_whole_line_ends_with_a_delivered_certificate",
    ),
    "a due date is written by hand": Deed(
        "column-is-derived", "clerk", lambda office: office.accepted(),
        {"due_on": date(2025, 3, 28)},
        sets("clerk", summary="补记"),
    ),
    "a case is dated back": Deed(
        "column-is-derived", "clerk", lambda office: office.accepted(),
        {"accepted_on": date(2025, 1, 2)},
        LIFE + "test_a_late_acceptance_counts_from_receipt",
    ),
    "an auditor writes": Deed(
        "duty-not-held", "auditor", lambda office: office.received(),
        {"summary": "补记"},
        sets("clerk", summary="补记"),
        elsewhere={"system": NoWay("SYSTEM is no auditor"), "delete": "row-is-never-deleted"},
    ),
    "a reviewer accepts": Deed(
        "duty-not-held-for-move", "reviewer", lambda office: office.received(),
        {"status": Case.ACCEPTED},
        sets("clerk", status=Case.ACCEPTED),
        act=_to(Case.ACCEPTED),
        button=Button("accept"),
        elsewhere={"system": "notice-period-is-running"},
    ),
    "an incomplete case is accepted": Deed(
        "materials-are-missing", "clerk", lambda office: office.received(complete=False),
        {"status": Case.ACCEPTED},
        does("clerk", lambda _office, case: (
            acts.intake.hand_in_required(case), acts.intake.move(case, Case.ACCEPTED)
        )),
        act=_to(Case.ACCEPTED),
        button=Button("accept"),
        elsewhere={"system": "notice-period-is-running"},
    ),
    "time does what a person decides": Deed(
        "move-needs-a-person", None, lambda office: office.received(),
        {"status": Case.NOT_ACCEPTED},
        does("clerk", lambda _office, case: acts.intake.answer_not_accepted(
            case, IntakeResult.NO_PERMIT_NEEDED, "该活动无需许可"
        )),
        act=_to(Case.NOT_ACCEPTED),
    ),
    "time accepts too early": Deed(
        "notice-period-is-running", None, lambda office: office.received(complete=False),
        {"status": Case.ACCEPTED},
        sets(None, SIXTH_DAY, status=Case.ACCEPTED),
        act=_to(Case.ACCEPTED), day=FIFTH_DAY,
    ),
    "time ends a correction too early": Deed(
        "correction-period-is-running", None, lambda office: office.correcting(),
        {"status": Case.TERMINATED},
        sets(None, date(2025, 4, 16), status=Case.TERMINATED),
        act=_to(Case.TERMINATED), day=date(2025, 4, 15),
    ),
    "a person does what time does": Deed(
        "move-is-made-by-time", "clerk", lambda office: office.correcting(),
        {"status": Case.TERMINATED},
        sets(None, date(2025, 4, 16), status=Case.TERMINATED),
        act=_to(Case.TERMINATED), day=date(2025, 4, 15),
        elsewhere={
            "system": "correction-period-is-running",
            "action": NoWay("the page has no act that ends a case by time"),
        },
    ),
    "a post that has ended accepts": Deed(
        "post-not-held", "clerk2", lambda office: _with_ended_post(office),
        {"status": Case.ACCEPTED},
        sets("clerk", TUESDAY, status=Case.ACCEPTED),
        act=_to(Case.ACCEPTED), button=Button("accept"), day=TUESDAY,
        elsewhere={"system": "notice-period-is-running"},
    ),
    "a late answer is a refusal to accept": Deed(
        "notice-period-is-over", "clerk", lambda office: office.received(),
        {"status": Case.NOT_ACCEPTED},
        sets("clerk", SIXTH_DAY, status=Case.ACCEPTED),
        act=_to(Case.NOT_ACCEPTED), button=Button("not_accept"), day=SIXTH_DAY,
        elsewhere={"system": "move-needs-a-person"},
    ),
    "an applicant withdraws the case of another": Deed(
        "case-is-not-yours", "applicant", _case_of("applicant2"),
        {"status": Case.WITHDRAWN},
        sets("applicant2", status=Case.WITHDRAWN),
        act=_to(Case.WITHDRAWN), button=Button("withdraw"), page=WITHDRAWAL,
        elsewhere={"system": "move-needs-a-person"},
    ),
    "an applicant withdraws what was granted": Deed(
        "unlawful-move", "applicant", lambda office: _own(office, "granted"),
        {"status": Case.WITHDRAWN},
        does("clerk", lambda _office, case: acts.decision.deliver(case)),
        act=_to(Case.WITHDRAWN), button=Button("withdraw"), page=WITHDRAWAL,
        elsewhere={"sql": "unlawful-move", "portal": FIELD},
    ),
    "an applicant withdraws a closed case": Deed(
        "case-is-closed", "applicant", lambda office: _own(office, "delivered"),
        {"status": Case.WITHDRAWN},
        LIFE + "test_an_open_case_may_be_withdrawn_until_it_is_decided",
        act=_to(Case.WITHDRAWN), button=Button("withdraw"), page=WITHDRAWAL,
        elsewhere={"sql": "unlawful-move", "portal": FIELD},
    ),
    "an applicant accepts his own case": Deed(
        "duty-not-held-for-move", "applicant", lambda office: _own(office, "received"),
        {"status": Case.ACCEPTED},
        sets("clerk", status=Case.ACCEPTED),
        act=_to(Case.ACCEPTED), button=Button("accept"), page=Button("/track/{case}/accept"),
        elsewhere={"system": "notice-period-is-running"},
    ),
    "an applicant withdraws imported history": Deed(
        "import-is-for-the-system", "applicant", lambda office: imported(office),
        {"status": Case.WITHDRAWN},
        LIFE + "test_an_applicant_withdraws_his_draft",
        act=_to(Case.WITHDRAWN), button=Button("withdraw"), page=WITHDRAWAL,
        elsewhere={"system": "imported-case-is-read-only"},
    ),
    "a draft is described by another applicant": Deed(
        "case-is-not-yours", "applicant2", own_draft, {"summary": "别人的"},
        sets("applicant", summary="自己的"), page=WITHDRAWAL,
        elsewhere={"system": NoWay("SYSTEM is no applicant"), "delete": "case-is-not-yours"},
    ),
    "an officer accepts his own case": Deed(
        "officer-is-the-applicant", "clerk2", _case_of("clerk2"),
        {"status": Case.ACCEPTED},
        sets("clerk", status=Case.ACCEPTED),
        act=_to(Case.ACCEPTED), button=Button("accept"),
        elsewhere={"system": "notice-period-is-running"},
    ),
    "a case changes its version": Deed(
        "case-is-pinned", "clerk", _beside_another_item(),
        lambda office, _case: {"item_version": first(office, LicenceItem).versions[0]},
        sets("clerk", summary="补记"),
        elsewhere={"sql": "case-is-pinned"},
    ),
    "a draft is described by an officer": Deed(
        "draft-is-its-applicants", "clerk", own_draft, {"summary": "代填"},
        sets("applicant", summary="自己的"),
        elsewhere={
            "system": NoWay("SYSTEM is no applicant"), "delete": "draft-is-its-applicants",
            "form": FIELD,
        },
    ),
    "a case has no applicant": Deed(
        "applicant-is-missing", "clerk", lambda office: office.item(),
        lambda _office, item: {"licence_item": item, "channel": Channel.WINDOW},
        lambda office, item: office.received(item=item), new=Application,
        elsewhere={"system": "move-needs-a-person", "form": FIELD},
    ),
    "a case came in nowhere": Deed(
        "channel-is-missing", "clerk", lambda office: (office.item(), office.applicant())[0],
        lambda office, item: {
            "licence_item": item, "applicant": first(office, Applicant), "channel": None,
        },
        lambda office, item: office.received(item=item), new=Application,
        elsewhere={"system": "move-needs-a-person", "form": FIELD},
    ),
    "a native case becomes history": Deed(
        "origin-never-changes", None, lambda office: office.received(),
        {"origin": Origin.IMPORTED},
        LIFE + "test_an_imported_case_is_recorded_by_the_system_and_never_altered",
        elsewhere={"sql": "origin-never-changes"},
    ),
    "an imported case becomes a native one": Deed(
        "origin-never-changes", "clerk", imported,
        {"origin": Origin.NATIVE},
        LIFE + "test_an_imported_case_is_recorded_by_the_system_and_never_altered",
        elsewhere={"sql": "origin-never-changes"},
    ),
    "an imported case is described": Deed(
        "import-is-for-the-system", "clerk", imported,
        {"summary": "补记"},
        LIFE + "test_an_imported_case_is_recorded_by_the_system_and_never_altered",
        elsewhere={"system": "imported-case-is-read-only"},
    ),
    "an imported case is moved": Deed(
        "import-is-for-the-system", "clerk", imported,
        {"status": Case.WITHDRAWN},
        LIFE + "test_an_imported_case_is_recorded_by_the_system_and_never_altered",
        act=_to(Case.WITHDRAWN), button=Button("enter_withdrawal", REQUEST),
        elsewhere={"system": "imported-case-is-read-only", "action": "imported-case-is-read-only"},
    ),
    "an imported case takes a material": Deed(
        "imported-case-is-read-only", "clerk", imported,
        lambda _office, case: {
            "application": case, "requirement": case.item_version.materials[0],
        },
        LIFE + "test_after_acceptance_only_what_may_follow_is_handed_in",
        new=SubmittedMaterial,
        act=lambda _office, case: acts.intake.hand_in(case, case.item_version.materials[0]),
        button=Button("materials", lambda _office, case: {
            "materials": case.item_version.materials[0].id
        }),
    ),
    "a case is deleted": Deed(
        "row-is-never-deleted", "clerk", lambda office: office.received(), None,
        LIFE + "test_an_applicant_deletes_his_draft_and_nothing_else",
        deletes=True,
        elsewhere={"sql": "row-is-never-deleted"},
    ),
    "a correction has no notice": Deed(
        "correction-needs-its-notice", "clerk", lambda office: office.received(complete=False),
        {"status": Case.CORRECTING},
        does("clerk", lambda _office, case: acts.intake.ask_correction(case, "缺少申请书")),
        act=_to(Case.CORRECTING),
        elsewhere={
            "system": "move-needs-a-person",
            "action": NoWay("the page sends the notice with the move"),
        },
    ),
    "an accepted case is corrected": Deed(
        "case-is-not-received", "clerk", lambda office: office.accepted(),
        lambda _office, case: {"application": case, "missing": "缺少材料"},
        LIFE + "test_an_incomplete_case_is_corrected_once",
        new=CorrectionNotice,
        act=lambda _office, case: acts.intake.ask_correction(case, "缺少材料"),
        button=Button("correct", {"missing": "缺少材料"}),
        elsewhere={"system": "move-needs-a-person"},
    ),
    "a case is corrected twice": Deed(
        "notice-is-given-once", "clerk", lambda office: _answered(office),
        lambda _office, case: {"application": case, "missing": "还缺材料"},
        sets("clerk", TUESDAY, status=Case.ACCEPTED),
        new=CorrectionNotice,
        act=lambda _office, case: acts.intake.ask_correction(case, "还缺材料"),
        button=Button("correct", {"missing": "还缺材料"}), day=TUESDAY,
        elsewhere={"system": "move-needs-a-person", "sql": "already-exists"},
    ),
    "a notice is rewritten": Deed(
        "notice-is-fixed", "clerk", lambda office: office.correcting().notices[0],
        {"missing": "别的材料"},
        LIFE + "test_an_incomplete_case_is_corrected_once",
        elsewhere={"system": "move-needs-a-person"},
    ),
    "a material of another item is handed in": Deed(
        "material-is-of-another-item", "clerk", _beside_another_item(complete=False),
        lambda office, case: {"application": case, "requirement": _foreign_material(office)},
        does("clerk", lambda _office, case: acts.intake.hand_in_required(case)),
        new=SubmittedMaterial,
        act=lambda office, case: acts.intake.hand_in(case, _foreign_material(office)),
        button=Button("materials", lambda office, _case: {
            "materials": _foreign_material(office).id
        }),
        elsewhere={"system": "move-needs-a-person", "action": FIELD},
    ),
    "a material is taken away after acceptance": Deed(
        "materials-are-settled", "clerk", lambda office: office.accepted().materials[0], None,
        LIFE + "test_after_acceptance_no_material_is_taken_away",
        deletes=True,
    ),
    "an item without a version takes a case": Deed(
        "item-has-no-published-version", "clerk",
        _beside_an_applicant(lambda office: office.draft().licence_item),
        lambda office, item: {"licence_item": item, "applicant": first(office, Applicant)},
        LIFE + "test_receipt_starts_the_five_days_and_opens_acceptance",
        new=Application,
        act=lambda office, item: acts.intake.receive(
            office.session, item, first(office, Applicant)
        ),
        elsewhere={"system": "move-needs-a-person", "action": BY_ITS_FORM},
    ),
    "an item that is not offered takes a case": Deed(
        "item-takes-no-applications", "clerk",
        _beside_an_applicant(lambda office: office.item(item={"is_offered": False})),
        lambda office, item: {"licence_item": item, "applicant": first(office, Applicant)},
        LIFE + "test_an_item_takes_applications_on_its_last_day_and_none_after_it",
        new=Application,
        act=lambda office, item: acts.intake.receive(
            office.session, item, first(office, Applicant)
        ),
        elsewhere={"system": "move-needs-a-person", "action": BY_ITS_FORM},
    ),
    "a person records history": Deed(
        "import-is-for-the-system", "clerk", lambda office: office.item(),
        lambda _office, item: {
            "licence_item": item, "item_version": item.versions[0], "origin": Origin.IMPORTED,
            "number": "I-1", "log_name": "log", "external_id": "1",
        },
        LIFE + "test_an_imported_case_is_recorded_by_the_system_and_never_altered",
        new=Application,
        elsewhere={"system": NoWay("recording history is what SYSTEM does")},
    ),
}  # fmt: skip


def _with_ended_post(office: Office) -> Application:
    with office.acts("security", MONDAY):
        office.user("clerk2").assignments[0].valid_until = MONDAY
    return office.received()


def _answered(office: Office) -> Application:
    case = office.correcting()
    office.answer(case, TUESDAY)
    return case
