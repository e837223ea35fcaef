"""An office with cases of every light, and what a person does on their pages."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import Engine, func, select
from werkzeug.test import TestResponse

from models import Application, Base, acts
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession, db
from models.enums import ApplicationStatus
from seed.event_log import read_log
from seed.log_import import import_log
from tests.databases import rows_of
from tests.factories import MONDAY, Office
from tests.web import Browser, fill_site

LOG = """case,activity,resource,timestamp,start,deadline,end
a.b/1,检查,老周,2024-11-04T09:00:00+08:00,2024-11-01T08:00:00+08:00,2024-11-20T08:00:00+08:00,2024-12-02T08:00:00+08:00
c-2,检查,老周,2025-02-04T09:00:00+08:00,2025-02-03T08:00:00+08:00,2025-02-20T08:00:00+08:00,
"""


# What the window types of the applicant's written request to take a case back.
REQUEST = {"document_number": "撤1", "requested_on": "2025-03-03", "came_by": "WINDOW"}


def fill_casework(engine: Engine) -> None:
    """What the site has, and a case for every light; today is MONDAY."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(500))  # the first numbers are taken
        item = office.item(
            promised=7, statutory=12, item={"name": "检测机构许可", "name_en": "Laboratory permit"}
        )
        own = office.applicant("云杉检测有限公司", user=office.user("applicant2"))
        for day in (
            date(2025, 2, 10),
            date(2025, 2, 19),
            date(2025, 2, 20),
            date(2025, 2, 21),
            MONDAY,
        ):
            office.accepted(day, item)
            office.reviewed(day, item, applicant=own)
        office.suspend(
            office.accepted(date(2025, 2, 26), item), date(2025, 2, 27), date(2025, 3, 12)
        )
        office.granted(date(2025, 2, 28), item)
        claimed = office.accepted(date(2025, 2, 28), item)
        with office.acts("reviewer", MONDAY):
            acts.steps.claim(session, claimed.steps[1])
        withdrawn = office.accepted(date(2025, 2, 26), item)
        office.withdraw(withdrawn, MONDAY)
        with office.acts("applicant2", MONDAY):
            acts.portal.draft(session, item).applicant = own
        with acting_as(session, SYSTEM, MONDAY):
            _import(session)


def _import(session: Any) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "old.csv")
        path.write_text(LOG, "utf-8")
        import_log(session, read_log(path, ZoneInfo("Asia/Shanghai")), "old", MONDAY)


def cases(site: Flask, **values: Any) -> list[str]:
    """The numbers of the cases that are so, in the order in which they came."""
    with site.app_context():
        found = select(Application.number).filter_by(**values).order_by(Application.id)
        return list(db.session.scalars(found))


def case_rows(site: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the database."""
    with site.app_context(), db.engine.connect() as connection:
        return {table: rows_of(connection, table) for table in Base.metadata.tables}


def total(site: Flask) -> int:
    """How many cases there are."""
    with site.app_context():
        return db.session.scalar(select(func.count()).select_from(Application)) or 0


VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')
STEP = re.compile(r'name="step"[^>]*value="(\d+)"')


@dataclass
class CasePage:
    """The page of one case, as one person sees it."""

    browser: Browser
    number: str

    @property
    def url(self) -> str:
        """Its address."""
        return f"/admin/application/{self.number}/"

    @property
    def text(self) -> str:
        """What it says now."""
        page = self.browser.get(self.url)
        assert page.status_code == 200, page.status_code
        return unescape(page.text)

    def form(self, name: str) -> str:
        """The form of an act, whole."""
        page = self.text
        found = re.search(rf'<form[^>]*/act/{name}/".*?</form>', page, re.S)
        assert found, name
        return found.group(0)

    def offers(self, name: str) -> bool:
        """Whether the act has a button."""
        return f"/act/{name}/" in self.text

    def hidden(self, name: str) -> dict[str, str]:
        """What travels with the form of an act."""
        form = self.form(name)
        version, step = VERSION.search(form), STEP.search(form)
        return {
            "version": version.group(1) if version else "",
            "step": step.group(1) if step else "",
        }

    def send(self, name: str, **typed: Any) -> TestResponse:
        """Send an act's form with these fields and nothing else."""
        return self.browser.post(f"{self.url}act/{name}/", typed)

    def act(self, name: str, **typed: Any) -> TestResponse:
        """Press the button of an act that the page offers."""
        return self.send(name, **{**self.hidden(name), **typed})


def version_of(site: Flask, number: str) -> str:
    """The version of a case as it is stored."""
    with site.app_context():
        return str(db.session.scalar(select(Application.version).filter_by(number=number)))


def status_of(site: Flask, number: str) -> ApplicationStatus:
    """Where a case stands."""
    with site.app_context():
        found = db.session.scalar(select(Application.status).filter_by(number=number))
        assert found is not None
        return found
