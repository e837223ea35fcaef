"""Questions about people and their duties, each a function named for its question."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from models.acting import Actor
from models.application import Application
from models.enums import Duty, StepStatus
from models.questions.absences import away_on, is_away
from models.rules.duties import CASEWORK, STOOD_IN_FOR
from models.staff import Post, PostAssignment, RoleGrant, User
from models.staffing import Absence


def holds_on(
    table: type[RoleGrant] | type[PostAssignment], day: date | ColumnElement[date]
) -> ColumnElement[bool]:
    """Whether a grant or an assignment holds on ``day``; its last day included."""
    return and_(table.valid_from <= day, or_(table.valid_until.is_(None), table.valid_until >= day))


def is_granted_to(
    user: int | SQLColumnExpression[int], day: date | ColumnElement[date]
) -> ColumnElement[bool]:
    """Whether a grant gives its duty to ``user`` on ``day``: it is that person's own, or the head's
    or the leader's for whom the person stands in on that day (AB岗)."""
    stands_in = exists().where(
        Absence.user_id == RoleGrant.user_id, Absence.substitute_id == user, away_on(day)
    )
    is_stood_in_for = RoleGrant.duty.in_(sorted(STOOD_IN_FOR)) & stands_in
    return holds_on(RoleGrant, day) & or_(RoleGrant.user_id == user, is_stood_in_for)


def holds_post(session: Session, user_id: int, duty: Duty, day: date) -> bool:
    """Whether a person holds a post of this duty on ``day``."""
    return bool(
        session.scalar(
            select(
                exists()
                .where(PostAssignment.user_id == user_id, holds_on(PostAssignment, day))
                .where(Post.id == PostAssignment.post_id, Post.duty == duty)
            )
        )
    )


def officers_on_duty(
    session: Session, day: date, duties: frozenset[Duty] = CASEWORK
) -> Sequence[User]:
    """The active officers who hold one of ``duties`` on ``day``, in the order of their accounts."""
    return session.scalars(
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.duty.in_(duties), holds_on(RoleGrant, day), User.is_active)
        .distinct()
        .order_by(User.id)
    ).all()


def holders_of_post(session: Session, duty: Duty | None, day: date) -> Sequence[User]:
    """Who holds a post of ``duty`` on ``day`` and is not away."""
    return session.scalars(
        select(User)
        .join(PostAssignment, PostAssignment.user_id == User.id)
        .join(Post, Post.id == PostAssignment.post_id)
        .where(Post.duty == duty, holds_on(PostAssignment, day), User.is_active)
        .where(~is_away(day))
        .distinct()
        .order_by(User.id)
    ).all()


def work_done(case: Application) -> list[tuple[Duty | None, int | None]]:
    """Which duty on a case was done by whom: its finished steps, its site inspections, and
    its receipt where silence accepted it."""
    done = [(s.duty, s.officer_id) for s in case.steps if s.status is StepStatus.DONE]
    for inspection in case.inspections:
        done += [(Duty.REVIEW, inspector.user_id) for inspector in inspection.inspectors]
    if case.deemed_accepted and (Duty.ACCEPTANCE, None) in done:
        done.append((Duty.ACCEPTANCE, case.first_contact_id))
    return done


def duties_within(session: Session, grant: RoleGrant) -> Sequence[Duty]:
    """The other duties that the person of ``grant`` holds on any day of its period."""
    stored = select(
        RoleGrant.id, RoleGrant.duty, RoleGrant.valid_from, RoleGrant.valid_until
    ).where(RoleGrant.user_id == grant.user_id)
    rows = {
        row.id: (row.duty, row.valid_from, row.valid_until)
        for row in (session.execute(stored) if grant.user_id is not None else ())
    }
    others = list(rows.items())
    for other in (*session.new, *session.dirty):
        if isinstance(other, RoleGrant) and other is not grant and _same_person(other, grant):
            others = [pair for pair in others if pair[0] != other.id]
            others.append((other.id, (other.duty, other.valid_from, other.valid_until)))
    return [
        duty
        for key, (duty, start, end) in others
        if (key is None or key != grant.id)
        and (end is None or grant.valid_from <= end)
        and (grant.valid_until is None or start <= grant.valid_until)
    ]


def granted_within(
    session: Session, user_id: int, first_day: date, last_day: date | None
) -> frozenset[Duty]:
    """The duties that a person holds on any day of a period."""
    meets = or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until >= first_day)
    if last_day is not None:
        meets &= RoleGrant.valid_from <= last_day
    held = select(RoleGrant.duty).where(RoleGrant.user_id == user_id, meets)
    return frozenset(session.scalars(held))


def periods_of_duty(
    session: Session, holder: PostAssignment, duty: Duty
) -> list[tuple[date, date | None]]:
    """The periods in which the person of an assignment holds a duty, as this flush leaves them."""
    pending = [row for row in (*session.new, *session.dirty) if isinstance(row, RoleGrant)]
    rows: dict[int, tuple[date, date | None]] = {}
    if holder.user_id is not None:
        stored = select(RoleGrant.id, RoleGrant.valid_from, RoleGrant.valid_until).where(
            RoleGrant.user_id == holder.user_id, RoleGrant.duty == duty
        )
        rows = {row.id: (row.valid_from, row.valid_until) for row in session.execute(stored)}
    for grant in pending:
        rows.pop(grant.id, None)
    periods = list(rows.values())
    periods += [
        (g.valid_from, g.valid_until) for g in pending if g.duty is duty and _same_person(g, holder)
    ]
    return periods


def _same_person(one: RoleGrant, other: RoleGrant | PostAssignment) -> bool:
    if one.user is not None and other.user is not None:
        return one.user is other.user
    return one.user_id is not None and one.user_id == other.user_id


def actor_of(session: Session, user: User, day: date) -> Actor:
    """The actor that ``user`` is on ``day``: the duties and posts that hold then."""
    duties = session.scalars(
        select(RoleGrant.duty).where(is_granted_to(user.id, day)).order_by(RoleGrant.id)
    )
    posts = session.scalars(
        select(Post.duty)
        .join(PostAssignment)
        .where(PostAssignment.user_id == user.id, holds_on(PostAssignment, day))
        .order_by(Post.id)
    )
    return Actor(user.id, user.display_name, frozenset(duties), frozenset(posts))


def user_named(session: Session, username: str) -> User | None:
    """The account of that name, in whatever letters it was typed."""
    return session.scalars(
        select(User).where(User.username == func.lower(username.strip()))
    ).one_or_none()


def holds_a_duty(session: Session, user_id: int, duties: frozenset[Duty], day: date) -> bool:
    """Whether an active person holds one of ``duties`` on ``day``."""
    return bool(
        session.scalar(
            select(
                exists()
                .where(RoleGrant.user_id == user_id, holds_on(RoleGrant, day))
                .where(RoleGrant.duty.in_(duties))
                .where(User.id == RoleGrant.user_id, User.is_active)
            )
        )
    )
