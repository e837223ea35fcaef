"""Every page: a language, a policy, and nothing that the policy would have to forbid."""

import re
from collections.abc import Callable

import pytest

from tests.web import Browser

PAGES = {
    "clerk": ("application", "applicant", "submitted_material", "correction_notice"),
    "reviewer": ("clock_suspension", "deadline_extension", "application_step"),
    "decider": ("decision", "certificate", "due_date_change"),
    "admin": ("licence_item", "item_version", "step_definition", "material_requirement"),
    "system": ("authority", "department", "service_window", "user_account", "calendar_year",
               "calendar_day", "calendar_notice", "number_counter"),
    "security": ("role_grant", "post", "post_assignment"),
    "auditor": ("audit_entry", "audit_head", "finding"),
}  # fmt: skip
UNCLEAN = {
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "a foreign address": re.compile(r'(?:src|href)="(?:https?:)?//', re.I),
}


def assert_clean(browser: Browser, path: str, language: str) -> None:
    page = browser.get(path, follow_redirects=True)
    assert page.status_code in (200, 403, 404), (path, page.status_code)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert f'<html lang="{language}" data-theme="system">' in page.text, path
    for what, pattern in UNCLEAN.items():
        assert not pattern.search(page.text), (path, what, pattern.search(page.text))


@pytest.mark.parametrize(("locale", "language"), [("zh_Hans_CN", "zh-Hans-CN"), ("en", "en")])
@pytest.mark.parametrize("account", PAGES)
def test_the_pages_of_the_panel_are_clean(
    signed_in: Callable[[str], Browser], account: str, locale: str, language: str
) -> None:
    browser = signed_in(account)
    browser.get(f"/language/{locale}")
    assert_clean(browser, "/admin/", language)
    for table in PAGES[account]:
        for page in ("", "details/?id=1", "new/", "edit/?id=1", "?search=1&page=0"):
            assert_clean(browser, f"/admin/{table}/{page}", language)


@pytest.mark.parametrize("path", ["/", "/login", "/nowhere"])
def test_the_public_pages_are_clean(visitor: Browser, path: str) -> None:
    assert_clean(visitor, path, "zh-Hans-CN")


def test_every_answer_has_its_own_nonce(visitor: Browser) -> None:
    policies = {visitor.get("/").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_WORD = re.compile(r">\s*[A-Z][a-z]{2,}[^<]*<")


def test_nothing_of_the_shell_stays_english_in_chinese(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("system")
    for path in ("/admin/", "/admin/user_account/", "/admin/user_account/new/"):
        text = browser.get(path).text
        body = text[text.index("<body") :].replace(">English<", "><")
        assert not ENGLISH_WORD.findall(body), path


def test_nothing_of_the_shell_stays_chinese_in_english(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("system")
    browser.get("/language/en")
    for path in ("/admin/", "/admin/authority/", "/admin/user_account/", "/admin/post/"):
        text = browser.get(path).text.replace(">中文<", "><").replace(">许<", "><")
        assert not CHINESE.search(text), (path, CHINESE.search(text))


def test_the_menu_marks_where_the_reader_is(signed_in: Callable[[str], Browser]) -> None:
    page = signed_in("clerk").get("/admin/applicant/").text
    assert page.count('aria-current="page"') == 1
