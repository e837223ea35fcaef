"""The rules of the catalogue: a published version is fixed, and binds only within the law."""

from itertools import pairwise

from sqlalchemy import select

from models.catalogue import ItemVersion
from models.clock import CalendarYear
from models.enums import Duty, Origin, VersionStatus
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.questions.calendar import working_calendar
from models.rules.item_design import NEEDED_POSTS, longest_path, promise_keeps_the_law


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


def publisher_is_not_the_drafter(j: Judgement) -> None:
    """Nobody publishes his own draft."""
    version: ItemVersion = j.row
    if is_published_now(j) and not j.actor.is_system:
        if version.drafted_by_id == j.actor.user_id:
            raise RuleViolation("publisher-is-not-the-drafter")


def version_has_its_posts(j: Judgement) -> None:
    """A published version has a step of acceptance and one of decision."""
    version: ItemVersion = j.row
    if not is_published_now(j):
        return
    absent = [post for post in NEEDED_POSTS if post not in {s.duty for s in version.steps}]
    if absent:
        raise RuleViolation("version-lacks-a-post", post=absent[0])


def acceptance_comes_before_review(j: Judgement) -> None:
    """The line is acceptance, review, decision: no stage runs back."""
    if not is_published_now(j):
        return
    order = {Duty.GUIDANCE: 0, Duty.ACCEPTANCE: 1, Duty.REVIEW: 2, Duty.DECISION: 3}
    steps = sorted((s.stage_number, order.get(s.duty, 2)) for s in j.row.steps)
    ranks = [rank for _stage, rank in steps]
    mixed = any(a[0] == b[0] and a[1] != b[1] for a, b in pairwise(steps))
    if ranks != sorted(ranks) or mixed:
        raise RuleViolation("posts-are-in-line")


def steps_fit_the_promise(j: Judgement) -> None:
    """The longest way through the steps after acceptance is at most the promise."""
    version: ItemVersion = j.row
    if not is_published_now(j) or version.promised_limit is None:
        return
    after = [
        (s.stage_number, s.limit_days)
        for s in version.steps
        if s.duty not in (Duty.GUIDANCE, Duty.ACCEPTANCE)
    ]
    days = longest_path(after)
    if days > version.promised_limit:
        raise RuleViolation("steps-exceed-the-promise", days=days, promise=version.promised_limit)


def promise_is_within_the_law(j: Judgement) -> None:
    """A promised limit is at most the statutory one, in whatever units (服务承诺制)."""
    version: ItemVersion = j.row
    if version.promised_limit is None or version.statutory_limit is None:
        return
    same_unit = version.promised_unit is version.statutory_unit
    if not same_unit and not is_published_now(j):
        return
    confirmed = j.session.scalars(
        select(CalendarYear.year).where(CalendarYear.is_confirmed).order_by(CalendarYear.year)
    ).all()
    if not promise_keeps_the_law(
        working_calendar(j.session),
        (version.promised_limit, version.promised_unit),
        (version.statutory_limit, version.statutory_unit),
        confirmed[:-1] or confirmed,
    ):
        raise RuleViolation("promise-exceeds-the-law", field="promised_limit")


def parent_version_is_a_draft(j: Judgement) -> None:
    """Steps and materials are edited in a draft only."""
    version = j.row.item_version
    was = j.session.get(ItemVersion, j.change.was("item_version_id") or 0) or version
    if version.licence_item.origin is Origin.IMPORTED and j.actor.is_system:
        return
    for parent in (version, was):
        if parent.status is not VersionStatus.DRAFT and not _came_with(j, parent):
            raise RuleViolation("published-version-is-fixed")


def _came_with(j: Judgement, parent: ItemVersion) -> bool:
    """Whether the version is written in this same flush, so that nobody was bound by it yet."""
    return parent in j.session.new


PARTS = (parent_version_is_a_draft,)

CATALOGUE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "item_version": (
        published_version_is_fixed,
        publisher_is_not_the_drafter,
        version_has_its_posts,
        acceptance_comes_before_review,
        steps_fit_the_promise,
        promise_is_within_the_law,
    ),
    "step_definition": PARTS,
    "material_requirement": PARTS,
    "item_condition": PARTS,
}
