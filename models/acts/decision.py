"""How a case ends: decision, delivery, forwarding (Art. 35)."""

from collections.abc import Callable

from models.acts.act import Act, Given, Question, Standing, holds_post, movers, typed
from models.acts.asking import Case, may_move, reviews_are_done, stands_at, step_is_free
from models.acts.clock import clock_runs, conclusion_is_in
from models.acts.hearing import hearings_are_over, parties_were_heard
from models.acts.review import (
    conditions_are_judged,
    inspection_is_done,
    refusal_has_its_ground,
    review_speaks_for_it,
)
from models.application import Application
from models.base import stored
from models.certificate import Certificate, Decision
from models.ending import Forwarding
from models.enums import (
    ApplicationStatus,
    DecisionOutcome,
    DeliveryMethod,
    Duty,
    ItemType,
)
from models.errors import RuleViolation
from models.questions.certificates import why_no_place
from models.questions.review import last_inspection
from models.rules.certificate_grounds import WHEN_GRANTED, stands_in


def decide(
    case: Application,
    outcome: DecisionOutcome,
    *,
    reasons: str = "",
    legal_basis: str = "",
    remedies: str = "",
    false_materials: bool = False,
    hearing_minutes: str = "",
) -> None:
    """Give the written decision (Art. 38); ``false_materials`` refuses and warns (Art. 78)."""
    case.decision = Decision(
        outcome=outcome,
        reasons=reasons,
        legal_basis=legal_basis,
        remedies=remedies,
        false_materials=false_materials,
        hearing_minutes=hearing_minutes,
    )


def deliver(
    case: Application, method: DeliveryMethod = DeliveryMethod.WINDOW, *, recipient: str = ""
) -> None:
    """Hand over the certificate (Art. 44), or close a granted case that has none."""
    if case.certificate is not None:
        case.certificate.delivery_method = method
        case.certificate.recipient_name = recipient.strip()
    case.status = ApplicationStatus.DELIVERED


def forward(
    case: Application, *, to_organ: str, opinion: str, is_supported: bool, document_number: str
) -> None:
    """Send the reviewed case to the organ that decides (Art. 35)."""
    case.forwarding = Forwarding(
        to_organ=to_organ,
        opinion=opinion,
        is_supported=is_supported,
        document_number=document_number,
    )


# --- what the acts ask ----------------------------------------------------------------------------

# Filled in where a refusal names its remedies (Art. 38).
REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，"
    "或者六个月内依法向人民法院提起行政诉讼。"
)


def _is_first_review(case: Application) -> bool:
    return case.licence_item.item_type is ItemType.FIRST_REVIEW


def item_is_decided_here(at: Standing) -> RuleViolation | None:
    """What is only reviewed first here is decided by the higher organ (Art. 35)."""
    return RuleViolation("item-is-forwarded") if _is_first_review(at.case) else None


def item_is_forwarded(at: Standing) -> RuleViolation | None:
    """Only a preliminary review (初审) is forwarded; everything else is decided here."""
    return None if _is_first_review(at.case) else RuleViolation("item-is-decided-here")


def certificate_stands(at: Standing) -> RuleViolation | None:
    """Art. 49, 50: the certificate that the case is about has not ended meanwhile."""
    case, prior = at.case, at.case.prior_certificate
    if prior is None or case.kind not in WHEN_GRANTED:
        return None
    status = stored(prior, "status")
    if stands_in(WHEN_GRANTED[case.kind], status, prior.valid_until, at.today):
        return None
    return RuleViolation("certificate-is-not-in-force", field="prior_certificate")


def place_is_left(at: Standing) -> RuleViolation | None:
    """Art. 57: a place is free, and nobody accepted earlier waits for it."""
    return why_no_place(at.session, at.case, at.today)


# A case ends when its conditions are judged, its inspection is done, and all were heard.
REVIEW_IS_WHOLE: tuple[Question, ...] = (
    conditions_are_judged, inspection_is_done, hearings_are_over, parties_were_heard,
)  # fmt: skip

DECIDING: tuple[Question, ...] = (
    reviews_are_done, clock_runs, conclusion_is_in, step_is_free(Duty.DECISION), *REVIEW_IS_WHOLE,
)  # fmt: skip


# --- the acts -------------------------------------------------------------------------------------


def _decide(outcome: DecisionOutcome) -> Callable[[Standing, Given], None]:
    return lambda at, given: decide(at.case, outcome, **given)


def was_heard(at: Standing) -> bool:
    """Whether a hearing was held: the decision is made according to its minutes (Art. 48)."""
    return any(hearing.held_on is not None for hearing in at.case.hearings)


# After a hearing the decision says what it takes from the minutes.
_MINUTES = typed(Decision.hearing_minutes, needed=True, asked=was_heard)


def _basis(at: Standing) -> str:
    return at.case.item_version.legal_basis


def _basis_of_refusal(at: Standing) -> str:
    """The basis of the item, and the standard by which an inspection failed (Art. 55)."""
    inspection = last_inspection(at.case)
    failed = inspection is not None and inspection.passes is False
    standard = inspection.technical_standard if inspection is not None and failed else ""
    return "；".join(text for text in (_basis(at), standard) if text)


ACTS: tuple[Act, ...] = (
    Act(
        "grant", movers("grant"), _decide(DecisionOutcome.GRANTED), move="grant",
        needs=(stands_at(Case.ACCEPTED),),
        asks=(
            item_is_decided_here, holds_post(Duty.DECISION), *DECIDING, review_speaks_for_it,
            certificate_stands, place_is_left,
        ),
        inputs=(typed(Decision.legal_basis, known=_basis), typed(Decision.reasons), _MINUTES),
        is_main=True,
    ),
    Act(
        "refuse", movers("refuse"), _decide(DecisionOutcome.REFUSED), move="refuse",
        needs=(stands_at(Case.ACCEPTED),),
        asks=(
            item_is_decided_here, holds_post(Duty.DECISION), *DECIDING, refusal_has_its_ground,
        ),
        # Reasons, basis and remedies (Art. 38).
        inputs=(
            typed(Decision.reasons, needed=True),
            typed(Decision.legal_basis, needed=True, known=_basis_of_refusal),
            typed(Decision.remedies, needed=True, known=lambda _at: REMEDIES),
            typed(Decision.false_materials),
            _MINUTES,
        ),
    ),
    Act(
        "forward", movers("forward"), lambda at, given: forward(at.case, **given),
        move="forward", post=Duty.DECISION,
        needs=(stands_at(Case.ACCEPTED), item_is_forwarded), asks=DECIDING,
        inputs=(
            typed(Forwarding.to_organ, needed=True),
            typed(Forwarding.document_number, needed=True),
            typed(Forwarding.is_supported),
            typed(Forwarding.opinion, needed=True),
        ),
        is_main=True,
    ),
    Act(
        "deliver", movers("deliver"),
        lambda at, given: deliver(
            at.case, given["delivery_method"], recipient=given["recipient_name"]
        ),
        move="deliver", post=Duty.ACCEPTANCE, needs=(may_move("deliver"),),
        inputs=(
            typed(Certificate.delivery_method, needed=True),
            typed(Certificate.recipient_name),
        ),
        is_main=True,
    ),
)  # fmt: skip
