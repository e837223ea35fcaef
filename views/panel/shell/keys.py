"""The keys of the panel: `g` and a letter leads to a page that is open to the reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.acting import Actor
from views.access import PAGES, Verb, may
from views.current import current_actor
from views.links import list_url
from views.words.labels import table_name

# Letter → the table or the page that `g` and the letter open.
GOES_TO: dict[str, str] = {
    "m": "work",
    "a": "application",
    "t": "application_step",
    "b": "board",
    "c": "certificate",
    "p": "applicant",
    "i": "licence_item",
    "o": "supervision_order",
    "r": "reassignment",
    "l": "audit_entry",
}


@dataclass(frozen=True, slots=True)
class KeyLink:
    """A page, and the letter after `g` that opens it."""

    letter: str
    name: Any
    url: str


def _is_open(actor: Actor, name: str) -> bool:
    if name in PAGES:
        return bool(actor.duties & PAGES[name].duties)
    return may(actor, name, Verb.LIST)


def key_links() -> Iterator[KeyLink]:
    """The pages that the reader reaches by a letter."""
    actor = current_actor()
    for letter, name in GOES_TO.items():
        if _is_open(actor, name):
            words = PAGES[name].name if name in PAGES else table_name(name)
            yield KeyLink(letter, words, list_url(name))
