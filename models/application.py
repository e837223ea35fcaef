"""The case: who applies, the application, its steps and its materials."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

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
from models.catalogue import ItemVersion, LicenceItem, MaterialRequirement, StepDefinition
from models.enums import (
    ApplicantKind,
    ApplicationKind,
    ApplicationStatus,
    Channel,
    Duty,
    IdentityKind,
    Origin,
    StepStatus,
)
from models.policy import OF_THE_CASE, THE_CASE, Deletable, Fixed, Personal, Policy, System
from models.rules.duties import CONFIRMING, INTAKE, LEADERS, LINE
from models.rules.identity import folded_number
from models.staff import User

if TYPE_CHECKING:
    from models.certificate import Certificate, Decision
    from models.clock import (
        ClockSuspension,
        CorrectionNotice,
        DeadlineExtension,
        DueDateChange,
        GreenLane,
    )
    from models.daily_run import CaseWarning
    from models.ending import Forwarding, Termination, Withdrawal
    from models.fees import FeeCharge
    from models.finding import Finding
    from models.hearing import Hearing, InterestedParty
    from models.identity import ApplicantCorrection, ApplicantIdentity
    from models.inspection import ConditionVerdict, SiteInspection
    from models.intake import FirstContactHandover, IntakeAnswer
    from models.receipt import EarlierReceipt

OPEN_CASES = text("closed_on IS NULL")
CLOSED_CASES = text("closed_on IS NOT NULL")
OPEN_RECEIVED = text("closed_on IS NULL AND status <> 'DRAFT'")


class Applicant(Keyed, Versioned, Base):
    """A person or organisation (申请人) that applies, one row for each identity.

    The number is the present one; every number that ever told who it is stands in the table of
    identities, and stays there. ``same_person``: the row under which this person is kept, where
    two rows were found to be one person's.
    """

    __tablename__ = "applicant"
    __table_args__ = (
        UniqueConstraint("identity_kind", "identity_number"),
        rule("(identity_kind IS NULL) = (identity_number IS NULL)", "number_says_of_what_it_is"),
        rule(
            "identity_kind NOT IN ('CREDIT_CODE', 'IDENTITY_CARD') OR length(identity_number) = 18",
            "number_has_18_characters",
        ),
    )
    policy = Policy(
        writers=INTAKE | {Duty.GUIDANCE},
        part_of=None,
        deletable=Deletable.NEVER,
        title=("name",),
        derived=("is_without_number", "same_person_id"),
        own="user_id",
        personal={
            "identity_number": Personal.IDENTITY_OR_CREDIT_CODE,
            "phone": Personal.PHONE,
            "address": Personal.ADDRESS,
        },
    )

    kind: Mapped[ApplicantKind] = guarded(choice(ApplicantKind))
    name: Mapped[str] = guarded(index=True)
    identity_kind: Mapped[IdentityKind | None] = guarded(choice(IdentityKind))
    identity_number: Mapped[str | None] = guarded(
        String(18), comment="folded: plain capitals, no blanks, no dashes"
    )
    is_without_number: Mapped[bool] = guarded(
        default=False, comment="a foreign organisation that has none, as the head confirmed"
    )
    same_person_id: Mapped[int | None] = refers_to("applicant")
    phone: Mapped[str | None] = mapped_column(String(30))
    address: Mapped[str | None]
    user_id: Mapped[int | None] = refers_to("user_account")

    user: Mapped[User | None] = relationship()
    same_person: Mapped["Applicant | None"] = relationship(remote_side="Applicant.id")
    identities: Mapped[list["ApplicantIdentity"]] = relationship(
        back_populates="applicant",
        order_by="ApplicantIdentity.id",
        foreign_keys="ApplicantIdentity.applicant_id",
    )

    @validates("identity_number")
    def _fold(self, _key: str, value: str | None) -> str | None:
        return folded_number(value or "") or None

    def __str__(self) -> str:
        return self.name


class Application(Keyed, Versioned, Base):
    """One case (办件), from receipt to the last thing owed.

    ``due_on`` is the date that binds now, whichever clock runs: every list, light, counter and
    command reads it. NULL means that no clock runs: before acceptance, while paused, or closed
    without one.
    """

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("log_name", "external_id"),
        rule(
            "due_on IS NULL OR statutory_due_on IS NULL OR due_on <= statutory_due_on",
            "due_within_statutory",
        ),
        rule(
            "(closed_on IS NOT NULL) = (status IN "
            "('DELIVERED', 'REFUSED', 'NOT_ACCEPTED', 'WITHDRAWN', 'TERMINATED', 'FORWARDED'))",
            "closed_exactly_when_nothing_is_owed",
        ),
        rule("(origin = 'IMPORTED') = (log_name IS NOT NULL)", "imported_names_its_log"),
        rule("(log_name IS NULL) = (external_id IS NULL)", "log_and_case_go_together"),
        rule(
            "origin = 'IMPORTED' OR status IN ('DRAFT', 'RECEIVED', 'CORRECTING', 'NOT_ACCEPTED', "
            "'WITHDRAWN', 'TERMINATED') OR accepted_on IS NOT NULL",
            "accepted_case_has_its_day",
        ),
        rule(
            "review_concluded_on IS NULL OR review_concluded_by_id IS NOT NULL",
            "conclusion_names_its_recorder",
        ),
        rule(
            "status IN ('DRAFT', 'WITHDRAWN') OR received_on IS NOT NULL",
            "received_case_has_its_day",
        ),
        rule(
            "agent_name <> '' OR (agent_identity_number IS NULL AND agent_phone IS NULL)",
            "agent_has_a_name",
        ),
        rule("NOT is_confidential OR confidential_reason <> ''", "confidential_case_says_why"),
        # The list by due date, and every tab of open cases with its counter, read this index
        # and nothing else: what the tabs ask for stands behind the order.
        Index(
            "ix_application_open_due",
            "due_on",
            "id",
            "warn_on",
            "statutory_due_on",
            "suspended_since",
            sqlite_where=OPEN_CASES,
            postgresql_where=OPEN_CASES,
        ),
        Index(
            "ix_application_open_warn",
            "warn_on",
            "due_on",
            sqlite_where=OPEN_CASES,
            postgresql_where=OPEN_CASES,
        ),
        # Without the open cases: SQLite would take it for them too, and read a row for each.
        Index(
            "ix_application_closed",
            "closed_on",
            "id",
            sqlite_where=CLOSED_CASES,
            postgresql_where=CLOSED_CASES,
        ),
        Index("ix_application_item", "licence_item_id", "id"),
        # The board's figures of a period.
        Index(
            "ix_application_decided",
            "decided_on",
            "decision_due_on",
            "licence_item_id",
            "channel",
            "is_green_lane",
            "statutory_due_on",
        ),
        Index("ix_application_received", "received_on", "is_green_lane"),
        Index("ix_application_officer", "officer_id", "closed_on"),
        Index("ix_application_channel", "channel", "closed_on"),
        Index(
            "uq_application_one_about_a_certificate",
            "prior_certificate_id",
            unique=True,
            sqlite_where=OPEN_RECEIVED,
            postgresql_where=OPEN_RECEIVED,
        ),
    )
    policy = Policy(
        writers=INTAKE | LINE | LEADERS | CONFIRMING,
        part_of=THE_CASE,
        deletable=Deletable.WHILE_A_DRAFT,
        title=("number",),
        derived=(
            "number", "received_on", "received_at", "notice_due_on", "correction_due_on",
            "filed_in_time", "accepted_on", "accepted_at", "deemed_accepted", "review_concluded_on",
            "is_green_lane", "decided_on", "decision_due_on", "due_on", "statutory_due_on",
            "due_is_provisional", "statutory_due_is_provisional", "warn_on", "suspended_since",
            "closed_on", "first_contact_id", "officer_id",
        ),
        fixed=(
            Fixed("case-is-pinned", ("item_version_id", "licence_item_id")),
            Fixed("origin-never-changes", ("origin",)),
            Fixed("channel-is-fixed", ("channel",), once="OLD.status <> 'DRAFT'"),
            Fixed(
                "applicant-is-fixed", ("applicant_id",),
                once="OLD.status NOT IN ('DRAFT', 'RECEIVED', 'CORRECTING')",
            ),
            Fixed("closed-case-stays-closed", ("closed_on",), once="OLD.closed_on IS NOT NULL"),
        ),
        own="applicant",
        personal={"agent_identity_number": Personal.IDENTITY, "agent_phone": Personal.PHONE},
    )  # fmt: skip

    number: Mapped[str] = guarded(String(80), unique=True)
    licence_item_id: Mapped[int] = owned_by("licence_item", index=False)
    item_version_id: Mapped[int] = owned_by("item_version")
    applicant_id: Mapped[int | None] = refers_to("applicant")
    # An imported case may name no channel: there None is a fact, not a value to fill in.
    kind: Mapped[ApplicationKind] = guarded(choice(ApplicationKind), default=ApplicationKind.NEW)
    # The two tables refer to each other: a certificate names its case, and a renewal names the
    # certificate that it renews.
    prior_certificate_id: Mapped[int | None] = guarded(
        ForeignKey("certificate.id", ondelete="RESTRICT", use_alter=True), index=True
    )
    channel: Mapped[Channel | None] = guarded(
        choice(Channel).evaluates_none(), default=Channel.WINDOW
    )
    origin: Mapped[Origin] = guarded(choice(Origin), default=Origin.NATIVE)
    log_name: Mapped[str | None] = guarded(String(60))
    external_id: Mapped[str | None] = guarded(comment="the case's name in the log it came from")
    status: Mapped[ApplicationStatus] = guarded(
        choice(ApplicationStatus), default=ApplicationStatus.RECEIVED
    )
    summary: Mapped[str] = guarded(default="")
    agent_name: Mapped[str] = guarded(default="", comment="Art. 29: who applies for another")
    agent_identity_number: Mapped[str | None] = guarded(String(18), comment="GB 11643")
    agent_phone: Mapped[str | None] = guarded(String(30))
    is_confidential: Mapped[bool] = guarded(
        default=False, comment="Art. 5: a secret or somebody's privacy; the register omits the case"
    )
    confidential_reason: Mapped[LongText] = guarded(default="")

    received_on: Mapped[date | None] = guarded()
    received_at: Mapped[datetime | None] = guarded()
    notice_due_on: Mapped[date | None] = guarded(comment="Art. 32(4): five working days")
    correction_due_on: Mapped[date | None] = guarded()
    filed_in_time: Mapped[bool] = guarded(
        default=False, comment="Art. 50: a renewal inside its window; silence then renews"
    )
    accepted_on: Mapped[date | None] = guarded()
    accepted_at: Mapped[datetime | None] = guarded(comment="Art. 57: the order of acceptance")
    deemed_accepted: Mapped[bool] = guarded(default=False)
    review_concluded_on: Mapped[date | None] = guarded(
        comment="starts the clock of items that wait for a review's conclusion"
    )
    review_concluded_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    is_green_lane: Mapped[bool] = guarded(
        default=False, comment="绿色通道: half the promise, first in its queue"
    )
    decided_on: Mapped[date | None] = guarded()
    decision_due_on: Mapped[date | None] = guarded(comment="kept for statistics")
    due_on: Mapped[date | None] = guarded(comment="the promised date of the clock that runs")
    statutory_due_on: Mapped[date | None] = guarded()
    due_is_provisional: Mapped[bool] = guarded(
        default=False, comment="rests on a year whose calendar is not confirmed"
    )
    statutory_due_is_provisional: Mapped[bool] = guarded(default=False)
    warn_on: Mapped[date | None] = guarded(comment="first day of the yellow light")
    suspended_since: Mapped[date | None] = guarded(comment="begin of the open suspension")
    closed_on: Mapped[date | None] = guarded()

    first_contact_id: Mapped[int | None] = refers_to("user_account", index=False)
    officer_id: Mapped[int | None] = refers_to("user_account", index=False)

    licence_item: Mapped[LicenceItem] = relationship()
    item_version: Mapped[ItemVersion] = relationship()
    applicant: Mapped[Applicant | None] = relationship()
    first_contact: Mapped[User | None] = relationship(foreign_keys=[first_contact_id])
    officer: Mapped[User | None] = relationship(foreign_keys=[officer_id])
    review_concluded_by: Mapped[User | None] = relationship(foreign_keys=[review_concluded_by_id])
    prior_certificate: Mapped["Certificate | None"] = relationship(
        foreign_keys=[prior_certificate_id]
    )
    steps: Mapped[list["ApplicationStep"]] = relationship(
        back_populates="application", order_by="ApplicationStep.sequence"
    )
    materials: Mapped[list["SubmittedMaterial"]] = relationship(
        back_populates="application", order_by="SubmittedMaterial.id"
    )
    notices: Mapped[list["CorrectionNotice"]] = relationship(
        back_populates="application", order_by="CorrectionNotice.sequence"
    )
    suspensions: Mapped[list["ClockSuspension"]] = relationship(
        back_populates="application", order_by="(ClockSuspension.started_on, ClockSuspension.id)"
    )
    extensions: Mapped[list["DeadlineExtension"]] = relationship(
        back_populates="application", order_by="DeadlineExtension.id"
    )
    green_lanes: Mapped[list["GreenLane"]] = relationship(
        back_populates="application", order_by="GreenLane.id"
    )
    warnings: Mapped[list["CaseWarning"]] = relationship(
        back_populates="application", order_by="CaseWarning.id"
    )
    due_date_changes: Mapped[list["DueDateChange"]] = relationship(
        back_populates="application", order_by="DueDateChange.id"
    )
    answers: Mapped[list["IntakeAnswer"]] = relationship(
        back_populates="application", order_by="IntakeAnswer.id"
    )
    applicant_corrections: Mapped[list["ApplicantCorrection"]] = relationship(
        back_populates="application", order_by="ApplicantCorrection.id"
    )
    handovers: Mapped[list["FirstContactHandover"]] = relationship(
        back_populates="application", order_by="FirstContactHandover.id"
    )
    earlier_receipts: Mapped[list["EarlierReceipt"]] = relationship(
        back_populates="application", order_by="EarlierReceipt.id"
    )
    decision: Mapped["Decision | None"] = relationship(back_populates="application")
    certificate: Mapped["Certificate | None"] = relationship(
        back_populates="application", foreign_keys="Certificate.application_id"
    )
    charges: Mapped[list["FeeCharge"]] = relationship(
        back_populates="application", order_by="FeeCharge.id"
    )
    verdicts: Mapped[list["ConditionVerdict"]] = relationship(
        back_populates="application", order_by="ConditionVerdict.item_condition_id"
    )
    inspections: Mapped[list["SiteInspection"]] = relationship(
        back_populates="application", order_by="SiteInspection.id"
    )
    hearings: Mapped[list["Hearing"]] = relationship(
        back_populates="application", order_by="Hearing.id"
    )
    interested_parties: Mapped[list["InterestedParty"]] = relationship(
        back_populates="application", order_by="InterestedParty.id"
    )
    forwarding: Mapped["Forwarding | None"] = relationship(back_populates="application")
    terminations: Mapped[list["Termination"]] = relationship(
        back_populates="application", order_by="Termination.id"
    )
    withdrawals: Mapped[list["Withdrawal"]] = relationship(
        back_populates="application", order_by="Withdrawal.id"
    )
    findings: Mapped[list["Finding"]] = relationship(
        back_populates="application", order_by="Finding.id"
    )

    @validates("summary", "agent_name")
    def _strip(self, _key: str, value: str | None) -> str:
        return (value or "").strip()

    def __str__(self) -> str:
        return self.number


class ApplicationStep(Keyed, Versioned, Base):
    """One step of one case (办理环节). It is claimed by an officer from its post's queue."""

    __tablename__ = "application_step"
    __table_args__ = (
        UniqueConstraint("application_id", "sequence"),
        # What was done in a period is counted from this index alone: who, for what, how late.
        Index(
            "ix_application_step_done",
            "done_on",
            "application_id",
            "officer_id",
            "duty",
            "due_on",
            "opened_on",
            "step_definition_id",
        ),
        rule("status <> 'OPEN' OR opened_on IS NOT NULL", "open_step_has_its_day"),
        rule("(status = 'DONE') = (done_on IS NOT NULL)", "done_step_has_its_day"),
        Index(
            "ix_application_step_queue",
            "duty",
            "officer_id",
            "due_on",
            sqlite_where=text("status = 'OPEN'"),
            postgresql_where=text("status = 'OPEN'"),
        ),
    )
    policy = Policy(
        writers=LINE | LEADERS,
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "step_definition"),
        derived=(
            "application_id", "step_definition_id", "sequence", "stage_number", "duty", "opened_on",
            "due_on", "done_on", "done_at",
        ),
    )  # fmt: skip

    application_id: Mapped[int] = owned_by("application", index=False)
    step_definition_id: Mapped[int] = owned_by("step_definition")
    sequence: Mapped[int] = guarded()
    stage_number: Mapped[int] = guarded()
    duty: Mapped[Duty | None] = guarded(choice(Duty))
    status: Mapped[StepStatus] = guarded(choice(StepStatus), default=StepStatus.WAITING)
    officer_id: Mapped[int | None] = refers_to("user_account")
    opened_on: Mapped[date | None] = guarded()
    due_on: Mapped[date | None] = guarded()
    done_on: Mapped[date | None] = guarded()
    done_at: Mapped[datetime | None] = guarded()
    opinion: Mapped[LongText] = guarded(default="")

    application: Mapped[Application] = relationship(back_populates="steps")
    step_definition: Mapped[StepDefinition] = relationship()
    officer: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.application_id}/{self.sequence}"


class SubmittedMaterial(Keyed, Versioned, Base):
    """A material of the checklist that has been handed in."""

    __tablename__ = "submitted_material"
    __table_args__ = (
        UniqueConstraint("application_id", "material_requirement_id"),
        rule("copies > 0", "copies_are_positive"),
    )
    policy = Policy(
        writers=INTAKE,
        part_of=OF_THE_CASE,
        deletable=Deletable.BEFORE_ACCEPTANCE,
        title=("application", "requirement"),
        system=System.IMPORTS,
        derived=("received_on",),
        own="application",
        signed=("received_on",),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    material_requirement_id: Mapped[int] = owned_by("material_requirement")
    copies: Mapped[int] = guarded(default=1)
    received_on: Mapped[date] = guarded()

    application: Mapped[Application] = relationship(back_populates="materials")
    requirement: Mapped[MaterialRequirement] = relationship()

    def __str__(self) -> str:
        return f"{self.application_id}/{self.material_requirement_id}"
