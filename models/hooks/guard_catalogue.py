"""The rules of the catalogue: a published version is fixed, and binds only within the law."""

from models.acts.publishing import (
    acceptance_comes_before_review,
    certificate_has_its_series,
    promise_is_within_the_law,
    publisher_is_not_the_drafter,
    steps_fit_the_promise,
    version_has_its_posts,
)
from models.catalogue import ItemVersion
from models.enums import Origin, VersionStatus
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement, ask


def is_published_now(j: Judgement) -> bool:
    """Whether a version of an item handled here begins to bind."""
    return (
        j.row.status is VersionStatus.PUBLISHED
        and j.change.was("status") is not VersionStatus.PUBLISHED
        and j.row.licence_item.origin is Origin.NATIVE
    )


def published_version_is_fixed(j: Judgement) -> None:
    """Cases are pinned to a version, so only its status changes once it is published."""
    if j.change.is_new or j.change.was("status") is VersionStatus.DRAFT:
        return
    if set(j.change.before) - {"status", "version"}:
        raise RuleViolation("published-version-is-fixed")


def version_may_bind(j: Judgement) -> None:
    """What is published is designed within the law, and published by a second person."""
    if is_published_now(j):
        ask(
            j, publisher_is_not_the_drafter, version_has_its_posts,
            acceptance_comes_before_review, steps_fit_the_promise, certificate_has_its_series,
        )  # fmt: skip


def promise_keeps_within_the_law(j: Judgement) -> None:
    """A promise is never longer than the law; in another unit that is told when it binds."""
    version: ItemVersion = j.row
    if version.promised_unit is version.statutory_unit or is_published_now(j):
        ask(j, promise_is_within_the_law)


def parent_version_is_a_draft(j: Judgement) -> None:
    """Steps and materials are edited in a draft only."""
    version = j.row.item_version
    if version.licence_item.origin is Origin.IMPORTED and j.actor.is_system:
        return
    if version.status is not VersionStatus.DRAFT and not _came_with(j, version):
        raise RuleViolation("published-version-is-fixed")


def _came_with(j: Judgement, parent: ItemVersion) -> bool:
    """Whether the version is written in this same flush, so that nobody was bound by it yet."""
    return parent in j.session.new


PARTS = (parent_version_is_a_draft,)

CATALOGUE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "item_version": (
        published_version_is_fixed,
        version_may_bind,
        promise_keeps_within_the_law,
    ),
    "step_definition": PARTS,
    "material_requirement": PARTS,
    "item_condition": PARTS,
}
