"""The words of the house: one brand in each language, and the English of the field (DESIGN §9)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.support import Translations

from admin_site.cli import cli
from tests.visiting import Browser
from views.words.brand import BRAND

TOP = Path(__file__).parents[2]
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
CHINESE = Translations.load(TOP / "admin_site/translations", ["zh_Hans_CN"], "messages")


# What the product is written in, but for the parts of others and the history of the tables.
PRODUCT = ("README.md", "pyproject.toml", "admin_site", "models", "seed", "views")
WRITTEN = {".css", ".html", ".js", ".md", ".py", ".toml", ".typ"}
NOT_OURS = {"vendor", "versions", "zh_Hans_CN"}
NAMES = ("Shen He'er",)

CLUMSY = {
    "he or his for an officer, a leader, an applicant or a reader":
        r"(?<![\w-])(he|him|his|himself|she|hers?|herself)(?![\w-])",
    "a check on the spot: say site inspection":
        r"\b(check|checks|checked|checking|inspect\w*|visit\w*) on the spot\b",
    "to tell of: say notify": r"\b(tell|tells|telling|told) (\w+ )?of\b",
}  # fmt: skip


def page_texts() -> Iterator[tuple[str, str]]:
    """Each English text of the pages that is translated, with its file."""
    for source in ("admin_site", "views"):
        for file, _line, message, _c, _x in extract_from_dir(TOP / source, METHODS):
            for words in (message,) if isinstance(message, str) else message:
                yield f"{source}/{file}", str(words)


def product_texts() -> Iterator[tuple[str, str]]:
    """Every file of the product on one line, so that a phrase is found across lines."""
    for top in (TOP / name for name in PRODUCT):
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            inside = path.relative_to(TOP)
            if path.suffix in WRITTEN and not NOT_OURS & set(inside.parts):
                text = re.sub(r"\s+(#:? |// )?", " ", path.read_text("utf-8"))
                for name in NAMES:
                    text = text.replace(name, "")
                yield inside.as_posix(), text


def brand_in(locale: str) -> str:
    english = str(BRAND)
    return {"en": english, "zh_Hans_CN": CHINESE.gettext(english)}[locale]


def test_the_brand_is_said_in_one_file() -> None:
    saying = {file for file, words in page_texts() if words == str(BRAND)}
    assert saying == {"views/words/brand.py"}


@pytest.mark.parametrize("locale", ["en", "zh_Hans_CN"])
@pytest.mark.parametrize("path", ["/", "/login", "/track", "/nowhere"])
def test_every_page_bears_the_brand(visitor: Browser, path: str, locale: str) -> None:
    visitor.get(f"/language/{locale}")
    title = visitor.get(path).text.split("<title>")[1].split("</title>")[0]
    assert title.endswith(f" · {brand_in(locale)}")


def test_the_readme_and_the_command_bear_both_brands() -> None:
    english, chinese = brand_in("en"), brand_in("zh_Hans_CN")
    assert (TOP / "README.md").read_text("utf-8").startswith(f"# {english} · {chinese}\n")
    assert (cli.help or "").startswith(f"{english} {chinese}:")


@pytest.mark.parametrize("why", CLUMSY)
def test_the_product_is_written_in_the_english_of_the_field(why: str) -> None:
    phrase = re.compile(CLUMSY[why], re.IGNORECASE)
    texts = dict(product_texts())
    assert {"README.md", "views/words/labels.py", "admin_site/templates/base.html"} <= set(texts)
    found = [
        f"{file}: …{text[max(0, match.start() - 30) : match.end() + 30]}…"
        for file, text in texts.items()
        for match in phrase.finditer(text)
    ]
    assert found == [], why


def test_the_pages_notify_and_do_not_tell() -> None:
    telling = re.compile(r"\b(tell|tells|telling|told)\b", re.IGNORECASE)
    assert [found for found in page_texts() if telling.search(found[1])] == []
    english_help = sorted((TOP / "admin_site/templates/help/en").glob("*.html"))
    assert [page.name for page in english_help if telling.search(page.read_text("utf-8"))] == []
    assert len(english_help) > 1


SAMPLES = (
    "The head approves in his own name.",
    "Checks on the spot",
    "The applicant was told of it.",
)


@pytest.mark.parametrize(("why", "words"), list(zip(CLUMSY, SAMPLES, strict=True)))
def test_the_clumsy_words_would_be_found(why: str, words: str) -> None:
    assert re.search(CLUMSY[why], words, re.IGNORECASE)
