"""The tabs of the list of cases: saved views with counts, and the order each begins with."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import Application
from models.questions.worklists import Worklist
from views.words.lights import SHAPES

TAB_NAMES: dict[Worklist, LazyString] = {
    Worklist.ALL: _("All"),
    Worklist.OVERDUE: _("Overdue"),
    Worklist.DUE_SOON: _("Due soon"),
    Worklist.PAUSED: _("Clock paused"),
    Worklist.CLOSED: _("Ended"),
}
TAB_SHAPES = {tab: SHAPES[light] for light in SHAPES for tab in Worklist if tab.name == light.name}

# Tab → the column it is sorted by at first, and whether downwards; NULL never occurs there.
FIRST_ORDER: dict[Worklist, tuple[Any, bool]] = {
    Worklist.ALL: (Application.id, True),
    Worklist.OVERDUE: (Application.due_on, False),
    Worklist.DUE_SOON: (Application.due_on, False),
    Worklist.PAUSED: (Application.suspended_since, False),
    Worklist.CLOSED: (Application.closed_on, True),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a saved view of the list, with how many cases it holds."""

    url: str
    shape: str
    name: str
    count: int
    is_here: bool


def tab_asked() -> Worklist:
    """The tab that the address names. Aborts with 400 for an unknown one."""
    name = request.args.get("tab", "all")
    tab = Worklist.__members__.get(name.upper()) if name.islower() else None
    return tab or abort(400)
