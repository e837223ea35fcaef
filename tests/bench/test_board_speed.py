"""How long the manager's board takes at 100,000 cases: at most a second.

python -m pytest -m marathon tests/bench/test_board_speed.py -s
ONEWINDOW_BENCH_POSTGRESQL=1 python -m pytest -m marathon tests/bench/test_board_speed.py -s
"""

from datetime import timedelta
from itertools import count
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import Engine, select

from models import Application
from models.database import GuardedSession, db
from seed.copies import copy_cases
from tests.bench.volume import CASES, SYSTEMS
from tests.busy import fill_busy
from tests.factories import MONDAY, Office
from tests.web import Browser, close, fill_site, opened_site

pytestmark = pytest.mark.marathon

ENDED = 250
TWO_YEARS = 730
AT_MOST = 1.0
PAGES = {
    "today": "",
    "a year": "?first=2024-03-04&last=2025-03-03",
    "as of": "?as_of=2025-02-14",
    "no green lane": "?green=0",
    "workbook": "export/xlsx/",
}


def fill_many_busy(engine: Engine) -> None:
    """A busy office, 250 cases that ended over two years, and copies of all of them."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(500))  # the first numbers are taken
        fill_busy(office)
        items = [office.item(item={"name": f"许可事项{n}", "name_en": ""}) for n in range(8)]
        applicant = office.applicant()
        for place in range(ENDED):
            day = MONDAY - timedelta(place * TWO_YEARS // ENDED)
            office.delivered(day, items[place % len(items)], applicant=applicant)
        own = list(session.scalars(select(Application.id).order_by(Application.id)))
        copy_cases(session.connection(), own, CASES - len(own), MONDAY)
        session.commit()


@pytest.fixture(scope="module", params=SYSTEMS)
def browser(request: pytest.FixtureRequest) -> Browser:
    """The manager of a large office."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    site = opened_site(databases.fresh(fill_many_busy))
    browser = Browser(site)
    assert browser.sign_in("manager").status_code == 302
    request.addfinalizer(lambda: close(site))  # noqa: PT021 - the site is made of the parameter
    return browser


@pytest.mark.parametrize("name", PAGES)
def test_the_board_answers_within_a_second(browser: Browser, name: str) -> None:
    taken = []
    for _round in range(5):
        begun = perf_counter()
        assert browser.get(f"/admin/board/{PAGES[name]}").status_code == 200
        taken.append(perf_counter() - begun)
    with browser.site.app_context():
        system = db.engine.dialect.name
    print(f"\n{system:>10} {CASES:>8,} {name:<14} {median(taken) * 1000:7.0f} ms")  # noqa: T201
    assert median(taken) <= AT_MOST
