"""Tables as a workbook: a sheet for each, and nothing in it that a spreadsheet runs."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from flask import Response

from views.exports import PLAIN, XLSX
from views.panel.board.cells import Cell, Table


def workbook(tables: Iterable[Table]) -> bytes:
    """The file, written whole."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, PLAIN)
    bold, share = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
    for table in tables:
        sheet = book.add_worksheet(table.title)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(table.headings), 16)
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, bold)
        for line, cells in enumerate(table.rows, start=1):
            for column, cell in enumerate(cells):
                _write(sheet, line, column, cell, share)
    book.close()
    return buffer.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, share: object
) -> None:
    if isinstance(cell.value, str):
        sheet.write_string(row, column, cell.value)
    elif cell.value is not None:
        sheet.write_number(row, column, cell.value, share if cell.is_share else None)


def workbook_response(name: str, tables: Iterable[Table]) -> Response:
    """A download."""
    return Response(
        workbook(tables),
        mimetype=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
