"""What every page of the portal shares: the office's name, who may come in, and words."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort, redirect, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.exceptions import Forbidden, NotFound

from models import Authority
from models.database import db
from models.enums import Duty
from views.current import current_actor, is_signed_in
from views.links import path_here, sign_in_url
from views.words.brand import BRAND
from views.words.values import localised

View = TypeVar("View", bound=Callable[..., Any])


class NothingOfThatName(NotFound):
    """A 404 that says in words what was looked for, and nothing about what there is."""

    is_for_the_reader = True


class ForApplicantsOnly(Forbidden):
    """A 403 that says whose page it is."""

    is_for_the_reader = True


def frame_context() -> dict[str, Any]:
    """The name over every page."""
    office = db.session.scalar(select(Authority).order_by(Authority.id).limit(1))
    name = localised(office, "name") if office else BRAND
    return {"office_name": name, "is_applicant": is_applicant()}


def is_applicant() -> bool:
    """Whether the reader may apply."""
    return Duty.APPLICANT in current_actor().duties


def for_applicants(view: View) -> View:
    """Open a page to applicants only; who has not signed in is asked to, and comes back."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        if not is_signed_in():
            here = path_here() if request.method == "GET" else url_for("portal.track")
            return redirect(sign_in_url(here))
        if not is_applicant():
            raise ForApplicantsOnly(gettext("Applications are made with an applicant's account."))
        return view(*args, **values)

    guarded.permission = Duty.APPLICANT.lower()  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def one_of(text: str | None, vocabulary: Any, default: Any) -> Any:
    """A member of a vocabulary that the address names. Aborts with 400 when there is none."""
    if not text:
        return default
    return vocabulary.__members__.get(text) or abort(400)


def public_name(name: str, *, is_person: bool) -> str:
    """A name as everybody may read it: of a person the first letter only (Art. 5)."""
    return f"{name[:1]}{'*' * max(1, len(name) - 1)}" if is_person else name
