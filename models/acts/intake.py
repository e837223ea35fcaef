"""Intake: receipt, the answers of Art. 32, a second notice, a hand-over, pre-guidance."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from models.acting import acting
from models.application import Applicant, Application, SubmittedMaterial
from models.catalogue import ItemVersion, LicenceItem, MaterialRequirement
from models.clock import CorrectionNotice
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    Channel,
    GuidanceOutcome,
    IntakeResult,
    VersionStatus,
)
from models.errors import RuleViolation
from models.intake import (
    CorrectionNoticeLine,
    FirstContactHandover,
    IntakeAnswer,
    PreGuidance,
    PreGuidanceMaterial,
)
from models.questions.materials import missing_of


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
    version = next((v for v in item.versions if v.status is VersionStatus.PUBLISHED), None)
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
) -> None:
    """Send the complete correction notice (一次性告知); ``materials`` the officer judges needed.

    Where one was sent before, this asks the head for a second, with its ``reason``.
    """
    notice = CorrectionNotice(missing=missing, reason=reason)
    notice.lines = [CorrectionNoticeLine(requirement=material) for material in materials]
    case.notices.append(notice)


def move(case: Application, target: ApplicationStatus) -> None:
    """Make a move that needs no document: accept, resubmit, withdraw, deliver."""
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
    """Look at a visitor's papers before he applies (预先指导)."""
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
