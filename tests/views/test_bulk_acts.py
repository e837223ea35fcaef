"""Many rows at once, through the pages: looked at first, then done one by one."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from models import Application, ApplicationStep, SupervisionOrder, User
from models.database import db
from models.enums import ApplicationStatus, Duty, Origin, StepStatus
from tests.views.casework import CasePage, case_rows, fill_casework
from tests.web import Browser, close, opened_site
from views.panel.engine.bulk import MOST_CHOSEN

CASES, STEPS = "/admin/application/", "/admin/application_step/"
HIDDEN = re.compile(r'<input type="hidden" name="(seen|_tried)" value="([^"]*)"')
BOX = re.compile(r'name="rowid" value="(\d+)"')
ORDER = {"text": "请说明逾期原因", "kind": "CHASE", "answer_days": "3"}

# Account → the acts that each list offers it; written down by hand.
OFFERED: dict[str, tuple[list[str], list[str]]] = {
    "guide": (["export"], ["export"]),
    "clerk": (["claim", "export"], ["claim", "release", "export"]),
    "reviewer": (["claim", "export"], ["claim", "release", "export"]),
    "decider": (["claim", "export"], ["claim", "release", "export"]),
    "head": (["order", "give", "export"], ["give", "export"]),
    "manager": (["order", "give", "export"], ["give", "export"]),
    "auditor": (["export"], ["export"]),
    "applicant": ([], []),
}
SHUT = ("admin", "system", "security")


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


@dataclass
class Chooser:
    """One person who chooses rows of a list."""

    browser: Browser
    url: str

    def send(self, act: str, rows: Any, **typed: Any) -> TestResponse:
        """Press an act's button."""
        data = {"act": act, "rowid": [str(row) for row in rows], "url": self.url, **typed}
        return self.browser.post(f"{self.url}bulk/", data)

    def look(self, act: str, rows: Any, **typed: str) -> TestResponse:
        """The preview."""
        answer = self.send(act, rows, _tried="", **typed)
        assert answer.status_code == 200, answer.status_code
        return answer

    def confirm(self, act: str, rows: Any, preview: TestResponse, **typed: str) -> TestResponse:
        """Confirm what a preview showed."""
        found = HIDDEN.findall(preview.text)
        seen = [value for name, value in found if name == "seen"]
        tried = next((value for name, value in found if name == "_tried"), "")
        return self.send(act, rows, seen=seen, _tried=tried, _confirmed="1", **typed)


def arrive(site: Flask, name: str, url: str, locale: str = "en") -> Chooser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    return Chooser(browser, url)


def steps_of(site: Flask, duty: Duty, officer: str | None = None) -> list[int]:
    """The open steps of a duty that somebody has in hand; unclaimed ones without a name."""
    with site.app_context():
        rows = db.session.scalars(
            select(ApplicationStep)
            .join(Application)
            .where(
                ApplicationStep.status == StepStatus.OPEN,
                ApplicationStep.duty == duty,
                Application.origin == Origin.NATIVE,
                Application.status == ApplicationStatus.ACCEPTED,
            )
            .order_by(ApplicationStep.id)
        )
        return [row.id for row in rows if (row.officer and row.officer.username) == officer]


def officer_of(site: Flask, step: int) -> str | None:
    with site.app_context():
        officer = db.session.get_one(ApplicationStep, step).officer
        return officer.username if officer else None


def case_of(site: Flask, step: int) -> int:
    with site.app_context():
        return db.session.get_one(ApplicationStep, step).application_id


def number_of(site: Flask, case: int) -> str:
    with site.app_context():
        return db.session.get_one(Application, case).number


def account(site: Flask, name: str) -> str:
    with site.app_context():
        return str(db.session.scalars(select(User.id).filter_by(username=name)).one())


def closed_case(site: Flask) -> int:
    with site.app_context():
        return db.session.scalars(
            select(Application.id).where(
                Application.closed_on.is_not(None), Application.origin == Origin.NATIVE
            )
        ).first()


def orders(site: Flask) -> list[tuple[int, str]]:
    """Each order's case, and whom it is addressed to."""
    with site.app_context():
        rows = db.session.scalars(select(SupervisionOrder).order_by(SupervisionOrder.id))
        return [(row.application_id, row.addressee.username) for row in rows]


