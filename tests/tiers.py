"""The three tiers of the tests: plain, thorough, marathon; and how much each asks of chance.

A test has at most one marker. The plain tier has none. Some plain tests are asked again by the
thorough one: the properties, with ten times as many examples.
"""

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

THOROUGH, MARATHON = "thorough", "marathon"
TIERS = (THOROUGH, MARATHON)
# What a property asks in the thorough tier, in times of what it asks in the plain one.
TIMES = {THOROUGH: 10}
ORDINARY = 25
BOTH = "both"
# Test → its tiers, as collected.
COLLECTED = pytest.StashKey[dict[str, tuple[str, ...]]]()

_times = 1


def choose(config: pytest.Config) -> None:
    """Let chance be asked as often as the chosen tier says; before any test is read."""
    global _times  # decorators ask it while a module is read
    _times = TIMES.get(config.option.markexpr, 1)
    settings.register_profile(
        "tier",
        max_examples=examples(ORDINARY),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    settings.load_profile("tier")


def examples(number: int) -> int:
    """How many examples a property takes that takes so many in the plain tier."""
    return number * _times


def sort(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each test its tier."""
    _ask_systems(items)
    if config.option.markexpr == THOROUGH:
        for item in items:
            if _is_property(item) and not tiers_of(item):
                item.add_marker(THOROUGH)
    config.stash[COLLECTED] = {item.nodeid: tiers_of(item) for item in items}


def tiers_of(item: pytest.Item) -> tuple[str, ...]:
    """The tiers whose markers a test carries."""
    return tuple(tier for tier in TIERS if item.get_closest_marker(tier))


def _is_property(item: pytest.Item) -> bool:
    asks = is_hypothesis_test(getattr(item, "function", None))
    return asks or bool(item.get_closest_marker("by_chance"))


def _ask_systems(items: list[pytest.Item]) -> None:
    """Each test function runs on both systems; with every parameter on its main system only, and
    on one system where nothing but the hooks, which are the same Python on both, is on trial. The
    rest is thorough: the plain tier asks constraints, triggers and races of PostgreSQL in full."""
    asked: set[tuple[str, str]] = set()
    for item in items:
        system = getattr(getattr(item, "callspec", None), "params", {}).get("databases")
        marker = item.get_closest_marker("mainly")
        main = marker.args[0] if marker else "sqlite"
        function = item.nodeid.partition("[")[0]
        if system is None or main in (system, BOTH):
            continue
        again = (function, system) in asked or item.get_closest_marker("hooks_alone")
        if again and not tiers_of(item):
            item.add_marker(THOROUGH)
        asked.add((function, system))
