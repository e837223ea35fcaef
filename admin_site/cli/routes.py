"""`onewindow routes`: every address of the site, and the permission that guards it."""

import json
from typing import Any

import click
from flask import Flask

from admin_site import create_app
from admin_site.cli.office import opened_engine, read_settings

# Addresses of the panel that ask for an account and nothing more.
SIGNED_IN = "signed_in"
PUBLIC = "public"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def routes(as_json: bool) -> None:
    """List every URL rule with its permission. 列出全部网址及其权限。"""
    settings = read_settings()
    with opened_engine(settings):  # an address that cannot be used is told in words
        listed = routes_of(create_app(settings))
    if as_json:
        click.echo(json.dumps({"routes": listed}))
        return
    for route in listed:
        click.echo(f"{'/'.join(route['methods']):<10} {route['rule']:<55} {route['verb']}")


def routes_of(app: Flask) -> list[dict[str, Any]]:
    """Each rule with its methods and the permission that guards it."""
    views = {view.endpoint: view for view in app.extensions["admin"][0]._views}
    return [
        {
            "rule": rule.rule,
            "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
            "verb": _permission(app, views, rule.endpoint),
        }
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    ]


def _permission(app: Flask, views: dict[str, Any], endpoint: str) -> str:
    blueprint, _, name = endpoint.partition(".")
    view = views.get(blueprint)
    if view is None or name == "static":
        # A page outside the panel says itself whom it is for.
        return str(getattr(app.view_functions[endpoint], "permission", PUBLIC))
    verbs = getattr(view, "endpoint_verbs", None)
    if verbs is None:
        return SIGNED_IN
    table = view.table
    opened = [f"{table}.{verb.name.lower()}" for verb in verbs.get(name, ())]
    return " | ".join(sorted(opened)) or "closed"
