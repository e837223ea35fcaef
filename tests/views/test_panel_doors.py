"""The panel's doors to the same deeds as in the models' table of doors and rules.

The edit form, an inline edit, the details page, deletion, bulk actions and the acts of a case are
each forced with the forbidden values. The row stays as it is, and where a door has words, they
are those of the rule.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from models import Application, User
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from tests.databases import rows_of
from tests.factories import DAY_ONE, Office, fill_office
from tests.models.test_doors import CELLS, DEEDS, NoWay
from tests.web import PASSWORD, Browser, close, opened_site
from views.passwords import hash_password

TABLES = ("application", "application_step", "item_version", "certificate", "decision")
REFUSED = {302, 400, 403, 404, 405, 409, 422}


@pytest.fixture(scope="module")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def engine_of_office(databases: Any, password_hash: str) -> Engine:
    """The office with passwords, so that its people can sign in."""
    engine: Engine = databases.fresh(fill_office)
    with GuardedSession(engine) as session, acting_as(session, SYSTEM, DAY_ONE):
        for user in session.scalars(select(User).where(User.username.is_not(None))):
            user.password_hash = password_hash
        session.commit()
    return engine


@pytest.fixture
def office(engine_of_office: Engine) -> Iterator[Office]:
    with GuardedSession(engine_of_office) as session:
        yield Office(session)


@pytest.fixture
def site(engine_of_office: Engine) -> Iterator[Flask]:
    site = opened_site(engine_of_office)
    yield site
    close(site)


def _typed(values: dict[str, Any]) -> dict[str, str]:
    return {k: v.value if isinstance(v, Enum) else str(v) for k, v in values.items()}


def _by_form(browser: Browser, row: Any, values: dict[str, str]) -> TestResponse:
    version = {"version": str(row.version)}
    return browser.post(f"/admin/{row.__tablename__}/edit/?id={row.id}", {**values, **version})


def _by_inline_edit(browser: Browser, row: Any, values: dict[str, str]) -> TestResponse:
    return browser.post(
        f"/admin/{row.__tablename__}/ajax/update/", {"list_form_pk": str(row.id), **values}
    )


def _by_details(browser: Browser, row: Any, values: dict[str, str]) -> TestResponse:
    return browser.post(f"/admin/{row.__tablename__}/details/?id={row.id}", values)


def _by_deletion(browser: Browser, row: Any, values: dict[str, str]) -> TestResponse:
    return browser.post(f"/admin/{row.__tablename__}/delete/", {"id": str(row.id), **values})


def _by_mass_deletion(browser: Browser, row: Any, values: dict[str, str]) -> TestResponse:
    return browser.post(
        f"/admin/{row.__tablename__}/action/", {"action": "delete", "rowid": str(row.id), **values}
    )


DOORS: dict[str, Callable[[Browser, Any, dict[str, str]], TestResponse]] = {
    "form": _by_form,
    "inline edit": _by_inline_edit,
    "details": _by_details,
    "deletion": _by_deletion,
    "mass deletion": _by_mass_deletion,
}

# A draft is the one row here that its drafter may lawfully take away.
LAWFUL = {("a drafter publishes his own draft", "deletion")}


def _stored(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {table: rows_of(connection, table) for table in TABLES}


@pytest.mark.parametrize("door", sorted(DOORS))
@pytest.mark.parametrize("name", sorted(DEEDS))
def test_no_door_of_the_panel_leads_round_a_rule(
    office: Office, site: Flask, engine_of_office: Engine, name: str, door: str
) -> None:
    if (name, door) in LAWFUL:
        return
    deed = DEEDS[name]
    row = deed.reach(office)
    office.session.refresh(row)
    values = _typed(deed.values)
    # The row's key and version are kept; the session gives the database free for the visitor.
    office.session.expunge(row)
    office.session.rollback()
    browser = Browser(site)
    browser.sign_in(deed.who)
    before = _stored(engine_of_office)
    answer = DOORS[door](browser, row, values)
    assert answer.status_code in REFUSED | {200}, answer.status_code
    assert _stored(engine_of_office) == before


# Deed → the act of the case page that would do it, with its form; or why no act would.
NO_ACT = NoWay("the page of a case has no such act")
ACTS: dict[str, tuple[str, dict[str, str]] | NoWay] = {
    "a status skips the line": ("deliver", {"delivery_method": "WINDOW"}),
    "a closed case is altered": ("resubmit", {}),
    "a due date is written by hand": NO_ACT,
    "a case is dated back": NO_ACT,
    "an auditor writes": ("withdraw", {}),
    "a reviewer accepts": ("accept", {}),
    "an incomplete case is accepted": ("accept", {}),
    "a decision skips the review": ("grant", {}),
    "a step is taken from a colleague": ("complete", {"opinion": "符合条件"}),
    "a review is cancelled": NO_ACT,
    "a drafter publishes his own draft": NoWay("an item version is no case"),
    "a published limit is altered": NoWay("an item version is no case"),
    "a certificate is rewritten": NO_ACT,
    "a certificate ends before its time": NO_ACT,
}


def test_no_cell_of_the_panel_is_empty() -> None:
    assert set(ACTS) == set(DEEDS) == set(CELLS)
    assert all(ACTS.values())


@pytest.mark.parametrize("name", sorted(n for n, act in ACTS.items() if not isinstance(act, NoWay)))
def test_no_act_of_the_page_leads_round_a_rule(
    office: Office, site: Flask, engine_of_office: Engine, name: str
) -> None:
    deed, act = DEEDS[name], ACTS[name]
    assert not isinstance(act, NoWay)
    row = deed.reach(office)
    case = row if isinstance(row, Application) else row.application
    number, version = case.number, case.version
    step = {} if row is case else {"step": str(row.id)}
    office.session.rollback()
    before = _stored(engine_of_office)
    for locale in ("zh_Hans_CN", "en"):
        browser = Browser(site)
        browser.sign_in(deed.who)
        browser.get(f"/language/{locale}")
        answer = browser.post(
            f"/admin/application/{number}/act/{act[0]}/",
            {"version": str(version), **step, **act[1]},
        )
        assert answer.status_code in REFUSED - {302}, answer.status_code
        assert 'role="alert"' in answer.text or answer.status_code == 403
    assert _stored(engine_of_office) == before


def test_no_command_line_changes_a_case() -> None:
    """The commands load, count, verify and serve: none of them takes a case and changes it."""
    from admin_site.cli import VERBS

    loading = {"demo", "import-catalogue", "import-log", "init", "password", "upgrade"}
    reading = {"audit", "code", "doctor", "due", "export-catalogue", "overdue", "routes", "serve"}
    assert set(VERBS) == loading | reading
