"""Officers to choose from: a short list that every writer may see, whoever lists the accounts."""

from collections.abc import Iterator
from typing import Any, ClassVar

from flask import request
from flask_admin.form import BaseForm
from sqlalchemy import select
from wtforms import SelectMultipleField
from wtforms.fields.choices import Choice
from wtforms.widgets import CheckboxInput, ListWidget

from models import RoleGrant, SupervisionInspector, User
from models.database import db
from models.enums import Duty
from models.queries import holds_on
from views.current import current_day
from views.panel.base import GuardedModelView
from views.panel.columns import localised, row_title
from views.panel.labels import column_label
from views.panel.references import ShortListField
from views.requests import is_key

OFFICE = (
    Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.HEAD, Duty.SUPERVISION,
)  # fmt: skip


def officers_today(duties: tuple[Duty, ...] = OFFICE) -> list[User]:
    """Who holds one of ``duties`` today, in the order of their accounts."""
    statement = (
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.duty.in_(duties), holds_on(RoleGrant, current_day()), User.is_active)
        .distinct()
        .order_by(User.id)
    )
    return list(db.session.scalars(statement))


class OfficerField(ShortListField):
    """One officer, chosen from those of today."""

    def __init__(
        self, *args: Any, duties: tuple[Duty, ...] = OFFICE, is_needed: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, model=User, allow_blank=not is_needed, **options)
        self.duties = duties
        self.flags.required = is_needed

    def iter_choices(self) -> Iterator[Choice]:
        """The officers, after an empty choice; one chosen earlier stays among them."""
        yield Choice("", " ", self.data is None, {})
        officers = officers_today(self.duties)
        if self.data is not None and self.data not in officers:
            officers.append(self.data)
        for user in officers:
            yield Choice(str(user.id), row_title(user), user is self.data, {})


def officer_field(table: str, column: str, *, is_needed: bool = True, **options: Any) -> Any:
    """The field of ``column``, which names an officer."""
    return OfficerField(column_label(table, column), is_needed=is_needed, **options)


class InspectorsField(SelectMultipleField):  # type: ignore[misc]
    """The persons who carried a check out, ticked from the officers of today."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, coerce=int, choices=self._officers, **options)

    @staticmethod
    def _officers() -> list[tuple[int, str]]:
        return [(user.id, str(localised(user, "display_name"))) for user in officers_today()]

    def process_data(self, value: Any) -> None:
        self.data = [inspector.user_id for inspector in value or ()]

    def populate_obj(self, obj: Any, name: str) -> None:
        wanted = set(self.data or ())
        for inspector in list(obj.inspectors):
            if inspector.user_id not in wanted:
                db.session.delete(inspector)
        present = {inspector.user_id for inspector in obj.inspectors}
        for key in sorted(wanted - present):
            obj.inspectors.append(SupervisionInspector(user_id=key))


class StagedView(GuardedModelView):
    """A table whose rows are begun with some fields and carried on with others."""

    begins_with: ClassVar[tuple[str, ...]] = ()
    goes_on_with: ClassVar[tuple[str, ...]] = ()
    # Officers whom the link to a new row may already name.
    named_in_links: ClassVar[tuple[str, ...]] = ()

    def get_create_form(self) -> type[BaseForm]:
        return self._only(super().get_create_form(), self.begins_with)

    def get_edit_form(self) -> type[BaseForm]:
        return self._only(super().get_edit_form(), self.goes_on_with)

    def _only(self, form: type[BaseForm], kept: tuple[str, ...]) -> type[BaseForm]:
        dropped = {name: None for name in self.form_columns if name not in kept}
        return type(form.__name__, (form,), dropped)

    def _prefill(self) -> dict[str, Any]:
        chosen = {
            name: db.session.get(User, int(value))
            for name, value in request.args.items()
            if name in self.named_in_links and is_key(value)
        }
        return {**super()._prefill(), **chosen}
