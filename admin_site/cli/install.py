"""`onewindow init`, `upgrade` and `serve`: a real installation."""

import secrets

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin_site.cli.office import open_office, opened_engine, read_settings
from admin_site.cli.words import say
from admin_site.config import Mode, Settings, office_today
from admin_site.server import serve_site
from models import RoleGrant, User
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession
from models.enums import Duty
from models.migrating import current_revision, newest_revision
from models.migrating import upgrade as migrate
from seed.reference import load_calendar, load_templates
from views.passwords import hash_password


@click.command()
@click.option("--admin", default="system", show_default=True, help="The system administrator.")
@click.option("--security", default="security", show_default=True, help="Who grants duties.")
def init(admin: str, security: str) -> None:
    """Create the database with its first administrators. 建立正式安装的数据库。

    Nobody holds both duties: one account keeps accounts, settings and the calendar, the other
    gives duties and posts.
    """
    names = {Duty.SYSTEM: admin.strip().lower(), Duty.SECURITY: security.strip().lower()}
    if len(set(names.values())) < len(names) or not all(names.values()):
        raise click.UsageError(say("two-persons"))
    settings = read_settings(Mode.PRODUCTION)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with opened_engine(settings) as engine:
        migrate(engine)
        with GuardedSession(engine) as session:
            load_calendar(session, office_today(settings))
            load_templates(session, office_today(settings))
            made = _first_accounts(session, settings, names)
    click.echo(say("made-accounts" if made else "has-accounts"))
    for name, password in made.items():
        click.echo(f"  {name:<12} {password}")


def _first_accounts(session: Session, settings: Settings, names: dict[Duty, str]) -> dict[str, str]:
    if session.scalar(select(User.id).where(User.username.is_not(None)).limit(1)) is not None:
        return {}
    today = office_today(settings)
    made: dict[str, str] = {}
    with acting_as(session, SYSTEM, today):
        for duty, name in names.items():
            made[name] = secrets.token_urlsafe(12)
            user = User(
                username=name,
                display_name=name,
                display_name_en=name,
                password_hash=hash_password(made[name]),
            )
            session.add(RoleGrant(user=user, duty=duty, valid_from=today))
        session.commit()
    return made


@click.command()
def upgrade() -> None:
    """Bring the database to this release. 升级数据库结构。"""
    with open_office() as office:
        migrate(office.engine)
    click.echo(say("is-upgraded", revision=newest_revision()))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve a real installation. 启动正式服务。"""
    settings = read_settings(Mode.PRODUCTION)
    with open_office(settings) as office:
        if current_revision(office.engine) != newest_revision():
            raise click.ClickException(say("old-database"))
    click.echo(say("serving", url=f"http://{host}:{port}"))
    serve_site(settings, host, port)
