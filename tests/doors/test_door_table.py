"""The table of doors and rules is whole: no code without a deed, no cell without a word."""

import ast
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from admin_site.cli import VERBS
from models.acts import BY_NAME, acts_on_many
from tests.doors.deed import DOORS, FIELD, NO_BUTTON, SHUT, NoWay
from tests.doors.deeds import DEEDS, NO_DEEDS
from tests.models.test_rule_codes import raised_codes
from views.access import ACCESS
from views.words.messages import WORDS

ROOT = Path(__file__).parents[2]


def test_every_code_has_its_deed() -> None:
    told, raised = {deed.code for deed in DEEDS.values()}, set(raised_codes())
    assert raised - told - set(NO_DEEDS) == set(), "tell a deed for these"
    assert told & set(NO_DEEDS) == set()
    assert (told | set(NO_DEEDS)) - raised == set(), "nobody raises these"


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_no_cell_is_empty(name: str) -> None:
    deed = DEEDS[name]
    assert set(deed.elsewhere) <= set(DOORS)
    for door in DOORS:
        cell = deed.at(door)
        if isinstance(cell, NoWay):
            assert len(cell.split()) > 1, f"{door}: a reason is told in words"
        else:
            assert cell in WORDS or cell in (SHUT, FIELD), door
    assert deed.at("orm") == deed.code or deed.values is None


@pytest.mark.parametrize("name", sorted(name for name, deed in DEEDS.items() if deed.act))
def test_what_the_office_can_do_has_its_button_or_a_reason(name: str) -> None:
    deed = DEEDS[name]
    if deed.button is None:
        assert deed.at("action") is not NO_BUTTON, "say why the panel has no such act"
    elif deed.button.of_many:
        assert deed.button.name in {
            act.name for act in (*acts_on_many("application"), *acts_on_many("application_step"))
        }
    elif not deed.button.of_rows:
        assert deed.button.name in BY_NAME


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


NAMED = {name: deed.lawful for name, deed in DEEDS.items() if isinstance(deed.lawful, str)}
NAMED |= {code: test for code, (_why, test) in NO_DEEDS.items()}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_test_that_is_named_exists(name: str) -> None:
    path, _colons, test = NAMED[name].partition("::")
    assert test in _tests_of(path)


# What each command does; none of them takes one row of a case and changes it.
COMMANDS = {
    "audit": "reads", "code": "reads", "doctor": "reads", "due": "reads", "overdue": "reads",
    "routes": "reads", "export-catalogue": "reads",
    "serve": "serves the panel, which has its own doors",
    "daily": "makes the moves of time, as SYSTEM: the door `system`",
    "demo": "loads, as SYSTEM and as the people of its stories: through the rules",
    "import-calendar": "hands a notice in, as SYSTEM; a person confirms it in the panel",
    "import-catalogue": "loads drafts through the rules",
    "import-log": "loads history, as SYSTEM: the door `system`",
    "init": "loads the reference data, as SYSTEM: the door `system`",
    "password": "sets one password, as SYSTEM, at the machine itself",
    "upgrade": "changes tables, no rows",
}  # fmt: skip


def test_no_command_line_changes_a_case() -> None:
    assert set(VERBS) == set(COMMANDS), "say what these commands write"


# The public pages that take a form → what they do with it.
PAGES = {
    "portal.track": "asks for a case and writes nothing",
    "portal.do": "an applicant acts on his own case: the door `portal`",
    "portal.apply": "an applicant drafts and submits: the door `portal`",
    "portal.rate": "an applicant rates his finished case: the rules of ratings have their deeds",
}


def test_every_public_page_that_takes_a_form_is_known(site: Flask) -> None:
    taking = {
        rule.endpoint
        for rule in site.url_map.iter_rules()
        if rule.endpoint.startswith("portal.") and rule.methods and "POST" in rule.methods
    }
    assert taking == set(PAGES), "give these pages the door `portal`"


def test_every_table_of_a_deed_has_its_address() -> None:
    tables = {deed.new.__tablename__ for deed in DEEDS.values() if deed.new}
    assert tables <= set(ACCESS)
