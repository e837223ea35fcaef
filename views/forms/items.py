"""The field for an item of the catalogue, where somebody applies for it."""

from collections.abc import Iterator
from typing import Any

from wtforms.fields.choices import Choice

from models import LicenceItem
from models.database import db
from models.questions.catalogue import items_taking_applications
from views.current import current_day
from views.forms.references import ShortListField
from views.words.values import localised


class OfferedItemField(ShortListField):
    """The items that take applications today, at intake."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, model=LicenceItem, **options)
        self.flags.required = True

    def iter_choices(self) -> Iterator[Choice]:
        """The items by their code, after an empty choice."""
        yield Choice("", " ", self.data is None, {})
        for item in items_taking_applications(db.session(), current_day()):
            title = f"{item.code} · {localised(item, 'name')}"
            yield Choice(str(item.id), title, item is self.data, {})
