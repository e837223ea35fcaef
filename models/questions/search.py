"""Search over the whole office: what somebody types in one field, and the rows that it names.

A whole number is asked for first, then what begins so, and only then what has it somewhere in
it: the first two read an index, the last one reads the table until enough is found.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from models.application import Applicant, Application
from models.catalogue import LicenceItem
from models.certificate import Certificate
from models.identity import ApplicantIdentity
from models.questions.applicants import IS_HELD
from models.rules.identity import folded_number

LONGEST = 100
# Greater than every character of a text: the end of the texts that begin alike.
_LAST = "\U0010ffff"

Scope = ColumnElement[bool] | None
# What is asked for, and in which order the rows come; the id breaks ties.
Stage = tuple[ColumnElement[bool], Any]


def tidy(text: str) -> str:
    """What was typed, with single spaces."""
    return " ".join(text.split())


def as_number(text: str) -> str:
    """What was typed, as numbers are written: capitals, and no full-width characters."""
    return unicodedata.normalize("NFKC", text).upper()


def _spellings(text: str) -> list[str]:
    """How the number may stand in the table: imported ones keep their small letters."""
    return sorted({text, unicodedata.normalize("NFKC", text), as_number(text)})


def case_of_number(session: Session, text: str, scope: Scope) -> str | None:
    """The number of the case that was typed whole, within a reader's scope."""
    found = select(Application.number).where(Application.number.in_(_spellings(text)))
    return session.scalars(_within(found, scope).order_by(Application.id).limit(1)).first()


def cases_like(session: Session, text: str, most: int, scope: Scope = None) -> list[Application]:
    """The cases whose number was typed in part; the newest first."""
    question = select(Application).options(
        joinedload(Application.licence_item), joinedload(Application.applicant)
    )
    stages = _by_number(session, Application, text)
    return _found(session, _within(question, scope), stages, most)


def certificates_like(
    session: Session, text: str, most: int, scope: Scope = None
) -> list[Certificate]:
    """The certificates whose number was typed, whole or in part; the newest first."""
    whole = Certificate.number.in_(_spellings(text))
    stages = [(whole, Certificate.edition.desc()), *_by_number(session, Certificate, text)]
    return _found(session, _within(select(Certificate), scope), stages, most)


def applicants_like(session: Session, text: str, most: int, scope: Scope = None) -> list[Applicant]:
    """The applicants of this number, or whose name has the text in it."""
    # By an old number too: who was known by it is the same one.
    held = select(ApplicantIdentity.applicant_id).where(
        ApplicantIdentity.identity_number == folded_number(text), IS_HELD
    )
    of_number = Applicant.id.in_(held)
    wanted = (of_number, _begins(session, Applicant.name, text), _has(Applicant.name, text))
    stages = [(condition, Applicant.name.asc()) for condition in wanted]
    return _found(session, _within(select(Applicant), scope), stages, most)


def items_like(session: Session, text: str, most: int, scope: Scope = None) -> list[LicenceItem]:
    """The items of the catalogue whose code or name, in either language, has the text in it."""
    item = LicenceItem
    anywhere = or_(*(_has(column, text) for column in (item.code, item.name, item.name_en)))
    stages = [(item.code == text, item.code.asc()), (anywhere, item.is_offered.desc())]
    return _found(session, _within(select(item), scope), stages, most)


def _within(question: Select[Any], scope: Scope) -> Select[Any]:
    return question if scope is None else question.where(scope)


def _found(
    session: Session, question: Select[Any], stages: Sequence[Stage], most: int
) -> list[Any]:
    """The rows of the first stages, until there is one more than wanted; nothing twice."""
    rows: dict[int, Any] = {}
    key = question.column_descriptions[0]["entity"].id
    for condition, order in stages:
        found = session.scalars(
            question.where(condition).order_by(order, key.desc()).limit(most + 1)
        )
        for row in found:
            rows.setdefault(row.id, row)
        if len(rows) > most:
            break
    return list(rows.values())[: most + 1]


def _by_number(session: Session, table: Any, text: str) -> list[Stage]:
    spellings = _spellings(text)
    begins = or_(*(_begins(session, table.number, number) for number in spellings))
    stages: list[Stage] = [(begins, table.number.desc())]
    if any(character.isdigit() for character in text):
        # A word without a figure is no part of a number; the table need not be read for it.
        anywhere = or_(*(table.number.contains(number, autoescape=True) for number in spellings))
        stages.append((anywhere, table.id.desc()))
    return stages


def _begins(session: Session, column: Any, text: str) -> ColumnElement[bool]:
    """The column begins with the text."""
    if not text:
        return false()
    if session.get_bind().dialect.name == "sqlite":
        # LIKE knows no index here, and texts are compared by their bytes.
        return and_(column >= text, column < f"{text}{_LAST}")
    return column.startswith(text, autoescape=True)  # type: ignore[no-any-return]


def _has(column: Any, text: str) -> ColumnElement[bool]:
    """The column has the text in it; small and capital letters are the same."""
    if not text.isascii():
        # Chinese knows no capitals; without them the comparison costs half.
        return column.contains(text, autoescape=True)  # type: ignore[no-any-return]
    return column.icontains(text, autoescape=True)  # type: ignore[no-any-return]