def part(page: TestResponse, name: str) -> str:
    """The rows of one part of a preview or a result, as text."""
    text = unescape(page.text)
    if f'id="{name}"' not in text:
        return ""
    found = text[text.index(f'id="{name}"') :].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


# --- what is offered ------------------------------------------------------------------------------


def test_only_what_one_may_do_is_offered(desk: Flask) -> None:
    for name, expected in OFFERED.items():
        for url, acts in zip((CASES, STEPS), expected, strict=True):
            chooser = arrive(desk, name, url)
            page = chooser.browser.get(url)
            assert re.findall(r'name="act" value="(\w+)"', page.text) == acts, (name, url)
            assert ('name="rowid"' in page.text) == bool(acts), (name, url)


def test_the_acts_of_others_are_shut(desk: Flask) -> None:
    every = [{"claim", "order", "give", "export"}, {"claim", "release", "give", "export"}]
    for name, expected in (*OFFERED.items(), *((name, ([], [])) for name in SHUT)):
        for url, acts, known in zip((CASES, STEPS), expected, every, strict=True):
            chooser = arrive(desk, name, url)
            shut = {act for act in known if chooser.send(act, []).status_code == 403}
            assert shut == known - set(acts), (name, url)
            is_shut_out = name in SHUT or (name, url) == ("applicant", STEPS)
            assert chooser.send("delete", [1]).status_code == (403 if is_shut_out else 400)


def test_a_stranger_and_a_form_without_token_get_nowhere(desk: Flask) -> None:
    stranger = Browser(desk)
    assert stranger.post(f"{CASES}bulk/", {"act": "order"}).location.startswith("/login")
    manager = arrive(desk, "manager", CASES)
    data = {"act": "order", "rowid": "1", "_tried": "", "_confirmed": "1", **ORDER}
    answer = manager.browser.client.post(f"{CASES}bulk/", data=data)
    assert answer.status_code == 400
    assert "Nothing is lost" in answer.text
    assert ORDER["text"] in answer.text
    assert orders(desk) == []


def test_the_first_page_of_the_list_stays_light(desk: Flask) -> None:
    page = arrive(desk, "manager", CASES).browser.get(f"{CASES}?page_size=100")
    assert len(BOX.findall(page.text)) == page.text.count("data-row") > 20
    assert len(page.data) / page.text.count("data-row") < 1400


# --- the preview ----------------------------------------------------------------------------------


def test_the_preview_of_orders_tells_each_addressee_and_stores_nothing(desk: Flask) -> None:
    mine = case_of(desk, steps_of(desk, Duty.REVIEW, "reviewer")[0])
    chosen = [mine, closed_case(desk)]
    manager = arrive(desk, "manager", CASES)
    before = case_rows(desk)
    asked = manager.send("order", chosen)  # from the list: nothing typed yet
    assert 'name="text"' in asked.text
    assert "Confirm" not in asked.text
    assert 'class="errors"' not in asked.text
    page = manager.look("order", chosen, **ORDER)
    assert "Order to reviewer, to be answered by 2025-03-06" in part(page, "accepted-rows")
    assert number_of(desk, mine) in part(page, "accepted-rows")
    assert "The case is closed" in part(page, "refused-rows")
    assert case_rows(desk) == before


@pytest.mark.parametrize(
    ("locale", "reason", "already", "summary"),
    [
        (
            "en",
            "You hold no post for this today",
            "in this officer's hands already",
            "2 would be refused",
        ),
        ("zh_Hans_CN", "您今日未任该岗位", "该环节已由此人办理", "另有 2 条不能办理"),
    ],
)
def test_what_is_refused_has_its_reason_in_the_readers_language(
    desk: Flask, locale: str, reason: str, already: str, summary: str
) -> None:
    """审办分离, 按岗定责: the rule's own words, before anything is stored."""
    own, others = steps_of(desk, Duty.REVIEW)[0], steps_of(desk, Duty.DECISION)[0]
    mine = steps_of(desk, Duty.REVIEW, "reviewer")[0]
    reviewer = arrive(desk, "reviewer", STEPS, locale)
    before = case_rows(desk)
    page = reviewer.send("claim", [own, others, mine])
    assert page.status_code == 200
    assert summary in page.text
    assert case_rows(desk) == before
    told = part(page, "refused-rows")
    assert number_of(desk, case_of(desk, others)) in told
    assert reason in told
    assert already in told


