"""How a case ends: the decision, the certificate, and the counters that number things."""

import secrets
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

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
from models.catalogue import LicenceItem
from models.enums import (
    CertificateKind,
    CertificateStatus,
    DecisionOutcome,
    DeliveryMethod,
    Duty,
)
from models.policy import OF_THE_CASE, Deletable, Fixed, Policy, System
from models.rules.duties import NOBODY
from models.staff import User

if TYPE_CHECKING:
    from models.certificate_change import CertificateChange

# What a certificate states: it follows from its case and never changes.
FACTS = (
    "application_id", "licence_item_id", "number", "edition", "kind", "verify_token", "name",
    "holder_id", "holder_name", "issued_on", "valid_from", "valid_until",
)  # fmt: skip
TOKEN_BYTES = 16  # 22 characters in an address


def new_token() -> str:
    """The words in a certificate's own address: who has not seen it cannot guess them."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Decision(Keyed, Versioned, Base):
    """The written decision (决定) on a case; a refusal gives reasons and remedies (Art. 38)."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("application_id"),
        rule("outcome = 'GRANTED' OR reasons <> ''", "refusal_gives_reasons"),
        rule("outcome = 'GRANTED' OR remedies <> ''", "refusal_names_the_remedies"),
        rule("NOT false_materials OR outcome = 'REFUSED'", "false_materials_mean_refusal"),
    )
    policy = Policy(
        writers=frozenset({Duty.DECISION}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "outcome"),
        system=System.IMPORTS,
        derived=("decided_on", "decided_by_id", "is_deemed"),
        fixed=(Fixed("decision-is-fixed"),),
        own="application",
        signed=(
            "decided_on",
            "decided_by_id",
        ),
        told=(
            "outcome",
            "decided_on",
            "decided_by",
            "is_deemed",
            "legal_basis",
            "reasons",
            "remedies",
            "hearing_minutes",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    outcome: Mapped[DecisionOutcome] = guarded(choice(DecisionOutcome))
    decided_on: Mapped[date] = guarded(index=True)
    decided_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    legal_basis: Mapped[LongText] = guarded(default="")
    reasons: Mapped[LongText] = guarded(default="")
    remedies: Mapped[LongText] = guarded(default="", comment="复议 and 诉讼, with their periods")
    hearing_minutes: Mapped[LongText] = guarded(
        default="", comment="Art. 48: after a hearing, what the decision takes from its minutes"
    )
    false_materials: Mapped[bool] = guarded(
        default=False, comment="Art. 78: refused for false materials, with a warning"
    )
    is_deemed: Mapped[bool] = guarded(default=False, comment="Art. 50: by silence, by nobody")

    application: Mapped[Application] = relationship(back_populates="decision")
    decided_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_on}"


class Certificate(Keyed, Versioned, Base):
    """One edition of the permit document (证照). What it states never changes; only its status.

    An amendment, renewal, reissue or transfer is a new edition under the same number.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("application_id"),
        UniqueConstraint("number", "edition"),
        rule("edition > 0", "editions_begin_at_one"),
        rule("valid_until IS NULL OR valid_until >= valid_from", "validity_is_in_order"),
        rule("(delivered_on IS NULL) = (delivery_method IS NULL)", "delivery_has_its_method"),
        Index("ix_certificate_expiry", "valid_until", "id"),
    )
    policy = Policy(
        writers=frozenset({Duty.ACCEPTANCE}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("number",),
        derived=(*FACTS, "delivered_on", "delivered_by_id"),
        fixed=(Fixed("certificate-states-facts", FACTS),),
        own="application",
        told=(
            "number",
            "edition",
            "name",
            "holder_name",
            "status",
            "valid_from",
            "valid_until",
            "delivered_on",
            "delivery_method",
            "delivered_by",
            "recipient_name",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    licence_item_id: Mapped[int] = owned_by("licence_item")
    number: Mapped[str] = guarded(String(60))
    edition: Mapped[int] = guarded(default=1, comment="the newest one counts")
    kind: Mapped[CertificateKind | None] = guarded(choice(CertificateKind), comment="Art. 39")
    # Whoever issues a certificate, it has its address: the column makes it, no act does.
    verify_token: Mapped[str] = guarded(
        String(40),
        unique=True,
        default=new_token,
        comment="its page for everybody: /verify/<token>",
    )
    name: Mapped[str] = guarded()
    holder_id: Mapped[int] = owned_by("applicant")
    holder_name: Mapped[str] = guarded(comment="as printed")
    issued_on: Mapped[date] = guarded()
    valid_from: Mapped[date] = guarded()
    valid_until: Mapped[date | None] = guarded(comment="the last valid day; NULL: no expiry")
    status: Mapped[CertificateStatus] = guarded(
        choice(CertificateStatus), default=CertificateStatus.VALID
    )
    delivered_on: Mapped[date | None] = guarded()
    delivery_method: Mapped[DeliveryMethod | None] = guarded(choice(DeliveryMethod))
    delivered_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    recipient_name: Mapped[str] = guarded(String(60), default="", comment="who collected it")

    application: Mapped[Application] = relationship(
        back_populates="certificate", foreign_keys=[application_id]
    )
    licence_item: Mapped[LicenceItem] = relationship()
    holder: Mapped[Applicant] = relationship()
    delivered_by: Mapped[User | None] = relationship()
    changes: Mapped[list["CertificateChange"]] = relationship(
        back_populates="certificate", order_by="CertificateChange.id"
    )
    editions: Mapped[list["Certificate"]] = relationship(
        primaryjoin=lambda: foreign(Certificate.number) == remote(Certificate.number),
        order_by=lambda: Certificate.edition,
        viewonly=True,
        uselist=True,
    )

    def __str__(self) -> str:
        return self.number


class NumberCounter(Base):
    """The last number given in a series and year. Taking one locks the row until the commit."""

    __tablename__ = "number_counter"
    __table_args__ = (CheckConstraint("last_number > 0", name="last_number_is_positive"),)
    policy = Policy(
        writers=NOBODY,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("series", "year"),
        system=System.NEVER,
    )

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last_number: Mapped[int]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last_number}"
