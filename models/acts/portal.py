"""What an applicant does: register, draft, hand in and answer."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Input, Kind, Standing
from models.acts.asking import Case, may_move, stands_at
from models.acts.hearing import (
    hearing_waits_for_an_answer,
    request_hearing,
    request_period_runs,
    waive_hearing,
)
from models.acts.intake import (
    ANSWER,
    answer_correction,
    bring,
    hand_in,
    materials_to_come,
    to_status,
)
from models.application import Applicant, Application
from models.catalogue import LicenceItem, MaterialRequirement
from models.certificate import Certificate
from models.enums import (
    ApplicantKind,
    ApplicationKind,
    ApplicationStatus,
    Channel,
    Duty,
    IdentityKind,
)
from models.errors import RuleViolation
from models.hearing import Hearing
from models.questions.hearings import hearing_to_answer


def register_applicant(
    session: Session,
    kind: ApplicantKind,
    name: str,
    identity_number: str | None,
    identity_kind: IdentityKind | None = None,
    *,
    phone: str | None = None,
    address: str | None = None,
) -> Applicant:
    """A record of the person who acts, or of an organisation that the person applies for."""
    record = Applicant(
        kind=kind,
        name=name,
        identity_kind=identity_kind,
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


# --- the acts on one's own case -------------------------------------------------------------------


def something_may_follow(at: Standing) -> RuleViolation | None:
    """A material that was allowed to follow the acceptance (容缺) is not in yet."""
    may_follow = materials_to_come(at) if at.case.status is Case.ACCEPTED else ()
    return None if may_follow else RuleViolation("materials-are-settled")


def _hearing_to_answer(at: Standing) -> Hearing:
    hearing = hearing_to_answer(at.case)
    assert hearing is not None, "only a hearing that was notified is answered"
    return hearing


_APPLICANT = frozenset({Duty.APPLICANT})
_MATERIALS = Input("materials", Kind.SOME, offered=materials_to_come)

ACTS: tuple[Act, ...] = (
    Act(
        "submit", _APPLICANT, to_status(Case.RECEIVED), is_of_the_portal=True, move="submit",
        needs=(may_move("submit"),),
    ),
    Act(
        "answer", _APPLICANT,
        lambda at, given: answer_correction(at.case, given["materials"], given["answer"]),
        is_of_the_portal=True, move="resubmit", needs=(may_move("resubmit"),),
        inputs=(_MATERIALS, ANSWER),
    ),
    Act(
        "bring", _APPLICANT, bring, is_of_the_portal=True, needs=(something_may_follow,),
        inputs=(replace(_MATERIALS, needed=True),),
    ),
    Act(
        "request_hearing", _APPLICANT,
        lambda at, _given: request_hearing(at.session, _hearing_to_answer(at)),
        is_of_the_portal=True,
        needs=(stands_at(Case.ACCEPTED), hearing_waits_for_an_answer, request_period_runs),
    ),
    Act(
        "waive_hearing", _APPLICANT,
        lambda at, _given: waive_hearing(at.session, _hearing_to_answer(at)),
        is_of_the_portal=True, needs=(stands_at(Case.ACCEPTED), hearing_waits_for_an_answer),
    ),
    Act(
        "withdraw", _APPLICANT, to_status(Case.WITHDRAWN), is_of_the_portal=True, move="withdraw",
        needs=(may_move("withdraw"),),
    ),
)  # fmt: skip
