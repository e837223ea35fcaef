"""The reader's own views of a list: the tabs beside the built-in ones, and how one is saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel.speaklater import LazyString

from models import SavedView
from models.acting import Actor
from models.database import db
from models.enums import Duty
from models.questions.saved_views import views_of_list
from views.access import Verb, may
from views.current import current_actor, token_expired
from views.judging import judged
from views.panel.engine.addresses import arguments_of, kept_query, said
from views.panel.engine.log_end import LogEnd, end_of_log
from views.words.labels import member_label
from views.words.messages import words_of

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ViewTab:
    """One saved view among the tabs. ``url`` is None when the list no longer understands it."""

    key: int
    name: str
    url: str | None
    is_here: bool
    is_own: bool
    shared_with: LazyString | str | None


@dataclass(frozen=True, slots=True)
class Saving:
    """The form to save a view, with what was typed into it and what stands against it."""

    name: str = ""
    shared_with: str = ""
    problem: str | None = None

    @classmethod
    def typed(cls) -> "Saving":
        """What the form of this request says."""
        return cls(request.form.get("name", "").strip(), request.form.get("shared_with", ""))

    def problem_with(self, table: str, query: str) -> str | None:
        """Save the view; or what stands against it, in words."""
        if token_expired():
            return str(gettext("The page was open too long. Nothing is lost: please save again."))
        if not self.name:
            return str(gettext("Give the view a name."))
        if len(self.name) > LONGEST_NAME:
            return str(gettext("A name has at most %(most)s characters.", most=LONGEST_NAME))
        if self.shared_with and self.shared_with not in dict(share_choices()):
            return str(gettext("Not a valid choice"))
        view = SavedView(
            list_name=table,
            name=self.name,
            query=query,
            shared_with=Duty[self.shared_with] if self.shared_with else None,
        )
        refusal = judged(lambda: db.session.add(view))
        if refusal is None:
            return None
        if refusal.code == "already-exists":
            return str(gettext("You have a view of this name on this list already."))
        return str(words_of(refusal))


def keeps_views() -> bool:
    """Whether the reader may save views at all."""
    return may(current_actor(), "saved_view", Verb.EDIT)


def share_choices() -> list[tuple[str, Any]]:
    """The duties with whose holders the reader may share a view: the reader's own in the office."""
    duties = sorted(current_actor().duties - {Duty.APPLICANT}, key=list(Duty).index)
    return [(duty.name, member_label(duty)) for duty in duties]


def view_tabs(
    table: str, root: str, understands: Callable[[dict[str, str]], bool]
) -> list[ViewTab]:
    """The views of a list that the reader sees, in their order."""
    actor, here = current_actor(), arguments_of(kept_query(said()))
    found = _views(end_of_log(), actor, table)
    return [_tab(view, root, here, understands, actor.user_id) for view in found]


@lru_cache(maxsize=512)
def _views(_end: LogEnd, actor: Actor, table: str) -> Sequence[Any]:
    return views_of_list(db.session(), actor, table)


def _tab(
    view: Any,
    root: str,
    here: dict[str, str],
    understands: Callable[[dict[str, str]], bool],
    reader: int | None,
) -> ViewTab:
    arguments = arguments_of(view.query)
    url = f"{root}?{view.query}" if view.query else root
    return ViewTab(
        key=view.id,
        name=view.name,
        url=url if understands(arguments) else None,
        is_here=arguments == here,
        is_own=view.owner_id == reader,
        shared_with=None if view.shared_with is None else member_label(view.shared_with),
    )
