"""What moves a due date: notices, suspensions, extensions, and the history."""

from models import (
    ClockSuspension,
    CorrectionNotice,
    DeadlineExtension,
    DueDateChange,
)
from views.panel.engine.filters import Filter
from views.panel.lists.done_filters import notice_filters_of_the_board
from views.panel.tables.cases import PartOfCase


class CorrectionNoticeView(PartOfCase):
    """The notices that named everything missing to applicants, once."""

    model = CorrectionNotice
    column_list = ("application", "issued_on", "issued_by", "answered_on")
    column_details_list = (
        "application", "missing", "issued_on", "issued_by", "answered_on", "reason",
        "requested_on", "requested_by", "approved_on", "approved_by",
    )  # fmt: skip
    column_searchable_list = ("application.number",)
    column_filters = ("issued_on", "application_id")
    column_default_sort = ("id", True)
    form_columns = ("application", "missing", "reason")
    related = (("correction_notice_line", "notice_id"),)

    def get_filters(self) -> list[Filter] | None:
        return [*(super().get_filters() or ()), *notice_filters_of_the_board()]


class ClockSuspensionView(PartOfCase):
    """The pauses of the eight procedures of Art. 45."""

    model = ClockSuspension
    column_list = ("application", "kind", "started_on", "planned_end_on", "ended_on")
    column_details_list = (*column_list, "notice_number", "reason")
    column_searchable_list = ("application.number", "notice_number")
    column_filters = ("kind", "started_on", "ended_on", "application_id")
    column_default_sort = ("id", True)
    form_columns = ("application", "kind", "planned_end_on", "notice_number", "reason")


class DeadlineExtensionView(PartOfCase):
    """The extensions that were asked for, and whether they were approved."""

    model = DeadlineExtension
    column_list = ("application", "days", "requested_on", "approved_on")
    column_details_list = (
        "application", "days", "reason", "requested_on", "requested_by", "approved_on",
        "approved_by", "approval_document",
    )  # fmt: skip
    column_searchable_list = ("application.number",)
    column_filters = ("requested_on", "approved_on", "application_id")
    column_default_sort = ("id", True)
    form_columns = ("application", "days", "reason")


class DueDateChangeView(PartOfCase):
    """The due-date history of cases: it only grows."""

    model = DueDateChange
    column_list = (
        "application", "effective_on", "cause", "due_on", "statutory_due_on", "is_paused",
        "is_closed",
    )  # fmt: skip
    column_details_list = (*column_list, "recorded_at")
    column_searchable_list = ("application.number",)
    column_filters = ("cause", "effective_on", "application_id")
    column_default_sort = ("id", True)


VIEWS = (
    CorrectionNoticeView, ClockSuspensionView, DeadlineExtensionView, DueDateChangeView,
)  # fmt: skip
