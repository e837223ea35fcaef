"""`onewindow doctor`: is this installation fit to serve?"""

import json
import os
import sys
from collections.abc import Iterator
from importlib.resources import files

import click
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from admin_site.cli.office import opened_engine, read_settings
from admin_site.cli.words import say
from admin_site.config import LOCALES, Settings, office_today
from admin_site.documents.glyphs import FONT, printable
from models import CalendarYear
from models.database import GuardedSession
from models.migrating import current_revision, newest_revision

Check = tuple[str, bool, str]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(as_json: bool) -> None:
    """Check folders, font, database, migrations and calendar. 检查安装情况。"""
    settings = read_settings()
    with opened_engine(settings) as engine:
        checks = list(_checks(settings, engine))
    if as_json:
        keys = ("name", "ok", "detail")
        click.echo(json.dumps({"checks": [dict(zip(keys, c, strict=True)) for c in checks]}))
    else:
        for name, ok, detail in checks:
            click.echo(f"{say('check-ok' if ok else 'check-failed'):<8} {name}: {detail}")
    if not all(ok for _name, ok, _detail in checks):
        sys.exit(1)


def _checks(settings: Settings, engine: Engine) -> Iterator[Check]:
    yield _folder(settings)
    yield _translations()
    yield _font()
    database = _database(engine)
    yield database
    if not database[1]:
        return
    found, newest = current_revision(engine), newest_revision()
    yield "migrations", found == newest, f"{found} / {newest}"
    if found == newest:
        yield _calendar(settings, engine)


def _folder(settings: Settings) -> Check:
    folder = settings.data_dir
    return "data_folder", folder.is_dir() and os.access(folder, os.W_OK), str(folder)


def _translations() -> Check:
    # English is the language of the sources, so only the others have a catalogue.
    folder = files("admin_site") / "translations"
    missing = [
        locale
        for locale in LOCALES
        if locale != "en" and not (folder / locale / "LC_MESSAGES" / "messages.mo").is_file()
    ]
    return "translations", not missing, ", ".join(missing or LOCALES)


def _font() -> Check:
    # A document without its font is refused, character by character; here it is said at once.
    try:
        return "font", True, f"{FONT.name}: {len(printable()):,}"
    except (OSError, ValueError, LookupError) as error:
        return "font", False, f"{FONT.name}: {type(error).__name__}"


def _database(engine: Engine) -> Check:
    try:
        with engine.connect():
            return "database", True, engine.dialect.name
    except SQLAlchemyError as error:
        return "database", False, type(error).__name__


def _calendar(settings: Settings, engine: Engine) -> Check:
    """The present year must be confirmed, or every date of today is provisional."""
    with GuardedSession(engine) as session:
        years = session.scalars(
            select(CalendarYear.year).where(CalendarYear.is_confirmed).order_by(CalendarYear.year)
        ).all()
    this_year = office_today(settings).year
    return "calendar", this_year in years, ", ".join(map(str, years))
