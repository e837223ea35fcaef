"""The rules of applications about a certificate, of its numbers and its quota, each a sentence."""

from sqlalchemy import select

from models.acts.decision import certificate_stands, place_is_left
from models.application import Application
from models.base import stored
from models.certificate import Certificate
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    CertificateStatus,
    Origin,
    VersionStatus,
)
from models.errors import RuleViolation
from models.hooks.guard_certificate_change import CHANGE_GUARDS
from models.hooks.guarding import Guard, Judgement, ask
from models.questions.applicants import are_one_person
from models.questions.calendar import working_calendar
from models.questions.certificates import IS_PENDING_RENEWAL
from models.rules.certificate_grounds import WHEN_FILED, stands_in
from models.rules.numbering import pattern_problems
from models.rules.renewal import ONE_DAY, day_before_expiry
from models.rules.transitions import CLOSED_STATUSES, IN_FORCE

Case, Kind = ApplicationStatus, ApplicationKind
EXPIRED = CertificateStatus.EXPIRED
UNDECIDED = (Case.RECEIVED, Case.CORRECTING, Case.ACCEPTED)
ENDED_BY_A_PERSON = CLOSED_STATUSES | {Case.GRANTED}


def _is_native(j: Judgement) -> bool:
    return j.row.origin is not Origin.IMPORTED


def _is_received_now(j: Judgement) -> bool:
    case: Application = j.row
    came_in = case.status is Case.RECEIVED and j.change.was("status") in (None, Case.DRAFT)
    return _is_native(j) and came_in


def _is_granted_now(j: Judgement) -> bool:
    entered = j.change.changed("status") and j.row.status is Case.GRANTED
    return _is_native(j) and entered


def application_names_its_certificate(j: Judgement) -> None:
    """Art. 49, 50: only a new permit is applied for without a present certificate."""
    case: Application = j.row
    if not _is_native(j):
        return
    prior = case.prior_certificate
    if case.kind is Kind.NEW and prior is not None:
        raise RuleViolation("new-permit-has-no-certificate", field="prior_certificate")
    if case.kind is not Kind.NEW and prior is None:
        raise RuleViolation("application-names-no-certificate", field="prior_certificate")


def kind_is_fixed_at_receipt(j: Judgement) -> None:
    """What is applied for, and about which certificate, does not change after receipt."""
    if j.change.is_new or j.change.was("status") is Case.DRAFT:
        return
    for column in ("kind", "prior_certificate_id"):
        if j.change.changed(column):
            raise RuleViolation("case-is-pinned", field=column)


def certificate_is_of_this_item(j: Judgement) -> None:
    """An application is about a certificate of its own item."""
    case: Application = j.row
    prior = case.prior_certificate
    if prior is not None and prior.licence_item_id != case.licence_item_id:
        raise RuleViolation("certificate-is-of-another-item", field="prior_certificate")


def certificate_is_of_the_applicant(j: Judgement) -> None:
    """Art. 9: the holder applies; a permit goes to another only where the law lets it."""
    case: Application = j.row
    prior = case.prior_certificate
    if prior is None or not _is_native(j):
        return
    is_own = prior.holder is case.applicant or are_one_person(
        j.session, prior.holder_id, case.applicant_id
    )
    if case.kind is Kind.TRANSFER:
        if not case.item_version.is_transferable:
            raise RuleViolation("permit-is-not-transferable", field="kind")
        if is_own:
            raise RuleViolation("transfer-names-a-new-holder", field="applicant")
    elif not is_own:
        raise RuleViolation("certificate-is-of-another-holder", field="prior_certificate")


def certificate_is_in_force(j: Judgement) -> None:
    """Art. 49, 50: what has ended is not amended, renewed or replaced."""
    case: Application = j.row
    prior = case.prior_certificate
    if prior is None or case.kind is Kind.NEW:
        return
    received = _is_received_now(j)
    if not received and not _is_granted_now(j):
        return
    if not received:
        ask(j, certificate_stands)
    elif not stands_in(WHEN_FILED[case.kind], stored(prior, "status"), prior.valid_until, j.today):
        raise RuleViolation("certificate-is-not-in-force", field="prior_certificate")


