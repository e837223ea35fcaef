"""Load and lateness by officer, post, item, department and channel: the rows of five tables."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from models import Department, LicenceItem, User
from models.database import db
from models.enums import Channel, Duty
from models.questions import board
from models.questions.board import Load
from models.questions.performance import Dimension, Figures, Key, Measured
from views.access import Verb, may
from views.current import current_actor
from views.links import new_url
from views.panel.board.cells import Cell, Table, share
from views.panel.board.links import (
    decided_by,
    open_with,
    second_notices_of,
    steps_done_by,
)
from views.panel.board.request import BoardAsked
from views.words.labels import member_label
from views.words.values import localised

TITLES: dict[Dimension, LazyString] = {
    Dimension.ITEM: _("By item"),
    Dimension.OFFICER: _("By officer"),
    Dimension.POST: _("By position"),
    Dimension.DEPARTMENT: _("By department"),
    Dimension.CHANNEL: _("By channel"),
}
NAMED: dict[Dimension, tuple[Any, str]] = {
    Dimension.ITEM: (LicenceItem, "name"),
    Dimension.OFFICER: (User, "display_name"),
    Dimension.DEPARTMENT: (Department, "name"),
}
VOCABULARY: dict[Dimension, type[Channel] | type[Duty]] = {
    Dimension.CHANNEL: Channel,
    Dimension.POST: Duty,
}


def load_and_lateness(asked: BoardAsked, done: Measured) -> Iterator[Table]:
    """The table of each dimension."""
    scope = asked.scope
    of_cases = board.load_of_cases(db.session(), scope)
    for dimension, title in TITLES.items():
        load = of_cases.get(dimension) or {}
        if dimension is Dimension.POST and not scope.from_history:
            load = board.load_of_posts(db.session(), scope)
        figures = {each.key: each for each in done.by(dimension)}
        keys = _in_order({*load, *figures}, dimension, load, figures)
        yield Table(
            dimension.lower(),
            str(title),
            _headings(dimension),
            tuple(
                _row(dimension, asked, key, name, load.get(key, Load()), figures)
                for key, name in keys
            ),
            _note(dimension, asked),
            tuple(_hand_over(dimension, key, load.get(key, Load())) for key, _name in keys),
        )


def _note(dimension: Dimension, asked: BoardAsked) -> str:
    if dimension is Dimension.POST:
        return str(gettext("Of a post its open steps count, and the cases it worked on."))
    if dimension is not Dimension.OFFICER:
        return ""
    if asked.scope.from_history:
        return str(gettext("Open cases stand with the officer who has them today."))
    return str(
        gettext(
            "Of an officer the open cases count, and the decided ones that the officer worked on."
        )
    )


def _headings(dimension: Dimension) -> tuple[str, ...]:
    return (
        str(TITLES[dimension]),
        gettext("Open"),
        gettext("Late"),
        gettext("Decided"),
        gettext("Promise kept"),
        gettext("Statutory limit kept"),
        gettext("Steps done"),
        gettext("Of these late"),
        gettext("Second notices"),
    )


def _in_order(
    keys: set[Key], dimension: Dimension, load: dict[Key, Load], done: dict[Key, Figures]
) -> list[tuple[Key, str]]:
    """Each with its name; who has most that is late comes first."""
    names = _names(dimension, keys)

    def weight(key: Key) -> tuple[int, int, int, str]:
        here, past = load.get(key, Load()), done.get(key, Figures(key))
        return -here.late, -here.open, -past.cases, names[key]

    return [(key, names[key]) for key in sorted(keys, key=weight)]


def _row(
    dimension: Dimension,
    asked: BoardAsked,
    key: Key,
    name: str,
    here: Load,
    done: dict[Key, Figures],
) -> tuple[Cell, ...]:
    of_key = (dimension, asked.scope, asked.period, key)
    past = done.get(key, Figures(key))
    is_known = not (asked.scope.from_history and dimension is Dimension.POST)
    kept = decided_by(*of_key, flt_promise_kept_is="1")
    law = decided_by(*of_key, flt_law_kept_is="1")
    return (
        Cell(name),
        Cell(here.open if is_known else None, open_with(dimension, asked.scope, key, late=False)),
        Cell(here.late if is_known else None, open_with(dimension, asked.scope, key, late=True)),
        Cell(past.cases, decided_by(*of_key)),
        share(past.in_promised_time, past.cases, kept),
        share(past.in_statutory_time, past.cases, law),
        Cell(past.steps, steps_done_by(*of_key)),
        Cell(past.late_steps, steps_done_by(*of_key, flt_finished_late_is="1")),
        Cell(past.second_notices, second_notices_of(*of_key)),
    )


def _hand_over(dimension: Dimension, key: Key, here: Load) -> tuple[str, str] | None:
    """The deed of a leader beside an officer who has work: words and address."""
    if dimension is not Dimension.OFFICER or key is None or not here.open:
        return None
    if not may(current_actor(), "reassignment", Verb.CREATE):
        return None
    return gettext("Hand over"), new_url("reassignment", from_user=key)


def _names(dimension: Dimension, keys: set[Key]) -> dict[Key, str]:
    unknown = gettext("Unclaimed") if dimension is Dimension.OFFICER else gettext("Not recorded")
    names: dict[Key, str] = {None: unknown}
    if dimension in VOCABULARY:
        return names | {member: str(member_label(member)) for member in VOCABULARY[dimension]}
    model, title = NAMED[dimension]
    rows = db.session.scalars(
        select(model).where(model.id.in_([k for k in keys if k is not None])).order_by(model.id)
    )
    return names | {row.id: str(localised(row, title)) for row in rows}
