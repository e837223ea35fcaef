"""The words of the house: one brand in each language, and the English of the field (DESIGN §9)."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.support import Translations

from admin_site.cli import cli
from tests.visiting import Browser
from views.words.brand import BRAND

TOP = Path(__file__).parents[2]
CHINESE = Translations.load(TOP / "admin_site/translations", ["zh_Hans_CN"], "messages")


def brand_in(locale: str) -> str:
    english = str(BRAND)
    return {"en": english, "zh_Hans_CN": CHINESE.gettext(english)}[locale]


def test_the_brand_is_said_in_one_file() -> None:
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    saying = {
        f"{source}/{file}"
        for source in ("admin_site", "views")
        for file, _line, message, _c, _x in extract_from_dir(TOP / source, methods)
        if message == str(BRAND)
    }
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
