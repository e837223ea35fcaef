"""What is done to many rows at once, as a table: each act with its form and its deed.

An act does nothing of its own: it calls the deed that the page of one row calls, and the rules
judge it at the flush, once for each row. So the preview cannot differ from what is done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_admin.form import BaseForm
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models.enums import Duty
from models.errors import RuleViolation
from views.access import Verb
from views.panel.engine.records import RowAction
from views.words.messages import words_of

# What came of a deed, in words: asked for when the rules have derived what follows from it.
Told = Callable[[], str]


def _words(_row: Any, refusal: RuleViolation) -> str:
    return words_of(refusal)


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act on chosen rows. ``deed`` raises what stands against it beforehand.

    ``duties``: whose act it is; None leaves it to the access table. ``refused`` says a refusal in
    the reader's words. ``fits``: whether the view is asked if the row's state allows an act.
    """

    name: str
    label: LazyString
    deed: Callable[[Any, Any], Told]
    verb: Verb = Verb.ACT
    duties: frozenset[Duty] | None = None
    form: type[BaseForm] = BaseForm
    refused: Callable[[Any, RuleViolation], str] = _words
    asks_the_view: bool = False

    @property
    def has_fields(self) -> bool:
        """Whether a person types something with it, once for all rows."""
        return self.form is not BaseForm


def of_row_action(action: RowAction) -> BulkAct:
    """A deed that the page of a row offers, done to many rows."""

    def deed(row: Any, _form: Any) -> Told:
        action.run(row)
        return lambda: str(action.label)

    return BulkAct(action.name, action.label, deed, asks_the_view=True)


def _nothing(_row: Any, _form: Any) -> Told:
    return lambda: ""


# A download changes nothing, so there is nothing to look at beforehand.
EXPORT = BulkAct("export", _("Export the chosen"), _nothing, verb=Verb.EXPORT)
