"""The certificate that a granted case issues: a first one, or a new edition of the present one."""

from datetime import date, timedelta

from models.base import stored
from models.certificate import Certificate, Decision
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    CertificateChangeKind,
    CertificateGround,
    CertificateStatus,
    DecisionOutcome,
    StepStatus,
)
from models.errors import RuleViolation
from models.hooks.case_change import CaseChange
from models.hooks.case_steps import UNFINISHED
from models.hooks.derive_certificate import record_change
from models.hooks.numbers import take_number
from models.rules.numbering import (
    counter_year,
    last_valid_day,
    number_of,
    series_is_full,
)
from models.rules.renewal import last_day_in_time

ONE_DAY = timedelta(days=1)
DEEMED_BASIS = "《中华人民共和国行政许可法》第五十条"
CANCELLATION_BASIS = "《中华人民共和国行政许可法》第七十条"
CANCELLED_ON_REQUEST = "被许可人申请注销"


def find_prior_certificate(change: CaseChange) -> None:
    """The certificate that the case is about, also when only its key was set."""
    case, key = change.case, change.case.prior_certificate_id
    if key is not None and (case.prior_certificate is None or case.prior_certificate.id != key):
        case.prior_certificate = change.session.get(Certificate, key)


def issue_certificate(change: CaseChange) -> None:
    """What a grant brings: a certificate, a new edition of it, or the end of its record."""
    case, prior = change.case, change.case.prior_certificate
    if prior is None:
        if case.item_version.certificate_series:
            _issue_first(change)
    elif case.kind is ApplicationKind.CANCELLATION:
        record_change(
            change.acting,
            prior,
            CertificateChangeKind.CANCEL,
            CertificateGround.HOLDER_REQUEST,
            reasons=CANCELLED_ON_REQUEST,
            legal_basis=CANCELLATION_BASIS,
        )
    else:
        _issue_next_edition(change, prior)


def _issue_first(change: CaseChange) -> None:
    valid_until = last_valid_day(change.today, change.case.item_version.certificate_months)
    number = _next_number(change, valid_until)
    _issue(change, number, 1, change.today, valid_until, CertificateStatus.VALID)


def _issue_next_edition(change: CaseChange, prior: Certificate) -> None:
    valid_from, valid_until = change.today, prior.valid_until
    if change.case.kind is ApplicationKind.RENEWAL:
        if prior.valid_until is not None and change.today <= prior.valid_until:
            valid_from = prior.valid_until + ONE_DAY
        valid_until = last_valid_day(valid_from, change.case.item_version.certificate_months)
    # A suspension is lifted by its own order, not by a renewal.
    suspended = prior.status is CertificateStatus.SUSPENDED
    status = CertificateStatus.SUSPENDED if suspended else CertificateStatus.VALID
    _issue(change, prior.number, prior.edition + 1, valid_from, valid_until, status)
    record_change(
        change.acting, prior, CertificateChangeKind.SUPERSEDE, CertificateGround.NEW_EDITION
    )


def _issue(
    change: CaseChange,
    number: str,
    edition: int,
    valid_from: date,
    valid_until: date | None,
    status: CertificateStatus,
) -> None:
    case, version = change.case, change.case.item_version
    case.certificate = Certificate(
        licence_item_id=case.licence_item_id,
        number=number,
        edition=edition,
        kind=version.certificate_kind,
        name=version.certificate_name,
        holder=case.applicant,
        holder_id=case.applicant_id,
        holder_name=case.applicant.name if case.applicant else "",
        issued_on=change.today,
        valid_from=valid_from,
        valid_until=valid_until,
        status=status,
    )


def _next_number(change: CaseChange, valid_until: date | None) -> str:
    version, today = change.case.item_version, change.today
    pattern, series = version.certificate_pattern, version.certificate_series
    taken = take_number(
        change.session.connection(), f"certificate:{series}", counter_year(pattern, today)
    )
    if series_is_full(pattern, taken):
        raise RuleViolation("number-series-is-full", series=series)
    return number_of(series, pattern, today, valid_until, taken)


def renew_by_silence(change: CaseChange) -> None:
    """Art. 50: nobody decided before the permit ended, so it counts as renewed."""
    case = change.case
    case.decision = Decision(
        outcome=DecisionOutcome.GRANTED,
        is_deemed=True,
        decided_on=change.today,
        legal_basis=DEEMED_BASIS,
    )
    case.accepted_on = case.accepted_on or change.today
    case.accepted_at = case.accepted_at or change.acting.now()
    case.correction_due_on = None
    case.suspended_since = None
    for suspension in case.suspensions:
        suspension.ended_on = suspension.ended_on or max(suspension.started_on, change.today)
    for step in case.steps:
        if step.status in UNFINISHED:
            step.status = StepStatus.CANCELLED


def stamp_certificate_facts(change: CaseChange) -> None:
    """When a renewal was filed, in which order a case was accepted, who handed the paper over."""
    case, paper = change.case, change.case.certificate
    if change.entered is ApplicationStatus.RECEIVED and _is_first_receipt(change):
        case.filed_in_time = is_in_time(change, change.today)
    if change.entered is ApplicationStatus.ACCEPTED:
        # Silence accepts as of the receipt, and so in its order.
        case.accepted_at = case.received_at if case.deemed_accepted else change.acting.now()
    if change.entered is ApplicationStatus.DELIVERED and paper is not None:
        paper.delivered_by_id = change.acting.actor.user_id


def _is_first_receipt(change: CaseChange) -> bool:
    return stored(change.case, "status") in (None, ApplicationStatus.DRAFT)


def is_in_time(change: CaseChange, day: date) -> bool:
    """Whether a renewal that came on ``day`` came inside its window (Art. 50)."""
    case, prior = change.case, change.case.prior_certificate
    if case.kind is not ApplicationKind.RENEWAL or prior is None or prior.valid_until is None:
        return False
    version = case.item_version
    return day <= last_day_in_time(
        change.calendar, prior.valid_until, version.renewal_window, version.renewal_unit
    )
