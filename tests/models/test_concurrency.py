"""Eight processes at one database: each step is done once, each number is given once."""

import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.pool import Pool
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from models import Application, ApplicationStep, acts
from models.database import GuardedSession
from models.enums import Duty, StepStatus
from models.hooks.audit import verify
from tests.databases import url_of
from tests.factories import LINE, MONDAY, Office
from tests.races import complete_steps, take_numbers

PROCESSES = 8
# Imports are done by then, so that all begin together.
HEAD_START = 2.0


@pytest.fixture(scope="module")
def processes() -> Iterator[Pool]:
    """Eight processes that share nothing but the database."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        yield pool
        pool.close()
        pool.join()


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Any:
    """PostgreSQL: SQLite hides a race of approvals behind its one lock."""
    name = getattr(request, "param", "postgresql")
    return request.getfixturevalue(f"{name}_databases")


def _race_for_steps(office: Office, processes: Pool, cases: int, parallel: int) -> None:
    reviews = tuple((2, Duty.REVIEW, 5) for _ in range(parallel))
    item = office.item(steps=(LINE[0], *reviews, LINE[2]))
    applicant = office.applicant()
    for _ in range(cases):
        office.accepted(MONDAY, item, applicant=applicant)
    session = office.session
    reviews_of = select(ApplicationStep.id).where(ApplicationStep.duty == Duty.REVIEW)
    steps = list(session.scalars(reviews_of.order_by(ApplicationStep.id)))
    assert len(steps) == cases * parallel
    start, url = time.time() + HEAD_START, url_of(session.get_bind())  # type: ignore[arg-type]
    session.rollback()
    jobs = [(url, ("reviewer", "reviewer2")[n % 2], steps, MONDAY, start) for n in range(PROCESSES)]
    outcomes = processes.starmap(complete_steps, jobs, chunksize=1)

    session.expire_all()
    for place, step_id in enumerate(steps):
        told = [outcome[place] for outcome in outcomes]
        assert {step for step, _told in told} == {step_id}
        assert [said for _step, said in told].count("won") == 1
        winner = session.get_one(ApplicationStep, step_id).officer.display_name
        assert {said for _step, said in told} <= {"won", winner}
    # The last of the parallel steps opened the next stage, although others ended beside it.
    for case in session.scalars(select(Application)):
        assert case.steps[-1].status is StepStatus.OPEN
    assert verify(session.connection()).ok


def test_eight_reviewers_finish_each_step_exactly_once(office: Office, processes: Pool) -> None:
    _race_for_steps(office, processes, cases=4, parallel=4)


def test_of_two_who_finish_parallel_steps_the_second_looks_again(office: Office) -> None:
    """They alter different rows; each alone would leave the next stage to the other."""
    case = office.accepted(steps=(LINE[0], (2, Duty.REVIEW, 5), (2, Duty.REVIEW, 5), LINE[2]))
    for name, step in zip(("reviewer", "reviewer2"), case.steps[1:3], strict=True):
        with office.acts(name, MONDAY) as session:
            acts.steps.claim(session, step)
    with GuardedSession(office.session.get_bind()) as own:
        elsewhere = Office(own)
        there = own.get_one(Application, case.id)
        assert [step.status for step in there.steps[1:3]] == [StepStatus.OPEN] * 2
        with office.acts("reviewer", MONDAY):
            acts.steps.complete(case.steps[1], "符合条件")
        with elsewhere.act("reviewer2", MONDAY):
            acts.steps.complete(there.steps[2], "符合条件")
            with pytest.raises(StaleDataError):
                own.commit()
            own.rollback()
        with elsewhere.acts("reviewer2", MONDAY):
            acts.steps.complete(there.steps[2], "符合条件")
    office.session.expire_all()
    assert [s.status for s in case.steps] == [StepStatus.DONE] * 3 + [StepStatus.OPEN]


@pytest.mark.thorough
def test_eight_reviewers_finish_two_hundred_steps_once(office: Office, processes: Pool) -> None:
    _race_for_steps(office, processes, cases=50, parallel=4)


@pytest.mark.thorough
def test_a_thousand_numbers_have_no_duplicate_and_no_gap(
    database_url: str, processes: Pool
) -> None:
    start = time.time() + HEAD_START
    jobs = [(database_url, 1000 // PROCESSES, seed, start) for seed in range(PROCESSES)]
    taken = [pair for own in processes.starmap(take_numbers, jobs, chunksize=1) for pair in own]
    kept = sorted(number for number, committed in taken if committed)
    assert kept == list(range(1, 1001))
    assert any(not committed for _number, committed in taken)
