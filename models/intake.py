"""Intake (Art. 29, 32, 78, 79): answers, what a notice names, bans, hand-overs, pre-guidance."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

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
from models.catalogue import ItemVersion, LicenceItem, MaterialRequirement
from models.clock import CorrectionNotice
from models.enums import ApplicationKind, BanCause, Channel, Duty, GuidanceOutcome, IntakeResult
from models.policy import ABOUT_THE_CASE, OF_THE_CASE, Deletable, Fixed, Personal, Policy, System
from models.rules.duties import CASEWORK, NOBODY
from models.staff import User


class IntakeAnswer(Keyed, Versioned, Base):
    """A written answer to an application (受理答复), one of the five of Art. 32. Never altered."""

    __tablename__ = "intake_answer"
    __table_args__ = (
        rule("result <> 'NOT_COMPETENT' OR proper_organ <> ''", "not_competent_names_the_organ"),
        rule("result IN ('INCOMPLETE', 'ACCEPTED') OR reasons <> ''", "answer_gives_its_reasons"),
        rule("NOT is_deemed OR result = 'ACCEPTED'", "only_an_acceptance_is_deemed"),
    )
    policy = Policy(
        writers=frozenset({Duty.ACCEPTANCE}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "number"),
        system=System.IMPORTS,
        derived=("number", "issued_on", "issued_by_id", "is_deemed"),
        fixed=(Fixed("answer-is-fixed"),),
        own="application",
        told=(
            "result",
            "number",
            "issued_on",
            "issued_by",
            "is_deemed",
            "proper_organ",
            "reasons",
        ),
    )

    application_id: Mapped[int] = owned_by("application")
    result: Mapped[IntakeResult] = guarded(choice(IntakeResult))
    number: Mapped[str] = guarded(String(60), unique=True, comment="of the sealed receipt")
    issued_on: Mapped[date] = guarded()
    issued_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    proper_organ: Mapped[str] = guarded(default="", comment="Art. 32(2): where to apply instead")
    reasons: Mapped[LongText] = guarded(default="")
    is_deemed: Mapped[bool] = guarded(default=False, comment="silence accepted (Art. 32(4))")

    application: Mapped[Application] = relationship(back_populates="answers")
    issued_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return self.number


class CorrectionNoticeLine(Keyed, Versioned, Base):
    """One material that a correction notice names as missing (一次性告知, Art. 32(4))."""

    __tablename__ = "correction_notice_line"
    __table_args__ = (UniqueConstraint("notice_id", "material_requirement_id"),)
    policy = Policy(
        writers=frozenset({Duty.ACCEPTANCE}),
        part_of=replace(OF_THE_CASE, through="notice_id"),
        deletable=Deletable.NEVER,
        title=("notice", "requirement"),
        system=System.IMPORTS,
        derived=("came_on",),
        fixed=(Fixed("notice-is-fixed", ("came_on",), once="OLD.came_on IS NOT NULL"),),
        own="notice",
    )

    notice_id: Mapped[int] = owned_by("correction_notice", index=False)
    material_requirement_id: Mapped[int] = owned_by("material_requirement")
    came_on: Mapped[date | None] = guarded(
        comment="first handed in after it was asked for; the acceptance counts from it"
    )

    notice: Mapped[CorrectionNotice] = relationship(back_populates="lines")
    requirement: Mapped[MaterialRequirement] = relationship()

    @property
    def application(self) -> Application | None:
        """The case of the notice; the line belongs to it."""
        return self.notice.application if self.notice is not None else None

    @property
    def application_id(self) -> int | None:
        """The key of that case."""
        return self.notice.application_id if self.notice is not None else None

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.material_requirement_id}"


class ApplicationBan(Keyed, Versioned, Base):
    """A time in which an applicant may not apply for an item again (Art. 78, 79)."""

    __tablename__ = "application_ban"
    __table_args__ = (
        rule("ends_on >= starts_on", "ban_is_in_order"),
        Index("ix_application_ban_asked", "applicant_id", "licence_item_id", "ends_on"),
    )
    policy = Policy(
        writers=NOBODY,
        part_of=ABOUT_THE_CASE,
        deletable=Deletable.NEVER,
        title=("applicant", "licence_item"),
        system=System.NEVER,
    )

    applicant_id: Mapped[int] = owned_by("applicant", index=False)
    licence_item_id: Mapped[int] = owned_by("licence_item")
    cause: Mapped[BanCause] = guarded(choice(BanCause))
    starts_on: Mapped[date] = guarded()
    ends_on: Mapped[date] = guarded(comment="the last day on which it holds")
    application_id: Mapped[int | None] = refers_to("application")
    reasons: Mapped[LongText] = guarded(default="")

    applicant: Mapped[Applicant] = relationship()
    licence_item: Mapped[LicenceItem] = relationship()
    application: Mapped[Application | None] = relationship()

    def __str__(self) -> str:
        return f"{self.cause} {self.starts_on}"


class FirstContactHandover(Keyed, Versioned, Base):
    """A case's first contact is handed over (首问责任交接): from whom, to whom, and why."""

    __tablename__ = "first_contact_handover"
    __table_args__ = (
        rule("reason <> ''", "handover_gives_its_reason"),
        rule("from_user_id IS NULL OR from_user_id <> to_user_id", "handover_is_to_another"),
    )
    policy = Policy(
        writers=CASEWORK,
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "handed_on"),
        system=System.IMPORTS,
        derived=("from_user_id", "handed_on", "handed_by_id"),
        fixed=(Fixed("handover-is-fixed"),),
        signed=(
            "handed_on",
            "handed_by_id",
        ),
        told=(
            "from_user",
            "to_user",
            "reason",
            "handed_on",
            "handed_by",
        ),
    )

    application_id: Mapped[int] = owned_by("application")
    from_user_id: Mapped[int | None] = refers_to("user_account", index=False)
    to_user_id: Mapped[int] = owned_by("user_account", index=False)
    reason: Mapped[LongText] = guarded()
    handed_on: Mapped[date] = guarded()
    handed_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="handovers")
    from_user: Mapped[User | None] = relationship(foreign_keys=[from_user_id])
    to_user: Mapped[User] = relationship(foreign_keys=[to_user_id])
    handed_by: Mapped[User | None] = relationship(foreign_keys=[handed_by_id])

    def __str__(self) -> str:
        return f"{self.application_id} {self.handed_on}"


