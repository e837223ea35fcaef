"""Reads a workbook back, as any other program would: the text, numbers and days of its sheet."""

from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# A day is a number of days from here, shown in a format of days.
DAY_ZERO = date(1899, 12, 30)

Cell = str | float | date


def _texts(parts: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    root = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
    return ["".join(t.text or "" for t in each.iter(f"{NAMESPACE}t")) for each in root]


def _styles_of_days(parts: ZipFile) -> set[str]:
    root = ElementTree.fromstring(parts.read("xl/styles.xml"))  # noqa: S314 - our own file
    of_days = {
        each.get("numFmtId")
        for each in root.iter(f"{NAMESPACE}numFmt")
        if "yy" in (each.get("formatCode") or "")
    }
    formats = root.find(f"{NAMESPACE}cellXfs")
    assert formats is not None
    return {str(n) for n, each in enumerate(formats) if each.get("numFmtId") in of_days}


def rows_of(data: bytes) -> list[list[Cell]]:
    """The rows of the first sheet."""
    with ZipFile(BytesIO(data)) as parts:
        texts, days = _texts(parts), _styles_of_days(parts)
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    return [[_cell(cell, texts, days) for cell in row] for row in sheet.iter(f"{NAMESPACE}row")]


def _cell(cell: ElementTree.Element, texts: list[str], days: set[str]) -> Cell:
    assert cell.find(f"{NAMESPACE}f") is None, "nothing is computed"
    value = cell.findtext(f"{NAMESPACE}v") or ""
    if cell.get("t") == "s":
        return texts[int(value)]
    number = float(value)
    return DAY_ZERO + timedelta(days=number) if cell.get("s") in days else number


def is_frozen(data: bytes) -> bool:
    """Whether the row of headings stays in sight."""
    with ZipFile(BytesIO(data)) as parts:
        return b'state="frozen"' in parts.read("xl/worksheets/sheet1.xml")
