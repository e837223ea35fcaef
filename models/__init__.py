"""Every table of the office, with the hooks installed: what is imported here is guarded."""

import models.hooks  # noqa: F401 - installs the listeners
from models.application import Applicant, Application, ApplicationStep, SubmittedMaterial
from models.audit import AuditEntry, AuditHead
from models.base import Base
from models.calendar_notice import CalendarNotice, CalendarNoticeDay
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
    GreenLane,
)
from models.complaints import Complaint
from models.daily_run import CalendarRevision, CaseWarning, DailyRun
from models.ending import Forwarding, Termination, Withdrawal
from models.fees import FeeCharge, FeeItem
from models.finding import Finding
from models.hearing import Hearing, InterestedParty
from models.identity import ApplicantCorrection, ApplicantIdentity
from models.inspection import ConditionVerdict, SiteInspection, SiteInspector
from models.intake import (
    ApplicationBan,
    CorrectionNoticeLine,
    FirstContactHandover,
    IntakeAnswer,
    PreGuidance,
    PreGuidanceMaterial,
)
from models.item_parts import (
    FormerStep,
    ItemQuestion,
    SourceNote,
    StepTemplate,
    TemplateStep,
)
from models.orders import SupervisionOrder
from models.ratings import Rectification, ServiceRating
from models.receipt import EarlierReceipt
from models.recusal import ApplicantLink
from models.saved_views import SavedView
from models.staff import Authority, Department, Post, PostAssignment, RoleGrant, User, Window
from models.staffing import Absence, Reassignment, ReassignmentLine
from models.supervision import Referral, SupervisionInspector, SupervisionRecord

__all__ = [
    "Absence",
    "Applicant",
    "ApplicantCorrection",
    "ApplicantIdentity",
    "ApplicantLink",
    "Application",
    "ApplicationBan",
    "ApplicationStep",
    "AuditEntry",
    "AuditHead",
    "Authority",
    "Base",
    "CalendarDay",
    "CalendarNotice",
    "CalendarNoticeDay",
    "CalendarRevision",
    "CalendarYear",
    "CaseWarning",
    "Certificate",
    "CertificateChange",
    "ClockSuspension",
    "Complaint",
    "ConditionVerdict",
    "CorrectionNotice",
    "CorrectionNoticeLine",
    "DailyRun",
    "DeadlineExtension",
    "Decision",
    "Department",
    "DueDateChange",
    "EarlierReceipt",
    "FeeCharge",
    "FeeItem",
    "Finding",
    "FirstContactHandover",
    "FormerStep",
    "Forwarding",
    "GreenLane",
    "Hearing",
    "IntakeAnswer",
    "InterestedParty",
    "ItemCondition",
    "ItemQuestion",
    "ItemVersion",
    "LicenceItem",
    "MaterialRequirement",
    "NumberCounter",
    "Post",
    "PostAssignment",
    "PreGuidance",
    "PreGuidanceMaterial",
    "Reassignment",
    "ReassignmentLine",
    "Rectification",
    "Referral",
    "RoleGrant",
    "SavedView",
    "ServiceRating",
    "SiteInspection",
    "SiteInspector",
    "SourceNote",
    "StepDefinition",
    "StepTemplate",
    "SubmittedMaterial",
    "SupervisionInspector",
    "SupervisionOrder",
    "SupervisionRecord",
    "TemplateStep",
    "Termination",
    "User",
    "Window",
    "Withdrawal",
]
