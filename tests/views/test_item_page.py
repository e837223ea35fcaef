"""The page of an item: a version whole, what publishing it lacks, and what it changes."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from models.acts.publishing import CHECKS
from models.enums import VersionStatus
from models.rules.item_guide import GUIDE_ELEMENTS
from tests.views.catalogue_site import CODE, draft_of, edit_path, fill_item, item_of, said_on
from tests.web import Browser, close, opened_site
from views.panel.item.checklist import QUESTIONS
from views.panel.item.sections import FIRST_COLUMNS, ITEM_SECTIONS, VERSION_SECTIONS
from views.panel.item.told import PART_COLUMNS
from views.panel.tables.catalogue import VERSION_PARTS, ItemVersionView, LicenceItemView

SignIn = Callable[[str], Browser]
PAGE = f"/admin/licence_item/{CODE}/"


@pytest.fixture
def site(sqlite_databases: Any) -> Any:
    site = opened_site(sqlite_databases.fresh(fill_item))
    yield site
    close(site)


def do(browser: Browser, site: Flask, action: str, row: int) -> int:
    data = {"action": action, "rowid": str(row), "url": PAGE}
    return browser.post("/admin/item_version/action/", data).status_code


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["clerk", "head", "auditor"])
def test_officers_read_the_item_and_change_nothing(signed_in: SignIn, account: str) -> None:
    browser = signed_in(account)
    said = said_on(browser, PAGE)
    assert "第 1 版 已发布" in said, "the version that binds is shown first"
    assert "申请书" in said
    assert "办事指南（公开）" in said
    assert "本事项办件（0）" in said
    page = browser.get(f"{PAGE}?version=2").text
    for deed in ("publish", "retire", "draft", "line", "discard"):
        assert f'value="{deed}"' not in page
    assert "/admin/item_version/edit/" not in page


@pytest.mark.parametrize("account", ["applicant", "system"])
def test_the_item_is_closed_to_everybody_else(signed_in: SignIn, account: str) -> None:
    for path in (PAGE, f"{PAGE}compare/", "/admin/licence_item/nothing/"):
        assert signed_in(account).get(path).status_code == 403, path


def test_a_stranger_signs_in_first(visitor: Browser) -> None:
    assert visitor.get(PAGE).location.startswith("/login")


@pytest.mark.parametrize(
    "path",
    [
        "/admin/licence_item/nothing/", f"/admin/licence_item/{'x' * 90}/", f"{PAGE}?version=9",
        f"{PAGE}?version=abc", f"{PAGE}?version=%20", f"{PAGE}compare/?from=1&to=7",
        f"{PAGE}compare/?from=x", "/admin/licence_item/nothing/compare/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(signed_in: SignIn, path: str) -> None:
    assert signed_in("admin").get(path).status_code == 404


def test_the_plain_address_of_the_row_leads_to_the_page(signed_in: SignIn, site: Flask) -> None:
    answer = signed_in("admin").get(f"/admin/licence_item/details/?id={item_of(site).id}")
    assert answer.location == PAGE


def test_the_row_of_a_version_leads_to_the_page(signed_in: SignIn, site: Flask) -> None:
    page = signed_in("clerk").get(f"/admin/item_version/details/?id={draft_of(site).id}").text
    assert f'href="{PAGE}?version=2"' in page


def test_an_item_without_a_version_says_what_comes_next(signed_in: SignIn) -> None:
    browser = signed_in("admin")
    form = browser.form("/admin/licence_item/new/")
    form |= {"code": "new-one", "name": "新事项", "name_en": "New item", "number_prefix": "N",
             "department": "1"}  # fmt: skip
    answer = browser.client.post("/admin/licence_item/new/", data=form)
    assert answer.location == "/admin/licence_item/new-one/"
    page = browser.get(answer.location).text
    assert "本事项尚无版本" in page
    assert "/admin/item_version/new/?licence_item=" in page


def test_the_sources_are_the_catalogues_own(signed_in: SignIn) -> None:
    assert 'id="part-sources"' in signed_in("admin").get(PAGE).text
    assert 'id="part-sources"' not in signed_in("clerk").get(PAGE).text


def test_every_column_of_the_form_stands_in_one_section() -> None:
    for view, sections in (
        (ItemVersionView, VERSION_SECTIONS), (LicenceItemView, ITEM_SECTIONS),
    ):  # fmt: skip
        columns = [column for section in sections for column in section.columns]
        assert sorted(columns) == sorted(view.form_columns)
        parts = [part for section in sections for part in section.parts]
        assert sorted(parts) == sorted(children.relation for children in view.children)


def test_the_tables_of_parts_name_columns_that_there_are() -> None:
    for part in (*VERSION_PARTS, *LicenceItemView.children):
        known = set(part.model.__mapper__.attrs.keys())
        assert set(PART_COLUMNS[part.relation]) <= known
        assert set(FIRST_COLUMNS.get(part.relation, ())) <= set(part.columns)


# --- the picture of the steps -------------------------------------------------------------------


def test_the_picture_tells_what_the_reform_saved(signed_in: SignIn) -> None:
    said = said_on(signed_in("head"), PAGE)
    assert "改革前 8 个环节 · 48 个工作日" in said
    assert "个环节，其中关键环节" in said
    assert "减少 5 个环节" in said
    assert "原环节8" in said


def test_the_public_sees_the_picture_without_posts(visitor: Browser) -> None:
    said = said_on(visitor, f"/items/{CODE}")
    assert "改革前 8 个环节 · 48 个工作日" in said
    assert "原环节8" in said
    assert "原岗" not in said
    assert "第 1 版。" in said, "a draft is not counted before it is published"


# --- before and after publishing ------------------------------------------------------------------


def test_the_drafter_is_told_why_he_does_not_publish(signed_in: SignIn, site: Flask) -> None:
    browser = signed_in("admin")
    page = browser.get(f"{PAGE}?version=draft").text
    assert "起草人不得发布自己起草的版本" in page
    assert 'value="publish"' not in page
    do(browser, site, "publish", draft_of(site).id)
    assert draft_of(site).status is VersionStatus.DRAFT


def test_the_publisher_sees_what_changes_and_puts_it_in_place(
    signed_in: SignIn, site: Flask
) -> None:
    browser = signed_in("admin2")
    said = said_on(browser, PAGE, version="draft")
    assert "已具备发布条件" in said
    assert "与现行第 1 版比较" in said
    assert "＋ 新增 1 行" in said
    assert 'value="publish"' in browser.get(f"{PAGE}?version=2").text
    do(browser, site, "publish", draft_of(site).id)
    statuses = [version.status for version in item_of(site).versions]
    assert statuses == [VersionStatus.RETIRED, VersionStatus.PUBLISHED]


def test_what_is_missing_leads_to_its_section(signed_in: SignIn, site: Flask) -> None:
    browser = signed_in("admin2")
    form = browser.form(edit_path(site)) | {"legal_basis": "", "promised_limit": "1"}
    assert browser.client.post(edit_path(site), data=form).status_code == 302
    page = browser.get(f"{PAGE}?version=2").text
    assert f'href="{edit_path(site)}#part-basis">已列明设定依据' in page
    assert f'href="{edit_path(site)}#part-steps">各环节时限合计' in page
    assert 'value="publish"' not in page


def test_a_draft_is_begun_from_what_binds_and_can_be_discarded(
    signed_in: SignIn, site: Flask
) -> None:
    browser = signed_in("admin")
    do(browser, site, "discard", draft_of(site).id)
    assert len(item_of(site).versions) == 1
    page = browser.get(PAGE).text
    assert 'value="draft"' in page
    assert 'value="retire"' in page
    do(browser, site, "draft", item_of(site).versions[0].id)
    assert [m.name for m in draft_of(site).materials] == ["申请书", "图纸"]
    assert 'value="draft"' not in browser.get(PAGE).text, "one draft at a time"


def test_every_question_of_the_checklist_has_its_words() -> None:
    assert set(QUESTIONS) == {*CHECKS, *GUIDE_ELEMENTS}
    keys = {section.key for section in VERSION_SECTIONS}
    assert {section for _words, section in QUESTIONS.values()} - {""} <= keys


# --- the comparison -------------------------------------------------------------------------------


def test_the_comparison_names_fields_and_rows(signed_in: SignIn, site: Flask) -> None:
    browser = signed_in("admin")
    form = browser.form(edit_path(site))
    form |= {"promised_limit": "12", "materials-0-copies": "3", "materials-1-remove": "y",
             "legal_basis": "《蜂蜜加工条例》第三条、第五条"}  # fmt: skip
    assert browser.client.post(edit_path(site), data=form).status_code == 302
    page = browser.get(f"{PAGE}compare/?from=1&to=2").text
    assert "<del>15</del>" in page
    assert "<ins>12</ins>" in page
    assert "第五条</ins>" in page, "a long text is compared by its words"
    said = said_on(browser, f"{PAGE}compare/", **{"from": "1", "to": "2"})
    assert "≠ 修改 申请书" in said
    assert "－ 删除 图纸" in said
    assert "＋ 新增 检验费" in said
    assert "¥25.00" in said
    browser.get("/language/en")
    assert "－ removed Plan" in said_on(browser, f"{PAGE}compare/")


def test_a_version_is_like_itself(signed_in: SignIn) -> None:
    said = said_on(signed_in("clerk"), f"{PAGE}compare/", **{"from": "1", "to": "1"})
    assert "两个版本内容一致" in said
