"""An office on a busy Monday: something of everything that the manager's board counts."""

from datetime import date, timedelta
from itertools import count

from sqlalchemy import Engine

from models import Application, acts
from models.acts.clock import approve_green_lane, ask_green_lane
from models.acts.supervision import answer, order
from models.database import GuardedSession
from models.enums import (
    ApplicationKind,
    CertificateChangeKind,
    DecisionOutcome,
    Duty,
)
from tests.certificates import about, changed, paper_of
from tests.factories import LINE, MONDAY, Office, open_step
from tests.web import fill_site

FRIDAY = date(2025, 2, 28)
CAME = (
    date(2025, 2, 10),
    date(2025, 2, 13),
    date(2025, 2, 18),
    date(2025, 2, 20),
    date(2025, 2, 21),
    date(2025, 2, 26),
    MONDAY,
)
# Its steps take a day each: they fit the shortest promise.
SHORT = tuple((stage, duty, 1) for stage, duty, _days in LINE)


def fill_busy(office: Office) -> None:
    """Cases of every light on two items, late steps, orders, and what the law does by itself."""
    quick = office.item(
        promised=7, statutory=12, item={"name": "检测机构许可", "name_en": "Laboratory permit"}
    )
    slow = office.item(promised=15, statutory=20)
    for day in CAME:
        case = office.accepted(day, quick)
        office.reviewed(day, slow)
        if day == CAME[0]:
            _claim(office, case)
    _pauses(office)
    _received(office, [date(2025, 2, 24), date(2025, 2, 25), date(2025, 2, 27), MONDAY])
    _decided(office)
    _green(office)
    _claimed(office)
    _orders(office)


def _pauses(office: Office) -> None:
    item = office.item(promised=10, statutory=20, item={"name": "计量许可", "name_en": ""})
    office.suspend(office.accepted(CAME[0], item), CAME[1], FRIDAY)  # overrun today
    office.suspend(office.accepted(CAME[2], item), CAME[3], MONDAY + timedelta(9))
    office.pause(office.accepted(CAME[0], item), CAME[1], CAME[3])


def _received(office: Office, days: list[date]) -> None:
    for day in days:
        office.received(day)


def _decided(office: Office) -> None:
    office.granted(CAME[3])
    office.delivered(CAME[1])
    late = office.reviewed(CAME[0], promised=2, statutory=5, steps=SHORT)
    with office.acts("decider", FRIDAY):
        acts.decision.decide(late, DecisionOutcome.GRANTED)
    between = office.reviewed(CAME[3], promised=2, statutory=20, steps=SHORT)
    with office.acts("decider", FRIDAY):
        acts.decision.decide(between, DecisionOutcome.GRANTED)
    gone = office.accepted(CAME[4])
    office.withdraw(gone, FRIDAY)


def _green(office: Office) -> None:
    for day in (CAME[1], CAME[4]):
        case = office.accepted(day, promised=7, statutory=12)
        with office.acts("clerk", day):
            ask_green_lane(case, "抢险物资生产急需")
        with office.acts("head", day) as session:
            approve_green_lane(session, case.green_lanes[0])


def _claimed(office: Office) -> None:
    for day in CAME[2:5]:
        _claim(office, office.accepted(day))


def _claim(office: Office, case: Application) -> None:
    step = open_step(case, Duty.REVIEW)
    assert step is not None
    with office.acts("reviewer", FRIDAY) as session:
        acts.steps.claim(session, step)


def _orders(office: Office) -> None:
    reviewer, clerk = office.user("reviewer"), office.user("clerk")
    with office.acts("manager", CAME[3]) as session:
        order(session, reviewer, "请说明逾期原因")
        answered = order(session, clerk, "请尽快受理")
    with office.acts("clerk", CAME[4]):
        answer(answered, "已受理")
    with office.acts("manager", MONDAY) as session:
        order(session, reviewer, "请尽快办理")


def add_papers(office: Office) -> None:
    """A permit about to be renewed by silence, and one to be cancelled."""
    ending = paper_of(office, date(2024, 3, 6))
    about(office, ApplicationKind.RENEWAL, ending, date(2025, 1, 20))
    changed(office, paper_of(office, date(2025, 1, 6)), CertificateChangeKind.REVOKE, day=FRIDAY)


def fill_busy_office(engine: Engine) -> None:
    """The site's office, and all this in it."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(500))  # the first numbers are taken
        fill_busy(office)
        add_papers(office)
