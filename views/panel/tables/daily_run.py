"""What time does by itself: warnings, daily runs, calendar revisions; and the green lane."""

from models import CalendarRevision, CaseWarning, DailyRun, GreenLane
from views.panel.engine.base import GuardedModelView
from views.panel.tables.cases import PartOfCase


class GreenLaneView(PartOfCase):
    """The cases that were to go before the others."""

    model = GreenLane
    column_list = ("application", "requested_on", "requested_by", "approved_on", "approved_by")
    column_details_list = ("application", "reason", *column_list[1:])
    column_searchable_list = ("application.number",)
    column_filters = ("requested_on", "approved_on", "application_id")
    column_default_sort = ("id", True)


class CaseWarningView(PartOfCase):
    """The warnings that were given, each once for each due date."""

    model = CaseWarning
    column_list = ("application", "kind", "due_on", "warned_on", "officer")
    column_details_list = column_list
    column_searchable_list = ("application.number",)
    column_filters = ("kind", "due_on", "warned_on", "officer_id", "application_id")
    column_default_sort = ("id", True)


class DailyRunView(GuardedModelView):
    """The days on which time did what it does by itself."""

    model = DailyRun
    column_list = ("day", "deemed_accepted", "deemed_renewed", "expired", "terminated", "warned")
    column_details_list = column_list
    column_filters = ("day",)
    column_default_sort = ("day", True)


class CalendarRevisionView(GuardedModelView):
    """How open cases were reckoned again after the calendar changed."""

    model = CalendarRevision
    column_list = (
        "created_on", "notice", "first_day", "next_case_id", "cases_changed", "finished_at",
    )  # fmt: skip
    column_details_list = column_list
    column_filters = ("created_on",)
    column_default_sort = ("id", True)


VIEWS = (GreenLaneView, CaseWarningView, DailyRunView, CalendarRevisionView)
