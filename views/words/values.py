"""How a value is shown, in lists, details and exports alike: as text, masked where it must be."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask_babel import get_locale, get_timezone, gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import Base
from models.acting import SYSTEM
from models.base import classes
from models.enums import ApplicantKind
from models.policy import Personal
from views.words.labels import TABLES, column_label, member_label, row_name, table_name

NOTHING = "–"


def mask_middle(text: str, head: int, tail: int) -> str:
    """``text`` with its middle hidden; short text is hidden whole."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return f"{text[:head]}{'*' * (len(text) - head - tail)}{text[-tail:] if tail else ''}"


def mask_identity(text: str) -> str:
    """The ID number of a person: place and last four characters stay."""
    return mask_middle(text, 6, 4)


def mask_phone(text: str) -> str:
    """A telephone number: three digits, and the last four."""
    return mask_middle(text, 3, 4)


def mask_name(text: str) -> str:
    """The name of a visitor: the family name stays."""
    return mask_middle(text, 1, 0)


def mask_address(text: str) -> str:
    """An address: the district stays."""
    return mask_middle(text, 6, 0)


MASKS: dict[Personal, Callable[[str], str]] = {
    Personal.IDENTITY: mask_identity,
    Personal.IDENTITY_OR_CREDIT_CODE: mask_identity,
    Personal.PHONE: mask_phone,
    Personal.ADDRESS: mask_address,
    Personal.NAME: mask_name,
}


def _masked(row: Any, column: str) -> str:
    """What is shown of a personal column, everywhere but in the form."""
    kind, text = row.policy.personal[column], getattr(row, column) or ""
    # A credit code is public; only the number of a natural person is not.
    is_public = kind is Personal.IDENTITY_OR_CREDIT_CODE and row.kind is not ApplicantKind.PERSON
    return text if is_public else MASKS[kind](text)


def mask_in_log(table: str, column: str) -> Callable[[str], str] | None:
    """How the log shows a personal column of a table; None for any other column."""
    kind = classes()[table].policy.personal.get(column) if table in classes() else None
    return MASKS[kind] if kind else None


ENGLISH_TWINS = {"name": "name_en", "display_name": "display_name_en", "condition": "condition_en"}


def in_english() -> bool:
    """Whether the reader reads English."""
    return str(get_locale()) == "en"


def localised(row: Any, column: str) -> Any:
    """A text in the reader's language, where the row has it in both."""
    twin = ENGLISH_TWINS.get(column)
    if twin and in_english() and getattr(row, twin, ""):
        return getattr(row, twin)
    return getattr(row, column)


class _Facts(dict[str, str]):
    """The columns of a row as they are shown, each when it is asked for."""

    def __init__(self, row: Any) -> None:
        super().__init__()
        self._row = row

    def __missing__(self, column: str) -> str:
        return show(getattr(self._row, column))


def row_title(row: Any) -> str:
    """What a row is called when another one refers to it."""
    if words := TITLE_WORDS.get(row.__tablename__):
        return str(words) % _Facts(row)
    return " · ".join(show(localised(row, part)) for part in row.policy.title)


# Table → the words of a row's title, with the columns that stand in them.
TITLE_WORDS: dict[str, LazyString] = {
    "item_version": _("%(licence_item)s, version %(version_number)s"),
}


def yuan(fen: int | None) -> str:
    """An amount of money, kept in fen."""
    return NOTHING if fen is None else f"¥{fen / 100:,.2f}"


def show(value: Any) -> str:
    """One value as text in the reader's language."""
    if value is None or value == "":
        return NOTHING
    for kind, form in _FORMS:
        if isinstance(value, kind):
            return form(value)
    return str(value)


def _show_instant(value: datetime) -> str:
    return value.astimezone(get_timezone()).strftime("%Y-%m-%d %H:%M")


def _show_changes(changes: list[Any]) -> str:
    return "\n".join(_show_change(change) for change in changes if isinstance(change, dict))


def _show_change(change: dict[str, Any]) -> str:
    table = str(change.get("table"))
    before, after = change.get("before") or {}, change.get("after") or {}
    lines = [f"{row_name(table) if table in TABLES else table} {change.get('id')}"]
    for column in dict.fromkeys([*before, *after]):
        old, new = (_logged(table, column, side.get(column)) for side in (before, after))
        lines.append(f"    {column_label(table, column)}: {old} → {new}")
    return "\n".join(lines)


def _logged(table: str, column: str, value: Any) -> str:
    if not isinstance(value, str):
        return show(value)
    mask = mask_in_log(table, column)
    return mask(value) if mask else show(_vocabulary_of(table, column).get(value, value))


def _vocabulary_of(table: str, column: str) -> Mapping[str, Enum]:
    """The members that a column may hold: the log keeps their names, a reader wants their words."""
    known = Base.metadata.tables.get(table)
    found = None if known is None else known.columns.get(column)
    vocabulary = getattr(found.type, "enum_class", None) if found is not None else None
    return vocabulary.__members__ if vocabulary else {}


_FORMS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: gettext("Yes") if value else gettext("No")),
    (Enum, lambda value: str(member_label(value))),
    (datetime, _show_instant),
    (date, date.isoformat),
    (Base, row_title),
    (list, _show_changes),
)


def cell(row: Any, column: str) -> str:
    """What a list, an export or the details show of ``row`` in ``column``."""
    if column in row.policy.personal:
        return _masked(row, column) or NOTHING
    special = SPECIAL.get((row.__tablename__, column))
    return special(row) if special else show(localised(row, column))


def cell_value(row: Any, column: str) -> str | int | date:
    """The same for a workbook: a day as a day and a number as a number, as far as they are shown
    as they are."""
    text = cell(row, column)
    value = getattr(row, column)
    is_plain = isinstance(value, date | int) and not isinstance(value, bool | datetime | Enum)
    return value if is_plain and str(value) == text else text


def _subject_table(row: Any) -> str:
    return str(row_name(row.subject_table)) if row.subject_table in TABLES else row.subject_table


def _actor_name(row: Any) -> str:
    return str(gettext("The system") if row.actor_name == SYSTEM.name else row.actor_name)


# The counters of what is numbered, by the first word of their series.
_NUMBERED = {"answer": "intake_answer", "case": "application"}


def _series(row: Any) -> str:
    kind, _colon, own = row.series.partition(":")
    table = _NUMBERED.get(kind, kind)
    return f"{row_name(table)} {own}".strip() if table in TABLES else str(row.series)


def _subject(row: Any) -> str:
    return str(column_label("item_version", row.subject))


SPECIAL: dict[tuple[str, str], Callable[[Any], str]] = {
    ("audit_entry", "actor_name"): _actor_name,
    ("number_counter", "series"): _series,
    ("source_note", "subject"): _subject,
    ("audit_entry", "subject_table"): _subject_table,
    ("saved_view", "list_name"): lambda row: str(table_name(row.list_name)),
    ("calendar_year", "year"): lambda row: str(row.year),
    ("fee_item", "amount_fen"): lambda row: yuan(row.amount_fen),
    ("fee_charge", "amount_fen"): lambda row: yuan(row.amount_fen),
}


def exact(row: Any, column: str) -> str:
    """Like ``cell``, but a text that exists in both languages is shown as it stands."""
    if column in ENGLISH_TWINS and column not in row.policy.personal:
        return show(getattr(row, column))
    return cell(row, column)
