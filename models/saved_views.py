"""A person's own views of a list: what was asked of it, kept under a name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, Session, relationship

from models.acting import Actor
from models.base import Base, Keyed, ShortText, Versioned, choice, guarded, owned_by, rule
from models.enums import Duty
from models.rules.saved_views import LONGEST_QUERY
from models.staff import User


class SavedView(Keyed, Versioned, Base):
    """A view of a list (视图): filters, search, tab and order, private or shared with a duty."""

    __tablename__ = "saved_view"
    __table_args__ = (
        rule("name <> ''", "view_has_a_name"),
        rule("position >= 1", "view_has_its_place"),
        UniqueConstraint("owner_id", "list_name", "name"),
        Index("ix_saved_view_list_name", "list_name"),
    )

    owner_id: Mapped[int] = owned_by("user_account", index=False)
    list_name: Mapped[ShortText] = guarded(comment="the table whose list it is")
    name: Mapped[ShortText] = guarded()
    query: Mapped[str] = guarded(
        String(LONGEST_QUERY), default="", comment="what the address of the list asks"
    )
    shared_with: Mapped[Duty | None] = guarded(
        choice(Duty, "shared_with"), comment="NULL: nobody but the owner sees it"
    )
    position: Mapped[int] = guarded(comment="the owner's order of his tabs")

    owner: Mapped[User] = relationship()

    def __str__(self) -> str:
        return self.name


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
    """The views of a list that a person sees: his own first, then those shared with his duties."""
    duties = sorted(actor.duties - {Duty.APPLICANT})
    asked = {"owner": actor.user_id, "list_name": list_name, "duties": duties}
    return session.execute(_OF_LIST, asked).all()


def next_position(session: Session, owner_id: int | None, list_name: str) -> int:
    """The place after a person's last view of a list."""
    last = select(func.max(SavedView.position)).where(
        SavedView.owner_id == owner_id, SavedView.list_name == list_name
    )
    return (session.scalar(last) or 0) + 1
