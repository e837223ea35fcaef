"""Whose case it is: by which numbers an applicant is known, how a wrong applicant is corrected."""

from datetime import date

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, relationship, validates

from models.application import Applicant, Application
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
from models.enums import ApplicantKind, Duty, IdentityChange, IdentityKind
from models.policy import OF_THE_CASE, Deletable, Fixed, Personal, Policy, System
from models.rules.duties import CONFIRMING
from models.rules.identity import folded_number
from models.staff import User

UNANSWERED = text("confirmed_on IS NULL AND rejected_on IS NULL")
HOLDS = text("confirmed_on IS NOT NULL AND change <> 'SAME_PERSON'")


class ApplicantIdentity(Keyed, Versioned, Base):
    """A number by which an applicant is known (证件), now or formerly; or the proposal of one.

    The first comes with the record. Each other is proposed with its proof and means nothing until
    the head confirms it. A number is one applicant's for ever, so that bans, links and cases
    follow the old one as the new.
    """

    __tablename__ = "applicant_identity"
    __table_args__ = (
        rule("(identity_kind IS NULL) = (identity_number IS NULL)", "number_says_of_what_it_is"),
        rule("change = 'REGISTERED' OR proof <> ''", "identity_has_its_proof"),
        rule("confirmed_by_id <> proposed_by_id", "confirmer_is_not_the_proposer"),
        rule(
            "confirmed_on IS NULL OR change = 'REGISTERED' OR confirmed_by_id IS NOT NULL",
            "confirmation_has_its_person",
        ),
        rule("rejected_on IS NULL OR rejected_by_id IS NOT NULL", "rejection_has_day_and_person"),
        rule("confirmed_on IS NULL OR rejected_on IS NULL", "proposal_has_one_answer"),
        Index(
            "uq_applicant_identity_of_one_applicant",
            "identity_number",
            "identity_kind",
            unique=True,
            sqlite_where=HOLDS,
            postgresql_where=HOLDS,
        ),
        Index(
            "uq_applicant_identity_one_proposal",
            "applicant_id",
            unique=True,
            sqlite_where=UNANSWERED,
            postgresql_where=UNANSWERED,
        ),
        Index("ix_applicant_identity_number", "identity_number"),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.ACCEPTANCE},
        part_of=None,
        deletable=Deletable.NEVER,
        title=("applicant", "change"),
        derived=("other_id", "proposed_on", "proposed_by_id", "confirmed_on", "rejected_on"),
        signed=("proposed_on", "proposed_by_id"),
        fixed=(
            Fixed(
                "identity-is-fixed",
                once="OLD.confirmed_on IS NOT NULL OR OLD.rejected_on IS NOT NULL",
            ),
        ),
        personal={"identity_number": Personal.IDENTITY_OR_CREDIT_CODE},
    )

    applicant_id: Mapped[int] = owned_by("applicant")
    change: Mapped[IdentityChange] = guarded(choice(IdentityChange))
    identity_kind: Mapped[IdentityKind | None] = guarded(choice(IdentityKind))
    identity_number: Mapped[str | None] = guarded(String(18))
    other_id: Mapped[int | None] = refers_to("applicant", index=False)
    proof: Mapped[str] = guarded(default="", comment="the document that shows it, with its number")
    proof_on: Mapped[date | None] = guarded(comment="the day of that document")
    proposed_on: Mapped[date] = guarded()
    proposed_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    confirmed_on: Mapped[date | None] = guarded()
    confirmed_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    rejected_on: Mapped[date | None] = guarded()
    rejected_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    applicant: Mapped[Applicant] = relationship(
        back_populates="identities", foreign_keys=[applicant_id]
    )
    other: Mapped[Applicant | None] = relationship(foreign_keys=[other_id])
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    rejected_by: Mapped[User | None] = relationship(foreign_keys=[rejected_by_id])

    @validates("identity_number")
    def _fold(self, _key: str, value: str | None) -> str | None:
        return folded_number(value or "") or None

    @property
    def kind(self) -> ApplicantKind:
        """Whose number it is: that of an organisation is public."""
        return self.applicant.kind

    def __str__(self) -> str:
        return f"{self.applicant_id} {self.change}"


class ApplicantCorrection(Keyed, Versioned, Base):
    """A wrong applicant of a case is corrected (更正申请人): from whom, to whom, and why.

    Until acceptance only: afterwards who applies is a fact of the case.
    """

    __tablename__ = "applicant_correction"
    __table_args__ = (
        rule("reason <> ''", "correction_gives_its_reason"),
        rule("from_applicant_id <> to_applicant_id", "correction_names_another"),
    )
    policy = Policy(
        writers=frozenset({Duty.ACCEPTANCE}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "corrected_on"),
        system=System.IMPORTS,
        derived=("from_applicant_id", "corrected_on", "corrected_by_id"),
        fixed=(Fixed("correction-is-fixed"),),
        signed=("corrected_on", "corrected_by_id"),
        told=("from_applicant", "to_applicant", "reason", "corrected_on", "corrected_by"),
    )

    application_id: Mapped[int] = owned_by("application")
    from_applicant_id: Mapped[int] = owned_by("applicant")
    to_applicant_id: Mapped[int] = owned_by("applicant")
    reason: Mapped[LongText] = guarded()
    corrected_on: Mapped[date] = guarded()
    corrected_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="applicant_corrections")
    from_applicant: Mapped[Applicant] = relationship(foreign_keys=[from_applicant_id])
    to_applicant: Mapped[Applicant] = relationship(foreign_keys=[to_applicant_id])
    corrected_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.application_id} {self.corrected_on}"
