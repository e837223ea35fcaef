"""What hangs on an item or its version: questions, sources, and the line of steps of before."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.base import (
    Base,
    Keyed,
    LongText,
    ShortText,
    Versioned,
    choice,
    guarded,
    owned_by,
    refers_to,
    rule,
)
from models.catalogue import ItemVersion, LicenceItem
from models.enums import Duty, SourceTag
from models.policy import OF_THE_VERSION, Deletable, Policy
from models.rules.duties import CATALOGUE
from models.staff import User


class ItemQuestion(Keyed, Versioned, Base):
    """A question that applicants ask about a version, with its answer (常见问题)."""

    __tablename__ = "item_question"
    __table_args__ = (UniqueConstraint("item_version_id", "position"),)
    policy = Policy(
        writers=CATALOGUE,
        part_of=OF_THE_VERSION,
        deletable=Deletable.IN_A_DRAFT_VERSION,
        title=("question",),
    )

    item_version_id: Mapped[int] = owned_by("item_version", index=False)
    position: Mapped[int] = guarded()
    question: Mapped[LongText] = guarded()
    question_en: Mapped[LongText] = guarded()
    answer: Mapped[LongText] = guarded()
    answer_en: Mapped[LongText] = guarded()

    item_version: Mapped[ItemVersion] = relationship(back_populates="questions")

    def __str__(self) -> str:
        return self.question


class SourceNote(Keyed, Versioned, Base):
    """Where a fact of a version comes from, and how well it is known."""

    __tablename__ = "source_note"
    __table_args__ = (
        UniqueConstraint("item_version_id", "position"),
        rule("is_verified = (verified_on IS NOT NULL)", "verification_has_its_day"),
    )
    policy = Policy(
        writers=CATALOGUE,
        part_of=OF_THE_VERSION,
        deletable=Deletable.IN_A_DRAFT_VERSION,
        title=("item_version", "subject"),
        derived=("verified_on", "verified_by_id"),
    )

    item_version_id: Mapped[int] = owned_by("item_version", index=False)
    position: Mapped[int] = guarded()
    subject: Mapped[ShortText] = guarded(comment="the column or part that it is about")
    tag: Mapped[SourceTag] = guarded(choice(SourceTag))
    note: Mapped[LongText] = guarded(default="")
    is_verified: Mapped[bool] = guarded(default=False, comment="somebody has read the source")
    verified_on: Mapped[date | None] = guarded()
    verified_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    item_version: Mapped[ItemVersion] = relationship(back_populates="sources")
    verified_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return self.subject


class FormerStep(Keyed, Versioned, Base):
    """One step of an item as it was before the powers were brought together (改革前环节)."""

    __tablename__ = "former_step"
    __table_args__ = (
        UniqueConstraint("licence_item_id", "position"),
        rule("limit_days >= 0", "limit_is_not_negative"),
    )
    policy = Policy(writers=CATALOGUE, part_of=None, deletable=Deletable.ALWAYS, title=("name",))

    licence_item_id: Mapped[int] = owned_by("licence_item", index=False)
    position: Mapped[int] = guarded()
    name: Mapped[str] = guarded()
    name_en: Mapped[str] = guarded()
    post_name: Mapped[str] = guarded()
    post_name_en: Mapped[str] = guarded()
    limit_days: Mapped[int] = guarded(comment="working days")
    is_key: Mapped[bool] = guarded(default=True, comment="关键环节; the others are auxiliary")

    licence_item: Mapped[LicenceItem] = relationship(back_populates="former_steps")

    def __str__(self) -> str:
        return self.name


class StepTemplate(Keyed, Versioned, Base):
    """A line of steps that many items share, such as that of the four posts."""

    __tablename__ = "step_template"
    policy = Policy(writers=CATALOGUE, part_of=None, deletable=Deletable.NEVER, title=("name",))

    code: Mapped[ShortText] = guarded(unique=True)
    name: Mapped[str] = guarded()
    name_en: Mapped[str] = guarded()
    is_former: Mapped[bool] = guarded(default=False, comment="a line of before the reform")

    steps: Mapped[list["TemplateStep"]] = relationship(
        back_populates="step_template", order_by="TemplateStep.position"
    )

    def __str__(self) -> str:
        return self.name


class TemplateStep(Keyed, Versioned, Base):
    """One step of a template."""

    __tablename__ = "template_step"
    __table_args__ = (UniqueConstraint("step_template_id", "position"),)
    policy = Policy(writers=CATALOGUE, part_of=None, deletable=Deletable.ALWAYS, title=("name",))

    step_template_id: Mapped[int] = owned_by("step_template", index=False)
    position: Mapped[int] = guarded()
    name: Mapped[str] = guarded()
    name_en: Mapped[str] = guarded()
    post_name: Mapped[str] = guarded()
    post_name_en: Mapped[str] = guarded()
    duty: Mapped[Duty | None] = guarded(choice(Duty), comment="NULL: a post of before the reform")
    is_key: Mapped[bool] = guarded(default=True, comment="关键环节; the others are auxiliary")

    step_template: Mapped[StepTemplate] = relationship(back_populates="steps")

    def __str__(self) -> str:
        return self.name
