"""Review, hearing and the ends of a case, by the buttons of its page; and who steps aside."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models import ApplicantLink, Application, User, acts
from models.acting import acting_as
from models.acts import ACTS
from models.acts.act import Standing
from models.database import GuardedSession, db
from models.enums import ApplicationStatus, ItemType, LinkKind
from models.errors import RuleViolation
from models.questions.people import actor_of
from tests.factories import DAY_ONE, MONDAY, Office
from tests.statements import judged_item
from tests.views.casework import CasePage, case_rows, cases, status_of, version_of
from tests.views.test_case_page import filled, reader
from tests.web import close, fill_site, opened_site
from views.current import note_request

Case = ApplicationStatus
TUESDAY = MONDAY + timedelta(days=1)
JUDGED, FIRST_REVIEW, PLAIN, OLD = "JUDGED", "FIRST", "PLAIN", "OLD"
TOLD = date(2025, 2, 10)
STANDARD = "GB/T 0000-2020"


def fill_reviews(engine: Engine) -> None:
    """A claimed case with conditions and a check, one to forward, one to hear, one to end."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(700))
        own = office.applicant("云杉检测有限公司", user=office.user("applicant2"))
        judged = office.accepted(item=judged_item(office, needs_inspection=True), applicant=own)
        with office.acts("reviewer", MONDAY):
            acts.steps.claim(session, judged.steps[1])
        first = office.reviewed(item=office.item(item={"item_type": ItemType.FIRST_REVIEW}))
        plain = office.reviewed(applicant=own)
        old = office.accepted(TOLD)
        with office.acts("reviewer", TOLD):
            acts.hearing.tell_of_hearing(old)
        with office.acts("reviewer", TOLD):
            acts.hearing.request_hearing(session, old.hearings[0])
        with office.acts("reviewer", TOLD):
            acts.hearing.plan_hearing(
                old.hearings[0], planned_on=MONDAY, place="听证室", chair=office.user("head")
            )
        with office.acts("clerk", MONDAY):
            for case, name in (
                (judged, JUDGED),
                (first, FIRST_REVIEW),
                (plain, PLAIN),
                (old, OLD),
            ):
                case.summary = name


@pytest.fixture
def desk(sqlite_databases: Any) -> Iterator[Flask]:
    """The site with cases under review."""
    site = opened_site(sqlite_databases.fresh(fill_reviews))
    yield site
    close(site)


def page_of(site: Flask, name: str, summary: str) -> CasePage:
    return CasePage(reader(site, name), cases(site, summary=summary)[0])


def user_key(site: Flask, name: str) -> str:
    with site.app_context():
        return str(db.session.scalar(select(User.id).where(User.username == name)))


def verdict_fields(page: CasePage, act: str, answers: list[str]) -> dict[str, str]:
    names = sorted(set(re.findall(r'name="(verdicts-\d+)"', page.form(act))))
    assert len(names) == len(answers)
    return dict(zip(names, answers, strict=True))


def send_two(site: Flask, page: CasePage) -> Any:
    keys = [user_key(site, name) for name in ("reviewer", "reviewer2")]
    return page.act("assign_inspectors", inspectors=keys, planned_on=MONDAY.isoformat())


# --- review -------------------------------------------------------------------------------------


def test_the_inspectors_are_boxes_to_tick_under_one_legend(desk: Flask) -> None:
    form = page_of(desk, "reviewer", JUDGED).form("assign_inspectors")
    boxes = re.search(r'<fieldset class="field field-wide ticks"[^>]*>(.*?)</fieldset>', form, re.S)
    assert boxes
    assert boxes[1].count('type="checkbox"') >= 2
    assert boxes[1].count("<label>") == boxes[1].count('type="checkbox"')


def test_a_review_asks_about_each_condition_and_chooses_nothing(desk: Flask) -> None:
    """Art. 34, 38: met or not met, with a note, and nothing chosen beforehand."""
    page = page_of(desk, "reviewer", JUDGED)
    form = page.form("judge")
    assert len(re.findall(r'type="radio"', form)) == 4
    assert " checked" not in form
    assert page.act("judge", **verdict_fields(page, "judge", ["met", "unmet"])).status_code == 302
    assert len(re.findall(r'type="radio"[^>]* checked', page.form("judge"))) == 2
    assert "Verdicts on the conditions" in page.text


