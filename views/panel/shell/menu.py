"""The menu of the panel by duty: at most nine lines, and the pages that are no table's list."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models.acting import Actor
from models.enums import Duty
from views.access import OFFICERS, PAGES


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu: a table's list or a page, for the duties that work with it daily."""

    table: str
    duties: frozenset[Duty]
    name: LazyString | None = None  # instead of the table's or the page's own
    anchor: str = ""  # the part of the page
    counter: str = ""  # what is counted beside it: a name of views/panel/shell/counters.py


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the menu under one heading."""

    heading: LazyString
    entries: tuple[Entry, ...]


def _entry(table: str, *duties: Duty) -> Entry:
    return Entry(table, frozenset(duties))


def _work(name: LazyString, counter: str, anchor: str, *duties: Duty) -> Entry:
    return Entry("work", frozenset(duties), name, anchor, counter)


MOST_ENTRIES = 9
POSTS = OFFICERS[1:4]
OVERSIGHT = (Duty.SUPERVISION, Duty.COMMITTEE)

# The figures of the reform are reached from the board.
MENU = (
    Group(
        _("My work"),
        (
            _entry("board", *PAGES["board"].duties),
            _work(PAGES["work"].name, "to-approve", "", Duty.HEAD, Duty.LEADER),
            _work(_("To claim"), "to-claim", "", *POSTS),
            _work(_("In hand"), "in-hand", "#mine", *POSTS),
        ),
    ),
    Group(
        _("Casework"),
        (
            _entry("application", *OFFICERS, *OVERSIGHT, Duty.AUDIT, Duty.APPLICANT),
            _entry("application_step", *OFFICERS[1:], *OVERSIGHT),
            _entry("applicant", *OFFICERS[:4]),
            _entry("pre_guidance", Duty.GUIDANCE),
            _entry("certificate", *OFFICERS, *OVERSIGHT, Duty.AUDIT, Duty.APPLICANT),
            _entry("service_rating", Duty.APPLICANT),
        ),
    ),
    Group(
        _("Catalogue"),
        (
            _entry("licence_item", *OFFICERS, Duty.COMMITTEE, Duty.CATALOGUE, Duty.AUDIT),
            _entry("item_version", Duty.CATALOGUE),
        ),
    ),
    Group(
        _("Supervision"),
        (
            _entry("supervision_order", Duty.HEAD, *OVERSIGHT),
            _entry("reassignment", Duty.HEAD, Duty.SUPERVISION),
            _entry("complaint", Duty.HEAD, Duty.SUPERVISION),
            _entry("finding", Duty.SUPERVISION, Duty.AUDIT),
            _entry("audit_entry", Duty.SUPERVISION, Duty.AUDIT),
        ),
    ),
    Group(
        _("Accounts"),
        (
            _entry("user_account", Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT),
            _entry("role_grant", Duty.SECURITY, Duty.AUDIT),
            _entry("post", Duty.SECURITY),
            _entry("post_assignment", Duty.SECURITY),
        ),
    ),
    Group(
        _("Office"),
        (
            _entry("authority", Duty.SYSTEM),
            _entry("department", Duty.SYSTEM),
            _entry("service_window", Duty.SYSTEM),
            _entry("calendar_year", Duty.SYSTEM, Duty.CATALOGUE, *OFFICERS),
            _entry("calendar_notice", Duty.SYSTEM),
        ),
    ),
)


def menu_of(actor: Actor) -> list[tuple[LazyString, list[Entry]]]:
    """The actor's menu: headings with their lines, at most nine lines in all."""
    left = MOST_ENTRIES
    menu: list[tuple[LazyString, list[Entry]]] = []
    for group in MENU:
        entries = [e for e in group.entries if e.duties & actor.duties][:left]
        left -= len(entries)
        if entries:
            menu.append((group.heading, entries))
    return menu
