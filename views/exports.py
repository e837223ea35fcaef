"""Lists as files: what the reader sees, and nothing in it that a spreadsheet runs."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter
from flask import Response

# Kind of file, as it is named in addresses → what its button says.
EXPORTS = {"xlsx": "XLSX", "csv": "CSV"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is typed stays text: no formula, no link, no number made of a text.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
DAY_FORMAT = "yyyy-mm-dd"
NARROWEST, WIDEST = 8, 48
Value = str | int | date

# With the mark, spreadsheets read Chinese as UTF-8.
BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_text(value: str) -> str:
    """``value`` so that a spreadsheet shows it instead of computing it."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def csv_text(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The file."""
    buffer = StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow([as_text(heading) for heading in headings])
    writer.writerows([as_text(value) for value in cells] for cells in rows)
    return buffer.getvalue()


def csv_response(name: str, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Response:
    """A download. It is written whole before it is sent: a stream would read on after the
    request's session is closed, and a failure in its middle would look like the end of the list."""
    return Response(
        csv_text(headings, rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def list_workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet: a frozen row of headings, days as days, numbers as numbers, the rest as text."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, PLAIN)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": DAY_FORMAT})
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    widths = [_width(heading) for heading in headings]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for line, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            widths[column] = max(widths[column], _width(value))
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, value)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, NARROWEST), WIDEST) + 2)
    book.close()
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    """A name that a sheet may have: 31 characters, and none of those that address cells."""
    return "".join(c for c in title if c not in r"[]:*?/\'")[:31] or "1"


def _width(value: Value) -> int:
    """How many narrow characters a value is wide; a Chinese one counts twice."""
    text = value if isinstance(value, str) else str(value)
    return sum(1 if c.isascii() else 2 for c in text.partition("\n")[0][:WIDEST])


def xlsx_response(
    name: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]
) -> Response:
    """A download, written whole before it is sent."""
    return Response(
        list_workbook(title, headings, rows),
        mimetype=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
