"""Service ratings (好差评) and what a bad one sets going."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.application import Application
from models.base import (
    Base,
    Keyed,
    LongText,
    Versioned,
    choice,
    guarded,
    owned_by,
    refers_to,
    rule,
)
from models.enums import Channel, Duty, RatingLevel
from models.policy import ABOUT_THE_CASE, Deletable, Fixed, Policy
from models.rules.duties import LEADERS
from models.staff import User


class ServiceRating(Keyed, Base):
    """What an applicant thinks of the service on the case: once, and once more (追评) after a bad
    rating was rectified."""

    __tablename__ = "service_rating"
    __table_args__ = (UniqueConstraint("application_id", "is_follow_up"),)
    policy = Policy(
        writers=frozenset({Duty.APPLICANT}),
        part_of=ABOUT_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "level"),
        derived=("is_follow_up", "rated_on"),
        fixed=(Fixed("rating-is-fixed"),),
        own="application",
        told=(
            "level",
            "text",
            "rated_on",
            "is_follow_up",
        ),
    )

    application_id: Mapped[int] = owned_by("application", index=False)
    is_follow_up: Mapped[bool] = guarded(default=False)
    level: Mapped[RatingLevel] = guarded(choice(RatingLevel))
    text: Mapped[LongText] = guarded(default="")
    rated_on: Mapped[date] = guarded(index=True)
    channel: Mapped[Channel] = guarded(choice(Channel), default=Channel.ONLINE)

    application: Mapped[Application] = relationship()
    rectification: Mapped["Rectification | None"] = relationship(back_populates="rating")

    def __str__(self) -> str:
        return f"{self.application_id} {self.level}"


class Rectification(Keyed, Versioned, Base):
    """What follows a bad rating (差评整改): the applicant is called, the matter is put right."""

    __tablename__ = "rectification"
    __table_args__ = (
        UniqueConstraint("rating_id"),
        rule("(result <> '') = (rectified_on IS NOT NULL)", "result_has_its_day"),
        rule("rectified_on IS NULL OR contacted_on IS NOT NULL", "contact_precedes_the_result"),
        rule("(contacted_on IS NULL) = (handler_id IS NULL)", "contact_has_its_person"),
    )
    policy = Policy(
        writers=LEADERS,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("rating", "rectify_due_on"),
        derived=("rating_id", "contact_due_on", "rectify_due_on", "handler_id", "rectified_on"),
    )

    rating_id: Mapped[int] = owned_by("service_rating", index=False)
    contact_due_on: Mapped[date] = guarded()
    rectify_due_on: Mapped[date] = guarded()
    handler_id: Mapped[int | None] = refers_to("user_account")
    contacted_on: Mapped[date | None] = guarded()
    result: Mapped[LongText] = guarded(default="")
    rectified_on: Mapped[date | None] = guarded()

    rating: Mapped[ServiceRating] = relationship(back_populates="rectification")
    handler: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.rating_id} {self.rectify_due_on}"
