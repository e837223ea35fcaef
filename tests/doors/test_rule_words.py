"""Every refusal speaks both languages, and says nothing that its rule does not tell it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from babel.support import Translations
from flask import Flask
from flask_babel import force_locale

from tests.models.test_rule_codes import FAMILIES, ROOT, raised_codes
from views.words.messages import UNKNOWN, WORDS

CODES = sorted(raised_codes())
FACT = re.compile(r"%\((\w+)\)s")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What tells a violation how to look, and is no fact of it.
NO_FACTS = {"field"}


def _raised() -> Iterator[ast.Call]:
    for folder in ("models", "views"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleViolation":
                    yield node


@cache
def _facts() -> dict[str, set[str]]:
    """Code → the facts with which it is raised, wherever that is."""
    found: dict[str, set[str]] = defaultdict(set)
    for call in _raised():
        names = {word.arg for word in call.keywords if word.arg} - NO_FACTS
        code = call.args[0]
        if isinstance(code, ast.Constant):
            found[str(code.value)] |= names
        elif isinstance(code, ast.JoinedStr):
            prefix = str(code.values[0].value)  # type: ignore[attr-defined]
            for rest in FAMILIES.get(prefix, ()):
                found[prefix + rest] |= names
    return found


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_has_its_words_in_both_languages(code: str) -> None:
    words = english(code)
    chinese = TRANSLATED.gettext(words)
    assert words != str(UNKNOWN)
    assert CHINESE.search(chinese), "Chinese words are missing"
    assert not CHINESE.search(words), "the words of the program are English"
    assert set(FACT.findall(words)) == set(FACT.findall(chinese))


@pytest.mark.parametrize("code", CODES)
def test_the_words_use_facts_that_the_rule_tells(code: str) -> None:
    used = set(FACT.findall(english(code)))
    # A post is told as `post` by one rule and as `duty` by another: the words take either.
    facts = _facts()[code]
    told = facts | ({"post", "duty"} if facts & {"post", "duty"} else set())
    assert used <= told, f"{code} is raised with {sorted(facts)}"


def english(code: str) -> str:
    """The words as they are written in the program."""
    return str(WORDS[code])


TRANSLATED = Translations.load(ROOT / "admin_site/translations", ["zh_Hans_CN"])


def test_a_reader_of_each_language_reads_his_own(site: Flask) -> None:
    for locale, is_chinese in (("zh_Hans_CN", True), ("en", False)):
        with site.test_request_context(), force_locale(locale):
            read = {code: bool(CHINESE.search(str(WORDS[code]))) for code in CODES}
        assert {code for code, seen in read.items() if seen is not is_chinese} == set()
