"""The sections of an item: what stands together on its page, in its form and in a comparison."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Section:
    """Columns and parts that are read and edited together, with a word of help."""

    key: str
    heading: LazyString
    help: LazyString
    columns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


VERSION_SECTIONS = (
    Section(
        "basis", _("Basis of the power"),
        _("The law that sets up the item, with its article: without it nothing is published "
          "(Art. 30)."),
        ("licence_item", "legal_basis", "power_source", "exercising_level", "service_object",
         "joint_organs", "joint_organs_en"),
    ),
    Section(
        "limits", _("Time limits"),
        _("What the law allows, and what the office promises: at most that. The first day is not "
          "counted."),
        ("statutory_limit", "statutory_unit", "promised_limit", "promised_unit", "clock_start",
         "warning_days", "delivery_limit", "statutory_note", "statutory_note_en", "promised_note",
         "promised_note_en"),
    ),
    Section(
        "conditions", _("Conditions"),
        _("One row for each condition of the law, or a note that complete materials suffice."),
        ("condition_note", "condition_note_en", "quota", "is_safety_item", "ban_months"),
        ("conditions",),
    ),
    Section(
        "materials", _("Materials"),
        _("What the applicant hands in. Each required material names its legal basis (Art. 31)."),
        ("form_sample", "form_sample_en"),
        ("materials",),
    ),
    Section(
        "steps", _("Steps"),
        _("The line of posts. Steps with the same stage run side by side; stage 0 is before the "
          "clock."),
        ("duties_are_separated", "procedure_text", "procedure_text_en", "special_procedures",
         "special_procedures_en", "needs_inspection", "fewest_inspectors", "most_inspectors",
         "hearing_required"),
        ("steps",),
    ),
    Section(
        "fees", _("Fees"),
        _("No row means that nothing is charged. A fee rests on a law or an administrative "
          "regulation (Art. 58, 59)."),
        (),
        ("fees",),
    ),
    Section(
        "intermediary", _("Intermediary services"),
        _("Only what a law or regulation demands of the applicant, with its basis."),
        ("intermediary", "intermediary_en", "intermediary_basis"),
    ),
    Section(
        "result", _("Result and certificate"),
        _("What the applicant receives, how long it is valid, and when it is renewed."),
        ("certificate_name", "certificate_series", "certificate_kind", "certificate_pattern",
         "certificate_months", "renewal_window", "renewal_unit", "renewal_opens",
         "is_transferable", "result_name", "result_name_en", "result_sample"),
    ),
    Section(
        "service", _("Where and how to apply"),
        _("Windows, hours, online ways and whom to ask: the guide shows it as it stands here."),
        ("by_window", "by_internet", "by_courier", "visits_needed", "on_site_reason",
         "on_site_reason_en", "place", "place_en", "opening_hours", "opening_hours_en",
         "consultation", "consultation_en", "complaints", "complaints_en", "online_address",
         "online_depth", "has_booking", "has_online_payment", "has_courier", "has_self_service",
         "region_scope", "region_scope_en", "theme", "theme_en", "planned_from",
         "planned_until"),
    ),
    Section(
        "questions", _("Questions and answers"),
        _("What applicants ask most, answered in their words."),
        (),
        ("questions",),
    ),
    Section(
        "sources", _("Sources"),
        _("Where the facts come from. What nobody has read in its source is not published."),
        (),
        ("sources",),
    ),
)  # fmt: skip

ITEM_SECTIONS = (
    Section(
        "identity", _("Name and kind"),
        _("The code is how people refer to the item; it and the beginning of case numbers stay "
          "for good."),
        ("code", "name", "name_en", "category", "item_type", "handling_type", "handling_mode",
         "number_prefix"),
    ),
    Section(
        "department", _("Who handles it"),
        _("The section that holds the power now, and the one from which it came."),
        ("department", "former_department", "is_in_centre", "is_delegable", "is_delegated",
         "entrusted_by", "entrusted_by_en"),
    ),
    Section(
        "offer", _("Offer and codes"),
        _("Whether it is offered, until when, and its codes in the national and local lists."),
        ("is_offered", "ended_on", "catalog_code", "task_code", "local_catalog_code",
         "local_task_code"),
    ),
    Section(
        "former", _("Steps before the reform"),
        _("The line as it was before the powers were brought together: the picture of the steps "
          "shows what was saved."),
        (),
        ("former_steps",),
    ),
)  # fmt: skip

# Part → the columns of a row that are asked for first; the others are folded away.
FIRST_COLUMNS: dict[str, tuple[str, ...]] = {
    "materials": (
        "name", "name_en", "necessity", "condition", "situation", "copies", "legal_basis",
    ),
    "fees": ("name", "name_en", "amount_fen", "unit", "basis", "basis_level", "starts_on"),
}  # fmt: skip
