"""The acts on a case, through the buttons of its page: one whole life, and what is refused."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import Application, LicenceItem, User
from models.acts import ACTS, BY_NAME
from models.database import db
from models.enums import ApplicationStatus, Duty, StepStatus
from models.rules.transitions import APPLICATION_MOVES
from tests.factories import MONDAY
from tests.views.casework import (
    REQUEST,
    CasePage,
    case_rows,
    cases,
    fill_casework,
    status_of,
    version_of,
)
from tests.web import Browser, close, opened_site
from views.words.acts import label_of

Case = ApplicationStatus
ALERT = re.compile(r'<section class="message message-danger" role="alert">(.*?)</section>', re.S)
ERRORS = re.compile(r'<ul class="errors"[^>]*>(.*?)</ul>', re.S)


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases of every light."""
    site = opened_site(sqlite_databases.fresh(fill_casework))
    yield site
    close(site)


def reader(site: Flask, name: str, locale: str = "en") -> Browser:
    browser = Browser(site)
    assert browser.sign_in(name).status_code == 302
    browser.get(f"/language/{locale}")
    return browser


def said(page: Any) -> str:
    """What a page says against an act."""
    text = unescape(page.text)
    return re.sub(r"<[^>]*>|\s+", " ", " ".join([*ALERT.findall(text), *ERRORS.findall(text)]))


def first(site: Flask, status: Case, **values: Any) -> str:
    return cases(site, status=status, origin="NATIVE", **values)[0]


def at_step(site: Flask, duty: Duty, *, claimed: bool = False) -> str:
    """An accepted case, not paused, whose open step is of this duty."""
    with site.app_context():
        for case in db.session.scalars(select(Application).order_by(Application.id)):
            if (
                case.status is Case.ACCEPTED
                and case.origin == "NATIVE"
                and not case.suspended_since
            ):
                steps = [s for s in case.steps if s.status is StepStatus.OPEN and s.duty is duty]
                if steps and (steps[0].officer_id is not None) is claimed and not case.extensions:
                    return case.number
    raise AssertionError(duty)


# --- a whole life -----------------------------------------------------------------------------


def taken_in(site: Flask, browser: Browser) -> str:
    """A case that the clerk takes in by the form."""
    with site.app_context():
        item = db.session.scalars(select(LicenceItem.id).order_by(LicenceItem.id)).first()
    form = browser.form("/admin/application/new/")
    typed = {
        **form,
        "licence_item": str(item),
        "applicant": "1",
        "channel": "POST",
        "summary": "蜂蜜",
    }
    typed.pop("_add_another", None)
    answer = browser.post("/admin/application/new/", typed)
    assert answer.status_code == 302, said(answer)
    answer = browser.get(answer.headers["Location"])
    assert answer.status_code == 302
    return str(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def test_a_case_lives_its_whole_life_by_buttons(desk: Flask) -> None:
    clerk, reviewer, decider, leader = (
        reader(desk, name) for name in ("clerk", "reviewer", "decider", "leader")
    )
    number = taken_in(desk, clerk)
    page = CasePage(clerk, number)
    prefilled = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.form("correct"), re.S)
    assert prefilled
    assert prefilled[1].strip() == "材料1"  # all that is missing is written already
    assert page.act("correct", missing=prefilled[1]).status_code == 302
    assert status_of(desk, number) is Case.CORRECTING
    materials = re.findall(r'name="materials"[^>]*value="(\d+)"', page.form("materials"))
    assert "carries at least one of the materials" in unescape(page.text)
    assert page.act("materials", materials=materials).status_code == 302
    assert page.act("resubmit").status_code == 302
    assert page.act("accept").status_code == 302
    assert status_of(desk, number) is Case.ACCEPTED

    page = CasePage(reviewer, number)
    assert page.act("claim").status_code == 302
    until = (MONDAY + timedelta(days=9)).isoformat()
    paused = page.act(
        "suspend", kind="TESTING", planned_end_on=until, notice_number="N 1", reason=""
    )
    assert paused.status_code == 302, said(paused)
    assert page.act("resume").status_code == 302
    assert page.act("ask_extension", days="3", reason="difficult").status_code == 302
    assert CasePage(leader, number).act("approve_extension").status_code == 302
    assert page.act("complete", opinion="符合条件").status_code == 302

    assert CasePage(decider, number).act("grant", legal_basis="Art. 38").status_code == 302
    page = CasePage(clerk, number)
    assert page.act("deliver", delivery_method="COURIER").status_code == 302
    assert status_of(desk, number) is Case.DELIVERED
    story = page.text[page.text.index('<ol class="story">') :]
    for words in (
        "Received",
        "correction notice sent",
        "Materials in",
        "clock suspended: Testing",
        "extension approved",
        "step done",
        "issued",
        "By courier",
    ):
        assert words in story or words.lower() in story.lower(), words


