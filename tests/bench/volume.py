"""Sites with many cases, for the measurements: the demonstration office and copies of its cases."""

import os
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import Engine

from admin_site import create_app
from admin_site.config import Mode, Settings
from models import Base
from models.database import GuardedSession
from seed.demo import load_demo
from seed.office import account_names, load_office
from seed.volume import add_cases
from tests.web import CHEAP, PASSWORD

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Shanghai")
FEW = 1000
CASES = int(os.environ.get("ONEWINDOW_BENCH_CASES", "100000"))
SYSTEMS = ("sqlite", "postgresql") if os.environ.get("ONEWINDOW_BENCH_POSTGRESQL") else ("sqlite",)


def fill_volume(engine: Engine, cases: int) -> None:
    """The demonstration office with so many cases more."""
    Base.metadata.create_all(engine)
    hashed = CHEAP.hash(PASSWORD)
    with GuardedSession(engine) as rows:
        load_office(rows, TODAY, dict.fromkeys(account_names(), PASSWORD), lambda _word: hashed)
        load_demo(rows, TODAY, ZONE)
        add_cases(rows, cases, TODAY, ZONE)


def fill_few(engine: Engine) -> None:
    """The office with a thousand cases."""
    fill_volume(engine, FEW)


def fill_many(engine: Engine) -> None:
    """The office with a hundred thousand."""
    fill_volume(engine, CASES)


def site_of(url: str) -> Flask:
    """The site on that day; it may be asked as often as one likes."""
    settings = Settings.from_environment(Mode.TEST, {})
    settings = replace(settings, database_url=url, today=TODAY)
    return create_app({**settings.flask_config(), "RATELIMIT_ENABLED": False})
