"""The manager's board (时限看板): what is late and why, on one page and as a workbook."""

from typing import ClassVar

from flask import request
from werkzeug.wrappers import Response

from views.access import PAGES, Verb, may
from views.current import current_actor, current_day
from views.panel.board.charts import charts_of
from views.panel.board.request import board_asked
from views.panel.board.tables import numbers_table, tables_of
from views.panel.board.tiles import groups_of
from views.panel.board.urgent import urgent_of
from views.panel.board.workbook import workbook_response
from views.panel.engine.lock import Page, page
from views.panel.engine.page_of_panel import PageOfPanel


class BoardPage(PageOfPanel):
    """The tiles, the most urgent cases, the tables, and charts beside some of them."""

    table = "board"
    endpoint_verbs: ClassVar[dict[str, frozenset[Verb]]] = {
        "index_view": frozenset({Verb.LIST}),
        "export": frozenset({Verb.EXPORT}),
    }

    @page("/")
    def index_view(self) -> Page:
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
                groups=groups_of(asked.scope),
                urgent=urgent_of(asked.scope),
                acts=may(current_actor(), "supervision_order", Verb.CREATE),
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
        tables = [numbers_table(groups_of(asked.scope)), *tables_of(asked)]
        return workbook_response(f"board-{asked.scope.day.isoformat()}", tables)


VIEWS = (BoardPage,)
