"""The worked cases of the domain sheet once more, by the buttons of the panel."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models import Applicant, Application, LicenceItem
from models.database import GuardedSession, db
from tests.factories import Office
from tests.views.casework import CasePage
from tests.web import Browser, close, fill_site, opened_site

# Promise, statute and warning days of the items that the cases are about.
ITEMS = {
    "15 of 20": (15, 20, 3),
    "10 of 20": (10, 20, 3),
    "20 of 20": (20, 20, 3),
    "29 of 29": (29, 29, 3),
}


def fill_items(engine: Engine) -> None:
    """An item for each pair of limits."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(700))
        for code, (promised, statutory, warning) in ITEMS.items():
            office.item(
                promised=promised, statutory=statutory, warning_days=warning, item={"code": code}
            )


@dataclass
class Panel:
    """The panel over the years: who opens it on which day."""

    site: Flask
    number: str = ""

    @contextmanager
    def on(self, day: str, name: str, *, language: str = "en") -> Iterator[Browser]:
        """What ``name`` does on a day."""
        settings = self.site.config["ONEWINDOW"]
        self.site.config["ONEWINDOW"] = replace(settings, today=date.fromisoformat(day))
        browser = Browser(self.site)
        assert browser.sign_in(name).status_code == 302
        browser.get(f"/language/{language}")
        try:
            yield browser
        finally:
            self.site.config["ONEWINDOW"] = settings

    def receives(self, day: str, item: str) -> None:
        """The clerk takes an application in by the form."""
        with self.on(day, "clerk") as clerk:
            with self.site.app_context():
                keys = {
                    "licence_item": db.session.scalar(select(LicenceItem.id).filter_by(code=item)),
                    "applicant": db.session.scalar(select(Applicant.id).limit(1)),
                }
            form = clerk.form("/admin/application/new/")
            form.pop("_add_another", None)
            typed = {**form, **{name: str(key) for name, key in keys.items()}, "channel": "WINDOW"}
            answer = clerk.post("/admin/application/new/", typed)
            assert answer.status_code == 302, answer.text
            answer = clerk.get(answer.headers["Location"])
            self.number = answer.headers["Location"].rstrip("/").rpartition("/")[2]

    def does(self, day: str, name: str, act: str, **typed: Any) -> None:
        """Press the button of an act."""
        with self.on(day, name) as browser:
            page = CasePage(browser, self.number)
            if act == "materials":
                typed["materials"] = re.findall(
                    r'name="materials"[^>]*value="(\d+)"', page.form("materials")
                )
            assert page.act(act, **typed).status_code == 302, (act, page.text)

    def is_accepted(self, day: str, item: str) -> None:
        """An application that came in complete and was accepted on its day."""
        self.receives(day, item)
        self.does(day, "clerk", "materials")
        self.does(day, "clerk", "accept")

    def is_paused(self, start: str, end: str, kind: str = "INSPECTION") -> None:
        """A special procedure from its first to its last day."""
        self.begins_procedure(start, end, kind)
        self.does(end, "reviewer", "resume", procedure=kind)

    def begins_procedure(self, start: str, end: str, kind: str) -> None:
        """A special procedure begins, with its notice."""
        told = {"planned_end_on": end, "notice_number": "特通1号", "reason": ""}
        self.does(start, "reviewer", "suspend", kind=kind, **told)

    def is_extended(self, day: str, days: int) -> None:
        """The reviewer asks, the leader approves."""
        self.does(day, "reviewer", "ask_extension", days=str(days), reason="需专家论证")
        self.does(day, "leader", "approve_extension")

    @property
    def dates(self) -> tuple[str, str]:
        """Both dates as they are stored."""
        case = self.case
        return str(case.due_on), str(case.statutory_due_on)

    @property
    def case(self) -> Application:
        """The case as it is stored."""
        with self.site.app_context():
            return db.session.scalars(select(Application).filter_by(number=self.number)).one()

    def shows(self, day: str, *words: str) -> None:
        """The page of the case says these words on a day."""
        with self.on(day, "manager") as manager:
            text = CasePage(manager, self.number).text
        for word in words:
            assert word in text, word

    def stands_in(self, day: str, tab: str) -> bool:
        """Whether the list shows the case under a tab on a day."""
        with self.on(day, "manager") as manager:
            return self.number in manager.get(f"/admin/application/?tab={tab}").text


@pytest.fixture
def panel(sqlite_databases: Any) -> Iterator[Panel]:
    """The panel of an office with its items."""
    site = opened_site(sqlite_databases.fresh(fill_items))
    yield Panel(site)
    close(site)


def test_panel_case_1(panel: Panel) -> None:
    panel.is_accepted("2025-09-08", "15 of 20")
    assert panel.dates == ("2025-09-28", "2025-10-11")
    panel.shows("2025-09-08", "2025-09-28", "2025-10-11")


