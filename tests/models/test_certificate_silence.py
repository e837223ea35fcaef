"""Art. 50: an undecided renewal is deemed granted; what is not renewed expires."""

from collections.abc import Callable
from datetime import date

import pytest

from models import Application, acts
from models.by_time.renewals import deem_renewed_on, expire_on
from models.enums import ApplicationKind as Asked
from models.enums import ApplicationStatus as Case
from models.enums import (
    CertificateChangeKind,
    CertificateStatus,
    DecisionOutcome,
    DueCause,
    StepStatus,
    TerminationGround,
)
from models.questions.silence import lawful_by_itself
from tests.certificates import about, changed, paper_of
from tests.factories import MONDAY, TERMINATION, Office

pytestmark = pytest.mark.hooks_alone

EXPIRY = date(2026, 3, 2)
THE_DAY_AFTER = date(2026, 3, 3)
LONG_AFTER = date(2026, 4, 15)
FILED = date(2026, 1, 12)


def _received(_office: Office, _case: Application) -> None:
    """As it came in."""


def _correcting(office: Office, case: Application) -> None:
    with office.acts("clerk", FILED):
        acts.intake.ask_correction(case, "缺少声明")


def _accepted(office: Office, case: Application) -> None:
    with office.acts("clerk", FILED):
        acts.intake.move(case, Case.ACCEPTED)


def _paused(office: Office, case: Application) -> None:
    _accepted(office, case)
    office.suspend(case, FILED, date(2026, 3, 20))


STATES: dict[str, Callable[[Office, Application], None]] = {
    "received": _received,
    "correcting": _correcting,
    "accepted": _accepted,
    "paused": _paused,
}


def _renewal(office: Office, state: str = "accepted", day: date = FILED) -> Application:
    case = about(office, Asked.RENEWAL, paper_of(office), day)
    STATES[state](office, case)
    return case


@pytest.mark.parametrize("state", sorted(STATES))
def test_silence_renews_on_the_day_after_expiry(office: Office, state: str) -> None:
    """Art. 50: an in-time renewal that nobody decided is renewed, wherever it stands."""
    case = _renewal(office, state)
    old = case.prior_certificate
    assert old is not None
    assert deem_renewed_on(office.session, EXPIRY) == 0
    assert deem_renewed_on(office.session, THE_DAY_AFTER) == 1
    assert deem_renewed_on(office.session, THE_DAY_AFTER) == 0
    assert expire_on(office.session, THE_DAY_AFTER) == 0
    new = case.certificate
    assert new is not None
    assert (case.status, case.decided_on) == (Case.GRANTED, THE_DAY_AFTER)
    assert (new.number, new.edition) == (old.number, 2)
    assert (new.valid_from, new.valid_until) == (THE_DAY_AFTER, date(2027, 3, 2))
    assert old.status is CertificateStatus.SUPERSEDED
    assert case.accepted_on is not None
    assert case.due_on == date(2026, 3, 17)  # ten working days to deliver
    assert (case.suspended_since, case.correction_due_on) == (None, None)
    assert all(s.ended_on == THE_DAY_AFTER for s in case.suspensions)
    assert {s.status for s in case.steps} <= {StepStatus.DONE, StepStatus.CANCELLED}
    assert case.due_date_changes[-1].cause is DueCause.DEEMED_RENEWED


def test_the_deemed_decision_is_nobodys(office: Office) -> None:
    """Art. 50: it has a basis and a day, and no decider."""
    case = _renewal(office)
    deem_renewed_on(office.session, THE_DAY_AFTER)
    decision = case.decision
    assert decision is not None
    assert (decision.is_deemed, decision.decided_by_id) == (True, None)
    assert (decision.outcome, decision.decided_on) == (DecisionOutcome.GRANTED, THE_DAY_AFTER)
    assert "第五十条" in decision.legal_basis
    with office.acts("clerk", date(2026, 3, 4)):
        acts.decision.deliver(case)
    assert case.closed_on == date(2026, 3, 4)


def test_catching_up_keeps_the_lawful_day(office: Office) -> None:
    """Art. 50: run weeks late, the renewal is still of the day after expiry."""
    case = _renewal(office)
    assert deem_renewed_on(office.session, LONG_AFTER) == 1
    assert case.decided_on == THE_DAY_AFTER
    assert case.certificate is not None
    assert case.certificate.valid_from == THE_DAY_AFTER
    assert case.due_date_changes[-1].effective_on == THE_DAY_AFTER


