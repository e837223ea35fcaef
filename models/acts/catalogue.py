"""The catalogue: versions drafted, published, retired, and their sources read."""

from collections.abc import Callable

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models.acts.act import Act, Question, Standing
from models.base import Base, stored
from models.catalogue import ItemVersion, StepDefinition
from models.enums import (
    Duty,
    SourceTag,
    VersionStatus,
)
from models.errors import RuleViolation
from models.item_parts import SourceNote, StepTemplate
from models.questions.catalogue import former_version
from models.rules.transitions import moves_between


def move_version(version: ItemVersion, target: VersionStatus) -> None:
    """Publish or retire an item version; a move that is none is refused, not passed over."""
    if version.status is target:
        raise RuleViolation("unlawful-move", source=version.status, target=target)
    version.status = target


# The line of four posts: guidance is before the clock, the others follow one another.
LINE_OF_POSTS = "NEW"


def steps_from_template(version: ItemVersion, template: StepTemplate) -> None:
    """Give a draft that has no steps those of a template, one after another."""
    if version.steps:
        raise RuleViolation("version-has-steps")
    is_guided = any(step.duty is Duty.GUIDANCE for step in template.steps)
    version.steps = [
        StepDefinition(
            position=place,
            stage_number=place - is_guided,
            name=step.name,
            name_en=step.name_en,
            duty=step.duty,
            is_key=step.is_key,
        )
        for place, step in enumerate(template.steps, start=1)
    ]


def take_the_line_of_posts(session: Session, version: ItemVersion) -> None:
    """Give a draft the four posts in line (预先指导、受理审查、审核、受理决定)."""
    template = session.scalars(
        select(StepTemplate).where(StepTemplate.code == LINE_OF_POSTS)
    ).one_or_none()
    if template is None:
        raise RuleViolation("template-is-missing")
    steps_from_template(version, template)


# What a version consists of besides its own columns.
PARTS = ("steps", "materials", "conditions", "fees", "questions", "sources")


# What belongs to one version alone.
_OWN = frozenset(
    {
        "id", "version", "item_version_id", "version_number", "status", "drafted_by_id",
        "published_by_id", "published_on", "is_verified", "verified_on", "verified_by_id",
    }
)  # fmt: skip


def publish(version: ItemVersion) -> None:
    """Let a draft bind. The version that bound until now is retired in the same act: nobody is
    to find the item closed in between."""
    former = former_version(version)
    if former is not None and version.status is VersionStatus.DRAFT:
        if former.version_number > version.version_number:
            raise RuleViolation("newer-version-binds", number=former.version_number)
        move_version(former, VersionStatus.RETIRED)
    move_version(version, VersionStatus.PUBLISHED)


def draft_from(version: ItemVersion) -> ItemVersion:
    """A draft with everything that a version says, to be revised."""
    drafts = (v for v in version.licence_item.versions if v.status is VersionStatus.DRAFT)
    if draft := next(drafts, None):
        raise RuleViolation("item-has-a-draft", number=draft.version_number)
    copy = ItemVersion(licence_item=version.licence_item, **_said(version))
    for part in PARTS:
        setattr(copy, part, [type(row)(**_said(row)) for row in getattr(version, part)])
    for note, source in zip(copy.sources, version.sources, strict=True):
        # Somebody has read the source: that stays true, though signed for the other one.
        note.tag = SourceTag.VERIFIED if source.is_verified else source.tag
    return copy


def discard(session: Session, version: ItemVersion) -> None:
    """Take a draft away with all that belongs to it."""
    for part in PARTS:
        for row in getattr(version, part):
            session.delete(row)
    session.delete(version)


def _said(row: Base) -> dict[str, object]:
    columns = inspect(type(row)).column_attrs.keys()
    return {name: getattr(row, name) for name in columns if name not in _OWN}


def verify(note: SourceNote) -> None:
    """Say that the source of a fact was read, and bears it out."""
    note.is_verified = True


# --- what the acts ask ----------------------------------------------------------------------------


def version_may_become(target: VersionStatus) -> Question:
    """The table of moves leads from where the version stands to ``target``."""

    def leads_there(at: Standing) -> RuleViolation | None:
        source = stored(at.row, "status")
        if moves_between("item_version", source, target):
            return None
        return RuleViolation("unlawful-move", source=source, target=target)

    return leads_there


def version_has_no_steps(at: Standing) -> RuleViolation | None:
    """A template gives steps to a draft that has none."""
    return RuleViolation("version-has-steps") if at.row.steps else None


def version_is_a_draft(at: Standing) -> RuleViolation | None:
    """Only a draft is worked upon, or taken away."""
    is_draft = stored(at.row, "status") is VersionStatus.DRAFT
    return None if is_draft else RuleViolation("row-is-never-deleted")


def item_has_no_draft(at: Standing) -> RuleViolation | None:
    """An item has one draft at a time."""
    drafts = (v for v in at.row.licence_item.versions if v.status is VersionStatus.DRAFT)
    draft = next(drafts, None)
    return RuleViolation("item-has-a-draft", number=draft.version_number) if draft else None


_KEEPERS = frozenset({Duty.CATALOGUE})


def _on_a_version(name: str, run: Callable[[Standing], object], *needs: Question) -> Act:
    return Act(
        name, _KEEPERS, lambda at, _given: run(at), on="item_version", needs=needs,
        many=("item_version",), is_main=name in ("publish", "draft"),
    )  # fmt: skip


ROW_ACTS: tuple[Act, ...] = (
    _on_a_version(
        "line", lambda at: take_the_line_of_posts(at.session, at.row),
        version_may_become(VersionStatus.PUBLISHED), version_has_no_steps,
    ),
    _on_a_version(
        "draft", lambda at: at.session.add(draft_from(at.row)), item_has_no_draft
    ),
    _on_a_version(
        "publish", lambda at: publish(at.row), version_may_become(VersionStatus.PUBLISHED)
    ),
    _on_a_version("discard", lambda at: discard(at.session, at.row), version_is_a_draft),
    _on_a_version(
        "retire", lambda at: move_version(at.row, VersionStatus.RETIRED),
        version_may_become(VersionStatus.RETIRED),
    ),
    Act(
        "verify", _KEEPERS, lambda at, _given: verify(at.row), on="source_note",
        many=("source_note",),
    ),
)  # fmt: skip
