"""A short tour of the demonstration for each duty: what to try first, with ways to real cases."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, request, url_for
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, select
from werkzeug.wrappers import Response

from models import (
    Application,
    ApplicationStep,
    ClockSuspension,
    DeadlineExtension,
    ItemVersion,
)
from models.acting import acting
from models.database import db
from models.enums import ApplicationStatus, Duty, VersionStatus
from models.questions.worklists import is_open, is_overdue, is_paused, is_step_in_hand
from views.access import Verb, may, scope
from views.current import current_actor, current_day
from views.links import case_url, details_url, home_url
from views.panel.engine.lock import Page, page
from views.panel.engine.open_page import OpenPage

COOKIE = "tour"
CLOSED = "closed"
HALF_A_YEAR = 180 * 24 * 3600

# What of the office's rows a stop leads to; None: there is none today.
Way = Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to try: what is to be done, and where."""

    words: LazyString
    way: Way


def _at(endpoint: str, **values: Any) -> Way:
    return lambda: url_for(endpoint, **values)


def _case(condition: Callable[[], ColumnElement[bool]], order: Any = Application.id) -> Way:
    """The page of the first case of the reader's scope that is so."""

    def find() -> str | None:
        actor = current_actor()
        if not may(actor, "application", Verb.DETAIL):
            return None
        own = scope(actor, "application", Verb.DETAIL)
        found = select(Application.number).where(condition()).order_by(order, Application.id)
        number = db.session.scalar((found if own is None else found.where(own)).limit(1))
        return case_url(number) if number else None

    return find


def _is(status: ApplicationStatus) -> ColumnElement[bool]:
    return Application.status == status


def _in_hand() -> ColumnElement[bool]:
    step = ApplicationStep
    mine = select(step.application_id).where(
        step.officer_id == current_actor().user_id, is_step_in_hand()
    )
    return is_open() & Application.id.in_(mine)


def _has_pause_and_extension() -> ColumnElement[bool]:
    """A case whose date has more than one cause."""
    paused = select(ClockSuspension.application_id)
    extended = select(DeadlineExtension.application_id).where(
        DeadlineExtension.approved_on.is_not(None)
    )
    return Application.id.in_(paused) | Application.id.in_(extended)


def _extension_asked_for() -> ColumnElement[bool]:
    waiting = select(DeadlineExtension.application_id).where(
        DeadlineExtension.approved_on.is_(None)
    )
    return is_open() & Application.id.in_(waiting)


def _draft() -> str | None:
    """The first version of an item that is not published yet."""
    drafts = select(ItemVersion.id).where(ItemVersion.status == VersionStatus.DRAFT)
    key = db.session.scalar(drafts.order_by(ItemVersion.id).limit(1))
    return details_url("item_version", key) if key else None


MOST_OVERDUE = Stop(
    _("Open the most overdue case and read why its date is what it is."),
    _case(lambda: is_overdue(current_day()), Application.due_on),
)
WHY_THIS_DATE = Stop(
    _("Open a case with a pause or an extension: every day of its time limit is explained."),
    _case(_has_pause_and_extension),
)
MY_FIRST = Stop(
    _("Open the first case in your hands: what you may do stands there as buttons."),
    _case(_in_hand, Application.due_on),
)
QUEUE = Stop(_("Claim the next step from the queue of your post."), _at("work.index_view"))
ABSENCE = Stop(_("Enter an absence and name your substitute."), _at("absence.create_view"))
EXTENSION = Stop(
    _("Approve an extension that waits for you, or leave it."), _case(_extension_asked_for)
)
SECOND_PERSON = Stop(
    _("Look at what others propose and you confirm: nobody confirms a proposal of one's own."),
    _at("work.index_view"),
)
BOARD = Stop(
    _("Look at the time limits board: every number on it leads to its cases."),
    _at("board.index_view"),
)
ORDER = Stop(
    _("Send a supervision order: its officer has three working days to answer."),
    _at("supervision_order.create_view"),
)
HAND_OVER = Stop(
    _("Hand the open work of an absent officer over to another; what a rule refuses stays."),
    _at("reassignment.create_view"),
)
LOG = Stop(
    _("Read the audit log: who changed what, before and after; nobody can change it."),
    _at("audit_entry.index_view"),
)
SEARCH = Stop(
    _("Press / on any page and type a number or a name."),
    _at("search.index_view", q="2026"),
)

