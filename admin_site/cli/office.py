"""The room that every command with a database goes through: settings, session, words, endings.

    with open_office() as office, office.session() as session:
        ...

Whatever fails inside ends the command with its status and one line of words, never a traceback.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click
from sqlalchemy import URL, Engine, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from admin_site.cli.words import Words, say, speak
from admin_site.config import Mode, Settings, SettingsError, office_today
from models import Authority, CalendarYear
from models.database import GuardedSession, open_engine, reading
from models.errors import RuleViolation
from models.questions.calendar import working_calendar
from models.rules.working_days import Calendar
from seed.office import authority_code

WORDS: Words = {
    "bad-url": {
        "zh": "ONEWINDOW_DATABASE_URL：无法使用（{reason}）",
        "en": "ONEWINDOW_DATABASE_URL: cannot be used ({reason})",
    },
    "database-failed": {
        "zh": "数据库无法完成操作：{reason}",
        "en": "the database could not do this: {reason}",
    },
    "rule-refused": {"zh": "规则不允许：{reason}", "en": "a rule refuses this: {reason}"},
}


@dataclass(frozen=True, slots=True)
class Office:
    """An installation whose database is there, on one of its days."""

    settings: Settings
    engine: Engine

    @property
    def today(self) -> date:
        """The office's day."""
        return office_today(self.settings)

    def session(self) -> GuardedSession:
        """A session in which nobody acts yet."""
        return GuardedSession(self.engine)


def read_settings(mode: Mode = Mode.DEMO) -> Settings:
    """The settings of this installation; unusable ones end with status 2.

    Most commands sign no session, so a server's rules for its secret key are not theirs.
    """
    try:
        return Settings.from_environment(mode)
    except (SettingsError, OSError) as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def open_office(settings: Settings | None = None) -> Iterator[Office]:
    """The office over its database; without one the command ends with status 1."""
    settings = settings or read_settings()
    with opened_engine(settings) as engine:
        yield Office(_settings_of(engine, settings), engine)


@contextmanager
def opened_engine(settings: Settings) -> Iterator[Engine]:
    """The engine of a database that need not be there yet."""
    engine = _engine(settings)
    try:
        with explained():
            yield engine
    finally:
        engine.dispose()


@contextmanager
def explained() -> Iterator[None]:
    """What a rule or the database refuses ends with status 1 and its reason."""
    try:
        yield
    except RuleViolation as violation:
        raise click.ClickException(speak(WORDS, "rule-refused", reason=violation)) from violation
    except SQLAlchemyError as error:
        reason = reason_of(error)
        raise click.ClickException(speak(WORDS, "database-failed", reason=reason)) from error


def reason_of(error: BaseException) -> str:
    """The first line of an error, without the statement and the values that came with it."""
    told = error.orig if isinstance(error, DBAPIError) else error
    return next(iter(str(told).splitlines()), type(told).__name__)


def kept_calendar() -> Calendar | None:
    """The calendar of this installation's database; None where there is no such thing yet."""
    try:
        with open_office() as office, reading(), office.session() as session:
            has_years = session.scalar(select(CalendarYear.id).limit(1)) is not None
            return working_calendar(session) if has_years else None
    except click.ClickException:
        return None


def _engine(settings: Settings) -> Engine:
    try:
        return open_engine(settings.database_url)
    except (ArgumentError, ImportError) as error:
        raise click.UsageError(speak(WORDS, "bad-url", reason=reason_of(error))) from error


def _settings_of(engine: Engine, settings: Settings) -> Settings:
    """The settings as they hold for this database: only the demonstration's day may be set."""
    if _is_missing_file(make_url(engine.url)):
        raise click.ClickException(say("no-database"))
    with reading(), engine.connect() as connection:
        if not inspect(connection).has_table("audit_head"):
            raise click.ClickException(say("no-database"))
        codes = connection.scalars(select(Authority.code)).all()
    if authority_code() in codes:
        return settings
    return replace(settings, mode=Mode.PRODUCTION, today=None)


def _is_missing_file(url: URL) -> bool:
    """A database file that is not there: to look inside it would make it."""
    path = url.database or ":memory:"
    return (
        url.get_backend_name() == "sqlite"
        and not path.startswith((":memory:", "file:"))
        and not Path(path).exists()
    )
