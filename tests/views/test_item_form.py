"""A draft is edited whole: its rows in their order, each error beside its field, nothing lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models import AuditEntry, MaterialRequirement
from models.database import db
from tests.views.catalogue_site import draft_of, edit_path, fill_item, item_of, names
from tests.web import Browser, close, opened_site

SignIn = Callable[[str], Browser]
LONG = pytest.mark.thorough
ERRORS = re.compile(r'<ul class="errors" id="([^"]+)-errors">\s*<li>([^<]+)')


@pytest.fixture
def site(sqlite_databases: Any) -> Any:
    site = opened_site(sqlite_databases.fresh(fill_item))
    yield site
    close(site)


@pytest.fixture
def admin(signed_in: SignIn) -> Browser:
    return signed_in("admin")


def send(browser: Browser, site: Flask, **fields: str) -> Any:
    """Send the form of the draft as it stands, but for some fields."""
    return browser.client.post(edit_path(site), data=browser.form(edit_path(site)) | named(fields))


def named(fields: dict[str, str]) -> dict[str, str]:
    """Python names to those of the form: ``materials_0_name`` is ``materials-0-name``."""
    return {re.sub(r"_(\d+)_", r"-\1-", name): value for name, value in fields.items()}


def new_row(place: str = "", **values: str) -> dict[str, str]:
    row = {"name": "新材料", "name_en": "New", "legal_basis": "第九条", **values}
    return {f"materials_2_{column}": value for column, value in row.items()} | (
        {"materials_2_position": place} if place else {}
    )


def entries(site: Flask) -> int:
    with site.app_context():
        return len(db.session.scalars(select(AuditEntry.id)).all())


# --- the order of rows ----------------------------------------------------------------------------


def test_rows_are_shown_by_their_places(admin: Browser, site: Flask) -> None:
    form = admin.form(edit_path(site))
    assert [form[f"materials-{row}-position"] for row in range(3)] == ["1", "2", ""]


def test_two_rows_change_places(admin: Browser, site: Flask) -> None:
    """No position is taken twice, not even while the rows are written one by one."""
    for wanted in (["图纸", "申请书"], ["申请书", "图纸"], ["图纸", "申请书"]):
        answer = send(admin, site, materials_0_position="2", materials_1_position="1")
        assert answer.status_code == 302
        assert names(site) == wanted


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("", ["申请书", "图纸", "新材料"]),
        ("1", ["新材料", "申请书", "图纸"]),
        ("2", ["申请书", "新材料", "图纸"]),
        ("77", ["申请书", "图纸", "新材料"]),
    ],
)
def test_a_new_row_goes_where_its_place_says(
    admin: Browser, site: Flask, place: str, wanted: list[str]
) -> None:
    assert send(admin, site, **new_row(place)).status_code == 302
    assert names(site) == wanted


def test_a_row_moves_up_and_down_by_its_place_alone(admin: Browser, site: Flask) -> None:
    send(admin, site, **new_row())
    assert send(admin, site, materials_0_position="3").status_code == 302
    assert names(site) == ["图纸", "新材料", "申请书"]
    assert send(admin, site, materials_2_position="1").status_code == 302
    assert names(site) == ["申请书", "图纸", "新材料"]


def test_a_row_is_removed_and_another_takes_its_place(admin: Browser, site: Flask) -> None:
    answer = send(admin, site, materials_0_remove="y", **new_row("1"))
    assert answer.status_code == 302
    assert names(site) == ["新材料", "图纸"]


def test_one_save_is_one_entry_of_the_log(admin: Browser, site: Flask) -> None:
    """Steps, materials, fees and the version itself change in one act, or not at all."""
    before = entries(site)
    answer = send(
        admin, site, promised_limit="9", steps_0_name="甲", fees_0_amount_fen="900", **new_row()
    )
    assert answer.status_code == 302
    assert entries(site) == before + 1
    draft = draft_of(site)
    assert (draft.promised_limit, draft.steps[0].name) == (9, "甲")
    assert (draft.fees[0].amount_fen, len(draft.materials)) == (900, 3)


def test_what_one_row_breaks_saves_nothing_of_the_others(admin: Browser, site: Flask) -> None:
    before = entries(site)
    answer = send(admin, site, promised_limit="9", fees_0_amount_fen="0")
    assert answer.status_code == 422
    assert entries(site) == before
    assert draft_of(site).promised_limit == 15


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"fees_0_amount_fen": "0"}, "fees-0-amount_fen"),
        pytest.param({"fees_0_amount_fen": "much"}, "fees-0-amount_fen", marks=LONG),
        ({"materials_1_necessity": "CONDITIONAL"}, "materials-1-condition"),
        pytest.param({"materials_0_copies": "-2"}, "materials-0-copies", marks=LONG),
        pytest.param({"steps_2_limit_days": "-1"}, "steps-2-limit_days", marks=LONG),
        ({"steps_0_position": "first"}, "steps-0-position"),
        ({"materials_1_name_en": ""}, "materials-1-name_en"),
        ({"fees_0_reduction": "减半"}, "fees-0-reduction_basis"),
        ({"quota": "-1"}, "quota"),
        pytest.param({"promised_limit": "99"}, "promised_limit", marks=LONG),
    ],
)
def test_an_error_stands_beside_the_very_field_of_the_very_row(
    admin: Browser, site: Flask, typed: dict[str, str], field: str
) -> None:
    answer = send(admin, site, **typed)
    assert answer.status_code == 422
    assert [where for where, _words in ERRORS.findall(answer.text)] == [field]
    assert "▲ 待更正" in answer.text, "the section is marked in the contents"
    for name, value in named(typed).items():
        assert f'name="{name}"' in answer.text
        assert value in answer.text


def test_a_row_without_its_name_is_not_dropped_in_silence(admin: Browser, site: Flask) -> None:
    answer = send(admin, site, fees_1_standard="每台二十五元")
    assert answer.status_code == 422
    assert "fees-1-name" in dict(ERRORS.findall(answer.text))
    assert "每台二十五元" in answer.text


# --- nothing typed is lost ---------------------------------------------------------------------


def test_an_expired_form_keeps_its_rows(admin: Browser, site: Flask) -> None:
    form = admin.form(edit_path(site)) | named({"steps_1_name": "长长的名称", **new_row()})
    answer = admin.client.post(edit_path(site), data=form | {"csrf_token": "expired"})
    assert answer.status_code == 400
    assert 'value="长长的名称"' in answer.text
    assert 'value="新材料"' in answer.text
    assert "新材料" not in names(site)


def test_a_row_changed_meanwhile_shows_both_and_can_be_overwritten(
    admin: Browser, site: Flask
) -> None:
    mine = admin.form(edit_path(site)) | {"materials-0-name": "我的"}
    assert send(admin, site, materials_0_name="别人的").status_code == 302
    answer = admin.client.post(edit_path(site), data=mine)
    assert answer.status_code == 409
    assert 'value="我的"' in answer.text
    assert "别人的" in answer.text
    assert names(site)[0] == "别人的"
    again = mine | kept(answer.text)
    assert admin.client.post(edit_path(site), data=again).status_code == 302
    assert names(site)[0] == "我的"


def test_a_row_removed_meanwhile_is_kept_as_a_new_one(admin: Browser, site: Flask) -> None:
    mine = admin.form(edit_path(site)) | {"materials-0-name": "我的"}
    assert send(admin, site, materials_0_remove="y").status_code == 302
    answer = admin.client.post(edit_path(site), data=mine)
    assert answer.status_code == 409
    assert names(site) == ["图纸"]
    assert admin.client.post(edit_path(site), data=mine | kept(answer.text)).status_code == 302
    assert names(site) == ["我的", "图纸"]


def kept(page: str) -> dict[str, str]:
    """The hidden fields of a page: keys and versions of the rows."""
    tags = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    pairs = [(re.search(r'name="([^"]+)"', t), re.search(r'value="([^"]*)"', t)) for t in tags]
    return {n.group(1): v.group(1) for n, v in pairs if n and v and n.group(1) != "csrf_token"}


# --- rows of others -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["foreign", "999999", "abc", str(10**20)])
def test_no_row_of_another_version_is_stolen(admin: Browser, site: Flask, key: str) -> None:
    """PANEL.md §1: an unknown key is neither a new row nor somebody else's."""
    bound = item_of(site).versions[0]
    typed = str(bound.materials[0].id) if key == "foreign" else key
    before = entries(site)
    for field in ("materials_0_id", "materials_2_id"):
        answer = send(admin, site, **{field: typed, "materials_2_name": "偷来的"})
        assert answer.status_code in (400, 404)
    assert entries(site) == before
    with site.app_context():
        row = db.session.get(MaterialRequirement, bound.materials[0].id)
        assert row is not None
        assert (row.item_version_id, row.name) == (bound.id, "申请书")