class PreGuidance(Keyed, Versioned, Base):
    """A visitor's form was looked at beforehand (预先指导). Voluntary; it binds nobody."""

    __tablename__ = "pre_guidance"
    __table_args__ = (
        rule("outcome <> 'NOT_COMPETENT' OR proper_organ <> ''", "not_competent_names_the_organ"),
    )
    policy = Policy(
        writers=frozenset({Duty.GUIDANCE}),
        part_of=None,
        deletable=Deletable.NEVER,
        title=("guided_on", "item_version"),
        derived=("guided_on", "guided_by_id", "application_id"),
        personal={"visitor_name": Personal.NAME},
    )

    item_version_id: Mapped[int] = owned_by("item_version")
    applicant_id: Mapped[int | None] = refers_to("applicant")
    visitor_name: Mapped[str] = guarded(default="")
    channel: Mapped[Channel] = guarded(choice(Channel), default=Channel.WINDOW)
    kind: Mapped[ApplicationKind] = guarded(choice(ApplicationKind), default=ApplicationKind.NEW)
    has_agent: Mapped[bool] = guarded(default=False)
    outcome: Mapped[GuidanceOutcome] = guarded(choice(GuidanceOutcome))
    proper_organ: Mapped[str] = guarded(default="")
    note: Mapped[LongText] = guarded(default="")
    guided_on: Mapped[date] = guarded(index=True)
    guided_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    application_id: Mapped[int | None] = refers_to("application")

    item_version: Mapped[ItemVersion] = relationship()
    applicant: Mapped[Applicant | None] = relationship()
    guided_by: Mapped[User | None] = relationship()
    application: Mapped[Application | None] = relationship()
    ticks: Mapped[list["PreGuidanceMaterial"]] = relationship(
        back_populates="pre_guidance", order_by="PreGuidanceMaterial.id"
    )

    def __str__(self) -> str:
        return f"{self.guided_on} {self.outcome}"


class PreGuidanceMaterial(Keyed, Versioned, Base):
    """A material that the visitor had brought: one tick of the checklist."""

    __tablename__ = "pre_guidance_material"
    __table_args__ = (
        # Named by hand: PostgreSQL cuts a longer name.
        UniqueConstraint(
            "pre_guidance_id", "material_requirement_id", name="uq_pre_guidance_material_once"
        ),
    )
    policy = Policy(
        writers=frozenset({Duty.GUIDANCE}),
        part_of=None,
        deletable=Deletable.NEVER,
        title=("pre_guidance", "requirement"),
    )

    pre_guidance_id: Mapped[int] = owned_by("pre_guidance", index=False)
    material_requirement_id: Mapped[int] = owned_by("material_requirement")

    pre_guidance: Mapped[PreGuidance] = relationship(back_populates="ticks")
    requirement: Mapped[MaterialRequirement] = relationship()

    def __str__(self) -> str:
        return f"{self.pre_guidance_id}/{self.material_requirement_id}"
