"""The one way in which a ban is written: by the hooks, never by hand (Art. 78, 79)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.application import Applicant, Application
from models.catalogue import LicenceItem
from models.enums import BanCause
from models.intake import ApplicationBan
from models.questions.applicants import same_person
from models.rules.intake import ban_end


def ban(
    session: Session,
    case: Application | None,
    applicant: Applicant,
    item: LicenceItem,
    cause: BanCause,
    starts_on: date,
    *,
    months: int | None = None,
    reasons: str = "",
) -> ApplicationBan | None:
    """Ban ``applicant`` from applying for ``item`` again; ``case`` is where the cause was found.

    ``months`` is the item's own ban after a punitive revocation. None: it knows no such ban.
    """
    ends_on = ban_end(cause, starts_on, months)
    if ends_on is None:
        return None
    row = ApplicationBan(
        applicant=applicant,
        licence_item=item,
        cause=cause,
        starts_on=starts_on,
        ends_on=ends_on,
        application=case,
        reasons=reasons,
    )
    session.add(row)
    return row


def banned_until(session: Session, applicant_id: int, item_id: int, day: date) -> date | None:
    """The last day of the longest ban that holds on ``day``; None when none does."""
    return session.scalar(
        select(ApplicationBan.ends_on)
        .where(
            ApplicationBan.applicant_id.in_(same_person(applicant_id)),
            ApplicationBan.licence_item_id == item_id,
            ApplicationBan.starts_on <= day,
            ApplicationBan.ends_on >= day,
        )
        .order_by(ApplicationBan.ends_on.desc())
        .limit(1)
    )
