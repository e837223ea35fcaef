"""What follows at intake: answers and their numbers, the lines of a notice, hand-overs, bans."""

from sqlalchemy import inspect, select

from models.acting import Acting
from models.application import Application, SubmittedMaterial
from models.base import stored
from models.catalogue import ItemVersion
from models.certificate import Decision
from models.clock import CorrectionNotice
from models.enums import ApplicationStatus, BanCause, Channel, DecisionOutcome, IntakeResult
from models.hooks.bans import ban
from models.hooks.case_change import CaseChange
from models.hooks.case_service import count_service, send
from models.hooks.changes import Change
from models.hooks.numbers import take_number
from models.identity import ApplicantCorrection
from models.intake import (
    CorrectionNoticeLine,
    FirstContactHandover,
    IntakeAnswer,
    PreGuidance,
)
from models.questions.materials import correction_served_on, missing_of, rows_of
from models.questions.recusal import acts_as_applicant
from models.rules.case_clock import correction_due_on
from models.rules.intake import GROUNDS_OF_NON_ACCEPTANCE
from models.rules.numbering import receipt_number

Case = ApplicationStatus


def stamp_intake(change: CaseChange) -> None:
    """Date what an act of intake adds: notices with their lines, approvals, hand-overs."""
    for notice in change.new(CorrectionNotice):
        _stamp_notice(change, notice)
    for notice in change.case.notices:
        if notice.approved_by_id is not None and notice.approved_on is None:
            notice.approved_on = notice.issued_on = change.today
            notice.issued_by_id = notice.requested_by_id
            send(notice, change.today, change.case.channel)
        count_service(notice)
    _count_correction(change)
    for correction in change.new(ApplicantCorrection):
        if change.case.applicant_id is not None:
            correction.from_applicant_id = change.case.applicant_id
        change.case.applicant = correction.to_applicant
        change.case.applicant_id = correction.to_applicant_id
    for handover in change.new(FirstContactHandover):
        handover.from_user_id = change.case.first_contact_id
    for material in change.new(SubmittedMaterial):
        _stamp_lines(change, material)


def _count_correction(change: CaseChange) -> None:
    """The applicant's time runs from the service, on the day on which that is entered or later."""
    case = change.case
    waits = stored(case, "status") is Case.CORRECTING and case.correction_due_on is None
    served_on = correction_served_on(case)
    if waits and served_on is not None:
        case.correction_due_on = correction_due_on(change.calendar, served_on)


def _stamp_lines(change: CaseChange, material: SubmittedMaterial) -> None:
    """What a notice asked for has come: its line keeps the first day, once and for ever."""
    for notice in change.case.notices:
        for line in notice.lines:
            asked_for = line.material_requirement_id == material.material_requirement_id
            if asked_for and line.came_on is None:
                line.came_on = change.today


def _stamp_notice(change: CaseChange, notice: CorrectionNotice) -> None:
    actor = change.acting.actor.user_id
    notice.sequence = 1 + sum(other is not notice for other in change.case.notices)
    notice.requested_on, notice.requested_by_id = change.today, actor
    if notice.sequence == 1:
        notice.issued_on, notice.issued_by_id = change.today, actor
        send(notice, change.today, change.case.channel)
    chosen = {line.material_requirement_id for line in notice.lines}
    added = [material for material in missing_of(change.case) if material.id not in chosen]
    notice.lines.extend(CorrectionNoticeLine(requirement=material) for material in added)
    if not (notice.missing or "").strip():
        keys = chosen | {material.id for material in added}
        named = rows_of(change.case.item_version, keys)
        notice.missing = "；".join(material.name for material in named)


def follow_intake(change: CaseChange) -> None:
    """A notice that was sent, or an answer of non-acceptance, carries the case with it."""
    case = change.case
    if case.status is not Case.RECEIVED or stored(case, "status") is not Case.RECEIVED:
        return
    if any(not notice.is_waiting and notice.answered_on is None for notice in case.notices):
        case.status = Case.CORRECTING
    for answer in change.new(IntakeAnswer):
        if answer.result in GROUNDS_OF_NON_ACCEPTANCE:
            case.status = Case.NOT_ACCEPTED


def derive_intake(change: CaseChange) -> None:
    """What follows from the status that the case has taken, and from its first contact."""
    case = change.case
    if change.entered is Case.ACCEPTED:
        case.answers.append(
            IntakeAnswer(result=IntakeResult.ACCEPTED, is_deemed=case.deemed_accepted)
        )
    if change.entered is Case.CORRECTING:
        case.answers.append(IntakeAnswer(result=IntakeResult.INCOMPLETE))
    for answer in case.answers:
        if not inspect(answer).persistent:
            _number(change, answer)
    for handover in change.new(FirstContactHandover):
        case.first_contact_id = handover.to_user_id
    _meet(change)
    if change.entered is Case.RECEIVED and stored(case, "status") in (None, Case.DRAFT):
        _link_guidance(change)
    for decision in change.new(Decision):
        _ban_for_false_materials(change, decision)


def _number(change: CaseChange, answer: IntakeAnswer) -> None:
    prefix, year = change.case.licence_item.number_prefix, change.today.year
    taken = take_number(change.session.connection(), f"answer:{prefix}", year)
    answer.number = receipt_number(prefix, year, taken)
    answer.issued_on, answer.issued_by_id = change.today, change.acting.actor.user_id


def _meet(change: CaseChange) -> None:
    """Whoever of the office first works on an application is asked first (首问责任)."""
    case, actor = change.case, change.acting.actor
    if case.received_on is None or case.first_contact_id is not None:
        return
    if actor.user_id is not None and not acts_as_applicant(change.session, actor, case):
        case.first_contact_id = actor.user_id


def _link_guidance(change: CaseChange) -> None:
    """The latest pre-guidance of this applicant for this item is the one that led here."""
    case = change.case
    applicant_id = case.applicant_id or (case.applicant.id if case.applicant else None)
    if applicant_id is None:
        return
    found = change.session.scalars(
        select(PreGuidance)
        .join(ItemVersion, ItemVersion.id == PreGuidance.item_version_id)
        .where(
            PreGuidance.applicant_id == applicant_id,
            PreGuidance.application_id.is_(None),
            ItemVersion.licence_item_id == case.licence_item_id,
        )
        .order_by(PreGuidance.id.desc())
        .limit(1)
    ).one_or_none()
    if found is not None:
        found.application = case


def _ban_for_false_materials(change: CaseChange, decision: Decision) -> None:
    """Art. 78: who hands in false materials may not apply for a safety item for a year."""
    case: Application = change.case
    if not decision.false_materials or decision.outcome is not DecisionOutcome.REFUSED:
        return
    if case.item_version.is_safety_item and case.applicant is not None:
        ban(
            change.session, case, case.applicant, case.licence_item, BanCause.FALSE_MATERIALS,
            change.today, reasons=decision.reasons or "",
        )  # fmt: skip


def derive_guidance(change: Change, acting: Acting) -> None:
    """Pre-guidance carries its day and its person."""
    row = change.row
    assert isinstance(row, PreGuidance)
    if change.is_new:
        row.guided_on, row.guided_by_id = acting.today, acting.actor.user_id
        row.channel = row.channel or Channel.WINDOW
