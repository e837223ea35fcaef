"""The filters of the lists: few, plain, and named in addresses by column and kind.

An address with filters means the same in every language, and a value that cannot be is a
request that cannot be understood (400), never a filter that is silently dropped.
"""

from datetime import date
from enum import Enum
from typing import Any

from flask import abort
from flask_admin.contrib.sqla.filters import BaseSQLAFilter
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import Boolean, Column, Date, DateTime, Integer
from sqlalchemy import Enum as EnumType

from views.requests import LARGEST_KEY
from views.words.labels import member_label

LONGEST_TEXT = 100
MOST_VALUES = 50
# Between the values of one filter; no value has it in it.
BETWEEN = ","


class Filter(BaseSQLAFilter):  # type: ignore[misc]
    """One condition on one column. ``kind`` is its name in addresses."""

    kind = ""
    word: LazyString
    input_type = "text"
    takes_several = False
    # Holds or is not asked for: "1" is its only value.
    is_claim = False

    def key(self) -> str:
        """The name of the filter in an address."""
        return f"{self.column.key}_{self.kind}"

    def operation(self) -> LazyString:
        return self.word

    def choices(self) -> list[tuple[str, str]]:
        """The values to choose from; none for a free input."""
        return []

    def clean(self, value: str) -> Any:
        return value

    def validate(self, value: str) -> bool:
        try:
            self.clean(value)
        except (ValueError, KeyError):
            return False
        return True

    def shown(self, value: str) -> str:
        """The value as the reader knows it."""
        return dict(self.choices()).get(value, value)


class Contains(Filter):
    """The text has these characters somewhere in it."""

    kind = "contains"
    word = _("contains")

    def clean(self, value: str) -> str:
        if len(value) > LONGEST_TEXT:
            raise ValueError
        return value.strip()

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(self.get_column(alias).icontains(value, autoescape=True))


class Is(Filter):
    """The column has exactly this value."""

    kind = "is"
    word = _("is")

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(self.get_column(alias) == value)


class Claim(Is):
    """A condition that holds; its opposite is not asked for."""

    is_claim = True

    def choices(self) -> list[tuple[str, str]]:
        return [("1", gettext("Yes"))]

    def clean(self, value: str) -> bool:
        return {"1": True}[value]


class IsOneOf(Is):
    """The column has one of these values: ``WINDOW`` or ``WINDOW,ONLINE``."""

    takes_several = True

    def one(self, value: str) -> Any:
        """One of the values. Raises ValueError or KeyError for what cannot be one."""
        return value

    def clean(self, value: str) -> list[Any]:
        parts = list(dict.fromkeys(value.split(BETWEEN)))
        if len(parts) > MOST_VALUES:
            raise ValueError
        return [self.one(part) for part in parts]

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(holds_one_of(self.get_column(alias), value))

    def shown(self, value: str) -> str:
        parts = dict.fromkeys(value.split(BETWEEN))
        return str(gettext(", ")).join(self.shown_one(part) for part in parts)

    def shown_one(self, value: str) -> str:
        """One of the values as the reader knows it."""
        return super().shown(value)


def holds_one_of(column: Any, values: list[Any]) -> Any:
    """The condition; for a single value the plain comparison, which reads an index best."""
    return column == values[0] if len(values) == 1 else column.in_(values)


class IsNumber(Is):
    """The whole number is this one."""

    input_type = "number"

    def clean(self, value: str) -> int:
        return key_in(value)


def key_in(value: str) -> int:
    """The key that an address names. Raises ValueError for what can be none."""
    number = int(value)
    if not 0 <= number <= LARGEST_KEY:
        raise ValueError
    return number


class IsMember(IsOneOf):
    """The member of the vocabulary is one of these."""

    def _members(self) -> type[Enum]:
        members: type[Enum] = self.column.type.enum_class
        return members

    def choices(self) -> list[tuple[str, str]]:
        return [(member.name, str(member_label(member))) for member in self._members()]

    def one(self, value: str) -> Enum:
        return self._members()[value]


class IsTrue(Is):
    """The claim holds, or does not."""

    VALUES = {"1": True, "0": False}  # noqa: RUF012 - a constant

    def choices(self) -> list[tuple[str, str]]:
        return [("1", str(_("Yes"))), ("0", str(_("No")))]

    def clean(self, value: str) -> bool:
        return self.VALUES[value]


class From(Filter):
    """On this day or later."""

    kind = "from"
    word = _("from")
    input_type = "date"

    def clean(self, value: str) -> date:
        return date.fromisoformat(value)

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(self.get_column(alias) >= value)


class Until(From):
    """On this day or earlier."""

    kind = "until"
    word = _("until")

    def apply(self, query: Any, value: Any, alias: Any = None) -> Any:
        return query.filter(self.get_column(alias) <= value)


# Column type → the filters it gets, the first match counts.
BY_TYPE: tuple[tuple[type, tuple[type[Filter], ...]], ...] = (
    (EnumType, (IsMember,)),
    (Boolean, (IsTrue,)),
    (Date, (From, Until)),
    (DateTime, ()),
    (Integer, (IsNumber,)),
    (object, (Contains,)),
)


def filters_for(column: Column[Any], label: Any) -> list[Filter]:
    """The filters of a column."""
    kinds = next(kinds for kind, kinds in BY_TYPE if isinstance(column.type, kind))
    return [kind(column, label) for kind in kinds]


def checked(flt: Filter, value: str) -> str:
    """``value`` as it came. Aborts with 400 when it cannot be a value of the filter."""
    if not flt.validate(value):
        abort(400)
    return value
