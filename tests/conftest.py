"""What every test may ask for: a database of its own, a session, an office."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from models.database import GuardedSession
from tests import tiers
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

MOST_WORKERS = 2
# What takes long comes first: no worker ends with one alone. While one of them loads the
# demonstration, the other is busy with what does not need it.
LONGEST = (
    "tests/browser/test_every_page.py",
    "tests/browser/test_journey.py",
    "tests/doors/test_panel_doors.py",
    "tests/doors/test_model_doors.py",
    "tests/bench/",
    "tests/browser/",
    "tests/seed/test_demo_items.py",
    "tests/views/test_holes.py",
    "tests/models/test_constraints.py",
    "tests/views/test_access_matrix.py",
    "tests/models/test_certificate_changes.py",
    "tests/views/test_case_page.py",
    "tests/views/test_board.py",
    "tests/views/test_application_list.py",
    "tests/models/test_concurrency.py",
    "tests/models/test_certificate_kinds.py",
    "tests/views/test_list_pages.py",
    "tests/machines/",
    "tests/seed/",
    "tests/site/",
    "tests/views/",
    "tests/models/",
)


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is read: how often chance is asked, and where bytecode is kept."""
    tiers.choose(config)
    if sys.dont_write_bytecode and config.cache is not None:
        _keep_bytecode(str(config.cache.mkdir("bytecode")))


def _keep_bytecode(folder: str) -> None:
    """Beside the sources no bytecode is wanted, but each of the many processes that tests start
    would compile all of them anew."""
    sys.dont_write_bytecode, sys.pycache_prefix = False, folder
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each test has its tier before pytest chooses by it."""
    tiers.sort(config, items)


@pytest.hookimpl(specname="pytest_collection_modifyitems", trylast=True)
def longest_first(items: list[pytest.Item]) -> None:
    """After they were shuffled."""
    items.sort(key=lambda item: next((n for n, m in enumerate(LONGEST) if m in item.nodeid), 99))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers, each with servers of its own; none for what measures or prints. A third was
    no faster on two cores."""
    prints = config.option.markexpr == tiers.MARATHON or config.getoption("capture") == "no"
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
def postgresql_databases(sqlite_databases: SqliteDatabases) -> Iterator[PostgresDatabases]:
    """The PostgreSQL server of this run; the first test that needs it starts it."""
    with postgres_databases(sqlite_databases) as databases:
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
