"""The worked cases of the domain sheet, lived through as cases."""

from datetime import date

import pytest
from sqlalchemy import select

from models import Application, acts
from models.enums import ApplicationStatus
from models.questions.worklists import Light, due_on_as_of, light_of, overdue_numbers
from tests.factories import Office


def test_case_1_make_up_days_count(office: Office) -> None:
    case = office.accepted(date(2025, 9, 8), promised=15, statutory=20)
    assert _dates(case) == (date(2025, 9, 28), date(2025, 10, 11))


def test_case_2_an_inspection_moves_both_dates(office: Office) -> None:
    case = office.accepted(date(2025, 9, 22), promised=15, statutory=20)
    assert _dates(case) == (date(2025, 10, 17), date(2025, 10, 24))
    office.pause(case, date(2025, 9, 25), date(2025, 10, 15))
    assert _dates(case) == (date(2025, 10, 31), date(2025, 11, 7))


def test_case_3_a_pause_on_the_due_day_uses_it_up_no_more(office: Office) -> None:
    case = _of_march(office)
    office.pause(case, date(2025, 3, 24), date(2025, 3, 28))
    assert _dates(case) == (date(2025, 3, 31), date(2025, 4, 7))


def test_case_4_a_late_pause_never_hides_lateness(office: Office) -> None:
    case = _of_march(office)
    late = {}
    office.suspend(case, date(2025, 3, 26), date(2025, 3, 28))
    late["paused"] = (case.due_on, _light(case, date(2025, 3, 26)))
    office.resume(case, date(2025, 3, 28))
    late["resumed"] = (case.due_on, _light(case, date(2025, 3, 28)))
    assert set(late.values()) == {(date(2025, 3, 24), Light.OVERDUE)}
    assert case.statutory_due_on == date(2025, 4, 2)


def test_case_5_an_extension_moves_both_dates(office: Office) -> None:
    case = _of_march(office)
    office.extend(case, date(2025, 3, 24), 10)
    assert _dates(case) == (date(2025, 4, 8), date(2025, 4, 15))


def test_case_6_silence_accepts_as_of_receipt(office: Office) -> None:
    case = office.received(date(2025, 9, 26), promised=10, statutory=20)
    assert case.notice_due_on == date(2025, 10, 10)
    with office.time_acts(date(2025, 10, 11)):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    assert (case.deemed_accepted, case.accepted_on) == (True, date(2025, 9, 26))
    assert _dates(case) == (date(2025, 10, 16), date(2025, 10, 30))


def test_case_7_a_grant_is_delivered_within_ten_days(office: Office) -> None:
    case = office.granted(date(2025, 10, 9))
    assert _dates(case) == (date(2025, 10, 22), date(2025, 10, 22))


def test_case_8_an_answer_starts_the_notice_clock_again(office: Office) -> None:
    case = office.received(date(2025, 9, 22), complete=False)
    with office.acts("clerk", date(2025, 9, 24)):
        acts.intake.ask_correction(case, "缺少申请书")
    with office.acts("clerk", date(2025, 10, 9)):
        acts.intake.hand_in_required(case)
        acts.intake.move(case, ApplicationStatus.RECEIVED)
    assert case.notice_due_on == date(2025, 10, 15)
    with office.acts("clerk", date(2025, 10, 9)):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    assert case.accepted_on == date(2025, 10, 9)


@pytest.mark.parametrize("pauses", [[(10, 18), (18, 25)], [(10, 25)]])
def test_case_9_pauses_that_touch_are_one(office: Office, pauses: list[tuple[int, int]]) -> None:
    """The office enters one pause at a time, so the second begins where the first ends."""
    case = office.accepted(date(2025, 4, 7), promised=20, statutory=20)
    assert case.due_on == date(2025, 5, 7)
    for start, end in pauses:
        office.pause(case, date(2025, 4, start), date(2025, 4, end))
    assert case.due_on == date(2025, 5, 22)


def test_case_10_the_warning_begins_three_working_days_before(office: Office) -> None:
    case = office.accepted(date(2025, 4, 28), promised=10, warning_days=3)
    assert (case.due_on, case.warn_on) == (date(2025, 5, 15), date(2025, 5, 12))
    assert _light(case, date(2025, 5, 11)) is Light.RUNNING
    assert _light(case, date(2025, 5, 12)) is Light.DUE_SOON
    assert _light(case, date(2025, 5, 15)) is Light.DUE_SOON
    assert _light(case, date(2025, 5, 16)) is Light.OVERDUE


def test_case_11_as_of_a_day_the_due_date_is_the_one_of_that_day(office: Office) -> None:
    case = office.accepted(date(2025, 6, 3), promised=20, statutory=20)
    office.extend(case, date(2025, 6, 30), 5)
    as_of = {
        day: office.session.scalar(select(due_on_as_of(day)).select_from(Application))
        for day in (date(2025, 6, 2), date(2025, 6, 29), date(2025, 6, 30))
    }
    assert list(as_of.values()) == [None, date(2025, 7, 1), date(2025, 7, 8)]
    assert overdue_numbers(office.session, date(2025, 7, 8)) == []
    assert overdue_numbers(office.session, date(2025, 7, 9)) == [case.number]


def test_case_12_a_year_without_a_notice_is_provisional(office: Office) -> None:
    case = office.accepted(date(2026, 11, 23), promised=29, statutory=29)
    assert (case.due_on, case.due_is_provisional) == (date(2027, 1, 4), True)


def _of_march(office: Office) -> Application:
    case: Application = office.accepted(date(2025, 3, 3), promised=15, statutory=20)
    assert case.due_on == date(2025, 3, 24)
    return case


def _dates(case: Application) -> tuple[date | None, date | None]:
    return case.due_on, case.statutory_due_on


def _light(case: Application, today: date) -> Light:
    return light_of(
        today,
        due_on=case.due_on,
        warn_on=case.warn_on,
        suspended_since=case.suspended_since,
        closed_on=case.closed_on,
    )
