"""The filters that the numbers of the board need: what a number counts, its list shows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, inspect

from models import Application, User
from models.database import db
from models.enums import Duty
from models.questions.board import BY_ITSELF, HORIZONS
from models.questions.figure import Period
from models.questions.figures import came_on
from models.questions.performance import Dimension, Key, kept_law, kept_promise, was_worked_on_by
from models.questions.silence import days_ahead
from models.questions.worklists import AS_OF, is_due_today, is_open
from views.current import current_day
from views.panel.engine.filters import Claim, Filter, From, Is, Until
from views.requests import is_key
from views.words.labels import column_label, member_label
from views.words.values import localised

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


class WorkedOn(Is):
    """An officer or a post finished a step of the case in a period: ``REVIEW.first.last``."""

    dimension: Dimension
    nobody = "0"

    def key(self) -> str:
        return f"worked_on_by_{self.dimension.lower()}_{self.kind}"

    @classmethod
    def value(cls, key: Key, period: Period) -> str:
        """The value that asks for it in an address."""
        return f"{cls.nobody if key is None else key}.{period.first}.{period.last}"

    def clean(self, value: str) -> tuple[Key, Period]:
        who, first, last = value.split(".")
        key = None if who == self.nobody else self.worker(who)
        return key, Period(date.fromisoformat(first), date.fromisoformat(last))

    def worker(self, text: str) -> Key:
        """Whom the address names."""
        raise NotImplementedError

    def worker_in_words(self, key: Key) -> str:
        """The name in words."""
        raise NotImplementedError

    def shown(self, value: str) -> str:
        key, period = self.clean(value)
        who = str(gettext("Not recorded")) if key is None else self.worker_in_words(key)
        return f"{who} ({period.first} – {period.last})"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        key, period = value
        return query.filter(was_worked_on_by(self.dimension, key, period))


class WorkedOnByPost(WorkedOn):
    """A post did."""

    dimension = Dimension.POST

    def worker(self, text: str) -> Key:
        return Duty[text]

    def worker_in_words(self, key: Key) -> str:
        return str(member_label(Duty[str(key)]))


class WorkedOnByOfficer(WorkedOn):
    """An officer did."""

    dimension = Dimension.OFFICER

    def worker(self, text: str) -> Key:
        if not is_key(text):
            raise ValueError
        return int(text)

    def worker_in_words(self, key: Key) -> str:
        user = db.session.get(User, key)
        return str(key) if user is None else str(localised(user, "display_name"))


class CameFrom(From):
    """Accepted, or come in by an imported log, on this day or later."""

    def key(self) -> str:
        return f"came_on_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(came_on() >= value)


class CameUntil(Until):
    """... or earlier."""

    def key(self) -> str:
        return f"came_on_{self.kind}"

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(came_on() <= value)


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
WORKED_ON = _("Worked on")
CAME_ON = _("Accepted or imported")
# These come from the board, and stand in no form.
ONLY_IN_ADDRESSES = frozenset(
    (
        *(f"{name}_as_of" for name in AS_OF_NAMES),
        *(f"worked_on_by_{by.lower()}_is" for by in (Dimension.OFFICER, Dimension.POST)),
        "came_on_from",
        "came_on_until",
        "no_officer_is",
        "no_channel_is",
    )
)


def case_filters_of_the_board() -> list[Filter]:
    """What the list of cases needs for the board."""
    columns = inspect(Application).columns
    decided_on = column_label("application", "decided_on")
    return [
        Holds(columns.closed_on, _("Not ended"), "open", lambda _today: is_open()),
        Holds(columns.due_on, _("Due today"), "due_today", is_due_today),
        *(ByItself(columns.notice_due_on, name, key) for key, name in BY_ITSELF_NAMES.items()),
        *(StoodAsOf(columns.due_on, name, key) for key, name in AS_OF_NAMES.items()),
        From(columns.decided_on, decided_on),
        Until(columns.decided_on, decided_on),
        Holds(columns.decided_on, _("Decided by the promised date"), "promise_kept", _kept_promise),
        Holds(columns.decided_on, _("Decided by the statutory date"), "law_kept", _kept_law),
        WorkedOnByOfficer(columns.decided_on, WORKED_ON),
        WorkedOnByPost(columns.decided_on, WORKED_ON),
        CameFrom(columns.accepted_on, CAME_ON),
        CameUntil(columns.accepted_on, CAME_ON),
        Holds(
            columns.due_on,
            _("No officer"),
            "no_officer",
            _no_officer,
        ),
        Holds(columns.due_on, _("No channel"), "no_channel", _no_channel),
    ]


def _no_officer(_today: date) -> ColumnElement[bool]:
    return Application.officer_id.is_(None)


def _no_channel(_today: date) -> ColumnElement[bool]:
    return Application.channel.is_(None)


def _kept_promise(_today: date) -> ColumnElement[bool]:
    return kept_promise()


def _kept_law(_today: date) -> ColumnElement[bool]:
    return kept_law()
