"""The catalogue: licence items, their versions, steps and material requirements."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index, String, UniqueConstraint, text
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
from models.elements import ItemCodes, ItemElements, MaterialElements
from models.enums import (
    CertificateKind,
    ClockStart,
    Duty,
    HandlingMode,
    HandlingType,
    ItemCategory,
    ItemType,
    LimitUnit,
    Necessity,
    Origin,
    Situation,
    VersionStatus,
)
from models.policy import OF_THE_VERSION, Deletable, Policy, System
from models.rules.duties import CATALOGUE
from models.rules.item_guide import is_unverified
from models.staff import Department, User

if TYPE_CHECKING:
    from models.fees import FeeItem
    from models.item_parts import FormerStep, ItemQuestion, SourceNote


class LicenceItem(ItemCodes, Keyed, Versioned, Base):
    """One item of the catalogue (许可事项). What binds a case is a version of it."""

    __tablename__ = "licence_item"
    __table_args__ = (
        rule("origin = 'NATIVE' OR NOT is_offered", "imported_item_is_not_offered"),
        rule("is_delegable OR NOT is_delegated", "delegated_item_is_delegable"),
        rule("entrusted_by = '' OR NOT is_delegable", "entrusted_power_is_not_passed_on"),
    )
    policy = Policy(writers=CATALOGUE, part_of=None, deletable=Deletable.NEVER, title=("name",))

    code: Mapped[ShortText] = guarded(unique=True)
    name: Mapped[str] = guarded()
    name_en: Mapped[str]
    category: Mapped[ItemCategory | None] = guarded(choice(ItemCategory))
    item_type: Mapped[ItemType] = guarded(choice(ItemType), default=ItemType.PERMIT)
    handling_type: Mapped[HandlingType] = guarded(
        choice(HandlingType), default=HandlingType.PROMISED
    )
    handling_mode: Mapped[HandlingMode] = guarded(choice(HandlingMode), default=HandlingMode.ALONE)
    department_id: Mapped[int] = owned_by("department")
    former_department_id: Mapped[int | None] = refers_to("department", index=False)
    number_prefix: Mapped[str] = guarded(String(12), comment="begins the numbers of its cases")
    is_offered: Mapped[bool] = guarded(default=True)
    ended_on: Mapped[date | None] = guarded(comment="no application is taken after this day")
    origin: Mapped[Origin] = guarded(choice(Origin), default=Origin.NATIVE)

    department: Mapped[Department] = relationship(foreign_keys=[department_id])
    former_department: Mapped[Department | None] = relationship(foreign_keys=[former_department_id])
    versions: Mapped[list["ItemVersion"]] = relationship(
        back_populates="licence_item", order_by="ItemVersion.version_number"
    )
    former_steps: Mapped[list["FormerStep"]] = relationship(
        back_populates="licence_item", order_by="FormerStep.position"
    )

    def __str__(self) -> str:
        return self.name


class ItemVersion(ItemElements, Keyed, Versioned, Base):
    """The rules of an item as published on a day. A case is pinned to the one it began under."""

    __tablename__ = "item_version"
    __table_args__ = (
        UniqueConstraint("licence_item_id", "version_number"),
        rule("statutory_limit IS NULL OR statutory_limit >= 0", "statutory_limit_is_not_negative"),
        rule("promised_limit IS NULL OR promised_limit >= 0", "promised_limit_is_not_negative"),
        rule(
            "promised_unit <> statutory_unit OR promised_limit <= statutory_limit",
            "promise_within_statutory",
        ),
        rule("warning_days >= 0", "warning_days_are_not_negative"),
        rule("delivery_limit BETWEEN 0 AND 10", "delivery_is_within_ten_days"),
        rule("certificate_months IS NULL OR certificate_months > 0", "validity_is_positive"),
        rule("quota IS NULL OR quota > 0", "quota_is_positive"),
        rule(
            "fewest_inspectors >= 2 AND "
            "(most_inspectors IS NULL OR most_inspectors >= fewest_inspectors)",
            "inspectors_are_two_at_least",
        ),
        rule(
            "(renewal_window IS NULL AND renewal_opens IS NULL) OR "
            "(renewal_window >= 0 AND (renewal_opens IS NULL OR renewal_opens > renewal_window))",
            "renewal_window_is_in_order",
        ),
        rule("ban_months IS NULL OR ban_months > 0", "ban_is_positive"),
        rule("visits_needed >= 0", "visits_are_not_negative"),
        rule(
            "planned_from IS NULL OR planned_until IS NULL OR planned_until >= planned_from",
            "planned_days_are_in_order",
        ),
        rule("(status = 'DRAFT') = (published_on IS NULL)", "published_version_has_its_day"),
        rule(
            "published_by_id IS NULL OR published_by_id <> drafted_by_id",
            "publisher_is_not_the_drafter",
        ),
        Index(
            "uq_item_version_one_published",
            "licence_item_id",
            unique=True,
            sqlite_where=text("status = 'PUBLISHED'"),
            postgresql_where=text("status = 'PUBLISHED'"),
        ),
    )
    policy = Policy(
        writers=CATALOGUE,
        part_of=None,
        deletable=Deletable.WHILE_A_DRAFT,
        title=("licence_item", "version_number"),
        # It is loaded with its history of drafting and publishing.
        system=System.LOADS_WITH_HISTORY,
        derived=("drafted_by_id", "published_by_id", "published_on"),
    )

    licence_item_id: Mapped[int] = owned_by("licence_item")
    version_number: Mapped[int] = guarded()
    status: Mapped[VersionStatus] = guarded(choice(VersionStatus), default=VersionStatus.DRAFT)
    legal_basis: Mapped[LongText] = guarded(default="", comment="设定依据")
    statutory_limit: Mapped[int | None] = guarded(comment="NULL: the law sets none")
    statutory_unit: Mapped[LimitUnit] = guarded(
        choice(LimitUnit, "statutory_unit"), default=LimitUnit.WORKING_DAY
    )
    promised_limit: Mapped[int | None] = guarded()
    promised_unit: Mapped[LimitUnit] = guarded(
        choice(LimitUnit, "promised_unit"), default=LimitUnit.WORKING_DAY
    )
    clock_start: Mapped[ClockStart] = guarded(choice(ClockStart), default=ClockStart.ACCEPTANCE)
    warning_days: Mapped[int] = guarded(default=3, comment="remaining working days that warn")
    delivery_limit: Mapped[int] = guarded(
        default=10, comment="Art. 44: working days from the decision to the delivery, at most ten"
    )
    duties_are_separated: Mapped[bool] = guarded(
        default=True, comment="审办分离: acceptor, reviewer and decider are different persons"
    )
    certificate_name: Mapped[str] = guarded(default="")
    certificate_series: Mapped[str] = guarded(String(20), default="")
    certificate_months: Mapped[int | None] = guarded(comment="validity; NULL: no expiry")
    certificate_kind: Mapped[CertificateKind | None] = guarded(
        choice(CertificateKind), comment="Art. 39"
    )
    certificate_pattern: Mapped[str] = guarded(
        String(60), default="", comment="the shape of its numbers; empty: series, year, number"
    )
    renewal_window: Mapped[int | None] = guarded(
        comment="Art. 50: a renewal is applied for at least this long before expiry"
    )
    renewal_unit: Mapped[LimitUnit] = guarded(
        choice(LimitUnit, "renewal_unit"), default=LimitUnit.CALENDAR_DAY
    )
    renewal_opens: Mapped[int | None] = guarded(
        comment="and at most this long before it, in the same unit; NULL: at any time"
    )
    quota: Mapped[int | None] = guarded(comment="Art. 57: permits in force at most; NULL: no limit")
    is_transferable: Mapped[bool] = guarded(default=False, comment="Art. 9")
    is_safety_item: Mapped[bool] = guarded(
        default=False, comment="Art. 78, 79: concerns public safety, health, life or property"
    )
    ban_months: Mapped[int | None] = guarded(
        comment="no new application after a punitive revocation for this long"
    )
    needs_inspection: Mapped[bool] = guarded(default=False, comment="Art. 34, 55: on the spot")
    fewest_inspectors: Mapped[int] = guarded(default=2)
    most_inspectors: Mapped[int | None] = guarded()
    hearing_required: Mapped[bool] = guarded(default=False, comment="Art. 46")
    drafted_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    published_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    published_on: Mapped[date | None] = guarded()

    licence_item: Mapped[LicenceItem] = relationship(back_populates="versions")
    drafted_by: Mapped[User | None] = relationship(foreign_keys=[drafted_by_id])
    published_by: Mapped[User | None] = relationship(foreign_keys=[published_by_id])
    steps: Mapped[list["StepDefinition"]] = relationship(
        back_populates="item_version",
        order_by="(StepDefinition.stage_number, StepDefinition.position)",
    )
    materials: Mapped[list["MaterialRequirement"]] = relationship(
        back_populates="item_version", order_by="MaterialRequirement.position"
    )
    conditions: Mapped[list["ItemCondition"]] = relationship(
        back_populates="item_version", order_by="ItemCondition.position"
    )
    fees: Mapped[list["FeeItem"]] = relationship(
        back_populates="item_version", order_by="FeeItem.position"
    )
    questions: Mapped[list["ItemQuestion"]] = relationship(
        back_populates="item_version", order_by="ItemQuestion.position"
    )
    sources: Mapped[list["SourceNote"]] = relationship(
        back_populates="item_version", order_by="SourceNote.position"
    )

    @property
    def to_verify(self) -> int:
        """How many of its facts rest on a source that nobody has read."""
        return sum(is_unverified(note.tag, note.is_verified) for note in self.sources)

    def __str__(self) -> str:
        return f"v{self.version_number}"


class StepDefinition(Keyed, Versioned, Base):
    """One step (环节) of a version. Steps with one stage number run in parallel (并联)."""

    __tablename__ = "step_definition"
    __table_args__ = (
        UniqueConstraint("item_version_id", "position"),
        rule("stage_number >= 0", "stage_is_not_negative"),
        rule("limit_days IS NULL OR limit_days >= 0", "limit_is_not_negative"),
    )
    policy = Policy(
        writers=CATALOGUE,
        part_of=OF_THE_VERSION,
        deletable=Deletable.IN_A_DRAFT_VERSION,
        title=("name",),
    )

    item_version_id: Mapped[int] = owned_by("item_version")
    position: Mapped[int] = guarded()
    stage_number: Mapped[int] = guarded()
    name: Mapped[str] = guarded()
    name_en: Mapped[str] = guarded()
    duty: Mapped[Duty | None] = guarded(choice(Duty), comment="the post that works it")
    limit_days: Mapped[int | None] = guarded(comment="working days")
    is_key: Mapped[bool] = guarded(default=True, comment="关键环节; the others are auxiliary")

    item_version: Mapped[ItemVersion] = relationship(back_populates="steps")

    def __str__(self) -> str:
        return self.name


class MaterialRequirement(MaterialElements, Keyed, Versioned, Base):
    """A material (申请材料) that an application needs, with its legal basis (Art. 31)."""

    __tablename__ = "material_requirement"
    __table_args__ = (
        UniqueConstraint("item_version_id", "position"),
        rule("copies > 0", "copies_are_positive"),
        rule(
            "necessity <> 'CONDITIONAL' OR condition <> ''", "conditional_material_names_its_case"
        ),
    )
    policy = Policy(
        writers=CATALOGUE,
        part_of=OF_THE_VERSION,
        deletable=Deletable.IN_A_DRAFT_VERSION,
        title=("name",),
    )

    item_version_id: Mapped[int] = owned_by("item_version")
    position: Mapped[int] = guarded()
    name: Mapped[str] = guarded()
    name_en: Mapped[str] = guarded()
    necessity: Mapped[Necessity] = guarded(choice(Necessity), default=Necessity.REQUIRED)
    condition: Mapped[str] = guarded(default="", comment="when a conditional material is needed")
    condition_en: Mapped[str] = guarded(default="")
    situation: Mapped[Situation | None] = guarded(
        choice(Situation), comment="NULL: the officer judges whether it is needed"
    )
    legal_basis: Mapped[str] = guarded(default="")
    copies: Mapped[int] = guarded(default=1)

    item_version: Mapped[ItemVersion] = relationship(back_populates="materials")

    def __str__(self) -> str:
        return self.name


class ItemCondition(Keyed, Versioned, Base):
    """One condition (许可条件) that an applicant must meet, with its legal basis (Art. 30)."""

    __tablename__ = "item_condition"
    __table_args__ = (UniqueConstraint("item_version_id", "position"),)
    policy = Policy(
        writers=CATALOGUE,
        part_of=OF_THE_VERSION,
        deletable=Deletable.IN_A_DRAFT_VERSION,
        title=("name",),
    )

    item_version_id: Mapped[int] = owned_by("item_version", index=False)
    position: Mapped[int] = guarded()
    name: Mapped[LongText] = guarded()
    name_en: Mapped[LongText] = guarded()
    legal_basis: Mapped[str] = guarded(default="")

    item_version: Mapped[ItemVersion] = relationship(back_populates="conditions")

    def __str__(self) -> str:
        return self.name
