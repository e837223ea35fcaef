"""Every account of the demonstration signs in, and an applicant sees nobody else's cases; an empty
office shows its empty pages to its first administrators."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seed.office import account_names
from tests.browser.conftest import (
    COMMAND,
    Site,
    Visitor,
    environment_of,
    free_port,
    run_command,
    wait_for,
)

Visit = Callable[..., Visitor]


# Whose duties no journey of the plain tier has.
OTHERS = ("guide", "head", "system", "security", "auditor")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in OTHERS else pytest.mark.thorough)
        for name in account_names()
    ],
)
def test_every_account_signs_in_and_has_a_menu(visit: Visit, name: str) -> None:
    visitor = visit().sign_in(name)
    assert visitor.page.url.endswith("/admin/")
    assert visitor.page.locator(".sidebar a[href^='/admin/']").count() > 0
    assert not visitor.overflows()


@pytest.mark.thorough
def test_an_applicant_sees_his_own_cases_only(visit: Visit) -> None:
    own: dict[str, set[str]] = {}
    for name in ("applicant", "applicant2"):
        visitor = visit(name)
        visitor.open("/admin/application/?page_size=100")
        numbers = re.findall(r"[A-Z]{2}-\d{4}-\d{6}", visitor.page.inner_text("main"))
        own[name] = set(numbers)
        for number in own.get("applicant", set()) if name == "applicant2" else ():
            assert visitor.open(f"/admin/application/{number}/") == 404
    assert own["applicant"]
    assert own["applicant2"]
    assert not own["applicant"] & own["applicant2"]


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """A real installation on its first day."""
    environment = environment_of(tmp_path)
    made = run_command("init", environment=environment)
    assert made.returncode == 0, made.stderr
    accounts = dict(re.findall(r"^\s+(\S+)\s+(\S+)$", made.stdout, re.MULTILINE))
    port = free_port()
    with subprocess.Popen(  # noqa: S603
        [*COMMAND, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        site = Site(f"http://127.0.0.1:{port}", accounts, environment)
        wait_for(site.url, process)
        yield site
        process.terminate()


@pytest.mark.thorough
def test_an_empty_office_shows_its_empty_pages(visit: Visit, empty_site: Any) -> None:
    assert set(empty_site.accounts) == {"system", "security"}
    for name, locale in (("system", "zh_Hans_CN"), ("security", "en")):
        visitor = visit(site=empty_site, locale=locale).sign_in(name)
        assert visitor.page.url.endswith("/admin/"), name
        paths = visitor.page.eval_on_selector_all(
            "a[href^='/admin/']", "links => links.map(link => link.getAttribute('href'))"
        )
        for path in set(paths):
            assert visitor.open(path) == 200, path
