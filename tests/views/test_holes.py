"""What plain Flask-Admin leaves open, asked of every view of the running site (PANEL.md §1)."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from models import Applicant, Application, Base, ItemVersion, Post, StepDefinition, User
from models.acting import SYSTEM, acting_as
from models.database import db
from models.enums import ApplicantKind, VersionStatus
from tests.factories import MONDAY
from tests.views.test_access_matrix import BRIEFLY
from tests.web import Browser
from views.access import ACCESS
from views.panel import FAMILIES
from views.panel.engine.base import GuardedModelView

pytestmark = pytest.mark.mainly("postgresql")

TABLES = tuple(Base.metadata.tables)
SignIn = Callable[[str], Browser]

# Table → an account that may do everything there that anyone may.
KEEPERS = {
    **dict.fromkeys(TABLES, "auditor"),
    **dict.fromkeys(("licence_item", "item_version", "step_definition"), "admin"),
    "material_requirement": "admin",
    **dict.fromkeys(("authority", "department", "service_window", "user_account"), "system"),
    **dict.fromkeys(("calendar_year", "calendar_day"), "system"),
    **dict.fromkeys(("role_grant", "post", "post_assignment"), "security"),
    **dict.fromkeys(("applicant", "application", "submitted_material"), "clerk"),
    **dict.fromkeys(("clock_suspension", "deadline_extension"), "reviewer"),
    "decision": "decider",
    "correction_notice": "clerk",
    "pre_guidance": "guide",
}
BAD_KEYS = (
    "abc", "", "-1", "0", "1.5", "１", "1 OR 1=1", str(2**31), str(10**20), "1,2", "%00",
    "a" * 5000,
)  # fmt: skip
BAD_QUERIES = (
    "page=-1", f"page={10**20}", "page=x", "sort=9999", "sort=-1", "sort=nothing", "search=%00",
    "flt0_nothing_is=1", "flt_nothing=1", f"search={'a' * 500}", "page_size=-5",
    f"page=9999999&page_size={10**9}",
)  # fmt: skip


BAD_LOOKUPS = ("offset=-1", f"offset={10**20}", "limit=-1", "limit=x", "name=%00")


def rows_of(site: Flask, model: Any) -> int:
    with site.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def key_of(site: Flask, model: Any, **values: Any) -> int:
    with site.app_context():
        return db.session.scalars(select(model.id).filter_by(**values).order_by(model.id)).first()


def read(site: Flask, model: Any, key: int) -> Any:
    with site.app_context():
        row = db.session.get(model, key)
        db.session.expunge(row)
        return row


# -- the lock ----------------------------------------------------------------------------------


def test_every_table_has_a_view() -> None:
    views = {view.model.__tablename__ for family in FAMILIES for view in family.VIEWS}
    assert views == set(TABLES) == set(ACCESS)


def test_every_endpoint_is_ours_and_has_its_verb() -> None:
    for family in FAMILIES:
        for view in family.VIEWS:
            for _url, name, _methods in view._urls:
                assert name in GuardedModelView.endpoint_verbs or name in view.endpoint_verbs
                module = getattr(view, name).__module__
                assert module.startswith("views."), (view, name, module)


@pytest.mark.parametrize("table", TABLES)
def test_a_stranger_is_led_to_the_sign_in_page(visitor: Browser, table: str) -> None:
    at = f"/admin/{table}"
    for path in ("", "new/", "edit/?id=1", "details/?id=1", "export/csv/", "ajax/lookup/?name=x"):
        answer = visitor.get(f"{at}/{path}")
        assert answer.status_code == 302
        assert answer.location.startswith("/login?next=%2Fadmin"), path
    for path in ("new/", "edit/?id=1", "delete/", "action/", "ajax/update/"):
        answer = visitor.post(f"{at}/{path}", {"id": "1"})
        assert answer.location.startswith("/login"), path


@pytest.mark.parametrize("table", TABLES)
def test_a_post_without_a_token_changes_nothing(signed_in: SignIn, table: str) -> None:
    client = signed_in(KEEPERS[table]).client
    for path in ("delete/", "action/", "ajax/update/"):
        answer = client.post(f"/admin/{table}/{path}", data={"id": "1", "action": "delete"})
        assert answer.status_code == 400, path


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_is_edited_in_place(signed_in: SignIn, table: str) -> None:
    for account in (KEEPERS[table], "manager"):
        data = {"list_form_pk": "1", "name": "x", "status": "PUBLISHED"}
        answer = signed_in(account).post(f"/admin/{table}/ajax/update/", data)
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted_in_bulk(signed_in: SignIn, table: str) -> None:
    data = {"action": "delete", "rowid": "1"}
    answer = signed_in(KEEPERS[table]).post(f"/admin/{table}/action/", data)
    assert answer.status_code in (400, 403)


# -- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_bad_input_is_a_bad_request_or_not_there(either_site: Flask, table: str) -> None:
    browser, at = Browser(either_site), f"/admin/{table}"
    browser.sign_in(KEEPERS[table])
    for page in ("details", "edit"):
        asked = (f"{at}/{page}/?id={key}" for key in BAD_KEYS)
        _refused(browser, asked, shut=403)
    for query in BAD_QUERIES:
        assert browser.get(f"{at}/?{query}", headers=BRIEFLY).status_code == 400, query
    for name in ("user", "licence_item", "application", "nothing"):
        asked = (f"{at}/ajax/lookup/?name={name}&query=a&{query}" for query in BAD_LOOKUPS)
        _refused(browser, asked, shut=404)


def _refused(browser: Browser, paths: Iterable[str], shut: int) -> None:
    """Each is refused; a page that is shut twice, or a lookup that is not there, is shut to all."""
    answers: list[int] = []
    for path in paths:
        answers.append(browser.get(path, headers=BRIEFLY).status_code)
        assert answers[-1] in (400, 403, 404), path
        if answers == [shut, shut]:
            break


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("role_grant", "flt_duty_is=NOTHING"),
        ("role_grant", "flt_valid_from_from=2025-02-30"),
        ("role_grant", f"flt_user_id_is={10**12}"),
        ("role_grant", "flt_user_id_is=-1"),
        ("user_account", "flt_is_active_is=maybe"),
        ("audit_entry", f"flt_actor_name_contains={'a' * 101}"),
    ],
)
def test_a_filter_that_cannot_be_is_a_bad_request(
    either_site: Flask, table: str, query: str
) -> None:
    browser = Browser(either_site)
    browser.sign_in("auditor")
    assert browser.get(f"/admin/{table}/?{query}").status_code == 400


@pytest.mark.parametrize(
    "term",
    [
        "%_\\ '\" a b c 🙂\u202e",
        *(pytest.param(c, marks=pytest.mark.thorough) for c in ("a b c", *"%_\\'\"🙂\u202e")),
    ],
)
def test_a_search_may_hold_any_character(either_site: Flask, term: str) -> None:
    browser = Browser(either_site)
    browser.sign_in("auditor")
    for table in TABLES:
        answer = browser.get(f"/admin/{table}/", query_string={"search": term})
        assert answer.status_code == 200, table


def test_a_wildcard_finds_itself_only(signed_in: SignIn) -> None:
    browser = signed_in("system")
    assert "clerk员" in browser.get("/admin/user_account/?search=clerk").text
    assert "clerk员" not in browser.get("/admin/user_account/?search=%25").text


def test_numbers_beyond_the_column_stay_in_the_form(either_site: Flask) -> None:
    browser = Browser(either_site)
    browser.sign_in("system")
    for year in (10**12, -(10**12), 10**30, 3000):
        answer = browser.post("/admin/calendar_year/new/", {"year": str(year), "source": "s"})
        assert answer.status_code == 422
        assert str(year) in answer.text


# -- lists -------------------------------------------------------------------------------------


def test_the_name_of_a_filter_is_the_same_in_every_language(signed_in: SignIn) -> None:
    browser = signed_in("auditor")
    address = "/admin/role_grant/?flt_duty_is=REVIEW&flt_valid_from_until=2030-01-01"
    chinese = browser.get(address).text
    browser.get("/language/en")
    english = browser.get(address).text
    assert chinese.count("<tr data-row>") == english.count("<tr data-row>") == 2


def test_no_two_filters_of_a_view_share_a_name(site: Flask) -> None:
    for family in FAMILIES:
        for view in family.VIEWS:
            blueprint = site.blueprints[view.model.__tablename__]
            assert blueprint is not None
            keys = [flt.key() for flt in view().get_filters() or []]
            assert len(keys) == len(set(keys)), view


def test_a_sorted_list_has_one_order(signed_in: SignIn) -> None:
    """Equal values are told apart by the key, in the direction of the sort."""
    browser = signed_in("auditor")

    def keys(query: str) -> list[int]:
        text = browser.get(f"/admin/role_grant/?page_size=100&sort=valid_from{query}").text
        return [int(part.split('"')[0]) for part in text.split("details/?id=")[1:]]

    assert keys("") == sorted(keys(""))
    assert keys("&desc=1") == sorted(keys(""), reverse=True)


def test_an_export_is_what_is_shown_and_no_formula_runs(signed_in: SignIn, site: Flask) -> None:
    with site.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        db.session.add(Post(window_id=1, duty="REVIEW", name="=1+1", name_en="@SUM(A1)"))
        db.session.commit()
    answer = signed_in("auditor").get("/admin/post/export/csv/?flt_duty_is=REVIEW")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.mimetype == "text/csv"
    assert "'=1+1" in answer.text
    assert "<" not in answer.text
    assert "ACCEPTANCE岗" not in answer.text


def test_an_export_has_an_end_and_says_so(signed_in: SignIn, site: Flask) -> None:
    most = site.config["EXPORT_ROWS"]
    site.config["EXPORT_ROWS"] = 3
    try:
        answer = signed_in("auditor").get("/admin/user_account/export/csv/")
    finally:
        site.config["EXPORT_ROWS"] = most
    assert answer.status_code == 413
    assert "一次最多导出 3 行" in answer.text


def test_only_csv_and_xlsx_are_exported(signed_in: SignIn) -> None:
    for kind in ("xls", "json", "yaml", "html", "../etc"):
        assert signed_in("auditor").get(f"/admin/post/export/{kind}/").status_code == 404


# -- what is masked ----------------------------------------------------------------------------


def test_a_person_is_masked_in_lists_details_exports_and_the_log(
    signed_in: SignIn, site: Flask
) -> None:
    secrets = ("11010519491231002X", "13812345678", "鼓楼区五四路1号")
    answer = signed_in("clerk").post(
        "/admin/applicant/new/",
        {"kind": "PERSON", "name": "王某", "identity_number": secrets[0], "phone": secrets[1],
         "address": f"福建省福州市{secrets[2]}"},
    )  # fmt: skip
    assert answer.status_code == 302
    key = key_of(site, Applicant, kind=ApplicantKind.PERSON)
    auditor = signed_in("auditor")
    entry = rows_of(site, Base.metadata.tables["audit_entry"])
    for path in ("applicant/", f"applicant/details/?id={key}", "applicant/export/csv/",
                 f"audit_entry/details/?id={entry}", "audit_entry/export/csv/"):  # fmt: skip
        text = auditor.get(f"/admin/{path}").text
        assert not [secret for secret in secrets if secret in text], path
    assert "110105********002X" in auditor.get("/admin/applicant/").text
    assert "13800" not in auditor.get("/admin/user_account/").text


def test_the_credit_code_of_an_organisation_is_public(signed_in: SignIn) -> None:
    assert "91350100M" in signed_in("auditor").get("/admin/applicant/").text


def test_no_list_or_form_shows_a_password(signed_in: SignIn, site: Flask) -> None:
    key = key_of(site, User, username="clerk")
    for account, paths in {
        "system": ("", f"edit/?id={key}", f"details/?id={key}", "export/csv/"),
        "auditor": ("", f"details/?id={key}"),
    }.items():
        browser = signed_in(account)
        for path in paths:
            assert "argon2" not in browser.get(f"/admin/user_account/{path}").text
    for path in ("audit_entry/export/csv/", "audit_entry/details/?id=1"):
        assert "$argon2" not in signed_in("auditor").get(f"/admin/{path}").text


# -- the applicant's scope ---------------------------------------------------------------------


def test_an_applicant_sees_his_own_cases_and_no_other(signed_in: SignIn, site: Flask) -> None:
    with site.app_context():
        own = db.session.scalars(select(Applicant).where(Applicant.user_id.is_not(None))).one()
        case = db.session.scalars(
            select(Application).where(Application.applicant_id == own.id)
        ).one()
        own_key, own_number = case.id, case.number
        others = list(db.session.scalars(select(Application).where(Application.id != case.id)))
        foreign = [(row.id, row.number) for row in others]
    browser = signed_in("applicant")
    listed = browser.get("/admin/application/?page_size=100").text
    assert own_number in listed
    assert browser.get(f"/admin/application/details/?id={own_key}").status_code in (200, 302)
    for key, number in foreign:
        assert number not in listed
        assert browser.get(f"/admin/application/details/?id={key}").status_code == 404
    stranger = signed_in("applicant2")
    assert stranger.get(f"/admin/application/details/?id={own_key}").status_code == 404
    for table in ("submitted_material", "decision", "certificate", "clock_suspension",
                  "deadline_extension", "correction_notice", "applicant"):  # fmt: skip
        assert "<tr data-row>" not in stranger.get(f"/admin/{table}/").text, table
        assert stranger.get(f"/admin/{table}/details/?id=1").status_code == 404


# -- redirects ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["http:evil.com", "http://localhost\\@evil.com", "//evil.com", "/\\evil.com", "x"]
)
def test_no_deed_leads_out_of_the_house(signed_in: SignIn, site: Flask, target: str) -> None:
    key = key_of(site, User, username="guide")
    data = {"action": "end_sessions", "rowid": str(key), "url": target}
    answer = signed_in("system").post("/admin/user_account/action/", data)
    assert answer.location == "/admin/user_account/"
    form = signed_in("system").get("/admin/authority/new/", query_string={"url": target})
    assert 'btn-link" href="/admin/authority/"' in form.text


# -- forms -------------------------------------------------------------------------------------


def test_a_form_that_outlived_its_token_keeps_what_was_typed(
    signed_in: SignIn, site: Flask
) -> None:
    before = rows_of(site, Applicant)
    answer = signed_in("clerk").client.post(
        "/admin/applicant/new/",
        data={"kind": "PERSON", "name": "很长的名字", "csrf_token": "expired"},
    )
    assert answer.status_code == 400
    assert 'value="很长的名字"' in answer.text
    assert "内容未丢失" in answer.text
    assert rows_of(site, Applicant) == before


def test_a_stale_form_is_a_conflict_that_shows_both_versions(
    signed_in: SignIn, site: Flask
) -> None:
    key = key_of(site, Post)
    path = f"/admin/post/edit/?id={key}"
    browser = signed_in("security")
    mine = {**browser.form(path), "name": "我的名称"}
    theirs = {**browser.form(path), "name": "别人的名称"}
    assert browser.client.post(path, data=theirs).status_code == 302
    answer = browser.client.post(path, data=mine)
    assert answer.status_code == 409
    assert 'value="我的名称"' in answer.text
    assert "别人的名称" in answer.text
    assert read(site, Post, key).name == "别人的名称"
    # The page carries the version it shows: saving again is a decision, not an accident.
    again = {**mine, "version": str(read(site, Post, key).version)}
    assert browser.client.post(path, data=again).status_code == 302
    assert read(site, Post, key).name == "我的名称"


def test_a_form_without_its_version_overwrites_nothing(signed_in: SignIn, site: Flask) -> None:
    key = key_of(site, Post)
    path = f"/admin/post/edit/?id={key}"
    browser = signed_in("security")
    form = {**browser.form(path), "name": "新名称"}
    del form["version"]
    assert browser.client.post(path, data=form).status_code == 409
    assert read(site, Post, key).name != "新名称"


def test_saving_a_form_as_it_stands_changes_nothing(signed_in: SignIn, site: Flask) -> None:
    for table, account in KEEPERS.items():
        browser = signed_in(account)
        if browser.get(f"/admin/{table}/edit/?id=1").status_code != 200:
            continue
        entries = rows_of(site, Base.metadata.tables["audit_entry"])
        path = f"/admin/{table}/edit/?id=1"
        answer = browser.client.post(path, data=browser.form(path))
        assert answer.status_code == 302, (table, answer.status_code)
        assert rows_of(site, Base.metadata.tables["audit_entry"]) == entries, table


def test_a_field_that_is_not_in_the_form_is_not_written(signed_in: SignIn, site: Flask) -> None:
    key = key_of(site, ItemVersion, status=VersionStatus.DRAFT)
    path = f"/admin/item_version/edit/?id={key}"
    browser = signed_in("admin")
    smuggled = {
        "status": "PUBLISHED", "published_on": "2025-01-01", "drafted_by": "1",
        "version_number": "9",
    }  # fmt: skip
    answer = browser.client.post(path, data={**browser.form(path), **smuggled})
    assert answer.status_code == 302
    version = read(site, ItemVersion, key)
    assert (version.status, version.published_on) == (VersionStatus.DRAFT, None)
    assert version.version_number == 1


def test_what_a_rule_refuses_stands_beside_its_field(signed_in: SignIn, site: Flask) -> None:
    before = rows_of(site, Applicant)
    answer = signed_in("clerk").post(
        "/admin/applicant/new/",
        {"kind": "PERSON", "name": "王某", "identity_number": "110105194912310021"},
    )
    assert answer.status_code == 422
    assert 'id="identity_number-errors"' in answer.text
    assert "校验码不正确" in answer.text
    assert 'value="王某"' in answer.text
    assert rows_of(site, Applicant) == before


def test_what_a_constraint_refuses_is_told_in_words(either_site: Flask) -> None:
    browser = Browser(either_site)
    browser.sign_in("security")
    user = key_of(either_site, User, username="guide")
    data = {
        "user": str(user), "duty": "REVIEW", "valid_from": "2025-03-03",
        "valid_until": "2025-03-01",
    }  # fmt: skip
    answer = browser.post("/admin/role_grant/new/", data)
    assert answer.status_code == 422
    assert "截止日期早于起始日期" in answer.text
    again = {**data, "valid_until": ""}
    assert browser.post("/admin/role_grant/new/", again).status_code == 302
    answer = browser.post("/admin/role_grant/new/", again)
    assert answer.status_code == 422
    assert "已有相同的记录" in answer.text
    for leak in ("UNIQUE", "CHECK", "role_grant_", "INSERT"):
        assert leak not in answer.text


@pytest.mark.parametrize("typed", ["999999", "abc", "某人", "-1", str(10**20), "1' OR '1'='1"])
def test_a_reference_that_names_no_row_is_an_error(either_site: Flask, typed: str) -> None:
    browser = Browser(either_site)
    browser.sign_in("system")
    key = key_of(either_site, User, username="guide")
    path = f"/admin/user_account/edit/?id={key}"
    form = {**browser.form(path), "department": typed}
    assert browser.client.post(path, data=form).status_code == 422
    browser.sign_in("security")
    data = {"user": typed, "duty": "REVIEW", "valid_from": "2025-03-03"}
    answer = browser.post("/admin/role_grant/new/", data)
    assert answer.status_code == 422
    assert read(either_site, User, key).department_id is not None


def test_a_reference_is_chosen_by_the_number_in_front(signed_in: SignIn, site: Flask) -> None:
    key = key_of(site, User, username="guide")
    browser = signed_in("security")
    found = browser.get("/admin/role_grant/ajax/lookup/?name=user&query=guide").json
    assert found == [[key, "guide员"]]
    data = {"user": f"{key} · guide员", "duty": "REVIEW", "valid_from": "2025-03-03"}
    assert browser.post("/admin/role_grant/new/", data).status_code == 302


def test_a_lookup_has_an_end(signed_in: SignIn) -> None:
    browser = signed_in("security")
    found = browser.get("/admin/role_grant/ajax/lookup/?name=user&query=&limit=1000").json
    assert found is not None
    assert len(found) <= 20


def test_a_lookup_shows_only_what_may_be_listed(signed_in: SignIn) -> None:
    """Who may not write a table looks nothing up through it."""
    assert (
        signed_in("auditor").get("/admin/role_grant/ajax/lookup/?name=user&query=a").status_code
        == 403
    )
    assert (
        signed_in("clerk").get("/admin/application/ajax/lookup/?name=officer&query=a").status_code
        == 404
    )


# -- child rows --------------------------------------------------------------------------------


@pytest.fixture
def draft(site: Flask) -> int:
    """A draft version."""
    return key_of(site, ItemVersion, status=VersionStatus.DRAFT)


def steps_of(site: Flask, version: int) -> list[tuple[int, str]]:
    with site.app_context():
        return [
            tuple(row)
            for row in db.session.execute(
                select(StepDefinition.id, StepDefinition.name)
                .where(StepDefinition.item_version_id == version)
                .order_by(StepDefinition.position)
            )
        ]


def test_child_rows_are_edited_added_and_removed_in_one_form(
    signed_in: SignIn, site: Flask, draft: int
) -> None:
    before = steps_of(site, draft)
    path = f"/admin/item_version/edit/?id={draft}"
    browser = signed_in("admin")
    form = browser.form(path)
    new = len(before)
    form |= {"steps-0-name": "改名的环节", f"steps-{new}-name": "新环节",
             f"steps-{new}-name_en": "New", f"steps-{new}-position": "77",
             f"steps-{new}-stage_number": "9", f"steps-{new - 1}-remove": "y"}  # fmt: skip
    answer = browser.client.post(path, data=form)
    assert answer.status_code == 302, answer.text
    after = steps_of(site, draft)
    assert [name for _key, name in after] == [
        "改名的环节", *[name for _key, name in before[1:-1]], "新环节",
    ]  # fmt: skip


def test_an_unknown_child_is_no_new_row(signed_in: SignIn, site: Flask, draft: int) -> None:
    published = key_of(site, ItemVersion, status=VersionStatus.PUBLISHED)
    foreign = steps_of(site, published)[0][0]
    before = steps_of(site, draft), steps_of(site, published)
    path = f"/admin/item_version/edit/?id={draft}"
    browser = signed_in("admin")
    for key in (foreign, 999999, "abc"):
        form = {**browser.form(path), "steps-0-id": str(key), "steps-0-name": "偷来的"}
        answer = browser.client.post(path, data=form)
        assert answer.status_code in (400, 409)
    assert (steps_of(site, draft), steps_of(site, published)) == before


def test_a_stale_child_row_is_a_conflict(signed_in: SignIn, site: Flask, draft: int) -> None:
    path = f"/admin/item_version/edit/?id={draft}"
    browser = signed_in("admin")
    mine = {**browser.form(path), "steps-0-name": "我的"}
    theirs = {**browser.form(path), "steps-0-name": "别人的"}
    assert browser.client.post(path, data=theirs).status_code == 302
    answer = browser.client.post(path, data=mine)
    assert answer.status_code == 409
    assert "我的" in answer.text
    assert steps_of(site, draft)[0][1] == "别人的"


def test_a_published_version_has_no_form(signed_in: SignIn, site: Flask) -> None:
    published = key_of(site, ItemVersion, status=VersionStatus.PUBLISHED)
    browser = signed_in("admin")
    assert browser.get(f"/admin/item_version/edit/?id={published}").status_code == 403
    step = steps_of(site, published)[0][0]
    assert browser.get(f"/admin/step_definition/edit/?id={step}").status_code == 403


# -- deeds -------------------------------------------------------------------------------------


def test_a_deed_is_done_to_every_chosen_row_or_to_none(signed_in: SignIn, site: Flask) -> None:
    keys = [key_of(site, User, username=name) for name in ("guide", "head")]
    browser = signed_in("system")
    data = {"action": "end_sessions", "rowid": [str(keys[0]), "999999"]}
    assert browser.post("/admin/user_account/action/", data).status_code == 404
    assert read(site, User, keys[0]).session_epoch == 1
    data["rowid"] = [str(key) for key in keys]
    assert browser.post("/admin/user_account/action/", data).status_code == 302
    assert [read(site, User, key).session_epoch for key in keys] == [2, 2]


def test_nobody_publishes_his_own_draft_and_is_told_so(
    signed_in: SignIn, site: Flask, draft: int
) -> None:
    data = {"action": "publish", "rowid": str(draft)}
    browser = signed_in("admin")
    assert browser.post("/admin/item_version/action/", data).status_code == 302
    assert "起草人不得发布自己起草的版本" in browser.get("/admin/").text
    assert read(site, ItemVersion, draft).status is VersionStatus.DRAFT
    assert signed_in("admin2").post("/admin/item_version/action/", data).status_code == 302
    assert read(site, ItemVersion, draft).status is VersionStatus.PUBLISHED


def test_a_refused_deletion_is_told_in_words(signed_in: SignIn, site: Flask) -> None:
    published = key_of(site, ItemVersion, status=VersionStatus.PUBLISHED)
    browser = signed_in("admin")
    before = rows_of(site, ItemVersion)
    browser.post("/admin/item_version/delete/", {"id": str(published)})
    assert rows_of(site, ItemVersion) == before
    assert "message-danger" in browser.get("/admin/").text


def test_a_new_password_is_hashed_and_ends_old_sessions(signed_in: SignIn, site: Flask) -> None:
    old = signed_in("guide")
    key = key_of(site, User, username="guide")
    path = f"/admin/user_account/edit/?id={key}"
    browser = signed_in("system")
    short = {**browser.form(path), "new_password": "short"}
    assert browser.client.post(path, data=short).status_code == 422
    long = {**browser.form(path), "new_password": "a much longer password"}
    assert browser.client.post(path, data=long).status_code == 302
    assert read(site, User, key).password_hash.startswith("$argon2id$")
    assert old.get("/admin/").status_code == 302
    assert Browser(site).sign_in("guide", "a much longer password").status_code == 302
