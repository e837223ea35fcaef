"""Every item of the demonstration is carried to its end, and what an expert looks for is there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from models import (
    Absence,
    ApplicantLink,
    Application,
    ApplicationBan,
    Certificate,
    CertificateChange,
    ClockSuspension,
    Complaint,
    ConditionVerdict,
    CorrectionNotice,
    DailyRun,
    Decision,
    Hearing,
    IntakeAnswer,
    InterestedParty,
    LicenceItem,
    PreGuidance,
    ReassignmentLine,
    Rectification,
    ServiceRating,
    SiteInspection,
    SiteInspector,
    SupervisionOrder,
    SupervisionRecord,
)
from models.by_time.daily import run_daily
from models.database import GuardedSession
from models.enums import (
    ApplicationKind,
    ApplicationStatus,
    BanCause,
    CertificateChangeKind,
    CertificateStatus,
    DecisionOutcome,
    GuidanceOutcome,
    IntakeResult,
    ItemType,
    LineOutcome,
)
from models.hooks.audit import verify
from models.questions.orders import OrderState, state_of
from models.questions.silence import lawful_by_itself
from models.rules.codes import food_licence_check_character
from tests.databases import IN_SHORT_AND_LONG, TABLES, opened, rows_of
from tests.replay import replayed, stored
from tests.seed.test_demo_cases import TODAY, fill_demo

# The shapes of certificate numbers as they are seen in public, not as the catalogue writes them.
SHAPES = {
    "industrial-product": r"\(鲁\)XK\d{2}-\d{3}-\d{5}",
    "food-production": r"SC[12]\d{13}",
    "food-workshop": r"371500-XZF-\d{4}-\d{4}",
    "measurement-standard": r"〔\d{4}〕鲁量标聊证字第\d{3}号",
    "instrument-making": r"鲁制\d{8}号",
    "verification-filing": r"QJ371500-\d{4}-\d{5}",
    "equipment-registration": r"[锅容管瓶梯起索游车]\d{2}鲁[A-Z]\d{5}\(\d{2}\)",
    "cylinder-filling": r"TS\d{4}\d{4}-20\d{2}",
    "equipment-operator": r"TSRY-\d{4}-\d{5}",
    "works-notice": r"GZ371500-\d{4}-\d{5}",
    "organisation-code": r"组代管371500-\d{6}",
    "product-standard-filing": r"Q/371500AAA \d{3}-\d{4}",
    "testing-body": r"\d{12}",
    "metrology-authorisation": r"\(鲁\)法计\(\d{4}\)\d{5}号",
}
FORWARDED = "product-barcode"


@pytest.fixture(scope="module", params=IN_SHORT_AND_LONG)
def demo(request: pytest.FixtureRequest) -> Iterator[GuardedSession]:
    databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.copy_of("items", fill_demo)
    with opened(url) as engine, GuardedSession(engine) as session:
        yield session
    databases.drop(url)


def test_every_item_is_carried_to_its_end(demo: GuardedSession) -> None:
    """Its case was delivered with a certificate of its shape; a first review was forwarded."""
    numbers: dict[str, list[str]] = {}
    for code, number in demo.execute(
        select(LicenceItem.code, Certificate.number)
        .join(Application, Application.licence_item_id == LicenceItem.id)
        .join(Certificate, Certificate.application_id == Application.id)
        .where(Application.status == ApplicationStatus.DELIVERED)
    ):
        numbers.setdefault(code, []).append(number)
    forwarded = demo.scalars(
        select(LicenceItem.code)
        .join(Application, Application.licence_item_id == LicenceItem.id)
        .where(Application.status == ApplicationStatus.FORWARDED)
        .distinct()
    ).all()
    every_item = set(demo.scalars(select(LicenceItem.code)))
    assert forwarded == [FORWARDED]
    assert len(every_item) == 15
    assert set(numbers) | {FORWARDED} == every_item == set(SHAPES) | {FORWARDED}
    for code, of_item in numbers.items():
        assert all(re.fullmatch(SHAPES[code], number) for number in of_item), (code, of_item)


def test_the_last_digit_of_a_food_licence_checks(demo: GuardedSession) -> None:
    numbers = demo.scalars(
        select(Certificate.number).where(Certificate.number.like("SC%")).distinct()
    ).all()
    assert numbers
    for number in numbers:
        assert food_licence_check_character(number[2:-1]) == number[-1]


def test_an_item_that_ended_was_handled_before_it_did(demo: GuardedSession) -> None:
    ended = demo.execute(
        select(Application.closed_on, LicenceItem.ended_on)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(LicenceItem.ended_on.is_not(None))
    ).all()
    assert len(ended) == 2
    assert all(closed_on < ended_on for closed_on, ended_on in ended)


def test_every_granted_case_has_its_verdicts_and_its_check(demo: GuardedSession) -> None:
    """Art. 34, 38, 55: each condition was judged, and two inspectors were there."""
    granted = demo.scalars(
        select(Application)
        .join(Decision, Decision.application_id == Application.id)
        .where(Decision.outcome == DecisionOutcome.GRANTED, ~Decision.is_deemed)
    ).all()
    assert granted
    for case in granted:
        judged = demo.scalars(
            select(ConditionVerdict.item_condition_id).where(
                ConditionVerdict.application_id == case.id, ConditionVerdict.is_met
            )
        ).all()
        assert set(judged) == {c.id for c in case.item_version.conditions}
        checks = demo.scalars(
            select(SiteInspection).where(SiteInspection.application_id == case.id)
        ).all()
        assert bool(checks) is case.item_version.needs_inspection
        for check in checks:
            assert check.passes
            pair = demo.scalars(
                select(SiteInspector.user_id).where(SiteInspector.inspection_id == check.id)
            ).all()
            assert len(set(pair)) >= 2


def _all(session: GuardedSession, *what: Any) -> set[Any]:
    return set(session.scalars(select(*what)))


def test_what_an_expert_looks_for_is_there(demo: GuardedSession) -> None:
    assert _all(demo, IntakeAnswer.result) == set(IntakeResult)
    assert _all(demo, Application.kind) >= {
        ApplicationKind.NEW,
        ApplicationKind.RENEWAL,
        ApplicationKind.AMENDMENT,
        ApplicationKind.REISSUE,
    }
    assert _all(demo, Certificate.status) == {
        CertificateStatus.VALID,
        CertificateStatus.SUSPENDED,
        CertificateStatus.REVOKED,
        CertificateStatus.CANCELLED,
        CertificateStatus.EXPIRED,
        CertificateStatus.SUPERSEDED,
    }
    assert _all(demo, ApplicationBan.cause) == {BanCause.FALSE_MATERIALS, BanCause.FRAUD}
    assert _all(demo, PreGuidance.outcome) == set(GuidanceOutcome)
    assert _all(demo, ReassignmentLine.outcome) == set(LineOutcome)
    assert _all(demo, SiteInspection.passes) == {True, False, None}
    assert {order.id for order in demo.scalars(select(SupervisionOrder))}
    states = {state_of(order, TODAY) for order in demo.scalars(select(SupervisionOrder))}
    assert states >= {OrderState.OPEN, OrderState.OVERDUE, OrderState.ANSWERED}
    second = demo.scalars(select(CorrectionNotice).where(CorrectionNotice.sequence == 2)).all()
    assert {notice.is_waiting for notice in second} == {True, False}
    held = demo.scalars(select(Hearing)).all()
    assert {hearing.held_on is not None for hearing in held} == {True, False}
    assert all(hearing.requested_on for hearing in held)
    assert demo.scalars(select(InterestedParty)).one().stated_on
    assert demo.scalars(select(Absence)).one().substitute_id
    assert demo.scalars(select(ApplicantLink)).one().declared_by_id
    assert demo.scalars(select(SupervisionRecord)).one().signed_on
    assert {c.answered_on is not None for c in demo.scalars(select(Complaint))} == {True, False}
    assert {r.rectified_on is not None for r in demo.scalars(select(Rectification))} == {
        True,
        False,
    }
    assert _all(demo, ServiceRating.is_follow_up) == {True, False}


def test_silence_green_lanes_and_agents_are_there(demo: GuardedSession) -> None:
    cases = demo.scalars(select(Application)).all()
    assert any(case.is_green_lane for case in cases)
    assert any(case.agent_name for case in cases)
    assert any(case.deemed_accepted for case in cases)
    assert any(case.decision is not None and case.decision.is_deemed for case in cases)
    assert any(t.terminated_on for case in cases for t in case.terminations)
    assert any(case.handovers for case in cases)
    assert any(case.extensions for case in cases)
    assert any(_overlapping(case.suspensions) for case in cases)
    assert any(
        case.kind is ApplicationKind.RENEWAL and case.closed_on is None and case.filed_in_time
        for case in cases
    )
    proposals = demo.scalars(
        select(CertificateChange).where(CertificateChange.effective_on.is_(None))
    ).all()
    assert {change.kind for change in proposals} == {CertificateChangeKind.SUSPEND}
    assert lawful_by_itself(demo, TODAY, 5)


def _overlapping(pauses: list[ClockSuspension]) -> bool:
    return any(
        a is not b
        and a.started_on <= b.started_on
        and (a.ended_on is None or a.ended_on > b.started_on)
        for a in pauses
        for b in pauses
    )


def test_a_first_review_is_never_decided_here(demo: GuardedSession) -> None:
    """Art. 35: what is forwarded has neither a decision nor a certificate of ours."""
    first_reviews = (
        select(func.count())
        .select_from(Decision)
        .join(Application, Application.id == Decision.application_id)
        .join(LicenceItem, LicenceItem.id == Application.licence_item_id)
        .where(LicenceItem.item_type == ItemType.FIRST_REVIEW)
    )
    assert demo.scalar(first_reviews) == 0


def test_the_log_tells_the_whole_demonstration(demo: GuardedSession) -> None:
    demo.rollback()
    connection = demo.connection()
    assert verify(connection).ok
    assert replayed(connection) == stored(connection)


def test_a_day_may_be_run_twice(demo: GuardedSession) -> None:
    """What time does by itself it does once; the second run of a day changes no row."""
    run_daily(demo, TODAY)
    demo.rollback()
    before = {table: rows_of(demo.connection(), table) for table in TABLES}
    run_daily(demo, TODAY)
    demo.rollback()
    after = {table: rows_of(demo.connection(), table) for table in TABLES}
    assert after == before
    assert demo.scalar(select(func.count(DailyRun.id))) >= 1
    assert verify(demo.connection()).ok
