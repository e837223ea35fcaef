"""What time does to certificates (Art. 50): silence renews, and what is not renewed expires."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, select

from models.application import Application
from models.by_time.timely import ONE_DAY, Deed, sets_status
from models.certificate import Certificate
from models.enums import ApplicationStatus, CertificateStatus
from models.questions.certificates import IS_PENDING_RENEWAL
from models.rules.transitions import IN_FORCE


def _has_ended(day: date) -> ColumnElement[bool]:
    return and_(Certificate.status.in_(IN_FORCE), Certificate.valid_until < day)


def _was_not_decided(day: date) -> ColumnElement[bool]:
    ended = select(Certificate.id).where(_has_ended(day))
    return and_(IS_PENDING_RENEWAL, Application.prior_certificate_id.in_(ended))


def _is_not_renewed(day: date) -> ColumnElement[bool]:
    pending = exists().where(Application.prior_certificate_id == Certificate.id, IS_PENDING_RENEWAL)
    return and_(_has_ended(day), ~pending)


# Art. 50: what was applied for in time, and not decided before the certificate ended, is renewed
# on the day after its last valid one. It comes before the expiry.
deem_renewed_on = Deed(
    Application,
    _was_not_decided,
    lambda case, _day: case.prior_certificate.valid_until + ONE_DAY,
    sets_status(ApplicationStatus.GRANTED),
)
# Art. 70: a certificate is in force up to and including its last valid day.
expire_on = Deed(
    Certificate,
    _is_not_renewed,
    lambda paper, _day: paper.valid_until + ONE_DAY,
    sets_status(CertificateStatus.EXPIRED),
)
