"""How a case ends without a permit of ours: forwarded (Art. 35, 43), or ended undecided."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
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
from models.enums import Duty, TerminationGround
from models.policy import OF_THE_CASE, Deletable, Fixed, Policy, System
from models.staff import User


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


class Termination(Keyed, Versioned, Base):
    """The document that ends the handling of an accepted case without a decision (终止办理)."""

    __tablename__ = "termination"
    __table_args__ = (
        UniqueConstraint("application_id"),
        rule("reasons <> ''", "termination_gives_reasons"),
    )
    policy = Policy(
        writers=frozenset({Duty.DECISION}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "ground"),
        system=System.IMPORTS,
        derived=("terminated_on", "terminated_by_id"),
        fixed=(Fixed("decision-is-fixed"),),
        own="application",
        signed=(
            "terminated_on",
            "terminated_by_id",
        ),
        told=(
            "ground",
            "reasons",
            "terminated_on",
            "terminated_by",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    ground: Mapped[TerminationGround] = guarded(choice(TerminationGround))
    reasons: Mapped[LongText] = guarded()
    terminated_on: Mapped[date] = guarded()
    terminated_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="termination")
    terminated_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.ground} {self.terminated_on}"
