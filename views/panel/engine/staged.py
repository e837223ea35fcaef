"""A table whose rows are begun by one person and carried on by another."""

from typing import Any, ClassVar

from flask import request
from flask_admin.form import BaseForm

from models import User
from models.database import db
from views.panel.engine.base import GuardedModelView
from views.requests import is_key


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
