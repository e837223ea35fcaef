"""My work: the queue of one's posts, claimed through its buttons, in both languages."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from models import Absence, ApplicationStep, Certificate, LicenceItem, acts
from models.database import GuardedSession, db
from models.enums import (
    AbsenceReason,
    CertificateChangeKind,
    CertificateGround,
    Duty,
    StepStatus,
)
from models.questions.my_work import steps_to_claim
from models.questions.people import actor_of, user_named
from tests.factories import MONDAY, Office
from tests.views.casework import fill_casework
from tests.web import Browser, close, opened_site

WORK = "/admin/work/"


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def arrive(site: Flask, name: str, locale: str = "zh_Hans_CN") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    return browser


def queue(site: Flask, name: str = "reviewer") -> list[tuple[int, str]]:
    """The queue of an account: each step's key, and the number of its case."""
    with site.app_context():
        user = user_named(db.session(), name)
        assert user is not None
        steps = db.session.scalars(steps_to_claim(actor_of(db.session(), user, MONDAY)))
        return [(step.id, step.application.number) for step in steps]


def officer_of(site: Flask, step: int) -> str | None:
    with site.app_context():
        found = db.session.get(ApplicationStep, step)
        assert found is not None
        return found.officer.username if found.officer else None


def section(page: str, name: str) -> str:
    start = page.index(f'<section class="work-part" id="{name}"')
    return unescape(page[start : page.index("</section>", start)])


def numbers(part: str) -> list[str]:
    return re.findall(r'<td[^>]*><span><a href="/admin/application/([^"]+)/">', part)


def told(browser: Browser) -> str:
    page = browser.get(WORK).text
    return unescape(page[page.index('class="messages"') :].split("</div>")[0])


# --- to claim -------------------------------------------------------------------------------------


def test_the_page_shows_the_queue_in_its_order_with_its_count(desk: Flask) -> None:
    """Art. 57: in the order of receipt."""
    waiting = [number for _step, number in queue(desk)]
    part = section(arrive(desk, "reviewer").get(WORK).text, "to-claim")
    assert numbers(part) == waiting != []
    assert f'<span class="count">{len(waiting)}</span>' in part


def test_a_claim_takes_the_step_and_the_next_stands_on_top(desk: Flask) -> None:
    (first, _number), (_second, next_number), *_rest = queue(desk)
    browser = arrive(desk, "reviewer")
    answer = browser.post(f"{WORK}claim/", {"step": str(first)})
    assert (answer.status_code, answer.location) == (302, WORK)
    assert officer_of(desk, first) == "reviewer"
    page = browser.get(WORK).text
    assert "已领取，现由您办理。" in page
    assert numbers(section(page, "to-claim"))[0] == next_number
    assert f'value="{first}"' not in page


def test_claim_the_next_takes_what_stands_on_top(desk: Flask) -> None:
    browser, before = arrive(desk, "reviewer"), queue(desk)
    browser.post(f"{WORK}claim/")
    assert officer_of(desk, before[0][0]) == "reviewer"
    assert queue(desk) == before[1:]
    for _step in before[1:]:
        browser.post(f"{WORK}claim/")
    assert queue(desk) == []
    browser.post(f"{WORK}claim/")
    assert "没有待领取的环节。" in told(browser)
    assert "无人等候" in section(browser.get(WORK).text, "to-claim")


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("zh_Hans_CN", "该环节由 reviewer2员 经办"),
        ("en", "This step is in the hands of reviewer2."),
    ],
)
def test_a_step_that_another_claimed_meanwhile_is_told_in_words(
    desk: Flask, locale: str, words: str
) -> None:
    """按岗定责: nobody takes a step out of a colleague's hands."""
    browser, (step, _number) = arrive(desk, "reviewer", locale), queue(desk)[0]
    arrive(desk, "reviewer2").post(f"{WORK}claim/", {"step": str(step)})
    browser.post(f"{WORK}claim/", {"step": str(step)})
    assert words in told(browser)
    assert officer_of(desk, step) == "reviewer2"


