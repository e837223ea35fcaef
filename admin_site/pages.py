"""What every page may use: the brand, the addresses of its files, the name of the reader."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, request, url_for
from flask_babel import get_locale

from views.current import is_signed_in, name_in
from views.links import here
from views.words.brand import BRAND

BOOTSTRAP = "bootstrap/bootstrap4/css/bootstrap.min.css"


def static_url(name: str) -> str:
    """The address of a file of ours; it changes with the file, so that caches never lie."""
    return _address_of(request.script_root, current_app.static_folder, name)


@cache
def _address_of(_root: str, folder: str | None, name: str) -> str:
    return url_for("static", filename=name, v=_digest(folder, name))


@cache
def _digest(folder: str | None, name: str) -> str:
    return sha256(Path(folder or ".", name).read_bytes()).hexdigest()[:12]


def bootstrap_url() -> str:
    """Bootstrap 4 as Flask-Admin ships it."""
    return url_for("admin.static", filename=BOOTSTRAP, v="4.6.2")


def reader_name() -> str:
    """The name of the person signed in, in the language of the page."""
    return name_in(str(get_locale()))


def init_pages(app: Flask) -> None:
    """Give these to every template."""
    app.jinja_env.globals.update(
        static_url=static_url,
        bootstrap_url=bootstrap_url,
        reader_name=reader_name,
        is_signed_in=is_signed_in,
        here=here,
        brand=BRAND,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
