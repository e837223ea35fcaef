"""Absences, and work that goes from one officer to another: preview, confirm, see what moved."""

from typing import Any

from flask import request
from flask_admin.form import BaseForm
from flask_babel import lazy_gettext as _

from models import Absence, Reassignment, ReassignmentLine
from models.acts.reassignment import carry_out, preview, why_not_ordered
from models.database import db
from models.errors import RuleViolation
from views.access import Verb, may
from views.current import current_actor, current_day, token_expired
from views.forms.officers import officer_field
from views.panel.engine.base import Children, GuardedModelView
from views.panel.engine.lock import Page
from views.panel.engine.staged import StagedView
from views.words.labels import column_label
from views.words.messages import words_of, words_of_another
from views.words.values import SPECIAL, show

# The table of cells stands below the words, and cannot ask for them itself.
SPECIAL["reassignment_line", "code"] = lambda row: (
    words_of_another(RuleViolation(row.code)) if row.code else "–"
)

LINES = Children("lines", ReassignmentLine, ("application_step", "outcome", "code"))


class AbsenceView(StagedView):
    """Who is away, and who stands in."""

    model = Absence
    details_template = "panel/absence.html"
    column_list = ("user", "first_day", "last_day", "reason", "substitute")
    column_details_list = (*column_list, "entered_by")
    column_searchable_list = ("user.display_name",)
    column_filters = ("first_day", "last_day", "reason", "user_id")
    column_default_sort = ("first_day", True)
    begins_with = ("user", "first_day", "last_day", "reason", "substitute")
    goes_on_with = ("first_day", "last_day", "reason", "substitute")
    form_columns = begins_with
    named_in_links = ("user",)
    form_extra_fields = {  # noqa: RUF012 - Flask-Admin reads it
        "user": officer_field("absence", "user"),
        "substitute": officer_field("absence", "substitute"),
    }

    def details_context(self, row: Any) -> dict[str, Any]:
        url = self.get_url(
            "reassignment.create_view", from_user=row.user_id, to_user=row.substitute_id
        )
        offered = may(current_actor(), "reassignment", Verb.CREATE)
        return {**super().details_context(row), "hand_over_url": url if offered else None}


class ReassignmentView(StagedView):
    """The reassignments that leaders ordered, and what became of them."""

    model = Reassignment
    create_template = "panel/reassignment_form.html"
    column_list = ("from_user", "to_user", "effective_on", "asked_on", "asked_by", "done_on")
    column_details_list = ("from_user", "to_user", "effective_on", "reason", *column_list[3:])
    column_searchable_list = ("reason",)
    column_filters = ("effective_on", "done_on", "from_user_id", "to_user_id")
    column_default_sort = ("id", True)
    begins_with = ("from_user", "to_user", "effective_on", "reason")
    form_columns = begins_with
    form_extra_fields = {  # noqa: RUF012 - Flask-Admin reads it
        "from_user": officer_field("reassignment", "from_user"),
        "to_user": officer_field("reassignment", "to_user"),
    }
    named_in_links = ("from_user", "to_user")
    form_args = {"effective_on": {"default": current_day}}  # noqa: RUF012 - Flask-Admin reads it

    def details_context(self, row: Any) -> dict[str, Any]:
        context = super().details_context(row)
        return {**context, "child_tables": [self._child_table(row, LINES)]}

    def _handle_form(self, form: BaseForm, row: Any) -> Page:
        """First show what would move; nothing is written before that was confirmed."""
        if "_confirmed" in request.form or token_expired() or not form.validate():
            return super()._handle_form(form, row)
        people = form.from_user.data, form.to_user.data
        if problem := why_not_ordered(*people, form.effective_on.data, current_day()):
            return self.form_page(form, row, status=422, problems=[words_of(problem)])
        form.preview = [
            (show(step), show(step.due_on), refusal and words_of_another(refusal))
            for step, refusal in preview(
                db.session(), form.from_user.data.id, form.to_user.data.id, form.effective_on.data
            )
        ]
        form.preview_headings = [
            column_label("", "application_step"), column_label("", "due_on"), _("What happens"),
        ]  # fmt: skip
        return self.form_page(form, row)

    def _save(self, form: BaseForm, row: Any) -> Any:
        reassignment = super()._save(form, row)
        if reassignment.effective_on <= current_day():
            carry_out(db.session(), reassignment, current_day())
        return reassignment


class ReassignmentLineView(GuardedModelView):
    """The steps of all reassignments: moved, or not and why."""

    model = ReassignmentLine
    column_list = ("reassignment", "application_step", "outcome", "code")
    column_details_list = column_list
    column_searchable_list = ("code",)
    column_filters = ("outcome", "reassignment_id")
    column_default_sort = ("id", True)
