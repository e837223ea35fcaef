"""Supervision orders: a list with tabs, the addressee's answer, the leader's closing."""

from collections.abc import Iterator
from typing import Any

from flask import abort, request
from flask_admin.form import BaseForm
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement
from wtforms.validators import DataRequired

from models import SupervisionOrder
from models.acts.supervision import order_waits_for_closing
from models.questions.orders import CONDITIONS, OrderState
from views.access import Verb
from views.current import current_actor, current_day
from views.forms.officers import officer_field
from views.panel.engine.listing import Asked
from views.panel.engine.staged import StagedView
from views.panel.lists.steps import StepTab

TABS: dict[OrderState, LazyString] = {
    OrderState.OPEN: _("Open orders"),
    OrderState.OVERDUE: _("Unanswered past due"),
    OrderState.ANSWERED: _("Answered"),
    OrderState.CLOSED: _("Closed"),
    OrderState.ALL: _("All"),
}


class SupervisionOrderView(StagedView):
    """The orders of the leaders; an officer sees those received."""

    model = SupervisionOrder
    list_template = "panel/step_list.html"
    tab_names = tuple(state.lower() for state in TABS)
    edit_template = "panel/order_form.html"
    column_list = (
        "kind", "addressee", "application", "ordered_on", "answer_due_on", "answered_on",
        "accepted_on",
    )  # fmt: skip
    column_details_list = (
        "kind", "addressee", "application", "licence_item", "text", "ordered_on", "ordered_by",
        "answer_days", "answer_due_on", "answer", "answered_on", "return_reason", "returned_on",
        "returned_count", "accepted_by", "accepted_on",
    )  # fmt: skip
    column_searchable_list = ("text", "application.number")
    column_filters = (
        "kind", "ordered_on", "answer_due_on", "answered_on", "accepted_on", "addressee_id",
        "application_id",
    )  # fmt: skip
    column_default_sort = ("answer_due_on", False)
    begins_with = ("addressee", "kind", "text", "answer_days", "application", "licence_item")
    goes_on_with = ("answer", "return_reason")
    named_in_links = ("addressee",)
    form_columns = (*begins_with, *goes_on_with)
    form_extra_fields = {  # noqa: RUF012 - Flask-Admin reads it
        "addressee": officer_field("supervision_order", "addressee"),
    }
    form_args = {  # noqa: RUF012 - Flask-Admin reads it
        "answer": {"validators": [DataRequired()]},
        "return_reason": {"validators": [DataRequired()]},
    }

    def allows(self, verb: Verb, row: Any) -> bool:
        """The addressee answers; then a leader closes the order or sends it back."""
        if not super().allows(verb, row):
            return False
        is_mine = row.addressee_id == current_actor().user_id
        if verb is not Verb.EDIT:
            return True
        waits = order_waits_for_closing(self.standing(row)) is None
        return waits or (is_mine and row.answered_on is None)

    def edit_form(self, obj: Any = None) -> BaseForm:
        form = super().edit_form(obj)
        if obj is not None:
            del form["return_reason" if obj.answered_on is None else "answer"]
        return form

    @staticmethod
    def _tab() -> OrderState:
        name = request.args.get("tab", "open").upper()
        return OrderState[name] if name in OrderState.__members__ else abort(400)

    def _criterion(self) -> ColumnElement[bool]:
        return CONDITIONS[self._tab()](current_day())

    def get_query(self, verb: Verb = Verb.LIST) -> Any:
        query = super().get_query(verb)
        return query.filter(self._criterion()) if verb is Verb.LIST else query

    def get_count_query(self) -> Any:
        return super().get_count_query().filter(self._criterion())

    def list_context(self, asked: Asked, count: int, rows: list[Any]) -> dict[str, Any]:
        return {**super().list_context(asked, count, rows), "tabs": list(self._tabs(asked))}

    def _tabs(self, asked: Asked) -> Iterator[StepTab]:
        for state, label in TABS.items():
            found = super().get_count_query().filter(CONDITIONS[state](current_day()))
            url = self.list_url(tab=state.lower(), page=None)
            yield StepTab(url, label, self.narrowed(found, asked).scalar(), state is self._tab())
