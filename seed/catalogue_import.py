"""Reads a catalogue into the office: items and drafts of their versions, never a publication."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import Base, Department, ItemVersion, LicenceItem
from models.enums import Origin
from models.enums import VersionStatus as Version
from models.errors import RuleViolation
from seed.catalogue_files import current_version
from seed.catalogue_text import (
    OF_THE_ITEM,
    OF_THE_VERSION,
    PARTS,
    ItemText,
    TextError,
    written,
)


@dataclass(slots=True)
class Outcome:
    """What became of each item of a text, by code; a refused one says why."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def import_catalogue(session: Session, items: Sequence[ItemText], *, dry_run: bool) -> Outcome:
    """Bring the office's drafts to what the text says, an item at a time; each is whole or not.

    A published version stays: what differs from it becomes the next draft. The acting person is
    set by the caller. A dry run carries everything out, and takes it back. Raises TextError for
    a department that the office has not, before anything is written.
    """
    outcome = Outcome()
    departments = {d.code: d for d in session.scalars(select(Department).order_by(Department.id))}
    for text in items:
        _departments(text, departments)
    for text in items:
        try:
            # Each item is one flush: what is read on the way must not begin another.
            with session.no_autoflush:
                kind = _settle(session, text, departments)
            _finish(session, dry_run=dry_run)
        except RuleViolation as refusal:
            session.rollback()
            at = f"{text.code}.{refusal.field}" if refusal.field else text.code
            outcome.refused[text.code] = f"{at}: {refusal.code}"
        except IntegrityError as refusal:
            session.rollback()
            outcome.refused[text.code] = f"{text.code}: {str(refusal.orig).splitlines()[0]}"
        else:
            getattr(outcome, kind).append(text.code)
    return outcome


def _finish(session: Session, *, dry_run: bool) -> None:
    if dry_run:
        session.flush()
        session.rollback()
    else:
        session.commit()


def _settle(session: Session, text: ItemText, departments: dict[str, Department]) -> str:
    item = session.scalars(
        select(LicenceItem).where(LicenceItem.code == text.code)
    ).one_or_none()  # fmt: skip
    if item is None:
        session.add(new_version(new_item(text, departments), text))
        return "created"
    if item.origin is Origin.IMPORTED:
        raise RuleViolation("imported-case-is-read-only", field="code")
    changes = [_settle_item(session, item, text, departments), _settle_version(session, item, text)]
    return "changed" if any(changes) else "unchanged"


def new_item(text: ItemText, departments: dict[str, Department]) -> LicenceItem:
    """An item as the text describes it."""
    item = LicenceItem(**text.item, **_departments(text, departments))
    item.former_steps = _rows("former_steps", text)  # type: ignore[assignment]
    return item


def new_version(item: LicenceItem, text: ItemText) -> ItemVersion:
    """A draft as the text describes it."""
    version = ItemVersion(licence_item=item, **text.version)
    for part in OF_THE_VERSION:
        setattr(version, part, _rows(part, text))
    return version


def _rows(part: str, text: ItemText) -> list[Base]:
    specs = text.parts.get(part, [])
    return [PARTS[part](position=place, **spec) for place, spec in enumerate(specs, start=1)]


def _departments(text: ItemText, known: dict[str, Department]) -> dict[str, Department]:
    for name, code in text.departments.items():
        if code not in known:
            raise TextError(f"{text.code}.{name}", f"there is no department {code}")
    return {name: known[code] for name, code in text.departments.items()}


def _settle_item(
    session: Session, item: LicenceItem, text: ItemText, departments: dict[str, Department]
) -> bool:
    wanted = LicenceItem(**text.item)
    changed = _take_over(item, wanted)
    for name, department in _departments(text, departments).items():
        if getattr(item, name) is not department:
            setattr(item, name, department)
            changed = True
    return _settle_parts(session, item, text, OF_THE_ITEM) or changed


def _settle_version(session: Session, item: LicenceItem, text: ItemText) -> bool:
    wanted = new_version_values(text)
    draft = next((v for v in item.versions if v.status is Version.DRAFT), None)
    present = draft or current_version(item)
    if present is not None and _says(present) == wanted:
        return False
    if draft is None:
        session.add(new_version(item, text))
        return True
    _take_over(draft, ItemVersion(**text.version))
    _settle_parts(session, draft, text, OF_THE_VERSION)
    return True


def new_version_values(text: ItemText) -> dict[str, Any]:
    """What a version of this text says, in the words of an export."""
    said = {part: [written(row) for row in _rows(part, text)] for part in OF_THE_VERSION}
    return {**written(ItemVersion(**text.version)), **said}


def _says(version: ItemVersion) -> dict[str, Any]:
    said = {part: [written(row) for row in getattr(version, part)] for part in OF_THE_VERSION}
    return {**written(version), **said}


def _take_over(row: Base, wanted: Base) -> bool:
    before, after = written(row), written(wanted)
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            setattr(row, name, getattr(wanted, name))
    return before != after


def _settle_parts(session: Session, owner: Any, text: ItemText, parts: Iterable[str]) -> bool:
    """Bring the rows of each part to the text, place by place; what is over goes."""
    changed = False
    for part in parts:
        present, wanted = list(getattr(owner, part)), _rows(part, text)
        for row, new in zip(present, wanted, strict=False):
            changed = _take_over(row, new) or changed
        for row in present[len(wanted) :]:
            session.delete(row)
        getattr(owner, part).extend(wanted[len(present) :])
        changed = changed or len(present) != len(wanted)
    return changed
