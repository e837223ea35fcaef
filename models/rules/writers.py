"""Which duties may write which table at all, and which columns nobody writes by hand."""

from models.enums import Duty

_OFFICE = frozenset({Duty.SYSTEM})
_ACCESS = frozenset({Duty.SECURITY})
_CATALOGUE = frozenset({Duty.CATALOGUE})
_LINE = frozenset({Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION})
_LEADERS = frozenset({Duty.HEAD, Duty.SUPERVISION})
_INTAKE = frozenset({Duty.ACCEPTANCE, Duty.APPLICANT})

# Table → the duties of which one is needed to change a row. What follows from an act (dates,
# next steps, certificates, history) is written by the hooks, whoever acts.
WRITERS: dict[str, frozenset[Duty]] = {
    "authority": _OFFICE,
    "department": _OFFICE,
    "service_window": _OFFICE,
    "user_account": _OFFICE,
    "calendar_year": _OFFICE,
    "calendar_day": _OFFICE,
    "role_grant": _ACCESS,
    "post": _ACCESS,
    "post_assignment": _ACCESS,
    "licence_item": _CATALOGUE,
    "item_version": _CATALOGUE,
    "step_definition": _CATALOGUE,
    "material_requirement": _CATALOGUE,
    "item_condition": _CATALOGUE,
    "applicant": _INTAKE | {Duty.GUIDANCE},
    "application": _INTAKE | _LINE | _LEADERS,
    "application_step": _LINE | _LEADERS,
    "submitted_material": _INTAKE,
    "correction_notice": frozenset({Duty.ACCEPTANCE}),
    "clock_suspension": frozenset({Duty.REVIEW}),
    "deadline_extension": frozenset({Duty.REVIEW, Duty.HEAD}),
    "decision": frozenset({Duty.DECISION}),
    "certificate": frozenset({Duty.ACCEPTANCE}),
    "due_date_change": frozenset(),
    "finding": frozenset(),
    "audit_entry": frozenset(),
    "audit_head": frozenset(),
    "number_counter": frozenset(),
}

# Table → the columns that follow from acts: nobody back-dates or silently corrects them.
DERIVED_COLUMNS: dict[str, frozenset[str]] = {
    "application": frozenset(
        {
            "number", "received_on", "received_at", "notice_due_on", "correction_due_on",
            "accepted_on", "deemed_accepted", "decided_on", "decision_due_on", "due_on",
            "due_is_provisional", "statutory_due_on", "statutory_due_is_provisional", "warn_on",
            "suspended_since", "closed_on", "first_contact_id", "officer_id",
        }
    ),
    "application_step": frozenset(
        {
            "application_id", "step_definition_id", "sequence", "stage_number", "duty",
            "opened_on", "due_on", "done_on", "done_at",
        }
    ),
    "certificate": frozenset(
        {
            "application_id", "licence_item_id", "number", "name", "holder_name", "issued_on",
            "verify_token", "valid_from", "valid_until", "delivered_on",
        }
    ),
    "decision": frozenset({"decided_on", "decided_by_id"}),
    "submitted_material": frozenset({"received_on"}),
    "correction_notice": frozenset({"sequence", "issued_on", "issued_by_id", "answered_on"}),
    "clock_suspension": frozenset({"started_on"}),
    "deadline_extension": frozenset({"requested_on", "requested_by_id", "approved_on"}),
    "item_version": frozenset({"drafted_by_id", "published_by_id", "published_on"}),
}  # fmt: skip

# Tables whose rows belong to a case: closed or imported, they are read-only with it.
CASE_TABLES = frozenset(
    {
        "application", "application_step", "submitted_material", "correction_notice",
        "clock_suspension", "deadline_extension", "decision", "certificate",
    }
)  # fmt: skip

# Tables of which a row may be taken away, each under its own guard.
DELETABLE = frozenset(
    {
        "application", "submitted_material", "item_version", "step_definition",
        "material_requirement", "item_condition", "calendar_day",
    }
)  # fmt: skip
