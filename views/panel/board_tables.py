"""The tables of the board: on-time rates, load and lateness, the flow of work, the reform."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from models import Department, LicenceItem, User, board, flow
from models.board import Load, Scope
from models.database import db
from models.enums import Channel, Duty
from models.performance import Dimension, Figures, Key, Measured, measured
from views.panel.board_request import BoardAsked
from views.panel.board_tiles import Tile, list_address
from views.panel.columns import NOTHING, localised
from views.panel.figures import figure_lines
from views.panel.labels import member_label

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, and the list that shows what it counts. ``is_share``: read as a percentage."""

    value: Value
    url: str = ""
    is_share: bool = False

    def __str__(self) -> str:
        if self.value is None:
            return NOTHING
        if self.is_share:
            return f"{self.value:.1%}"
        return f"{self.value:g}" if isinstance(self.value, float) else str(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    """One table, as the page shows it and the workbook takes it."""

    code: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


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
FILTERS: dict[Dimension, str] = {
    Dimension.ITEM: "flt_licence_item_id_is",
    Dimension.OFFICER: "flt_officer_id_is",
    Dimension.DEPARTMENT: "flt_department_id_is",
    Dimension.CHANNEL: "flt_channel_is",
    Dimension.POST: "flt_duty_is",
}


def tables_of(asked: BoardAsked) -> list[Table]:
    """Every table of the board, in its order."""
    done = measured(db.session(), asked.period, with_green_lane=asked.scope.with_green_lane)
    return [
        _rates(done.whole()),
        *_load_and_lateness(asked.scope, done),
        _throughput(asked.scope),
        _step_times(asked),
        _reform(asked),
    ]


def numbers_table(tiles: Iterable[Tile]) -> Table:
    """The tiles as a table, for the workbook."""
    rows = tuple(
        (Cell(tile.title), Cell(number.words), Cell(number.count))
        for tile in tiles
        for number in tile.numbers
    )
    headings = (gettext("Figure"), gettext("Of these"), gettext("How many"))
    return Table("numbers", gettext("Numbers"), headings, rows)


# --- on time -------------------------------------------------------------------------------------


def _share(part: int, whole: int) -> Cell:
    return Cell(part / whole if whole else None, is_share=True)


def _rates(whole: Figures) -> Table:
    rows = tuple(
        (Cell(words), Cell(part), Cell(whole.cases), _share(part, whole.cases))
        for words, part in (
            (gettext("By the promised date"), whole.in_promised_time),
            (gettext("By the statutory date"), whole.in_statutory_time),
        )
    )
    headings = (
        gettext("Decided in the period"),
        gettext("Decided in time"),
        gettext("Of all decided"),
        gettext("Rate"),
    )
    return Table("rates", gettext("Decided on time"), headings, rows)


# --- load and lateness -----------------------------------------------------------------------


def _load_and_lateness(scope: Scope, done: Measured) -> Iterator[Table]:
    of_cases = board.load_of_cases(db.session(), scope)
    for dimension, title in TITLES.items():
        load = of_cases.get(dimension) or {}
        note = ""
        if dimension is Dimension.POST:
            load = {} if scope.from_history else board.load_of_posts(db.session(), scope)
            note = gettext("Of a post its open steps count, and the cases it worked on.")
        elif dimension is Dimension.OFFICER and scope.from_history:
            note = gettext("Open cases stand with the officer who has them today.")
        rows = tuple(_rows(dimension, scope, load, {f.key: f for f in done.by(dimension)}))
        yield Table(dimension.lower(), str(title), _headings(dimension), rows, note)


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


def _rows(
    dimension: Dimension, scope: Scope, load: dict[Key, Load], done: dict[Key, Figures]
) -> Iterator[tuple[Cell, ...]]:
    keys = {*load, *done}
    names = _names(dimension, keys)

    def weight(key: Key) -> tuple[int, int, int, str]:
        here, past = load.get(key, Load()), done.get(key, Figures(key))
        return -here.late, -here.open, -past.cases, names[key]

    for key in sorted(keys, key=weight):
        here, past = load.get(key, Load()), done.get(key, Figures(key))
        is_known = not (scope.from_history and dimension is Dimension.POST)
        yield (
            Cell(names[key]),
            Cell(here.open if is_known else None, _link(dimension, scope, key, "open")),
            Cell(here.late if is_known else None, _link(dimension, scope, key, "overdue")),
            Cell(past.cases),
            _share(past.in_promised_time, past.cases),
            _share(past.in_statutory_time, past.cases),
            Cell(past.steps),
            Cell(past.late_steps),
            Cell(past.second_notices),
        )


def _names(dimension: Dimension, keys: set[Key]) -> dict[Key, str]:
    unknown = gettext("Unclaimed") if dimension is Dimension.OFFICER else gettext("Not recorded")
    names: dict[Key, str] = {None: unknown}
    if dimension in VOCABULARY:
        return names | {member: str(member_label(member)) for member in VOCABULARY[dimension]}
    model, title = NAMED[dimension]
    rows = db.session.scalars(select(model).where(model.id.in_([k for k in keys if k is not None])))
    return names | {row.id: str(localised(row, title)) for row in rows}


def _link(dimension: Dimension, scope: Scope, key: Key, what: str) -> str:
    """The list of what is counted; none where no filter can ask for it."""
    if dimension is Dimension.POST:
        if key is None or scope.from_history:
            return ""
        late = {"flt_late_is": "1"} if what == "overdue" else {}
        chosen = {"flt_status_is": "OPEN", FILTERS[dimension]: str(key), **late}
        return list_address("application_step", scope, **chosen)
    if key is None and (dimension is not Dimension.OFFICER or scope.from_history):
        return ""
    if scope.from_history:
        state = {f"flt_{what}_as_of": scope.day.isoformat()}
    else:
        state = {"flt_open_is": "1"} if what == "open" else {"tab": "overdue"}
    return list_address("application", scope, **state, **{FILTERS[dimension]: str(key or 0)})


# --- the flow of work, the reform -------------------------------------------------------------


def _throughput(scope: Scope) -> Table:
    rows = tuple(
        (Cell(week.monday.isoformat()), Cell(week.received), Cell(week.decided), Cell(week.closed))
        for week in flow.throughput(db.session(), scope)
    )
    headings = (
        gettext("Week from"),
        gettext("Received"),
        gettext("Decided"),
        gettext("Closed"),
    )
    return Table("weeks", gettext("Flow by week"), headings, rows)


def _step_times(asked: BoardAsked) -> Table:
    rows = tuple(
        (Cell(str(localised(time, "name"))), Cell(time.finished), Cell(time.median))
        for time in flow.step_times(db.session(), asked.period, asked.scope)
    )
    headings = (gettext("Step"), gettext("Finished"), gettext("Median working days"))
    return Table("steps", gettext("Median time by step"), headings, rows)


def _reform(asked: BoardAsked) -> Table:
    rows = tuple(
        (Cell(line.words), Cell(line.numerator), Cell(line.denominator), Cell(line.value))
        for line in figure_lines(asked.period, electronic=True)
    )
    headings = (
        gettext("Figure"),
        gettext("Numerator"),
        gettext("Denominator"),
        gettext("Value"),
    )
    return Table("reform", gettext("Figures of the reform"), headings, rows)
