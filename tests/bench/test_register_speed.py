"""How long a page of the public register takes, at its beginning and deep inside.

The time is that of the processor: what else the machine does is not the register's.

python -m pytest -m thorough tests/bench/test_register_speed.py -s
"""

import re
from collections.abc import Iterator
from statistics import median
from time import process_time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from models import Certificate, Decision
from models.database import db
from models.enums import DecisionOutcome
from tests.bench.volume import fill_many
from tests.web import Browser, close, opened_site

pytestmark = pytest.mark.thorough

ROUNDS = 15
AT_MOST = 0.5  # seconds


@pytest.fixture(scope="module")
def big(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A site with many cases, made once."""
    databases: Any = request.getfixturevalue("sqlite_databases")
    site = opened_site(databases.fresh(fill_many))
    yield site
    close(site)


def _paths(site: Flask) -> dict[str, str]:
    """Question → address, from what stands in the middle and at the end of the register."""
    granted = select(Decision).where(Decision.outcome == DecisionOutcome.GRANTED)
    with site.app_context():
        total = db.session.scalar(select(func.count()).select_from(granted.subquery())) or 0
        ordered = granted.order_by(Decision.decided_on.desc(), Decision.id.desc())
        middle, last = (
            db.session.scalars(ordered.offset(place).limit(1)).one()
            for place in (total // 2, total - 60)
        )
        number = db.session.scalars(select(Certificate.number).limit(1)).one()
        print(f"\n{total} permits granted")  # noqa: T201 - this is what the test is for
    return {
        "first page": "/register/",
        "in the middle": f"/register/?before={middle.decided_on}.{middle.id}",
        "near the end": f"/register/?before={last.decided_on}.{last.id}",
        "one item": "/register/?item=equipment-registration",
        "a number": f"/register/?q={number}",
        "a part of a name": "/register/?q=包装材料",
        "an entry": f"/register/{number}",
    }


def test_the_register_answers_at_once_however_deep(big: Flask) -> None:
    visitor, slow = Browser(big), {}
    for question, path in _paths(big).items():
        times = []
        for _round in range(ROUNDS):
            start = process_time()
            answer = visitor.get(path)
            times.append(process_time() - start)
            assert answer.status_code == 200, path
        rows = len(re.findall("<tr>", answer.text))
        spent = f"{median(times) * 1000:7.1f} ms"
        print(f"{question:18} {spent}  {rows} rows")  # noqa: T201 - this is what the test is for
        if median(times) > AT_MOST:
            slow[question] = median(times)
    assert slow == {}
