"""`onewindow demo`: a whole office to try, on this machine only."""

import ipaddress
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from admin_site.cli.office import opened_engine, read_settings
from admin_site.cli.words import say
from admin_site.config import Mode, Settings, office_today
from admin_site.server import serve_site
from models import Authority, Base, User
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from models.migrating import upgrade
from seed.demo import load_demo
from seed.office import account_names, authority_code, load_office
from seed.volume import add_cases
from views.passwords import hash_password, is_right

ACCOUNTS_FILE = "demo_accounts.json"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--reset", is_flag=True, help="Throw the demonstration's data away and start again.")
@click.option(
    "--applications", default=0, type=click.IntRange(0), help="Add this many cases of all states."
)
@click.option("--no-serve", is_flag=True, help="Fill the database and stop.")
@click.option("--json", "as_json", is_flag=True, help="First line: url and accounts as JSON.")
def demo(
    host: str, port: int, reset: bool, applications: int, no_serve: bool, as_json: bool
) -> None:
    """Load the demonstration office and serve it. 载入演示数据并启动。"""
    if not _is_loopback(host):
        raise click.UsageError(say("demo-is-local", host=host))
    settings = read_settings(Mode.DEMO)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with opened_engine(settings) as engine:
        passwords = _fill(engine, settings, reset=reset, applications=applications)
    _announce(f"http://{_in_url(host)}:{port}", passwords, as_json=as_json)
    if not no_serve:
        serve_site(settings, host, port)


def _fill(engine: Engine, settings: Settings, *, reset: bool, applications: int) -> dict[str, str]:
    _refuse_a_real_office(engine)
    if reset:
        _empty(engine)
    upgrade(engine)
    passwords = _kept_passwords(settings.data_dir / ACCOUNTS_FILE)
    today = office_today(settings)
    with GuardedSession(engine) as session:
        if not load_office(session, today, passwords, hash_password):
            _set_passwords(session, settings, passwords)
        load_demo(session, today, settings.timezone)
        add_cases(session, applications, today, settings.timezone)
    return passwords


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refuse_a_real_office(engine: Engine) -> None:
    """The demonstration never touches the data of a real installation."""
    tables = _tables_of(engine)
    if not tables:
        return
    with engine.connect() as connection:
        accounts = connection.execute(select(User.id).limit(1)).first()
        codes = connection.scalars(select(Authority.code)).all()
    if (accounts or codes) and authority_code() not in codes:
        raise click.ClickException(say("not-a-demo"))


def _tables_of(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) & set(Base.metadata.tables)


def _empty(engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Cases and certificates refer to each other, and SQLite deletes a table's rows
            # before it drops the table. Outside a transaction, or it would not be heard.
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            Base.metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    engine.dispose()  # what connects next keeps its foreign keys again


def _kept_passwords(path: Path) -> dict[str, str]:
    """The passwords of the accounts: made once, readable by their owner only."""
    if path.exists():
        kept = json.loads(path.read_text("utf-8"))
        if set(kept) == set(account_names()):
            return dict(kept)
    made = {name: secrets.token_urlsafe(9) for name in account_names()}
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(made, file, indent=1)
    return made


def _set_passwords(session: Session, settings: Settings, passwords: dict[str, str]) -> None:
    """Make the kept passwords those of the accounts, should they have been made anew."""
    users = session.scalars(
        select(User).where(User.username.in_(passwords)).order_by(User.id)
    ).all()
    stale = [u for u in users if not is_right(u.password_hash, passwords[u.username or ""])]
    with acting_as(session, SYSTEM, office_today(settings)):
        for user in stale:
            user.password_hash = hash_password(passwords[user.username or ""])
        session.commit()


def _announce(url: str, passwords: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"url": url, "accounts": passwords}))
    else:
        click.echo(say("demo-is-at", url=url))
        for name, password in passwords.items():
            click.echo(f"  {name:<12} {password}")
    sys.stdout.flush()
