"""Who asks, and on which day: what the web application noted for this request."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from flask import g

from models.acting import Actor

View = TypeVar("View", bound=Callable[..., Any])

NOBODY = Actor(user_id=None, name="")


def note_request(actor: Actor, today: date, shown_as: Mapping[str, str]) -> None:
    """Note for this request who asks, on which day of the office, and the name by language."""
    g.actor = actor
    g.today = today
    g.shown_as = shown_as


def name_in(locale: str) -> str:
    """The name of the person who asks, as it is written in a language."""
    names: Mapping[str, str] = g.get("shown_as", {})
    return names.get(locale) or current_actor().name


def current_actor() -> Actor:
    """Who asks; nobody, when no one has signed in."""
    actor: Actor = g.get("actor", NOBODY)
    return actor


def current_day() -> date:
    """The office's day of this request."""
    today: date = g.today
    return today


def is_signed_in() -> bool:
    """Whether an account stands behind the request."""
    return current_actor().user_id is not None


def shows_form_again(view: View) -> View:
    """Mark a form page that, when the token has expired, shows itself with what was typed.

    Such a page must ask ``token_expired()`` before it saves anything.
    """
    view.shows_form_again = True  # type: ignore[attr-defined]
    return view


def token_expired() -> bool:
    """Whether the form came without a valid token: then nothing may be saved."""
    return bool(g.get("token_expired", False))


def reads_long_forms(view: View) -> View:
    """Mark a form page that shows a form again which is longer than any may be.

    Such a page must ask ``too_long()`` before it saves anything.
    """
    view.reads_long_forms = True  # type: ignore[attr-defined]
    return view


def too_long() -> bool:
    """Whether the form is longer than any form may be: then nothing may be saved."""
    return bool(g.get("too_long", False))


def note_too_long() -> None:
    """Note that the form is longer than any form may be."""
    g.too_long = True


def note_expired_token() -> None:
    """Note that the form came without a valid token."""
    g.token_expired = True
