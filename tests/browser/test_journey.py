"""One case from receipt to delivered certificate, through the panel, in a real browser.

On the way every unlawful short cut is tried and refused in words, in the reader's language.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from tests.browser.conftest import Site, Visitor

Visit = Callable[..., Visitor]

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# What stands on top of the page, and what stands beside a field.
ALERT = re.compile(
    r'(?:role="alert"[^>]*>(.*?)</(?:p|section)>)|(?:<ul class="errors"[^>]*>(.*?)</ul>)', re.DOTALL
)
TAG = re.compile(r"<[^>]+>")

APPLICANT = "示例市晨光包装材料有限公司"
ABOUT_A_STEP = ("claim", "complete", "release", "assign")
LOCALES = ("zh_Hans_CN", "en")


def short_cut(visitor: Visitor, number: str, act: str, **fields: str) -> tuple[int, str]:
    """Send the form of an act that the page does not offer; returns the status and the words."""
    home = visitor.context.request.get(f"{visitor.site.url}/admin/").text()
    token = TOKEN.search(home)
    assert token is not None
    answer = visitor.context.request.post(
        f"{visitor.site.url}/admin/application/{number}/act/{act}/",
        form={"csrf_token": token[1], **known_to_the_page(visitor.site, number, act), **fields},
    )
    text = answer.text()
    alerts = [unescape(TAG.sub(" ", " ".join(alert))).strip() for alert in ALERT.findall(text)]
    words = " ".join(alerts) or unescape(TAG.sub(" ", text))
    return answer.status, " ".join(words.split())


def known_to_the_page(site: Site, number: str, act: str) -> dict[str, str]:
    """What travels in the forms of the page: who goes round it may know that too."""
    database = Path(site.environment["ONEWINDOW_DATA_DIR"]) / "onewindow.sqlite"
    query = """SELECT application.version, application_step.id FROM application
        LEFT JOIN application_step ON application_step.application_id = application.id
        AND application_step.status = 'OPEN' WHERE number = ?"""
    with closing(sqlite3.connect(database)) as connection:
        version, step = connection.execute(query, (number,)).fetchone()
    return {"version": str(version), "step": str(step or "") if act in ABOUT_A_STEP else ""}


def refused(visitor: Visitor, number: str, act: str, words: dict[str, str], **fields: str) -> None:
    """The short cut is refused in words of the reader's language, and the case is unchanged."""
    before = case_state(visitor, number)
    for locale in LOCALES:
        visitor.context.request.get(f"{visitor.site.url}/language/{locale}")
        status, told = short_cut(visitor, number, act, **fields)
        assert status in (400, 403, 404, 409, 422), (act, status, told)
        assert words[locale] in told.lower(), (act, locale, told)
    visitor.context.request.get(f"{visitor.site.url}/language/zh_Hans_CN")
    assert case_state(visitor, number) == before


def case_state(visitor: Visitor, number: str) -> str:
    visitor.open(f"/admin/application/{number}/")
    return visitor.page.inner_text(".case-head") + visitor.page.inner_text(".track")


@pytest.fixture
def received(visit: Visit) -> tuple[Visitor, str]:
    """A clerk has taken an application in at the window."""
    clerk = visit().sign_in("clerk")
    clerk.open("/admin/application/new/")
    item = clerk.page.locator("#licence_item option", has_text="特种设备使用登记")
    clerk.page.select_option("#licence_item", item.get_attribute("value"))
    clerk.choose("applicant", APPLICANT)
    clerk.page.fill("#summary", "浏览器里走完的一件")
    clerk.page.click("form .form-buttons button.btn-primary")
    clerk.page.wait_for_selector(".case-head h1")
    return clerk, clerk.page.inner_text(".case-head h1")


def test_a_case_goes_from_receipt_to_delivery(visit: Visit, received: tuple[Visitor, str]) -> None:
    clerk, number = received
    reviewer, decider, manager = visit("reviewer"), visit("decider"), visit("manager")
    page = f"/admin/application/{number}/"

    # Nothing is accepted while required materials are missing, and nobody skips the line.
    refused(clerk, number, "accept", {"zh_Hans_CN": "材料", "en": "material"})
    refused(decider, number, "grant", {"zh_Hans_CN": "受理", "en": "accept"})
    refused(reviewer, number, "suspend", {"zh_Hans_CN": "受理", "en": "accept"},
            kind="TESTING", planned_end_on="2099-01-04", notice_number="特告1号")  # fmt: skip

    clerk.open(page)
    form = clerk.page.locator("form[action$='/act/materials/']")
    clerk.page.locator("details.act", has=form).locator("summary").click()
    for box in form.locator("input[type=checkbox]").all()[:4]:
        box.check()
    clerk.act("materials")
    clerk.act("accept")
    assert clerk.sees("已受理")

    # The acceptor neither reviews nor decides, and the decision waits for the review.
    refused(decider, number, "grant", {"zh_Hans_CN": "环节", "en": "step"})
    refused(manager, number, "grant", {"zh_Hans_CN": "权", "en": "not"})

    reviewer.open(page)
    reviewer.act("claim")
    refused(reviewer, number, "complete", {"zh_Hans_CN": "意见", "en": "opinion"})
    other = visit("reviewer2")
    refused(other, number, "complete", {"zh_Hans_CN": "沈核一", "en": "shen heyi"}, opinion="同意")
    reviewer.open(page)
    reviewer.act("complete", opinion="材料齐全，符合条件。")
    assert reviewer.sees("已完成")

    # Who meets every condition is not refused (Art. 38).
    decider.open(page)
    refused(decider, number, "refuse", {"zh_Hans_CN": "条件", "en": "condition"},
            reasons="不符合条件。", legal_basis="第三十八条", remedies="复议")  # fmt: skip
    decider.open(page)
    decider.act("grant")
    assert decider.sees("准予许可")
    assert re.search(r"梯11鲁P\d{5}\(\d{2}\)", decider.page.inner_text("body"))

    clerk.open(page)
    clerk.act("deliver", delivery_method="WINDOW")
    assert clerk.sees("已送达")
    refused(clerk, number, "enter_withdrawal", {"zh_Hans_CN": "办结", "en": "closed"},
            document_number="撤1", requested_on="2026-01-01", came_by="WINDOW")  # fmt: skip

    # What everybody did stands on the page, in order, and the chain of the log is whole.
    manager.open(page)
    story = manager.page.inner_text(".story")
    for person in ("窦受理", "沈核一", "阙决定"):
        assert person in story
    verified = manager.site.run("audit", "verify", "--json")
    assert '"ok": true' in verified.stdout, verified.stderr


def test_the_counter_of_a_tab_is_its_list(visit: Visit) -> None:
    manager = visit("manager")
    for tab in ("overdue", "due_soon", "paused", "closed"):
        manager.open(f"/admin/application/?tab={tab}&page_size=100")
        told = int(manager.page.inner_text("nav .here .count, .tabs [aria-current] .count").strip())
        assert manager.page.locator("tbody tr").count() == told > 0
