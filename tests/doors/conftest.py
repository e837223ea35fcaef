"""The office with passwords, and the site on it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models import User
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from tests.factories import DAY_ONE, Office, fill_offering_office
from tests.web import CHEAP, PASSWORD, cheap_passwords, close, opened_site


def fill_peopled_office(engine: Engine) -> None:
    """The office, whose people can sign in."""
    fill_offering_office(engine)
    with GuardedSession(engine) as session, acting_as(session, SYSTEM, DAY_ONE):
        for user in session.scalars(select(User).where(User.username.is_not(None))):
            user.password_hash = CHEAP.hash(PASSWORD)
        session.commit()


@pytest.fixture
def peopled(sqlite_databases: Any) -> Iterator[Engine]:
    """A database of the office whose people can sign in."""
    with cheap_passwords():
        yield sqlite_databases.fresh(fill_peopled_office)


@pytest.fixture
def site(peopled: Engine) -> Iterator[Flask]:
    """The site on it."""
    site = opened_site(peopled)
    settings = site.config["ONEWINDOW"]
    yield site
    site.config["ONEWINDOW"] = settings
    close(site)


@pytest.fixture
def peopled_office(peopled: Engine) -> Iterator[Office]:
    """The same office in a session of its own."""
    with GuardedSession(peopled) as session:
        yield Office(session)
