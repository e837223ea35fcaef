"""What happens to a certificate after it was issued."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Act, Standing
from models.application import Applicant, Application
from models.certificate import Certificate
from models.certificate_change import CertificateChange
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    CertificateChangeKind,
    CertificateGround,
    Channel,
)
from models.errors import RuleViolation
from models.rules.duties import CONFIRMING


def apply_about(
    session: Session,
    kind: ApplicationKind,
    prior: Certificate,
    applicant: Applicant,
    *,
    channel: Channel = Channel.WINDOW,
) -> Application:
    """Take in an application about a certificate that is there (Art. 9, 49, 50)."""
    case = Application(
        licence_item=prior.licence_item,
        applicant=applicant,
        kind=kind,
        prior_certificate=prior,
        channel=channel,
        status=ApplicationStatus.RECEIVED,
    )
    session.add(case)
    return case


def propose(
    paper: Certificate,
    kind: CertificateChangeKind,
    ground: CertificateGround,
    *,
    legal_basis: str = "",
    reasons: str = "",
    remedies: str = "",
    compensation: str = "",
    public_harm: bool = False,
    proof_number: str = "",
    proof_on: date | None = None,
) -> CertificateChange:
    """Propose a change of a certificate."""
    change = CertificateChange(
        kind=kind,
        ground=ground,
        legal_basis=legal_basis,
        reasons=reasons,
        remedies=remedies,
        compensation=compensation,
        public_harm=public_harm,
        proof_number=proof_number,
        proof_on=proof_on,
    )
    paper.changes.append(change)
    return change


def cancel(
    paper: Certificate, ground: CertificateGround, *, legal_basis: str, reasons: str, **more: Any
) -> CertificateChange:
    """Cancel a record (注销, Art. 70): of a permit that has ended at once; of one in force when the
    head approves, with its proof and, where a right is taken away, the remedies (``more``)."""
    return propose(
        paper, CertificateChangeKind.CANCEL, ground, legal_basis=legal_basis, reasons=reasons,
        **more,
    )  # fmt: skip


def approve(session: Session, change: CertificateChange) -> None:
    """Approve a proposal as the head, in one's own name."""
    change.approved_by_id = acting(session).actor.user_id


def reject(session: Session, change: CertificateChange) -> None:
    """Refuse a proposal as the head, in one's own name."""
    change.rejected_by_id = acting(session).actor.user_id


# --- what the acts ask ----------------------------------------------------------------------------


def proposal_is_open(at: Standing) -> RuleViolation | None:
    """The proposal was neither approved nor turned down."""
    change: CertificateChange = at.row
    is_open = change.effective_on is None and change.rejected_on is None
    return None if is_open else RuleViolation("certificate-change-is-fixed")


_CHANGES = "certificate_change"

ROW_ACTS: tuple[Act, ...] = (
    Act(
        "approve", CONFIRMING, lambda at, _given: approve(at.session, at.row), on=_CHANGES,
        needs=(proposal_is_open,), many=(_CHANGES,),
    ),
    Act(
        "reject", CONFIRMING, lambda at, _given: reject(at.session, at.row), on=_CHANGES,
        needs=(proposal_is_open,), many=(_CHANGES,),
    ),
)  # fmt: skip
