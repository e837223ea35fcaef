"""The difference between two versions of an item: field by field, row by row, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flask_babel.speaklater import LazyString

from models import ItemVersion
from views.forms.columns import Children
from views.panel.item.sections import VERSION_SECTIONS, Section
from views.words.items import label_of, said
from views.words.labels import column_label
from views.words.values import exact

# A text of this length is compared word by word; what is left alike by less is shown whole.
LONG = 12
ALIKE = 0.4
# A word of Latin letters or figures, one Chinese character, a run of blanks, or one sign.
WORD = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]|\s+|.", re.S)
# The pattern of rows alike enough to be one row that was renamed.
SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: ``kind`` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs. ``pieces``: its words, where the texts are long and alike."""

    label: str
    before: str
    after: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that was added, removed or changed."""

    kind: str
    name: str
    fields: list[FieldChange]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What differs in a section: its own fields, and the rows of its parts."""

    section: Section
    fields: list[FieldChange]
    rows: list[tuple[str | LazyString, list[RowChange]]]


@dataclass(frozen=True, slots=True)
class Count:
    """How much differs in all."""

    changed: int
    added: int
    removed: int


def differences(
    old: ItemVersion, new: ItemVersion, parts: Iterable[Children]
) -> list[SectionChange]:
    """The sections in which two versions differ."""
    by_name = {children.relation: children for children in parts}
    found = (_section(section, old, new, by_name) for section in VERSION_SECTIONS)
    return [change for change in found if change.fields or change.rows]


def count_of(changes: Iterable[SectionChange]) -> Count:
    """How many fields and rows were changed, and how many rows came and went."""
    changes = list(changes)
    kinds = [row.kind for change in changes for _part, rows in change.rows for row in rows]
    fields = sum(len(change.fields) for change in changes)
    return Count(fields + kinds.count("changed"), kinds.count("added"), kinds.count("removed"))


def _section(
    section: Section, old: ItemVersion, new: ItemVersion, parts: dict[str, Children]
) -> SectionChange:
    columns = [column for column in section.columns if column != "licence_item"]
    told = [parts[part] for part in section.parts if part in parts]
    rows = [(column_label("", part.relation), list(_rows(part, old, new))) for part in told]
    return SectionChange(
        section, list(_fields(columns, old, new)), [(label, r) for label, r in rows if r]
    )


def _fields(columns: Iterable[str], old: Any, new: Any) -> Iterator[FieldChange]:
    for column in columns:
        if getattr(old, column) == getattr(new, column):
            continue
        before, after = exact(old, column), exact(new, column)
        label = label_of(new.__tablename__, column)
        yield FieldChange(label, before, after, pieces_of(before, after))


def pieces_of(before: str, after: str) -> list[Piece]:
    """Two texts as one, with what went and what came; nothing when they are short or unlike."""
    if min(len(before), len(after)) < LONG:
        return []
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    pieces = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        pieces += [
            Piece(kind, text)
            for kind, text in (("removed", "".join(old[i:j])), ("added", "".join(new[k:m])))
            if text
        ]
    return pieces


# --- rows ---------------------------------------------------------------------------------------


def _rows(part: Children, old: ItemVersion, new: ItemVersion) -> Iterator[RowChange]:
    """The rows that differ, in the order of the newer version; what went comes last."""
    before, after = list(getattr(old, part.relation)), list(getattr(new, part.relation))
    pairs = _pairs(part, before, after)
    columns = [column for column in part.columns if column != "position"]
    places = _moved(before, after, pairs)
    for row in after:
        if id(row) not in pairs:
            yield RowChange("added", said(row, part.key), _contents(columns, row, part.key))
            continue
        fields = list(_fields(columns, pairs[id(row)], row))
        if move := places.get(id(row)):
            label = str(column_label(row.__tablename__, "position"))
            fields.append(FieldChange(label, str(move[0]), str(move[1]), []))
        if fields:
            yield RowChange("changed", said(row, part.key), fields)
    kept = {id(row) for row in pairs.values()}
    for row in before:
        if id(row) not in kept:
            yield RowChange("removed", said(row, part.key), [])


def _contents(columns: Iterable[str], row: Any, key: str) -> list[FieldChange]:
    return [
        FieldChange(label_of(row.__tablename__, column), "", exact(row, column), [])
        for column in columns
        if column not in (key, f"{key}_en") and getattr(row, column) not in (None, "", False)
    ]


def _pairs(part: Children, before: list[Any], after: list[Any]) -> dict[int, Any]:
    """Which older row each newer one continues: of the same name, else of one much like it."""
    pairs: dict[int, Any] = {}
    left = list(before)
    for row in after:
        name = getattr(row, part.key)
        same = next((other for other in left if getattr(other, part.key) == name), None)
        if same is not None:
            pairs[id(row)] = same
            left.remove(same)
    for row in after:
        if id(row) in pairs or not left:
            continue
        likest = max(left, key=lambda other: _likeness(part, other, row))
        if _likeness(part, likest, row) >= SAME_ROW:
            pairs[id(row)] = likest
            left.remove(likest)
    return pairs


def _likeness(part: Children, one: Any, other: Any) -> float:
    names = (getattr(one, part.key) or "", getattr(other, part.key) or "")
    return SequenceMatcher(None, *names, autojunk=False).ratio()


def _moved(
    before: list[Any], after: list[Any], pairs: dict[int, Any]
) -> dict[int, tuple[int, int]]:
    """The rows that stand elsewhere among those of both versions: place before and after."""
    kept = [row for row in after if id(row) in pairs]
    olds = {id(pairs[id(row)]) for row in kept}
    order = [id(row) for row in before if id(row) in olds]
    was = {id(row): order.index(id(pairs[id(row)])) for row in kept}
    stay = _longest_run([was[id(row)] for row in kept])
    return {
        id(row): (before.index(pairs[id(row)]) + 1, after.index(row) + 1)
        for row in kept
        if was[id(row)] not in stay
    }


def _longest_run(places: list[int]) -> set[int]:
    """The longest part that is in order as it stands: the others are those that moved."""
    best: list[list[int]] = []
    for place in places:
        runs = [run for run in best if run[-1] < place]
        best.append([*_longest(runs), place])
    return set(_longest(best))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run), default=[])
