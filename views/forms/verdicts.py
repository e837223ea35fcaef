"""The verdicts on the conditions of a case, as one field: met or not met, with a note."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from models import Application, ItemCondition
from models.acts.act import LONGEST_TEXT
from views.words.values import localised

MET = {"met": True, "unmet": False}


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One condition as the form shows it. ``is_met`` None: nobody has judged it yet."""

    name: str
    is_met: bool | None
    note: str
    input_name: str
    note_name: str


class VerdictsField(Field):  # type: ignore[misc]
    """Met or not met, with a note, for each condition of the case. Nothing is chosen beforehand.

    Its data are the verdicts that were chosen; whether one is missing is judged by the rules.
    """

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, {}, extra_filters)
        self.sent = formdata
        self.rows: list[VerdictRow] = []

    def offer(self, case: Application) -> None:
        """Ask about the conditions of a case; what was given before is shown."""
        given = {v.item_condition_id: (v.is_met, v.note) for v in case.verdicts}
        self.data = {}
        for condition in case.item_version.conditions:
            is_met, note = self._chosen(condition) if self.sent else given.get(
                condition.id, (None, "")
            )  # fmt: skip
            key = f"{self.name}-{condition.id}"
            name = str(localised(condition, "name"))
            self.rows.append(VerdictRow(name, is_met, note, key, f"{key}-note"))
            if is_met is not None:
                self.data[condition] = (is_met, note)

    def _chosen(self, condition: ItemCondition) -> tuple[bool | None, str]:
        key = f"{self.name}-{condition.id}"
        return MET.get(self.sent.get(key, "")), (self.sent.get(f"{key}-note") or "").strip()

    def as_typed(self) -> str:
        """The verdicts that were chosen, and the notes, a line for each condition."""
        words = {True: _("Met"), False: _("Not met"), None: ""}
        lines = (
            " ".join(str(part) for part in (f"{row.name}:", words[row.is_met], row.note) if part)
            for row in self.rows
            if row.is_met is not None or row.note
        )
        return "\n".join(lines)

    def pre_validate(self, form: Any) -> None:
        if any(len(row.note) > LONGEST_TEXT for row in self.rows):
            raise ValidationError(str(_("A note is too long.")))

    def given(self) -> Any:
        """The verdicts that were chosen, by condition."""
        return self.data
