"""Two addresses for whoever watches the process: is it alive, and has it its database."""

from flask import Blueprint, Flask, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from models.database import db

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database answers and has its tables."""
    try:
        db.session.execute(text("SELECT 1 FROM audit_head")).first()
    except SQLAlchemyError:
        return jsonify(ok=False), 503
    return jsonify(ok=True), 200


def init_health(app: Flask) -> None:
    """Serve both addresses."""
    app.register_blueprint(health)
