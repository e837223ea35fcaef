"""The supervision of permit holders, referrals, complaints and ratings."""

from typing import Any

from models import (
    Complaint,
    Rectification,
    Referral,
    ServiceRating,
    SupervisionInspector,
    SupervisionRecord,
)
from models.rules.duties import LEADERS
from views.access import Verb
from views.forms.officers import InspectorsField, officer_field
from views.panel.engine.base import Children, GuardedModelView
from views.panel.engine.filters import Filter
from views.panel.engine.staged import StagedView
from views.panel.lists.done_filters import rating_filters_of_the_board
from views.panel.tables.orders import SupervisionOrderView
from views.panel.tables.reassignments import AbsenceView, ReassignmentLineView, ReassignmentView
from views.words.labels import column_label

INSPECTORS = Children("inspectors", SupervisionInspector, ("user",))


class SupervisionRecordView(GuardedModelView):
    """The records of checks; signed by two, they are fixed (Art. 61)."""

    model = SupervisionRecord
    column_list = ("certificate", "visited_on", "kind", "result", "correct_by_on", "signed_on")
    column_details_list = (
        "certificate", "visited_on", "kind", "findings", "result", "correct_by_on",
        "corrected_on", "signed_on", "is_public",
    )  # fmt: skip
    column_searchable_list = ("certificate.number", "findings")
    column_filters = ("visited_on", "kind", "result", "signed_on", "certificate_id")
    column_default_sort = ("id", True)
    form_columns = (
        "certificate", "visited_on", "kind", "findings", "result", "correct_by_on", "is_public",
        "inspectors",
    )  # fmt: skip
    form_extra_fields = {  # noqa: RUF012 - Flask-Admin reads it
        "inspectors": InspectorsField(column_label("", "inspectors")),
    }

    def allows(self, verb: Verb, row: Any) -> bool:
        is_signed = row.signed_on is not None
        return super().allows(verb, row) and not (verb is Verb.EDIT and is_signed)

    def details_context(self, row: Any) -> dict[str, Any]:
        context = super().details_context(row)
        return {**context, "child_tables": [self._child_table(row, INSPECTORS)]}


class SupervisionInspectorView(GuardedModelView):
    """Who carried checks out."""

    model = SupervisionInspector
    column_list = ("record", "user")
    column_details_list = column_list
    column_filters = ("record_id", "user_id")
    column_default_sort = ("id", True)


class ReferralView(StagedView):
    """The violations reported to, and by, other organs (Art. 64)."""

    model = Referral
    column_list = ("direction", "organ", "holder_name", "referred_on", "handled_on")
    column_details_list = (
        "direction", "organ", "certificate", "holder_name", "facts", "referred_on",
        "referred_by", "handled_on", "outcome",
    )  # fmt: skip
    column_searchable_list = ("organ", "holder_name", "facts")
    column_filters = ("direction", "referred_on", "handled_on")
    column_default_sort = ("id", True)
    begins_with = ("direction", "organ", "certificate", "holder_name", "facts")
    goes_on_with = ("outcome",)
    form_columns = (*begins_with, *goes_on_with)

    def allows(self, verb: Verb, row: Any) -> bool:
        return super().allows(verb, row) and (verb is not Verb.EDIT or row.handled_on is None)


class ComplaintView(StagedView):
    """The complaints; never shown to the person complained of."""

    model = Complaint
    column_list = (
        "id", "received_on", "channel", "officer", "handle_due_on", "handler", "answered_on",
    )  # fmt: skip
    column_details_list = (
        "id", "received_on", "channel", "complainant_name", "complainant_phone", "application",
        "certificate", "officer", "text", "accepted_by", "handling_days", "handle_due_on",
        "handler", "outcome", "answered_on",
    )  # fmt: skip
    column_searchable_list = ("text",)
    column_filters = ("received_on", "channel", "handle_due_on", "answered_on", "handler_id")
    column_default_sort = ("id", True)
    begins_with = (
        "channel", "complainant_name", "complainant_phone", "application", "certificate",
        "officer", "text", "handling_days",
    )  # fmt: skip
    goes_on_with = ("handler", "outcome")
    form_columns = (*begins_with, *goes_on_with)
    form_extra_fields = {  # noqa: RUF012 - Flask-Admin reads it
        "officer": officer_field("complaint", "officer", is_needed=False),
        "handler": officer_field("complaint", "handler", is_needed=False, duties=LEADERS),
    }

    def allows(self, verb: Verb, row: Any) -> bool:
        is_open = verb is Verb.DETAIL or row.answered_on is None
        return super().allows(verb, row) and is_open


class ServiceRatingView(GuardedModelView):
    """What applicants think of the service."""

    model = ServiceRating
    column_list = ("application", "level", "is_follow_up", "rated_on", "channel")
    column_details_list = (*column_list, "text")
    column_searchable_list = ("application.number",)
    column_filters = ("level", "rated_on", "is_follow_up", "application_id")
    column_default_sort = ("id", True)
    form_columns = ("application", "level", "text")
    related = (("rectification", "rating_id"),)

    def get_filters(self) -> list[Filter] | None:
        return [*(super().get_filters() or ()), *rating_filters_of_the_board()]


class RectificationView(StagedView):
    """How bad ratings were put right."""

    model = Rectification
    column_list = (
        "rating", "contact_due_on", "contacted_on", "rectify_due_on", "rectified_on", "handler",
    )  # fmt: skip
    column_details_list = (*column_list, "result")
    column_searchable_list = ("result",)
    column_filters = (
        "contact_due_on", "rectify_due_on", "contacted_on", "rectified_on", "rating_id",
    )  # fmt: skip
    column_default_sort = ("rectify_due_on", False)
    goes_on_with = ("result",)
    form_columns = goes_on_with

    def allows(self, verb: Verb, row: Any) -> bool:
        """Rectified once."""
        is_over = verb is Verb.EDIT and row.rectified_on is not None
        return super().allows(verb, row) and not is_over


VIEWS = (
    SupervisionOrderView, AbsenceView, ReassignmentView, ReassignmentLineView,
    SupervisionRecordView, SupervisionInspectorView, ReferralView, ComplaintView,
    ServiceRatingView, RectificationView,
)  # fmt: skip
