"""Raw SQL for tests that go round the hooks, and an office with a row in every table."""

from datetime import date
from typing import Any

from sqlalchemy import Engine, select

from models import (
    Absence,
    Applicant,
    ApplicantLink,
    Base,
    Complaint,
    FeeItem,
    Finding,
    FormerStep,
    ItemCondition,
    ItemQuestion,
    LicenceItem,
    Referral,
    SavedView,
    SourceNote,
    StepTemplate,
    SupervisionInspector,
    SupervisionRecord,
    TemplateStep,
    User,
    acts,
)
from models.acting import SYSTEM, acting_as
from models.acts.clock import approve_green_lane, ask_green_lane
from models.acts.reassignment import carry_out
from models.acts.receipt import confirm_earlier_receipt, enter_earlier_receipt
from models.by_time.daily import run_daily
from models.database import GuardedSession
from models.enums import (
    ApplicationKind,
    BasisLevel,
    CertificateChangeKind,
    CertificateGround,
    CheckKind,
    CheckResult,
    DecisionOutcome,
    Duty,
    EarlierReceiptCause,
    GuidanceOutcome,
    IdentityChange,
    IdentityKind,
    ItemType,
    LinkKind,
    Origin,
    RatingLevel,
    ReferralDirection,
    SourceTag,
    VersionStatus,
)
from tests.factories import DAY_ONE, MONDAY, Office, fill_office, recorded_case

DUE = date(2025, 3, 24)


def change(table: str, where: str = "1 = 1", **values: str) -> str:
    """UPDATE the first row of a table; values are SQL literals."""
    pairs = ", ".join(f"{column} = {value}" for column, value in values.items())
    if "id" not in Base.metadata.tables[table].c:
        return f"UPDATE {table} SET {pairs}"
    return f"UPDATE {table} SET {pairs} WHERE id = ({_first(table, where)})"


def again(table: str, where: str = "1 = 1", **values: str) -> str:
    """INSERT the first row of a table once more, with other values for some columns."""
    columns = [column.name for column in Base.metadata.tables[table].c if column.name != "id"]
    chosen = ", ".join(values.get(column, column) for column in columns)
    names = ", ".join(columns)
    first = _first(table, where)
    return f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE id = ({first})"


def _first(table: str, where: str) -> str:
    return f"SELECT min(id) FROM {table} WHERE {where}"


def fill_every_table(engine: Engine) -> None:
    """An office in which every table has a row: cases in several states of their life."""
    fill_office(engine)
    with GuardedSession(engine) as session:
        office = Office(session)
        office.delivered(certificate_months=12)
        extended = office.accepted()
        office.extend(extended, MONDAY, 5)
        office.suspend(extended, MONDAY, DUE)
        withdrawn = office.correcting()
        office.withdraw(withdrawn, MONDAY)
        _draft_with_every_part(office)
        _catalogue_with_every_part(office)
        _heard_and_ended_cases(office)
        _intake_with_every_part(office)
        _change_a_certificate(office)
        _record_history(office)
        _let_time_pass(office)
        _supervise(office)
        _save_a_view(office)


def _save_a_view(office: Office) -> None:
    view = SavedView(
        list_name="application", name="逾期的", query="tab=overdue", shared_with=Duty.REVIEW
    )
    with office.acts("reviewer", MONDAY) as session:
        session.add(view)


def _draft_with_every_part(office: Office) -> None:
    draft = office.draft()
    with office.acts("admin", MONDAY) as session:
        session.add(ItemCondition(item_version=draft, position=1, name="条件", name_en="Condition"))


def _let_time_pass(office: Office) -> None:
    """A case on the green lane, a warning, a day's work, a changed calendar."""
    hurried = office.accepted(promised=3, steps=((1, Duty.ACCEPTANCE, 1), (2, Duty.DECISION, 1)))
    with office.acts("clerk", MONDAY):
        ask_green_lane(hurried, "急需")
    with office.acts("head", MONDAY) as session:
        approve_green_lane(session, hurried.green_lanes[0])
    run_daily(office.session, MONDAY)
    office.change_calendar({date(2025, 12, 3): False}, MONDAY)
    office.notice(2025, {date(2025, 12, 3): True}, MONDAY)