def test_panel_case_2(panel: Panel) -> None:
    panel.is_accepted("2025-09-22", "15 of 20")
    assert panel.dates == ("2025-10-17", "2025-10-24")
    panel.is_paused("2025-09-25", "2025-10-15")
    assert panel.dates == ("2025-10-31", "2025-11-07")
    panel.shows("2025-10-15", "2025-10-31", "2025-11-07")


def test_panel_case_3(panel: Panel) -> None:
    panel.is_accepted("2025-03-03", "15 of 20")
    panel.is_paused("2025-03-24", "2025-03-28")
    assert panel.dates == ("2025-03-31", "2025-04-07")


def test_panel_case_4(panel: Panel) -> None:
    panel.is_accepted("2025-03-03", "15 of 20")
    panel.begins_procedure("2025-03-26", "2025-03-28", "INSPECTION")
    assert panel.stands_in("2025-03-26", "overdue")
    panel.does("2025-03-28", "reviewer", "resume")
    assert panel.dates == ("2025-03-24", "2025-04-02")
    assert panel.stands_in("2025-03-28", "overdue")


def test_panel_case_5(panel: Panel) -> None:
    panel.is_accepted("2025-03-03", "15 of 20")
    panel.is_extended("2025-03-24", 10)
    assert panel.dates == ("2025-04-08", "2025-04-15")


def test_panel_case_6(panel: Panel) -> None:
    panel.receives("2025-09-26", "10 of 20")
    panel.shows("2025-09-26", "2025-10-10")
    panel.does("2025-10-11", "clerk", "accept")
    assert (panel.case.deemed_accepted, str(panel.case.accepted_on)) == (True, "2025-09-26")
    assert panel.dates == ("2025-10-16", "2025-10-30")


def test_panel_case_7(panel: Panel) -> None:
    panel.is_accepted("2025-10-09", "15 of 20")
    panel.does("2025-10-09", "reviewer", "complete", opinion="符合条件")
    panel.does("2025-10-09", "decider", "grant")
    assert panel.dates == ("2025-10-22", "2025-10-22")
    panel.shows("2025-10-09", "2025-10-22")


def test_panel_case_8(panel: Panel) -> None:
    panel.receives("2025-09-22", "15 of 20")
    panel.does("2025-09-24", "clerk", "correct", missing="缺少申请书")
    panel.does("2025-10-09", "clerk", "materials")
    panel.does("2025-10-09", "clerk", "resubmit")
    assert str(panel.case.notice_due_on) == "2025-10-15"
    panel.does("2025-10-09", "clerk", "accept")
    assert str(panel.case.accepted_on) == "2025-10-09"


def test_panel_case_9_by_two_procedures_that_overlap(panel: Panel) -> None:
    panel.is_accepted("2025-04-07", "20 of 20")
    assert panel.dates[1] == "2025-05-07"
    panel.begins_procedure("2025-04-10", "2025-04-18", "TESTING")
    panel.begins_procedure("2025-04-16", "2025-04-25", "EXPERT_REVIEW")
    panel.does("2025-04-18", "reviewer", "resume", procedure="TESTING")
    assert panel.stands_in("2025-04-21", "paused")
    panel.does("2025-04-25", "reviewer", "resume", procedure="EXPERT_REVIEW")
    assert panel.dates[1] == "2025-05-22"


def test_panel_case_9_by_one_procedure(panel: Panel) -> None:
    panel.is_accepted("2025-04-07", "20 of 20")
    panel.is_paused("2025-04-10", "2025-04-25")
    assert panel.dates[1] == "2025-05-22"


def test_panel_case_10(panel: Panel) -> None:
    panel.is_accepted("2025-04-28", "10 of 20")
    assert (panel.dates[0], str(panel.case.warn_on)) == ("2025-05-15", "2025-05-12")
    assert not panel.stands_in("2025-05-11", "due_soon")
    assert panel.stands_in("2025-05-12", "due_soon")
    assert panel.stands_in("2025-05-15", "due_soon")
    assert panel.stands_in("2025-05-16", "overdue")


def test_panel_case_11(panel: Panel) -> None:
    panel.is_accepted("2025-06-03", "20 of 20")
    assert panel.dates[0] == "2025-07-01"
    panel.is_extended("2025-06-30", 5)
    assert panel.dates[0] == "2025-07-08"
    with panel.on("2025-07-01", "manager") as manager:
        page = CasePage(manager, panel.number).text
    table = re.search(r'<table class="list dates">.*?</table>', page, re.S)
    assert table
    rows = [re.findall(r"\d{4}-\d\d-\d\d", row) for row in table[0].split("<tr")[1:]]
    assert [row[:2] for row in rows if len(row) > 1][-2:] == [
        ["2025-06-03", "2025-07-01"],
        ["2025-06-30", "2025-07-08"],
    ]


def test_panel_case_12(panel: Panel) -> None:
    panel.is_accepted("2026-11-23", "29 of 29")
    assert panel.dates[0] == "2027-01-04"
    assert panel.case.due_is_provisional
    panel.shows("2026-11-23", "2027-01-04")
