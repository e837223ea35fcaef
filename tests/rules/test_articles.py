"""Every row of the law names its tests, and the tests that it names are there."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = tomllib.loads((ROOT / "tests/rules/articles.toml").read_text(encoding="utf-8"))["rows"]

# The rows of the law that concern a permit office, written down by hand: none may get lost.
ARTICLES = (
    "5", "8", "9", "24", "26", "29", "30", "31", "32(1)", "32(2)", "32(3)", "32(4)", "32(5)",
    "32 end", "33", "34", "35", "36", "37-38", "39", "40", "42(1)", "42(2)", "43", "44", "45",
    "46", "47", "48", "49", "50", "53-57", "58-59", "61-62", "64-65", "69(1)", "69(2)", "70",
    "72, 74", "78", "79", "82", "Civil Code 201, 203", "Order 722, 35-36",
    "Regulation on production licences 14-25, 55",
)  # fmt: skip


def test_no_row_of_the_law_is_lost() -> None:
    assert tuple(row["article"] for row in ROWS) == ARTICLES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["article"])
def test_every_row_of_the_law_is_proved(row: dict[str, list[str]]) -> None:
    assert row["tests"], f"no test proves Art. {row['article']}"
    for name in row["tests"]:
        path, _, function = name.partition("::")
        assert function in _tests_of(path), name


@cache
def _tests_of(path: str) -> frozenset[str]:
    """The tests of a file that run and assert something."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and _proves(node)
    )


def _proves(test: ast.FunctionDef) -> bool:
    """Whether a test asserts, expects a refusal, or hands over to a function that does."""
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Attribute) and node.attr in ("refuses", "raises"))
        or _is_handed_over(node)
        for node in ast.walk(test)
    )


def _is_handed_over(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
