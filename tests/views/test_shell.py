"""The frame of the panel: search over everything, notices, the menu, themes, and the tour."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from admin_site.theme import THEMES
from models import (
    Absence,
    Applicant,
    Application,
    ApplicationStep,
    Certificate,
    Complaint,
    User,
    acts,
)
from models.database import GuardedSession, db
from models.enums import AbsenceReason, ApplicantKind, Origin, StepStatus
from models.questions.attention import APPROVALS, KINDS, MOST_COUNTED, counted
from models.questions.people import actor_of
from models.rules.codes import id_check_character
from tests.factories import MONDAY, Office
from tests.views.casework import fill_casework
from tests.web import Browser, close, opened_site
from views.panel.shell.attention import READ
from views.panel.shell.menu import MENU
from views.panel.shell.search import MOST

SEARCH, NOTICES, HOME = "/admin/search/", "/admin/notices/", "/admin/"


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def arrive(site: Flask, name: str, locale: str = "en") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    return browser


def first(site: Flask, column: Any, *conditions: Any) -> Any:
    with site.app_context():
        found = select(column).where(*conditions).order_by(column)
        return db.session.scalars(found).first()


def found_by(browser: Browser, text: str) -> list[str]:
    """The addresses of what a search shows."""
    page = browser.get(SEARCH, query_string={"q": text})
    assert page.status_code == 200, (text, page.status_code)
    return [unescape(url) for url in re.findall(r'class="hit"><a href="([^"]+)"', page.text)]


# --- search -----------------------------------------------------------------------------------


def test_a_whole_number_opens_its_case(desk: Flask) -> None:
    number = first(desk, Application.number, Application.origin == Origin.NATIVE)
    imported = first(desk, Application.number, Application.origin == Origin.IMPORTED)
    browser = arrive(desk, "clerk")
    for typed in (number, f"  {number} ", number.lower(), _full_width(number), imported):
        answer = browser.get(SEARCH, query_string={"q": typed})
        assert answer.status_code == 302, typed
        opened = imported if typed == imported else number
        assert answer.location == f"/admin/application/{opened}/"


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def test_a_part_finds_cases_certificates_applicants_and_items(desk: Flask) -> None:
    browser = arrive(desk, "clerk")
    number = first(desk, Application.number, Application.number.like("%-%"))
    assert f"/admin/application/{number}/" in found_by(browser, number[:-1])
    paper = first(desk, Certificate.number)
    key = first(desk, Certificate.id, Certificate.number == paper)
    assert f"/admin/certificate/details/?id={key}" in found_by(browser, paper)
    applicant = first(desk, Applicant.id, Applicant.name == "云杉检测有限公司")
    at = f"/admin/applicant/details/?id={applicant}"
    assert at in found_by(browser, "云杉")
    assert at in found_by(browser, "检测有限")
    assert any("/licence_item/" in url for url in found_by(browser, "检测机构"))
    assert any("/licence_item/" in url for url in found_by(browser, "laboratory"))
    page = browser.get(SEARCH, query_string={"q": "云杉"}).text
    assert f"/admin/application/?flt_applicant_id_is={applicant}" in page
    assert browser.get(f"/admin/application/?flt_applicant_id_is={applicant}").status_code == 200


def test_everybody_finds_only_what_he_may_see(desk: Flask) -> None:
    with desk.app_context():
        own = set(
            db.session.scalars(
                select(Application.number)
                .join(Applicant, Applicant.id == Application.applicant_id)
                .join(User, User.id == Applicant.user_id)
                .where(User.username == "applicant2")
            )
        )
        foreign = db.session.scalar(
            select(Application.number).where(Application.number.not_in(own)).limit(1)
        )
    browser = arrive(desk, "applicant2")
    assert browser.get(SEARCH, query_string={"q": foreign}).status_code == 200
    for text in (foreign, "2025", "-"):
        cases = {url.split("/")[3] for url in found_by(browser, text) if "/application/" in url}
        assert cases <= own
    assert {url.split("/")[2] for url in found_by(arrive(desk, "security"), "2025")} == set()


def test_a_person_is_found_by_his_number_and_it_stays_masked(desk: Flask) -> None:
    body = "99000019640101007"
    number = body + id_check_character(body)
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session)
        with office.acts("clerk", MONDAY):
            person = Applicant(kind=ApplicantKind.PERSON, name="柳试验", identity_number=number)
            session.add(person)
            session.commit()
    page = arrive(desk, "clerk").get(SEARCH, query_string={"q": number.lower()}).text
    found = page[page.index('<section class="board-part"') :]
    assert "柳试验" in found
    assert f"{number[:6]}********{number[-4:]}" in found
    assert number not in found
    assert number not in arrive(desk, "clerk").get(SEARCH, query_string={"q": "柳试"}).text


def test_a_group_is_capped_and_leads_to_the_whole_list(desk: Flask) -> None:
    browser = arrive(desk, "auditor")
    page = browser.get(SEARCH, query_string={"q": "-"}).text
    cases = re.findall(r'class="hit"><a href="/admin/application/', page)
    assert len(cases) <= MOST
    page = browser.get(SEARCH, query_string={"q": "20"}).text
    assert len(re.findall(r'class="hit"><a href="/admin/application/', page)) == MOST
    assert 'href="/admin/application/?search=20"' in page


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("\x00", 400), ("a" * 10_000, 400), ("%", 200), ("_", 200), ("'", 200), ("\\", 200),
        ("😀", 200), ("' OR 1=1 --", 200), ("", 200), ("   ", 200), ("a" * 100, 200),
        ("\U0010ffff", 200),
    ],
)  # fmt: skip
def test_no_input_breaks_the_search(either_site: Flask, typed: str, status: int) -> None:
    answer = arrive(either_site, "clerk").get(SEARCH, query_string={"q": typed})
    assert answer.status_code == status
    assert 'class="hit"' not in answer.text


def test_a_byte_that_is_no_text_breaks_nothing(desk: Flask) -> None:
    browser = arrive(desk, "clerk")
    assert browser.get(f"{SEARCH}?q=%").status_code == 200
    assert browser.get(f"{SEARCH}?q=%ff%fe").status_code == 200
    assert browser.get(f"{SEARCH}?q=a&q=b").status_code == 200


def test_numbers_are_searched_by_an_index(desk: Flask) -> None:
    """Whole numbers and beginnings read an index of SQLite; what follows reads the table."""
    number = first(desk, Application.number, Application.origin == Origin.NATIVE)
    heard: list[tuple[str, Any]] = []

    def hear(_c: Any, _u: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "application.number" in statement and "WHERE" in statement:
            heard.append((statement, parameters))

    browser = arrive(desk, "clerk")
    with desk.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        browser.get(SEARCH, query_string={"q": number})
        browser.get(SEARCH, query_string={"q": number[:4]})
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    with engine.connect() as connection:
        plans = [
            " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {s}", p))
            for s, p in heard[:3]
        ]
    assert len(plans) == 3
    assert all("SEARCH application USING" in plan and "number" in plan for plan in plans), plans


def test_the_field_is_on_every_page_and_a_list_keeps_its_own(desk: Flask) -> None:
    page = arrive(desk, "clerk").get("/admin/applicant/").text
    assert page.count('data-hotkey="/"') == 1
    top = page[page.index('class="topbar"') : page.index("<main")]
    assert f'action="{SEARCH}"' in top
    assert 'name="search"' in page[page.index("<main") :]


def test_a_stranger_signs_in_first(desk: Flask) -> None:
    for path in (SEARCH, NOTICES, "/admin/tour/"):
        answer = Browser(desk).get(path)
        assert answer.status_code == 302
        assert answer.location.startswith("/login?next=%2Fadmin%2F")


# --- notices ----------------------------------------------------------------------------------


def notices_in(page: str) -> dict[str, int]:
    """Kind → how many, as the page says it."""
    pattern = r'<section class="board-part" id="([\w-]+)".*?class="count">(\d+)<'
    return {name: int(count) for name, count in re.findall(pattern, page, re.S)}


def number_on_top(page: str) -> int:
    found = re.search(r'class="alert-count">(\d+)', page)
    return int(found.group(1)) if found else 0


def test_every_kind_of_notice_has_words() -> None:
    assert set(READ) == set(KINDS)
    assert set(APPROVALS) <= set(KINDS)


@pytest.mark.parametrize("account", ["clerk", "reviewer", "head", "manager", "admin", "applicant"])
def test_the_counter_is_what_the_page_lists(desk: Flask, account: str) -> None:
    browser = arrive(desk, account)
    page = browser.get(NOTICES).text
    assert number_on_top(page) == sum(notices_in(page).values())
    for link in re.findall(r'class="hit"><a href="([^"]+)"', page):
        assert browser.get(unescape(link)).status_code == 200, link


def test_what_is_late_in_my_hands_is_told_until_it_is_done(desk: Flask) -> None:
    browser = arrive(desk, "reviewer")
    before = notices_in(browser.get(NOTICES).text)
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session)
        me = office.user("reviewer")
        step = session.scalars(
            select(ApplicationStep)
            .join(Application)
            .where(
                Application.due_on < MONDAY, Application.closed_on.is_(None),
                ApplicationStep.status == StepStatus.OPEN, ApplicationStep.officer_id.is_(None),
                ApplicationStep.duty == "REVIEW",
            )
        ).first()  # fmt: skip
        assert step is not None
        number = step.application.number
        with office.acts("reviewer", MONDAY):
            step.officer = me
            session.commit()
    page = browser.get(NOTICES).text
    after = notices_in(page)
    assert after.get("overdue", 0) == before.get("overdue", 0) + 1
    assert f"/admin/application/{number}/" in page


def test_the_head_is_told_of_what_he_approves(desk: Flask) -> None:
    before = notices_in(arrive(desk, "head").get(NOTICES).text)
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session)
        case = session.scalars(
            select(Application).where(Application.status == "ACCEPTED", Application.due_on > MONDAY)
        ).first()
        assert case is not None
        with office.acts("reviewer", MONDAY):
            acts.clock.ask_extension(case, 3, "专家评审未完成")
    page = arrive(desk, "head").get(HOME).text
    assert notices_in(arrive(desk, "head").get(NOTICES).text)["extensions"] == (
        before.get("extensions", 0) + 1
    )
    assert re.search(r'href="/admin/work/"[^>]*>My work <span class="menu-count">\d', page)
    assert "extensions" not in notices_in(arrive(desk, "reviewer").get(NOTICES).text)


def test_a_substitute_and_the_complained_of(desk: Flask) -> None:
    with desk.app_context(), GuardedSession(db.engine) as session:
        office = Office(session)
        with office.acts("clerk", MONDAY):
            session.add(
                Absence(
                    user=office.user("clerk"),
                    first_day=MONDAY,
                    last_day=MONDAY,
                    reason=AbsenceReason.LEAVE,
                    substitute=office.user("clerk2"),
                )
            )
            session.commit()
        with office.acts("manager", MONDAY):
            session.add(Complaint(officer=office.user("head"), text="态度生硬"))
            session.commit()  # fmt: skip
    assert notices_in(arrive(desk, "clerk2").get(NOTICES).text)["stand-in"] == 1
    assert "complaints" in notices_in(arrive(desk, "manager").get(NOTICES).text)
    assert "complaints" not in notices_in(arrive(desk, "head").get(NOTICES).text)


def test_the_counters_are_one_statement(desk: Flask) -> None:
    heard: list[str] = []
    with desk.app_context():
        engine = db.engine
    with GuardedSession(engine) as session:
        user = session.scalars(select(User).where(User.username == "head")).one()
        actor = actor_of(session, user, MONDAY)
        session.rollback()

        def hear(*heard_of: Any) -> None:
            heard.append(heard_of[2])

        event.listen(engine, "before_cursor_execute", hear)
        try:
            found = counted(session, actor, MONDAY)
        finally:
            event.remove(engine, "before_cursor_execute", hear)
    assert len([statement for statement in heard if "calendar" not in statement]) <= 3
    assert len([statement for statement in heard if "complaint" in statement]) == 1
    assert all(0 <= count <= MOST_COUNTED for count in found.values())


def test_nobody_is_told_that_there_is_nothing_without_a_way_on(desk: Flask) -> None:
    page = arrive(desk, "security").get(NOTICES).text
    assert "Nothing asks for your attention today." in page
    assert 'class="alert-count"' not in page


# --- the menu -----------------------------------------------------------------------------------


def test_an_officer_sees_how_much_waits_in_his_queue(desk: Flask) -> None:
    page = arrive(desk, "reviewer").get("/admin/work/").text
    menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
    waits = re.search(r'aria-current="page">To claim <span class="menu-count">(\d+)<', menu)
    heading = re.search(r'id="to-claim-title">[^<]*<span class="count">(\d+)<', page)
    assert waits is not None
    assert heading is not None
    assert waits.group(1) == heading.group(1)


# Account → what its menu holds, written by hand.
CASES, STEPS, APPLICANTS, PAPERS = "办件", "办理环节", "申请人", "证照"
ITEMS, CALENDAR, WORK, ORDERS = "许可事项", "工作日历", "我的工作", "督办单"
ACCOUNTS, GRANTS, LOG = "账号", "授权", "操作留痕"
OFFICER = {CASES, STEPS, APPLICANTS, PAPERS, ITEMS, CALENDAR}
SEES: dict[str, set[str]] = {
    "guide": OFFICER - {STEPS},
    "clerk": OFFICER,
    "reviewer": OFFICER,
    "reviewer2": OFFICER,
    "decider": OFFICER,
    # What the head decides comes before the calendar: nine entries at most, and a search.
    "head": (OFFICER - {CALENDAR, APPLICANTS}) | {WORK, ORDERS},
    "applicant": {CASES, PAPERS},
    "applicant2": {CASES, PAPERS},
}


@pytest.mark.parametrize("account", SEES)
def test_an_account_sees_the_menu_of_its_duty(desk: Flask, account: str) -> None:
    page = arrive(desk, account, "zh_Hans_CN").get(HOME).text
    menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
    lines = {
        re.sub(r"<span.*?</span>", "", line, flags=re.S).strip()
        for line in re.findall(r"<a [^>]*>(.*?)</a>", menu, re.S)
    }
    assert SEES[account] <= lines
    assert len(lines) <= 9
    assert not {ACCOUNTS, GRANTS, LOG} & lines


def test_the_menu_needs_no_script(desk: Flask) -> None:
    page = arrive(desk, "clerk").get(HOME).text
    assert '<a class="menu-open" href="#menu">' in page
    assert 'id="menu"' in page
    assert '<a class="menu-close" href="#main">' in page


def test_every_line_of_the_menu_is_open_to_its_duty(desk: Flask) -> None:
    for account in ("guide", "clerk", "head", "manager", "admin", "system", "security", "auditor"):
        browser = arrive(desk, account)
        page = browser.get(HOME).text
        menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
        for url in re.findall(r'href="([^"]+)"', menu):
            assert browser.get(url).status_code == 200, (account, url)
    assert len({entry.table for group in MENU for entry in group.entries}) > 9


# --- the theme ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_is_kept_and_the_reader_stays_where_he_was(desk: Flask, name: str) -> None:
    browser = Browser(desk)
    answer = browser.get(f"/theme/{name}?next=/items/")
    assert (answer.status_code, answer.location) == (302, "/items/")
    page = browser.get("/items/").text
    assert f'data-theme="{name}"' in page
    assert f'href="/theme/{name}?next=/items/" aria-current="true"' in page
    assert ("dark.css" in page) == (name != "light")
    assert ("prefers-color-scheme: dark" in page) == (name == "system")


def test_a_theme_leads_nowhere_else(desk: Flask) -> None:
    browser = Browser(desk)
    for away in ("https://evil.example/", "//evil.example", "/\\evil.example", "http:evil.example"):
        assert browser.get("/theme/dark", query_string={"next": away}).location == "/"
    assert browser.get("/theme/purple").status_code == 404
    browser.client.set_cookie("theme", '"><script>')
    assert 'data-theme="system"' in browser.get("/").text


def test_the_theme_outlives_the_session(desk: Flask) -> None:
    browser = arrive(desk, "clerk")
    browser.get("/theme/dark")
    browser.post("/logout")
    assert 'data-theme="dark"' in browser.get("/").text
