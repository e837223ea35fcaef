"""The most urgent cases: how late, why, with whom, and what a leader can do at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import ApplicationStep, User
from models.database import db
from models.enums import ApplicationStatus
from models.questions.board import Scope
from models.questions.calendar import working_calendar
from models.questions.urgent import UrgentCase, most_urgent
from models.questions.worklists import step_is_late
from models.rules.working_days import Calendar, CalendarRangeError, lateness
from views.access import Verb, may
from views.current import current_actor
from views.links import case_url, new_url
from views.words.labels import member_label
from views.words.lights import Lamp, Lamps
from views.words.values import NOTHING, localised


@dataclass(frozen=True, slots=True)
class Urgent:
    """One line. An address of a deed is empty where the reader may not do it, or need not."""

    number: str
    url: str
    item: str
    lamp: Lamp
    is_past_the_law: bool
    why: str
    officer: str
    order_url: str
    assign_url: str
    assign_words: str


# What is owed when no step is open.
NO_STEP: dict[ApplicationStatus, LazyString] = {
    ApplicationStatus.GRANTED: _("Granted; the certificate is not delivered yet"),
}


def urgent_of(scope: Scope) -> list[Urgent]:
    """The lines; none of a day that is over, for nothing can be done there any more."""
    return [] if scope.from_history else list(_lines(scope))


def _lines(scope: Scope) -> Iterator[Urgent]:
    calendar = working_calendar(db.session())
    lamps = Lamps(calendar, scope.day)
    orders = may(current_actor(), "supervision_order", Verb.CREATE)
    assigns = may(current_actor(), "reassignment", Verb.CREATE)
    for each in most_urgent(db.session(), scope):
        case, officer = each.case, _officer_of(each)
        url = case_url(case.number)
        law = case.statutory_due_on
        yield Urgent(
            case.number,
            url,
            str(localised(case.licence_item, "name")),
            lamps.of(case.due_on),
            law is not None and law < scope.day,
            _why(each, calendar, scope.day),
            _with_whom(each, officer),
            new_url("supervision_order", addressee=officer.id, application=case.id)
            if orders and officer is not None
            else "",
            f"{url}#act-assign" if assigns and each.step is not None else "",
            gettext("Assign") if officer is None else gettext("Reassign"),
        )


def _with_whom(each: UrgentCase, officer: User | None) -> str:
    if officer is not None:
        return str(localised(officer, "display_name"))
    return NOTHING if each.step is None else str(gettext("Unclaimed"))


def _officer_of(each: UrgentCase) -> User | None:
    return each.case.officer if each.step is None else each.step.officer


def _why(each: UrgentCase, calendar: Calendar, today: date) -> str:
    """Where the time goes now: in a queue, in a step over its limit, or in steps before it."""
    step = each.step
    if step is None:
        status = each.case.status
        return str(NO_STEP.get(status) or member_label(status))
    name, since = str(localised(step.step_definition, "name")), step.opened_on
    if step.officer_id is None and step.duty is not None:
        return str(gettext("%(step)s: unclaimed since %(day)s", step=name, day=since))
    late = _days_late(step, calendar, today)
    if late:
        return str(
            ngettext(
                "%(step)s: %(num)s day over its own limit",
                "%(step)s: %(num)s days over its own limit",
                late,
                step=name,
            )
        )
    return str(gettext("%(step)s: in its own time; the steps before it took longer", step=name))


def _days_late(step: ApplicationStep, calendar: Calendar, today: date) -> int:
    if step.due_on is None or not step_is_late(today, step.status, step.due_on):
        return 0
    try:
        return lateness(calendar, today, step.due_on)
    except CalendarRangeError:
        return 0  # imported history may lie where no calendar reaches
