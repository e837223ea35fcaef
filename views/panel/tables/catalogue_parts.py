"""The parts of the catalogue beside steps and materials: fees, questions, sources, templates."""

from sqlalchemy.orm import joinedload

from models import (
    FeeCharge,
    FeeItem,
    FormerStep,
    ItemQuestion,
    ItemVersion,
    SourceNote,
    StepTemplate,
    TemplateStep,
)
from views.forms.columns import Children
from views.panel.engine.base import GuardedModelView
from views.panel.tables.cases import PartOfCase
from views.panel.tables.catalogue import PartOfDraft
from views.panel.tables.catalogue_columns import (
    FEE_COLUMNS,
    FORMER_COLUMNS,
    QUESTION_COLUMNS,
    SOURCE_COLUMNS,
    TEMPLATE_COLUMNS,
)


class FeeItemView(PartOfDraft):
    """The fees that a version publishes."""

    model = FeeItem
    column_list = ("item_version", "name", "amount_fen", "unit", "basis_level", "starts_on")
    column_details_list = ("item_version", *FEE_COLUMNS)
    column_searchable_list = ("name", "name_en")
    column_filters = ("basis_level", "item_version_id")
    form_columns = ("item_version", *FEE_COLUMNS)
    loads = (joinedload(FeeItem.item_version).joinedload(ItemVersion.licence_item),)


class ItemQuestionView(PartOfDraft):
    """What applicants ask about a version."""

    model = ItemQuestion
    column_list = ("item_version", "position", "question")
    column_details_list = ("item_version", *QUESTION_COLUMNS)
    column_searchable_list = ("question", "question_en")
    column_filters = ("item_version_id",)
    form_columns = ("item_version", *QUESTION_COLUMNS)
    loads = (joinedload(ItemQuestion.item_version).joinedload(ItemVersion.licence_item),)


class SourceNoteView(PartOfDraft):
    """Where the facts of a version come from, and which of them wait for a reader."""

    model = SourceNote
    column_list = ("item_version", "subject", "tag", "note", "is_verified")
    column_details_list = (
        "item_version", *SOURCE_COLUMNS, "verified_on", "verified_by",
    )  # fmt: skip
    column_searchable_list = ("subject", "note")
    column_filters = ("tag", "is_verified", "item_version_id")
    form_columns = ("item_version", *SOURCE_COLUMNS)
    loads = (joinedload(SourceNote.item_version).joinedload(ItemVersion.licence_item),)


class FormerStepView(GuardedModelView):
    """The steps of an item before the powers were brought together."""

    model = FormerStep
    column_list = ("licence_item", "position", "name", "post_name", "limit_days", "is_key")
    column_details_list = ("licence_item", *FORMER_COLUMNS)
    column_searchable_list = ("name", "name_en")
    column_filters = ("is_key", "licence_item_id")
    form_columns = ("licence_item", *FORMER_COLUMNS)
    loads = (joinedload(FormerStep.licence_item),)


class StepTemplateView(GuardedModelView):
    """The lines of steps that many items share."""

    model = StepTemplate
    column_list = ("code", "name", "is_former")
    column_details_list = ("code", "name", "name_en", "is_former")
    column_searchable_list = ("code", "name", "name_en")
    column_filters = ("is_former",)
    form_columns = ("code", "name", "name_en", "is_former")
    children = (Children("steps", TemplateStep, TEMPLATE_COLUMNS),)


class TemplateStepView(GuardedModelView):
    """The steps of the templates."""

    model = TemplateStep
    column_list = ("step_template", "position", "name", "post_name", "duty", "is_key")
    column_details_list = ("step_template", *TEMPLATE_COLUMNS)
    column_searchable_list = ("name", "name_en")
    column_filters = ("step_template_id",)
    form_columns = ("step_template", *TEMPLATE_COLUMNS)
    loads = (joinedload(TemplateStep.step_template),)


class FeeChargeView(PartOfCase):
    """What was charged in the cases, and what of it was paid."""

    model = FeeCharge
    column_list = (
        "application", "fee_item", "quantity", "amount_fen", "charged_on", "paid_on",
    )  # fmt: skip
    column_details_list = (*column_list, "charged_by", "receipt_number")
    column_searchable_list = ("application.number", "receipt_number")
    column_filters = ("charged_on", "paid_on", "application_id")
    column_default_sort = ("id", True)
    loads = (joinedload(FeeCharge.fee_item),)


VIEWS = (
    FeeItemView, ItemQuestionView, SourceNoteView, FormerStepView, StepTemplateView,
    TemplateStepView, FeeChargeView,
)  # fmt: skip
