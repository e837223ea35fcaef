"""The catalogue: items, their versions, and the steps and materials of each version."""

from typing import Any

from flask import request
from flask_babel import gettext
from sqlalchemy.orm import joinedload, selectinload

from models import (
    FeeItem,
    FormerStep,
    ItemCondition,
    ItemQuestion,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
    SourceNote,
    StepDefinition,
)
from models.enums import VersionStatus
from views.access import Verb
from views.forms.columns import Children
from views.links import item_url
from views.panel.engine.base import GuardedModelView
from views.panel.item.form import SectionedForm
from views.panel.item.sections import ITEM_SECTIONS, VERSION_SECTIONS
from views.panel.item.views import ItemPages
from views.panel.tables.catalogue_columns import (
    CODE_COLUMNS,
    ELEMENT_COLUMNS,
    FEE_COLUMNS,
    FORMER_COLUMNS,
    MATERIAL_ELEMENTS,
    QUESTION_COLUMNS,
    SOURCE_COLUMNS,
)

STEP_COLUMNS = ("position", "stage_number", "name", "name_en", "duty", "limit_days", "is_key")
MATERIAL_COLUMNS = (
    "position", "name", "name_en", "necessity", "condition", "condition_en", "situation", "copies",
    "legal_basis",
)  # fmt: skip


# What the law says of an item besides its limits.
MORE_RULES = (
    "certificate_kind", "certificate_pattern", "renewal_window", "renewal_unit", "renewal_opens",
    "quota", "is_transferable", "is_safety_item", "ban_months", "needs_inspection",
    "fewest_inspectors", "most_inspectors", "hearing_required",
)  # fmt: skip
CONDITION_COLUMNS = ("position", "name", "name_en", "legal_basis")


VERSION_PARTS = (
    Children("steps", StepDefinition, STEP_COLUMNS),
    Children("materials", MaterialRequirement, (*MATERIAL_COLUMNS, *MATERIAL_ELEMENTS)),
    Children("conditions", ItemCondition, CONDITION_COLUMNS),
    Children("fees", FeeItem, FEE_COLUMNS),
    Children("questions", ItemQuestion, QUESTION_COLUMNS, key="question"),
    Children("sources", SourceNote, SOURCE_COLUMNS, key="subject"),
)


class LicenceItemView(ItemPages, SectionedForm, GuardedModelView):
    """The items of the catalogue."""

    model = LicenceItem
    sections = ITEM_SECTIONS
    version_parts = VERSION_PARTS
    column_list = ("code", "name", "category", "item_type", "is_offered", "department")
    column_details_list = (
        "code", "name", "name_en", "category", "item_type", "handling_type", "handling_mode",
        "department", "former_department", "number_prefix", "is_offered", "ended_on", "origin",
        *CODE_COLUMNS,
    )  # fmt: skip
    column_searchable_list = ("code", "name", "name_en")
    column_filters = (
        "category", "item_type", "is_offered", "origin", "is_in_centre", "is_delegable",
        "is_delegated", "department_id",
    )  # fmt: skip
    column_default_sort = "code"
    form_columns = (
        "code", "name", "name_en", "category", "item_type", "handling_type", "handling_mode",
        "department", "former_department", "number_prefix", "is_offered", "ended_on",
        *CODE_COLUMNS,
    )  # fmt: skip
    children = (Children("former_steps", FormerStep, FORMER_COLUMNS),)
    related = (
        ("item_version", "licence_item_id"),
        ("application", "licence_item_id"),
        ("certificate", "licence_item_id"),
    )
    loads = (joinedload(LicenceItem.department),)

    def _after_save(self, row: LicenceItem) -> str:
        return self._here() if "_add_another" in request.form else item_url(row.code)


class PartOfDraft(GuardedModelView):
    """Rows that change only while the version they belong to is a draft."""

    def allows(self, verb: Verb, row: Any) -> bool:
        version = getattr(row, "item_version", row)
        is_read = verb in (Verb.DETAIL, Verb.ACT)
        return super().allows(verb, row) and (is_read or version.status is VersionStatus.DRAFT)


