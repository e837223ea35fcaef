"""The tiles of the board: what is late and what is ahead, each number a link to its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import board
from models.board import HORIZONS, Scope
from models.database import db
from models.enums import Duty
from models.worklists import Light
from views.panel.board_filters import AS_OF_NAMES, BY_ITSELF_NAMES, working_days_in_words
from views.panel.labels import member_label
from views.panel.lights import LIGHT_NAMES, SHAPES


@dataclass(frozen=True, slots=True)
class Number:
    """One number and the list that counts the same; ``words`` say what it counts of its tile."""

    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One matter with its numbers; ``style`` is the class that colours what is not nothing."""

    style: str
    shape: str
    title: str
    numbers: tuple[Number, ...]


# Name in the numbers → colour, shape, title, and the list's address.
CASES: dict[str, tuple[str, str, LazyString, dict[str, str]]] = {
    "overdue": ("overdue", SHAPES[Light.OVERDUE], _("Late by the promised date"),
                {"tab": "overdue"}),
    "past_the_law": ("overdue", "▲▲", _("Of these past the statutory date"),
                     {"tab": "overdue", "flt_past_the_law_is": "1"}),
    "due_today": ("due-soon", "◆!", _("Due today"), {"flt_due_today_is": "1"}),
    "due_soon": ("due-soon", SHAPES[Light.DUE_SOON], LIGHT_NAMES[Light.DUE_SOON],
                 {"tab": "due_soon"}),
    "paused": ("paused", SHAPES[Light.PAUSED], LIGHT_NAMES[Light.PAUSED], {"tab": "paused"}),
    "pause_overrun": ("overdue", "❚❚▲", _("Pause overrun"), {"flt_pause_overrun_is": "1"}),
    "open": ("", SHAPES[Light.RUNNING], _("Not ended"), {"flt_open_is": "1"}),
}  # fmt: skip
AS_OF_LOOKS: dict[str, tuple[str, str]] = {
    "overdue": CASES["overdue"][:2],
    "past_the_law": CASES["past_the_law"][:2],
    "due": CASES["due_today"][:2],
    "paused": CASES["paused"][:2],
    "open": CASES["open"][:2],
}
NO_GREEN_LANE = {"flt_is_green_lane_is": "0"}


def list_address(table: str, scope: Scope | None = None, **arguments: Any) -> str:
    """The address of a list; with a scope of cases, without the green lane if it has none."""
    narrowed = {} if scope is None or scope.with_green_lane else NO_GREEN_LANE
    return f"{request.script_root}/admin/{table}/?{urlencode({**arguments, **narrowed})}"


def tiles_of(scope: Scope) -> list[Tile]:
    """The tiles; of a day that is over only those that the history tells."""
    return list(_of_a_past_day(scope) if scope.from_history else _of_today(scope))


def _of_a_past_day(scope: Scope) -> Iterator[Tile]:
    found = board.case_numbers(db.session(), scope)
    for name, (style, shape) in AS_OF_LOOKS.items():
        url = list_address("application", scope, **{f"flt_{name}_as_of": scope.day.isoformat()})
        yield Tile(style, shape, str(AS_OF_NAMES[name]), (Number("", found[name], url),))


def _of_today(scope: Scope) -> Iterator[Tile]:
    found = board.case_numbers(db.session(), scope)
    for name, (style, shape, title, arguments) in CASES.items():
        url = list_address("application", scope, **arguments)
        yield Tile(style, shape, str(title), (Number("", found[name], url),))
    yield _late_steps(scope)
    yield from _by_itself(scope)
    yield _orders(scope)
    yield _queues(scope)
    yield _cancellations()


def _late_steps(scope: Scope) -> Tile:
    url = list_address("application_step", scope, flt_late_is="1")
    number = Number("", board.late_steps(db.session(), scope), url)
    return Tile("overdue", "▲", gettext("Steps past their own limit"), (number,))


def _by_itself(scope: Scope) -> Iterator[Tile]:
    found = board.silence_numbers(db.session(), scope)
    for name, title in BY_ITSELF_NAMES.items():
        numbers = tuple(
            Number(
                gettext("within %(days)s", days=working_days_in_words(days)),
                found[name, days],
                list_address("application", scope, **{f"flt_{name}_within": days}),
            )
            for days in HORIZONS
        )
        yield Tile("due-soon", "⚖", str(title), numbers)


def _orders(scope: Scope) -> Tile:
    found = board.order_numbers(db.session(), scope.day)
    words = {"open": gettext("Open"), "overdue": gettext("Unanswered past due")}
    numbers = tuple(
        Number(words[state], number, list_address("supervision_order", tab=state))
        for state, number in found.items()
    )
    return Tile("overdue" if found["overdue"] else "", "✉", gettext("Supervision orders"), numbers)


def _queues(scope: Scope) -> Tile:
    found = board.queues(db.session(), scope)
    numbers = tuple(
        Number(
            str(member_label(duty)),
            number,
            list_address("application_step", scope, flt_unclaimed_is="1", flt_duty_is=duty.name),
        )
        for duty, number in (found or {Duty.ACCEPTANCE: 0}).items()
    )
    return Tile("", "○", gettext("Waiting to be claimed"), numbers)


def _cancellations() -> Tile:
    url = list_address("certificate", flt_cancellation_is_owed="1")
    number = Number("", board.cancellations_owed(db.session()), url)
    return Tile("due-soon", "⌫", gettext("Cancellations owed"), (number,))
