"""What happens to a certificate after it was issued."""

from datetime import date

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, relationship

from models.base import (
    Base,
    Keyed,
    LongText,
    Versioned,
    choice,
    guarded,
    owned_by,
    refers_to,
    rule,
)
from models.certificate import Certificate
from models.enums import CertificateChangeKind, CertificateGround, Duty
from models.policy import Deletable, Fixed, Policy
from models.rules.duties import CONFIRMING
from models.staff import User

UNDECIDED = text("effective_on IS NULL AND rejected_on IS NULL")


class CertificateChange(Keyed, Versioned, Base):
    """One change of a certificate (证照变更记录), Art. 8, 50, 69, 70.

    A suspension, reinstatement, revocation or withdrawal is proposed by an officer and moves
    nothing until the head approves it; a cancellation of the record takes effect at once.
    """

    __tablename__ = "certificate_change"
    __table_args__ = (
        rule("(approved_on IS NULL) = (approved_by_id IS NULL)", "approval_has_day_and_person"),
        rule("rejected_on IS NULL OR rejected_by_id IS NOT NULL", "rejection_has_day_and_person"),
        rule("approved_on IS NULL OR rejected_on IS NULL", "proposal_has_one_answer"),
        rule("approved_by_id <> proposed_by_id", "approver_is_not_the_proposer"),
        rule(
            "(effective_on IS NOT NULL) = "
            "(approved_on IS NOT NULL OR kind IN ('CANCEL', 'SUPERSEDE', 'EXPIRE'))",
            "change_takes_effect_when_approved",
        ),
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
        derived=("proposed_on", "proposed_by_id", "approved_on", "rejected_on", "effective_on"),
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
    proposed_on: Mapped[date] = guarded()
    proposed_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    approved_on: Mapped[date | None] = guarded()
    approved_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    rejected_on: Mapped[date | None] = guarded()
    rejected_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    effective_on: Mapped[date | None] = guarded()

    certificate: Mapped[Certificate] = relationship(back_populates="changes")
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    rejected_by: Mapped[User | None] = relationship(foreign_keys=[rejected_by_id])

    def __str__(self) -> str:
        return f"{self.kind} {self.certificate_id}"
