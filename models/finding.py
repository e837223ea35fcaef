"""What recorded history shows that a rule of conduct would have refused."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.application import Application
from models.base import Base, Keyed, LongText, guarded, owned_by
from models.policy import ABOUT_THE_CASE, Deletable, Fixed, Policy
from models.rules.duties import NOBODY


class Finding(Keyed, Base):
    """A finding on an imported case, whose history is recorded and not judged; on a case handled
    here, what a later change of the calendar shows."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("application_id", "code"),)
    policy = Policy(
        writers=NOBODY,
        part_of=ABOUT_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "code"),
        fixed=(Fixed("history-only-grows"),),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    code: Mapped[str] = guarded(String(60), index=True)
    detail: Mapped[LongText] = guarded(default="")

    application: Mapped[Application] = relationship(back_populates="findings")

    def __str__(self) -> str:
        return self.code
