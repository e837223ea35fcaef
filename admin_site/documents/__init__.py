"""Documents: Typst templates filled with data, in a font of our own that is always the same."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from flask import Flask

from admin_site.documents.glyphs import FONTS, missing_glyphs
from views.printing import PRINTER, CannotBePrinted

TEMPLATES = Path(__file__).parent
# A compiler keeps the template it was given last: one document at a time.
_press = Lock()


@cache
def _compiler() -> typst.Compiler:
    """Reads the font once. No font of the system is used: a paper looks the same everywhere."""
    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)


def render(template: str, facts: Mapping[str, Any]) -> bytes:
    """A PDF of ``facts``; the same facts give the same bytes.

    Raises ``CannotBePrinted`` where a character has no glyph: a blank in a name is a defect of
    the paper, and nobody would see it.
    """
    if missing := missing_glyphs(facts):
        raise CannotBePrinted(missing)
    with _press:
        made = _compiler().compile(
            str(TEMPLATES / f"{template}.typ"),
            format="pdf",
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        )
    assert isinstance(made, bytes), "one document, one file"
    return made


def init_documents(app: Flask) -> None:
    """Let the pages print."""
    app.extensions[PRINTER] = render
