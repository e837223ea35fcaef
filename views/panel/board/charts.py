"""Which tables of the board have a chart, and what it shows of them."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext

from views.panel.board.cells import Cell, Table
from views.panel.board.chart_data import MOST_LINES, Chart, Colour, Direction, Series

Row = tuple[Cell, ...]
OPEN, LATE = 1, 2  # columns of the tables of load and lateness
MEDIAN = 2


def charts_of(tables: Mapping[str, Table]) -> dict[str, Chart]:
    """The chart of each table that has one and something to show."""
    made = {code: make(tables[code]) for code, make in CHARTS.items() if code in tables}
    return {code: chart for code, chart in made.items() if chart.names}


def _late(label: str, table: Table) -> Chart:
    rows = [row for row in table.rows if row[LATE].value][:MOST_LINES]
    return _chart(label, rows, (_series(table, rows, LATE, Colour.RED),))


def _open_and_late(label: str, table: Table) -> Chart:
    rows = [row for row in table.rows if row[OPEN].value][:MOST_LINES]
    series = (
        _series(table, rows, OPEN, Colour.PRIMARY),
        _series(table, rows, LATE, Colour.RED),
    )
    return _chart(label, rows, series, is_part_of=True)


def _weeks(table: Table) -> Chart:
    colours = (Colour.PRIMARY, Colour.GREEN, Colour.QUIET)
    series = [_series(table, table.rows, n, c) for n, c in enumerate(colours, start=1)]
    names = tuple(str(row[0])[5:] for row in table.rows)
    label = gettext("Received, decided and closed cases by week")
    return Chart(label, names, tuple(series), Direction.COLUMNS)


def _steps(table: Table) -> Chart:
    rows = table.rows[:MOST_LINES]
    label = gettext("Median working days by step")
    return _chart(label, rows, (_series(table, rows, MEDIAN, Colour.PRIMARY),))


def _chart(
    label: str, rows: Sequence[Row], series: tuple[Series, ...], *, is_part_of: bool = False
) -> Chart:
    names = tuple(str(row[0]) for row in rows)
    return Chart(label, names, series, is_part_of=is_part_of)


def _series(table: Table, rows: Sequence[Row], column: int, colour: Colour) -> Series:
    values = tuple(float(row[column].value or 0) for row in rows)
    urls = tuple(row[column].url for row in rows)
    return Series(table.headings[column], colour, values, urls if any(urls) else ())


CHARTS: dict[str, Callable[[Table], Chart]] = {
    "item": lambda table: _late(gettext("Late cases by item"), table),
    "officer": lambda table: _open_and_late(gettext("Open and late cases by officer"), table),
    "post": lambda table: _open_and_late(gettext("Open and late steps by position"), table),
    "weeks": _weeks,
    "steps": _steps,
}
