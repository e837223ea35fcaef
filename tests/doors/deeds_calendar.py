"""What is forbidden to the working calendar: a confirmed year by hand, a notice by one person."""

from datetime import date
from typing import Any

from models import CalendarDay, CalendarNotice, CalendarYear, acts
from models.acts.calendar import propose
from tests.doors.deed import Button, Deed, NoWay, adds
from tests.doors.deeds_case import TUESDAY
from tests.factories import MONDAY, Office
from tests.notices import NOTICE_2027, SOURCE

NOTICES = "tests/models/test_calendar_notice.py::"
WHOLE = NOTICES + "test_a_confirmed_year_is_the_notice_as_a_whole"
NO_ROW_YET = {"delete": NoWay("there is no row yet that could be taken away")}
A_FORM = {"action": NoWay("it is typed into the form of its table")}
HANDED_IN = {"source": SOURCE, "text": NOTICE_2027}


def _confirmed(office: Office) -> CalendarYear:
    return office.session.query(CalendarYear).filter(CalendarYear.year == 2025).one()


def _expected(office: Office) -> CalendarYear:
    year = CalendarYear(year=2027, source="预计")
    with office.acts("system", MONDAY) as session:
        session.add(year)
    return year


def _day(day: date, *, works: bool = False) -> Any:
    return lambda _office, year: {
        "calendar_year": year,
        "day": day,
        "is_working": works,
        "name": "调休",
    }


def _handed_in(office: Office) -> CalendarNotice:
    with office.acts("system", MONDAY) as session:
        return propose(session, NOTICE_2027, SOURCE)


def _answered(office: Office) -> CalendarNotice:
    notice = _handed_in(office)
    with office.acts("head", MONDAY) as session:
        acts.calendar.confirm(session, notice)
    return notice


def _by_the_head(office: Office, _row: Any) -> dict[str, Any]:
    return {"rejected_by_id": office.user("head").id}


def day(code: str, reach: Any, when: date, **others: Any) -> Deed:
    """A day that is written by hand and may not be."""
    return Deed(
        code, "system", reach, _day(when, **others),
        NOTICES + "test_no_row_makes_a_working_day_of_a_statutory_one",
        new=CalendarDay, elsewhere=NO_ROW_YET,
    )  # fmt: skip


def notice(code: str, reach: Any, text: str, lawful: str, **others: Any) -> Deed:
    """A notice that is handed in and may not be."""
    return Deed(
        code, "system", reach, {"source": SOURCE, "text": text}, lawful, new=CalendarNotice,
        act=lambda office, _row: propose(office.session, text, SOURCE),
        elsewhere={**NO_ROW_YET, **A_FORM, **others},
    )  # fmt: skip


DEEDS: dict[str, Deed] = {
    "a day off stands under another year": Deed(
        "day-is-of-another-year", "system", _expected, _day(date(2028, 3, 6)),
        adds("system", CalendarDay, _day(date(2027, 3, 4))), new=CalendarDay,
        elsewhere=NO_ROW_YET,
    ),
    "a day is added to a confirmed year": day(
        "confirmed-year-changes-by-notice", _confirmed, date(2025, 12, 3),
    ),
    "a make-up day is typed for New Year's Day": day(
        "statutory-day-is-off", _expected, date(2027, 1, 1), works=True,
    ),
    "a notice says what cannot be": notice(
        "calendar-notice-is-unreadable", _confirmed, NOTICE_2027.replace("放假1天", "放假2天"),
        WHOLE,
    ),
    "a notice leaves a holiday out": notice(
        "calendar-notice-is-incomplete", _confirmed,
        NOTICE_2027.replace("五、端午节：6月9日（周三）放假1天，不调休。", ""), WHOLE,
    ),
    "a second notice comes before the answer": notice(
        "calendar-notice-waits", _handed_in, NOTICE_2027,
        NOTICES + "test_a_refused_notice_moves_nothing_and_frees_its_year",
    ),
    "an answered notice is answered again": Deed(
        "calendar-notice-is-fixed", "head", _answered, _by_the_head, WHOLE, day=TUESDAY,
        act=lambda office, row: acts.calendar.reject(office.session, row),
        button=Button("reject", of_rows=True), elsewhere={"sql": "calendar-notice-is-fixed"},
    ),
}  # fmt: skip
