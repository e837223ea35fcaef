"""What a review finds: verdicts on the conditions (Art. 34, 38), and site inspections."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from models.application import Application
from models.base import Base, Keyed, LongText, Versioned, guarded, owned_by, refers_to, rule
from models.catalogue import ItemCondition
from models.enums import Duty
from models.policy import OF_THE_CASE, Deletable, Policy, System
from models.rules.duties import LEADERS, LINE
from models.staff import User


class ConditionVerdict(Keyed, Versioned, Base):
    """Whether a case meets one condition of its item, as its reviewer found (Art. 34, 38)."""

    __tablename__ = "condition_verdict"
    __table_args__ = (UniqueConstraint("application_id", "item_condition_id"),)
    policy = Policy(
        writers=frozenset({Duty.REVIEW, Duty.DECISION}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "item_condition"),
        system=System.IMPORTS,
        derived=("given_on", "given_by_id"),
        told=(
            "item_condition",
            "is_met",
            "note",
            "given_on",
            "given_by",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    item_condition_id: Mapped[int] = owned_by("item_condition")
    is_met: Mapped[bool] = guarded()
    note: Mapped[LongText] = guarded(default="")
    given_on: Mapped[date] = guarded()
    given_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="verdicts")
    item_condition: Mapped[ItemCondition] = relationship()
    given_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.application_id}/{self.item_condition_id}"


class SiteInspection(Keyed, Versioned, Base):
    """A site inspection (现场核查) by two officers or more (Art. 34 ¶3, 55).

    Its time is counted: a check is none of the procedures of Art. 45.
    """

    __tablename__ = "site_inspection"
    __table_args__ = (
        rule("(done_on IS NULL) = (passes IS NULL)", "inspection_ends_with_its_result"),
        Index(
            "uq_site_inspection_one_open",
            "application_id",
            unique=True,
            sqlite_where=text("done_on IS NULL"),
            postgresql_where=text("done_on IS NULL"),
        ),
    )
    policy = Policy(
        writers=LINE | LEADERS,
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "planned_on"),
        system=System.IMPORTS,
        derived=("assigned_on", "assigned_by_id", "assign_by_on", "is_late_assignment", "done_on"),
        signed=(
            "assigned_on",
            "assigned_by_id",
        ),
        told=(
            "inspector_names",
            "assigned_on",
            "assign_by_on",
            "is_late_assignment",
            "planned_on",
            "done_on",
            "passes",
            "findings",
            "technical_standard",
        ),
    )

    application_id: Mapped[int] = owned_by("application")
    assigned_on: Mapped[date] = guarded()
    assigned_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    assign_by_on: Mapped[date] = guarded(comment="Art. 55: five working days after acceptance")
    is_late_assignment: Mapped[bool] = guarded(default=False)
    planned_on: Mapped[date] = guarded()
    done_on: Mapped[date | None] = guarded()
    findings: Mapped[LongText] = guarded(default="")
    passes: Mapped[bool | None] = guarded(comment="NULL: not done yet")
    technical_standard: Mapped[str] = guarded(
        default="", comment="Art. 55 ¶3: what a failed check was measured by"
    )

    application: Mapped[Application] = relationship(back_populates="inspections")
    assigned_by: Mapped[User | None] = relationship()
    inspectors: Mapped[list["SiteInspector"]] = relationship(
        back_populates="inspection", order_by="SiteInspector.id"
    )

    @property
    def inspector_names(self) -> str:
        """Who checks, in one line."""
        return "、".join(each.user.display_name for each in self.inspectors)

    def __str__(self) -> str:
        return f"{self.application_id} {self.planned_on}"


class SiteInspector(Keyed, Base):
    """One of the officers of a site inspection."""

    __tablename__ = "site_inspector"
    __table_args__ = (UniqueConstraint("inspection_id", "user_id"),)
    policy = Policy(
        writers=frozenset({Duty.REVIEW}),
        part_of=replace(OF_THE_CASE, through="inspection_id"),
        deletable=Deletable.NEVER,
        title=("user",),
        system=System.IMPORTS,
    )

    inspection_id: Mapped[int] = owned_by("site_inspection", index=False)
    user_id: Mapped[int] = owned_by("user_account")

    inspection: Mapped[SiteInspection] = relationship(back_populates="inspectors")
    user: Mapped[User] = relationship()

    @property
    def application(self) -> Application | None:
        """The case whose check it is."""
        return self.inspection.application if self.inspection else None

    @property
    def application_id(self) -> int | None:
        """The key of that case."""
        return self.inspection.application_id if self.inspection else None

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.user_id}"
