"""The panel: its home, its menu, and a view for every table."""

from pathlib import Path

from flask import Flask
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme

from views.panel.board import figures
from views.panel.board import page as board
from views.panel.shell import attention, my_work, search, tour
from views.panel.shell.counters import count_of
from views.panel.shell.home import PanelHome, panel_menu, recalculation
from views.panel.shell.keys import key_links
from views.panel.tables import (
    audit,
    calendar,
    cases,
    catalogue,
    catalogue_parts,
    certificate_changes,
    certificates,
    clock,
    daily_run,
    intake,
    review,
    saved_views,
    staff,
    supervision,
)
from views.panel.tables.plain import plain_views
from views.words.brand import BRAND
from views.words.field_help import help_of

FAMILIES = (
    cases,
    intake,
    clock,
    calendar,
    daily_run,
    review,
    certificates,
    certificate_changes,
    catalogue,
    catalogue_parts,
    staff,
    supervision,
    saved_views,
    audit,
)


def build_panel(app: Flask) -> None:
    """Open the panel on the application: a view for every table, and the home page."""
    admin = Admin(
        app,
        name=BRAND,
        url="/admin",
        index_view=PanelHome(url="/admin"),
        theme=Bootstrap4Theme(base_template="panel/shell.html"),
        translations_path=str(Path(app.root_path, "translations")),
        csp_nonce_generator=app.jinja_env.globals["csp_nonce"],
    )
    # One's own work, the board, the figures, attention, search and the tour belong to no table.
    for family in (*FAMILIES, my_work, board, figures, attention, search, tour):
        admin.add_views(*(view() for view in family.VIEWS))
    of_tables = [view for family in FAMILIES for view in family.VIEWS]
    admin.add_views(*(view() for view in plain_views(of_tables)))
    app.jinja_env.globals["panel_menu"] = panel_menu
    app.jinja_env.globals["key_links"] = key_links
    app.jinja_env.globals["recalculation"] = recalculation
    app.jinja_env.globals["count_of"] = count_of
    app.jinja_env.globals["help_of"] = help_of
