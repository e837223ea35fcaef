"""Complaints and reports of the public (举报投诉), Art. 10 and 65."""

from datetime import date

from sqlalchemy import Index, String
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
from models.certificate import Certificate
from models.enums import Channel
from models.policy import ABOUT_THE_CASE, Audience, Deletable, Personal, Policy
from models.rules.duties import LEADERS
from models.staff import User

HANDLING_DAYS = 15


class Complaint(Keyed, Versioned, Base):
    """A complaint (举报投诉) about a case, a permit holder or an officer; it is never deleted.

    Without a name it is anonymous.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        rule("text <> ''", "complaint_says_what_happened"),
        rule("handling_days BETWEEN 1 AND 60", "complaint_is_handled_within_sixty_days"),
        rule("(outcome <> '') = (answered_on IS NOT NULL)", "outcome_has_its_day"),
        rule("answered_on IS NULL OR handler_id IS NOT NULL", "outcome_has_its_handler"),
        Index("ix_complaint_due", "handle_due_on", "id"),
    )
    policy = Policy(
        writers=LEADERS,
        part_of=ABOUT_THE_CASE,
        deletable=Deletable.NEVER,
        title=("id", "received_on"),
        derived=("received_on", "accepted_by_id", "handle_due_on", "answered_on"),
        # It is not shown to the person complained of, whatever duties that one holds.
        seen_by=Audience("officer_id", but=True),
        personal={"complainant_name": Personal.NAME, "complainant_phone": Personal.PHONE},
        signed=(
            "received_on",
            "accepted_by_id",
        ),
    )

    received_on: Mapped[date] = guarded()
    channel: Mapped[Channel] = guarded(choice(Channel), default=Channel.WINDOW)
    complainant_name: Mapped[str] = guarded(String(60), default="", comment="empty: anonymous")
    complainant_phone: Mapped[str] = guarded(String(30), default="")
    application_id: Mapped[int | None] = refers_to("application")
    certificate_id: Mapped[int | None] = refers_to("certificate")
    officer_id: Mapped[int | None] = refers_to("user_account")
    text: Mapped[LongText] = guarded()
    accepted_by_id: Mapped[int] = owned_by("user_account", index=False)
    handling_days: Mapped[int] = guarded(default=HANDLING_DAYS, comment="working days")
    handle_due_on: Mapped[date] = guarded()
    handler_id: Mapped[int | None] = refers_to("user_account")
    outcome: Mapped[LongText] = guarded(default="")
    answered_on: Mapped[date | None] = guarded()

    application: Mapped[Application | None] = relationship()
    certificate: Mapped[Certificate | None] = relationship()
    officer: Mapped[User | None] = relationship(foreign_keys=[officer_id])
    accepted_by: Mapped[User] = relationship(foreign_keys=[accepted_by_id])
    handler: Mapped[User | None] = relationship(foreign_keys=[handler_id])

    def __str__(self) -> str:
        return f"{self.id} {self.received_on}"
