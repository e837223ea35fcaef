"""Fields that refer to another row: a short list to choose from, or a search when it is long."""

from collections.abc import Iterator
from typing import Any

from flask_admin.model.ajax import AjaxModelLoader
from flask_admin.model.fields import AjaxSelectField
from markupsafe import Markup
from sqlalchemy import String, cast, false, inspect, or_, select
from wtforms.fields import SelectFieldBase
from wtforms.fields.choices import Choice
from wtforms.utils import unset_value
from wtforms.validators import ValidationError
from wtforms.widgets import Select, html_params

from models import Applicant
from models.database import db
from models.questions.applicants import applicants_of_number
from views.access import Verb, may, scope
from views.current import current_actor
from views.requests import is_key
from views.words.values import row_title

MOST_FOUND = 20
LONGEST_TERM = 60

# Tables that may grow beyond a short list → the columns by which a row is looked for.
SEARCHED: dict[str, tuple[str, ...]] = {
    "user_account": ("username", "display_name", "display_name_en"),
    "applicant": ("name", "identity_number"),
    "application": ("number",),
    "certificate": ("number", "holder_name"),
    "application_step": ("id",),
    "licence_item": ("code", "name", "name_en"),
    "item_version": ("id",),
    "step_definition": ("name", "name_en"),
    "material_requirement": ("name", "name_en"),
}


class RowLoader(AjaxModelLoader):  # type: ignore[misc]
    """Looks rows of one table up, as far as the reader may list them."""

    def __init__(self, name: str, model: Any) -> None:
        super().__init__(name, {})
        self.model = model
        self.table: str = model.__tablename__
        self.columns = [getattr(model, column) for column in SEARCHED[self.table]]

    def format(self, model: Any) -> tuple[int, str] | None:
        return (model.id, row_title(model)) if model is not None else None

    def _visible(self) -> Any:
        """A query of the rows that the reader may list."""
        actor = current_actor()
        query = db.session.query(self.model)
        if not may(actor, self.table, Verb.LIST):
            return query.filter(false())
        criterion = scope(actor, self.table, Verb.LIST)
        return query if criterion is None else query.filter(criterion)

    def get_one(self, pk: Any) -> Any:
        text = str(pk or "").partition(" ")[0]
        if is_key(text):
            found = self._visible().filter(self.model.id == int(text)).one_or_none()
        else:
            found = None
        return found or self._of_number(str(pk or ""))

    def _of_number(self, text: str) -> Any:
        """The one applicant whose number, now or formerly, was typed whole."""
        if self.model is not Applicant or not text.strip():
            return None
        found = applicants_of_number(db.session(), text)
        if len(found) != 1:
            return None
        return self._visible().filter(self.model.id == found[0].id).one_or_none()

    def get_list(self, query: str, offset: int = 0, limit: int = MOST_FOUND) -> list[Any]:
        matches = or_(
            *(cast(column, String).icontains(query, autoescape=True) for column in self.columns)
        )
        found = self._visible().filter(matches).order_by(self.model.id)
        return list(found.offset(offset).limit(min(limit, MOST_FOUND)))


class ReferenceWidget:
    """A text input with suggestions. The number in front of a suggestion is what counts."""

    def __call__(self, field: "ReferenceField", **attributes: Any) -> Markup:
        list_id = f"{field.id}-found"
        attributes.update(
            {
                "id": field.id,
                "type": "text",
                "value": field.shown(),
                "list": list_id,
                "autocomplete": "off",
                "data-lookup": field.loader.name,
            }
        )
        params = html_params(name=field.name, **attributes)
        return Markup(f'<input {params}><datalist id="{list_id}"></datalist>')  # noqa: S704


class ReferenceField(AjaxSelectField):  # type: ignore[misc]
    """A reference that is typed or searched. What names no row is an error, not an empty value."""

    widget = ReferenceWidget()

    def process_formdata(self, valuelist: Any) -> None:
        self._typed = (valuelist[0] if valuelist else "").strip()
        self._formdata = None
        self._data = self.loader.get_one(self._typed) if self._typed else None

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self._typed = None
        super().process(formdata, data, extra_filters)

    def shown(self) -> str:
        """The number and the title of the row; what was typed, when it named none."""
        if self.data is None:
            return self._typed or ""
        key, title = self.loader.format(self.data)
        return f"{key} · {title}"

    def pre_validate(self, form: Any) -> None:
        if self._typed and self.data is None:
            raise ValidationError(self.gettext("Not a valid choice"))
        super().pre_validate(form)


class ShortListField(SelectFieldBase):  # type: ignore[misc]
    """A reference chosen from a short list."""

    widget = Select()

    def __init__(self, *args: Any, model: Any, allow_blank: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.model = model
        self.allow_blank = allow_blank

    def iter_choices(self) -> Iterator[Choice]:
        """The rows in the order in which they were made."""
        if self.allow_blank or self.data is None:
            yield Choice("", " ", self.data is None, {})
        for row in db.session.scalars(select(self.model).order_by(self.model.id)):
            yield Choice(str(row.id), row_title(row), row is self.data, {})

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        self.data = db.session.get(self.model, int(typed)) if is_key(typed) else None
        if typed and self.data is None:
            raise ValueError(self.gettext("Not a valid choice"))


def reference_field(model: Any, loader: RowLoader | None, **options: Any) -> Any:
    """The field for a reference to ``model``."""
    if loader is not None:
        return ReferenceField(loader, **options)
    return ShortListField(model=model, **options)


def loaders_for(model: Any, columns: tuple[str, ...]) -> dict[str, RowLoader]:
    """A loader for every reference among ``columns`` whose table may be long."""
    relations = inspect(model).relationships
    return {
        name: RowLoader(name, relations[name].mapper.class_)
        for name in columns
        if name in relations and relations[name].mapper.class_.__tablename__ in SEARCHED
    }
