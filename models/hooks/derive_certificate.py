"""What follows for a certificate: its status from a change record, a record from the time."""

from datetime import date

from sqlalchemy import inspect
from sqlalchemy.orm import object_session

from models.acting import Acting
from models.certificate import Certificate
from models.certificate_change import CertificateChange
from models.enums import BanCause, CertificateChangeKind, CertificateGround, CertificateStatus
from models.hooks.bans import ban
from models.hooks.case_decision import stamp_answer
from models.hooks.changes import Change
from models.rules.certificate_grounds import TARGETS, ban_follows, needs_a_second_person

CERTIFICATE_TABLES = frozenset({"certificate", "certificate_change"})


def derive_certificate(change: Change, acting: Acting) -> None:
    """Sign a change record and let it take effect; record what time did to a certificate."""
    row = change.row
    if isinstance(row, CertificateChange):
        _sign(row, acting)
    elif isinstance(row, Certificate) and change.changed("status"):
        if row.status is CertificateStatus.EXPIRED and change.was("status") is not row.status:
            record_change(
                acting, row, CertificateChangeKind.EXPIRE, CertificateGround.VALIDITY_ENDED
            )


def _sign(row: CertificateChange, acting: Acting) -> None:
    if not inspect(row).persistent:
        row.proposed_on, row.proposed_by_id = acting.today, acting.actor.user_id
    is_approved = stamp_answer(row, acting.today)
    is_at_once = not inspect(row).persistent and not needs_a_second_person(
        row.kind, row.certificate.status
    )
    if (is_approved or is_at_once) and row.effective_on is None:
        row.effective_on = acting.today
        row.certificate.status = TARGETS[row.kind]
        _ban_holder(row, acting.today)


# Ending of a permit → what it bans its holder for (Art. 79, and the items' own law).
_CAUSES = {
    CertificateChangeKind.REVOKE: BanCause.FRAUD,
    CertificateChangeKind.PUNITIVE_REVOKE: BanCause.PUNITIVE_REVOCATION,
}


def _ban_holder(row: CertificateChange, today: date) -> None:
    """Who got a permit by fraud, or lost it as a punishment, may not apply again for a while."""
    paper = row.certificate
    version = paper.application.item_version
    months = ban_follows(
        row.kind,
        row.ground,
        is_safety_item=version.is_safety_item,
        ban_months=version.ban_months,
    )
    session = object_session(row)
    if months is None or session is None:
        return
    ban(
        session, paper.application, paper.holder, paper.licence_item, _CAUSES[row.kind], today,
        months=months, reasons=row.reasons,
    )  # fmt: skip


def record_change(
    acting: Acting,
    paper: Certificate,
    kind: CertificateChangeKind,
    ground: CertificateGround,
    **texts: str,
) -> None:
    """Record a change that follows from another act, or from time, and let it take effect."""
    paper.status = TARGETS[kind]
    paper.changes.append(
        CertificateChange(
            kind=kind,
            ground=ground,
            **texts,
            proposed_on=acting.today,
            proposed_by_id=acting.actor.user_id,
            effective_on=acting.today,
        )
    )
