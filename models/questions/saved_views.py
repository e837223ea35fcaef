"""The views of a list that a person sees, and the place of the next one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from models.acting import Actor
from models.enums import Duty
from models.saved_views import SavedView

# Built once: every list asks it.
_IS_OWN = SavedView.owner_id == bindparam("owner")


_OF_LIST = (
    select(SavedView.id, SavedView.name, SavedView.query, SavedView.shared_with, SavedView.owner_id)
    .where(
        SavedView.list_name == bindparam("list_name"),
        or_(_IS_OWN, SavedView.shared_with.in_(bindparam("duties", expanding=True))),
    )
    .order_by(_IS_OWN.desc(), SavedView.position, SavedView.id)
)


def views_of_list(session: Session, actor: Actor, list_name: str) -> Sequence[Any]:
    """The views of a list that a person sees: the own first, then those shared."""
    duties = sorted(actor.duties - {Duty.APPLICANT})
    asked = {"owner": actor.user_id, "list_name": list_name, "duties": duties}
    return session.execute(_OF_LIST, asked).all()


def next_position(session: Session, owner_id: int | None, list_name: str) -> int:
    """The place after a person's last view of a list."""
    last = select(func.max(SavedView.position)).where(
        SavedView.owner_id == owner_id, SavedView.list_name == list_name
    )
    return (session.scalar(last) or 0) + 1
