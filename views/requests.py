"""What a request may say: local addresses, whole numbers and keys of rows, else 400 or 404."""

import re

from flask import abort, request

LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
WHOLE_NUMBER = re.compile(r"[0-9]{1,7}")
LARGEST_KEY = 2**31 - 1


def local_path(target: str | None) -> str | None:
    """``target`` if it is a path on this site, else None: a redirect never leaves the house."""
    return target if target and LOCAL_PATH.fullmatch(target) else None


def whole_number(name: str, default: int = 0) -> int:
    """A small whole number of the query string. Aborts with 400 when it is something else."""
    text = request.args.get(name)
    if text is None or text == "":
        return default
    if not WHOLE_NUMBER.fullmatch(text):
        abort(400)
    return int(text)


def is_key(text: str | None) -> bool:
    """Whether ``text`` can be a surrogate key at all."""
    return bool(text and text.isascii() and text.isdigit() and len(text) <= 10) and (
        int(text or 0) <= LARGEST_KEY
    )


def key_of_row(text: str | None) -> int:
    """A surrogate key. Aborts with 404: a key that cannot exist names no row."""
    if not is_key(text):
        abort(404)
    return int(text or 0)


def carries_nul() -> bool:
    """Whether the request says NUL anywhere, which no text of ours contains."""
    said = [request.path, *request.args.keys(), *request.form.keys()]
    said += [value for values in request.args.listvalues() for value in values]
    said += [value for values in request.form.listvalues() for value in values]
    return any("\x00" in text for text in said)
