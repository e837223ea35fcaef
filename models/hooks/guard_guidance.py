"""The rules of pre-guidance (预先指导): it names everything, and is never a condition."""

from models.catalogue import ItemVersion
from models.enums import Duty, GuidanceOutcome, VersionStatus
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.intake import PreGuidance
from models.questions.materials import missing_for_guidance
from models.rules.reasons import has_words

# What still happens to a record of guidance: the application that follows from it.
LATER = frozenset({"application_id", "version"})


def _version(j: Judgement, guidance: PreGuidance) -> ItemVersion:
    version = guidance.item_version or j.session.get(ItemVersion, guidance.item_version_id or 0)
    if version is None:
        raise RuleViolation("item-has-no-published-version", field="licence_item")
    return version


def guidance_is_given_from_its_post(j: Judgement) -> None:
    """Guidance is the work of its post, on an item as it is published."""
    if not j.change.is_new:
        if set(j.change.before) - LATER:
            raise RuleViolation("guidance-is-fixed")
        return
    if Duty.GUIDANCE not in j.actor.posts:
        raise RuleViolation("post-not-held", post=Duty.GUIDANCE)
    if _version(j, j.row).status is not VersionStatus.PUBLISHED:
        raise RuleViolation("item-has-no-published-version", field="licence_item")


def ready_means_that_nothing_is_missing(j: Judgement) -> None:
    """A visitor is found "ready" only when every needed material is there."""
    guidance: PreGuidance = j.row
    if not j.change.is_new or guidance.outcome is not GuidanceOutcome.READY:
        return
    if missing := missing_for_guidance(_version(j, guidance), guidance):
        names = tuple(material.name for material in missing)
        raise RuleViolation("materials-are-missing", field="outcome", materials=names)


def guidance_names_the_proper_organ(j: Judgement) -> None:
    """Who is not competent names the organ that is (Art. 32(2))."""
    guidance: PreGuidance = j.row
    is_elsewhere = guidance.outcome is GuidanceOutcome.NOT_COMPETENT
    if j.change.is_new and is_elsewhere and not has_words(guidance.proper_organ):
        raise RuleViolation("proper-organ-is-missing", field="proper_organ")


def tick_is_of_the_checklist(j: Judgement) -> None:
    """Ticks come with their guidance, for materials of its item."""
    guidance = j.row.pre_guidance
    if not j.change.is_new or guidance not in j.session.new:
        raise RuleViolation("guidance-is-fixed")
    if j.row.material_requirement_id not in {m.id for m in _version(j, guidance).materials}:
        raise RuleViolation("material-is-of-another-item", field="ticked")


GUIDANCE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "pre_guidance": (
        guidance_is_given_from_its_post,
        guidance_names_the_proper_organ,
        ready_means_that_nothing_is_missing,
    ),
    "pre_guidance_material": (tick_is_of_the_checklist,),
}
