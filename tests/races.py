"""What a worker process does in a race; imported by the processes, so it holds nothing else."""

import os
import random
import time
from datetime import date

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from models import ApplicationStep, acts
from models.acting import acting_as
from models.database import GuardedSession
from models.enums import StepStatus
from models.errors import RuleViolation
from models.hooks.numbers import take_number
from models.questions.conflicts import who_was_first
from models.questions.people import actor_of, user_named
from tests.databases import opened

# (number, committed): what one transaction took, and whether it kept it.
Taken = tuple[int, bool]
# (step, "won" or who was told to have been first).
Outcome = tuple[int, str]


def complete_steps(url: str, name: str, steps: list[int], day: date, start: float) -> list[Outcome]:
    """Try to finish every step; a step that somebody else touched is looked at again."""
    outcomes = []
    with opened(url) as engine, GuardedSession(engine) as session:
        user = user_named(session, name)
        assert user is not None
        actor = actor_of(session, user, day)
        session.rollback()
        time.sleep(max(0.0, start - time.time()))
        with acting_as(session, actor, day):
            for step_id in steps:
                while (outcome := _complete(session, step_id)) is None:
                    session.rollback()
                outcomes.append((step_id, outcome))
    return outcomes


def _complete(session: GuardedSession, step_id: int) -> str | None:
    step = session.get_one(ApplicationStep, step_id)
    try:
        if step.status is StepStatus.OPEN:
            acts.steps.claim(session, step)
        # Each process has its own words: who comes second writes too, and is refused.
        acts.steps.complete(step, f"符合条件 {os.getpid()}")
        session.commit()
    except StaleDataError:
        return None
    except RuleViolation:
        session.rollback()
        first = who_was_first(session, "application_step", step_id)
        session.rollback()
        return first[0] if first else "nobody"
    return "won"


def take_numbers(url: str, count: int, seed: int, start: float) -> list[Taken]:
    """Take numbers in short transactions, of which some are rolled back."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    taken: list[Taken] = []
    with opened(url) as engine:
        time.sleep(max(0.0, start - time.time()))
        while sum(kept for _number, kept in taken) < count:
            try:
                with engine.connect() as connection:
                    number = take_number(connection, "certificate:S", 2025)
                    if chance.random() < 0.1:
                        connection.rollback()
                        taken.append((number, False))
                    else:
                        connection.commit()
                        taken.append((number, True))
            except OperationalError:  # pragma: no cover - a busy disk; the number was not taken
                continue
    return taken
