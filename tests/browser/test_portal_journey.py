"""An applicant's way through the portal, in a real browser: from the guide to his certificate.

The office does its part in the panel; whoever holds the certificate verifies it without account.
"""

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from models.rules.codes import id_check_character, uscc_check_character
from tests.browser.conftest import Visitor

Visit = Callable[..., Visitor]

ITEM = "equipment-registration"
LOCALES = ("zh_Hans_CN", "en")
SERIALS = count(501)


def id_number() -> str:
    """An ID number of a place that does not exist, another one at each call."""
    body = f"99000019640101{next(SERIALS):03d}"
    return body + id_check_character(body)


def credit_code() -> str:
    """The credit code of an enterprise that does not exist, another one at each call."""
    body = f"91350100M{next(SERIALS):07d}0"
    return body + uscc_check_character(body)


def press(visitor: Visitor, selector: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.click(selector)


def apply_online(applicant: Visitor, number: str) -> str:
    """Fill the form in as a person would; a mistyped number is refused, and all else stays."""
    page = applicant.page
    applicant.open(f"/items/{ITEM}")
    press(applicant, f"a[href='/apply/{ITEM}']")
    page.select_option("#applicant", "new")
    page.select_option("#applicant_kind", "ORGANISATION")
    page.fill("#name", "柳试验有限公司")
    page.fill("#identity_number", number[:-1] + ("1" if number[-1] != "1" else "2"))
    page.fill("#phone", "19900007788")
    page.fill("#summary", "浏览器里申请的一件")
    press(applicant, "button[value=submit]")
    assert page.locator("#identity_number-errors").is_visible()
    assert page.input_value("#summary") == "浏览器里申请的一件"
    assert not applicant.overflows()
    page.fill("#identity_number", number)
    press(applicant, "button[value=submit]")
    assert "/track/" in page.url
    return page.url.rsplit("/", 1)[1]


@pytest.mark.parametrize(
    ("width", "locale"),
    [(1366, "zh_Hans_CN"), pytest.param(390, "en", marks=pytest.mark.thorough)],
)
def test_an_applicant_comes_to_his_certificate(visit: Visit, width: int, locale: str) -> None:
    number = credit_code()
    applicant = visit("applicant", width=width, locale=locale)
    clerk, reviewer, decider = visit("clerk"), visit("reviewer"), visit("decider")
    case = apply_online(applicant, number)
    own, inside = f"/track/{case}", f"/admin/application/{case}/"

    # The clerk tells once what is missing; the applicant reads it and hands everything in.
    clerk.open(inside)
    clerk.act("correct", missing="缺少全部材料，请一次补齐。")
    applicant.open(own)
    assert applicant.sees("缺少全部材料，请一次补齐。")
    assert not applicant.overflows()
    for box in applicant.page.locator("form[action$='/answer'] input[type=checkbox]").all():
        box.check()
    press(applicant, "form[action$='/answer'] button[type=submit]")
    assert applicant.page.locator(".message-success").is_visible()

    clerk.open(inside)
    clerk.act("accept")
    reviewer.open(inside)
    reviewer.act("claim")
    reviewer.act("complete", opinion="材料齐全，符合条件。")

    # Meanwhile a passer-by with the number and four characters learns the dates, no names.
    passer_by = visit(width=width, locale=locale)
    passer_by.open("/track")
    passer_by.page.fill("#number", case)
    passer_by.page.fill("#last", number[-4:])
    press(passer_by, "main button[type=submit]")
    assert passer_by.page.locator(".dated dt").count() == 2
    assert not passer_by.sees("沈核一")
    assert not passer_by.sees("柳试验")
    assert not passer_by.overflows()

    decider.open(inside)
    decider.act("grant")
    clerk.open(inside)
    clerk.act("deliver", delivery_method="WINDOW")

    # The certificate verifies itself for everybody, and stands in the register.
    applicant.open(own)
    address = applicant.page.locator("a[href*='/verify/']").get_attribute("href")
    assert address is not None
    paper = applicant.page.locator("dd:has(.tag)").inner_text().split()[0]
    passer_by.open(address.removeprefix(passer_by.site.url))
    assert passer_by.sees(paper)
    assert passer_by.page.locator(".standing.holds").is_visible()
    assert passer_by.page.locator("svg.qr").is_visible()
    assert not passer_by.overflows()
    passer_by.open(f"/register/?q={paper}")
    assert passer_by.page.locator("tbody tr").count() == 1
    assert passer_by.sees("柳试验有限公司")


AGENT_ITEM = "verification-filing"


def apply_by_agent(applicant: Visitor) -> str:
    """Apply for one of one's own firms through an agent, with no material yet."""
    page = applicant.page
    applicant.open(f"/apply/{AGENT_ITEM}")
    page.fill("#summary", "委托代理人申请的一件")
    page.fill("#agent_name", "代办生")
    page.fill("#agent_identity_number", id_number())
    page.fill("#agent_phone", "19900006789")
    assert not applicant.overflows()
    press(applicant, "button[value=submit]")
    assert "/track/" in page.url
    return page.url.rsplit("/", 1)[1]


@pytest.mark.parametrize(
    ("width", "locale"),
    [(1366, "zh_Hans_CN"), (390, "en")],
)
@pytest.mark.thorough
def test_an_agent_applies_and_the_service_is_rated(visit: Visit, width: int, locale: str) -> None:
    """Art. 29, 32: with an agent the power of attorney is needed, and the notice names it."""
    applicant = visit("applicant", width=width, locale=locale)
    page = applicant.page
    case = apply_by_agent(applicant)
    own, inside = f"/track/{case}", f"/admin/application/{case}/"
    attorney = {"zh_Hans_CN": "委托书", "en": "Power of attorney"}[locale]
    assert attorney in page.inner_text(".missing")

    # The notice names by itself what is missing; everything that it names is handed in.
    clerk = visit("clerk")
    clerk.open(inside)
    clerk.act("correct")
    applicant.open(own)
    lines = page.locator("section:has(.notice) .checklist li")
    assert attorney in "".join(lines.all_inner_texts())
    assert not applicant.overflows()
    for box in page.locator("form[action$='/answer'] input[type=checkbox]").all():
        box.check()
    press(applicant, "form[action$='/answer'] button[type=submit]")
    assert page.locator("section:has(.notice) .checklist li:not(.in)").count() == 0

    reviewer, decider = visit("reviewer"), visit("decider")
    clerk.open(inside)
    clerk.act("accept")
    reviewer.open(inside)
    reviewer.act("claim")
    reviewer.act("complete", opinion="材料齐全，符合条件。")
    decider.open(inside)
    decider.act("grant")
    clerk.open(inside)
    clerk.act("deliver", delivery_method="WINDOW")

    # It verifies itself, has its entry in the register, and the applicant rates the service once.
    applicant.open(own)
    address = page.locator("a[href^='/verify/']").get_attribute("href")
    assert address is not None
    passer_by = visit(width=width, locale=locale)
    passer_by.open(address)
    assert passer_by.page.locator(".standing.holds").is_visible()
    press(passer_by, "main a[href^='/register/']")
    assert passer_by.page.locator(".edition .standing.holds").count() == 1
    assert not passer_by.overflows()
    page.locator("input[name=level][value=VERY_SATISFIED]").check()
    page.fill("#rating-text", "又快又好")
    press(applicant, ".rating button[type=submit]")
    assert page.locator(".message-success").is_visible()
    assert applicant.sees("又快又好")
    assert page.locator("input[name=level]").count() == 0
    assert not applicant.overflows()


def test_the_portal_works_without_a_mouse(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip-link"
    visitor.page.focus("#q")
    visitor.page.keyboard.type("特种设备")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.page.locator(f"a[href='/items/{ITEM}']").count() == 1


def test_the_dates_of_the_register_are_days(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/register/")
    days = [cell.inner_text() for cell in visitor.page.locator("td:nth-child(5)").all()]
    assert days
    assert [date.fromisoformat(day) for day in days] == sorted(
        (date.fromisoformat(day) for day in days), reverse=True
    )
