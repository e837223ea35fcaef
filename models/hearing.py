"""Who is heard before a decision: hearings (Art. 46-48) and interested third parties (Art. 36)."""

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
from models.enums import Duty, HearingKind
from models.policy import OF_THE_CASE, Deletable, Personal, Policy, System
from models.rules.duties import LEADERS, LINE
from models.service import Served, service_is_whole
from models.staff import User


class Waivable:
    """What is waived on paper, signed by the person: its number and its day."""

    waiver_number: Mapped[str] = guarded(String(60), default="")
    waiver_paper_on: Mapped[date | None] = guarded()


class Hearing(Served, Waivable, Keyed, Versioned, Base):
    """A hearing (听证), from the day on which the right to it was told. It is free of charge.

    Its time is counted, unless a suspension of the kind HEARING excludes it (Art. 45).
    """

    __tablename__ = "hearing"
    __table_args__ = (
        UniqueConstraint("application_id", "kind"),
        rule("held_on IS NULL OR minutes_signed_on IS NOT NULL", "held_hearing_has_its_minutes"),
        rule("requested_on IS NULL OR waived_on IS NULL", "hearing_is_asked_for_or_waived"),
        service_is_whole(),
    )
    policy = Policy(
        writers=LINE | LEADERS | {Duty.APPLICANT},
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "kind"),
        system=System.IMPORTS,
        derived=(
            "told_on", "request_due_on", "hold_due_on", "notified_on", "is_late", "served_on",
        ),
        applicant_writes=("requested_on", "waived_on"),
        own="application",
        told=(
            "kind",
            "told_on",
            "service_way",
            "delivered_on",
            "service_proof",
            "served_on",
            "request_due_on",
            "requested_on",
            "waived_on",
            "waiver_number",
            "waiver_paper_on",
            "hold_due_on",
            "notified_on",
            "planned_on",
            "place",
            "chair",
            "held_on",
            "is_late",
            "minutes",
            "minutes_signed_on",
        ),
    )  # fmt: skip

    application_id: Mapped[int] = owned_by("application", index=False)
    kind: Mapped[HearingKind] = guarded(choice(HearingKind))
    told_on: Mapped[date] = guarded(comment="the right to a hearing was told, or the hearing set")
    request_due_on: Mapped[date | None] = guarded(comment="Art. 47: five working days")
    requested_on: Mapped[date | None] = guarded()
    waived_on: Mapped[date | None] = guarded()
    hold_due_on: Mapped[date | None] = guarded(comment="Art. 47: twenty working days")
    notified_on: Mapped[date | None] = guarded(comment="Art. 48: seven days before, and announced")
    planned_on: Mapped[date | None] = guarded()
    place: Mapped[str] = guarded(default="")
    chair_id: Mapped[int | None] = refers_to("user_account", index=False)
    held_on: Mapped[date | None] = guarded()
    is_late: Mapped[bool] = guarded(default=False, comment="planned or held after the twenty days")
    minutes: Mapped[LongText] = guarded(default="", comment="听证笔录: the decision rests on it")
    minutes_signed_on: Mapped[date | None] = guarded()

    application: Mapped[Application] = relationship(back_populates="hearings")
    chair: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"


class InterestedParty(Served, Waivable, Keyed, Versioned, Base):
    """A third party (利害关系人) whom a permit directly concerns: told, and heard (Art. 36)."""

    __tablename__ = "interested_party"
    __table_args__ = (
        UniqueConstraint("application_id", "name"),
        rule("(stated_on IS NULL) = (statement = '')", "statement_has_its_day"),
        rule("told_on IS NOT NULL OR answer_due_on IS NULL", "answer_is_asked_for"),
        service_is_whole(),
    )
    policy = Policy(
        writers=frozenset({Duty.REVIEW}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("name",),
        system=System.IMPORTS,
        derived=("answer_due_on", "stated_on", "served_on"),
        personal={"phone": Personal.PHONE},
        told=(
            "name",
            "interest",
            "phone",
            "told_on",
            "service_way",
            "delivered_on",
            "service_proof",
            "served_on",
            "answer_due_on",
            "statement",
            "stated_on",
            "has_waived",
            "waiver_number",
            "waiver_paper_on",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    name: Mapped[str] = guarded()
    interest: Mapped[LongText] = guarded(comment="what the permit means to it")
    phone: Mapped[str | None] = guarded(String(30))
    told_on: Mapped[date | None] = guarded()
    answer_due_on: Mapped[date | None] = guarded(comment="five working days after it was served")
    statement: Mapped[LongText] = guarded(default="")
    stated_on: Mapped[date | None] = guarded()
    has_waived: Mapped[bool] = guarded(default=False)

    application: Mapped[Application] = relationship(back_populates="interested_parties")

    def __str__(self) -> str:
        return self.name
