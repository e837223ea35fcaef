"""What a person does to a case. Each act sets only what that person sets; the hooks derive what
follows and judge the result when the session is committed."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from models.acting import acting
from models.application import Applicant, Application, ApplicationStep, SubmittedMaterial
from models.catalogue import ItemVersion, LicenceItem, MaterialRequirement
from models.certificate import Decision
from models.clock import ClockSuspension, CorrectionNotice, DeadlineExtension
from models.decision_acts import Verdicts, judge
from models.enums import (
    ApplicationStatus,
    Channel,
    DecisionOutcome,
    DeliveryMethod,
    StepStatus,
    SuspensionKind,
    VersionStatus,
)
from models.errors import RuleViolation
from models.intake import CorrectionNoticeLine
from models.materials import missing_of


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


def move_version(version: ItemVersion, target: VersionStatus) -> None:
    """Publish or retire an item version; a move that is none is refused, not passed over."""
    if version.status is target:
        raise RuleViolation("unlawful-move", source=version.status, target=target)
    version.status = target


def claim(session: Session, step: ApplicationStep) -> None:
    """Take an open step from its post's queue."""
    step.officer_id = acting(session).actor.user_id


def release(step: ApplicationStep) -> None:
    """Give a claimed step back to its post's queue."""
    step.officer_id = None


def assign(step: ApplicationStep, officer_id: int) -> None:
    """Give an open step to an officer, as a leader does."""
    step.officer_id = officer_id


def complete(step: ApplicationStep, opinion: str, verdicts: Verdicts | None = None) -> None:
    """Finish a review step with an opinion, and with verdicts on the conditions."""
    if verdicts:
        judge(step.application, verdicts)
    step.opinion = opinion
    step.status = StepStatus.DONE


def suspend(
    case: Application,
    kind: SuspensionKind,
    *,
    planned_end_on: date,
    notice_number: str,
    reason: str = "",
) -> None:
    """Stop the clock for a special procedure (Art. 45), from today."""
    case.suspensions.append(
        ClockSuspension(
            kind=kind, planned_end_on=planned_end_on, notice_number=notice_number, reason=reason
        )
    )


def resume(session: Session, case: Application, kind: SuspensionKind | None = None) -> None:
    """End the open suspension of a kind today; of several without a kind, the first begun."""
    for suspension in case.suspensions:
        if suspension.ended_on is None and kind in (None, suspension.kind):
            suspension.ended_on = acting(session).today
            return
    raise RuleViolation("case-is-not-paused")


def ask_extension(case: Application, days: int, reason: str) -> None:
    """Ask the head to extend the limit (Art. 42)."""
    case.extensions.append(DeadlineExtension(days=days, reason=reason))


def approve_extension(
    session: Session, extension: DeadlineExtension, approval_document: str = ""
) -> None:
    """Approve an extension as the head, in one's own name; of a case handled jointly with the
    number of the government head's approval."""
    if approval_document:
        extension.approval_document = approval_document
    extension.approved_by_id = acting(session).actor.user_id


def decide(
    case: Application,
    outcome: DecisionOutcome,
    *,
    reasons: str = "",
    legal_basis: str = "",
    remedies: str = "",
    false_materials: bool = False,
) -> None:
    """Give the written decision (Art. 38); ``false_materials`` refuses and warns (Art. 78)."""
    case.decision = Decision(
        outcome=outcome,
        reasons=reasons,
        legal_basis=legal_basis,
        remedies=remedies,
        false_materials=false_materials,
    )


def deliver(
    case: Application, method: DeliveryMethod = DeliveryMethod.WINDOW, *, recipient: str = ""
) -> None:
    """Hand over the certificate (Art. 44), or close a granted case that has none."""
    if case.certificate is not None:
        case.certificate.delivery_method = method
        case.certificate.recipient_name = recipient.strip()
    case.status = ApplicationStatus.DELIVERED
