"""The `onewindow` command. Each verb is loaded when it is called, so `due` starts at once."""

import importlib
import os
import sys
from pathlib import Path

import click
from dotenv import load_dotenv

import admin_site
import models

# Verb → where its command is written.
VERBS = {
    "audit": "admin_site.cli.audit:audit",
    "code": "admin_site.cli.clock:code",
    "daily": "admin_site.cli.daily:daily",
    "demo": "admin_site.cli.demo:demo",
    "doctor": "admin_site.cli.doctor:doctor",
    "due": "admin_site.cli.clock:due",
    "export-catalogue": "admin_site.cli.catalogue:export_file",
    "import-calendar": "admin_site.cli.calendar:import_calendar",
    "import-catalogue": "admin_site.cli.catalogue:import_file",
    "import-log": "admin_site.cli.import_log:import_log",
    "init": "admin_site.cli.install:init",
    "overdue": "admin_site.cli.overdue:overdue",
    "password": "admin_site.cli.password:password",
    "routes": "admin_site.cli.routes:routes",
    "serve": "admin_site.cli.install:serve",
    "upgrade": "admin_site.cli.install:upgrade",
}


class Verbs(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, name = VERBS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onewindow", message="%(version)s")
def cli() -> None:
    """One Window 一个窗口对外: administrative permits inside legal time limits."""


def main() -> None:
    """Run the command line. No traceback reaches a user."""
    _refuse_foreign_packages()
    load_dotenv(Path(".env"))
    # What is made here (keys, the database, its journal) is its owner's alone.
    os.umask(0o077)
    try:
        cli()
    except Exception as error:  # the last resort: a word and a status instead of a traceback
        click.echo(f"onewindow: {type(error).__name__}: {error}", err=True)
        sys.exit(1)


def _refuse_foreign_packages() -> None:
    """Our packages have plain names; one of the same name elsewhere on the path is not ours."""
    homes = {Path(str(package.__file__)).parent.parent for package in (admin_site, models)}
    if len(homes) > 1:
        found = ", ".join(sorted(map(str, homes)))
        click.echo(f"onewindow: another package of the same name is in the way: {found}", err=True)
        sys.exit(2)
