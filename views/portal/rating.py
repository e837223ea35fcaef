"""The rating of the service (好差评): by who applied, once; and once more after a bad one was put
right."""

from dataclasses import dataclass

from sqlalchemy import select

from models import Application, ServiceRating
from models.database import db
from models.enums import RatingLevel
from models.rules.rating import why_no_follow_up
from views.words.labels import member_label
from views.words.values import show


@dataclass(frozen=True, slots=True)
class Given:
    """A rating that was given, and what came of it."""

    day: str
    level: str
    text: str
    is_follow_up: bool
    rectified: str
    result: str


def rating_of(case: Application) -> dict[str, object]:
    """What the page of a case shows of its rating."""
    given = _given(case)
    earlier = [
        (r.level, r.is_follow_up, r.rectification.rectified_on if r.rectification else None)
        for r in given
    ]
    # The rules take a rating from acceptance on; it is asked for once the service was given.
    is_served = case.decided_on is not None or case.closed_on is not None
    may_rate = is_served and why_no_follow_up(earlier) is None
    return {
        "ratings": [_shown(rating) for rating in given],
        "levels": [(m.value, member_label(m)) for m in RatingLevel] if may_rate else [],
        "is_follow_up": bool(given),
    }


def _given(case: Application) -> list[ServiceRating]:
    statement = (
        select(ServiceRating)
        .where(ServiceRating.application_id == case.id)
        .order_by(ServiceRating.is_follow_up, ServiceRating.id)
    )
    return list(db.session.scalars(statement))


def _shown(rating: ServiceRating) -> Given:
    remedy = rating.rectification
    return Given(
        day=show(rating.rated_on),
        level=str(member_label(rating.level)),
        text=rating.text,
        is_follow_up=rating.is_follow_up,
        rectified=show(remedy.rectified_on) if remedy and remedy.rectified_on else "",
        result=remedy.result if remedy else "",
    )
