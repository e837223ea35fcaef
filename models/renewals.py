"""What time does to certificates (Art. 50): silence renews, and what is not renewed expires."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.acting import SYSTEM, acting_as, utc_now
from models.application import Application
from models.certificate import Certificate
from models.enums import ApplicationStatus, CertificateStatus
from models.papers import IS_PENDING_RENEWAL
from models.rules.renewal import ONE_DAY
from models.rules.transitions import IN_FORCE

Now = Callable[[], datetime]


def deem_renewed_on(session: Session, day: date, now: Now = utc_now) -> int:
    """Renew, as of the day after expiry, what was applied for in time and not decided before.

    As SYSTEM, one transaction for each, oldest first; ``day`` is the office's present day and
    may be later than the lawful one. Runs before ``expire_on``.
    """
    rows = session.execute(
        select(Application.id, Certificate.valid_until)
        .join(Certificate, Certificate.id == Application.prior_certificate_id)
        .where(IS_PENDING_RENEWAL, Certificate.status.in_(IN_FORCE), Certificate.valid_until < day)
        .order_by(Certificate.valid_until, Application.id)
    ).all()
    for key, valid_until in rows:
        with _on_the_day_after(session, valid_until, now):
            session.get_one(Application, key).status = ApplicationStatus.GRANTED
    return len(rows)


def expire_on(session: Session, day: date, now: Now = utc_now) -> int:
    """Let certificates expire on the day after their last valid one; those of which silence
    makes a renewal stay. As SYSTEM, one transaction for each."""
    pending = exists().where(Application.prior_certificate_id == Certificate.id, IS_PENDING_RENEWAL)
    rows = session.execute(
        select(Certificate.id, Certificate.valid_until)
        .where(Certificate.status.in_(IN_FORCE), Certificate.valid_until < day, ~pending)
        .order_by(Certificate.valid_until, Certificate.id)
    ).all()
    for key, valid_until in rows:
        with _on_the_day_after(session, valid_until, now):
            session.get_one(Certificate, key).status = CertificateStatus.EXPIRED
    return len(rows)


@contextmanager
def _on_the_day_after(session: Session, valid_until: date | None, now: Now) -> Iterator[None]:
    """Act as SYSTEM on the lawful day, however late that is, and commit at the end."""
    assert valid_until is not None, "what never expires is not looked for"
    with acting_as(session, SYSTEM, valid_until + ONE_DAY, now):
        yield
        session.commit()
