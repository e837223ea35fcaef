"""A person's own views of a list: what was asked of it, kept under a name."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.base import Base, Keyed, ShortText, Versioned, choice, guarded, owned_by, rule
from models.enums import Duty
from models.policy import Audience, Deletable, Policy
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
    policy = Policy(
        # Everybody keeps views; the auditor writes nothing.
        writers=frozenset(Duty) - {Duty.AUDIT},
        part_of=None,
        deletable=Deletable.BY_ITS_OWNER,
        title=("name",),
        derived=("owner_id",),
        own="owner_id",
        seen_by=Audience("owner_id", overseers=frozenset({Duty.AUDIT})),
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
    position: Mapped[int] = guarded(comment="the owner's order of the tabs")

    owner: Mapped[User] = relationship()

    def __str__(self) -> str:
        return self.name
