"""Questions about those who apply, each a function named for its question."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from models.application import Applicant
from models.enums import IdentityChange, IdentityKind
from models.identity import ApplicantIdentity
from models.rules.identity import folded_number

IS_HELD = ApplicantIdentity.confirmed_on.is_not(None) & (
    ApplicantIdentity.change != IdentityChange.SAME_PERSON
)


def applicants_of_number(session: Session, text: str) -> Sequence[Applicant]:
    """Who is or was known by a number, however it was typed."""
    return session.scalars(
        select(Applicant)
        .join(ApplicantIdentity, ApplicantIdentity.applicant_id == Applicant.id)
        .where(ApplicantIdentity.identity_number == folded_number(text), IS_HELD)
        .distinct()
        .order_by(Applicant.id)
    ).all()


def holder_of(session: Session, kind: IdentityKind, number: str) -> int | None:
    """The key of the applicant whose number this is or was."""
    identity = ApplicantIdentity
    return session.scalar(
        select(identity.applicant_id).where(
            identity.identity_number == number, identity.identity_kind == kind, IS_HELD
        )
    )


def same_person(applicant_id: int) -> Select[int]:
    """The keys of the rows that are one person: this row, and those found to be the same."""
    kept_under = (
        select(func.coalesce(Applicant.same_person_id, Applicant.id))
        .where(Applicant.id == applicant_id)
        .scalar_subquery()
    )
    return select(Applicant.id).where(
        or_(Applicant.id == kept_under, Applicant.same_person_id == kept_under)
    )


def are_one_person(session: Session, one_id: int | None, other_id: int | None) -> bool:
    """Whether two rows are of one person."""
    if one_id is None or other_id is None:
        return False
    found = same_person(one_id).where(Applicant.id == other_id)
    return one_id == other_id or session.scalar(found) is not None
