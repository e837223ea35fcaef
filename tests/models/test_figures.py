"""The figures of the reform: a numerator, a denominator, and nothing in between."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from models import Applicant, Department, FormerStep, LicenceItem, acts
from models.database import GuardedSession
from models.enums import ApplicationStatus, Channel, DeliveryMethod, Duty, LimitUnit
from models.questions import figures
from models.questions.figure import Figure, Period
from tests.factories import MONDAY, Office, fill_office

pytestmark = pytest.mark.hooks_alone

A, R, D, G = Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.GUIDANCE
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))
APRIL = Period(date(2025, 4, 1), date(2025, 4, 30))


@pytest.fixture
def office(databases: Any) -> Iterator[Office]:
    """An office that offers nothing yet."""
    with GuardedSession(databases.fresh(fill_office)) as session:
        yield Office(session)


def counted(figure: Figure) -> tuple[Fraction, int, Fraction | None]:
    return figure.numerator, figure.denominator, figure.value


def former(item: LicenceItem, number: int) -> None:
    """Give an item a line of steps of before."""
    item.former_steps = [
        FormerStep(
            position=place, name="收件", name_en="Intake", post_name="收件员", post_name_en="Clerk",
            limit_days=2,
        )
        for place in range(1, number + 1)
    ]  # fmt: skip


def test_four_steps_of_now_and_seven_of_before_are_three_removed(office: Office) -> None:
    """Five items lose two, three, four, three and three steps: 3.0 on average."""
    line = ((0, G, 0), (1, A, 1), (2, R, 5), (3, D, 2))
    items = [office.item(steps=line) for _ in range(5)]
    with office.acts("admin", MONDAY):
        for item, number in zip(items, (6, 7, 8, 7, 7), strict=True):
            former(item, number)
    assert counted(figures.steps_removed(office.session)) == (15, 5, 3)
    assert counted(figures.average_steps(office.session)) == (20, 5, 4)
    assert counted(figures.days_promised(office.session)) == (75, 70, Fraction(75, 70))


def test_delegation_is_a_part_of_what_may_be_delegated(office: Office) -> None:
    """Ten items, eight that may be authorised and are: 100 %, not 80 %."""
    for _ in range(8):
        office.item(item={"is_delegable": True, "is_delegated": True})
    for _ in range(2):
        office.item(item={"is_in_centre": False})
    assert counted(figures.items_delegated(office.session)) == (8, 8, 1)
    assert counted(figures.items_in_the_centre(office.session)) == (8, 10, Fraction(4, 5))


def test_nothing_is_divided_by_nothing(office: Office) -> None:
    assert counted(figures.items_delegated(office.session)) == (0, 0, None)
    assert counted(figures.steps_removed(office.session)) == (0, 0, None)
    assert counted(figures.online_share(office.session, MARCH)) == (0, 0, None)
    assert figures.workload(office.session, MARCH) == []


def test_parallel_steps_of_three_and_five_days_save_three(office: Office) -> None:
    office.item(steps=((1, A, 0), (2, R, 3), (2, R, 5), (3, D, 0)))
    assert counted(figures.days_saved(office.session)) == (3, 8, Fraction(3, 8))


def test_a_promise_is_weighed_against_the_law_in_one_unit_only(office: Office) -> None:
    office.item(promised=15, statutory=20)
    office.item(promised=10, statutory=20)
    office.item(promised=15, statutory=90, statutory_unit=LimitUnit.CALENDAR_DAY)
    office.item(promised=15, statutory=None)
    assert counted(figures.promise_of_the_law(office.session)) == (
        Fraction(5, 4), 2, Fraction(5, 8),
    )  # fmt: skip


@pytest.mark.parametrize(("online", "every"), [(9, 10), (0, 2)])
def test_nine_of_ten_online_are_ninety_percent(office: Office, online: int, every: int) -> None:
    item, applicant = office.item(), office.applicant()
    for number in range(every):
        _accept(office, item, applicant, Channel.ONLINE if number < online else Channel.POST)
    with office.acts("clerk", MONDAY) as session:
        acts.intake.receive(session, item, applicant, channel=Channel.ONLINE)  # not accepted
    assert counted(figures.online_share(office.session, MARCH)) == (
        online, every, Fraction(online, every),
    )  # fmt: skip
    assert figures.online_share(office.session, APRIL).denominator == 0


def _accept(office: Office, item: LicenceItem, applicant: Applicant, channel: Channel) -> Any:
    with office.acts("clerk", MONDAY) as session:
        case = acts.intake.receive(session, item, applicant, channel=channel)
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in_required(case)
    with office.acts("clerk", MONDAY):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    return case


def test_whether_electronic_certificates_are_collected_on_the_spot_is_said(
    office: Office,
) -> None:
    item = office.item()
    for method in (DeliveryMethod.WINDOW, DeliveryMethod.ELECTRONIC, DeliveryMethod.COURIER):
        case = office.granted(item=item)
        with office.acts("clerk", MONDAY):
            acts.decision.deliver(case, method)
    office.granted(item=item)  # not delivered
    spot = figures.collected_on_the_spot
    assert counted(spot(office.session, MARCH)) == (2, 3, Fraction(2, 3))
    alone = spot(office.session, MARCH, electronic_counts=False)
    assert counted(alone) == (1, 3, Fraction(1, 3))


def test_finished_steps_moved_from_the_sections_to_the_one(office: Office) -> None:
    item = office.item()
    authority = office.department().authority
    with office.time_acts(MONDAY):
        item.former_department = Department(
            authority=authority, code="QS", name="质量监督科", name_en="Quality"
        )
    applicant = office.applicant()
    case = _accept(office, item, applicant, Channel.ONLINE)
    office.review(case, MONDAY)
    rows = figures.workload(office.session, MARCH)
    assert [(row.department, row.before, row.now) for row in rows] == [
        ("行政许可科", 0, 2), ("质量监督科", 2, 0),
    ]  # fmt: skip
    assert counted(figures.departments_merged(office.session)) == (1, 1, 1)
