"""The tables of the board: on-time rates, load and lateness, the flow of work, the reform."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext

from models.database import db
from models.questions import flow
from models.questions.figure import Period
from models.questions.performance import Figures, measured
from views.panel.board.cells import Cell, Table, share
from views.panel.board.figures import figure_lines
from views.panel.board.links import days_of, list_address, reform_lists
from views.panel.board.load import load_and_lateness
from views.panel.board.request import BoardAsked
from views.panel.board.tiles import Group
from views.words.values import localised


def tables_of(asked: BoardAsked) -> list[Table]:
    """Every table of the board, in its order."""
    done = measured(db.session(), asked.period, with_green_lane=asked.scope.with_green_lane)
    return [
        _rates(asked, done.whole()),
        *load_and_lateness(asked, done),
        _throughput(asked),
        _step_times(asked),
        _reform(asked),
    ]


def numbers_table(groups: Iterable[Group]) -> Table:
    """The tiles as a table, for the workbook."""
    rows = tuple(
        (Cell(tile.title), Cell(number.words), Cell(number.count))
        for group in groups
        for tile in group.tiles
        for number in tile.numbers
    )
    headings = (gettext("Figure"), gettext("Of these"), gettext("How many"))
    return Table("numbers", gettext("Numbers"), headings, rows)


def _rates(asked: BoardAsked, whole: Figures) -> Table:
    decided = days_of("decided_on", asked.period)
    rows = []
    for words, part, name in (
        (gettext("By the promised date"), whole.in_promised_time, "flt_promise_kept_is"),
        (gettext("By the statutory date"), whole.in_statutory_time, "flt_law_kept_is"),
    ):
        all_of_them = list_address("application", asked.scope, **decided)
        in_time = list_address("application", asked.scope, **decided, **{name: "1"})
        rows.append(
            (
                Cell(words),
                Cell(part, in_time),
                Cell(whole.cases, all_of_them),
                share(part, whole.cases, in_time),
            )
        )
    headings = (
        gettext("Decided in the period"),
        gettext("Decided in time"),
        gettext("Of all decided"),
        gettext("Rate"),
    )
    return Table("rates", gettext("Decided on time"), headings, tuple(rows))


def _throughput(asked: BoardAsked) -> Table:
    scope, rows = asked.scope, []
    for week in flow.throughput(db.session(), scope):
        days = Period(week.monday, min(week.monday + timedelta(6), scope.day))
        counted = {
            "received_on": week.received,
            "decided_on": week.decided,
            "closed_on": week.closed,
        }
        cells = (
            Cell(number, list_address("application", scope, **days_of(column, days)))
            for column, number in counted.items()
        )
        rows.append((Cell(week.monday.isoformat()), *cells))
    headings = (
        gettext("Week from"),
        gettext("Received"),
        gettext("Decided"),
        gettext("Closed"),
    )
    return Table("weeks", gettext("Flow by week"), headings, tuple(rows))


def _step_times(asked: BoardAsked) -> Table:
    rows = []
    for time in flow.step_times(db.session(), asked.period, asked.scope):
        chosen = {"flt_status_is": "DONE", **days_of("done_on", asked.period)}
        url = list_address("application_step", asked.scope, **chosen, flt_step_is=time.name)
        name = str(localised(time, "name"))
        rows.append((Cell(name), Cell(time.finished, url), Cell(time.median)))
    headings = (gettext("Step"), gettext("Finished"), gettext("Median working days"))
    return Table("steps", gettext("Median time by step"), headings, tuple(rows))


def _reform(asked: BoardAsked) -> Table:
    lists = reform_lists(asked.period)
    rows = []
    for line in figure_lines(asked.period, electronic=True):
        part, whole = lists.get(line.code, ("", ""))
        rows.append(
            (
                Cell(line.words),
                Cell(line.numerator, part),
                Cell(line.denominator, whole),
                Cell(line.value),
            )
        )
    headings = (
        gettext("Figure"),
        gettext("Numerator"),
        gettext("Denominator"),
        gettext("Value"),
    )
    return Table("reform", gettext("Figures of the reform"), headings, tuple(rows))