def test_a_refusal_ends_a_case_with_its_reasons(desk: Flask) -> None:
    number = at_step(desk, Duty.DECISION)
    page = CasePage(reader(desk, "decider", "zh_Hans_CN"), number)
    assert "行政复议" in page.form("refuse")
    remedies = "可以申请行政复议"
    answer = page.act(
        "refuse", reasons="现场设备不全。", legal_basis="第三十八条", remedies=remedies
    )
    assert answer.status_code == 302, said(answer)
    assert status_of(desk, number) is Case.REFUSED
    assert "设备不全" in page.text


# --- what is refused ----------------------------------------------------------------------------

UNLAWFUL = [
    # who, which case, which act, what is typed, the words in English, the words in Chinese
    ("clerk", (Case.ACCEPTED, {}), "accept", {}, "is not lawful: Accepted → Accepted", "已受理"),
    (
        "clerk",
        (Case.CORRECTING, {}),
        "correct",
        {"missing": "x"},
        "not waiting for acceptance",
        "待受理",
    ),
    (
        "clerk",
        (Case.CORRECTING, {}),
        "deliver",
        {"delivery_method": "WINDOW"},
        "is not lawful",
        "不得如此变更",
    ),
    (
        "clerk",
        (Case.GRANTED, {}),
        "enter_withdrawal",
        REQUEST,
        "is not lawful: Granted",
        "准予许可",
    ),
    ("clerk", (Case.DELIVERED, {}), "enter_withdrawal", REQUEST, "The case is closed", "已办结"),
    ("reviewer", (Case.CORRECTING, {}), "suspend", {}, "has not been accepted", "尚未受理"),
    ("reviewer", (Case.ACCEPTED, {}), "resume", {}, "is not suspended", "未暂停"),
    ("decider", (Case.CORRECTING, {}), "grant", {}, "has not been accepted", "尚未受理"),
    ("leader", (Case.ACCEPTED, {}), "approve_extension", {}, "once only", "一次"),
]


@pytest.mark.parametrize(("name", "which", "act", "typed", "english", "chinese"), UNLAWFUL)
def test_an_unlawful_act_is_refused_in_words_and_nothing_changes(
    desk: Flask, name: str, which: Any, act: str, typed: Any, english: str, chinese: str
) -> None:
    status, values = which
    number = next(
        n for n in cases(desk, status=status, origin="NATIVE", **values) if fits(desk, n, act)
    )
    before = case_rows(desk)
    for locale, words in (("en", english), ("zh_Hans_CN", chinese)):
        page = CasePage(reader(desk, name, locale), number)
        answer = page.send(act, version=version_of(desk, number), **typed)
        assert answer.status_code == 422
        assert words in said(answer), said(answer)
        assert case_rows(desk) == before


def fits(site: Flask, number: str, act: str) -> bool:
    """For an extension a case that has one, for the rest one without."""
    with site.app_context():
        case = db.session.scalars(select(Application).filter_by(number=number)).one()
        return bool(case.extensions) is (act == "approve_extension") and not case.suspended_since


REFUSED_BY_RULES = [
    ("complete", {"opinion": "  "}, "Write your opinion."),
    (
        "suspend",
        {"kind": "TESTING", "planned_end_on": "2025-03-10", "notice_number": " "},
        "Name the notice",
    ),
    (
        "suspend",
        {"kind": "TESTING", "planned_end_on": "2025-02-10", "notice_number": "1"},
        "in the past",
    ),
    ("ask_extension", {"days": "99", "reason": "x"}, "at most 10 working days"),
    ("ask_extension", {"days": "3", "reason": ""}, "Give the reason"),
]


@pytest.mark.parametrize(("act", "typed", "words"), REFUSED_BY_RULES)
def test_what_a_rule_refuses_stands_beside_its_field_with_what_was_typed(
    desk: Flask, act: str, typed: dict[str, str], words: str
) -> None:
    number = at_step(desk, Duty.REVIEW)
    before = case_rows(desk)
    page = CasePage(reader(desk, "reviewer"), number)
    answer = page.act(act, **{"reason": "a long explanation", **typed})
    assert answer.status_code == 422
    assert words in " ".join(ERRORS.findall(unescape(answer.text)))
    assert re.search(r"<details class=\"act\" open>", answer.text)
    if act == "suspend":
        assert "a long explanation" in answer.text
    assert case_rows(desk) == before


