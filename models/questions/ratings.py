"""Service ratings (好差评): how many were satisfied."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.ratings import ServiceRating
from models.rules.rating import SATISFIED_LEVELS


class Satisfaction(NamedTuple):
    """How many were satisfied, of how many who rated."""

    satisfied: int
    rated: int


def satisfaction(session: Session, since: date, until: date) -> Satisfaction:
    """The first ratings given in the period: the upper three levels, and all of them.

    A follow-up rates the rectification, not the service, and does not count.
    """
    counts = session.execute(
        select(ServiceRating.level, func.count())
        .where(ServiceRating.rated_on.between(since, until), ServiceRating.is_follow_up.is_(False))
        .group_by(ServiceRating.level)
    ).all()
    return Satisfaction(
        sum(count for level, count in counts if level in SATISFIED_LEVELS),
        sum(count for _level, count in counts),
    )
