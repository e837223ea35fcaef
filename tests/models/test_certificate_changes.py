"""What happens to a certificate after its issue: who, on which ground, and what follows."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models import Applicant, Certificate, CertificateChange, acts
from models.enums import (
    ApplicantKind,
    ApplicationStatus,
    CertificateStatus,
    DecisionOutcome,
    Duty,
)
from models.enums import CertificateChangeKind as Kind
from models.enums import CertificateGround as Ground
from models.questions.worklists import cancellation_is_owed
from models.rules.certificate_grounds import ADVERSE, BY_THE_HEAD, TARGETS
from models.rules.transitions import moves_between
from tests.certificates import changed, paper_of, proposal, with_status
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone

TUESDAY = date(2025, 3, 4)
BY_HAND = sorted(BY_THE_HEAD | {Kind.CANCEL})
EVERYBODY = (
    "guide", "clerk", "reviewer", "decider", "head", "leader", "manager", "admin", "system",
    "security", "auditor", "applicant",
)  # fmt: skip
PROPOSERS = {"clerk", "reviewer", "head", "leader"}


def _ready_for(office: Office, kind: Kind) -> Any:
    return with_status(office, "SUSPENDED" if kind is Kind.REINSTATE else "VALID")


# --- every move of the certificate × its status -----------------------------------------------


@pytest.mark.parametrize("kind", BY_HAND)
@pytest.mark.parametrize("status", sorted(CertificateStatus))
def test_a_change_starts_from_the_statuses_that_the_law_names(
    office: Office, kind: Kind, status: str
) -> None:
    """Art. 8, 69, 70: from any other status the change is refused, and nothing moves."""
    paper = with_status(office, status)
    who = "clerk" if kind is Kind.CANCEL else "reviewer"
    if moves_between("certificate", paper.status, TARGETS[kind]):
        changed(office, paper, kind, TUESDAY)
        assert paper.status is TARGETS[kind]
        assert paper.changes[-1].effective_on == TUESDAY
    else:
        with office.refuses("unlawful-move", who, TUESDAY):
            proposal(paper, kind)


# --- every move × who --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BY_HAND)
def test_only_the_line_and_the_head_propose(office: Office, kind: Kind) -> None:
    """Art. 69: proposed by acceptance, review or the head; the record is cancelled from the
    acceptance post alone (Art. 70)."""
    paper = _ready_for(office, kind)
    for name in sorted(set(EVERYBODY) - PROPOSERS):
        with office.refuses("duty-not-held", name):
            proposal(paper, kind)
    with office.refuses("move-needs-a-person", None):
        proposal(paper, kind)
    if kind is Kind.CANCEL:
        for name in ("reviewer", "head", "leader"):
            with office.refuses("post-not-held", name):
                proposal(paper, kind)


@pytest.mark.parametrize("kind", sorted(BY_THE_HEAD))
def test_only_the_head_approves(office: Office, kind: Kind) -> None:
    """Art. 69: the head decides, in his own name; before that nothing moves."""
    paper = _ready_for(office, kind)
    before = paper.status
    with office.acts("reviewer", MONDAY):
        change = proposal(paper, kind)
    assert (paper.status, change.proposed_by) == (before, office.user("reviewer"))
    for name in sorted(PROPOSERS - {"head", "leader"}):
        with office.refuses("head-answers-proposals", name) as session:
            acts.certificate.approve(session, change)
    with office.refuses("head-answers-proposals", "head"):
        change.approved_by_id = office.user("manager").id
    for name in ("decider", "manager"):
        with office.refuses("duty-not-held", name) as session:
            acts.certificate.approve(session, change)
    with office.acts("head", TUESDAY) as session:
        acts.certificate.approve(session, change)
    assert (change.approved_on, change.effective_on) == (TUESDAY, TUESDAY)
    assert paper.status is TARGETS[kind]


@pytest.mark.parametrize("kind", sorted(BY_THE_HEAD))
def test_nobody_approves_his_own_proposal(office: Office, kind: Kind) -> None:
    """Art. 69: the head proposes as others do, and another head approves."""
    paper = _ready_for(office, kind)
    with office.acts("head", MONDAY):
        change = proposal(paper, kind)
    with office.refuses("nobody-approves-his-own-proposal", "head") as session:
        acts.certificate.approve(session, change)
    with office.acts("leader", TUESDAY) as session:
        acts.certificate.approve(session, change)
    assert paper.status is TARGETS[kind]


def test_who_decided_is_not_the_second_person(office: Office) -> None:
    """A head who granted the permit does not approve its end: the leader of the organ does."""
    office.holds_too("head", Duty.DECISION)
    case = office.reviewed()
    with office.acts("head", MONDAY):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    with office.acts("clerk", MONDAY):
        acts.decision.deliver(case)
    with office.acts("clerk", TUESDAY):
        change = proposal(case.certificate, Kind.CANCEL)
    with office.refuses("nobody-approves-his-own-proposal", "head", TUESDAY) as session:
        acts.certificate.approve(session, change)
    with office.acts("leader", TUESDAY) as session:
        acts.certificate.approve(session, change)
    assert case.certificate.status is CertificateStatus.CANCELLED


def test_a_clerk_cancels_nothing_that_is_in_force(office: Office) -> None:
    """Art. 70: on the holder's request or a ground with its proof, and the head approves."""
    paper = paper_of(office)
    for reasons, code in ((".", "reason-is-missing"), ("注销了", "reasons-are-no-sentence")):
        with office.refuses(code, "clerk"):
            proposal(paper, Kind.CANCEL, reasons=reasons)
    with office.refuses("cancellation-needs-its-proof", "clerk"):
        proposal(paper, Kind.CANCEL, proof_number="", proof_on=None)
    with office.refuses("proof-has-its-day", "clerk"):
        proposal(paper, Kind.CANCEL, proof_on=TUESDAY)
    with office.refuses("remedies-are-missing", "clerk"):
        proposal(paper, Kind.CANCEL, remedies="")
    with office.acts("clerk", MONDAY):
        change = proposal(paper, Kind.CANCEL, ground=Ground.HOLDER_REQUEST, remedies="")
    assert (paper.status, change.effective_on) == (CertificateStatus.VALID, None)
    with office.acts("head", TUESDAY) as session:
        acts.certificate.approve(session, change)
    assert (paper.status, change.effective_on) == (CertificateStatus.CANCELLED, TUESDAY)


