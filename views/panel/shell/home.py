"""The home page of the panel, and its menu as it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import redirect, request
from flask_admin import AdminIndexView
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from models.by_time.recalculation import Progress, progress_of
from models.database import db
from views.access import PAGES, tables_of
from views.current import current_actor, current_day, is_signed_in
from views.links import list_url, path_here, sign_in_url
from views.panel.engine.lock import page
from views.panel.shell.counters import count_of
from views.panel.shell.home_supervision import orders_to_show, oversight_of
from views.panel.shell.menu import Entry, menu_of
from views.panel.shell.tour import tour_of
from views.words.labels import member_label, table_name


class PanelHome(AdminIndexView):  # type: ignore[misc]
    """The first page after sign-in: what the reader's duties are, and where the work lies."""

    def _handle_view(self, name: str, **_kwargs: Any) -> Response | None:
        return None if is_signed_in() else redirect(sign_in_url(path_here()))

    @page("/")
    def index(self) -> str:
        actor = current_actor()
        return str(
            self.render(
                "panel/home.html",
                title=_("Home"),
                tour=tour_of(),
                orders=orders_to_show(actor),
                oversight=oversight_of(actor, current_day()),
                duties=[member_label(duty) for duty in sorted(actor.duties)],
                groups=panel_menu(),
                others=_links(tables_of(actor)),
            )
        )


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a menu: its name, its address, whether this page is it, and how much waits."""

    label: Any
    url: str
    is_here: bool = False
    count: str = ""


def _links(tables: list[str]) -> list[Link]:
    """A line for each table."""
    return [Link(_name(t), list_url(t), request.blueprint == t) for t in tables]


def _lines(entries: list[Entry]) -> Iterator[Link]:
    """The lines of a group. Of several that lead to one page the first is where the reader is."""
    shown: set[str] = set()
    for entry in entries:
        url = f"{list_url(entry.table)}{entry.anchor}"
        is_here = request.blueprint == entry.table and entry.table not in shown
        shown.add(entry.table)
        yield Link(entry.name or _name(entry.table), url, is_here, count_of(entry.counter))


def _name(table: str) -> Any:
    """What a list, or a page that is none, is called in the menu."""
    return PAGES[table].name if table in PAGES else table_name(table)


def panel_menu() -> list[tuple[Any, list[Link]]]:
    """The reader's menu."""
    return [(heading, list(_lines(entries))) for heading, entries in menu_of(current_actor())]


def recalculation() -> Progress | None:
    """How far open cases have been reckoned again after a change of the calendar."""
    return progress_of(db.session())
