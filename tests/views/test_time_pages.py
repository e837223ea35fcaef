"""Time in the panel: conclusions, joint handling, the green lane, what is over its time."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models import Application, CalendarYear, Finding, acts
from models.acting import SYSTEM, acting_as
from models.acts.clock import approve_green_lane, ask_green_lane
from models.by_time.daily import run_daily
from models.by_time.recalculation import finish_revisions
from models.database import GuardedSession, db
from models.enums import ApplicationStatus, ClockStart, HandlingMode
from tests.factories import MONDAY, Office
from tests.views.casework import CasePage, case_rows
from tests.web import Browser, close, fill_site, opened_site

EARLIER = date(2025, 2, 24)
NUMBERS: dict[str, str] = {}


def fill_time(engine: Engine) -> None:
    """A case for each thing that time does to one; today is MONDAY."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(700))
        item = office.item()
        waiting = office.item(clock_start=ClockStart.REVIEW_CONCLUSION)
        joint = office.item(promised=40, statutory=45, item={"handling_mode": HandlingMode.JOINT})
        found = {
            "plain": office.accepted(EARLIER, item),
            "waiting": office.accepted(EARLIER, waiting),
            "joint": office.accepted(EARLIER, joint),
            "overrun": office.accepted(EARLIER, item),
            "late": office.accepted(date(2025, 2, 20), item),
            "green": office.accepted(MONDAY, item),
            "granted": office.granted(MONDAY, item),
            "corrected": office.correcting(EARLIER, clock_start=ClockStart.RECEIPT),
        }
        office.suspend(found["overrun"], date(2025, 2, 25), date(2025, 2, 28))
        with office.acts("clerk", MONDAY):
            acts.intake.hand_in_required(found["corrected"])
            acts.intake.move(found["corrected"], ApplicationStatus.RECEIVED)
        with office.acts("clerk", MONDAY):
            acts.intake.move(found["corrected"], ApplicationStatus.ACCEPTED)
        with office.acts("reviewer", MONDAY):
            acts.clock.ask_extension(found["joint"], 15, "联合办理")
        with office.acts("reviewer", MONDAY):
            ask_green_lane(found["green"], "抢险物资生产急需")
        with office.acts("head", MONDAY) as session:
            approve_green_lane(session, found["green"].green_lanes[0])
        NUMBERS.update({name: case.number for name, case in found.items()})


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with those cases."""
    site = opened_site(sqlite_databases.fresh(fill_time))
    yield site
    close(site)


def at(site: Flask, who: str, name: str) -> CasePage:
    return CasePage(reader(site, who), NUMBERS[name])


def reader(site: Flask, who: str) -> Browser:
    browser = Browser(site)
    assert browser.sign_in(who).status_code == 302
    browser.get("/language/en")
    return browser


def stored(site: Flask, name: str) -> Application:
    with site.app_context():
        case = db.session.scalars(select(Application).filter_by(number=NUMBERS[name])).one()
        db.session.expunge(case)
        return case


def test_a_clock_from_receipt_says_that_the_applicant_had_the_case(desk: Flask) -> None:
    browser = reader(desk, "clerk")
    path = f"/admin/application/{NUMBERS['corrected']}/"
    assert "counted from the day on which nothing was missing any more" in browser.get(path).text
    browser.get("/language/zh_Hans_CN")
    assert "自材料补齐之日起算" in browser.get(path).text


# --- acts ---------------------------------------------------------------------------------------


def test_the_reviewer_records_a_conclusion_and_the_clock_starts(desk: Flask) -> None:
    """Art. 42: the decision waits for it, and says so beforehand."""
    page = at(desk, "reviewer", "waiting")
    assert "No clock yet" in page.text
    assert page.act("conclude").status_code == 302
    case = stored(desk, "waiting")
    assert (case.review_concluded_on, case.due_on) == (MONDAY, date(2025, 3, 24))
    assert not page.offers("conclude")
    assert "review concluded" in page.text
    assert "Review concluded" in page.text


def test_the_decider_is_told_that_the_conclusion_is_not_in(desk: Flask) -> None:
    with desk.app_context():
        office = Office(db.session(), count(800))
        case = db.session.scalars(select(Application).filter_by(number=NUMBERS["waiting"])).one()
        office.review(case, MONDAY)
    page = at(desk, "decider", "waiting")
    assert not page.offers("grant")
    assert "which starts the clock, is not in yet" in page.text


def test_the_clerk_asks_and_the_head_approves_the_green_lane(desk: Flask) -> None:
    clerk, head = at(desk, "clerk", "plain"), at(desk, "head", "plain")
    assert not head.offers("approve_green_lane")
    assert not head.offers("ask_green_lane")
    refused = clerk.act("ask_green_lane", reason=" ")
    assert refused.status_code == 422
    assert clerk.act("ask_green_lane", reason="抢险急需").status_code == 302
    assert not clerk.offers("ask_green_lane")
    assert not stored(desk, "plain").is_green_lane
    assert "抢险急需" in head.text
    assert head.act("approve_green_lane").status_code == 302
    case = stored(desk, "plain")
    assert (case.is_green_lane, case.due_on) == (True, date(2025, 3, 6))
    assert "★ Green lane" in head.text
    assert "green lane approved" in head.text
    assert "promised 8 working days" in head.text


def test_a_granted_case_is_told_why_it_takes_no_green_lane(desk: Flask) -> None:
    page = at(desk, "clerk", "granted")
    assert not page.offers("ask_green_lane")
    assert "Only a received or an accepted case goes before the others." in page.text
    before = case_rows(desk)
    with desk.app_context():
        version = stored(desk, "granted").version
    answer = page.send("ask_green_lane", version=str(version), step="", reason="急需")
    assert answer.status_code == 422
    assert case_rows(desk) == before


def test_joint_handling_asks_for_the_number_of_the_approval(desk: Flask) -> None:
    """Art. 42 ¶2: without it the extension is refused beside its field."""
    page = at(desk, "leader", "joint")
    assert 'name="approval_document"' in page.form("approve_extension")
    refused = page.act("approve_extension", approval_document="")
    assert refused.status_code == 422
    assert "number of the government head" in unescape(refused.text)
    assert page.act("approve_extension", approval_document="青政函〔2025〕3号").status_code == 302
    assert "青政函〔2025〕3号" in page.text


def test_an_item_handled_alone_asks_for_no_number(desk: Flask) -> None:
    reviewer, leader = at(desk, "reviewer", "plain"), at(desk, "leader", "plain")
    assert reviewer.act("ask_extension", days="5", reason="需论证").status_code == 302
    assert "approval_document" not in leader.form("approve_extension")
    assert leader.act("approve_extension").status_code == 302


def test_the_head_extends_by_a_written_delegation(desk: Flask) -> None:
    """Art. 42: the page asks the head for it, and the leader for none."""
    reviewer, head = at(desk, "reviewer", "plain"), at(desk, "head", "plain")
    assert reviewer.act("ask_extension", days="5", reason="需论证").status_code == 302
    refused = head.act("approve_extension", delegation_number="", delegation_on="2025-03-03")
    assert refused.status_code == 422
    delegated = {"delegation_number": "青委〔2025〕1号", "delegation_on": "2025-03-03"}
    assert head.act("approve_extension", **delegated).status_code == 302
    assert "青委〔2025〕1号" in head.text


# --- lists --------------------------------------------------------------------------------------


def test_a_pause_over_its_time_is_marked_and_filtered(desk: Flask) -> None:
    """Art. 45: shape and words, in the list and on the case."""
    browser = reader(desk, "manager")
    listed = unescape(browser.get("/admin/application/").text)
    assert listed.count("❚❚▲ pause overrun") == 1
    found = unescape(browser.get("/admin/application/?flt_pause_overrun_is=1").text)
    assert NUMBERS["overrun"] in found
    assert found.count("data-row") == 1
    assert browser.get("/admin/application/?flt_pause_overrun_is=2").status_code == 400
    assert "it was to end on 2025-02-28" in CasePage(browser, NUMBERS["overrun"]).text


def test_the_green_lane_is_filtered_and_goes_first_in_its_queue(desk: Flask) -> None:
    browser = reader(desk, "reviewer")
    found = browser.get("/admin/application/?flt_is_green_lane_is=1").text
    assert NUMBERS["green"] in found
    assert found.count("data-row") == 1
    queue = browser.get("/admin/application_step/?tab=queue").text
    assert queue.index(NUMBERS["green"]) < queue.index(NUMBERS["plain"])


def test_late_steps_are_filtered(desk: Flask) -> None:
    browser = reader(desk, "manager")
    late = browser.get("/admin/application_step/?flt_late_is=1").text
    assert late.count("data-row") == 1
    assert NUMBERS["late"] in late
    page = CasePage(browser, NUMBERS["late"]).text
    assert "step is late" in page
    assert "days left" in page
    assert browser.get("/admin/application_step/?flt_late_is=0").status_code == 400


# --- the calendar -------------------------------------------------------------------------------


def change_calendar(site: Flask, day: date) -> None:
    with site.app_context():
        office = Office(db.session(), count(900))
        office.change_calendar({day: False}, MONDAY)


def test_a_banner_tells_how_far_the_reckoning_is(desk: Flask) -> None:
    change_calendar(desk, date(2025, 3, 12))
    browser = reader(desk, "clerk")
    told = r"Due dates are being recalculated: 0 of [1-9]\d* cases\."
    assert re.search(told, browser.get("/admin/").text)
    with desk.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        finish_revisions(db.session())
    assert "being recalculated" not in browser.get("/admin/").text
    assert "Calendar changed" in CasePage(browser, NUMBERS["plain"]).text


def test_a_day_of_another_year_is_refused_beside_its_field(desk: Flask) -> None:
    """Art. 82."""
    browser = reader(desk, "system")
    with desk.app_context():
        office = Office(db.session(), count(900))
        with office.acts("system", MONDAY) as session:
            session.add(CalendarYear(year=2027, source="预计"))
        year = db.session.scalars(select(CalendarYear.id).where(CalendarYear.year == 2027)).one()
    form = browser.form("/admin/calendar_day/new/")
    form.pop("_add_another", None)
    typed = {**form, "calendar_year": str(year), "day": "2026-03-04", "name": "误"}
    answer = browser.post("/admin/calendar_day/new/", typed)
    assert answer.status_code == 422
    assert "This day does not lie in the year 2027." in unescape(answer.text)


def test_the_manager_sees_what_silence_accepted_too_early(desk: Flask) -> None:
    """Art. 32(4): it is not undone but flagged."""
    with desk.app_context():
        office = Office(db.session(), count(900))
        case = office.received(EARLIER)
        run_daily(db.session(), MONDAY + timedelta(days=1))
        number = case.number
    change_calendar(desk, date(2025, 2, 26))
    with desk.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        finish_revisions(db.session())
        assert db.session.scalars(select(Finding)).one().code.startswith("deemed-acceptance")
    page = CasePage(reader(desk, "manager"), number)
    assert "it was accepted by silence too early" in page.text
