"""Sites with many cases, for the measurements: the demonstration office and copies of its cases."""

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
from tests.databases import url_of
from tests.web import CHEAP, PASSWORD

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Shanghai")


def fill_volume(engine: Engine, cases: int) -> None:
    """The demonstration office with so many cases more."""
    Base.metadata.create_all(engine)
    hashed = CHEAP.hash(PASSWORD)
    with GuardedSession(engine) as rows:
        load_office(rows, TODAY, dict.fromkeys(account_names(), PASSWORD), lambda _word: hashed)
        load_demo(rows, TODAY, ZONE)
        add_cases(rows, cases, TODAY, ZONE)


def site_of(engine: Engine) -> Flask:
    """The site on that day; it may be asked as often as one likes."""
    settings = Settings.from_environment(Mode.TEST, {})
    settings = replace(settings, database_url=url_of(engine), today=TODAY)
    return create_app({**settings.flask_config(), "RATELIMIT_ENABLED": False})
