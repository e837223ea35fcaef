"""The records of checks that the public may consult (Art. 61)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.supervision import SupervisionRecord


def public_records(session: Session, certificate_id: int) -> Sequence[SupervisionRecord]:
    """The signed records of a certificate that the public may consult (Art. 61), latest first."""
    return session.scalars(
        select(SupervisionRecord)
        .where(
            SupervisionRecord.certificate_id == certificate_id,
            SupervisionRecord.signed_on.is_not(None),
            SupervisionRecord.is_public,
        )
        .order_by(SupervisionRecord.visited_on.desc(), SupervisionRecord.id.desc())
    ).all()
