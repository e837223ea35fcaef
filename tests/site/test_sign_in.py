"""Signing in and out."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from admin_site import create_app
from models import RoleGrant, User
from models.acting import SYSTEM, acting_as
from models.database import db
from tests.factories import MONDAY
from tests.web import PASSWORD, Browser, close

NEUTRAL = "用户名或密码不正确。"


def change(site: Flask, name: str, **values: Any) -> None:
    """Change an account as the system would."""
    with site.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        user = db.session.scalars(select(User).where(User.username == name)).one()
        for column, value in values.items():
            setattr(user, column, value)
        db.session.commit()


def stored_hash(site: Flask, name: str) -> str:
    with site.app_context():
        found = db.session.scalar(select(User.password_hash).where(User.username == name))
        assert found is not None
        return found


@pytest.fixture
def throttled(site: Flask) -> Iterator[Flask]:
    """The site with its limits on, and nothing counted yet."""
    limited = create_app({**site.config, "RATELIMIT_ENABLED": True})
    yield limited
    close(limited)


def test_the_right_password_opens_the_panel(visitor: Browser) -> None:
    answer = visitor.sign_in("clerk")
    assert (answer.status_code, answer.location) == (302, "/admin/")
    assert "clerk员" in visitor.get("/admin/").text


def test_letters_of_the_name_may_be_typed_large(visitor: Browser) -> None:
    assert visitor.sign_in(" Clerk ").status_code == 302


@pytest.mark.parametrize(
    ("name", "password"), [("clerk", "wrong"), ("nobody", PASSWORD), ("", ""), ("clerk", "")]
)
def test_every_failure_gets_the_same_words(visitor: Browser, name: str, password: str) -> None:
    answer = visitor.sign_in(name, password)
    assert answer.status_code == 401
    assert NEUTRAL in answer.text


def test_an_account_that_is_switched_off_gets_them_too(visitor: Browser) -> None:
    change(visitor.site, "clerk", is_active=False)
    answer = visitor.sign_in("clerk")
    assert answer.status_code == 401
    assert NEUTRAL in answer.text


def test_what_was_typed_stays_and_the_password_does_not(visitor: Browser) -> None:
    answer = visitor.sign_in("somebody", "my secret words")
    assert 'value="somebody"' in answer.text
    assert "my secret words" not in answer.text


def test_after_too_many_attempts_the_page_says_when_to_try_again(throttled: Flask) -> None:
    visitor = Browser(throttled)
    statuses = [visitor.sign_in("clerk", "wrong").status_code for _ in range(9)]
    assert statuses == [401] * 8 + [429]
    answer = visitor.sign_in("clerk")
    assert answer.status_code == 429
    assert "尝试次数过多，请于" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert visitor.sign_in("reviewer").status_code == 302


def test_an_unknown_name_is_throttled_as_a_known_one(throttled: Flask) -> None:
    visitor = Browser(throttled)
    assert [visitor.sign_in("nobody", "x").status_code for _ in range(9)][-1] == 429


def test_one_address_cannot_try_all_names(throttled: Flask) -> None:
    visitor = Browser(throttled)
    assert [visitor.sign_in(f"name{n}", "x").status_code for n in range(41)][-1] == 429


def test_signing_in_renews_the_session(visitor: Browser) -> None:
    with visitor.client.session_transaction() as session:
        session["planted"] = "before"
        session["locale"] = "en"
    visitor.sign_in("clerk")
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session["locale"] == "en"


def test_signing_out_ends_the_session_and_needs_a_form(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("clerk")
    assert browser.get("/logout").status_code == 405
    assert browser.client.post("/logout").status_code == 400
    assert browser.get("/admin/").status_code == 200
    assert browser.post("/logout").status_code == 302
    assert browser.get("/admin/").location.startswith("/login")


def test_raising_the_epoch_ends_every_session(signed_in: Callable[[str], Browser]) -> None:
    here, there = signed_in("clerk"), signed_in("clerk")
    change(here.site, "clerk", session_epoch=2)
    for browser in (here, there):
        assert browser.get("/admin/").status_code == 302


def test_switching_an_account_off_ends_its_sessions(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("clerk")
    change(browser.site, "clerk", is_active=False)
    assert browser.get("/admin/").status_code == 302


def test_a_duty_ends_with_its_last_day(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("clerk")
    assert browser.get("/admin/application/").status_code == 200
    with browser.site.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        grant = db.session.scalars(
            select(RoleGrant).join(User).where(User.username == "clerk")
        ).one()
        grant.valid_until = MONDAY - timedelta(days=1)
        db.session.commit()
    assert browser.get("/admin/application/").status_code == 403


def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(visitor: Browser) -> None:
    cookie = visitor.sign_in("clerk").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "target",
    ["http:evil.com", "//evil.com", "/\\evil.com", "https://evil.com", "javascript:alert(1)",
     "http://localhost\\@evil.com", "/\t/evil.com", "evil.com", "/admin/\r\nX: y"],
)  # fmt: skip
def test_the_way_on_never_leads_out_of_the_house(visitor: Browser, target: str) -> None:
    assert visitor.sign_in("clerk", next=target).location == "/admin/"


def test_the_way_on_leads_to_the_page_that_was_asked_for(visitor: Browser) -> None:
    asked = visitor.get("/admin/application/?page=1")
    assert asked.location == "/login?next=%2Fadmin%2Fapplication%2F%3Fpage%3D1"
    answer = visitor.sign_in("clerk", next="/admin/application/?page=1")
    assert answer.location == "/admin/application/?page=1"


def test_an_expired_token_shows_the_form_again(visitor: Browser) -> None:
    answer = visitor.client.post(
        "/login", data={"username": "clerk", "password": PASSWORD, "csrf_token": "old"}
    )
    assert answer.status_code == 400
    assert 'value="clerk"' in answer.text
    assert "请重新登录" in answer.text
    assert visitor.get("/admin/").status_code == 302


def test_an_outdated_hash_is_renewed_at_sign_in(visitor: Browser) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    change(visitor.site, "clerk", password_hash=weak)
    assert visitor.sign_in("clerk").status_code == 302
    renewed = stored_hash(visitor.site, "clerk")
    assert renewed != weak
    assert visitor.sign_in("clerk").status_code == 302
    assert stored_hash(visitor.site, "clerk") == renewed


def test_a_grant_of_tomorrow_opens_nothing_today(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("guide")
    with browser.site.app_context(), acting_as(db.session(), SYSTEM, MONDAY):
        grant = db.session.scalars(
            select(RoleGrant).join(User).where(User.username == "guide")
        ).one()
        grant.valid_from = date(2025, 3, 4)
        db.session.commit()
    page = browser.get("/admin/")
    assert page.status_code == 200
    assert "没有任何职责" in page.text
