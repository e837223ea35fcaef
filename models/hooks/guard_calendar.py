"""The rules of the working calendar (Art. 82): a year is confirmed, and changed, by a notice."""

from models.acts.calendar import notice_is_anothers
from models.base import stored
from models.calendar_notice import CalendarNotice
from models.clock import CalendarDay, CalendarYear
from models.enums import Duty
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement, ask, confirms_in_person
from models.questions.calendar import notice_waits
from models.rules.reasons import has_words
from models.rules.statutory_holidays import SUPPORTED_YEARS, provisional_year

ANSWERS = ("confirmed_by_id", "rejected_by_id")


def _confirmed(year: CalendarYear | None) -> bool:
    """Whether a year is confirmed in the database, whatever this flush would make of it."""
    return year is not None and bool(stored(year, "is_confirmed"))


def confirmed_year_changes_by_notice(j: Judgement) -> None:
    """Nobody alters a confirmed year by hand, neither the year nor a day of it; nor does SYSTEM,
    which loads whole years and nothing else."""
    row = j.row
    if isinstance(row, CalendarYear):
        years = [row]
    elif isinstance(row, CalendarDay):
        keys = (row.calendar_year_id, stored(row, "calendar_year_id"))
        found = (j.session.get(CalendarYear, key) for key in keys if key is not None)
        years = [year for year in (row.calendar_year, *found) if year is not None]
    else:
        return
    if any(_confirmed(year) for year in years):
        raise RuleViolation("confirmed-year-changes-by-notice")
    if isinstance(row, CalendarYear) and not j.change.is_new and row.is_confirmed:
        raise RuleViolation("confirmed-year-changes-by-notice", field="is_confirmed")


def statutory_day_is_off(j: Judgement) -> None:
    """Before the notice no row makes a working day of a day that the holiday regulation gives
    (Order 795): it would not be followed, so it is not kept either."""
    day: CalendarDay = j.row
    year = day.calendar_year or j.session.get(CalendarYear, day.calendar_year_id or 0)
    if day.day is None or not day.is_working or year is None or year.is_confirmed:
        return
    if day.day.year not in SUPPORTED_YEARS:
        return
    given = provisional_year(day.day.year).exceptions.get(day.day)
    if given is not None:
        raise RuleViolation("statutory-day-is-off", field="day", name=given[1])


# --- notices --------------------------------------------------------------------------------------


def notice_is_proposed_by_its_duty(j: Judgement) -> None:
    """A notice is handed in by who keeps the settings of the office, with its source."""
    notice: CalendarNotice = j.row
    if not j.change.is_new:
        return
    if not j.actor.is_system and Duty.SYSTEM not in j.actor.duties:
        raise RuleViolation("duty-not-held", table=j.change.table)
    if not has_words(notice.source):
        raise RuleViolation("is-missing", field="source")


def notice_is_proposed_once(j: Judgement) -> None:
    """Of a year one proposal is answered before the next is made."""
    if j.change.is_new and notice_waits(j.session, j.row.year):
        raise RuleViolation("calendar-notice-waits", field="text", year=j.row.year)


def notice_is_fixed(j: Judgement) -> None:
    """What was handed in is not rewritten, and what was answered stays as it was answered."""
    if j.change.is_new:
        return
    answered = {*ANSWERS, "confirmed_on", "rejected_on", "version"}
    is_over = any(j.change.was(column) is not None for column in ("confirmed_on", "rejected_on"))
    if is_over or set(j.change.before) - answered:
        raise RuleViolation("calendar-notice-is-fixed")


def notice_is_answered_by_the_head(j: Judgement) -> None:
    """The head confirms or refuses, or the leader, in person, and never confirms a notice of one's
    own."""
    notice: CalendarNotice = j.row
    for column in ANSWERS:
        answer = getattr(notice, column)
        if answer is None or not j.change.changed(column):
            continue
        if j.change.is_new or not confirms_in_person(j, answer):
            raise RuleViolation("head-answers-proposals", field=column)
        if column == "confirmed_by_id":
            ask(j, notice_is_anothers)


CALENDAR_ACT_GUARDS: tuple[Guard, ...] = (confirmed_year_changes_by_notice,)
CALENDAR_GUARDS: dict[str, tuple[Guard, ...]] = {
    "calendar_day": (statutory_day_is_off,),
    "calendar_notice": (
        notice_is_proposed_by_its_duty,
        notice_is_proposed_once,
        notice_is_fixed,
        notice_is_answered_by_the_head,
    ),
}