def test_the_head_turns_a_proposal_down(office: Office) -> None:
    paper = paper_of(office)
    with office.acts("reviewer", MONDAY):
        change = proposal(paper, Kind.SUSPEND)
    with office.refuses("head-answers-proposals", "clerk") as session:
        acts.certificate.reject(session, change)
    with office.acts("head", TUESDAY) as session:
        acts.certificate.reject(session, change)
    assert (change.rejected_on, change.effective_on) == (TUESDAY, None)
    assert paper.status is CertificateStatus.VALID
    with office.refuses("certificate-change-is-fixed", "head") as session:
        acts.certificate.approve(session, change)
    with office.refuses("certificate-change-is-fixed", "head"):
        change.approved_by_id = office.user("head").id
    changed(office, paper, Kind.SUSPEND)


def test_the_acceptance_post_cancels_a_record_at_once(office: Office) -> None:
    """Art. 70: the record is cancelled (注销) without the head."""
    paper = with_status(office, "EXPIRED")
    day = date(2026, 3, 4)
    with office.acts("clerk", day):
        change = acts.certificate.cancel(
            paper, Ground.EXPIRED_NOT_RENEWED, legal_basis="第七十条", reasons="有效期届满未延续。"
        )
    assert (paper.status, change.effective_on) == (CertificateStatus.CANCELLED, day)
    assert (change.proposed_by, change.approved_by) == (office.user("clerk"), None)


def test_an_officer_steps_aside_from_his_own_certificate(office: Office) -> None:
    """The holder's own officer (回避) proposes nothing and answers nothing."""
    own = office.applicant("云杉检测有限公司", user=office.user("reviewer"))
    paper = paper_of_holder(office, own)
    with office.refuses("officer-is-the-applicant", "reviewer"):
        proposal(paper, Kind.SUSPEND)
    changed_by_others = _proposed_by(office, paper, "clerk")
    assert changed_by_others.proposed_by == office.user("clerk")


