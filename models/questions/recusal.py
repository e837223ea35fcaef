"""Recusal (回避): who is linked to an applicant on a day, and so steps aside."""

from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from models.acting import Actor
from models.application import Applicant, Application
from models.enums import Duty
from models.recusal import ApplicantLink


def is_linked(session: Session, user_id: int | None, applicant_id: int | None, day: date) -> bool:
    """Whether a person has declared, or was found to have, a link to an applicant on ``day``."""
    if user_id is None or applicant_id is None:
        return False
    link = ApplicantLink
    holds = (link.since <= day) & or_(link.until.is_(None), link.until >= day)
    found = exists().where(link.user_id == user_id, link.applicant_id == applicant_id, holds)
    return bool(session.scalar(select(found)))


def acts_as_applicant(actor: Actor, case: Application) -> bool:
    """Whether a person acts on a case as one who applies: on one's own, whatever else one is, and
    everywhere who is nothing else."""
    if Duty.APPLICANT not in actor.duties:
        return False
    return not actor.is_officer or is_own(actor.user_id, case.applicant)


def is_own(user_id: int | None, applicant: Applicant | None) -> bool:
    """Whether an applicant is the person of this account."""
    return user_id is not None and applicant is not None and applicant.user_id == user_id


def must_step_aside(session: Session, user_id: int | None, case: Application, day: date) -> bool:
    """Whether a person may do nothing on a case as an officer: the applicant, or one linked to who
    does."""
    if user_id is None or case.applicant is None:
        return False
    applicant = case.applicant
    return is_own(user_id, applicant) or is_linked(session, user_id, applicant.id, day)
