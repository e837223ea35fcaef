"""Which duties may write which table at all, and which columns nobody writes by hand."""

from models.enums import Duty
from models.rules.duties import LEADERS, LINE

_OFFICE = frozenset({Duty.SYSTEM})
_ACCESS = frozenset({Duty.SECURITY})
_CATALOGUE = frozenset({Duty.CATALOGUE})
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
    "item_question": _CATALOGUE,
    "source_note": _CATALOGUE,
    "former_step": _CATALOGUE,
    "step_template": _CATALOGUE,
    "template_step": _CATALOGUE,
    "fee_item": _CATALOGUE,
    "fee_charge": frozenset({Duty.ACCEPTANCE}),
    "applicant": _INTAKE | {Duty.GUIDANCE},
    "application": _INTAKE | LINE | LEADERS,
    "application_step": LINE | LEADERS,
    "submitted_material": _INTAKE,
    "correction_notice": frozenset({Duty.ACCEPTANCE, Duty.HEAD}),
    "correction_notice_line": frozenset({Duty.ACCEPTANCE}),
    "intake_answer": frozenset({Duty.ACCEPTANCE}),
    "first_contact_handover": LINE | LEADERS | {Duty.GUIDANCE},
    "application_ban": frozenset(),
    "pre_guidance": frozenset({Duty.GUIDANCE}),
    "pre_guidance_material": frozenset({Duty.GUIDANCE}),
    "clock_suspension": frozenset({Duty.REVIEW}),
    "deadline_extension": frozenset({Duty.REVIEW, Duty.HEAD}),
    "green_lane": frozenset({Duty.ACCEPTANCE, Duty.REVIEW, Duty.HEAD}),
    "decision": frozenset({Duty.DECISION}),
    "certificate": frozenset({Duty.ACCEPTANCE}),
    "condition_verdict": frozenset({Duty.REVIEW, Duty.DECISION}),
    "site_inspection": LINE | LEADERS,
    "site_inspector": frozenset({Duty.REVIEW}),
    "hearing": LINE | LEADERS,
    "interested_party": frozenset({Duty.REVIEW}),
    "forwarding": frozenset({Duty.DECISION}),
    "termination": frozenset({Duty.DECISION}),
    "applicant_link": LINE | frozenset({Duty.GUIDANCE, Duty.HEAD}),
    "certificate_change": frozenset({Duty.ACCEPTANCE, Duty.REVIEW, Duty.HEAD}),
    "supervision_order": LINE | LEADERS | {Duty.GUIDANCE},
    "absence": LINE | LEADERS | {Duty.GUIDANCE},
    "reassignment": LEADERS,
    "reassignment_line": LEADERS,
    "supervision_record": frozenset({Duty.REVIEW}),
    "supervision_inspector": frozenset({Duty.REVIEW}),
    "referral": LEADERS | {Duty.REVIEW},
    "complaint": LEADERS,
    "service_rating": frozenset({Duty.APPLICANT}),
    "rectification": LEADERS,
    # Each keeps his own views; the auditor writes nothing.
    "saved_view": frozenset(Duty) - {Duty.AUDIT},
    "due_date_change": frozenset(),
    "finding": frozenset(),
    "warning": frozenset(),
    "daily_run": frozenset(),
    "calendar_revision": frozenset(),
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
            "review_concluded_on", "is_green_lane",
            "filed_in_time",
            "accepted_at",
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
            "valid_from", "valid_until", "delivered_on", "edition", "kind", "holder_id",
            "delivered_by_id",
            "verify_token",
        }
    ),
    "condition_verdict": frozenset({"given_on", "given_by_id"}),
    "site_inspection": frozenset(
        {"assigned_on", "assigned_by_id", "assign_by_on", "is_late_assignment", "done_on"}
    ),
    "hearing": frozenset(
        {"told_on", "request_due_on", "hold_due_on", "notified_on", "is_late"}
    ),
    "interested_party": frozenset({"answer_due_on", "stated_on"}),
    "forwarding": frozenset({"forwarded_on", "forwarded_by_id"}),
    "termination": frozenset({"terminated_on", "terminated_by_id"}),
    "applicant_link": frozenset({"declared_by_id"}),
    "certificate_change": frozenset(
        {"proposed_on", "proposed_by_id", "approved_on", "rejected_on", "effective_on"}
    ),
    "decision": frozenset({"decided_on", "decided_by_id", "is_deemed"}),
    "submitted_material": frozenset({"received_on"}),
    "correction_notice": frozenset(
        {
            "sequence", "issued_on", "issued_by_id", "answered_on", "requested_on",
            "requested_by_id", "approved_on",
        }
    ),
    "intake_answer": frozenset({"number", "issued_on", "issued_by_id", "is_deemed"}),
    "first_contact_handover": frozenset({"from_user_id", "handed_on", "handed_by_id"}),
    "pre_guidance": frozenset({"guided_on", "guided_by_id", "application_id"}),
    "clock_suspension": frozenset({"started_on"}),
    "deadline_extension": frozenset({"requested_on", "requested_by_id", "approved_on"}),
    "green_lane": frozenset({"requested_on", "requested_by_id", "approved_on"}),
    "fee_charge": frozenset({"amount_fen", "charged_on", "charged_by_id", "paid_on"}),
    "source_note": frozenset({"verified_on", "verified_by_id"}),
    "item_version": frozenset({"drafted_by_id", "published_by_id", "published_on"}),
    "supervision_order": frozenset(
        {
            "ordered_on", "ordered_by_id", "answer_due_on", "answered_on", "returned_count",
            "accepted_on",
        }
    ),
    "absence": frozenset({"entered_by_id"}),
    "reassignment": frozenset({"asked_on", "asked_by_id"}),
    "referral": frozenset({"referred_on", "referred_by_id", "handled_on"}),
    "complaint": frozenset({"received_on", "accepted_by_id", "handle_due_on", "answered_on"}),
    "service_rating": frozenset({"is_follow_up", "rated_on"}),
    "rectification": frozenset(
        {"rating_id", "contact_due_on", "rectify_due_on", "handler_id", "rectified_on"}
    ),
    "saved_view": frozenset({"owner_id"}),
}  # fmt: skip

# Tables whose rows belong to a case: closed or imported, they are read-only with it.
CASE_TABLES = frozenset(
    {
        "application", "application_step", "submitted_material", "correction_notice",
        "clock_suspension", "deadline_extension", "decision", "certificate",
        "green_lane",
        "fee_charge",
        "condition_verdict", "site_inspection", "site_inspector", "hearing", "interested_party",
        "forwarding", "termination",
        "correction_notice_line", "intake_answer", "first_contact_handover",
    }
)  # fmt: skip

# Tables of which a row may be taken away, each under its own guard.
DELETABLE = frozenset(
    {
        "application", "submitted_material", "item_version", "step_definition",
        "material_requirement", "item_condition", "calendar_day", "item_question", "source_note",
        "former_step", "template_step", "fee_item",
        "absence",
        "supervision_inspector",
        "saved_view",
    }
)  # fmt: skip