def paper_of_holder(office: Office, holder: Applicant) -> Certificate:
    case = office.received(applicant=holder, certificate_months=12)
    with office.acts("clerk", MONDAY):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)
    office.review(case, MONDAY, "reviewer2")
    with office.acts("decider", MONDAY):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
    assert case.certificate is not None
    return case.certificate


def _proposed_by(office: Office, paper: Certificate, name: str) -> CertificateChange:
    with office.acts(name, MONDAY):
        return proposal(paper, Kind.SUSPEND)


# --- status is written by nobody ----------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(set(CertificateStatus) - {CertificateStatus.VALID}))
def test_nobody_sets_the_status_of_a_certificate_by_hand(office: Office, status: str) -> None:
    """Art. 69, 70: the status follows from an approved change."""
    paper = paper_of(office)
    is_timed = status == "EXPIRED"
    code = "move-is-made-by-time" if is_timed else "move-follows-from-an-act"
    for name in ("clerk", "head"):
        with office.refuses("duty-not-held" if name == "head" else code, name):
            paper.status = CertificateStatus[status]
    with office.refuses("certificate-is-valid" if is_timed else code, None):
        paper.status = CertificateStatus[status]


@pytest.mark.parametrize("kind", [Kind.SUPERSEDE, Kind.EXPIRE])
def test_nobody_records_what_follows_by_itself(office: Office, kind: Kind) -> None:
    paper = paper_of(office)
    ground = Ground.NEW_EDITION if kind is Kind.SUPERSEDE else Ground.VALIDITY_ENDED
    with office.refuses("move-follows-from-an-act", "clerk"):
        acts.certificate.propose(paper, kind, ground)


def test_expiry_leaves_its_record(office: Office) -> None:
    """Art. 70: the record of a certificate tells its expiry too."""
    paper = with_status(office, "EXPIRED")
    record = paper.changes[-1]
    assert (record.kind, record.ground) == (Kind.EXPIRE, Ground.VALIDITY_ENDED)
    assert (record.effective_on, record.proposed_by_id) == (date(2026, 3, 3), None)


def test_what_took_effect_is_not_rewritten(office: Office) -> None:
    paper = paper_of(office)
    change = changed(office, paper, Kind.SUSPEND)
    with office.refuses("certificate-change-is-fixed", "head"):
        change.reasons = "另有原因"
    with office.refuses("certificate-change-is-fixed", "head") as session:
        acts.certificate.reject(session, change)
    with office.refuses("row-is-never-deleted", "head") as session:
        session.delete(change)


def test_a_proposal_is_not_rewritten(office: Office) -> None:
    paper = paper_of(office)
    with office.acts("reviewer", MONDAY):
        change = proposal(paper, Kind.SUSPEND)
    with office.refuses("certificate-change-is-fixed", "reviewer"):
        change.kind = Kind.REVOKE
    with office.refuses("column-is-derived", "head"):
        change.effective_on = MONDAY


def test_one_proposal_waits_at_a_time(office: Office) -> None:
    paper = paper_of(office)
    with office.acts("reviewer", MONDAY):
        proposal(paper, Kind.SUSPEND)
    with office.refuses("change-is-proposed-already", "reviewer"):
        proposal(paper, Kind.REVOKE)


@pytest.mark.parametrize("column", ["certificate", "kind", "ground"])
def test_a_change_says_what_happens_to_what_and_why(office: Office, column: str) -> None:
    paper = paper_of(office)
    values = {"certificate": paper, "kind": Kind.SUSPEND, "ground": Ground.SERIOUS_VIOLATION}
    with office.refuses("is-missing", "reviewer") as session:
        session.add(CertificateChange(**{**values, column: None}))


# --- grounds and texts ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BY_HAND)
def test_a_change_rests_on_one_of_its_own_grounds(office: Office, kind: Kind) -> None:
    """Art. 8, 69, 70: a ground of another kind is refused."""
    paper = _ready_for(office, kind)
    wrong = Ground.LAW_CHANGED if kind is not Kind.WITHDRAW else Ground.ULTRA_VIRES
    who = "clerk" if kind is Kind.CANCEL else "reviewer"
    with office.refuses("ground-does-not-fit", who):
        proposal(paper, kind, ground=wrong)


