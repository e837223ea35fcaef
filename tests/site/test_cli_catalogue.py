"""The catalogue goes out as text and comes back the same; what is wrong with a text is named."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from admin_site.cli import cli
from models import Base, ItemVersion, LicenceItem
from models.database import GuardedSession
from models.enums import VersionStatus
from models.questions.people import user_named
from seed.office import account_names, load_office
from seed.reference import load_calendar, load_catalogue
from tests.databases import make_tables, opened, rows_of, url_of

DAY = date(2026, 11, 23)
Run = Callable[..., Result]


def fill_empty(engine: Engine) -> None:
    """The office, with no item."""
    make_tables(engine)
    with GuardedSession(engine) as session:
        load_office(session, DAY, dict.fromkeys(account_names(), "-"), lambda word: word)
        load_calendar(session, DAY)


def fill_catalogue(engine: Engine) -> None:
    """The same with the fifteen items."""
    fill_empty(engine)
    with GuardedSession(engine) as session:
        drafter, publisher = user_named(session, "admin"), user_named(session, "admin2")
        assert drafter is not None
        assert publisher is not None
        assert load_catalogue(session, DAY, drafter, publisher) == 15


@pytest.fixture
def full(sqlite_databases: Any) -> Iterator[Engine]:
    """Beside an empty one."""
    with opened(sqlite_databases.copy_of("catalogue", fill_catalogue)) as engine:
        yield engine


@pytest.fixture
def empty(databases: Any) -> Engine:
    return databases.fresh(fill_empty)


def run_on(engine: Engine, *arguments: str) -> Result:
    return CliRunner().invoke(
        cli, arguments, env={"ONEWINDOW_DATABASE_URL": url_of(engine), "ONEWINDOW_LOCALE": "en"}
    )


def stored(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {table: rows_of(connection, table) for table in Base.metadata.tables}


def counts(result: Result) -> dict[str, int]:
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    return {name: told[name] for name in ("created", "changed", "unchanged", "refused")}


@pytest.mark.parametrize("kind", ["toml", "json"])
def test_what_goes_out_comes_back_byte_by_byte(
    full: Engine, empty: Engine, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"catalogue.{kind}"
    out = run_on(full, "export-catalogue", "--format", kind, "-o", str(file), "--json")
    assert json.loads(out.stdout) == {"items": 15}
    first = counts(run_on(empty, "import-catalogue", str(file), "--json"))
    assert first == {"created": 15, "changed": 0, "unchanged": 0, "refused": 0}
    again = run_on(empty, "export-catalogue", "--format", kind)
    assert again.stdout_bytes == file.read_bytes()


def test_an_import_makes_drafts_and_a_second_one_writes_nothing(
    full: Engine, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_text(run_on(full, "export-catalogue").stdout, "utf-8")
    counts(run_on(empty, "import-catalogue", str(file), "--json"))
    with GuardedSession(empty) as session:
        assert set(session.scalars(select(ItemVersion.status))) == {VersionStatus.DRAFT}
    before = stored(empty)
    second = counts(run_on(empty, "import-catalogue", str(file), "--json"))
    assert second == {"created": 0, "changed": 0, "unchanged": 15, "refused": 0}
    assert stored(empty) == before


def test_a_dry_run_tells_everything_and_writes_nothing(
    full: Engine, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_text(run_on(full, "export-catalogue").stdout, "utf-8")
    before = stored(empty)
    told = counts(run_on(empty, "import-catalogue", str(file), "--dry-run", "--json"))
    assert told["created"] == 15
    assert stored(empty) == before


def test_a_change_becomes_the_next_draft(full: Engine, tmp_path: Path) -> None:
    """What is published stays; the text becomes a draft, and is edited in place after that."""
    file = tmp_path / "catalogue.toml"
    text = run_on(full, "export-catalogue").stdout
    file.write_text(text.replace("promised_limit = 7\n", "promised_limit = 9\n", 1), "utf-8")
    told = counts(run_on(full, "import-catalogue", str(file), "--json"))
    assert (told["changed"], told["unchanged"]) == (1, 14)
    file.write_text(text.replace("promised_limit = 7\n", "promised_limit = 8\n", 1), "utf-8")
    told = counts(run_on(full, "import-catalogue", str(file), "--json"))
    assert (told["changed"], told["unchanged"]) == (1, 14)
    with GuardedSession(full) as session:
        item = session.scalars(
            select(LicenceItem).where(LicenceItem.code == "equipment-operator")
        ).one()
        versions = [(v.version_number, v.status.name, v.promised_limit) for v in item.versions]
    assert versions == [(1, "PUBLISHED", 7), (2, "DRAFT", 8)]


ITEM = '[[items]]\ncode = "x"\nname = "甲"\nname_en = "A"\nnumber_prefix = "X"\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[items]\n", "line 1"),
        ('[[items]]\nname = "甲"\n', "items[1]"),
        (ITEM, "x.department"),
        (ITEM + 'department = "NOWHERE"\n', "x.department"),
        (ITEM + 'department = "XK"\ncolour = "red"\n', "x.colour"),
        (ITEM + 'department = "XK"\npromised_limit = "5"\n', "x.promised_limit"),
        (ITEM + 'department = "XK"\nitem_type = "PARTY"\n', "x.item_type"),
        (ITEM + 'department = "XK"\nended_on = "soon"\n', "x.ended_on"),
        (ITEM + 'department = "XK"\nsteps = [{ name = "甲" }]\n', "x.steps[1]"),
        (ITEM + 'department = "XK"\nsteps = "none"\n', "x.steps"),
        (ITEM + f'department = "XK"\ncatalog_code = "{"9" * 13}"\n', "x.catalog_code"),
        (ITEM + 'department = "XK"\n' + ITEM + 'department = "XK"\n', "x"),
        ("items = 3\n", "items"),
        ("more = 3\n", "more"),
    ],
)
def test_a_bad_file_is_told_by_its_place_and_nothing_is_written(
    full: Engine, tmp_path: Path, text: str, place: str
) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_text(text, "utf-8")
    before = stored(full)
    told = run_on(full, "import-catalogue", str(file))
    assert told.exit_code == 2
    assert place in told.stderr
    assert stored(full) == before


def test_what_a_rule_refuses_is_named_and_the_rest_comes_in(empty: Engine, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.toml"
    limits = "statutory_limit = 5\npromised_limit = 6\n"
    good = ITEM.replace('"x"', '"y"')
    file.write_text(f'{ITEM}department = "XK"\n{limits}{good}department = "XK"\n', "utf-8")
    told = run_on(empty, "import-catalogue", str(file), "--json")
    assert told.exit_code == 1
    answer = json.loads(told.stdout)
    assert (answer["created"], answer["refused"]) == (1, 1)
    assert answer["refusals"] == ["x.promised_limit: promise-exceeds-the-law"]
