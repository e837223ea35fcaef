"""The tiers of the tests: one for each test, and none that guards a promise waits for a person."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tiers import COLLECTED, MARATHON, THOROUGH

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Longest:
    """A test that is run by hand: why, and which one guards its promise in every run of CI."""

    why: str
    guard: str


EVERY_PAGE = "tests/browser/test_every_page.py::test_every_page_is_in_order"
CASE, OFFICE, CERTIFICATE = (
    f"tests/machines/test_{name}_machine.py::test" for name in ("case", "office", "certificate")
)
CLOCK = "tests/rules/test_deadlines.py::test_the_clock_agrees_with_a_walk_day_by_day"
BENCH = "tests/bench"
HOURS = "hours of random lives; the thorough tier asks ten times what the plain one does"
MACHINE = "it measures this machine beside whatever else runs on it"
PAGES = f"{BENCH}/test_page_speed.py::test_every_page_is_as_quick_with_a_hundred_thousand_cases"
BY_HAND = {
    f"{EVERY_PAGE}_however_it_is_read": Longest(
        "six looks more: language, colour and width each stand in one of the two thorough ones",
        f"{EVERY_PAGE}_on_a_telephone_in_the_dark",
    ),
    f"{CASE}_a_case_lives_as_the_model_says_in_a_thousand_lives": Longest(
        HOURS, f"{CASE}_a_case_lives_as_the_model_says"
    ),
    f"{OFFICE}_an_office_lives_as_its_models_say_for_years": Longest(
        HOURS, f"{OFFICE}_an_office_lives_as_its_models_say"
    ),
    f"{CERTIFICATE}_a_certificate_lives_as_the_model_says_in_hundreds_of_lives": Longest(
        HOURS, f"{CERTIFICATE}_a_certificate_lives_as_the_model_says"
    ),
    f"{CLOCK}_in_100000_cases": Longest("minutes of dates, one rule", CLOCK),
    f"{BENCH}/test_board_speed.py::test_the_board_answers_within_a_second": Longest(MACHINE, PAGES),
    f"{BENCH}/test_list_speed.py::test_a_page_takes_at_most_five_times_the_bare_one": Longest(
        MACHINE, PAGES
    ),
}


def _collected(request: pytest.FixtureRequest) -> dict[str, tuple[str, ...]]:
    return request.config.stash[COLLECTED]


def test_every_test_has_one_tier_at_most(request: pytest.FixtureRequest) -> None:
    assert {name: tiers for name, tiers in _collected(request).items() if len(tiers) > 1} == {}


def test_what_is_run_by_hand_is_named_with_its_reason(request: pytest.FixtureRequest) -> None:
    collected = _collected(request)
    files = {_file(name) for name in collected}
    found = {name.partition("[")[0] for name, tiers in collected.items() if MARATHON in tiers}
    assert found == {name for name in BY_HAND if _file(name) in files}


@pytest.mark.parametrize("guard", sorted({longest.guard for longest in BY_HAND.values()}))
def test_what_guards_the_same_is_run_by_ci(request: pytest.FixtureRequest, guard: str) -> None:
    path, _colons, name = guard.partition("::")
    assert guard not in BY_HAND
    assert f"\ndef {name}(" in (ROOT / path).read_text("utf-8")


def test_ci_runs_the_two_tiers_that_are_not_by_hand() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    run = [line.split()[1:] for line in script.splitlines() if line.startswith("tier ")]
    assert run == [["plain"], [THOROUGH, "-m", THOROUGH]]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    options = settings["tool"]["pytest"]["ini_options"]["addopts"]
    assert f"-m 'not {THOROUGH} and not {MARATHON}'" in options


def _file(name: str) -> str:
    return name.partition("::")[0]
