"""Search in the top bar: cases, applicants, certificates and items, each as far as one may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import redirect, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from models.database import db
from models.questions import search
from models.questions.calendar import working_calendar
from models.questions.case_clock import binding_day_of
from views.access import Verb, may, scope
from views.current import current_actor, current_day
from views.links import case_url, details_url, list_url
from views.panel.engine.lock import Page, page
from views.panel.engine.open_page import OpenPage
from views.words.labels import table_name
from views.words.lights import Lamp, Lamps
from views.words.values import cell, localised, show

MOST = 8  # rows of one group; the others are one list away


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that was found. ``also``: another way that begins there."""

    url: str
    title: str
    about: str = ""
    lamp: Lamp | None = None
    also: tuple[LazyString, str] | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found in one table; ``more``: the whole list, searched the same way."""

    heading: LazyString
    hits: list[Hit]
    more: str


class _Reading:
    """How the rows of a search are read by one person on one day."""

    def __init__(self, session: Session) -> None:
        self.lamps = Lamps(working_calendar(session), current_day())

    def case(self, case: Any) -> Hit:
        item = str(localised(case.licence_item, "name"))
        about = f"{case.applicant} · {item}" if case.applicant else item
        lamp = self.lamps.of(
            binding_day_of(case), case.warn_on, case.suspended_since, case.closed_on
        )
        return Hit(case_url(case.number), case.number, about, lamp)

    def applicant(self, applicant: Any) -> Hit:
        about = f"{show(applicant.kind)} · {cell(applicant, 'identity_number')}"
        cases = (_("Cases"), list_url("application", flt_applicant_id_is=applicant.id))
        opens = may(current_actor(), "application", Verb.LIST)
        return Hit(self._details(applicant), applicant.name, about, also=cases if opens else None)

    def certificate(self, certificate: Any) -> Hit:
        parts = [certificate.holder_name, certificate.name, show(certificate.status)]
        if certificate.valid_until:
            parts.append(gettext("valid until %(day)s", day=show(certificate.valid_until)))
        return Hit(self._details(certificate), certificate.number, " · ".join(parts))

    def item(self, item: Any) -> Hit:
        about = item.code if item.is_offered else f"{item.code} · {gettext('not offered now')}"
        return Hit(self._details(item), str(localised(item, "name")), about)

    def _details(self, row: Any) -> str:
        return details_url(row.__tablename__, row.id)


Question = Callable[..., list[Any]]
# Table → its question, and how its rows are read: in the order in which they are shown.
GROUPS: dict[str, tuple[Question, Callable[[_Reading, Any], Hit]]] = {
    "application": (search.cases_like, _Reading.case),
    "certificate": (search.certificates_like, _Reading.certificate),
    "applicant": (search.applicants_like, _Reading.applicant),
    "licence_item": (search.items_like, _Reading.item),
}


def hits_for(text: str) -> Iterator[Hits]:
    """What the reader may see of what was asked for, table by table."""
    session, actor = db.session(), current_actor()
    reading = _Reading(session)
    for table, (question, line) in GROUPS.items():
        if may(actor, table, Verb.LIST) and may(actor, table, Verb.DETAIL):
            rows = question(session, text, MOST, scope(actor, table, Verb.LIST))
            url = list_url(table, search=text)
            hits = [line(reading, row) for row in rows[:MOST]]
            if hits:
                yield Hits(table_name(table), hits, url if len(rows) > MOST else "")


class SearchPage(OpenPage):
    """One field for everything that has a number or a name."""

    address = "search"
    title = _("Search")

    @page("/")
    def index_view(self) -> Page:
        """What was found. The number of a case, typed whole, leads straight to its page."""
        asked = search.tidy(request.args.get("q", ""))
        if len(asked) > search.LONGEST:
            return self._found("", [], is_too_long=True), 400
        if asked and (number := _whole_number(asked)):
            return redirect(case_url(number))
        return self._found(asked, list(hits_for(asked)) if asked else [])

    def _found(self, asked: str, groups: list[Hits], *, is_too_long: bool = False) -> str:
        return str(
            self.render(
                "panel/search.html", title=self.title, asked_for=asked, found=groups,
                is_too_long=is_too_long, most=search.LONGEST,
                all_cases=list_url("application", search=asked)
                if asked and may(current_actor(), "application", Verb.LIST) else "",
            )
        )  # fmt: skip


def _whole_number(asked: str) -> str | None:
    actor = current_actor()
    if not may(actor, "application", Verb.DETAIL):
        return None
    return search.case_of_number(db.session(), asked, scope(actor, "application", Verb.DETAIL))


VIEWS = (SearchPage,)
