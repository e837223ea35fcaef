"""The tiles of the board: what is late and what is ahead, each number a link to its list."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models.database import db
from models.enums import Duty
from models.questions import board
from models.questions.board import HORIZONS, Scope
from models.questions.worklists import Light
from views.panel.board.links import list_address
from views.panel.lists.board_filters import AS_OF_NAMES, BY_ITSELF_NAMES, working_days_in_words
from views.words.labels import member_label
from views.words.lights import LIGHT_NAMES, SHAPES


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


@dataclass(frozen=True, slots=True)
class Group:
    """Tiles under one heading."""

    code: str
    title: str
    tiles: tuple[Tile, ...]


# Name in the numbers → colour, shape, title, and the list's address.
Look = tuple[str, str, LazyString, dict[str, str]]
LATE: dict[str, Look] = {
    "overdue": ("overdue", SHAPES[Light.OVERDUE], _("Late by the promised date"),
                {"tab": "overdue"}),
    "past_the_law": ("overdue", "▲▲", _("Of these past the statutory date"),
                     {"tab": "overdue", "flt_past_the_law_is": "1"}),
    "pause_overrun": ("overdue", "❚❚▲", _("Pause overrun"), {"flt_pause_overrun_is": "1"}),
}  # fmt: skip
AHEAD: dict[str, Look] = {
    "due_today": ("due-soon", "◆!", _("Due today"), {"flt_due_today_is": "1"}),
    "due_soon": ("due-soon", SHAPES[Light.DUE_SOON], LIGHT_NAMES[Light.DUE_SOON],
                 {"tab": "due_soon"}),
}  # fmt: skip
IN_HAND: dict[str, Look] = {
    "open": ("", SHAPES[Light.RUNNING], _("Not ended"), {"flt_open_is": "1"}),
    "paused": ("", SHAPES[Light.PAUSED], LIGHT_NAMES[Light.PAUSED], {"tab": "paused"}),
}
AS_OF_LOOKS: dict[str, tuple[str, str]] = {
    "overdue": LATE["overdue"][:2],
    "past_the_law": LATE["past_the_law"][:2],
    "due": AHEAD["due_today"][:2],
    "paused": IN_HAND["paused"][:2],
    "open": IN_HAND["open"][:2],
}


def groups_of(scope: Scope) -> list[Group]:
    """The tiles, the gravest first; of a day that is over only those that the history tells."""
    return list(_of_a_past_day(scope) if scope.from_history else _of_today(scope))


def _of_a_past_day(scope: Scope) -> Iterator[Group]:
    found = board.case_numbers(db.session(), scope)
    tiles = []
    for name, (style, shape) in AS_OF_LOOKS.items():
        url = list_address("application", scope, **{f"flt_{name}_as_of": scope.day.isoformat()})
        tiles.append(Tile(style, shape, str(AS_OF_NAMES[name]), (Number("", found[name], url),)))
    yield Group("past", gettext("At the end of the day"), tuple(tiles))


def _of_today(scope: Scope) -> Iterator[Group]:
    found = board.case_numbers(db.session(), scope)
    yield Group(
        "late",
        gettext("Late"),
        (*_of_cases(scope, found, LATE), _late_steps(scope), _late_orders(scope)),
    )
    yield Group(
        "ahead",
        gettext("Ahead, and what the law decides by itself"),
        (*_of_cases(scope, found, AHEAD), *_by_itself(scope)),
    )
    yield Group(
        "in-hand",
        gettext("In hand"),
        (*_of_cases(scope, found, IN_HAND), _queues(scope), _cancellations()),
    )


def _of_cases(scope: Scope, found: dict[str, int], looks: dict[str, Look]) -> Iterator[Tile]:
    for name, (style, shape, title, arguments) in looks.items():
        url = list_address("application", scope, **arguments)
        yield Tile(style, shape, str(title), (Number("", found[name], url),))


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


def _late_orders(scope: Scope) -> Tile:
    found = board.order_numbers(db.session(), scope.day)
    words = {"overdue": gettext("Unanswered past due"), "open": gettext("Open")}
    numbers = tuple(
        Number(word, found[state], list_address("supervision_order", tab=state))
        for state, word in words.items()
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
    return Tile("", "⌫", gettext("Cancellations owed"), (number,))
