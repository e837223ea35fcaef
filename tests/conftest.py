"""What every test may ask for: a database of its own, a session, an office."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from models.database import GuardedSession
from tests.databases import (
    SYSTEMS,
    PostgresDatabases,
    SqliteDatabases,
    make_tables,
    postgres_databases,
    url_of,
)
from tests.factories import Office, fill_offering_office
from tests.once import Once

_FIXTURES_LIVE_LONG = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile(
    "default", max_examples=25, deadline=None, suppress_health_check=_FIXTURES_LIVE_LONG
)
settings.register_profile(
    "nightly", max_examples=2000, deadline=None, suppress_health_check=_FIXTURES_LIVE_LONG
)
settings.load_profile("default")


MOST_WORKERS = 2
BOTH = "both"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test function runs on both systems; with every parameter on its main system only, and
    on one system where nothing but the hooks, which are the same Python on both, is on trial. The
    rest is nightly: by default machines, constraints, triggers and races ask PostgreSQL in full."""
    asked: set[tuple[str, str]] = set()
    for item in items:
        system = getattr(getattr(item, "callspec", None), "params", {}).get("databases")
        marker = item.get_closest_marker("mainly")
        main = marker.args[0] if marker else "sqlite"
        function = item.nodeid.partition("[")[0]
        if system is None or main in (system, BOTH):
            continue
        if (function, system) in asked or item.get_closest_marker("hooks_alone"):
            item.add_marker(pytest.mark.nightly)
        asked.add((function, system))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers, each with servers of its own; none for what measures or prints. A third was
    no faster on two cores."""
    chosen = config.getoption("markexpr") or ""
    prints = chosen in ("bench", "nightly") or config.getoption("capture") == "no"
    return 0 if prints else min(MOST_WORKERS, os.cpu_count() or 1)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """What the workers of this run share."""
    return Once(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def sqlite_databases(
    tmp_path_factory: pytest.TempPathFactory, once: Once
) -> Iterator[SqliteDatabases]:
    """Where the SQLite files of this run live."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("sqlite"), once)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresDatabases]:
    """The PostgreSQL server of this run; the first test that needs it starts it."""
    with postgres_databases() as databases:
        yield databases


@pytest.fixture(params=SYSTEMS)
def databases(request: pytest.FixtureRequest) -> Any:
    """The database system under test: each test runs on both, unless it names its own."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def engine(databases: Any) -> Engine:
    """A database with every table and no row."""
    engine: Engine = databases.fresh(make_tables)
    return engine


@pytest.fixture
def database_url(engine: Engine) -> str:
    """The URL of a database with every table and no row."""
    return url_of(engine)


@pytest.fixture
def session(engine: Engine) -> Iterator[GuardedSession]:
    """A guarded session on an empty database, in which nobody acts yet."""
    with GuardedSession(engine) as session:
        yield session


@pytest.fixture
def office(databases: Any) -> Iterator[Office]:
    """The office in a session of its own: people, posts and calendar; no item and no case."""
    with GuardedSession(databases.fresh(fill_offering_office)) as session:
        yield Office(session)
