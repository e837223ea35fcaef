"""What a visitor reads when something fails: words of his language, nothing of the inside."""

from collections.abc import Callable

import pytest
from flask import Flask, abort
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from admin_site import create_app
from admin_site.errors import WORDS
from models.database import db
from models.errors import RuleViolation
from tests.web import Browser

LEAKS = ("Traceback", "sqlite", "SELECT", "INSERT", "werkzeug", "secret-value")


@pytest.fixture(scope="module")
def broken_site() -> Flask:
    """A site with an address for every failure, and no database."""
    site = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "PROPAGATE_EXCEPTIONS": False})

    @site.get("/fail/<int:status>")
    def fail(status: int) -> str:
        abort(status)

    @site.get("/break")
    def break_down() -> str:
        raise RuntimeError("secret-value")

    @site.get("/refuse")
    def refuse() -> str:
        raise RuleViolation("case-is-closed", number="secret-value")

    @site.get("/database")
    def database() -> str:
        db.session.execute(text("SELECT 'secret-value' FROM no_such_table"))
        return ""

    @site.get("/constraint")
    def constraint() -> str:
        raise IntegrityError("INSERT secret-value", {}, Exception("UNIQUE"))

    return site


@pytest.mark.parametrize("status", sorted(WORDS))
def test_every_status_has_its_page_in_both_languages(broken_site: Flask, status: int) -> None:
    visitor = Browser(broken_site)
    chinese = visitor.get(f"/fail/{status}")
    visitor.get("/language/en")
    english = visitor.get(f"/fail/{status}")
    assert chinese.status_code == english.status_code == status
    assert str(WORDS[status][0]._args[0]) in english.text
    assert str(WORDS[status][0]._args[0]) not in chinese.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/break", 500), ("/database", 500), ("/refuse", 422), ("/constraint", 409)],
)
def test_a_failure_tells_nothing_of_the_inside(broken_site: Flask, path: str, status: int) -> None:
    answer = Browser(broken_site).get(path)
    assert answer.status_code == status
    assert not [leak for leak in LEAKS if leak in answer.text]


def test_a_refusal_is_told_in_words(broken_site: Flask) -> None:
    assert "办件已办结" in Browser(broken_site).get("/refuse").text


def test_a_program_gets_json(broken_site: Flask) -> None:
    answer = Browser(broken_site).get("/nowhere", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["status"] == 404


def test_health_needs_neither_session_nor_database(broken_site: Flask) -> None:
    answer = Browser(broken_site).get("/healthz")
    assert answer.json == {"ok": True}
    assert "Set-Cookie" not in answer.headers


def test_readiness_needs_the_tables(broken_site: Flask, visitor: Browser) -> None:
    assert Browser(broken_site).get("/readyz").status_code == 503
    assert visitor.get("/readyz").json == {"ok": True}


def test_nul_is_a_bad_request_everywhere(
    visitor: Browser, signed_in: Callable[[str], Browser]
) -> None:
    assert visitor.get("/?a=%00").status_code == 400
    assert visitor.get("/login?next=/%00").status_code == 400
    assert signed_in("clerk").get("/admin/application/%00/").status_code in (400, 404)
    assert visitor.post("/login", {"username": "a\x00b"}).status_code == 400


@pytest.mark.parametrize(
    ("target", "ends_at"),
    [("/login", "/login"), ("//evil.com", "/"), ("http:evil.com", "/"), ("/\\evil.com", "/")],
)
def test_a_change_of_language_stays_in_the_house(
    visitor: Browser, target: str, ends_at: str
) -> None:
    assert visitor.get("/language/en", query_string={"next": target}).location == ends_at
    assert visitor.get("/language/fr").status_code == 404