class ItemVersionView(SectionedForm, PartOfDraft):
    """The versions of an item; a draft is edited with its steps and materials in one form."""

    model = ItemVersion
    sections = VERSION_SECTIONS
    column_list = (
        "licence_item", "version_number", "status", "statutory_limit", "promised_limit",
        "published_on", "to_verify",
    )  # fmt: skip
    column_details_list = (
        "licence_item", "version_number", "status", "legal_basis", "statutory_limit",
        "statutory_unit", "promised_limit", "promised_unit", "clock_start", "warning_days",
        "delivery_limit", "duties_are_separated", "certificate_name", "certificate_series",
        "certificate_months", *MORE_RULES, *ELEMENT_COLUMNS, "to_verify",
        "drafted_by", "published_by", "published_on",
    )  # fmt: skip
    column_searchable_list = ("licence_item.name", "licence_item.name_en", "licence_item.code")
    column_filters = ("status", "licence_item_id", "published_on")
    column_default_sort = ("id", True)
    form_columns = (
        "licence_item", "legal_basis", "statutory_limit", "statutory_unit",
        "promised_limit", "promised_unit", "clock_start", "warning_days", "delivery_limit",
        "duties_are_separated", "certificate_name", "certificate_series", "certificate_months",
        *MORE_RULES, *ELEMENT_COLUMNS,
    )  # fmt: skip
    children = VERSION_PARTS
    related = (("application", "item_version_id"), ("source_note", "item_version_id"))
    loads = (joinedload(ItemVersion.licence_item), selectinload(ItemVersion.sources))

    def details_context(self, row: ItemVersion) -> dict[str, Any]:
        context = super().details_context(row)
        url = item_url(row.licence_item.code, version=row.version_number)
        context["related_lists"].insert(0, (gettext("The item on one page"), url))
        return context

    def _after_save(self, row: ItemVersion) -> str:
        if "_add_another" in request.form:
            return self._here()
        return item_url(row.licence_item.code, version=row.version_number)


class StepDefinitionView(PartOfDraft):
    """The steps of a version, in their order."""

    model = StepDefinition
    column_list = ("item_version", "position", "name", "duty", "limit_days", "is_key")
    column_details_list = ("item_version", *STEP_COLUMNS)
    column_searchable_list = ("name", "name_en")
    column_filters = ("duty", "is_key", "item_version_id")
    form_columns = ("item_version", *STEP_COLUMNS)
    loads = (joinedload(StepDefinition.item_version).joinedload(ItemVersion.licence_item),)


class MaterialRequirementView(PartOfDraft):
    """The materials that a version asks for."""

    model = MaterialRequirement
    column_list = ("item_version", "position", "name", "necessity", "copies")
    column_details_list = ("item_version", *MATERIAL_COLUMNS, *MATERIAL_ELEMENTS)
    column_searchable_list = ("name", "name_en")
    column_filters = ("necessity", "item_version_id")
    form_columns = ("item_version", *MATERIAL_COLUMNS, *MATERIAL_ELEMENTS)
    loads = (joinedload(MaterialRequirement.item_version).joinedload(ItemVersion.licence_item),)


class ItemConditionView(PartOfDraft):
    """The conditions that an applicant must meet."""

    model = ItemCondition
    column_list = ("item_version", "position", "name", "legal_basis")
    column_details_list = ("item_version", *CONDITION_COLUMNS)
    column_searchable_list = ("name", "name_en")
    column_filters = ("item_version_id",)
    form_columns = ("item_version", *CONDITION_COLUMNS)
    loads = (joinedload(ItemCondition.item_version).joinedload(ItemVersion.licence_item),)


VIEWS = (
    LicenceItemView, ItemVersionView, StepDefinitionView, MaterialRequirementView,
    ItemConditionView,
)  # fmt: skip