BAD_FIELDS = [
    ("suspend", {"kind": "NAP"}), ("suspend", {"planned_end_on": "soon"}),
    ("suspend", {"notice_number": "x" * 61}), ("ask_extension", {"days": "many"}),
    ("ask_extension", {"days": str(10**30)}), ("complete", {"opinion": "x" * 5000}),
    ("suspend", {"reason": "'; DROP TABLE application; --" * 200}),
]  # fmt: skip


@pytest.mark.parametrize(("act", "typed"), BAD_FIELDS)
def test_hostile_fields_are_refused(desk: Flask, act: str, typed: dict[str, str]) -> None:
    number = at_step(desk, Duty.REVIEW)
    before = case_rows(desk)
    assert CasePage(reader(desk, "reviewer"), number).act(act, **typed).status_code == 422
    assert case_rows(desk) == before


@pytest.mark.parametrize("step", ["999999", "x", "-1", "1 OR 1=1"])
def test_a_step_of_another_case_is_not_there(desk: Flask, step: str) -> None:
    page = CasePage(reader(desk, "reviewer"), at_step(desk, Duty.REVIEW))
    assert page.act("claim", step=step).status_code == 404


@pytest.mark.parametrize("act", ["assign", "complete", "claim"])
def test_an_act_on_a_step_that_names_none_is_refused_in_words(desk: Flask, act: str) -> None:
    number = at_step(desk, Duty.REVIEW)
    name = "head" if act == "assign" else "reviewer"
    before = case_rows(desk)
    answer = CasePage(reader(desk, name), number).send(
        act, version=version_of(desk, number), step="", officer="4"
    )
    assert answer.status_code == 422
    assert "This step is not in hand" in said(answer), said(answer)
    assert case_rows(desk) == before


@pytest.mark.parametrize(
    ("locale", "named"), [("en", "of reviewer2."), ("zh_Hans_CN", "reviewer2员")]
)
def test_a_refused_claim_names_who_has_the_step(desk: Flask, locale: str, named: str) -> None:
    number = at_step(desk, Duty.REVIEW)
    other, late = CasePage(reader(desk, "reviewer2"), number), reader(desk, "reviewer", locale)
    hidden = CasePage(late, number).hidden("claim")
    assert other.act("claim").status_code == 302
    hidden["version"] = version_of(desk, number)
    answer = CasePage(late, number).send("claim", **hidden)
    assert answer.status_code == 422
    assert named in said(answer), said(answer)


def test_a_field_that_is_not_sent_is_not_filled_in(desk: Flask) -> None:
    """Basis and remedies of a refusal are decided by a person, not by an empty request."""
    number = at_step(desk, Duty.DECISION)
    before = case_rows(desk)
    answer = CasePage(reader(desk, "decider"), number).send(
        "refuse", version=version_of(desk, number), reasons="现场设备不全。"
    )
    assert answer.status_code == 422
    assert case_rows(desk) == before


def test_an_answer_that_is_not_offered_is_no_answer(desk: Flask) -> None:
    number = first(desk, Case.RECEIVED)
    before = case_rows(desk)
    answer = CasePage(reader(desk, "clerk"), number).send(
        "not_accept", version=version_of(desk, number), result="CORRECTED_ON_THE_SPOT",
        reasons="当场更正",
    )  # fmt: skip
    assert answer.status_code == 422
    assert case_rows(desk) == before


@pytest.mark.parametrize("version", ["", "0", "x", "999"])
def test_another_version_than_the_present_one_is_a_conflict(desk: Flask, version: str) -> None:
    number = at_step(desk, Duty.REVIEW)
    page = CasePage(reader(desk, "reviewer"), number)
    assert page.act("claim", version=version).status_code == 409


def test_the_slower_officer_learns_who_was_first_and_keeps_his_text(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW)
    slow, quick = (CasePage(reader(desk, name), number) for name in ("reviewer", "reviewer2"))
    opened = slow.hidden("complete")
    assert quick.act("claim").status_code == 302
    before = case_rows(desk)
    answer = slow.send("complete", **opened, opinion="my long opinion")
    assert answer.status_code == 409
    assert "reviewer2员" in said(answer) or "reviewer2" in said(answer)
    assert "my long opinion" in answer.text
    assert case_rows(desk) == before


def test_an_expired_token_keeps_what_was_typed(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW)
    page = CasePage(reader(desk, "reviewer"), number)
    before = case_rows(desk)
    typed = {**page.hidden("complete"), "opinion": "my long opinion", "csrf_token": "old"}
    answer = page.browser.client.post(f"{page.url}act/complete/", data=typed)
    assert answer.status_code == 400
    assert "my long opinion" in answer.text
    assert "Nothing is lost" in said(answer)
    assert case_rows(desk) == before