def test_a_leader_reads_why_an_officer_cannot_get_a_step(desk: Flask) -> None:
    chosen = [*steps_of(desk, Duty.REVIEW)[:2], steps_of(desk, Duty.DECISION)[0]]
    for locale, reason in (("en", "The officer holds no post"), ("zh_Hans_CN", "岗")):
        manager = arrive(desk, "manager", STEPS, locale)
        page = manager.look("give", chosen, officer=account(desk, "reviewer2"))
        assert reason in part(page, "refused-rows")
        assert "reviewer2" in part(page, "accepted-rows")


def test_an_empty_text_is_asked_for_beside_its_field(desk: Flask) -> None:
    manager = arrive(desk, "manager", CASES)
    answer = manager.send("order", [1], _tried="", text=" ", kind="CHASE", answer_days="3")
    assert answer.status_code == 422
    assert 'id="text-errors"' in answer.text
    strange = manager.send("give", [1], _tried="", officer="999999")
    assert strange.status_code == 422


# --- done -----------------------------------------------------------------------------------------


def test_what_is_possible_is_done_and_the_rest_is_told(desk: Flask) -> None:
    mine = case_of(desk, steps_of(desk, Duty.REVIEW, "reviewer")[0])
    closed = closed_case(desk)
    manager = arrive(desk, "manager", CASES)
    preview = manager.look("order", [mine, closed], **ORDER)
    assert orders(desk) == []
    result = manager.confirm("order", [mine, closed], preview, **ORDER)
    assert result.status_code == 200
    assert number_of(desk, mine) in part(result, "accepted-rows")
    assert "The case is closed" in part(result, "refused-rows")
    assert orders(desk) == [(mine, "reviewer")]
    assert ORDER["text"] in CasePage(arrive(desk, "reviewer", CASES).browser, number_of(
        desk, mine)).text  # fmt: skip


def test_the_same_order_is_given_once_a_day(desk: Flask) -> None:
    """order-is-given-once-a-day: a button pressed twice asks for one answer."""
    mine = case_of(desk, steps_of(desk, Duty.REVIEW, "reviewer")[0])
    manager = arrive(desk, "manager", CASES)
    preview = manager.look("order", [mine], **ORDER)
    assert manager.confirm("order", [mine], preview, **ORDER).status_code == 302
    twice = manager.confirm("order", [mine], preview, **ORDER)
    assert "You gave this order on this case today already." in part(twice, "refused-rows")
    assert "You gave this order" in manager.look("order", [mine], **ORDER).text
    other = {**ORDER, "text": "请于今日答复"}
    assert "accepted-rows" in manager.look("order", [mine], **other).text
    assert len(orders(desk)) == 1


def test_an_unclaimed_case_is_ordered_from_who_received_it(desk: Flask) -> None:
    """首问负责; case-has-no-officer is told where nobody received it."""
    waiting = case_of(desk, steps_of(desk, Duty.REVIEW)[0])
    with desk.app_context():
        draft = db.session.scalars(
            select(Application.id).where(Application.status == ApplicationStatus.DRAFT)
        ).first()
        received_by = db.session.get_one(Application, waiting).first_contact.username
    page = arrive(desk, "manager", CASES).look("order", [waiting, draft], **ORDER)
    assert f"Order to {received_by}" in part(page, "accepted-rows")
    assert "Nobody has this case in hand" in part(page, "refused-rows")


def test_other_words_than_those_looked_at_are_looked_at_first(desk: Flask) -> None:
    mine = case_of(desk, steps_of(desk, Duty.REVIEW, "reviewer")[0])
    manager = arrive(desk, "manager", CASES)
    preview = manager.look("order", [mine], **ORDER)
    changed = {**ORDER, "text": "另一内容"}
    answer = manager.confirm("order", [mine], preview, **changed)
    assert answer.status_code == 409
    assert "look at what would happen now" in answer.text
    assert orders(desk) == []
    assert manager.confirm("order", [mine], answer, **changed).status_code == 302
    assert len(orders(desk)) == 1


