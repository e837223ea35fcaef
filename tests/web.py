"""A browser for the tests: the site on a filled database, and a visitor who signs in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import BadSignature
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from admin_site import create_app
from admin_site.config import Mode, Settings
from models import User
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession, db
from tests.databases import url_of
from tests.factories import DAY_ONE, MONDAY, Office, fill_office
from views import passwords

PASSWORD = "correct horse battery staple"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


# Tests sign in by the hundred; how much work a guess must cost is not their subject.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Hash with little work inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", CHEAP)
        yield


def fill_site(engine: Engine) -> None:
    """The office with passwords, an item, a draft, and cases at several points of their life."""
    fill_office(engine)
    with GuardedSession(engine) as session:
        hashed = CHEAP.hash(PASSWORD)
        with acting_as(session, SYSTEM, DAY_ONE):
            for user in session.scalars(select(User)):
                user.password_hash = hashed
            session.commit()
        office = Office(session)
        own = office.applicant("自家食品厂", user=office.user("applicant"))
        item = office.item()
        office.received(item=item, applicant=own)
        office.delivered(item=item)
        office.pause(office.accepted(item=item), MONDAY, MONDAY)
        office.extend(office.accepted(item=item), MONDAY, 3)
        office.correcting()
        office.draft()


@cache
def site_on(url: str) -> Flask:
    """The site on a database. Making one scaffolds every form, so it is made once for each URL."""
    settings = replace(Settings.from_environment(Mode.TEST, {}), database_url=url, today=MONDAY)
    return create_app(
        {
            **settings.flask_config(),
            "RATELIMIT_ENABLED": False,
            "PROPAGATE_EXCEPTIONS": False,
        }
    )


def opened_site(engine: Engine) -> Flask:
    """The site on the database of ``engine``, with no connection of an earlier test."""
    site = site_on(url_of(engine))
    close(site)
    return site


def close(site: Flask) -> None:
    """Close the connections of a site."""
    with site.app_context():
        db.session.remove()
        db.engine.dispose()


class Browser:
    """One visitor. He follows no redirect by himself."""

    def __init__(self, site: Flask) -> None:
        self.site = site
        self.client: FlaskClient = site.test_client()
        self._token = ""
        self._secret: str | None = None

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **options)

    def token(self) -> str:
        """A token that this visitor's forms carry; a page is asked for it once in a session."""
        if self._secret is None or self._secret != self._secret_of_the_session():
            found = TOKEN.search(self.get("/login").text)
            assert found
            self._token, self._secret = found.group(1), self._secret_of_the_session()
        return self._token

    def _secret_of_the_session(self) -> str | None:
        cookie = self.client.get_cookie(self.site.config["SESSION_COOKIE_NAME"])
        if cookie is None:
            return None
        signer = SecureCookieSessionInterface().get_signing_serializer(self.site)
        assert signer
        try:
            return str(signer.loads(cookie.value)["csrf_token"])
        except (BadSignature, KeyError):
            return None

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form, with its token."""
        return self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **options)

    def sign_in(self, name: str, password: str = PASSWORD, **extra: str) -> TestResponse:
        """Sign in, or try to."""
        return self.post("/login", {"username": name, "password": password, **extra})

    def form(self, path: str) -> dict[str, str]:
        """The fields of a page's form as they stand, ready to be sent."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        body = page.text[page.text.index("record-form") :]
        return {**_inputs(body), **_areas(body), **_choices(body)}


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else None


def _inputs(body: str) -> dict[str, str]:
    fields = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, ticks = _attribute(tag, "name"), 'type="checkbox"' in tag
        if name and (not ticks or " checked" in tag):
            fields[name] = _attribute(tag, "value") or ""
    return fields


def _areas(body: str) -> dict[str, str]:
    found = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', body, re.S)
    return {name: text.strip("\r\n") for name, text in found}


def _choices(body: str) -> dict[str, str]:
    fields = {}
    for head, options in re.findall(r"<select([^>]*)>(.*?)</select>", body, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[_attribute(head, "name") or ""] = chosen.group(1) if chosen else ""
    return fields
