"""The filters that the numbers of the board need: what a number counts, its list shows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, inspect

from models import Application, ApplicationStep
from models.board import BY_ITSELF, HORIZONS
from models.database import db
from models.silence import days_ahead
from models.worklists import AS_OF, is_due_today, is_open, is_unclaimed_step, steps_on_green_lane
from views.current import current_day
from views.panel.filters import Claim, Filter, From, Is, IsTrue

Condition = Callable[[date], ColumnElement[bool]]


class Holds(Claim):
    """A condition of its own name holds today."""

    def __init__(self, column: Any, name: Any, called: str, condition: Condition) -> None:
        super().__init__(column, name)
        self._called = called
        self._condition = condition

    def key(self) -> str:
        return f"{self._called}_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(self._condition(current_day()))


class StoodAsOf(From):
    """The case stood so at the end of a day, by its history."""

    word = _("as of the end of")

    def __init__(self, column: Any, name: Any, called: str) -> None:
        super().__init__(column, name)
        self._called = called

    def key(self) -> str:
        return f"{self._called}_as_of"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(AS_OF[self._called](value))


class ByItself(Is):
    """The law accepts or renews by itself, within so many working days (Art. 32, 50)."""

    word = _("within")

    def __init__(self, column: Any, name: Any, called: str) -> None:
        super().__init__(column, name)
        self._called = called

    def key(self) -> str:
        return f"{self._called}_within"

    def choices(self) -> list[tuple[str, str]]:
        return [(str(days), working_days_in_words(days)) for days in HORIZONS]

    def clean(self, value: str) -> int:
        return {str(days): days for days in HORIZONS}[value]

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        until = days_ahead(db.session(), current_day(), value)
        return query.filter(BY_ITSELF[self._called](until))


class OnGreenLane(IsTrue):
    """The step is one of a case of the green lane, or is not."""

    def key(self) -> str:
        return f"is_green_lane_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(steps_on_green_lane() if value else ~steps_on_green_lane())


def working_days_in_words(days: int) -> str:
    """So many working days."""
    return str(ngettext("%(num)s working day", "%(num)s working days", days))


BY_ITSELF_NAMES: dict[str, LazyString] = {
    "accepts": _("Deemed accepted ahead"),
    "renews": _("Deemed renewed ahead"),
}
AS_OF_NAMES: dict[str, LazyString] = {
    "open": _("Not ended"),
    "overdue": _("Overdue"),
    "past_the_law": _("Past the statutory date too"),
    "due": _("Due on the day"),
    "paused": _("Clock paused"),
}
# These come from the board, and stand in no form.
ONLY_IN_ADDRESSES = frozenset(f"{name}_as_of" for name in AS_OF_NAMES)


def case_filters_of_the_board() -> list[Filter]:
    """What the list of cases needs for the board."""
    columns = inspect(Application).columns
    return [
        Holds(columns.closed_on, _("Not ended"), "open", lambda _today: is_open()),
        Holds(columns.due_on, _("Due today"), "due_today", is_due_today),
        *(ByItself(columns.notice_due_on, name, key) for key, name in BY_ITSELF_NAMES.items()),
        *(StoodAsOf(columns.due_on, name, key) for key, name in AS_OF_NAMES.items()),
    ]


def step_filters_of_the_board() -> list[Filter]:
    """What the list of steps needs for the board."""
    columns = inspect(ApplicationStep).columns
    return [
        Holds(columns.duty, _("Waits to be claimed"), "unclaimed", lambda _d: is_unclaimed_step()),
        OnGreenLane(columns.id, _("Green lane")),
    ]
