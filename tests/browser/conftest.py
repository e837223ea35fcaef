"""A real browser on a real server: the demonstration, started as its users start it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.once import Once

COMMAND = (sys.executable, "-c", "from admin_site.cli import main; main()")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PATIENCE = 180  # seconds that a start may take where much else runs
SCREENS = pytest.mark.parametrize(
    ("width", "locale"), [(1366, "zh_Hans_CN"), (390, "en"), (1366, "en"), (390, "zh_Hans_CN")]
)


@dataclass(frozen=True)
class Site:
    """A running site and its accounts."""

    url: str
    accounts: dict[str, str]
    environment: dict[str, str]
    # Account → the cookies of who has signed in once.
    entered: dict[str, list[Any]] = field(default_factory=dict, compare=False)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the same installation."""
        return run_command(*arguments, environment=self.environment)


def run_command(*arguments: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        [*COMMAND, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def environment_of(folder: Path) -> dict[str, str]:
    """The environment of an installation in a folder of its own."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("ONEWINDOW_")}
    return {**plain, "ONEWINDOW_DATA_DIR": str(folder)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: "subprocess.Popen[str]") -> None:
    """Wait until the site answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the server has stopped"
        try:
            with urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url} within {PATIENCE} s")


def load_demonstration(folder: Path) -> None:
    done = run_command("demo", "--no-serve", environment=environment_of(folder))
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory, once: Once) -> Iterator[Site]:
    """The demonstration, served."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(once("demo", load_demonstration), folder, dirs_exist_ok=True)
    environment = environment_of(folder)
    port = free_port()
    with subprocess.Popen(  # noqa: S603
        [*COMMAND, "demo", "--port", str(port), "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        wait_for(told["url"], process)
        yield Site(told["url"], told["accounts"], environment)
        process.terminate()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium."""
    found = shutil.which("chromium")
    if found is None and not os.environ.get("ONEWINDOW_TESTS_SKIP_NOTHING"):
        pytest.skip("Chromium is not installed (apt-get install chromium fonts-noto-cjk)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One person at a browser of a certain width."""

    def __init__(self, browser: Any, site: Site, width: int, locale: str) -> None:
        self.site, self.locale = site, locale
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.on("response", self._receive)
        self.read_in(locale)

    def _hear(self, message: Any) -> None:
        # A refusal answers with its status, which the browser reports for the page itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def read_in(self, locale: str) -> None:
        """Choose a language; no page needs to be drawn for it."""
        self.locale = locale
        self.context.request.get(f"{self.site.url}/language/{locale}?next=/healthz")

    def _receive(self, answer: Any) -> None:
        if answer.status >= 400 and not answer.request.is_navigation_request():
            self.complaints.append(f"{answer.status} {answer.url}")

    def open(self, path: str) -> int:
        """Go to a page; returns its status."""
        answer = self.page.goto(self.site.url + path, wait_until="domcontentloaded")
        return int(answer.status) if answer else 0

    def sign_in(self, name: str, password: str | None = None) -> "Visitor":
        """Sign in with an account of the site."""
        self.open("/login")
        self.page.fill("#username", name)
        self.page.fill("#password", password or self.site.accounts[name])
        # The next page must be there, not only its address: a click returns before it is read.
        with self.page.expect_navigation():
            self.page.click("form[action='/login'] button[type=submit]")
        return self

    def enter(self, name: str) -> "Visitor":
        """Come in as a person who has signed in before: the way in has tests of its own."""
        if name not in self.site.entered:
            self.site.entered[name] = self._cookies_of(name)
        self.context.add_cookies(self.site.entered[name])
        self.read_in(self.locale)
        return self

    def _cookies_of(self, name: str) -> list[Any]:
        page = self.context.request.get(f"{self.site.url}/login").text()
        token = TOKEN.search(page)
        assert token is not None
        form = {"csrf_token": token[1], "username": name, "password": self.site.accounts[name]}
        answer = self.context.request.post(f"{self.site.url}/login", form=form)
        assert answer.url.endswith("/admin/"), f"{name} was not let in"
        return list(self.context.cookies())

    def choose(self, field: str, text: str) -> None:
        """Choose a row in a field that looks rows up."""
        self.page.fill(f"#{field}", "")
        self.page.locator(f"#{field}").press_sequentially(text)
        option = self.page.locator(f"#{field}-found option").first
        option.wait_for(state="attached")
        self.page.fill(f"#{field}", option.get_attribute("value"))

    def act(self, name: str, **fields: str) -> None:
        """Press the button of an act on the case page, with its form filled in."""
        form = self.page.locator(f"form[action$='/act/{name}/']").first
        holder = self.page.locator("details.act", has=form)
        if holder.count() and holder.first.get_attribute("open") is None:
            holder.first.locator("summary").click()
        for key, value in fields.items():
            widget = form.locator(f"[name='{key}']").first
            if widget.evaluate("node => node.tagName") == "SELECT":
                widget.select_option(value)
            else:
                widget.fill(value)
        # Every condition of the item is met.
        for met in form.locator("input[type=radio][value=met]").all():
            met.check()
        with self.page.expect_navigation():
            form.locator("button[type=submit]").click()

    def sees(self, text: str) -> bool:
        """Whether a text stands on the page."""
        return text in self.page.inner_text("body")

    def overflows(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.fixture
def visit(chromium: Any, demo_site: Site) -> Iterator[Callable[..., Visitor]]:
    """A visitor of the demonstration; in the end no script has complained."""
    visitors: list[Visitor] = []

    def arrive(
        name: str | None = None,
        width: int = 1366,
        locale: str = "zh_Hans_CN",
        site: Site = demo_site,
    ) -> Visitor:
        visitor = Visitor(chromium, site, width, locale)
        visitors.append(visitor)
        return visitor.enter(name) if name else visitor

    yield arrive
    for visitor in visitors:
        visitor.context.close()
    assert [c for visitor in visitors for c in visitor.complaints] == []
