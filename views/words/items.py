"""How the catalogue is said in words: limits, and texts that exist in both languages."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, ngettext

from models.enums import LimitUnit
from views.words.labels import column_label
from views.words.values import cell, in_english, show


def limit_words(limit: int | None, unit: LimitUnit) -> str:
    """A limit as people say it."""
    if limit is None:
        return str(gettext("none set"))
    if limit == 0:
        return str(gettext("at once"))
    return str(_LENGTHS[unit](limit))


_LENGTHS: dict[LimitUnit, Callable[[int], Any]] = {
    LimitUnit.WORKING_DAY: lambda n: ngettext("%(num)s working day", "%(num)s working days", n),
    LimitUnit.CALENDAR_DAY: lambda n: ngettext("%(num)s calendar day", "%(num)s calendar days", n),
    LimitUnit.MONTH: lambda n: ngettext("%(num)s month", "%(num)s months", n),
}


def label_of(table: str, column: str) -> str:
    """What a column is called where it is read: an amount is read in yuan, though typed in fen."""
    return str(column_label("" if column == "amount_fen" else table, column))


def twin_of(row: Any, column: str) -> str:
    """The column with the English of a text; empty where there is none."""
    return f"{column}_en" if hasattr(row, f"{column}_en") else ""


def said(row: Any, column: str) -> str:
    """What a row says in a column, in the reader's language where it is said in both."""
    if row.__tablename__ == "source_note" and column == "subject":
        return str(column_label("item_version", row.subject))
    twin = twin_of(row, column)
    if twin and in_english() and getattr(row, twin):
        return show(getattr(row, twin))
    return cell(row, column)
