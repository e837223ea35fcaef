"""The public pages: what the office is, and the way in."""

from flask import Blueprint, Flask, render_template

portal = Blueprint("portal", __name__)


@portal.get("/")
def welcome() -> str:
    """What the office does, for whoever comes first."""
    return render_template("portal/welcome.html")


def build_portal(app: Flask) -> None:
    """Serve the public pages."""
    app.register_blueprint(portal)