TOURS: dict[Duty, tuple[Stop, ...]] = {
    Duty.GUIDANCE: (
        Stop(_("Read the guides as an applicant does."), _at("portal.items")),
        Stop(_("Note a guidance given before an application."), _at("pre_guidance.create_view")),
        Stop(_("Look an item up: its conditions, steps, materials and fees."),
             _at("licence_item.index_view")),
        SEARCH,
    ),
    Duty.ACCEPTANCE: (
        Stop(_("Take in an application at the window."), _at("application.create_view")),
        Stop(
            _("Answer a received case: accept it, or notify once of all that is missing."),
            _case(lambda: _is(ApplicationStatus.RECEIVED), Application.notice_due_on),
        ),
        Stop(
            _("See a case that waits for the applicant's correction."),
            _case(lambda: _is(ApplicationStatus.CORRECTING)),
        ),
        Stop(
            _("See what silence did: after five working days this case counts as accepted."),
            _case(lambda: Application.deemed_accepted.is_(True)),
        ),
        QUEUE,
        ABSENCE,
    ),
    Duty.REVIEW: (
        QUEUE,
        MY_FIRST,
        WHY_THIS_DATE,
        Stop(
            _("See a case whose clock stands still, and until when."),
            _case(lambda: is_paused(current_day())),
        ),
        ABSENCE,
    ),
    Duty.DECISION: (
        QUEUE,
        MY_FIRST,
        Stop(
            _("Read a refusal: its reasons and its remedies."),
            _case(lambda: _is(ApplicationStatus.REFUSED)),
        ),
        Stop(
            _("Open a delivered case, and from there its certificate."),
            _case(lambda: _is(ApplicationStatus.DELIVERED)),
        ),
        WHY_THIS_DATE,
    ),
    Duty.HEAD: (
        BOARD,
        MOST_OVERDUE,
        ORDER,
        SECOND_PERSON,
        HAND_OVER,
    ),
    Duty.LEADER: (BOARD, MOST_OVERDUE, EXTENSION, WHY_THIS_DATE),
    Duty.COMMITTEE: (BOARD, MOST_OVERDUE, WHY_THIS_DATE, SEARCH),
    Duty.SUPERVISION: (BOARD, MOST_OVERDUE, ORDER, HAND_OVER, LOG),
    Duty.CATALOGUE: (
        Stop(_("Open the items: each has versions, and one of them is in force."),
             _at("licence_item.index_view")),
        Stop(_("Open a draft version: its steps, materials and fees can still be changed."),
             _draft),
        Stop(_("Read how a first item is made, from a draft to its guide."),
             _at("portal.help_page", name="first-item")),
        Stop(_("Read the guide that everybody sees."), _at("portal.items")),
    ),
    Duty.SYSTEM: (
        Stop(_("Open the working calendar: the days off of a year, and whether they are final."),
             _at("calendar_year.index_view")),
        Stop(_("Look at the accounts; the duties are given by somebody else."),
             _at("user_account.index_view")),
        Stop(_("Look at the departments and windows of the office."), _at("department.index_view")),
        Stop(_("Read how a date is counted, with worked examples."),
             _at("portal.help_page", name="deadlines")),
    ),
    Duty.SECURITY: (
        Stop(_("Look at the grants: who holds which duty, and since when."),
             _at("role_grant.index_view")),
        Stop(_("Try to give one person two duties that exclude each other."),
             _at("role_grant.create_view")),
        Stop(_("Look at the posts, and who holds them."), _at("post_assignment.index_view")),
        Stop(_("Read which article asks for what, and what the program refuses."),
             _at("portal.help_page", name="law")),
    ),
    Duty.AUDIT: (
        LOG,
        Stop(_("Read the findings: where somebody may have gone round a rule."),
             _at("finding.index_view")),
        BOARD,
        MOST_OVERDUE,
    ),
    Duty.APPLICANT: (
        Stop(_("Choose an item and read its guide."), _at("portal.items")),
        Stop(_("Follow your applications."), _at("portal.track")),
        Stop(
            _("Answer what was asked of you: one of your applications waits for its correction."),
            _case(lambda: _is(ApplicationStatus.CORRECTING)),
        ),
        Stop(_("Look a permit up in the public register."), _at("portal.register")),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tour:
    """The tour on the home page. Closed, only the way back to it is shown."""

    is_open: bool
    stops: list[tuple[LazyString, str]]


def tour_of() -> Tour | None:
    """The reader's tour; None outside the demonstration."""
    if not acting(db.session()).is_demonstration:
        return None
    if request.cookies.get(COOKIE) == CLOSED:
        return Tour(is_open=False, stops=[])
    return Tour(is_open=True, stops=list(_stops()))


def _stops() -> Iterator[tuple[LazyString, str]]:
    """The stops of the reader's duties that lead somewhere today; none twice."""
    duties = current_actor().duties
    stops = dict.fromkeys(stop for duty in TOURS if duty in duties for stop in TOURS[duty])
    for stop in stops:
        if (url := stop.way()) is not None:
            yield stop.words, url


class TourPage(OpenPage):
    """Closes the tour, and opens it again: a cookie, no more."""

    address = "tour"
    title = _("Tour")

    @page("/close/")
    def close(self) -> Page:
        """The home page without the tour."""
        answer = self._home()
        answer.set_cookie(
            COOKIE, CLOSED, max_age=HALF_A_YEAR, httponly=True, samesite="Lax",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        )  # fmt: skip
        return answer

    @page("/")
    def open(self) -> Page:
        """The home page with the tour."""
        answer = self._home()
        answer.delete_cookie(COOKIE)
        return answer

    @staticmethod
    def _home() -> Response:
        return redirect(home_url())


VIEWS = (TourPage,)
