"""A deed put before the rules: done, or only tried; and what the database refuses, as a rule."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import IntegrityError

from models.database import db
from models.errors import RuleViolation
from views.words.messages import WORDS

_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (\w+)")
_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: \w+\.(\w+)")
_SQLITE_NULL = re.compile(r"NOT NULL constraint failed: \w+\.(\w+)")


def violation_of(error: IntegrityError) -> RuleViolation:
    """What the database refused, as the rule whose name the constraint carries."""
    diagnosis = getattr(error.orig, "diag", None)
    found = _from_postgresql(diagnosis) if diagnosis else _from_sqlite(str(error.orig))
    return found or RuleViolation("constraint")


def judged(deed: Callable[[], object]) -> RuleViolation | None:
    """Carry a deed out and commit it; what stands against it, when nothing is saved."""

    def commit() -> None:
        deed()
        db.session.commit()

    refusal = _refusal_of(commit)
    if refusal is not None:
        db.session.rollback()
    return refusal


def tried(deed: Callable[[], object]) -> RuleViolation | None:
    """What the rules say to a deed that is only tried: it is judged whole, and taken back."""

    def flush() -> None:
        deed()
        db.session.flush()

    try:
        return _refusal_of(flush)
    finally:
        db.session.rollback()


def _refusal_of(attempt: Callable[[], None]) -> RuleViolation | None:
    try:
        attempt()
    except RuleViolation as violation:
        return violation
    except IntegrityError as error:
        return violation_of(error)
    return None


def _from_sqlite(text: str) -> RuleViolation | None:
    if text in WORDS:  # a trigger of ours speaks in codes
        return RuleViolation(text)
    if found := _SQLITE_CHECK.search(text):
        return _checked(found.group(1))
    if found := _SQLITE_UNIQUE.search(text):
        return RuleViolation("already-exists", field=found.group(1))
    if found := _SQLITE_NULL.search(text):
        return RuleViolation("is-missing", field=found.group(1))
    return RuleViolation("still-referred-to") if "FOREIGN KEY" in text else None


def _from_postgresql(diagnosis: Any) -> RuleViolation | None:
    name = diagnosis.constraint_name or ""
    if diagnosis.message_primary in WORDS:
        return RuleViolation(diagnosis.message_primary)
    if name.startswith("ck_"):
        return _checked(name)
    if name.startswith("uq_"):
        return RuleViolation("already-exists")
    if name.startswith("fk_"):
        return RuleViolation("still-referred-to")
    column = diagnosis.column_name
    return RuleViolation("is-missing", field=column) if column else None


def _checked(name: str) -> RuleViolation | None:
    """The rule of a CHECK: its name without the prefix of its table."""
    code = name.removeprefix("ck_").replace("_", "-")
    while code and code not in WORDS:
        _head, _dash, code = code.partition("-")
    return RuleViolation(code) if code else None
