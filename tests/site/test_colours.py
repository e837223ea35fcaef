"""Colours: each stands once as a token, and what is written in one can be read on the other."""

import re
from pathlib import Path

import pytest

import admin_site

STATIC = Path(admin_site.__file__).parent / "static"
TOKENS = {"panel.css", "dark.css"}
FIXED = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklch)a?\(|"
    r":[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|orange|yellow|navy|silver)\b(?!-)",
    re.I,
)
DECLARED = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b", re.I)
# What is written, and the grounds it is written on.
READ_ON = {
    "text": ("ground", "surface", "surface-raised", "blue-ground"),
    "quiet": ("ground", "surface", "surface-raised"),
    "link": ("ground", "surface", "surface-raised", "blue-ground"),
    "red": ("surface", "surface-raised", "ground", "red-ground"),
    "amber": ("surface", "surface-raised", "ground", "amber-ground"),
    "green": ("surface", "surface-raised", "ground", "green-ground"),
    "on-primary": ("primary", "primary-strong"),
    "side-text": ("side", "side-here"),
    "side-quiet": ("side",),
    "on-side": ("side", "side-here", "seal-ground"),
    "ink": ("paper",),
    "seal": ("paper",),
}
SHEETS = sorted(path.name for path in STATIC.glob("*.css"))


def plain(text: str) -> str:
    """A stylesheet without its comments and the names of its own tokens."""
    return re.sub(r"var\(--[a-z-]+\)", "", re.sub(r"/\*.*?\*/", "", text, flags=re.S))


def tokens_of(name: str, *, contrast: bool = False) -> dict[str, str]:
    """The colours of a stylesheet; with ``contrast`` as the reader of strong contrasts has them."""
    text = (STATIC / name).read_text("utf-8")
    usual, _, strong = text.partition("@media (prefers-contrast: more)")
    found = dict(DECLARED.findall(usual))
    return found | dict(DECLARED.findall(strong.partition("\n}\n")[0])) if contrast else found


def theme(name: str, *, contrast: bool = False) -> dict[str, str]:
    """Every colour of a theme: the dark one stands over the light one."""
    light = tokens_of("panel.css", contrast=contrast)
    return light if name == "light" else light | tokens_of("dark.css", contrast=contrast)


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.1)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_of(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", [sheet for sheet in SHEETS if sheet not in TOKENS])
def test_a_stylesheet_names_tokens_only(name: str) -> None:
    text = plain((STATIC / name).read_text("utf-8"))
    assert FIXED.findall(text) == []
    assert "prefers-color-scheme" not in text


def test_the_sheet_of_the_tokens_uses_them_itself() -> None:
    text = plain((STATIC / "panel.css").read_text("utf-8"))
    rules = re.sub(r"--[a-z-]+:[^;]*;", "", text)
    assert FIXED.findall(rules) == []


def test_the_dark_theme_changes_nothing_but_tokens() -> None:
    declared = set(re.findall(r"^\s*([a-z-]+):", (STATIC / "dark.css").read_text("utf-8"), re.M))
    assert all(name.startswith("--") for name in declared)
    assert set(tokens_of("dark.css")) <= set(tokens_of("panel.css"))


def test_every_token_that_is_used_is_there() -> None:
    known = set(re.findall(r"^\s*--([a-z-]+):", (STATIC / "panel.css").read_text("utf-8"), re.M))
    for name in SHEETS:
        used = set(re.findall(r"var\(--([a-z-]+)\)", (STATIC / name).read_text("utf-8")))
        assert used - known == set(), name


@pytest.mark.parametrize("contrast", [False, True], ids=["usual", "more contrast"])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_everything_written_can_be_read(name: str, contrast: bool) -> None:
    colours = theme(name, contrast=contrast)
    least = 7.0 if contrast else 4.5
    found = {
        (words, ground): round(contrast_of(colours[words], colours[ground]), 2)
        for words, grounds in READ_ON.items()
        for ground in grounds
    }
    poor = {pair: ratio for pair, ratio in found.items() if ratio < 4.5}
    assert poor == {}
    assert contrast_of(colours["text"], colours["surface"]) >= least
    assert contrast_of(colours["quiet"], colours["surface"]) >= least or not contrast
    assert contrast_of(colours["field-line"], colours["surface"]) >= 3


def test_contrast_is_reckoned_as_the_guideline_does() -> None:
    assert round(contrast_of("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast_of("#767676", "#ffffff"), 2) == 4.54