def test_a_review_ends_by_buttons_and_a_refusal_cites_the_standard(desk: Flask) -> None:
    """Art. 34, 38, 55: site inspection, verdicts, opinion, refusal."""
    page = page_of(desk, "reviewer", JUDGED)
    assert "The site inspection has no result yet." in page.text
    one = user_key(desk, "reviewer")
    alone = page.act("assign_inspectors", inspectors=[one], planned_on=MONDAY.isoformat())
    assert alone.status_code == 422
    assert "At least 2 officers carry out a site inspection." in alone.text
    assert send_two(desk, page).status_code == 302
    typed = {"passes": "unmet", "findings": "缺少设备", "technical_standard": STANDARD}
    assert page_of(desk, "reviewer2", JUDGED).act("record_inspection", **typed).status_code == 302
    half = page.act("complete", opinion="不符合", **verdict_fields(page, "complete", ["met", "x"]))
    assert half.status_code == 422
    assert "Conditions are not judged yet" in half.text
    judged = verdict_fields(page, "complete", ["met", "unmet"])
    assert page.act("complete", opinion="不符合", **judged).status_code == 302
    decider = page_of(desk, "decider", JUDGED)
    assert not decider.offers("grant")
    assert STANDARD in decider.form("refuse")
    texts = {
        "reasons": "现场设备不全。",
        "legal_basis": STANDARD,
        "remedies": "六十日内复议",
    }
    assert decider.act("refuse", **texts).status_code == 302
    assert status_of(desk, decider.number) is Case.REFUSED


def test_a_note_that_is_too_long_is_refused_and_kept(desk: Flask) -> None:
    page = page_of(desk, "reviewer", JUDGED)
    fields = verdict_fields(page, "judge", ["met", "met"])
    notes = {f"{name}-note": "长" * 4001 for name in fields}
    answer = page.act("judge", **fields, **notes)
    assert answer.status_code == 422
    assert "A note is too long." in answer.text
    assert "长" * 4001 in answer.text


def test_an_applicant_sees_no_verdict_and_no_inspector(desk: Flask) -> None:
    """Art. 38: the applicant gets the decision, not what the inside wrote on the way."""
    page = page_of(desk, "reviewer", JUDGED)
    assert send_two(desk, page).status_code == 302
    assert page.act("judge", **verdict_fields(page, "judge", ["met", "met"])).status_code == 302
    text = page_of(desk, "applicant2", JUDGED).text
    assert "Verdicts on the conditions" not in text
    assert "reviewer2" not in text


# --- hearing and third parties ------------------------------------------------------------------


def test_a_hearing_is_told_and_waived_by_buttons(desk: Flask) -> None:
    """Art. 47: while it may be asked for, nothing is decided."""
    page = page_of(desk, "reviewer", PLAIN)
    assert page.act("tell_hearing").status_code == 302
    assert (
        "A hearing may still be asked for, until 2025-03-10."
        in page_of(desk, "decider", PLAIN).text
    )
    paper = {"waiver_number": "声明 1 号", "waiver_paper_on": MONDAY.isoformat()}
    unsigned = page.act("waive_hearing", **{**paper, "waiver_number": " "})
    assert unsigned.status_code == 422
    assert "or a signed paper: give its number and its day" in unescape(unsigned.text)
    assert page.act("waive_hearing", **paper).status_code == 302
    assert page_of(desk, "decider", PLAIN).offers("grant")
    assert "Notified on" in page_of(desk, "applicant2", PLAIN).text


def test_a_planned_hearing_is_held_by_its_chair(desk: Flask) -> None:
    """Art. 48: the chair enters the signed minutes on the day."""
    page = page_of(desk, "head", OLD)
    unsigned = page.act("hold_hearing", minutes="各方陈述在案")
    assert unsigned.status_code == 422
    done = page.act("hold_hearing", minutes="各方陈述在案", is_signed="y")
    assert done.status_code == 302
    assert "各方陈述在案" in page.text


