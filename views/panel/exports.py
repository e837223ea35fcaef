"""Lists as CSV: what the reader sees, as text that no spreadsheet runs."""

import csv
from collections.abc import Iterable
from io import StringIO

from flask import Response

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
