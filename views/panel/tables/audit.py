"""Oversight: the audit log and its end, and what imported history shows."""

from models import AuditEntry, AuditHead, Finding
from views.panel.engine.base import GuardedModelView
from views.panel.tables.cases import PartOfCase


class FindingView(PartOfCase):
    """What the rules would have refused in recorded history."""

    model = Finding
    column_list = ("application", "code", "detail")
    column_details_list = column_list
    column_searchable_list = ("application.number", "code")
    column_filters = ("code", "application_id")
    column_default_sort = ("id", True)


class AuditEntryView(GuardedModelView):
    """Who changed what, when. It only grows."""

    model = AuditEntry
    column_list = ("id", "recorded_at", "actor_name", "verb", "subject_table", "subject_id")
    column_details_list = (
        *column_list, "effective_on", "changes", "previous_hash", "hash",
    )  # fmt: skip
    column_export_list = (*column_list, "effective_on", "changes", "previous_hash", "hash")
    column_searchable_list = ("actor_name", "subject_table")
    column_filters = ("verb", "actor_name", "subject_table", "subject_id", "effective_on")
    column_default_sort = ("id", True)


class AuditHeadView(GuardedModelView):
    """The end of the audit chain."""

    model = AuditHead
    column_list = ("entries", "hash")
    column_details_list = column_list


VIEWS = (FindingView, AuditEntryView, AuditHeadView)
