"""The house keeps its own rules: layers, types, style, and where events may be listened to."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("admin_site", "models", "views", "seed")


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "versions" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="style"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["importlinter.cli", "lint"], id="layers"),
        # Half a minute where nothing is kept from an earlier run.
        pytest.param(["mypy"], id="types", marks=pytest.mark.thorough),
    ],
)
def test_the_house_passes_its_inspection(command: list[str]) -> None:
    module, *arguments = command
    code = "from importlinter.cli import lint_imports_command as c; c()"
    run = [sys.executable, "-c", code] if module.startswith("importlinter") else [
        sys.executable, "-m", module, *arguments,
    ]  # fmt: skip
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def test_session_events_are_heard_in_the_dispatcher_only() -> None:
    allowed = {"models/hooks/__init__.py", "models/database.py"}
    hearing = {
        path
        for path, tree in sources(*PACKAGES)
        for name, _call in calls(tree)
        if name in ("event.listen", "event.listens_for", "listens_for")
    }
    assert hearing == allowed


def test_views_write_through_rows_only() -> None:
    writing = ("insert", "update", "delete")
    found = [
        (path, name)
        for path, tree in sources("views")
        for name, _call in calls(tree)
        if name in writing or name.endswith((".bulk_save_objects", ".bulk_insert_mappings"))
    ]
    assert found == []


def test_only_the_application_asks_for_the_day() -> None:
    asking = [
        path
        for path, tree in sources("models", "views", "seed")
        for name, _call in calls(tree)
        if name in ("date.today", "datetime.today") or name == "datetime.now"
    ]
    # An instant in UTC is not a day: it is asked for in one place.
    assert asking == ["models/acting.py"]


def test_the_top_level_is_as_agreed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False  # noqa: S607
    ).stdout.split()  # fmt: skip
    if not listed:
        pytest.skip("this copy of the sources is no git checkout")
    top = {name.split("/")[0] for name in listed}
    fixed = {*PACKAGES, "tests", "pyproject.toml", "README.md", "LICENSE", "constraints.txt"}
    assert {name for name in top if not name.startswith(".")} == fixed
