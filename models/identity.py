"""Whose case it is: how a wrong applicant is corrected before acceptance."""

from datetime import date

from sqlalchemy.orm import Mapped, relationship

from models.application import Applicant, Application
from models.base import Base, Keyed, LongText, Versioned, guarded, owned_by, refers_to, rule
from models.enums import Duty
from models.policy import OF_THE_CASE, Deletable, Fixed, Policy, System
from models.staff import User


class ApplicantCorrection(Keyed, Versioned, Base):
    """A wrong applicant of a case is corrected (更正申请人): from whom, to whom, and why.

    Until acceptance only: afterwards who applies is a fact of the case.
    """

    __tablename__ = "applicant_correction"
    __table_args__ = (
        rule("reason <> ''", "correction_gives_its_reason"),
        rule("from_applicant_id <> to_applicant_id", "correction_names_another"),
    )
    policy = Policy(
        writers=frozenset({Duty.ACCEPTANCE}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "corrected_on"),
        system=System.IMPORTS,
        derived=("from_applicant_id", "corrected_on", "corrected_by_id"),
        fixed=(Fixed("correction-is-fixed"),),
        signed=("corrected_on", "corrected_by_id"),
        told=("from_applicant", "to_applicant", "reason", "corrected_on", "corrected_by"),
    )

    application_id: Mapped[int] = owned_by("application")
    from_applicant_id: Mapped[int] = owned_by("applicant")
    to_applicant_id: Mapped[int] = owned_by("applicant")
    reason: Mapped[LongText] = guarded()
    corrected_on: Mapped[date] = guarded()
    corrected_by_id: Mapped[int | None] = refers_to("user_account", index=False)

    application: Mapped[Application] = relationship(back_populates="applicant_corrections")
    from_applicant: Mapped[Applicant] = relationship(foreign_keys=[from_applicant_id])
    to_applicant: Mapped[Applicant] = relationship(foreign_keys=[to_applicant_id])
    corrected_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.application_id} {self.corrected_on}"
