"""The supervision of permit holders (Art. 61, 62), and violations that other organs must learn
of (Art. 64)."""

from datetime import date

from sqlalchemy import UniqueConstraint
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
from models.enums import CheckKind, CheckResult, Duty, ReferralDirection
from models.policy import Deletable, Policy
from models.rules.duties import LEADERS
from models.staff import User


class SupervisionRecord(Keyed, Versioned, Base):
    """The record of a check of a permit holder by two persons, open to the public (Art. 61)."""

    __tablename__ = "supervision_record"
    __table_args__ = (
        rule("findings <> ''", "record_says_what_was_found"),
        rule(
            "result <> 'TO_BE_CORRECTED' OR correct_by_on IS NOT NULL", "correction_has_its_limit"
        ),
        rule(
            "corrected_on IS NULL OR correct_by_on IS NOT NULL", "only_what_is_ordered_is_corrected"
        ),
    )
    policy = Policy(
        writers=frozenset({Duty.REVIEW}),
        part_of=None,
        deletable=Deletable.NEVER,
        title=("certificate", "visited_on"),
    )

    certificate_id: Mapped[int] = owned_by("certificate")
    visited_on: Mapped[date] = guarded()
    kind: Mapped[CheckKind] = guarded(choice(CheckKind))
    findings: Mapped[LongText] = guarded()
    result: Mapped[CheckResult] = guarded(choice(CheckResult))
    correct_by_on: Mapped[date | None] = guarded(comment="the limit set for the correction")
    corrected_on: Mapped[date | None] = guarded()
    signed_on: Mapped[date | None] = guarded(comment="from then on the record is fixed")
    is_public: Mapped[bool] = guarded(default=True, comment="the public may consult it (Art. 61)")

    certificate: Mapped[Certificate] = relationship()
    inspectors: Mapped[list["SupervisionInspector"]] = relationship(
        back_populates="record", order_by="SupervisionInspector.id"
    )

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.visited_on}"


class SupervisionInspector(Keyed, Versioned, Base):
    """One of the persons who carried a check out."""

    __tablename__ = "supervision_inspector"
    __table_args__ = (UniqueConstraint("record_id", "user_id"),)
    policy = Policy(
        writers=frozenset({Duty.REVIEW}),
        part_of=None,
        deletable=Deletable.BEFORE_IT_IS_SIGNED,
        title=("user",),
    )

    record_id: Mapped[int] = owned_by("supervision_record", index=False)
    user_id: Mapped[int] = owned_by("user_account")

    record: Mapped[SupervisionRecord] = relationship(back_populates="inspectors")
    user: Mapped[User] = relationship()

    def __str__(self) -> str:
        return f"{self.record_id}/{self.user_id}"


class Referral(Keyed, Versioned, Base):
    """A violation found outside the deciding organ's area, copied to that organ (Art. 64)."""

    __tablename__ = "referral"
    __table_args__ = (
        rule("organ <> ''", "referral_names_the_organ"),
        rule("facts <> ''", "referral_states_the_facts"),
        rule("(outcome <> '') = (handled_on IS NOT NULL)", "handling_has_its_day"),
    )
    policy = Policy(
        writers=LEADERS | {Duty.REVIEW},
        part_of=None,
        deletable=Deletable.NEVER,
        title=("organ", "referred_on"),
        derived=("referred_on", "referred_by_id", "handled_on"),
        signed=(
            "referred_on",
            "referred_by_id",
        ),
    )

    direction: Mapped[ReferralDirection] = guarded(choice(ReferralDirection))
    organ: Mapped[str] = guarded(comment="the other organ")
    certificate_id: Mapped[int | None] = refers_to("certificate")
    holder_name: Mapped[str] = guarded(default="")
    facts: Mapped[LongText] = guarded()
    referred_on: Mapped[date] = guarded()
    referred_by_id: Mapped[int] = owned_by("user_account", index=False)
    handled_on: Mapped[date | None] = guarded()
    outcome: Mapped[LongText] = guarded(default="")

    certificate: Mapped[Certificate | None] = relationship()
    referred_by: Mapped[User] = relationship()

    def __str__(self) -> str:
        return f"{self.organ} {self.referred_on}"
