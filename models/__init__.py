"""Every table of the office, with the hooks installed: what is imported here is guarded."""

import models.hooks  # noqa: F401 - installs the listeners
from models.application import Applicant, Application, ApplicationStep, SubmittedMaterial
from models.audit import AuditEntry, AuditHead
from models.base import Base
from models.catalogue import (
    ItemCondition,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
    StepDefinition,
)
from models.certificate import Certificate, Decision, NumberCounter
from models.clock import (
    CalendarDay,
    CalendarYear,
    ClockSuspension,
    CorrectionNotice,
    DeadlineExtension,
    DueDateChange,
)
from models.complaints import Complaint
from models.finding import Finding
from models.handover import Absence, Reassignment, ReassignmentLine
from models.orders import SupervisionOrder
from models.ratings import Rectification, ServiceRating
from models.staff import Authority, Department, Post, PostAssignment, RoleGrant, User, Window
from models.supervision import Referral, SupervisionInspector, SupervisionRecord

__all__ = [
    "Absence",
    "Applicant",
    "Application",
    "ApplicationStep",
    "AuditEntry",
    "AuditHead",
    "Authority",
    "Base",
    "CalendarDay",
    "CalendarYear",
    "Certificate",
    "ClockSuspension",
    "Complaint",
    "CorrectionNotice",
    "DeadlineExtension",
    "Decision",
    "Department",
    "DueDateChange",
    "Finding",
    "ItemCondition",
    "ItemVersion",
    "LicenceItem",
    "MaterialRequirement",
    "NumberCounter",
    "Post",
    "PostAssignment",
    "Reassignment",
    "ReassignmentLine",
    "Rectification",
    "Referral",
    "RoleGrant",
    "ServiceRating",
    "StepDefinition",
    "SubmittedMaterial",
    "SupervisionInspector",
    "SupervisionOrder",
    "SupervisionRecord",
    "User",
    "Window",
]
