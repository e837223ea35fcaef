"""Each figure of the reform, counted a second time from rows that plain SQL reads."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import text

from models.database import GuardedSession
from models.questions.figure import Period
from models.questions.figures import figures, workload
from tests.databases import IN_SHORT_AND_LONG, opened
from tests.seed.test_demo_cases import TODAY, fill_demo

YEAR = Period(date(TODAY.year - 1, 1, 1), TODAY)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module", params=IN_SHORT_AND_LONG)
def demo(request: pytest.FixtureRequest) -> Iterator[GuardedSession]:
    databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.copy_of("figures", fill_demo)
    with opened(url) as engine, GuardedSession(engine) as session:
        yield session
    databases.drop(url)


def rows_of(session: GuardedSession, table: str) -> Rows:
    found = session.connection().execute(text(f"SELECT * FROM {table}"))
    return [dict(row) for row in found.mappings()]


def in_period(day: Any) -> bool:
    return day is not None and str(YEAR.first) <= str(day)[:10] <= str(YEAR.last)


def recount(session: GuardedSession) -> dict[str, tuple[Fraction, int]]:
    """The figures in plain Python, none of whose words come from the models."""
    items = [r for r in rows_of(session, "licence_item") if r["origin"] == "NATIVE"]
    own = {item["id"] for item in items}
    versions = [
        v
        for v in rows_of(session, "item_version")
        if v["status"] == "PUBLISHED" and v["licence_item_id"] in own
    ]
    steps: dict[int, Rows] = defaultdict(list)
    for step in rows_of(session, "step_definition"):
        steps[step["item_version_id"]].append(step)
    before: dict[int, Rows] = defaultdict(list)
    for step in rows_of(session, "former_step"):
        before[step["licence_item_id"]].append(step)
    delegable = [item for item in items if item["is_delegable"]]
    with_both = [v for v in versions if before[v["licence_item_id"]]]
    removed = sum(len(before[v["licence_item_id"]]) - len(steps[v["id"]]) for v in with_both)
    ratios = [
        Fraction(v["promised_limit"], v["statutory_limit"])
        for v in versions
        if v["promised_limit"] is not None
        and v["statutory_limit"]
        and v["promised_unit"] == v["statutory_unit"]
    ]
    serial = saved = 0
    for version in versions:
        stages: dict[int, list[int]] = defaultdict(list)
        for step in steps[version["id"]]:
            stages[step["stage_number"]].append(step["limit_days"] or 0)
        serial += sum(map(sum, stages.values()))
        saved += sum(sum(days) - max(days) for days in stages.values())
    accepted = [a for a in rows_of(session, "application") if in_period(a["accepted_on"])]
    delivered = [c for c in rows_of(session, "certificate") if in_period(c["delivered_on"])]
    rated = [
        r["level"]
        for r in rows_of(session, "service_rating")
        if in_period(r["rated_on"]) and not r["is_follow_up"]
    ]
    satisfied = ("VERY_SATISFIED", "SATISFIED", "FAIRLY_SATISFIED")
    on_the_spot = [c for c in delivered if c["delivery_method"] in ("WINDOW", "ELECTRONIC")]
    return {
        "departments-merged": (
            Fraction(len({i["department_id"] for i in items})),
            len({i["former_department_id"] for i in items}),
        ),
        "items-in-the-centre": (Fraction(sum(bool(i["is_in_centre"]) for i in items)), len(items)),
        "items-delegated": (
            Fraction(sum(bool(i["is_delegated"]) for i in delegable)), len(delegable),
        ),
        "steps-removed": (Fraction(removed), len(with_both)),
        "average-steps": (Fraction(sum(len(steps[v["id"]]) for v in versions)), len(versions)),
        "days-promised": (
            Fraction(sum(v["promised_limit"] for v in with_both)),
            sum(s["limit_days"] for line in before.values() for s in line),
        ),
        "promise-of-the-law": (sum(ratios, Fraction()), len(ratios)),
        "days-saved": (Fraction(saved), serial),
        "online-share": (
            Fraction(sum(a["channel"] == "ONLINE" for a in accepted)), len(accepted),
        ),
        "collected-on-the-spot": (Fraction(len(on_the_spot)), len(delivered)),
        "satisfaction": (Fraction(sum(level in satisfied for level in rated)), len(rated)),
    }  # fmt: skip


def test_each_figure_is_the_same_counted_twice(demo: GuardedSession) -> None:
    shown = {f.code: (f.numerator, f.denominator) for f in figures(demo, YEAR)}
    assert shown == recount(demo)


def test_the_figures_of_the_catalogue_are_those_of_the_report(demo: GuardedSession) -> None:
    """Six sections are one, every item is in the hall, three steps went, 263 days are 111;
    nine in ten apply online, and collect on the spot."""
    shown = {f.code: (int(f.numerator), f.denominator) for f in figures(demo, YEAR)}
    assert shown["departments-merged"] == (1, 6)
    assert shown["items-in-the-centre"] == (15, 15)
    assert shown["items-delegated"] == (11, 11)
    assert shown["steps-removed"] == (45, 15)
    assert shown["average-steps"] == (60, 15)
    assert shown["days-promised"] == (111, 263)
    for code in ("online-share", "collected-on-the-spot"):
        assert 10 * shown[code][0] >= 9 * shown[code][1] > 0
    assert shown["satisfaction"] == (10, 12)


def test_the_work_of_the_sections_is_the_same_counted_twice(demo: GuardedSession) -> None:
    names = {d["id"]: d["name"] for d in rows_of(demo, "department")}
    items = {i["id"]: i for i in rows_of(demo, "licence_item")}
    cases = {a["id"]: a for a in rows_of(demo, "application") if a["origin"] == "NATIVE"}
    before: Counter[str] = Counter()
    now: Counter[str] = Counter()
    for step in rows_of(demo, "application_step"):
        case = cases.get(step["application_id"])
        if case and step["status"] == "DONE" and in_period(step["done_on"]):
            item = items[case["licence_item_id"]]
            before[names[item["former_department_id"]]] += 1
            now[names[item["department_id"]]] += 1
    assert set(now) == {"行政许可科"}
    assert before.total() == now.total() > 0
    shown = {row.department: (row.before, row.now) for row in workload(demo, YEAR)}
    assert shown == {name: (before[name], now[name]) for name in {*before, *now}}
