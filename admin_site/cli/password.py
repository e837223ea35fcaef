"""`onewindow password NAME`: a new password for an account, given at the machine itself."""

import secrets

import click

from admin_site.cli.office import open_office
from admin_site.cli.words import say
from models.acting import SYSTEM, acting_as
from models.questions.people import user_named
from views.passwords import hash_password


@click.command()
@click.argument("name")
def password(name: str) -> None:
    """Give an account a new password and end its sessions. 为账号重设口令。"""
    made = secrets.token_urlsafe(12)
    with open_office() as office, office.session() as session:
        user = user_named(session, name)
        if user is None:
            raise click.UsageError(say("no-account", name=name))
        with acting_as(session, SYSTEM, office.today):
            user.password_hash = hash_password(made)
            user.session_epoch += 1
            session.commit()
    click.echo(f"  {name:<12} {made}")
