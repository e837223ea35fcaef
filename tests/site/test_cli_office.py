"""The commands that found, check and show an office: init, demo, upgrade, doctor, audit, routes."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from admin_site.cli import VERBS, cli
from models.database import open_engine
from models.triggers import drop_triggers
from seed.office import account_names
from tests.browser.conftest import load_demonstration
from tests.once import Once

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command of an installation in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "SECRET_KEY", "TIMEZONE", "LOCALE", "TODAY"):
        monkeypatch.delenv(f"ONEWINDOW_{name}", raising=False)
    monkeypatch.setenv("ONEWINDOW_DATA_DIR", str(tmp_path / "data"))

    def command(*arguments: str, **environment: str) -> Result:
        return CliRunner(env=environment).invoke(cli, arguments)

    return command


def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "onewindow.sqlite"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_help(run: Run, verb: str) -> None:
    told = run(verb, "--help")
    assert told.exit_code == 0
    assert "Usage" in told.output


@pytest.mark.parametrize(
    "command",
    [("overdue", "--json"), ("audit", "verify"), ("upgrade",), ("serve",)],
    ids=lambda command: command[0],
)
def test_without_a_database_a_command_says_what_to_run(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    for locale, words in (("zh_Hans_CN", "请先运行"), ("en", "run demo or init")):
        told = run(*command, ONEWINDOW_LOCALE=locale)
        assert told.exit_code == 1
        assert words in told.stderr
        assert told.stdout == ""
    assert not database(tmp_path).exists()


def test_init_makes_two_administrators_once(run: Run) -> None:
    first = run("init")
    assert first.exit_code == 0, first.output
    assert re.findall(r"^  (\w+) +\S{12,}$", first.stdout, re.MULTILINE) == ["system", "security"]
    again = run("init")
    assert again.exit_code == 0
    assert not re.findall(r"^  (\w+) ", again.stdout, re.MULTILINE)
    assert run("upgrade").exit_code == 0


def test_the_two_administrators_are_two_accounts(run: Run) -> None:
    told = run("init", "--admin", "boss", "--security", "BOSS")
    assert told.exit_code == 2


def test_doctor_finds_an_installation_fit_or_not(run: Run) -> None:
    before = run("doctor", "--json")
    assert before.exit_code == 1
    found = {check["name"]: check["ok"] for check in json.loads(before.stdout)["checks"]}
    assert found["migrations"] is False
    run("init")
    after = run("doctor", "--json")
    checks = json.loads(after.stdout)["checks"]
    assert after.exit_code == 0, checks
    assert {check["name"] for check in checks} == {
        "data_folder", "translations", "font", "database", "migrations", "calendar",
    }  # fmt: skip


def test_the_demonstration_leaves_a_real_office_alone(run: Run) -> None:
    run("init")
    told = run("demo", "--no-serve")
    assert told.exit_code == 1
    assert "正式安装" in told.stderr


def test_the_demonstration_is_served_on_this_machine_only(run: Run, tmp_path: Path) -> None:
    told = run("demo", "--host", "0.0.0.0", "--no-serve")  # noqa: S104 - it is to be refused
    assert told.exit_code == 2
    assert not database(tmp_path).exists()


@pytest.fixture
def demonstration(run: Run, tmp_path: Path, once: Once) -> Run:
    """Run a command of the demonstration, which has been loaded."""
    shutil.copytree(once("demo", load_demonstration), tmp_path / "data")
    return run


def test_the_demonstration_keeps_its_passwords(demonstration: Run) -> None:
    first = demonstration("demo", "--no-serve", "--json")
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout.splitlines()[0])
    assert set(told) == {"url", "accounts"}
    assert tuple(told["accounts"]) == account_names()
    assert demonstration("demo", "--no-serve", "--json").stdout == first.stdout
    late = json.loads(demonstration("overdue", "--json").stdout)
    assert late["overdue"] == len(late["numbers"]) > 0


@pytest.mark.thorough
def test_a_reset_begins_again_with_as_many_cases_more(demonstration: Run, tmp_path: Path) -> None:
    def cases() -> int:
        with closing(sqlite3.connect(database(tmp_path))) as rows:
            return int(rows.execute("SELECT count(*) FROM application").fetchone()[0])

    before = cases()
    again = demonstration("demo", "--no-serve", "--json", "--reset", "--applications", "7")
    assert again.exit_code == 0, again.output
    assert cases() == before + 7


def test_audit_verify_names_the_entry_that_was_altered(run: Run, tmp_path: Path) -> None:
    run("init")
    whole = json.loads(run("audit", "verify", "--json").stdout)
    assert whole["ok"] is True
    assert whole["first_bad"] is None
    engine = open_engine(f"sqlite:///{database(tmp_path)}")
    with engine.begin() as connection:
        drop_triggers(connection)
        connection.exec_driver_sql(
            "UPDATE audit_entry SET actor_name = 'system' WHERE id = 3 AND actor_name = 'SYSTEM'"
        )
    engine.dispose()
    told = run("audit", "verify", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["first_bad"] == 3
    assert "3" in told.stderr


def test_routes_names_the_permission_of_every_address(run: Run) -> None:
    listed = json.loads(run("routes", "--json").stdout)["routes"]
    verbs = {route["rule"]: route["verb"] for route in listed}
    assert verbs["/login"] == verbs["/healthz"] == "public"
    assert verbs["/admin/application/"] == "application.list"
    assert verbs["/admin/application/<path:number>/"] == "application.detail"
    assert verbs["/items/"] == verbs["/items/<code>"] == verbs["/register/"] == "public"
    assert verbs["/track"] == verbs["/track/<number>"] == verbs["/verify/<token>"] == "public"
    assert verbs["/apply/<code>"] == verbs["/track/<number>/<deed>"] == "applicant"
    public = {rule for rule, verb in verbs.items() if verb == "public"}
    assert not {r for r in public if r.startswith("/admin/") and "static" not in r}
    assert all(set(route) == {"rule", "methods", "verb"} for route in listed)


def test_an_unusable_setting_is_named(run: Run) -> None:
    told = run("overdue", ONEWINDOW_TIMEZONE="Mars/Olympus")
    assert told.exit_code == 2
    assert "ONEWINDOW_TIMEZONE" in told.stderr
