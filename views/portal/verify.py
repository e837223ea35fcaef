"""Whether a certificate is genuine, and how it stands now: for whoever holds it."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask_babel import gettext
from sqlalchemy import select

from models import Certificate
from models.database import db
from models.enums import ApplicantKind, CertificateStatus
from views.current import current_day
from views.portal.frame import NothingOfThatName, public_name
from views.verification import qr_image, verify_address
from views.words.labels import member_label
from views.words.values import localised, show

LONGEST_TOKEN = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands: in words, and whether one may rely on it."""

    words: str
    holds: bool


def standing_of(paper: Certificate, today: date) -> Standing:
    """The status as of today, also before the night's work has entered it."""
    if paper.status is CertificateStatus.VALID:
        if paper.valid_until is not None and paper.valid_until < today:
            return Standing(str(member_label(CertificateStatus.EXPIRED)), holds=False)
        if paper.valid_from > today:
            return Standing(gettext("Not yet in force"), holds=False)
    return Standing(str(member_label(paper.status)), paper.status is CertificateStatus.VALID)


def verify(token: str) -> str:
    """What the office says about the certificate of this token, and to nobody without it."""
    paper = (
        db.session.scalar(select(Certificate).where(Certificate.verify_token == token))
        if len(token) <= LONGEST_TOKEN
        else None
    )
    if paper is None:
        raise NothingOfThatName(
            gettext("The office has issued no certificate with this verification code.")
        )
    today = current_day()
    address = verify_address(paper)
    return render_template(
        "portal/verify.html",
        standing=standing_of(paper, today),
        newer=_newer(paper),
        entry=_entry(paper),
        today=show(today),
        facts=_facts(paper),
        is_confidential=paper.application.is_confidential,
        token=token,
        address=address,
        qr=qr_image(address),
    )


def _newer(paper: Certificate) -> str:
    """By which edition this one was superseded; a confidential one is not described (Art. 5)."""
    newest = max(paper.editions, key=lambda edition: edition.edition)
    if newest.edition == paper.edition:
        return ""
    if newest.application.is_confidential:
        return str(gettext("A newer edition with the same number has superseded it."))
    return str(
        gettext(
            "Edition %(edition)s with the same number, issued on %(day)s, has superseded it.",
            edition=newest.edition,
            day=show(newest.issued_on),
        )
    )


def _entry(paper: Certificate) -> str:
    """The address in the register, where the certificate is published."""
    if paper.application.is_confidential:
        return ""
    return url_for("portal.entry", number=paper.number)


def _facts(paper: Certificate) -> list[tuple[str, str]]:
    """What the certificate states; of a confidential case its number only (Art. 5)."""
    number = (gettext("Number of the certificate"), paper.number)
    if paper.application.is_confidential:
        return [number]
    is_person = paper.holder.kind is ApplicantKind.PERSON
    until = show(paper.valid_until) if paper.valid_until else gettext("without an end")
    return [
        number,
        (gettext("Edition"), str(paper.edition)),
        (gettext("Certificate"), paper.name),
        (gettext("Item"), str(localised(paper.licence_item, "name"))),
        (gettext("Holder"), public_name(paper.holder_name, is_person=is_person)),
        (gettext("Issued on"), show(paper.issued_on)),
        (gettext("Valid from"), show(paper.valid_from)),
        (gettext("Valid until"), str(until)),
    ]
