"""Questions about who is away: each a function named for its question."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from models.rules.absence import Period
from models.staff import Post, PostAssignment, User
from models.staffing import Absence


def away_on(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Whether an absence holds on ``day``; its last day included."""
    return and_(Absence.first_day <= day, or_(Absence.last_day.is_(None), Absence.last_day >= day))


def is_away(day: date) -> ColumnElement[bool]:
    """Whether the person of the surrounding statement is absent on ``day``."""
    return exists().where(Absence.user_id == User.id, away_on(day)).correlate(User)


def is_absent(session: Session, user_id: int, day: date) -> bool:
    """Whether a person is absent on ``day``."""
    return bool(session.scalar(select(exists().where(Absence.user_id == user_id, away_on(day)))))


def other_absences(session: Session, absence: Absence) -> list[Absence]:
    """Every other absence, those of this flush included, and without those it takes away."""
    people = (absence.user_id, absence.substitute_id)
    near = or_(Absence.user_id.in_(people), Absence.substitute_id.in_(people))
    stored = session.scalars(select(Absence).where(near).order_by(Absence.id)).all()
    pending = [row for row in session.new if isinstance(row, Absence)]
    gone = set(session.deleted)
    return [row for row in (*stored, *pending) if row is not absence and row not in gone]


def posts_of(session: Session, user_id: int) -> dict[str, list[Period]]:
    """For each duty the periods in which a person holds a post of it."""
    rows = session.execute(
        select(Post.duty, PostAssignment.valid_from, PostAssignment.valid_until)
        .join(PostAssignment, PostAssignment.post_id == Post.id)
        .where(PostAssignment.user_id == user_id)
        .order_by(PostAssignment.id)
    )
    periods: dict[str, list[Period]] = {}
    for duty, first, last in rows:
        periods.setdefault(duty, []).append((first, last))
    return periods
