"""The columns of the list of cases, each one row of data, in the order of the download.

Adding one is adding a row to ``COLUMNS``: the page has its heading, its cell, the label of its
card and its sort link from it, the statement what it reads, and the download its place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from models import Applicant, Application, LicenceItem, User
from models.questions.pauses import open_pause_ends, pause_is_overrun
from views.links import case_url
from views.panel.engine.columns import Cell, Column
from views.words.lights import Lamps
from views.words.values import NOTHING, show

# What every line of the list reads, whatever its columns: its key, its name, how it stands.
ALWAYS_READ = (Application.id, Application.number, Application.status, Application.closed_on)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one page are read: what is looked up once a page, not once a row.

    ``steps``: case → the names, in both languages, of the steps in hand. ``language``: which of
    the two.
    """

    today: date
    language: int
    lamps: Lamps
    steps: Mapping[int, list[tuple[str, str]]]
    statuses: Mapping[Any, str]
    words: Mapping[str, str]

    def of(self, chinese: str, english: str | None) -> str:
        """A name in the reader's language."""
        return english if self.language and english else chinese


def words_of_page() -> dict[str, str]:
    """The words that cells repeat."""
    return {
        "joint": gettext(", "),
        "unclaimed": gettext("Unclaimed"),
        "provisional": gettext("provisional"),
        "past": "▲▲ " + gettext("past"),
        "overrun": "❚❚▲ " + gettext("pause overrun"),
        "green": "★ " + gettext("Green lane"),
    }


def shown_by(column: Column) -> Callable[[Any, Reading], str | Cell]:
    """How rows are shown in a column."""
    if column.cell is not None:
        return column.cell
    value_of = attrgetter(column.name)
    return lambda row, _page: show(value_of(row))


# --- the cells --------------------------------------------------------------------------------


def _number(row: Any, page: Reading) -> Cell:
    green = page.words["green"] if row.is_green_lane else ""
    return Cell(row.number, url=case_url(row.number), small=green)


def _applicant(row: Any, _page: Reading) -> str:
    return row.applicant or NOTHING


def _item(row: Any, page: Reading) -> str:
    return page.of(row.item_name, row.item_name_en)


def _step(row: Any, page: Reading) -> str:
    """The steps in hand; where there is none, how the case stands."""
    names = [page.of(*pair) for pair in page.steps.get(row.id, ())]
    return page.words["joint"].join(names) or page.statuses[row.status]


def _light(row: Any, page: Reading) -> Cell:
    lamp = page.lamps.of(row.due_on, row.warn_on, row.suspended_since, row.closed_on)
    is_overrun = pause_is_overrun(
        page.today,
        closed_on=row.closed_on,
        suspended_since=row.suspended_since,
        ends_on=row.pause_ends_on,
    )
    return Cell(lamp=lamp, past=page.words["overrun"] if is_overrun else "")


def _received_on(row: Any, _page: Reading) -> str:
    return _day(row.received_on)


def _due_on(row: Any, page: Reading) -> str | Cell:
    return _marked(row.due_on, _provisional(row, row.due_is_provisional, page))


def _statutory_due_on(row: Any, page: Reading) -> str | Cell:
    small = _provisional(row, row.statutory_due_is_provisional, page)
    past = page.words["past"] if _is_past_the_law(row, page.today) else ""
    return _marked(row.statutory_due_on, small, past)


def _provisional(row: Any, is_provisional: bool, page: Reading) -> str:
    return page.words["provisional"] if is_provisional and row.closed_on is None else ""


def _marked(day: date | None, small: str, past: str = "") -> str | Cell:
    return Cell(_day(day), small=small, past=past) if small or past else _day(day)


def _is_past_the_law(row: Any, today: date) -> bool:
    is_late = row.closed_on is None and row.due_on is not None and row.due_on < today
    return is_late and row.statutory_due_on is not None and row.statutory_due_on < today


def _officer(row: Any, page: Reading) -> str:
    nobody = NOTHING if row.closed_on else page.words["unclaimed"]
    return page.of(row.officer_name or nobody, row.officer_name_en)


def _day(day: date | None) -> str:
    return NOTHING if day is None else day.isoformat()


# --- the table --------------------------------------------------------------------------------

_CASE = Application
COLUMNS: tuple[Column, ...] = (
    Column("number", reads=(_CASE.is_green_lane,), cell=_number, style="name",
           sort=_CASE.number, exported=True),
    Column("applicant", reads=(Applicant.name.label("applicant"),), cell=_applicant,
           exported=True),
    Column("licence_item", cell=_item, exported=True,
           reads=(LicenceItem.name.label("item_name"), LicenceItem.name_en.label("item_name_en"))),
    Column("step", _("Step"), cell=_step),
    Column("light", _("Limit in working days"), cell=_light, style="lit",
           reads=(_CASE.due_on, _CASE.warn_on, _CASE.suspended_since,
                  open_pause_ends().label("pause_ends_on"))),
    Column("status", listed=False, exported=True),
    Column("channel", listed=False, exported=True),
    Column("received_on", reads=(_CASE.received_on,), cell=_received_on, style="day",
           sort=_CASE.received_on, exported=True, is_last=True),
    Column("accepted_on", listed=False, exported=True),
    Column("due_on", reads=(_CASE.due_on, _CASE.due_is_provisional), cell=_due_on, style="day",
           sort=_CASE.due_on, exported=True),
    Column("statutory_due_on", cell=_statutory_due_on, style="day", exported=True,
           reads=(_CASE.due_on, _CASE.statutory_due_on, _CASE.statutory_due_is_provisional)),
    Column("suspended_since", listed=False, exported=True),
    Column("closed_on", listed=False, exported=True),
    Column("officer", cell=_officer, exported=True, is_inside=True,
           reads=(User.display_name.label("officer_name"),
                  User.display_name_en.label("officer_name_en"))),
    Column("summary", listed=False, exported=True),
)  # fmt: skip
