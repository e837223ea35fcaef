"""Fixtures of the folders whose tests visit the site: the site, and visitors."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.web import Browser, cheap_passwords, close, fill_site, opened_site


@pytest.fixture(autouse=True)
def little_work_for_passwords() -> Iterator[None]:
    """How much work a guess must cost is not their subject."""
    with cheap_passwords():
        yield


@pytest.fixture
def site(sqlite_databases: Any) -> Iterator[Flask]:
    """The site on a filled SQLite database."""
    site = opened_site(sqlite_databases.fresh(fill_site))
    yield site
    close(site)


@pytest.fixture
def either_site(databases: Any) -> Iterator[Flask]:
    """The site on a filled database, once on each system."""
    site = opened_site(databases.fresh(fill_site))
    yield site
    close(site)


@pytest.fixture
def visitor(site: Flask) -> Browser:
    """Somebody who has not signed in."""
    return Browser(site)


@pytest.fixture
def signed_in(site: Flask) -> Callable[[str], Browser]:
    """Sign an account in."""

    def sign_in(name: str) -> Browser:
        browser = Browser(site)
        assert browser.sign_in(name).status_code == 302
        return browser

    return sign_in
