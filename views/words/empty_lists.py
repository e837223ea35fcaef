"""Where to go from an empty list: how its rows come to be, and the page on which they do."""

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from views.access import Verb, may
from views.current import current_actor
from views.links import home_url, list_url
from views.words.labels import table_name

_FROM_CASES = _("These are written on the pages of the cases.")
_FROM_VERSIONS = _("These are written in the versions of the items.")
_BY_ITSELF = _("These are written by the system when there is cause.")
_FROM_PAPERS = _("These are written on the pages of the certificates.")


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step from an empty list."""

    why: LazyString | str
    url: str
    label: str


# Table → how its rows come to be, and the list from which one gets there.
ORIGINS: dict[str, tuple[LazyString, str]] = {
    **dict.fromkeys(
        (
            "application_step", "submitted_material", "correction_notice",
            "correction_notice_line", "intake_answer", "first_contact_handover",
            "applicant_correction",
            "clock_suspension", "deadline_extension", "green_lane", "earlier_receipt", "decision",
            "certificate",
            "fee_charge", "condition_verdict", "site_inspection", "site_inspector", "hearing",
            "interested_party", "forwarding", "termination", "withdrawal",
            "service_rating", "applicant",
        ),
        (_FROM_CASES, "application"),
    ),
    **dict.fromkeys(
        (
            "step_definition", "material_requirement", "item_condition", "item_question",
            "fee_item", "source_note", "former_step",
        ),
        (_FROM_VERSIONS, "item_version"),
    ),
    **dict.fromkeys(("certificate_change", "supervision_record"), (_FROM_PAPERS, "certificate")),
    **dict.fromkeys(
        (
            "due_date_change", "finding", "warning", "daily_run", "calendar_revision",
            "application_ban", "number_counter", "audit_entry", "audit_head",
        ),
        (_BY_ITSELF, "application"),
    ),
    "applicant_identity": (_("These come with the records of applicants."), "applicant"),
    "item_version": (_("A version is drafted on the page of its item."), "licence_item"),
    "pre_guidance_material": (_("These are ticked in pre-guidance."), "pre_guidance"),
    "reassignment_line": (_("These follow from a reassignment."), "reassignment"),
    "supervision_inspector": (_("These are named in the records of checks."), "supervision_record"),
    "rectification": (_("These follow from bad ratings."), "service_rating"),
    "template_step": (_("These are written in the templates of steps."), "step_template"),
    "calendar_notice_day": (_("These follow from holiday notices."), "calendar_notice"),
    "calendar_day": (_("These are written in the working calendar."), "calendar_year"),
    "saved_view": (_("Filter a list, then choose “Save view” above it."), "application"),
}  # fmt: skip


def next_step(table: str) -> NextStep:
    """Where the reader goes from here: as far as allowed, else to the panel's first page."""
    why, target = ORIGINS.get(table, ("", ""))
    if target and may(current_actor(), target, Verb.LIST):
        return NextStep(why, list_url(target), gettext("To: %(list)s", list=table_name(target)))
    return NextStep(why, home_url(), gettext("To the panel"))
