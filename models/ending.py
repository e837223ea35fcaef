"""How a case ends without a permit of ours: forwarded (Art. 35, 43), or ended undecided."""

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models.application import Application
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
from models.enums import Channel, Duty, TerminationGround
from models.policy import OF_THE_CASE, Deletable, Fixed, Policy, System
from models.proposal import DERIVED, TOLD, Proposal, answers_are_in_order
from models.rules.duties import CONFIRMING
from models.staff import User


def _once(table: str) -> Index:
    """One that ended the case, or waits to: after one that was turned down another may follow."""
    stands = text("rejected_on IS NULL")
    return Index(
        f"uq_{table}_one_stands", "application_id", unique=True, sqlite_where=stands,
        postgresql_where=stands,
    )  # fmt: skip


def _answered(effective: str) -> Fixed:
    return Fixed(
        "ending-is-fixed", once=f"OLD.{effective} IS NOT NULL OR OLD.rejected_on IS NOT NULL"
    )


class Forwarding(Keyed, Versioned, Base):
    """The opinion of a preliminary review (初审), sent with the whole case to the higher organ.

    That organ decides, and does not ask the applicant for the materials again (Art. 35).
    """

    __tablename__ = "forwarding"
    __table_args__ = (
        UniqueConstraint("application_id"),
        rule(
            "to_organ <> '' AND opinion <> '' AND document_number <> ''",
            "forwarding_says_all_of_it",
        ),
    )
    policy = Policy(
        writers=frozenset({Duty.DECISION}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "document_number"),
        system=System.IMPORTS,
        derived=("forwarded_on", "forwarded_by_id"),
        fixed=(Fixed("decision-is-fixed"),),
        own="application",
        signed=(
            "forwarded_on",
            "forwarded_by_id",
        ),
        told=(
            "to_organ",
            "document_number",
            "is_supported",
            "opinion",
            "forwarded_on",
            "forwarded_by",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    to_organ: Mapped[str] = guarded(comment="the organ that decides")
    opinion: Mapped[LongText] = guarded()
    is_supported: Mapped[bool] = guarded(comment="whether the review speaks for the permit")
    document_number: Mapped[str] = guarded(String(60))
    forwarded_on: Mapped[date] = guarded()
    forwarded_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="forwarding")
    forwarded_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return self.document_number


class Termination(Proposal, Keyed, Versioned, Base):
    """The document that ends the handling of an accepted case without a decision (终止办理).

    The decision post proposes it on a ground with its proof; it ends nothing before the head, or on
    another ground than the listed ones the leader, approves it.
    """

    __tablename__ = "termination"
    __table_args__ = (
        rule("reasons <> ''", "termination_gives_reasons"),
        *answers_are_in_order(),
        rule("approved_on IS NULL OR terminated_on IS NOT NULL", "approved_termination_ends_it"),
        _once("termination"),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.DECISION},
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "ground"),
        system=System.IMPORTS,
        derived=("terminated_on", *DERIVED),
        fixed=(_answered("terminated_on"),),
        own="application",
        told_on="terminated_on",
        signed=("proposed_on", "proposed_by_id"),
        told=(
            "ground", "reasons", "legal_basis", "remedies", "proof_number", "proof_on",
            "terminated_on", *TOLD,
        ),
    )  # fmt: skip

    application_id: Mapped[int] = owned_by("application", index=False)
    ground: Mapped[TerminationGround] = guarded(choice(TerminationGround))
    reasons: Mapped[LongText] = guarded()
    legal_basis: Mapped[LongText] = guarded(default="")
    remedies: Mapped[LongText] = guarded(default="")
    proof_number: Mapped[str] = guarded(
        String(60), default="", comment="the document that proves the ground"
    )
    proof_on: Mapped[date | None] = guarded(comment="the day of that document")
    terminated_on: Mapped[date | None] = guarded(comment="NULL: it is proposed, or was turned down")

    application: Mapped[Application] = relationship(back_populates="terminations")

    def __str__(self) -> str:
        return f"{self.ground} {self.proposed_on}"


class Withdrawal(Proposal, Keyed, Versioned, Base):
    """The written request to take an application back, entered at the window (撤回申请).

    It ends the case at once, or waits for the head where the office would gain by it. What an
    applicant does in the portal needs no such document: that is the applicant's own act.
    """

    __tablename__ = "withdrawal"
    __table_args__ = (
        rule("document_number <> ''", "withdrawal_names_its_request"),
        *answers_are_in_order(),
        rule("approved_on IS NULL OR withdrawn_on IS NOT NULL", "approved_withdrawal_ends_it"),
        _once("withdrawal"),
    )
    policy = Policy(
        writers=CONFIRMING | {Duty.ACCEPTANCE},
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "document_number"),
        system=System.IMPORTS,
        derived=("withdrawn_on", *DERIVED),
        fixed=(_answered("withdrawn_on"),),
        own="application",
        signed=("proposed_on", "proposed_by_id"),
        told=("document_number", "requested_on", "came_by", "withdrawn_on", *TOLD),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    document_number: Mapped[str] = guarded(String(60))
    requested_on: Mapped[date] = guarded(comment="the day of the request")
    came_by: Mapped[Channel] = guarded(choice(Channel), comment="how the request came")
    withdrawn_on: Mapped[date | None] = guarded(comment="NULL: it waits, or was turned down")

    application: Mapped[Application] = relationship(back_populates="withdrawals")

    def __str__(self) -> str:
        return f"{self.document_number} {self.requested_on}"
