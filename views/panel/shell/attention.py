"""What asks for the reader's attention, each with a way to where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import Application
from models.database import db
from models.questions.attention import Reader, kinds_for, reader_of
from models.questions.my_work import ask
from views.current import current_actor, current_day
from views.links import case_url, details_url, edit_url, list_url
from views.panel.engine.lock import Page, page
from views.panel.engine.open_page import OpenPage
from views.words.values import localised, row_title, show

MOST = 20  # rows of one kind; the others come up as these are settled


@dataclass(frozen=True, slots=True)
class Matter:
    """One line: where it leads, what it is about, and since or by when."""

    url: str
    title: str
    about: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The matters of one kind."""

    name: str
    shape: str
    heading: LazyString
    day: LazyString
    count: int
    matters: list[Matter]

    @property
    def left(self) -> int:
        """How many are not shown."""
        return self.count - len(self.matters)


def _of_case(case: Application, day: Any, words: str = "") -> Matter:
    item = str(localised(case.licence_item, "name"))
    about = " · ".join(str(part) for part in (words, case.applicant, item) if part)
    return Matter(case_url(case.number), case.number, about, show(day))


def _order(order: Any) -> Matter:
    about = f"{order.application.number} · {order.text}" if order.application else order.text
    url = edit_url("supervision_order", order.id)
    return Matter(url, show(order.kind), about, show(order.answer_due_on))


def _answer(order: Any) -> Matter:
    url = details_url("supervision_order", order.id)
    return Matter(url, row_title(order.addressee), order.answer, show(order.answered_on))


def _change(change: Any) -> Matter:
    certificate = change.certificate
    about = f"{show(change.kind)} · {certificate.holder_name}"
    url = details_url("certificate_change", change.id)
    return Matter(url, certificate.number, about, show(change.proposed_on))


def _notice(notice: Any) -> Matter:
    url = details_url("calendar_notice", notice.id)
    return Matter(url, str(notice.year), notice.source, show(notice.proposed_on))


def _year(last: Any) -> Matter:
    """Where the missing notice is handed in, or read."""
    words = gettext("Until then dates are provisional there.")
    return Matter(list_url("calendar_notice"), str(last.year + 1), words, str(last.year))


def _identity(row: Any) -> Matter:
    url = details_url("applicant_identity", row.id)
    return Matter(url, row.applicant.name, show(row.change), show(row.proposed_on))


def _complaint(complaint: Any) -> Matter:
    url = details_url("complaint", complaint.id)
    title = gettext("Complaint no. %(number)s", number=complaint.id)
    return Matter(url, title, complaint.text, show(complaint.handle_due_on))


def _rectification(row: Any) -> Matter:
    url = details_url("rectification", row.id)
    return Matter(url, row_title(row.rating), "", show(row.rectify_due_on))


def _handed(line: Any) -> Matter:
    order = line.reassignment
    who = gettext("from %(name)s", name=row_title(order.from_user))
    return _of_case(line.application_step.application, order.done_on, who)


def _absence(absence: Any) -> Matter:
    url = details_url("absence", absence.id)
    return Matter(url, row_title(absence.user), show(absence.reason), show(absence.last_day))


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind of matter is read; ``day``: what its day means."""

    shape: str
    heading: LazyString
    day: LazyString
    line: Callable[[Any], Matter]


_BY = _("by")
_SINCE = _("since")
READ: dict[str, Words] = {
    "orders": Words("▲", _("Supervision orders to answer"), _BY, _order),
    "accepts-itself": Words(
        "▲", _("The law accepts these unless somebody answers"), _BY,
        lambda case: _of_case(case, case.notice_due_on),
    ),
    "renews-itself": Words(
        "▲", _("The law renews these unless somebody decides"), _BY,
        lambda case: _of_case(case, case.due_on),
    ),
    "overdue": Words(
        "▲", _("My overdue cases"), _BY,
        lambda case: _of_case(case, case.due_on),
    ),
    "due-soon": Words(
        "◆", _("My cases that are due soon"), _BY,
        lambda case: _of_case(case, case.due_on),
    ),
    "pauses": Words(
        "◆", _("My cases whose pause has overrun"), _SINCE,
        lambda pause: _of_case(pause.application, pause.planned_end_on, show(pause.kind)),
    ),
    "extensions": Words(
        "◆", _("Extensions to approve"), _("asked for"),
        lambda row: _of_case(row.application, row.requested_on, row.reason),
    ),
    "second-notices": Words(
        "◆", _("Second notices to approve"), _BY,
        lambda row: _of_case(row.application, row.application.notice_due_on, row.reason),
    ),
    "green-lanes": Words(
        "◆", _("Green lanes to approve"), _("asked for"),
        lambda row: _of_case(row.application, row.requested_on, row.reason),
    ),
    "receipts": Words(
        "●", _("Earlier receipts to confirm"), _SINCE,
        lambda row: _of_case(row.application, row.entered_on, f"{show(row.came_on)} {row.proof}"),
    ),
    "changes": Words("◆", _("Changes of certificates to approve"), _("asked for"), _change),
    "terminations": Words(
        "◆", _("Terminations to approve"), _("asked for"),
        lambda row: _of_case(row.application, row.proposed_on, row.reasons),
    ),
    "withdrawals": Words(
        "◆", _("Withdrawals to approve"), _("asked for"),
        lambda row: _of_case(row.application, row.proposed_on, row.document_number),
    ),
    "calendar-notices": Words("◆", _("Holiday notices to confirm"), _("handed in"), _notice),
    "calendar-missing": Words(
        "▲", _("The working calendar waits for its holiday notice"),
        _("last confirmed year"), _year,
    ),
    "identities": Words("◆", _("Identities to confirm"), _("asked for"), _identity),
    "answers": Words("●", _("Answers to my orders"), _("answered"), _answer),
    "complaints": Words("◆", _("Complaints without an outcome"), _BY, _complaint),
    "rectifications": Words("▲", _("Rectifications past due"), _BY, _rectification),
    "handed": Words("●", _("Handed over to me"), _SINCE, _handed),
    "stand-in": Words("●", _("I stand in for"), _("until"), _absence),
    "corrections": Words(
        "◆", _("Corrections that I owe"), _BY,
        lambda row: _of_case(row.application, row.application.correction_due_on),
    ),
}  # fmt: skip


def groups_of(reader: Reader) -> Iterator[Group]:
    """The kinds of which there is something to tell."""
    for name, kind in kinds_for(reader.actor):
        found = ask(db.session(), kind.question(reader), MOST)
        words = READ[name]
        if found.count:
            matters = [words.line(row) for row in found.rows]
            yield Group(name, words.shape, words.heading, words.day, found.count, matters)


class AttentionPage(OpenPage):
    """What asks for attention; a line goes away with its matter."""

    address = "notices"
    title = _("Notices")

    @page("/")
    def index_view(self) -> Page:
        """The page."""
        reader = reader_of(db.session(), current_actor(), current_day())
        groups = list(groups_of(reader)) if reader else []
        return str(self.render("panel/attention.html", title=self.title, groups_of_matters=groups))


VIEWS = (AttentionPage,)
