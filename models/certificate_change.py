"""What happens to a certificate after it was issued."""

from datetime import date

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, relationship

from models.base import (
    Base,
    Keyed,
    LongText,
    Versioned,
    choice,
    guarded,
    owned_by,
    rule,
)
from models.certificate import Certificate
from models.enums import CertificateChangeKind, CertificateGround, Duty
from models.policy import Deletable, Fixed, Policy
from models.proposal import DERIVED, Proposal, answers_are_in_order
from models.rules.duties import CONFIRMING

UNDECIDED = text("effective_on IS NULL AND rejected_on IS NULL")


class CertificateChange(Proposal, Keyed, Versioned, Base):
    """One change of a certificate (证照变更记录), Art. 8, 50, 69, 70.

    A suspension, reinstatement, revocation or withdrawal, and the cancellation of a certificate in
    force, is proposed by an officer and moves nothing until the head approves it. The record of a
    certificate that has ended is cancelled at once.
    """

    __tablename__ = "certificate_change"
    __table_args__ = (
        *answers_are_in_order(),
        # What time opens, a cancellation of what has ended, needs no second person.
        rule(
            "(effective_on IS NOT NULL) ="
            " (approved_on IS NOT NULL OR kind IN ('SUPERSEDE', 'EXPIRE'))"
            " OR (kind = 'CANCEL' AND approved_on IS NULL)",
            "change_takes_effect_when_approved",
        ),
        rule("(proof_number <> '') = (proof_on IS NOT NULL)", "proof_has_its_number_and_day"),
        Index(
            "uq_certificate_change_one_proposal",
            "certificate_id",
            unique=True,
            sqlite_where=UNDECIDED,
            postgresql_where=UNDECIDED,
        ),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.ACCEPTANCE, Duty.REVIEW},
        part_of=None,
        deletable=Deletable.NEVER,
        title=("certificate", "kind"),
        derived=(*DERIVED, "effective_on"),
        fixed=(
            Fixed(
                "certificate-change-is-fixed",
                once="OLD.effective_on IS NOT NULL OR OLD.rejected_on IS NOT NULL",
            ),
        ),
    )

    certificate_id: Mapped[int] = owned_by("certificate")
    kind: Mapped[CertificateChangeKind] = guarded(choice(CertificateChangeKind))
    ground: Mapped[CertificateGround] = guarded(choice(CertificateGround))
    legal_basis: Mapped[LongText] = guarded(default="")
    reasons: Mapped[LongText] = guarded(default="")
    remedies: Mapped[LongText] = guarded(default="")
    compensation: Mapped[LongText] = guarded(
        default="", comment="Art. 8, 69: how the holder's loss is made good"
    )
    public_harm: Mapped[bool] = guarded(
        default=False, comment="Art. 69 ¶3: to revoke would harm the public greatly"
    )
    proof_number: Mapped[str] = guarded(
        String(60), default="", comment="what a valid certificate is cancelled upon"
    )
    proof_on: Mapped[date | None] = guarded(comment="the day of that document")
    effective_on: Mapped[date | None] = guarded()

    certificate: Mapped[Certificate] = relationship(back_populates="changes")

    def __str__(self) -> str:
        return f"{self.kind} {self.certificate_id}"
