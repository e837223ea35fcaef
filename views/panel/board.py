"""The manager's board (时限看板): what is late and why, on one page and as a workbook."""

from typing import ClassVar

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from views.current import current_day
from views.panel.access import PAGES, Verb
from views.panel.board_request import board_asked
from views.panel.board_tables import Table, numbers_table, tables_of
from views.panel.board_tiles import tiles_of
from views.panel.charts import Chart, bar_chart, column_chart
from views.panel.lock import Page, page
from views.panel.page_of_panel import PageOfPanel
from views.panel.workbook import workbook_response


class BoardPage(PageOfPanel):
    """The tiles, the tables, and three charts beside their tables."""

    table = "board"
    endpoint_verbs: ClassVar[dict[str, frozenset[Verb]]] = {
        "board_view": frozenset({Verb.LIST}),
        "export": frozenset({Verb.EXPORT}),
    }

    @page("/")
    def board_view(self) -> Page:
        """The page."""
        asked = board_asked()
        tables = {table.code: table for table in tables_of(asked)}
        return str(
            self.render(
                "panel/board.html",
                title=PAGES["board"].name,
                scope=asked.scope,
                period=asked.period,
                latest=current_day(),
                tiles=tiles_of(asked.scope),
                rates=tables.pop("rates"),
                tables=list(tables.values()),
                charts=charts_of(tables),
                export_url=f"{self.get_url('.export')}?{request.query_string.decode('ascii')}",
            )
        )

    @page("/export/xlsx/")
    def export(self) -> Response:
        """The same as a workbook."""
        asked = board_asked()
        tables = [numbers_table(tiles_of(asked.scope)), *tables_of(asked)]
        return workbook_response(f"board-{asked.scope.day.isoformat()}", tables)


def charts_of(tables: dict[str, Table]) -> dict[str, Chart]:
    """The chart of each table that has one."""
    late = [(name, late, late) for name, _open, late in _lines(tables["item"]) if late]
    load = [line for line in _lines(tables["officer"]) if line[1]]
    weeks = [
        (str(row[0])[5:], tuple(int(str(cell)) for cell in row[1:])) for row in tables["weeks"].rows
    ]
    charts = {"weeks": column_chart(gettext("Received, decided and closed cases by week"), weeks)}
    if late:
        charts["item"] = bar_chart(gettext("Late cases by item"), late)
    if load:
        charts["officer"] = bar_chart(gettext("Open and late cases by officer"), load)
    return charts


def _lines(table: Table) -> list[tuple[str, int, int]]:
    return [(str(row[0]), int(row[1].value or 0), int(row[2].value or 0)) for row in table.rows]


VIEWS = (BoardPage,)