@pytest.mark.parametrize(
    ("ground", "status", "fits"),
    [
        (Ground.EXPIRED_NOT_RENEWED, "EXPIRED", True),
        (Ground.EXPIRED_NOT_RENEWED, "VALID", False),
        (Ground.PERMIT_ENDED, "REVOKED", True),
        (Ground.PERMIT_ENDED, "WITHDRAWN", True),
        (Ground.PERMIT_ENDED, "PUNITIVELY_REVOKED", True),
        (Ground.PERMIT_ENDED, "SUSPENDED", False),
        (Ground.LEGAL_PERSON_ENDED, "VALID", True),
        (Ground.PERSON_DEAD_OR_INCAPABLE, "VALID", False),
        (Ground.FORCE_MAJEURE, "SUSPENDED", True),
        (Ground.OTHER_LAWFUL, "VALID", True),
        (Ground.HOLDER_REQUEST, "VALID", True),
        (Ground.HOLDER_REQUEST, "REVOKED", False),
    ],
)
def test_a_cancellation_has_the_ground_of_its_case(
    office: Office, ground: Ground, status: str, fits: bool
) -> None:
    """Art. 70: the six grounds, each only where it can be one; the holder is an enterprise."""
    paper = with_status(office, status)
    assert paper.holder.kind is ApplicantKind.ORGANISATION
    if fits:
        changed(office, paper, Kind.CANCEL, TUESDAY, ground=ground)
        assert paper.status is CertificateStatus.CANCELLED
    else:
        with office.refuses("ground-does-not-fit", "clerk", TUESDAY):
            proposal(paper, Kind.CANCEL, ground=ground)


@pytest.mark.parametrize("kind", BY_HAND)
def test_a_change_is_made_in_writing(office: Office, kind: Kind) -> None:
    """Art. 69, 70: with reasons, basis, and the remedies of whom it is against."""
    paper = _ready_for(office, kind)
    who = "clerk" if kind is Kind.CANCEL else "reviewer"
    with office.refuses("reason-is-missing", who):
        proposal(paper, kind, reasons=" ")
    with office.refuses("legal-basis-is-missing", who):
        proposal(paper, kind, legal_basis="")
    if kind in ADVERSE:
        with office.refuses("remedies-are-missing", who):
            proposal(paper, kind, remedies="")


@pytest.mark.parametrize("kind", [Kind.REVOKE, Kind.WITHDRAW])
def test_the_holders_loss_is_made_good(office: Office, kind: Kind) -> None:
    """Art. 8, 69 ¶4: a revocation or withdrawal says how the holder is compensated."""
    paper = paper_of(office)
    with office.refuses("compensation-is-missing", "reviewer"):
        proposal(paper, kind, compensation="")


def test_what_fraud_gained_is_not_compensated(office: Office) -> None:
    """Art. 69 ¶2: an interest gained by fraud or bribery is not protected."""
    paper = paper_of(office)
    fraud = {"ground": Ground.FRAUD_OR_BRIBERY}
    with office.refuses("compensation-is-not-owed", "reviewer"):
        proposal(paper, Kind.REVOKE, **fraud, compensation="赔偿")
    changed(office, paper, Kind.REVOKE, **fraud, compensation="")
    assert paper.status is CertificateStatus.REVOKED


def test_what_would_harm_the_public_is_not_revoked(office: Office) -> None:
    """Art. 69 ¶3: the proposal may be made; it is never approved."""
    paper = paper_of(office)
    with office.acts("reviewer", MONDAY):
        change = proposal(paper, Kind.REVOKE, public_harm=True)
    with office.refuses("revocation-would-harm-the-public", "head") as session:
        acts.certificate.approve(session, change)
    with office.acts("head", TUESDAY) as session:
        acts.certificate.reject(session, change)
    assert paper.status is CertificateStatus.VALID


# --- what is owed afterwards ---------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(CertificateStatus))
def test_a_cancellation_is_owed_for_a_permit_that_has_ended(office: Office, status: str) -> None:
    """Art. 70: 撤销, 撤回, 吊销 and expiry are each followed by 注销."""
    paper = with_status(office, status)
    listed = office.session.scalars(select(Certificate).where(cancellation_is_owed())).all()
    owed = status in {"REVOKED", "WITHDRAWN", "PUNITIVELY_REVOKED", "EXPIRED"}
    assert (paper in listed) is owed