# --- whose act it is ------------------------------------------------------------------------------


def test_an_act_of_another_duty_is_closed(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW)
    version = version_of(desk, number)
    before = case_rows(desk)
    for name, duty in (
        ("clerk", Duty.ACCEPTANCE),
        ("reviewer", Duty.REVIEW),
        ("decider", Duty.DECISION),
        ("head", Duty.HEAD),
        ("manager", Duty.SUPERVISION),
    ):
        browser = reader(desk, name)
        for act in ACTS:
            if duty not in act.duties:
                answer = CasePage(browser, number).send(act.name, version=version)
                assert answer.status_code == 403, (name, act.name)
                assert str(label_of(act)) in unescape(answer.text)
    for name in ("auditor", "guide"):
        answer = CasePage(reader(desk, name), number).send("withdraw", version=version)
        assert answer.status_code == 403
    assert case_rows(desk) == before


def test_an_applicant_withdraws_and_answers_and_nothing_else(desk: Flask) -> None:
    offered = {act.name for act in ACTS if Duty.APPLICANT in act.duties}
    assert offered == {"withdraw", "resubmit"}
    browser = reader(desk, "applicant2")
    with desk.app_context():
        own = db.session.scalars(
            select(Application.number)
            .where(
                Application.status == Case.ACCEPTED,
                Application.applicant.has(user_id=account(desk)),
            )
            .order_by(Application.id)
        ).first()
    assert CasePage(browser, own).act("withdraw").status_code == 302
    assert status_of(desk, own) is Case.WITHDRAWN
    foreign = at_step(desk, Duty.REVIEW)
    answer = CasePage(browser, foreign).send("withdraw", version=version_of(desk, foreign))
    assert answer.status_code == 404


def account(site: Flask) -> int:
    found = db.session.scalar(select(User.id).where(User.username == "applicant2"))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["head", "manager"])
def test_a_leader_gives_a_step_to_another_holder_of_its_post(desk: Flask, name: str) -> None:
    number = at_step(desk, Duty.REVIEW, claimed=True)
    page = CasePage(reader(desk, name), number)
    holders = dict(re.findall(r'<option[^>]*value="(\d+)"[^>]*>([^<]*)<', page.form("assign")))
    assert sorted(holders.values()) == ["reviewer", "reviewer2"]
    other = next(key for key, holder in holders.items() if holder == "reviewer2")
    assert page.act("assign", officer=other).status_code == 302
    assert "Review" in page.text or "reviewer2" in page.text
    assert page.act("assign", officer="1").status_code == 422
    late = CasePage(reader(desk, "reviewer"), number)
    assert not late.offers("release")


def test_a_step_goes_back_to_its_queue(desk: Flask) -> None:
    number = at_step(desk, Duty.REVIEW, claimed=True)
    page = CasePage(reader(desk, "reviewer"), number)
    assert page.act("release").status_code == 302
    assert page.offers("claim")
    queue = page.browser.get("/admin/application_step/?tab=queue").text
    assert number in queue
    assert number not in page.browser.get("/admin/application_step/?tab=mine").text


def test_the_queue_is_claimed_from_its_list(desk: Flask) -> None:
    browser = reader(desk, "reviewer")
    queue = browser.get("/admin/application_step/?tab=queue").text
    keys = re.findall(r'name="rowid" value="(\d+)"', queue)
    assert keys
    claim = {"action": "claim", "rowid": keys, "url": "/admin/application_step/?tab=mine"}
    assert browser.post("/admin/application_step/action/", claim).status_code == 302
    mine = browser.get("/admin/application_step/?tab=mine").text
    assert set(keys) <= set(re.findall(r'name="rowid" value="(\d+)"', mine))
    assert browser.get("/admin/application_step/?tab=yours").status_code == 400


# --- the table itself -----------------------------------------------------------------------------


def test_every_move_of_a_person_is_an_act_or_said_why_not() -> None:
    """Receipts are intake, drafts and what becomes of them the applicant's."""
    elsewhere = {"draft", "receive", "submit"}
    renamed = {"ask_correction": "correct"}
    moves = {move.name for move in APPLICATION_MOVES if move.duties} - elsewhere
    assert {renamed.get(name, name) for name in moves} <= set(BY_NAME)


def test_an_unknown_act_is_not_there(desk: Flask) -> None:
    page = CasePage(reader(desk, "clerk"), at_step(desk, Duty.REVIEW))
    assert page.send("finish", version="1").status_code == 404
    assert page.browser.get(f"{page.url}act/accept/").status_code in (404, 405)
