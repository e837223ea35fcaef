"""Cases: who applies, the case itself, its steps and the materials handed in."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import Applicant, ApplicantIdentity, Application, ApplicationStep, SubmittedMaterial
from models.acts.asking import case_is_open, draft_is_its_applicants
from models.rules.identity import folded_number
from views.access import Verb
from views.forms.items import OfferedItemField
from views.panel.case.views import CasePages
from views.panel.engine.base import GuardedModelView
from views.panel.lists.cases import ApplicationList
from views.panel.lists.steps import StepList
from views.words.labels import column_label

PARTS = (
    "application_step", "submitted_material", "correction_notice", "clock_suspension",
    "deadline_extension", "decision", "certificate", "due_date_change", "finding",
    "green_lane", "warning", "fee_charge",
)  # fmt: skip


WRITES = frozenset({Verb.EDIT, Verb.DELETE})


class PartOfCase(GuardedModelView):
    """Rows that belong to a case: with a closed or an imported one they are read-only, and with a
    draft to all but its applicant."""

    def allows(self, verb: Verb, row: Any) -> bool:
        case = self.standing(getattr(row, "application", row))
        is_open = verb is Verb.DETAIL or case_is_open(case) is None
        if verb in WRITES:
            is_open = is_open and draft_is_its_applicants(case) is None
        return super().allows(verb, row) and is_open


def _folded(text: str | None) -> str:
    return folded_number(text or "")


# A number is taken as it is pasted, blanks and all.
A_NUMBER = {"identity_number": {"filters": [_folded]}}


class ApplicantView(GuardedModelView):
    """Persons and organisations that apply; a person's number is masked everywhere."""

    model = Applicant
    column_list = ("name", "kind", "identity_kind", "identity_number", "phone")
    column_details_list = (
        "name", "kind", "identity_kind", "identity_number", "is_without_number", "same_person",
        "phone", "address", "user",
    )  # fmt: skip
    column_searchable_list = ("name", "identity_number")
    column_filters = ("kind", "identity_kind")
    column_default_sort = ("id", True)
    form_columns = ("kind", "name", "identity_kind", "identity_number", "phone", "address")
    form_args = A_NUMBER
    related = (("application", "applicant_id"), ("applicant_identity", "applicant_id"))

    def edit_form(self, obj: Any = None) -> Any:
        """Who it is, is written once; another number takes its place by a proposal."""
        form = super().edit_form(obj)
        if obj.identity_number is not None:
            del form.kind, form.identity_kind, form.identity_number
        return form


class ApplicantIdentityView(GuardedModelView):
    """The numbers by which applicants are and were known, and what was proposed of them."""

    model = ApplicantIdentity
    column_list = (
        "applicant", "change", "identity_kind", "identity_number", "proposed_on", "confirmed_on",
        "rejected_on",
    )  # fmt: skip
    column_details_list = (
        "applicant", "change", "identity_kind", "identity_number", "other", "proof", "proof_on",
        "proposed_on", "proposed_by", "confirmed_on", "confirmed_by", "rejected_on", "rejected_by",
    )  # fmt: skip
    column_searchable_list = ("identity_number", "applicant.name")
    column_filters = ("change", "identity_kind", "confirmed_on", "applicant_id")
    column_default_sort = ("id", True)
    form_columns = (
        "applicant", "change", "identity_kind", "identity_number", "proof", "proof_on",
    )  # fmt: skip
    form_args = A_NUMBER


class ApplicationView(ApplicationList, CasePages, PartOfCase):
    """The cases."""

    model = Application
    form_columns = (
        "licence_item", "kind", "prior_certificate", "applicant", "channel", "summary",
        "agent_name", "agent_identity_number", "agent_phone",
    )  # fmt: skip
    form_parts = (
        (_("What is asked for"), ("licence_item", "kind", "prior_certificate", "summary")),
        (_("Who applies"), ("applicant", "channel")),
        (_("Who acts for the applicant"), ("agent_name", "agent_identity_number", "agent_phone")),
    )
    form_extra_fields = {  # noqa: RUF012 - Flask-Admin reads it
        "licence_item": OfferedItemField(column_label("", "licence_item")),
    }

    def get_edit_form(self) -> Any:
        # The item of a case and what is asked for are chosen once, when it is taken in.
        form = super().get_edit_form()
        chosen_once = {"licence_item": None, "kind": None, "prior_certificate": None}
        return type(form.__name__, (form,), chosen_once)

    def edit_form(self, obj: Any = None) -> Any:
        """Who applies, and how it came in, are facts once the case is received."""
        form = super().edit_form(obj)
        del form.applicant, form.channel
        return form


class ApplicationStepView(StepList, PartOfCase):
    """The steps of cases."""

    model = ApplicationStep
    column_details_list = (
        "application", "sequence", "step_definition", "stage_number", "duty", "status",
        "officer", "due_on", "opened_on", "done_on", "opinion",
    )  # fmt: skip
    column_searchable_list = ("application.number",)
    column_filters = ("status", "duty", "due_on", "application_id", "officer_id")
    column_default_sort = ("id", True)
    form_columns = ("opinion",)


class SubmittedMaterialView(PartOfCase):
    """The materials handed in for cases."""

    model = SubmittedMaterial
    column_list = ("application", "requirement", "copies", "received_on")
    column_details_list = column_list
    column_searchable_list = ("application.number",)
    column_filters = ("received_on", "application_id")
    column_default_sort = ("id", True)
    form_columns = ("application", "requirement", "copies")


VIEWS = (
    ApplicantView, ApplicantIdentityView, ApplicationView, ApplicationStepView,
    SubmittedMaterialView,
)  # fmt: skip