def test_a_hearing_is_asked_for_and_planned_by_buttons(desk: Flask) -> None:
    """Art. 47, 48: a notice that comes too late is refused beside its field."""
    page = page_of(desk, "reviewer", PLAIN)
    for act in ("tell_hearing", "request_hearing"):
        assert page.act(act).status_code == 302
    typed = {"place": "听证室", "chair": user_key(desk, "head")}
    late = page.act("plan_hearing", planned_on="2025-03-11", **typed)
    assert late.status_code == 422
    assert "For that day the notice was due by 2025-02-28" in late.text
    far = page.act("plan_hearing", planned_on="9999-12-31", **typed)
    assert far.status_code == 422
    assert "A day lies between 1950-01-01 and 2098-12-31." in far.text
    beyond = page.act("plan_hearing", planned_on="2025-04-01", **typed)
    assert "the hearing is planned inside them: by 2025-03-31" in beyond.text
    assert page.act("plan_hearing", planned_on="2025-03-12", **typed).status_code == 302
    assert "听证室" in page.text


def test_an_interested_party_is_heard_by_buttons(desk: Flask) -> None:
    """Art. 36: registered, told, heard; the telephone number is masked."""
    page = page_of(desk, "reviewer", PLAIN)
    typed = {"name": "邻家印刷厂", "interest": "毗邻生产场所", "phone": "13900001111"}
    fields = {**page.hidden("register_party"), **typed}
    assert page.browser.post(f"{page.url}act/register_party/", fields).status_code == 302
    assert (
        "Interested parties were not heard yet: 邻家印刷厂." in page_of(desk, "decider", PLAIN).text
    )
    assert "13900001111" not in page.text
    for act, statement in (("tell_party", {}), ("hear_party", {"statement": "影响采光"})):
        key = re.search(r'<option[^>]*value="(\d+)"', page.form(act))
        assert key
        assert page.act(act, party=key[1], **statement).status_code == 302
    assert page_of(desk, "decider", PLAIN).offers("grant")


# --- the ends -----------------------------------------------------------------------------------


def test_a_first_review_is_forwarded_by_its_button(desk: Flask) -> None:
    """Art. 35: forwarded and closed; the page says that nothing is asked for again."""
    page = page_of(desk, "decider", FIRST_REVIEW)
    assert not page.offers("grant")
    typed = {"to_organ": "示例省局", "opinion": "初审合格", "is_supported": "y"}
    assert page.act("forward", document_number=" ", **typed).status_code == 422
    assert page.act("forward", document_number="示初1号", **typed).status_code == 302
    assert status_of(desk, page.number) is Case.FORWARDED
    assert "does not ask the applicant for them again" in page.text
    assert "示初1号" in page.text


def test_an_accepted_case_is_terminated_by_two_persons(desk: Flask) -> None:
    """Termination (终止办理): proposed with its proof, approved by the head; the applicant reads it
    when it has ended the case."""
    page = page_of(desk, "decider", PLAIN)
    typed = {
        "ground": "APPLICANT_ENDED", "reasons": "申请人已经依法注销。", "proof_number": "注销1号",
        "proof_on": MONDAY.isoformat(), "legal_basis": "《条例》第九条", "remedies": "可以复议",
    }  # fmt: skip
    for gap in ({"ground": ""}, {"reasons": "."}, {"proof_number": " "}, {"remedies": ""}):
        assert page.act("terminate", **typed | gap).status_code == 422
    assert page.act("terminate", **typed).status_code == 302
    assert status_of(desk, page.number) is Case.ACCEPTED
    assert "termination proposed" in page.text
    own = page_of(desk, "applicant2", PLAIN).text
    assert "申请人已经依法注销。" not in own
    assert "termination proposed" not in own
    assert not page.offers("approve_termination")
    assert page_of(desk, "head", PLAIN).act("approve_termination").status_code == 302
    assert status_of(desk, page.number) is Case.TERMINATED
    assert "申请人已经依法注销。" in page_of(desk, "applicant2", PLAIN).text


# --- recusal ------------------------------------------------------------------------------------

OFFICERS = ("clerk", "clerk2", "reviewer", "reviewer2", "decider", "head", "manager")


def fill_linked(engine: Engine) -> None:
    """The casework, and the cases under review, with every officer linked to every applicant."""
    fill_reviews(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(900))
        people = [office.user(name) for name in OFFICERS]
        applicants = {
            case.applicant for case in session.scalars(select(Application)) if case.applicant
        }
        with office.act("head", DAY_ONE):
            for user in people:
                for applicant in sorted(applicants, key=lambda a: a.id):
                    session.add(
                        ApplicantLink(
                            user=user,
                            applicant=applicant,
                            relation=LinkKind.INTEREST,
                            since=DAY_ONE,
                        )
                    )
            session.commit()


