"""Every refusal of the models is provoked by a test: a literal of its code stands in one."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from models.rules.codes import REASONS

ROOT = Path(__file__).parents[2]
# Codes that are put together where they are raised.
FAMILIES = {
    "refusal-needs-": ("reasons", "legal-basis", "remedies"),
    "identity-": REASONS,
}


@cache
def raised_codes() -> dict[str, str]:
    """Each code that the models raise, with the file that raises it."""
    found = {}
    for path in sorted((ROOT / "models").rglob("*.py")):
        for code in _codes_of(ast.parse(path.read_text(encoding="utf-8"))):
            found[code] = str(path.relative_to(ROOT))
    return found


def _codes_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "RuleViolation":
            continue
        code = node.args[0]
        if isinstance(code, ast.Constant):
            yield str(code.value)
        else:
            assert isinstance(code, ast.JoinedStr), ast.unparse(node)
            prefix = str(code.values[0].value)  # type: ignore[attr-defined]
            yield from (prefix + rest for rest in FAMILIES[prefix])


@cache
def _provoked_codes() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("*.py"):
        # The deeds of the table of doors and rules are provoked one by one.
        if path.name.startswith(("test_", "deeds_")) and path.name != Path(__file__).name:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    return found


CODES = raised_codes()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_refusal_is_provoked_by_a_test(code: str) -> None:
    # The tests of a refusal's three parts write its code from the column's name.
    literal = "refusal-needs-" if code.startswith("refusal-needs-") else code
    assert literal in _provoked_codes(), f"no test provokes {code} of {CODES[code]}"
    assert code.replace("-", "").isalpha()
    assert code == code.lower()
