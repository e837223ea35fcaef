"""Questions about certificates, each a function named for its question."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from models.application import Application
from models.certificate import Certificate
from models.enums import ApplicationKind, ApplicationStatus
from models.rules.transitions import IN_FORCE


def newest_edition(session: Session, number: str) -> Certificate | None:
    """The edition of the certificate of this number that counts."""
    editions = select(Certificate).where(Certificate.number == number.strip())
    return session.scalars(editions.order_by(Certificate.edition.desc()).limit(1)).first()


def is_in_force(day: date) -> ColumnElement[bool]:
    """Neither ended nor replaced on ``day``; a suspended permit still takes its place."""
    return and_(
        Certificate.status.in_(IN_FORCE),
        or_(Certificate.valid_until.is_(None), Certificate.valid_until >= day),
    )


def permits_in_force(session: Session, item_id: int, day: date) -> int:
    """How many permits of an item are in force (Art. 57)."""
    statement = select(func.count()).where(Certificate.licence_item_id == item_id, is_in_force(day))
    return session.scalar(statement) or 0


def earlier_waiting(session: Session, case: Application) -> int:
    """How many new permits of the item were accepted before this case and are undecided."""
    same_day = Application.accepted_on == case.accepted_on
    same_instant = and_(same_day, Application.accepted_at == case.accepted_at)
    statement = select(func.count()).where(
        Application.licence_item_id == case.licence_item_id,
        Application.kind == ApplicationKind.NEW,
        Application.status == ApplicationStatus.ACCEPTED,
        Application.id != case.id,
        or_(
            Application.accepted_on < case.accepted_on,
            and_(same_day, Application.accepted_at < case.accepted_at),
            and_(same_instant, Application.id < case.id),
        ),
    )
    return session.scalar(statement) or 0
