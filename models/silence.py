"""What becomes lawful by itself when nobody acts: the manager's look ahead (Art. 32, 50)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.application import Application
from models.calendar import working_calendar
from models.certificate import Certificate
from models.enums import ApplicationStatus, DueCause
from models.papers import IS_PENDING_RENEWAL
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


def lawful_by_itself(session: Session, today: date, within_working_days: int) -> list[Silent]:
    """The cases whose last day to act lies at most so many working days ahead, soonest first.

    Those whose day has passed, and that time has not yet carried out, come first of all.
    """
    until = working_calendar(session).add(today, within_working_days)
    accepted = session.execute(
        select(Application, Application.notice_due_on).where(
            Application.status == ApplicationStatus.RECEIVED, Application.notice_due_on <= until
        )
    )
    renewed = session.execute(
        select(Application, Certificate.valid_until)
        .join(Certificate, Certificate.id == Application.prior_certificate_id)
        .where(
            IS_PENDING_RENEWAL, Certificate.status.in_(IN_FORCE), Certificate.valid_until <= until
        )
    )
    found = [
        *(Silent(case, DueCause.DEEMED_ACCEPTED, day) for case, day in accepted if day),
        *(Silent(case, DueCause.DEEMED_RENEWED, day) for case, day in renewed if day),
    ]
    return sorted(found, key=lambda one: (one.last_day, one.case.id))
