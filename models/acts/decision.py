"""How a case ends: decision, delivery, forwarding (Art. 35), termination."""

from models.application import Application
from models.certificate import Decision
from models.ending import Forwarding, Termination
from models.enums import (
    ApplicationStatus,
    DecisionOutcome,
    DeliveryMethod,
    TerminationGround,
)


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


def terminate(case: Application, ground: TerminationGround, reasons: str) -> None:
    """End an accepted case without a decision, for a written reason."""
    case.termination = Termination(ground=ground, reasons=reasons)
