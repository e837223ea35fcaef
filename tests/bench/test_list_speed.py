"""How long the list of cases takes, against a bare page over the very same SQL.

    python -m pytest -m marathon tests/bench -s
    ONEWINDOW_BENCH_POSTGRESQL=1 python -m pytest -m marathon tests/bench -s

The bare page is a Flask view that knows its reader by the session, runs every statement of the
real page (the reader's grants among them) and prints the rows as a plain table.
"""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from markupsafe import Markup, escape
from sqlalchemy import Engine, event

from models.database import reading
from tests.bench.volume import CASES, SYSTEMS, fill_many, site_of
from tests.databases import url_of
from tests.web import Browser

pytestmark = pytest.mark.marathon

ROUNDS = 60
AT_MOST = 5.0
PAGES = {
    "first page": "/admin/application/",
    "overdue": "/admin/application/?tab=overdue",
    "page 2,000": "/admin/application/?page=2000&page_size=50",
    "page 1,000": "/admin/application/?page=1000&page_size=50",
    "ended": "/admin/application/?tab=closed",
}
Statement = tuple[str, Any]


@pytest.fixture(scope="module", params=SYSTEMS)
def engine(request: pytest.FixtureRequest) -> Engine:
    """A database with many cases, made once."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    return databases.fresh(fill_many)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def browser(engine: Engine) -> Browser:
    """A reviewer who has signed in."""
    browser = Browser(site_of(url_of(engine)))
    assert browser.sign_in("reviewer").status_code == 302
    return browser


def statements_of(client: FlaskClient, url: str) -> list[Statement]:
    """The SELECTs of a page, with their values."""
    found: list[Statement] = []

    def hear(_c: Any, _cursor: Any, said: str, values: Any, _x: Any, _many: bool) -> None:
        if said.startswith("SELECT"):
            found.append((said, values))

    client.get(url)  # what is read once for a process is read now
    event.listen(Engine, "before_cursor_execute", hear)
    try:
        assert client.get(url).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    return found


def bare_site(engine: Engine, site: Flask, statements: list[Statement]) -> Flask:
    """The same SQL and the same session, and nothing else."""
    bare = Flask("bare")
    bare.config.update(
        SECRET_KEY=site.config["SECRET_KEY"],
        SESSION_COOKIE_NAME=site.config["SESSION_COOKIE_NAME"],
    )

    @bare.get("/")
    def table() -> str:
        assert session["_user_id"]
        rows: list[Any] = []
        with reading(), engine.connect() as connection:
            for said, values in statements:
                found = list(connection.exec_driver_sql(said, values))
                rows = max(rows, found, key=len)
        lines = ("".join(f"<td>{escape(value)}</td>" for value in row) for row in rows)
        return Markup("<table>") + Markup("").join(
            Markup(f"<tr>{line}</tr>")  # noqa: S704 - escaped above
            for line in lines
        )

    return bare


def timed(*calls: Callable[[], Any]) -> list[float]:
    """The median of each call in milliseconds; they take turns, so that noise meets them all."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, times in zip(calls, taken, strict=True):
            begun = perf_counter()
            call()
            times.append((perf_counter() - begun) * 1000)
    return [median(times) for times in taken]


@pytest.fixture
def bare_client(engine: Engine, browser: Browser) -> Callable[[list[Statement]], FlaskClient]:
    """A client of the bare page with the reviewer's session."""

    def make(statements: list[Statement]) -> FlaskClient:
        bare = bare_site(engine, browser.site, statements)
        name = browser.site.config["SESSION_COOKIE_NAME"]
        cookie = browser.client.get_cookie(name)
        assert cookie
        client = bare.test_client()
        client.set_cookie(name, cookie.value)
        return client

    return make


@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_at_most_five_times_the_bare_one(
    engine: Engine, browser: Browser, bare_client: Any, name: str
) -> None:
    url = PAGES[name]
    statements = statements_of(browser.client, url)
    bare = bare_client(statements)
    assert browser.get(url).text.count("<tr data-row") > 0
    page, floor = timed(lambda: browser.client.get(url), lambda: bare.get("/"))
    ratio = page / floor
    print(  # noqa: T201 - this is what the test is for
        f"\n{engine.dialect.name:>10} {CASES:>8,} {name:<11} page {page:6.2f} ms, bare "
        f"{floor:6.2f} ms, ratio {ratio:4.2f}, {len(statements)} statements"
    )
    assert ratio <= AT_MOST


@pytest.fixture(autouse=True)
def _leave_no_connection(browser: Browser) -> Iterator[None]:
    yield
    from models.database import db

    with browser.site.app_context():
        db.session.remove()
        db.engine.dispose()
