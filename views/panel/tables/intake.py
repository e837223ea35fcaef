"""Intake: answers, lines of notices, bans, hand-overs, and pre-guidance with its checklist."""

from typing import Any, ClassVar

from flask import request
from flask_admin.form import BaseForm
from flask_babel import gettext
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from models import (
    ApplicantCorrection,
    ApplicationBan,
    CorrectionNoticeLine,
    EarlierReceipt,
    FirstContactHandover,
    IntakeAnswer,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
    PreGuidance,
    PreGuidanceMaterial,
)
from models.database import db
from models.questions.catalogue import published_version_of
from models.questions.materials import missing_for_guidance
from views.forms.columns import Children, KeptField
from views.forms.items import OfferedItemField
from views.panel.engine.base import GuardedModelView
from views.panel.tables.cases import PartOfCase
from views.requests import is_key
from views.words.labels import column_label
from views.words.values import localised


class IntakeAnswerView(PartOfCase):
    """The written answers to applications (Art. 32)."""

    model = IntakeAnswer
    column_list = ("number", "application", "result", "issued_on", "issued_by", "is_deemed")
    column_details_list = (*column_list, "proper_organ", "reasons")
    column_searchable_list = ("number",)
    column_filters = ("result", "issued_on", "application_id")
    column_default_sort = ("id", True)


class EarlierReceiptView(PartOfCase):
    """What came before it was entered (Art. 29)."""

    model = EarlierReceipt
    column_list = (
        "application", "came_on", "cause", "proof", "entered_on", "entered_by", "confirmed_on",
        "confirmed_by",
    )  # fmt: skip
    column_details_list = column_list
    column_searchable_list = ("application.number",)
    column_filters = ("cause", "came_on", "confirmed_on", "application_id")
    column_default_sort = ("id", True)


class CorrectionNoticeLineView(PartOfCase):
    """The materials that notices named as missing."""

    model = CorrectionNoticeLine
    column_list = ("notice", "requirement", "came_on")
    column_details_list = column_list
    column_filters = ("notice_id",)
    column_default_sort = ("id", True)


class ApplicationBanView(GuardedModelView):
    """Who may not apply for what, and until when (Art. 78, 79)."""

    model = ApplicationBan
    column_list = ("applicant", "licence_item", "cause", "starts_on", "ends_on")
    column_details_list = (*column_list, "application", "reasons")
    column_searchable_list = ("applicant.name",)
    column_filters = ("cause", "ends_on", "licence_item_id")
    column_default_sort = ("id", True)


class FirstContactHandoverView(PartOfCase):
    """How the first contact of cases was handed over (首问责任)."""

    model = FirstContactHandover
    column_list = ("application", "from_user", "to_user", "handed_on", "handed_by")
    column_details_list = (*column_list, "reason")
    column_searchable_list = ("application.number",)
    column_filters = ("handed_on", "application_id")
    column_default_sort = ("id", True)


class ApplicantCorrectionView(PartOfCase):
    """How a wrong applicant of a case was corrected before its acceptance."""

    model = ApplicantCorrection
    column_list = ("application", "from_applicant", "to_applicant", "corrected_on", "corrected_by")
    column_details_list = (*column_list, "reason")
    column_searchable_list = ("application.number",)
    column_filters = ("corrected_on", "application_id")
    column_default_sort = ("id", True)


# --- pre-guidance ----------------------------------------------------------------------------


def _version_of(item: LicenceItem | None) -> ItemVersion | None:
    """The version under which an application would be taken in today."""
    return published_version_of(db.session(), item.id) if item is not None else None


class GuidedItemField(OfferedItemField):
    """The item about which a visitor asks; guidance is given on its published version."""

    def populate_obj(self, obj: Any, name: str) -> None:
        obj.item_version = _version_of(self.data)


class TickedField(SelectMultipleField):  # type: ignore[misc]
    """The checklist of the item: what the visitor has brought."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def populate_obj(self, obj: Any, name: str) -> None:
        rows = [db.session.get_one(MaterialRequirement, key) for key in self.data or ()]
        obj.ticks = [PreGuidanceMaterial(requirement=row) for row in rows]


class GuidanceForm(BaseForm):  # type: ignore[misc]
    """The form of pre-guidance: its checklist is that of the item that was chosen."""

    def __init__(self, formdata: Any = None, obj: Any = None, **options: Any) -> None:
        super().__init__(formdata, obj, **options)
        version = _version_of(self.licence_item.data)
        materials = version.materials if version else ()
        self.ticked.choices = [(m.id, localised(m, "name")) for m in materials]
        if formdata is None and version is not None:
            self.checklist_of.data = str(version.id)

    def validate(self, *args: Any, **options: Any) -> bool:
        """Ask for ticks when the checklist of the chosen item was not on the page yet."""
        is_whole = super().validate(*args, **options)
        version = _version_of(self.licence_item.data)
        if version is None or self.checklist_of.data == str(version.id) or not version.materials:
            return bool(is_whole)
        self.checklist_of.data = str(version.id)
        words = gettext("Tick what the visitor has brought, then save again.")
        self.ticked.errors = [*self.ticked.errors, words]
        return False


class PreGuidanceView(GuardedModelView):
    """Who was advised of what before an application. No application needs it."""

    model = PreGuidance
    form_base_class = GuidanceForm
    column_list = ("guided_on", "item_version", "visitor_name", "outcome", "guided_by")
    column_details_list = (
        *column_list, "applicant", "channel", "kind", "has_agent", "proper_organ", "note",
        "application",
    )  # fmt: skip
    column_searchable_list = ("note",)
    column_filters = ("guided_on", "outcome", "item_version_id", "application_id")
    column_default_sort = ("id", True)
    form_columns = (
        "licence_item", "applicant", "visitor_name", "channel", "kind", "has_agent", "ticked",
        "outcome", "proper_organ", "note", "checklist_of",
    )  # fmt: skip
    form_extra_fields: ClassVar[dict[str, Any]] = {
        "licence_item": GuidedItemField(column_label("", "licence_item")),
        "ticked": TickedField(column_label("", "ticked"), coerce=int),
        "checklist_of": KeptField(),
    }
    children = ()

    def _prefill(self) -> dict[str, Any]:
        key = request.args.get("licence_item", "")
        item = db.session.get(LicenceItem, int(key)) if is_key(key) else None
        return {**super()._prefill(), **({"licence_item": item} if item else {})}

    def details_context(self, row: Any) -> dict[str, Any]:
        """The details, with the ticks and what the visitor still has to bring."""
        context = super().details_context(row)
        ticks = Children("ticks", PreGuidanceMaterial, ("requirement",))
        missing = missing_for_guidance(row.item_version, row)
        context["child_tables"] = [
            self._child_table(row, ticks),
            {
                "label": gettext("Materials that are missing"),
                "headings": [column_label("", "requirement")],
                "rows": [[str(localised(material, "name"))] for material in missing],
            },
        ]
        return context


class PreGuidanceMaterialView(GuardedModelView):
    """The materials that visitors had with them."""

    model = PreGuidanceMaterial
    column_list = ("pre_guidance", "requirement")
    column_details_list = column_list
    column_filters = ("pre_guidance_id",)
    column_default_sort = ("id", True)


VIEWS = (
    IntakeAnswerView, EarlierReceiptView, CorrectionNoticeLineView, ApplicationBanView,
    FirstContactHandoverView, ApplicantCorrectionView,
    PreGuidanceView, PreGuidanceMaterialView,
)  # fmt: skip
