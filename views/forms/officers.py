"""Officers to choose from: a short list that every writer may see, whoever lists the accounts."""

from collections.abc import Iterator
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields.choices import Choice
from wtforms.widgets import CheckboxInput, ListWidget

from models import SupervisionInspector, User
from models.database import db
from models.enums import Duty
from models.questions.people import officers_on_duty
from models.rules.duties import CASEWORK
from views.current import current_day
from views.forms.references import ShortListField
from views.words.labels import column_label
from views.words.values import localised, row_title


class OfficerField(ShortListField):
    """One officer, chosen from those of today."""

    def __init__(
        self, *args: Any, duties: frozenset[Duty] = CASEWORK, is_needed: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, model=User, allow_blank=not is_needed, **options)
        self.duties = duties
        self.flags.required = is_needed

    def iter_choices(self) -> Iterator[Choice]:
        """The officers, after an empty choice; one chosen earlier stays among them."""
        yield Choice("", " ", self.data is None, {})
        officers = list(officers_on_duty(db.session(), current_day(), self.duties))
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
        return [
            (user.id, str(localised(user, "display_name")))
            for user in officers_on_duty(db.session(), current_day())
        ]

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
