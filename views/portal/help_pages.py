"""The help inside the product: pages of text, one file for each language, open to everybody."""

from typing import Any

from flask import abort, render_template, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from views.portal.worked_cases import WORKED_CASES

# The page's name in its address, and the name of its file → what it is called.
HELP_PAGES: dict[str, tuple[LazyString, LazyString]] = {
    "first-case": (_("First case"), _("A clerk's first day, step by step.")),
    "first-item": (_("First item"), _("For whoever keeps the catalogue: from a draft to a guide.")),
    "managers-week": (_("A manager's week"), _("Which lists to look at on which day, and why.")),
    "deadlines": (_("Deadline rules"), _("How a date is counted, with twelve worked examples.")),
    "law": (_("The law, article by article"), _("In plain words, and what the program refuses.")),
    "words": (_("Words"), _("The terms of the trade in Chinese and English.")),
}


def help_index() -> str:
    """What there is to read."""
    return render_template("help/index.html", pages=_pages(""))


def help_page(name: str) -> str:
    """One page, in the reader's language."""
    if name not in HELP_PAGES:
        abort(404)
    title, _about = HELP_PAGES[name]
    return render_template(
        f"help/{get_locale()}/{name}.html",
        title=title,
        pages=_pages(name),
        cases={case.name: case.dates for case in WORKED_CASES},
    )


def _pages(here: str) -> list[dict[str, Any]]:
    """Every page of the help: its address, its names, and whether it is this one."""
    return [
        {
            "url": url_for("portal.help_page", name=name),
            "title": title,
            "about": about,
            "is_here": name == here,
        }
        for name, (title, about) in HELP_PAGES.items()
    ]