def test_a_late_renewal_is_not_deemed_and_the_permit_expires(office: Office) -> None:
    """Art. 50: only what was applied for in time is renewed by silence."""
    case = _renewal(office, day=date(2026, 2, 2))
    assert case.filed_in_time is False
    assert deem_renewed_on(office.session, LONG_AFTER) == 0
    assert expire_on(office.session, LONG_AFTER) == 1
    old = case.prior_certificate
    assert old is not None
    assert (old.status, old.changes[-1].effective_on) == (CertificateStatus.EXPIRED, THE_DAY_AFTER)
    with office.refuses("nothing-renews-by-silence", None, THE_DAY_AFTER):
        acts.intake.move(case, Case.GRANTED)


@pytest.mark.parametrize("suspended", [False, True])
def test_a_permit_expires_on_the_day_after_its_last(office: Office, suspended: bool) -> None:
    """Art. 50, 70: suspended or not, with the lawful day on its record."""
    paper = paper_of(office)
    if suspended:
        changed(office, paper, CertificateChangeKind.SUSPEND)
    assert expire_on(office.session, EXPIRY) == 0
    assert expire_on(office.session, LONG_AFTER) == 1
    assert expire_on(office.session, LONG_AFTER) == 0
    assert paper.status is CertificateStatus.EXPIRED
    assert paper.changes[-1].effective_on == THE_DAY_AFTER


def test_what_never_expires_stays(office: Office) -> None:
    paper = paper_of(office, months=None)
    assert expire_on(office.session, date(2029, 1, 1)) == 0
    assert paper.status is CertificateStatus.VALID


def test_a_permit_with_an_undecided_renewal_does_not_expire(office: Office) -> None:
    """Art. 50: renewals first; the expiry of what silence renews is refused."""
    case = _renewal(office)
    old = case.prior_certificate
    assert old is not None
    assert expire_on(office.session, THE_DAY_AFTER) == 0
    with office.refuses("renewal-is-undecided", None, THE_DAY_AFTER):
        old.status = CertificateStatus.EXPIRED


def test_silence_does_not_renew_before_or_long_after(office: Office) -> None:
    """Art. 50: on the day after expiry and on no other."""
    case = _renewal(office)
    for day in (EXPIRY, LONG_AFTER):
        with office.refuses("silence-renews-on-the-day-after", None, day):
            acts.intake.move(case, Case.GRANTED)


@pytest.mark.parametrize("state", ["received", "correcting"])
def test_no_person_deems_a_renewal(office: Office, state: str) -> None:
    """Art. 50: time does it."""
    case = _renewal(office, state)
    for name in ("clerk", "decider"):
        with office.refuses("move-is-made-by-time", name, THE_DAY_AFTER):
            acts.intake.move(case, Case.GRANTED)


def test_silence_grants_no_new_permit(office: Office) -> None:
    """Art. 50 is about renewals only."""
    case = office.accepted()
    with office.refuses("move-needs-a-person", None):
        acts.intake.move(case, Case.GRANTED)


def test_nobody_calls_his_decision_deemed(office: Office) -> None:
    case = office.reviewed()
    with office.refuses("column-is-derived", "decider"):
        acts.decision.decide(case, DecisionOutcome.GRANTED)
        case.decision.is_deemed = True


def test_what_was_revoked_is_not_renewed_by_silence(office: Office) -> None:
    """Art. 69: nothing is left to renew."""
    case = _renewal(office)
    assert case.prior_certificate is not None
    changed(office, case.prior_certificate, CertificateChangeKind.REVOKE, FILED)
    assert deem_renewed_on(office.session, THE_DAY_AFTER) == 0
    with office.refuses("certificate-is-not-in-force", None, THE_DAY_AFTER):
        acts.intake.move(case, Case.GRANTED)


def test_silence_carries_a_suspension_over(office: Office) -> None:
    """Art. 50: what was suspended stays so until it is reinstated."""
    case = _renewal(office)
    assert case.prior_certificate is not None
    changed(office, case.prior_certificate, CertificateChangeKind.SUSPEND, FILED)
    assert deem_renewed_on(office.session, THE_DAY_AFTER) == 1
    assert case.certificate is not None
    assert case.certificate.status is CertificateStatus.SUSPENDED