def test_a_step_of_another_post_is_refused(desk: Flask) -> None:
    """按岗定责: the rules judge a claim of this page as they do any other."""
    (step, _number) = queue(desk, "decider")[0]
    browser = arrive(desk, "reviewer", "en")
    browser.post(f"{WORK}claim/", {"step": str(step)})
    assert "You hold no post for this today" in told(browser)
    assert officer_of(desk, step) is None


@pytest.mark.parametrize(("step", "status"), [("999999", 404), ("x", 404)])
def test_a_step_that_is_not_there_is_not_found(desk: Flask, step: str, status: int) -> None:
    assert arrive(desk, "reviewer").post(f"{WORK}claim/", {"step": step}).status_code == status


def test_a_claim_needs_a_token_and_a_post_request(desk: Flask) -> None:
    browser, (step, _number) = arrive(desk, "reviewer"), queue(desk)[0]
    assert browser.client.post(f"{WORK}claim/", data={"step": str(step)}).status_code == 400
    assert browser.get(f"{WORK}claim/").status_code == 405
    assert officer_of(desk, step) is None


# --- whose page it is -----------------------------------------------------------------------------


def test_the_page_is_for_those_who_work_on_cases(desk: Flask) -> None:
    people = ("clerk", "reviewer", "decider", "head", "guide", "manager", "admin", "system",
              "security", "auditor", "applicant")  # fmt: skip
    open_to = []
    for name in people:
        browser = arrive(desk, name)
        answers = {browser.get(WORK).status_code, browser.post(f"{WORK}claim/").status_code}
        assert answers in ({200, 302}, {403})
        open_to += [name] * (403 not in answers)
        menu = browser.get("/admin/").text
        assert (f'href="{WORK}"' in menu) == (name in open_to), name
    assert open_to == ["clerk", "reviewer", "decider", "head"]
    assert Browser(desk).get(WORK).location == "/login?next=%2Fadmin%2Fwork%2F"


def test_it_is_the_first_entry_of_the_menu(desk: Flask) -> None:
    page = arrive(desk, "clerk").get("/admin/").text
    menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', menu)[0] == WORK


@pytest.mark.parametrize(
    ("locale", "absent", "none"),
    [
        ("zh_Hans_CN", "您今日登记为缺位", "您今日没有任岗"),
        ("en", "You are entered as absent today", "You hold no post today"),
    ],
)
def test_who_has_no_queue_is_told_why(desk: Flask, locale: str, absent: str, none: str) -> None:
    browser = arrive(desk, "reviewer", locale)
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session)
        with office.acts("reviewer", MONDAY):
            session.add(
                Absence(
                    user=office.user("reviewer"),
                    first_day=MONDAY,
                    last_day=MONDAY + timedelta(days=1),
                    reason=AbsenceReason.LEAVE,
                    substitute=office.user("reviewer2"),
                )
            )
    page = browser.get(WORK).text
    part = section(page, "to-claim")
    assert absent in part
    assert numbers(part) == []
    assert "/admin/absence/details/?id=" in section(page, "absence")
    before = queue(desk)
    browser.post(f"{WORK}claim/")
    assert queue(desk) == before
    assert none in section(arrive(desk, "head", locale).get(WORK).text, "to-claim")


# --- the other sections ---------------------------------------------------------------------------


def test_what_is_in_hand_shows_its_light_in_words(desk: Flask) -> None:
    part = section(arrive(desk, "reviewer", "en").get(WORK).text, "mine")
    with desk.app_context():
        steps = db.session.scalars(select(ApplicationStep)).all()
        mine = {
            s.application.number
            for s in steps
            if s.status is StepStatus.OPEN and s.officer and s.officer.username == "reviewer"
        }
    assert set(numbers(part)) == mine != set()
    assert re.search(r'class="light running"><span aria-hidden="true">●</span> \d days? left', part)


