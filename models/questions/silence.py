"""What becomes lawful by itself when nobody acts: the manager's look ahead (Art. 32, 50)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.application import Application
from models.certificate import Certificate
from models.enums import ApplicationStatus, DueCause
from models.questions.calendar import working_calendar
from models.questions.certificates import IS_PENDING_RENEWAL
from models.questions.worklists import is_open
from models.rules.renewal import ONE_DAY
from models.rules.transitions import IN_FORCE


@dataclass(frozen=True, slots=True)
class Silent:
    """A case that silence is about to accept or to renew: what, and on which day."""

    case: Application
    cause: DueCause
    last_day: date

    @property
    def happens_on(self) -> date:
        """The day on which the law does what nobody did."""
        return self.last_day + ONE_DAY


def accepts_itself(until: date) -> ColumnElement[bool]:
    """Received, and silence accepts it after ``until`` at the latest (Art. 32)."""
    is_received = Application.status == ApplicationStatus.RECEIVED
    return and_(is_open(), is_received, Application.notice_due_on <= until)


def renews_itself(until: date) -> ColumnElement[bool]:
    """A renewal in time whose permit ends on ``until`` at the latest, undecided (Art. 50)."""
    ending = select(Certificate.id).where(
        Certificate.id == Application.prior_certificate_id,
        Certificate.status.in_(IN_FORCE),
        Certificate.valid_until <= until,
    )
    return and_(is_open(), IS_PENDING_RENEWAL, ending.correlate(Application).exists())


def days_ahead(session: Session, today: date, working_days: int) -> date:
    """The last day of the look ahead over so many working days."""
    return working_calendar(session).add(today, working_days)


def lawful_by_itself(session: Session, today: date, within_working_days: int) -> list[Silent]:
    """The cases whose last day to act lies at most so many working days ahead, soonest first.

    Those whose day has passed, and that time has not yet carried out, come first of all.
    """
    until = days_ahead(session, today, within_working_days)
    accepted = session.execute(
        select(Application, Application.notice_due_on).where(accepts_itself(until))
    )
    renewed = session.execute(
        select(Application, Certificate.valid_until)
        .join(Certificate, Certificate.id == Application.prior_certificate_id)
        .where(renews_itself(until))
    )
    found = [
        *(Silent(case, DueCause.DEEMED_ACCEPTED, day) for case, day in accepted if day),
        *(Silent(case, DueCause.DEEMED_RENEWED, day) for case, day in renewed if day),
    ]
    return sorted(found, key=lambda one: (one.last_day, one.case.id))
