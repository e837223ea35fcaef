"""Which columns of the catalogue a list, a form or the details of a row show, part by part."""

CODE_COLUMNS = (
    "catalog_code", "task_code", "local_catalog_code", "local_task_code", "is_in_centre",
    "is_delegable", "is_delegated", "entrusted_by", "entrusted_by_en",
)  # fmt: skip
ELEMENT_COLUMNS = (
    "power_source", "exercising_level", "service_object", "condition_note", "condition_note_en",
    "form_sample", "form_sample_en", "procedure_text", "procedure_text_en", "special_procedures",
    "special_procedures_en", "statutory_note", "statutory_note_en", "promised_note",
    "promised_note_en", "by_window", "by_internet", "by_courier", "visits_needed", "place",
    "place_en", "opening_hours", "opening_hours_en", "consultation", "consultation_en",
    "complaints", "complaints_en", "planned_from", "planned_until", "online_address",
    "online_depth", "has_booking", "has_online_payment", "has_courier", "has_self_service",
    "region_scope", "region_scope_en", "joint_organs", "joint_organs_en", "intermediary",
    "intermediary_en", "intermediary_basis", "result_name", "result_name_en", "result_sample",
    "on_site_reason", "on_site_reason_en", "theme", "theme_en",
)  # fmt: skip
MATERIAL_ELEMENTS = (
    "material_type", "form", "source", "acceptance_criterion", "acceptance_criterion_en",
    "sample_text", "blank_form_note",
)  # fmt: skip
FEE_COLUMNS = (
    "position", "name", "name_en", "standard", "standard_en", "amount_fen", "unit", "basis",
    "basis_level", "starts_on", "ends_on", "reduction", "reduction_basis",
)  # fmt: skip
QUESTION_COLUMNS = ("position", "question", "question_en", "answer", "answer_en")
SOURCE_COLUMNS = ("position", "subject", "tag", "note", "is_verified")
FORMER_COLUMNS = (
    "position", "name", "name_en", "post_name", "post_name_en", "limit_days", "is_key",
)  # fmt: skip
TEMPLATE_COLUMNS = ("position", "name", "name_en", "post_name", "post_name_en", "duty", "is_key")