def test_an_awaited_correction_stands_with_who_sent_it(desk: Flask) -> None:
    part = section(arrive(desk, "clerk").get(WORK).text, "awaited")
    assert len(numbers(part)) == 1
    assert "缺少申请书" in part
    empty = section(arrive(desk, "clerk2").get(WORK).text, "awaited")
    assert "您发出的补正告知都已答复。" in empty
    assert 'href="/admin/application/"' in empty


def test_the_head_sees_what_waits_for_his_approval(desk: Flask) -> None:
    """Art. 42, 69: requests of his officers, each with a way to where it is approved."""
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session)
        steps = session.scalars(
            select(ApplicationStep).where(
                ApplicationStep.status == StepStatus.OPEN, ApplicationStep.duty == Duty.REVIEW
            )
        ).all()
        first, second = steps[-1].application, steps[-2].application
        paper = session.scalars(select(Certificate).order_by(Certificate.id)).first()
        assert paper is not None
        with office.acts("reviewer", MONDAY):
            acts.clock.ask_extension(first, 5, "需专家论证")
        with office.acts("reviewer", MONDAY):
            acts.clock.ask_green_lane(second, "疫情急需")
        with office.acts("reviewer", MONDAY):
            acts.certificate.propose(
                paper, CertificateChangeKind.SUSPEND, CertificateGround.SERIOUS_VIOLATION,
                legal_basis="《条例》第九条", reasons="整改期间停用。", remedies="可申请行政复议",
            )  # fmt: skip
        asked = [first.number, second.number]
    part = section(arrive(desk, "head", "en").get(WORK).text, "approvals")
    assert numbers(part) == asked
    assert "Extension: 需专家论证" in part
    assert "/admin/certificate_change/details/?id=" in part
    assert 'id="approvals"' not in arrive(desk, "reviewer").get(WORK).text


@pytest.mark.parametrize("locale", ["zh_Hans_CN", "en"])
def test_every_link_of_the_page_opens(desk: Flask, locale: str) -> None:
    for name in ("clerk", "reviewer", "decider", "head"):
        browser = arrive(desk, name, locale)
        page = browser.get(WORK).text
        main = page[page.index("<main") :]
        for target in {unescape(t) for t in re.findall(r'href="(/[^"]+)"', main)}:
            assert browser.get(target).status_code == 200, (name, target)
        for anchor in re.findall(r'href="#([^"]+)"', main):
            assert f'id="{anchor}"' in main


@pytest.mark.parametrize("name", ["clerk", "reviewer", "decider", "head"])
def test_nothing_stays_english_in_chinese(desk: Flask, name: str) -> None:
    page = arrive(desk, name).get(WORK).text
    main = page[page.index("<main") :]
    text = unescape(re.sub(r"<[^>]+>", " ", main[: main.index("</main>")]))
    assert not re.search(r"[A-Za-z]{2,} +[A-Za-z]{2,}", text)


# --- how much it asks -----------------------------------------------------------------------------


def asked_for(browser: Browser) -> int:
    said: list[str] = []
    heard = lambda *args: said.append(args[2])  # noqa: E731 - taken off again below
    with browser.site.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", heard)
    try:
        assert browser.get(WORK).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    return len([statement for statement in said if statement.startswith("SELECT")])


@pytest.mark.parametrize(("name", "most"), [("reviewer", 20), ("head", 24)])
def test_more_cases_take_no_more_statements(desk: Flask, name: str, most: int) -> None:
    browser = arrive(desk, name)
    browser.get(WORK)  # reads the calendar, once
    before = asked_for(browser)
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session, iter(range(900, 999)))
        item = session.scalars(select(LicenceItem).filter_by(name="检测机构许可")).one()
        for _ in range(4):
            case = office.accepted(MONDAY, item)
            with office.acts("reviewer", MONDAY):
                acts.steps.claim(session, case.steps[1])
            other = office.accepted(MONDAY, item)
            with office.acts("reviewer", MONDAY):
                acts.clock.ask_extension(other, 5, "需专家论证")
    browser.get(WORK)  # the log has grown: the numbers of the menu are counted, once
    assert asked_for(browser) == before <= most