def test_what_was_decided_in_time_is_left_alone(office: Office) -> None:
    """Art. 50: a refusal before expiry lets the permit expire."""
    case = _renewal(office)
    office.review(case, FILED)
    with office.acts("decider", FILED):
        acts.decision.decide(
            case,
            DecisionOutcome.REFUSED,
            reasons="申请不符合条件。",
            legal_basis="第三十八条",
            remedies="复议",
        )
    assert deem_renewed_on(office.session, THE_DAY_AFTER) == 0
    assert expire_on(office.session, THE_DAY_AFTER) == 1


@pytest.mark.parametrize("outcome", sorted(DecisionOutcome))
def test_after_expiry_nobody_decides_what_silence_renewed(
    office: Office, outcome: DecisionOutcome
) -> None:
    """Art. 50: even before time has carried it out, a late refusal changes nothing."""
    case = _renewal(office)
    office.review(case, FILED)
    texts = {"reasons": "不符合条件", "legal_basis": "第三十八条", "remedies": "六十日内申请复议"}
    with office.refuses("silence-has-renewed", "decider", THE_DAY_AFTER):
        acts.decision.decide(case, outcome, **texts)
    assert deem_renewed_on(office.session, LONG_AFTER) == 1


def test_a_suspension_entered_after_expiry_does_not_stop_silence(office: Office) -> None:
    """Art. 50: what was entered before time caught up ends on its own day."""
    case = _renewal(office)
    office.suspend(case, date(2026, 3, 9), date(2026, 3, 20))
    assert deem_renewed_on(office.session, LONG_AFTER) == 1
    assert case.suspensions[0].ended_on == date(2026, 3, 9)


# --- the look ahead ------------------------------------------------------------------------------


def test_the_manager_sees_what_silence_is_about_to_make_lawful(office: Office) -> None:
    """Art. 32, 50: deemed acceptances and renewals of the next working days, soonest first."""
    renewal = _renewal(office)
    today = date(2026, 2, 26)
    received = office.received(date(2026, 2, 25))
    far = office.received(today)
    found = lawful_by_itself(office.session, today, 4)
    assert [(s.case, s.cause, s.happens_on) for s in found] == [
        (renewal, DueCause.DEEMED_RENEWED, THE_DAY_AFTER),
        (received, DueCause.DEEMED_ACCEPTED, date(2026, 3, 4)),
    ]
    assert lawful_by_itself(office.session, today, 1) == []
    assert far in [s.case for s in lawful_by_itself(office.session, today, 5)]
    assert lawful_by_itself(office.session, MONDAY, 5) == []


def test_nobody_withdraws_or_refuses_what_silence_has_renewed(office: Office) -> None:
    """Art. 50: the law does not wait for the program; what it has renewed stays decided."""
    received, accepted = _renewal(office, "received"), _renewal(office)
    asked = []
    for case in (accepted, received):
        with office.acts("clerk", EXPIRY):
            acts.ending.enter_withdrawal(case, "撤回申请书1号", EXPIRY)
        assert case.status is not Case.WITHDRAWN
        asked.append(case.withdrawals[0])
    with office.acts("decider", EXPIRY):
        acts.ending.terminate(
            accepted, TerminationGround.APPLICANT_ENDED, "申请人已经依法注销。", **TERMINATION
        )
    for proposal in (*asked, accepted.terminations[0]):
        with office.refuses("silence-has-renewed", "head", LONG_AFTER) as session:
            acts.ending.approve(session, proposal)
    with office.acts("head", EXPIRY) as session:
        acts.ending.approve(session, asked[1])
    assert received.status is Case.WITHDRAWN


def test_the_window_alone_takes_back_no_renewal_in_time(office: Office) -> None:
    """Art. 50: silence would renew it, so the head confirms, however far its dates are."""
    case = _renewal(office, "received")
    day = case.received_on
    assert case.filed_in_time
    with office.acts("clerk", day):
        acts.ending.enter_withdrawal(case, "撤回申请书1号", day)
    assert (case.status, case.withdrawals[0].withdrawn_on) == (Case.RECEIVED, None)


def test_a_renewal_of_what_was_revoked_is_refused_like_any_other(office: Office) -> None:
    """Art. 50: silence renews nothing that was revoked, so a person still ends it."""
    case = _renewal(office)
    assert case.prior_certificate is not None
    changed(office, case.prior_certificate, CertificateChangeKind.REVOKE, FILED)
    office.review(case, LONG_AFTER)
    with office.acts("decider", LONG_AFTER):
        acts.decision.decide(
            case,
            DecisionOutcome.REFUSED,
            reasons="许可已撤销",
            legal_basis="第六十九条",
            remedies="六十日内申请复议",
        )
    assert case.status is Case.REFUSED
