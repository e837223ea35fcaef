"""Certificates for tests, and what is applied for, proposed and decided about them."""

from datetime import date
from typing import Any

from models import Applicant, Application, Certificate, CertificateChange, acts
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    CertificateChangeKind,
    CertificateGround,
    DecisionOutcome,
)
from tests.factories import MONDAY, Office

TEXTS = {"legal_basis": "第六十九条", "reasons": "经核查情况属实。", "remedies": "六十日内申请复议"}
# Kind → a proposal that is lawful for a certificate in force.
PROPOSALS: dict[CertificateChangeKind, dict[str, Any]] = {
    CertificateChangeKind.SUSPEND: {"ground": CertificateGround.CONDITIONS_NOT_KEPT},
    CertificateChangeKind.REINSTATE: {"ground": CertificateGround.CAUSE_REMOVED},
    CertificateChangeKind.REVOKE: {
        "ground": CertificateGround.ULTRA_VIRES, "compensation": "赔偿直接损失",
    },
    CertificateChangeKind.WITHDRAW: {
        "ground": CertificateGround.LAW_CHANGED, "compensation": "补偿设备损失",
    },
    CertificateChangeKind.PUNITIVE_REVOKE: {"ground": CertificateGround.SERIOUS_VIOLATION},
    CertificateChangeKind.CANCEL: {
        "ground": CertificateGround.OTHER_LAWFUL, "proof_number": "证明1号", "proof_on": MONDAY,
    },
}  # fmt: skip


def paper_of(office: Office, day: date = MONDAY, months: int | None = 12, **values: Any) -> Any:
    """A delivered certificate, valid for twelve months."""
    return office.delivered(day, certificate_months=months, **values).certificate


def about(
    office: Office,
    kind: ApplicationKind,
    paper: Certificate,
    day: date = MONDAY,
    applicant: Applicant | None = None,
) -> Application:
    """An application about a certificate, taken in by ``clerk`` with all its materials."""
    with office.acts("clerk", day) as session:
        case = acts.certificate.apply_about(session, kind, paper, applicant or paper.holder)
        for requirement in paper.licence_item.versions[-1].materials:
            acts.intake.hand_in(case, requirement)
    return case


def grant(office: Office, case: Application, day: date) -> None:
    """Accept, review and grant a received case on one day."""
    with office.acts("clerk", day):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    office.review(case, day)
    with office.acts("decider", day):
        acts.decision.decide(case, DecisionOutcome.GRANTED)


def granted_about(
    office: Office,
    kind: ApplicationKind,
    paper: Certificate,
    day: date,
    applicant: Applicant | None = None,
) -> Application:
    """An application about a certificate, granted on the day on which it came in."""
    case = about(office, kind, paper, day, applicant)
    grant(office, case, day)
    return case


def proposal(paper: Certificate, kind: CertificateChangeKind, **values: Any) -> CertificateChange:
    """A proposal with everything it needs; ``values`` put something else in its place."""
    return acts.certificate.propose(paper, kind, **{**TEXTS, **PROPOSALS[kind], **values})


def changed(
    office: Office,
    paper: Certificate,
    kind: CertificateChangeKind,
    day: date = MONDAY,
    **values: Any,
) -> CertificateChange:
    """A change proposed by ``reviewer``, or ``clerk``, and approved by ``head`` where it waits."""
    who = "clerk" if kind is CertificateChangeKind.CANCEL else "reviewer"
    with office.acts(who, day):
        change = proposal(paper, kind, **values)
    if change.effective_on is None:
        with office.acts("head", day) as session:
            acts.certificate.approve(session, change)
    return change


def with_status(office: Office, status: str) -> Certificate:
    """A certificate brought into a status by lawful acts."""
    paper: Certificate = paper_of(office)
    ways = {
        "SUSPENDED": CertificateChangeKind.SUSPEND,
        "REVOKED": CertificateChangeKind.REVOKE,
        "WITHDRAWN": CertificateChangeKind.WITHDRAW,
        "PUNITIVELY_REVOKED": CertificateChangeKind.PUNITIVE_REVOKE,
        "CANCELLED": CertificateChangeKind.CANCEL,
    }
    if status in ways:
        changed(office, paper, ways[status])
    if status == "EXPIRED":
        with office.time_acts(date(2026, 3, 3)):
            paper.status = "EXPIRED"  # type: ignore[assignment]
    if status == "SUPERSEDED":
        granted_about(office, ApplicationKind.REISSUE, paper, MONDAY)
    assert paper.status == status
    return paper
