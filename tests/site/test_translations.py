"""The Chinese catalogue is whole and fresh, and so are the words of the parts we use."""

import ast
from io import BytesIO
from pathlib import Path

import flask_admin
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from sqlalchemy import CheckConstraint, Enum

from models import Base
from models.rules import codes
from models.triggers import triggers
from views.access import ACCESS
from views.words.labels import COLUMNS, TABLES, VOCABULARIES
from views.words.messages import WORDS

TOP = Path(__file__).parents[2]
FOLDER = TOP / "admin_site/translations"
CATALOGUES = FOLDER / "zh_Hans_CN/LC_MESSAGES"
SOURCES = ("admin_site", "views")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]


def catalogue(name: str) -> Catalog:
    with (CATALOGUES / f"{name}.po").open("rb") as file:
        return read_po(file)


def words_of(message: Message) -> str:
    """The English text of an entry: of one, when it has a plural."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def used_words() -> set[str]:
    """Every text of ours that a reader may see."""
    return {
        message if isinstance(message, str) else message[0]
        for source in SOURCES
        for _file, _line, message, _comments, _context in extract_from_dir(TOP / source, METHODS)
    }


def test_every_text_has_its_chinese_words() -> None:
    translated = {words_of(m) for m in catalogue("messages") if m.id and m.string}
    assert used_words() - translated == set()


def test_the_catalogue_holds_no_text_that_nobody_uses() -> None:
    assert {words_of(m) for m in catalogue("messages") if m.id} - used_words() == set()


def test_nothing_is_fuzzy_and_every_fact_stays() -> None:
    for message in catalogue("messages"):
        assert not message.fuzzy or not message.id
        assert list(message.check()) == []


@pytest.mark.parametrize("name", ["messages", "admin"])
def test_the_compiled_catalogue_is_fresh(name: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(name))
    assert compiled.getvalue() == (CATALOGUES / f"{name}.mo").read_bytes()


def test_every_text_of_flask_admin_has_its_chinese_words() -> None:
    folder = Path(flask_admin.__file__).parent
    known = Translations.load(CATALOGUES.parents[1], ["zh_Hans_CN"], "admin")
    known.merge(Translations.load(folder / "translations", ["zh_Hans_CN"], "admin"))
    names = ("gettext", "_gettext", "lazy_gettext", "ngettext", "_ngettext")
    keywords = {name: (1, 2) if "ngettext" in name else None for name in names}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    for _f, _l, message, _c, _x in extract_from_dir(folder, methods, keywords=keywords):
        key = message if isinstance(message, str) else (message[0], 0)
        assert known._catalog.get(key), message


def raised_codes() -> set[str]:
    """The code of every violation that the rules can raise; a made one by its beginning."""
    found = set()
    for path in (TOP / "models").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleViolation":
                found |= _codes_of(node.args[0]) if node.args else set()
    return found


def _codes_of(code: ast.expr) -> set[str]:
    if isinstance(code, ast.Constant):
        return {str(code.value)}
    if isinstance(code, ast.JoinedStr) and isinstance(code.values[0], ast.Constant):
        beginning = str(code.values[0].value)
        return {word for word in WORDS if word.startswith(beginning)} or {beginning}
    return set()


def test_every_code_of_the_rules_has_words() -> None:
    assert raised_codes() - set(WORDS) == set()


def test_every_code_of_a_trigger_has_words() -> None:
    for dialect in ("sqlite", "postgresql"):
        assert {trigger.code for trigger in triggers(dialect)} - set(WORDS) == set()


def test_every_reason_of_a_wrong_number_has_words() -> None:
    reasons = [value for name, value in vars(codes).items() if name.startswith("WRONG_")]
    assert {f"identity-{reason}" for reason in reasons} - set(WORDS) == set()


def test_every_check_of_the_database_has_words() -> None:
    for table in Base.metadata.tables.values():
        vocabularies = {c.type.name for c in table.columns if isinstance(c.type, Enum)}
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                rule = str(constraint.name).removeprefix(f"ck_{table.name}_")
                known = rule in vocabularies or rule.replace("_", "-") in WORDS
                assert known, constraint.name


def test_every_table_has_a_name_and_a_place_in_the_access_table() -> None:
    assert set(TABLES) == set(ACCESS) == set(Base.metadata.tables)


def test_every_column_has_a_label() -> None:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            name = column.name.removesuffix("_id") if column.foreign_keys else column.name
            known = {name, f"{table.name}.{name}", name.removeprefix("service_")} & set(COLUMNS)
            known |= {label for label in COLUMNS if name == f"material_{label}"}
            assert known, (table.name, column.name)


def test_every_member_of_every_vocabulary_has_a_label() -> None:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, Enum):
                vocabulary = column.type.enum_class
                assert set(VOCABULARIES[vocabulary]) == set(vocabulary.__members__)
