"""Recusal (回避): who is linked to an applicant on a day, and so steps aside."""

from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from models.acting import Actor
from models.application import Applicant, Application
from models.enums import Duty
from models.questions.applicants import same_person
from models.recusal import ApplicantLink


def is_linked(session: Session, user_id: int | None, applicant_id: int | None, day: date) -> bool:
    """Whether a person has declared, or was found to have, a link to an applicant on ``day``,
    under whichever row that one is kept."""
    if user_id is None or applicant_id is None:
        return False
    link = ApplicantLink
    holds = (link.since <= day) & or_(link.until.is_(None), link.until >= day)
    of_the_person = link.applicant_id.in_(same_person(applicant_id))
    found = exists().where(link.user_id == user_id, of_the_person, holds)
    return bool(session.scalar(select(found)))


def acts_as_applicant(session: Session, actor: Actor, case: Application) -> bool:
    """Whether a person acts on a case as one who applies: on one's own, whatever else one is, and
    everywhere who is nothing else."""
    if Duty.APPLICANT not in actor.duties:
        return False
    return not actor.is_officer or is_own(session, actor.user_id, case.applicant)


def acting_on(session: Session, actor: Actor, case: Application) -> Actor:
    """The person in the duty that is used on a case: who applies, or an officer, never both."""
    return actor.in_duty(of_the_office=not acts_as_applicant(session, actor, case))


def is_own(session: Session, user_id: int | None, applicant: Applicant | None) -> bool:
    """Whether an applicant is the person of this account, under whichever row."""
    if user_id is None or applicant is None:
        return False
    if applicant.user_id == user_id or applicant.id is None:
        return applicant.user_id == user_id
    rows = select(Applicant.id).where(
        Applicant.id.in_(same_person(applicant.id)), Applicant.user_id == user_id
    )
    return session.scalar(rows.limit(1)) is not None


def has_to_do_with(
    session: Session, user_id: int | None, applicant_id: int | None, day: date
) -> bool:
    """Whether an applicant is the person of this account, or is linked to that person."""
    if user_id is None or applicant_id is None:
        return False
    applicant = session.get(Applicant, applicant_id)
    own = is_own(session, user_id, applicant)
    return own or is_linked(session, user_id, applicant_id, day)


def must_step_aside(session: Session, user_id: int | None, case: Application, day: date) -> bool:
    """Whether a person may do nothing on a case as an officer: the applicant, or one linked to who
    does."""
    if case.applicant is None:
        return False
    own = is_own(session, user_id, case.applicant)
    return own or is_linked(session, user_id, case.applicant.id, day)
