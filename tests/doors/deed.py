"""What a deed is: something that a rule forbids, told once, for every door.

To add a rule, add a deed to a ``deeds_*.py`` of this folder (or a new such file): its code, who
does it, how the office comes there by lawful moves, what he sets, and the same done rightly.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models import Application, Base
from models.enums import ApplicationStatus, VersionStatus
from tests.factories import MONDAY, Office

Values = dict[str, Any]
Reach = Callable[[Office], Any]
Told = Callable[[Office, Any], Values]
Does = Callable[[Office, Any], object]


# Tables of which a row may be taken away, each under its own condition; all others keep theirs.
DELETABLE = {
    "absence", "application", "calendar_day", "fee_item", "former_step", "item_condition",
    "item_question", "item_version", "material_requirement", "saved_view", "source_note",
    "step_definition", "submitted_material", "supervision_inspector", "template_step",
}  # fmt: skip


class NoWay(str):
    """Why a door does not lead to a deed."""

    __slots__ = ()


Cell = str | NoWay

DOORS = (
    "orm", "act", "bulk", "system", "sql", "delete", "form", "action", "ajax", "portal", "cli",
)  # fmt: skip

SHUT = "no cell is edited in place, no details page takes a form: shut, whatever is sent"
NO_ACT = NoWay("the office has no such act")
NO_BUTTON = NoWay("the panel offers no such act")
NO_PAGE = NoWay("no public page leads there: they are for applicants and their own cases")
NO_COMMAND = NoWay("the commands load, count, verify and serve; none takes one row and changes it")
NO_ACCOUNT = NoWay("SYSTEM has no account and signs in nowhere")
ONLY_AN_ACT = NoWay("there is no row to set: the deed is an act and nothing else")
ONLY_HOOKS = NoWay("no trigger and no constraint: only the hooks hold this rule")
TAKEN_AWAY = NoWay("a form takes no row away")
NOT_THERE = NoWay("there is no row yet that could be taken away")
IS_LAWFUL = NoWay("whoever keeps this table may take the row away")
FIELD = "the field itself, or its page, refuses it before any rule is asked"


@dataclass(frozen=True)
class Button:
    """The panel's own way to a deed: an act of the case page, of a row of a list (``of_rows``), or
    of the rows chosen on it (``of_many``), looked at first and then confirmed."""

    name: str
    typed: Values | Told = field(default_factory=dict)
    of_rows: bool = False
    of_many: bool = False

    def fields(self, office: Office, row: Any) -> Values:
        """What is typed with it."""
        return told(self.typed, office, row)


@dataclass(frozen=True)
class Deed:
    """Something that a rule forbids.

    ``reach`` walks there by lawful moves and gives the row that is meant: the one whose columns
    ``values`` sets, or, with ``new``, the one to which a new row of that table is added.
    ``lawful`` does the same thing rightly afterwards, or names the test that does.
    ``button`` is the panel's way, ``page`` an address of the public pages, with ``{case}`` or
    ``{item}`` in it.
    ``elsewhere`` says at which doors another rule speaks first, or why there is no way. At
    ``sql`` it names what the database itself refuses; where it is silent, only the hooks do.
    """

    code: str
    who: str | None
    reach: Reach
    values: Values | Told | None
    lawful: Does | str
    new: type[Base] | None = None
    deletes: bool = False
    act: Does | None = None
    button: Button | None = None
    page: Button | None = None
    typed: Values | Told | None = None
    day: date = MONDAY
    elsewhere: dict[str, Cell] = field(default_factory=dict)

    @property
    def is_of_data(self) -> bool:
        """Whether there is a row to set, to add or to take away."""
        return self.values is not None or self.deletes

    def told(self, office: Office, row: Any) -> Values:
        """What is set, by column or relationship."""
        return told(self.values, office, row)

    def fields(self, office: Office, row: Any) -> Values:
        """What is typed into the form: the same, but for fields that are no columns."""
        return told(self.values if self.typed is None else self.typed, office, row)

    def at(self, door: str, row: Any = None) -> Cell:
        """What stands at a door: the code of the refusal, or why it leads nowhere."""
        if door in self.elsewhere:
            return self.elsewhere[door]
        return self._by_default(door, row)

    def _by_default(self, door: str, row: Any) -> Cell:
        fixed = {"ajax": SHUT, "cli": NO_COMMAND, "sql": ONLY_HOOKS}
        if self.who is None and door in ("form", "action", "ajax"):
            return NO_ACCOUNT
        if door in fixed:
            return fixed[door]
        if door == "act":
            return self.code if self.act else NO_ACT
        if door == "action":
            return self.code if self.button else NO_BUTTON
        if door == "portal":
            return self.code if self.page else NO_PAGE
        if not self.is_of_data:
            return ONLY_AN_ACT
        if door == "bulk":
            return "bulk-write"
        if door == "form" and self.deletes:
            return TAKEN_AWAY
        return self._of_deletion(row) if door == "delete" else self.code

    def _of_deletion(self, row: Any) -> Cell:
        if self.deletes:
            return self.code
        if self.new is not None:
            return NOT_THERE
        table = row.__tablename__ if row is not None else ""
        drafts = (ApplicationStatus.DRAFT, VersionStatus.DRAFT)
        if table in DELETABLE and getattr(row, "status", drafts[0]) in drafts:
            return IS_LAWFUL
        return "row-is-never-deleted"


def told(values: Values | Told | None, office: Office, row: Any) -> Values:
    """Values that may depend on the rows reached."""
    if callable(values):
        return values(office, row)
    return dict(values or {})


def case_of(row: Any) -> Application | None:
    """The case that a row is, or belongs to."""
    found = row if isinstance(row, Application) else getattr(row, "application", None)
    return found if isinstance(found, Application) else None


def first(office: Office, kind: type[Base]) -> Any:
    """The first row of a table: a deed asks for it again and again, so it makes none."""
    return office.session.query(kind).order_by(kind.id).first()  # type: ignore[attr-defined]


# --- the same thing, done rightly --------------------------------------------------------------


def acting(office: Office, who: str | None, day: date) -> AbstractContextManager[Any]:
    """Act as a person, or as SYSTEM, and commit."""
    return office.time_acts(day) if who is None else office.acts(who, day)


def sets(who: str | None, day: date = MONDAY, **values: Any) -> Does:
    """Somebody sets these columns of the row that was reached."""

    def do(office: Office, row: Any) -> None:
        with acting(office, who, day):
            for column, value in values.items():
                setattr(row, column, value)

    return do


def adds(who: str | None, kind: type[Base], values: Values | Told, day: date = MONDAY) -> Does:
    """Somebody adds such a row."""

    def do(office: Office, row: Any) -> None:
        with acting(office, who, day) as session:
            session.add(kind(**told(values, office, row)))

    return do


def does(who: str | None, act: Does, day: date = MONDAY) -> Does:
    """Somebody does an act of the office."""

    def do(office: Office, row: Any) -> None:
        with acting(office, who, day):
            act(office, row)

    return do
