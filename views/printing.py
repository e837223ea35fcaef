"""Papers that a page has printed: it says what stands on them, the application how they look."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app
from flask_babel import gettext
from werkzeug.exceptions import UnprocessableEntity

PRINTER = "onewindow-printer"


class CannotBePrinted(UnprocessableEntity):
    """Some characters are missing in the font; the page names them."""

    is_for_the_reader = True

    def __init__(self, characters: list[str]) -> None:
        super().__init__()
        self.characters = characters

    @property
    def description(self) -> str:  # type: ignore[override]
        """Each character with its code, for whoever has to correct a name."""
        named = gettext(", ").join(f"{c} (U+{ord(c):04X})" for c in self.characters)
        return str(
            gettext(
                "The paper was not issued: its font has no glyph for %(characters)s. "
                "Correct the text, or ask for a font that has it.",
                characters=named,
            )
        )


def pdf(template: str, facts: Mapping[str, Any], name: str) -> Response:
    """The printed paper as an answer; it opens in the browser under this name."""
    made = current_app.extensions[PRINTER](template, facts)
    answer = Response(made, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer
