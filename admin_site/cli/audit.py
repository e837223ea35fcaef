"""`onewindow audit verify`: walk the chain of the audit log."""

import json
import sys

import click

from admin_site.cli.office import open_office
from admin_site.cli.words import say
from models.hooks.audit import verify as walk


@click.group()
def audit() -> None:
    """The audit log. 留痕。"""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(as_json: bool) -> None:
    """Recompute every hash of the chain. 校验留痕链。"""
    with open_office() as office, office.engine.connect() as connection:
        verdict = walk(connection)
    if as_json:
        click.echo(
            json.dumps(
                {"entries": verdict.entries, "ok": verdict.ok, "first_bad": verdict.first_bad}
            )
        )
    elif verdict.ok:
        click.echo(say("audit-ok", entries=verdict.entries))
    if not verdict.ok:
        click.echo(say("audit-broken", first_bad=verdict.first_bad), err=True)
        sys.exit(1)