@pytest.fixture
def linked(sqlite_databases: Any) -> Iterator[Flask]:
    """The site where everybody must step aside."""
    site = opened_site(sqlite_databases.fresh(fill_linked))
    yield site
    close(site)


def attempts(site: Flask, number: str, name: str) -> Iterator[tuple[str, str | None]]:
    """Each act of the table on each of its steps, as a linked officer tries it; its refusal."""
    with site.test_request_context():
        session = db.session()
        user = session.scalars(select(User).where(User.username == name)).one()
        actor = actor_of(session, user, MONDAY)
        note_request(actor, MONDAY, {})
        case = session.scalars(select(Application).filter_by(number=number)).one()
        todo = [
            (a, s.id if s else None)
            for a in ACTS
            for s in a.steps(Standing(session, actor, MONDAY, case))
        ]
        for act, step_id in todo:
            case = session.scalars(select(Application).filter_by(number=number)).one()
            step = next((s for s in case.steps if s.id == step_id), None)
            at = Standing(session, actor, MONDAY, case, step)
            if act.why_pointless(at):
                continue
            with acting_as(session, actor, MONDAY):
                try:
                    form = filled(act, at)
                    if "officer" in form:
                        form.officer.data = form.officer.choices[-1][0]
                    given = form.given()
                    if "chair" in given:
                        given["chair"] = user  # the page itself offers nobody any more
                    act.run(at, given)
                    session.commit()
                except RuleViolation as violation:
                    yield act.name, violation.code
                else:
                    yield act.name, None
                finally:
                    session.rollback()


def test_no_officer_acts_on_the_case_of_whom_he_is_linked_to(linked: Flask) -> None:
    """Recusal (回避): every act, on cases in every state, by every officer: nothing changes."""
    before, codes = case_rows(linked), set()
    for number in cases(linked, origin="NATIVE"):
        for name in OFFICERS:
            for act, code in attempts(linked, number, name):
                if act not in CHANGES_NOTHING_BY_ITSELF:
                    assert code is not None, (number, name, act)
                codes.add(code)
    assert case_rows(linked) == before
    assert "officer-is-linked" in codes


# With nothing typed the form of this act writes nothing, so that no rule looks at it.
CHANGES_NOTHING_BY_ITSELF = frozenset({"judge", "release"})


def test_the_page_tells_a_linked_officer_to_step_aside(linked: Flask) -> None:
    """Recusal: no button is there, and the reason is."""
    page = page_of(linked, "reviewer", PLAIN)
    assert "must step aside" in page.text
    assert "/act/" not in page.text
    version = version_of(linked, page.number)
    answer = page.send("assign_inspectors", version=version, planned_on=MONDAY.isoformat())
    assert answer.status_code == 422


def test_an_officer_declares_a_link_by_its_form(desk: Flask) -> None:
    """Recusal: declared in the panel; whose it is, is judged by the rule."""
    browser = reader(desk, "reviewer")
    with desk.app_context():
        applicant = db.session.scalars(select(Application.applicant_id)).first()
    typed = {"applicant": str(applicant), "relation": "RELATIVE", "since": "2025-03-03"}
    form = browser.form("/admin/applicant_link/new/")
    mine = browser.post(
        "/admin/applicant_link/new/", {**form, **typed, "user": user_key(desk, "reviewer")}
    )
    assert mine.status_code == 302
    form = browser.form("/admin/applicant_link/new/")
    others = browser.post(
        "/admin/applicant_link/new/", {**form, **typed, "user": user_key(desk, "clerk")}
    )
    assert others.status_code == 422
    assert "You declare your own links" in others.text


def test_every_new_list_opens_with_its_rows(desk: Flask) -> None:
    """Each list and each row of the family has its page, in both languages."""
    page = page_of(desk, "reviewer", JUDGED)
    assert send_two(desk, page).status_code == 302
    for locale in ("en", "zh_Hans_CN"):
        browser = reader(desk, "reviewer", locale)
        for table in ("site_inspection", "site_inspector", "hearing"):
            assert browser.get(f"/admin/{table}/").status_code == 200
            details = browser.get(f"/admin/{table}/details/?id=1")
            assert details.status_code == 200, table
