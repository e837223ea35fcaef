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
from models.certificate_change import CertificateChange
from models.clock import (
    CalendarDay,
    CalendarYear,
    ClockSuspension,
    CorrectionNotice,
    DeadlineExtension,
    DueDateChange,
)
from models.finding import Finding
from models.staff import Authority, Department, Post, PostAssignment, RoleGrant, User, Window

__all__ = [
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
    "CertificateChange",
    "ClockSuspension",
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
    "RoleGrant",
    "StepDefinition",
    "SubmittedMaterial",
    "User",
    "Window",
]
