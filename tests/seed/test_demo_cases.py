"""The demonstration: every state is there, and a large one is made of what the hooks wrote."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, inspect, select

from models import (
    Application,
    ApplicationStep,
    AuditEntry,
    Certificate,
    DueDateChange,
    IntakeAnswer,
    ItemVersion,
    NumberCounter,
)
from models.database import GuardedSession
from models.enums import ApplicationStatus, StepStatus
from models.hooks.audit import verify
from models.questions.worklists import CONDITIONS, Light, Worklist, is_open, light_of
from models.rules.numbering import counter_year
from seed.copied_parts import LINES, PARTS
from seed.demo import load_demo
from seed.office import account_names, load_office
from seed.volume import add_cases
from tests.databases import SYSTEMS, opened

pytestmark = pytest.mark.thorough

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Shanghai")


def fill_demo(engine: Engine) -> None:
    from models import Base

    Base.metadata.create_all(engine)
    with GuardedSession(engine) as session:
        load_office(session, TODAY, dict.fromkeys(account_names(), "-"), lambda word: word)
        load_demo(session, TODAY, ZONE)


ORIGINALS = 50
ADDED = 1000


@pytest.fixture(scope="module", params=SYSTEMS)
def large(request: pytest.FixtureRequest) -> Iterator[GuardedSession]:
    """The demonstration with some hundred cases more, made once for each database system."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.copy_of("demo", fill_demo)
    with opened(url) as engine, GuardedSession(engine) as session:
        assert add_cases(session, ADDED, TODAY, ZONE, ORIGINALS) == ADDED
        yield session
    databases.drop(url)


def _first_added(session: GuardedSession) -> int:
    return session.scalar(select(func.max(Application.id))) - ADDED + 1


def test_every_state_can_be_seen(large: GuardedSession) -> None:
    cases = large.scalars(select(Application)).all()
    lights = {
        light_of(
            TODAY,
            due_on=case.due_on,
            warn_on=case.warn_on,
            suspended_since=case.suspended_since,
            closed_on=case.closed_on,
        )
        for case in cases
    }
    assert lights == set(Light)
    assert {case.status for case in cases} == set(ApplicationStatus)
    assert any(case.due_on == TODAY and case.closed_on is None for case in cases)
    assert any(case.statutory_due_is_provisional for case in cases)
    assert any(case.deemed_accepted for case in cases)
    steps = large.scalars(select(ApplicationStep.status)).all()
    assert set(steps) == set(StepStatus)


def test_loading_twice_changes_nothing(large: GuardedSession) -> None:
    before = large.scalar(select(func.count()).select_from(AuditEntry))
    assert load_demo(large, TODAY, ZONE) is False
    assert large.scalar(select(func.count()).select_from(AuditEntry)) == before


def _without(row: Any, *left_out: str) -> dict[str, Any]:
    return {
        c.key: getattr(row, c.key)
        for c in inspect(type(row)).column_attrs
        if c.key not in ("id", "application_id", *left_out)
    }


def test_copies_are_what_the_hooks_wrote(large: GuardedSession) -> None:
    """Row for row, but for keys, numbers and applicants."""
    first = _first_added(large)
    lines_of: Counter[type] = Counter()
    for index in range(ORIGINALS, ADDED, 7):
        copy = large.get_one(Application, first + index)
        original = large.get_one(Application, first + index % ORIGINALS)
        assert _without(copy, "number", "applicant_id") == _without(
            original, "number", "applicant_id"
        )
        for part in PARTS:
            rows = [
                [
                    _without(row)
                    for row in large.scalars(
                        select(part).where(part.application_id == case.id).order_by(part.id)
                    )
                ]
                for case in (copy, original)
            ]
            assert rows[0] == rows[1]
        answers = [
            [
                (_without(answer, "number"), answer.number)
                for answer in large.scalars(
                    select(IntakeAnswer)
                    .where(IntakeAnswer.application_id == case.id)
                    .order_by(IntakeAnswer.id)
                )
            ]
            for case in (copy, original)
        ]
        assert [told for told, _number in answers[0]] == [told for told, _number in answers[1]]
        assert not {n for _told, n in answers[0]} & {n for _told, n in answers[1]}
        for line, owner, part in LINES:
            of = getattr(line, owner)
            lines = [
                [
                    {k: v for k, v in _without(row).items() if k != owner}
                    for row in large.scalars(
                        select(line)
                        .join(part, part.id == of)
                        .where(part.application_id == case.id)
                        .order_by(line.id)
                    )
                ]
                for case in (copy, original)
            ]
            assert lines[0] == lines[1]
            lines_of[line] += len(lines[0])
        if original.certificate:
            paper = copy.certificate
            assert paper is not None
            assert paper.holder_name == copy.applicant.name
            assert paper.holder is copy.applicant
            assert paper.verify_token != original.certificate.verify_token
            own = ("number", "holder_id", "holder_name", "verify_token")
            assert _without(paper, *own) == _without(original.certificate, *own)
    assert all(lines_of[line] for line, _owner, _part in LINES)


def test_a_large_demonstration_keeps_its_shares_and_numbers(large: GuardedSession) -> None:
    own = Application.id >= _first_added(large)
    added = select(func.count()).select_from(Application).where(own)
    still_open = large.scalar(added.where(is_open()))
    late = large.scalar(added.where(CONDITIONS[Worklist.OVERDUE](TODAY)))
    assert still_open == pytest.approx(ADDED * 0.08, abs=6)
    assert late == pytest.approx(still_open / 4, abs=6)
    numbers = Counter(n.rsplit("-", 1)[0] for n in large.scalars(select(Application.number)))
    answers = Counter(n.rsplit("-", 1)[0] for n in large.scalars(select(IntakeAnswer.number)))
    papers = Counter(
        (version.certificate_series, counter_year(version.certificate_pattern, issued_on))
        for version, issued_on in large.execute(
            select(ItemVersion, Certificate.issued_on)
            .join(Application, Application.item_version_id == ItemVersion.id)
            .join(Certificate, Certificate.application_id == Application.id)
            .where(Certificate.edition == 1)
        )
    )
    for counter in large.scalars(select(NumberCounter)):
        kind, _, series = counter.series.partition(":")
        counted = {
            "case": numbers[f"{series}-{counter.year}"],
            "answer": answers[f"{series}-SL-{counter.year}"],
            "certificate": papers[series, counter.year],
        }
        assert counted[kind] == counter.last_number


def test_the_log_and_the_history_stay_whole(large: GuardedSession) -> None:
    assert verify(large.connection()).ok
    without_history = (
        select(func.count())
        .select_from(Application)
        .where(Application.received_on.is_not(None))
        .where(
            ~select(DueDateChange.id).where(DueDateChange.application_id == Application.id).exists()
        )
    )
    assert large.scalar(without_history) == 0
