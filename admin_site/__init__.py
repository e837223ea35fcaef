"""The web application: puts the parts together, owns what is not a page."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from admin_site.config import Mode, Settings
from admin_site.documents import init_documents
from admin_site.errors import init_errors
from admin_site.health import init_health
from admin_site.i18n import init_i18n
from admin_site.own_password import init_own_password
from admin_site.pages import init_pages
from admin_site.security import init_security
from admin_site.sign_in import init_sign_in
from admin_site.theme import init_theme
from models.database import db
from views.panel import build_panel
from views.portal import build_portal


def create_app(config: Settings | Mapping[str, Any] | None = None) -> Flask:
    """The application for these settings; from the environment of a server when none are given.

    A mapping is Flask configuration on top of the settings of a test.
    """
    app = Flask(__name__)
    app.config.update(_configuration(config))
    db.init_app(app)
    init_i18n(app)
    init_theme(app)
    init_sign_in(app)
    init_own_password(app)
    init_security(app)
    init_pages(app)
    init_errors(app)
    init_documents(app)
    init_health(app)
    build_panel(app)
    build_portal(app)
    return app


def _configuration(config: Settings | Mapping[str, Any] | None) -> dict[str, Any]:
    if config is None:
        return Settings.from_environment(Mode.PRODUCTION).flask_config()
    if isinstance(config, Settings):
        return config.flask_config()
    return {**Settings.from_environment(Mode.TEST).flask_config(), **config}