def test_a_step_that_a_colleague_took_meanwhile_is_left_alone(desk: Flask) -> None:
    taken, free = steps_of(desk, Duty.REVIEW)[:2]
    reviewer = arrive(desk, "reviewer", STEPS)
    preview = reviewer.send("claim", [taken, free])
    colleague = arrive(desk, "reviewer2", STEPS)
    assert colleague.confirm(
        "claim", [taken], colleague.send("claim", [taken])
    ).status_code == 302  # fmt: skip
    result = reviewer.confirm("claim", [taken, free], preview)
    assert "changed it meanwhile" in part(result, "refused-rows")
    assert (officer_of(desk, taken), officer_of(desk, free)) == ("reviewer2", "reviewer")
    again = reviewer.confirm("claim", [taken, free], preview)  # pressed twice
    assert "Left as they were 2" in part(again, "refused-rows")
    assert (officer_of(desk, taken), officer_of(desk, free)) == ("reviewer2", "reviewer")


def test_rows_that_nobody_looked_at_are_not_done(desk: Flask) -> None:
    looked_at, slipped_in = steps_of(desk, Duty.REVIEW)[:2]
    reviewer = arrive(desk, "reviewer", STEPS)
    preview = reviewer.send("claim", [looked_at])
    reviewer.confirm("claim", [looked_at, slipped_in], preview)
    assert officer_of(desk, looked_at) == "reviewer"
    assert officer_of(desk, slipped_in) is None


def test_claimed_steps_go_back_to_their_queue(desk: Flask) -> None:
    waiting = steps_of(desk, Duty.REVIEW)
    reviewer = arrive(desk, "reviewer", STEPS)
    done = reviewer.confirm("claim", waiting, reviewer.send("claim", waiting))
    assert (done.status_code, done.location) == (302, STEPS)
    assert {officer_of(desk, step) for step in waiting} == {"reviewer"}
    back = reviewer.send("release", waiting)
    assert "Back in the queue of its post" in part(back, "accepted-rows")
    assert reviewer.confirm("release", waiting, back).status_code == 302
    assert {officer_of(desk, step) for step in waiting} == {None}
    page = unescape(reviewer.browser.get(STEPS).text)
    assert f"Give back to the queue ({len(waiting)})" in page


def test_a_case_is_claimed_from_the_list_of_cases(desk: Flask) -> None:
    step = steps_of(desk, Duty.REVIEW)[0]
    case, closed = case_of(desk, step), closed_case(desk)
    reviewer = arrive(desk, "reviewer", CASES)
    preview = reviewer.send("claim", [case, closed])
    assert "The case is closed" in part(preview, "refused-rows")
    reviewer.confirm("claim", [case, closed], preview)
    assert officer_of(desk, step) == "reviewer"


def test_the_open_steps_of_a_case_go_to_another_officer(desk: Flask) -> None:
    """step-is-with-the-officer, case-has-no-open-step: told, and nothing moves."""
    mine = steps_of(desk, Duty.REVIEW, "reviewer")[0]
    case = case_of(desk, mine)
    with desk.app_context():
        granted = db.session.scalars(
            select(Application.id).where(Application.status == ApplicationStatus.GRANTED)
        ).first()
    typed = {"officer": account(desk, "reviewer2")}
    manager = arrive(desk, "manager", CASES)
    preview = manager.look("give", [case, granted], **typed)
    assert "Open steps now with reviewer2" in part(preview, "accepted-rows")
    assert "No step of this case is open." in part(preview, "refused-rows")
    manager.confirm("give", [case, granted], preview, **typed)
    assert officer_of(desk, mine) == "reviewer2"
    again = manager.look("give", [case], **typed)
    assert "in this officer's hands already" in part(again, "refused-rows")
    steps = arrive(desk, "manager", STEPS)
    assert "in this officer's hands already" in part(
        steps.look("give", [mine], **typed), "refused-rows"
    )


def test_a_step_that_is_done_goes_to_nobody(desk: Flask) -> None:
    with desk.app_context():
        done = db.session.scalars(
            select(ApplicationStep.id)
            .join(Application)
            .where(
                ApplicationStep.status == StepStatus.DONE,
                Application.status == ApplicationStatus.ACCEPTED,
                Application.origin == Origin.NATIVE,
            )
        ).first()
    steps = arrive(desk, "manager", STEPS)
    page = steps.look("give", [done], officer=account(desk, "clerk"))
    assert "not in hand" in part(page, "refused-rows")