def renewal_is_in_its_window(j: Judgement) -> None:
    """Art. 50: only what expires is renewed, and not before its window opens."""
    case: Application = j.row
    if not _is_received_now(j) or case.kind is not Kind.RENEWAL or case.prior_certificate is None:
        return
    expiry, version = case.prior_certificate.valid_until, case.item_version
    if expiry is None:
        raise RuleViolation("certificate-never-expires", field="kind")
    if version.renewal_opens is None:
        return
    opens = day_before_expiry(
        working_calendar(j.session), expiry, version.renewal_opens, version.renewal_unit
    )
    if j.today < opens:
        raise RuleViolation("renewal-window-is-not-open", field="kind", opens=opens)


def one_application_at_a_time(j: Judgement) -> None:
    """About one certificate one application is open at a time."""
    case: Application = j.row
    if not _is_received_now(j) or case.prior_certificate_id is None:
        return
    others = select(Application.number).where(
        Application.prior_certificate_id == case.prior_certificate_id,
        Application.closed_on.is_(None),
        Application.status != Case.DRAFT,
        Application.id != (case.id or 0),
    )
    if other := j.session.scalars(others).first():
        raise RuleViolation(
            "certificate-has-an-open-application", field="prior_certificate", number=other
        )


def renewal_is_deemed_by_law(j: Judgement) -> None:
    """Art. 50: time renews what was applied for in time and not decided before it ended."""
    case: Application = j.row
    if not _is_granted_now(j) or not j.actor.is_system:
        return
    prior = case.prior_certificate
    if case.kind is not Kind.RENEWAL or prior is None:
        raise RuleViolation("move-needs-a-person", target=case.status)
    if not case.filed_in_time:
        raise RuleViolation("nothing-renews-by-silence")
    if prior.valid_until is None or j.today != prior.valid_until + ONE_DAY:
        raise RuleViolation("silence-renews-on-the-day-after", until=prior.valid_until)


def silence_has_not_decided(j: Judgement) -> None:
    """Art. 50: after expiry nobody decides, or ends undecided, what already counts as renewed.
    Silence renews nothing that was revoked or has ended otherwise."""
    case: Application = j.row
    ended = j.change.changed("status") and case.status in ENDED_BY_A_PERSON
    prior = case.prior_certificate
    if not ended or j.actor.is_system or not case.filed_in_time or prior is None:
        return
    if stored(prior, "status") not in IN_FORCE or j.change.was("status") not in UNDECIDED:
        return
    if prior.valid_until is not None and j.today > prior.valid_until:
        raise RuleViolation("silence-has-renewed", until=prior.valid_until)


def quota_is_kept(j: Judgement) -> None:
    """Art. 57: where permits are limited in number, they go in the order of acceptance."""
    if _is_granted_now(j):
        ask(j, place_is_left)


def pattern_makes_numbers(j: Judgement) -> None:
    """A pattern that cannot make numbers is not published."""
    version = j.row
    if version.status is not VersionStatus.PUBLISHED or not j.change.changed("status"):
        return
    expires = version.certificate_months is not None
    if problems := pattern_problems(version.certificate_pattern, expires=expires):
        raise RuleViolation(
            "certificate-pattern-is-wrong", field="certificate_pattern", problems=tuple(problems)
        )


def renewal_is_not_pending(j: Judgement) -> None:
    """Art. 50: what counts as renewed does not expire."""
    paper: Certificate = j.row
    if paper.status is not EXPIRED or not j.change.changed("status") or paper.id is None:
        return
    pending = select(Application.id).where(
        Application.prior_certificate_id == paper.id, IS_PENDING_RENEWAL
    )
    if j.session.scalars(pending).first() is not None:
        raise RuleViolation("renewal-is-undecided")


CERTIFICATE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "application": (
        application_names_its_certificate,
        kind_is_fixed_at_receipt,
        certificate_is_of_this_item,
        certificate_is_of_the_applicant,
        certificate_is_in_force,
        renewal_is_in_its_window,
        one_application_at_a_time,
        renewal_is_deemed_by_law,
        silence_has_not_decided,
        quota_is_kept,
    ),
    "certificate": (renewal_is_not_pending,),
    "certificate_change": CHANGE_GUARDS,
    "item_version": (pattern_makes_numbers,),
}