def _catalogue_with_every_part(office: Office) -> None:
    """Questions, sources, former steps and templates; a fee, charged and paid."""
    fee = FeeItem(
        position=1, name="工本费", name_en="Fee", amount_fen=1000, unit="本", starts_on=MONDAY,
        basis_level=BasisLevel.LAW,
    )  # fmt: skip
    version = office.draft()
    with office.acts("admin", MONDAY) as session:
        version.fees = [fee]
        version.questions = [
            ItemQuestion(position=1, question="问", question_en="Q", answer="答", answer_en="A")
        ]
        version.sources = [
            SourceNote(position=1, subject="quota", tag=SourceTag.MEMORY, is_verified=True)
        ]
        names = {"name": "收件", "name_en": "Intake", "post_name": "岗", "post_name_en": "Post"}
        version.licence_item.former_steps = [FormerStep(position=1, limit_days=1, **names)]
        template = StepTemplate(code="T", name="模板", name_en="Template")
        template.steps = [TemplateStep(position=1, **names)]
        session.add(template)
    with office.acts("admin2", MONDAY):
        acts.catalogue.move_version(version, VersionStatus.PUBLISHED)
    case = office.accepted(MONDAY, version.licence_item)
    with office.acts("clerk", MONDAY):
        acts.fees.charge(case, fee)
    with office.acts("clerk", MONDAY):
        acts.fees.take_payment(case.charges[0], "R-1")


def _heard_and_ended_cases(office: Office) -> None:
    """A case that is being reviewed, a forwarded one, a terminated one, and a recusal."""
    heard = office.accepted(item=judged_item(office, needs_inspection=True))
    inspectors = [office.user("reviewer"), office.user("reviewer2")]
    with office.acts("reviewer", MONDAY):
        acts.review.judge(heard, acts.review.all_met(heard))
        acts.review.assign_inspectors(heard, inspectors, DUE)
        acts.hearing.tell_of_hearing(heard)
        acts.hearing.register_party(heard, "邻家印刷厂", "毗邻生产场所")
    first_review = office.item(item={"item_type": ItemType.FIRST_REVIEW})
    forwarded = office.reviewed(item=first_review)
    with office.acts("decider", MONDAY):
        acts.decision.forward(forwarded, **FORWARDING)
    terminated = office.accepted()
    office.terminate(terminated, MONDAY)
    with office.acts("guide", MONDAY) as session:
        session.add(
            ApplicantLink(
                user=office.user("guide"),
                applicant=heard.applicant,
                relation=LinkKind.RELATIVE,
                since=MONDAY,
            )
        )


FORWARDING: dict[str, Any] = {
    "to_organ": "示例省局",
    "opinion": "初审合格",
    "is_supported": True,
    "document_number": "示初〔2025〕1号",
}


def judged_item(office: Office, conditions: int = 2, **values: Any) -> LicenceItem:
    """An item with conditions that a case must meet."""
    draft = office.draft(**values)
    with office.acts("admin", DAY_ONE) as session:
        for position in range(1, conditions + 1):
            session.add(
                ItemCondition(
                    item_version=draft, position=position, name=f"条件{position}", name_en="Term"
                )
            )
    with office.acts("admin2", DAY_ONE):
        acts.catalogue.move_version(draft, VersionStatus.PUBLISHED)
    return draft.licence_item


def _intake_with_every_part(office: Office) -> None:
    """An answer, a second notice that waits, a hand-over, a ban, and guidance before it all."""
    item = office.item(is_safety_item=True)
    version = item.versions[0]
    with office.acts("guide", MONDAY) as session:
        acts.intake.guide(
            session, version, GuidanceOutcome.READY, ticked=version.materials, visitor_name="陈某"
        )
    _identities(office, office.applicant())
    twice = office.answered()
    with office.acts("clerk", MONDAY):
        acts.intake.ask_correction(twice, reason="首次告知遗漏")
    with office.acts("clerk", MONDAY):
        enter_earlier_receipt(twice, date(2025, 2, 27), EarlierReceiptCause.OUTAGE, "登记 1")
    with office.acts("head", MONDAY) as session:
        confirm_earlier_receipt(session, twice)
    handed = office.received()
    with office.acts("clerk", MONDAY):
        acts.intake.hand_over(handed, office.user("clerk2").id, "轮岗")
    with office.acts("clerk", MONDAY):
        acts.identity.correct_applicant(handed, twice.applicant, "误选同名企业")
    refused = office.reviewed(MONDAY, item)
    with office.acts("decider", MONDAY):
        acts.decision.decide(
            refused, DecisionOutcome.REFUSED, reasons="材料虚假不实。", legal_basis="第七十八条",
            remedies="复议", false_materials=True,
        )  # fmt: skip


