"""Questions about certificates, each a function named for its question."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from models.application import Application
from models.certificate import Certificate
from models.enums import ApplicationKind, ApplicationStatus
from models.errors import RuleViolation
from models.rules.renewal import place_is_free
from models.rules.transitions import IN_FORCE

# A renewal that silence would grant: filed in time, and not yet decided (Art. 50).
IS_PENDING_RENEWAL = and_(
    Application.kind == ApplicationKind.RENEWAL,
    Application.filed_in_time,
    Application.status.in_(
        (ApplicationStatus.RECEIVED, ApplicationStatus.CORRECTING, ApplicationStatus.ACCEPTED)
    ),
)


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


def why_no_place(session: Session, case: Application, day: date) -> RuleViolation | None:
    """Art. 57: why this application gets no permit of its item now; None when it does."""
    quota = case.item_version.quota
    if quota is None or case.kind is not ApplicationKind.NEW:
        return None
    waiting = earlier_waiting(session, case)
    in_force = permits_in_force(session, case.licence_item_id, day)
    refusal = place_is_free(quota, in_force, waiting)
    if refusal == "quota-is-used-up":
        return RuleViolation("quota-is-used-up", quota=quota)
    return RuleViolation("earlier-application-comes-first", waiting=waiting) if refusal else None