@pytest.mark.parametrize("account", ["head", "auditor", "applicant"])
def test_nobody_else_opens_or_sends_the_form(signed_in: SignIn, site: Flask, account: str) -> None:
    browser = signed_in(account)
    assert browser.get(edit_path(site)).status_code == 403
    assert browser.post(edit_path(site), {"promised_limit": "1"}).status_code == 403


def test_the_version_that_binds_has_no_form(admin: Browser, site: Flask) -> None:
    bound = item_of(site).versions[0]
    path = f"/admin/item_version/edit/?id={bound.id}"
    assert admin.get(path).status_code == 403
    assert admin.post(path, {"promised_limit": "1"}).status_code == 403


# --- the steps of before the reform, in the form of the item -----------------------------------


def test_former_steps_are_edited_with_their_item(admin: Browser, site: Flask) -> None:
    path = f"/admin/licence_item/edit/?id={item_of(site).id}"
    form = admin.form(path) | {"former_steps-0-position": "8", "former_steps-7-remove": "y"}
    assert admin.client.post(path, data=form).status_code == 302
    with site.app_context():
        steps = item_of(site)
        db.session.add(steps)
        assert [step.name for step in steps.former_steps] == [
            *(f"原环节{place}" for place in range(2, 8)), "原环节1",
        ]  # fmt: skip
