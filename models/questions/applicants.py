"""Questions about those who apply, each a function named for its question."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.application import Applicant
from models.rules.identity import folded_number


def applicants_of_number(session: Session, text: str) -> Sequence[Applicant]:
    """Who is known by a number, however it was typed."""
    return session.scalars(
        select(Applicant)
        .where(Applicant.identity_number == folded_number(text))
        .order_by(Applicant.id)
    ).all()
