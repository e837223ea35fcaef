"""What an applicant does: he registers, drafts, hands in and answers."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.intake import hand_in, move
from models.application import Applicant, Application
from models.catalogue import LicenceItem, MaterialRequirement
from models.certificate import Certificate
from models.enums import ApplicantKind, ApplicationKind, ApplicationStatus, Channel


def register_applicant(
    session: Session,
    kind: ApplicantKind,
    name: str,
    identity_number: str | None,
    *,
    phone: str | None = None,
    address: str | None = None,
) -> Applicant:
    """A record of the person who acts, or of an organisation for which he applies."""
    record = Applicant(
        kind=kind,
        name=name,
        identity_number=identity_number,
        phone=phone,
        address=address,
        user_id=acting(session).actor.user_id,
    )
    session.add(record)
    return record


def draft(session: Session, item: LicenceItem) -> Application:
    """Begin an application online (Art. 29, 33); nothing runs before it is submitted."""
    case = Application(licence_item=item, channel=Channel.ONLINE, status=ApplicationStatus.DRAFT)
    session.add(case)
    return case


def describe(
    case: Application,
    applicant: Applicant,
    kind: ApplicationKind,
    prior_certificate: Certificate | None,
    summary: str,
) -> None:
    """Say who applies, for what, and about which certificate."""
    case.applicant, case.kind, case.summary = applicant, kind, summary
    case.prior_certificate = prior_certificate


def name_agent(case: Application, name: str, identity_number: str | None, phone: str) -> None:
    """Say who applies for the applicant; no name means nobody (Art. 29)."""
    case.agent_name = name
    case.agent_identity_number, case.agent_phone = identity_number or None, phone or None


def choose_materials(
    session: Session, case: Application, chosen: Iterable[MaterialRequirement]
) -> None:
    """Declare in a draft which materials come with it; what is not named any more is left out."""
    wanted = {requirement.id: requirement for requirement in chosen}
    for material in list(case.materials):
        if wanted.pop(material.material_requirement_id, None) is None:
            session.delete(material)
    for requirement in wanted.values():
        hand_in(case, requirement)


def answer_correction(case: Application, brought: Iterable[MaterialRequirement]) -> None:
    """Bring what the notice asked for, and give the application back (Art. 32(4))."""
    for requirement in brought:
        hand_in(case, requirement)
    move(case, ApplicationStatus.RECEIVED)