def _identities(office: Office, applicant: Applicant) -> None:
    """A proposal for each answer: confirmed, turned down, and none yet; and a second row."""
    other = office.applicant("同一家").identity_number
    same, added = IdentityChange.SAME_PERSON, IdentityChange.ADDED
    org = IdentityKind.ORGANISATION_CODE
    proof: dict[str, Any] = {"proof": "变更登记通知书1号", "proof_on": MONDAY}
    proposals = (
        (same, IdentityKind.CREDIT_CODE, other),
        (added, org, "D2143569X"),
        (added, org, "12345678-8"),
    )
    for (change, kind, number), answer in zip(
        proposals, (acts.identity.confirm, acts.identity.turn_down, None), strict=True
    ):
        with office.acts("clerk", MONDAY):
            row = acts.identity.propose_identity(applicant, change, kind, number, **proof)
        if answer is not None:
            with office.acts("head", MONDAY) as session:
                answer(session, row)


def _change_a_certificate(office: Office) -> None:
    """A suspended certificate with an open proposal, and an open application about it."""
    paper = office.delivered(certificate_months=24).certificate
    with office.acts("clerk", MONDAY) as session:
        acts.certificate.apply_about(session, ApplicationKind.AMENDMENT, paper, paper.holder)
    texts = {"legal_basis": "第六十六条", "reasons": "不再符合条件", "remedies": "六十日内复议"}
    with office.acts("reviewer", MONDAY):
        proposal = acts.certificate.propose(
            paper, CertificateChangeKind.SUSPEND, CertificateGround.CONDITIONS_NOT_KEPT, **texts
        )
    with office.acts("head", MONDAY) as session:
        acts.certificate.approve(session, proposal)
    with office.acts("reviewer", MONDAY):
        acts.certificate.propose(
            paper, CertificateChangeKind.REINSTATE, CertificateGround.CAUSE_REMOVED, **texts
        )


def _supervise(office: Office) -> None:
    """A row in every table of supervision: an answered order, a check, a bad rating rectified."""
    own = office.applicant("自家食品厂", user=office.user("applicant"))
    case = office.delivered(applicant=own)
    with office.acts("applicant", MONDAY) as session:
        rating = acts.supervision.rate(session, case, RatingLevel.UNSATISFIED, "等候太久")
    with office.acts("manager", MONDAY) as session:
        acts.supervision.contact(session, rating.rectification)
    with office.acts("manager", MONDAY):
        acts.supervision.rectify(rating.rectification, "已增设窗口")
    with office.acts("manager", MONDAY) as session:
        order = acts.supervision.order(
            session, office.user("reviewer"), "请尽快办理", application=case
        )
        session.add(Complaint(text="窗口推诿", handler=office.user("manager"), outcome="已纠正"))
        session.add(
            Referral(
                direction=ReferralDirection.TO_DECIDING_ORGAN, organ="临江市局", facts="超范围生产"
            )
        )
        session.add(
            Absence(
                user=office.user("clerk"),
                substitute=office.user("clerk2"),
                first_day=MONDAY,
                last_day=MONDAY,
            )
        )
    with office.acts("reviewer", MONDAY):
        acts.supervision.answer(order, "已安排")
    with office.acts("manager", MONDAY) as session:
        acts.supervision.close_order(session, order)
    with office.acts("reviewer", MONDAY) as session:
        record = SupervisionRecord(
            certificate=case.certificate,
            visited_on=MONDAY,
            kind=CheckKind.SITE_VISIT,
            findings="设备运行正常",
            result=CheckResult.CONFORMS,
        )
        record.inspectors = [
            SupervisionInspector(user=office.user(name)) for name in ("reviewer", "reviewer2")
        ]
        session.add(record)
    _reassign(office)


def _reassign(office: Office) -> None:
    step = office.accepted().steps[1]
    with office.acts("reviewer", MONDAY) as session:
        acts.steps.claim(session, step)
    people = office.user("reviewer"), office.user("decider")
    with office.acts("manager", MONDAY) as session:
        reassignment = acts.supervision.ask_reassignment(session, *people, MONDAY, "轮岗")
    with office.act("manager", MONDAY) as session:
        carry_out(session, reassignment, MONDAY)


def _record_history(office: Office) -> None:
    item = office.item(item={"is_offered": False, "origin": Origin.IMPORTED})
    officer = office.session.scalars(select(User).order_by(User.id).limit(1)).one()
    with acting_as(office.session, SYSTEM, MONDAY):
        case = recorded_case(item, officer=officer)
        office.session.add(Finding(application=case, code="late"))
        office.session.commit()