# --- what is sent -----------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["en", "zh_Hans_CN"])
def test_nothing_chosen_and_too_much_chosen_are_answered_in_words(desk: Flask, locale: str) -> None:
    words = {
        "en": ("Please choose at least one row.", "At most 200 rows at once"),
        "zh_Hans_CN": ("请至少选择一条", "一次最多办理 200 条"),
    }[locale]
    manager = arrive(desk, "manager", CASES, locale)
    for rows, said in zip(([], range(1, MOST_CHOSEN + 2)), words, strict=True):
        answer = manager.send("order", rows)
        assert (answer.status_code, answer.location) == (302, CASES)
        assert said in manager.browser.get(CASES).text


@pytest.mark.parametrize("key", ["999999", "x", "-1", "1 OR 1=1", "99999999999", "１", ""])
def test_a_row_that_is_not_there_is_not_found(desk: Flask, key: str) -> None:
    for name, url, act in (("manager", CASES, "order"), ("reviewer", STEPS, "claim")):
        assert arrive(desk, name, url).send(act, [1, key]).status_code == 404


def test_strange_acts_and_addresses_lead_nowhere(desk: Flask) -> None:
    manager = arrive(desk, "manager", CASES)
    assert manager.send("", [1]).status_code == 400
    assert manager.browser.get(f"{CASES}bulk/").location == CASES
    data = {"act": "order", "url": "http://evil.example/"}
    assert manager.browser.post(f"{CASES}bulk/", data).location == CASES


# --- the download of chosen rows ----------------------------------------------------------------


def test_the_chosen_rows_are_downloaded_in_the_order_of_the_page(desk: Flask) -> None:
    auditor = arrive(desk, "auditor", CASES)
    keys = BOX.findall(auditor.browser.get(CASES).text)[:3]
    answer = auditor.send("export", keys)
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == [number_of(desk, int(key)) for key in keys]
    assert auditor.send("export", []).status_code == 302


# --- plain lists ----------------------------------------------------------------------------------


def test_a_deed_of_a_plain_list_is_looked_at_too(desk: Flask) -> None:
    """A deed that the row's state does not allow is told so, and so is what the rules refuse."""
    mine = case_of(desk, steps_of(desk, Duty.REVIEW, "reviewer")[0])
    manager = arrive(desk, "manager", CASES)
    manager.confirm("order", [mine], manager.look("order", [mine], **ORDER), **ORDER)
    with desk.app_context():
        key = db.session.scalars(select(SupervisionOrder.id)).one()
    at_orders = arrive(desk, "manager", "/admin/supervision_order/")
    assert 'name="act" value="close"' in at_orders.browser.get(at_orders.url).text
    page = at_orders.send("close", [key])
    assert "The order is not answered yet." in part(page, "refused-rows")
    assert "Confirm" not in page.text


# --- the worklists ------------------------------------------------------------------------------


def test_a_step_shows_its_light_and_whom_it_is_about(desk: Flask) -> None:
    page = unescape(arrive(desk, "reviewer", STEPS).browser.get(f"{STEPS}?tab=queue").text)
    cards = page.split("<tr data-row>")[1:]
    assert cards
    for card in cards:
        assert re.search(r'class="light [a-z-]+"><span aria-hidden="true">[●◆▲◇❚]', card)
        assert re.search(r'data-label="Applicant and item">\s*\S+ · \S+', card)


def test_the_queue_of_steps_runs_as_my_work_does(desk: Flask) -> None:
    """Art. 57: in the order of receipt, on both pages."""
    browser = arrive(desk, "reviewer", STEPS).browser
    steps = browser.get(f"{STEPS}?tab=queue&page_size=100").text
    listed = re.findall(r'aria-label="([^"]+)"></td>', steps)
    work = browser.get("/admin/work/").text
    queue = work[work.index('id="to-claim"') :].split("</section>")[0]
    assert re.findall(r'<td class="name"[^>]*><span><a href="/admin/application/([^"]+)/"', queue)
    assert listed == re.findall(r'<a href="/admin/application/([^"]+)/">', queue)


def test_the_next_of_the_queue_is_claimed_and_opened_with_one_press(desk: Flask) -> None:
    browser = arrive(desk, "reviewer", STEPS).browser
    work = browser.get("/admin/work/").text
    card = work[work.index('id="next-to-claim"') :].split("</section>")[0]
    number = re.findall(r'href="(/admin/application/[^"]+)"', card)[0]
    answer = browser.post("/admin/work/claim/", {"open": "1"})
    assert (answer.status_code, answer.location) == (302, number)
    assert number in browser.get("/admin/work/").text.split('id="mine"')[1].split("</section>")[0]
