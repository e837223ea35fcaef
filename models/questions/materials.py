"""The checklist of a case against what is in: one answer for rules, forms and pages."""

from collections.abc import Iterable
from datetime import date

from models.application import Application
from models.catalogue import ItemVersion, MaterialRequirement
from models.clock import CorrectionNotice
from models.enums import Necessity, Situation
from models.intake import PreGuidance
from models.rules.intake import Asked, answer_is_empty, missing_materials, situations_of


def checklist_of(version: ItemVersion) -> list[Asked]:
    """The materials of a version as the rules see them."""
    return [Asked(m.id, m.necessity, m.situation) for m in version.materials]


def situations_of_case(case: Application) -> frozenset[Situation]:
    """The situations that hold for a case."""
    return situations_of(case.kind, has_agent=bool(case.agent_name))


def named_in_notices(case: Application) -> set[int]:
    """The materials that a notice which was sent asked for."""
    return {
        line.material_requirement_id
        for notice in case.notices
        if not notice.is_waiting
        for line in notice.lines
    }


def keys_in(case: Application) -> set[int]:
    """The materials that are in; a row that was added just now counts by its relationship."""
    return {
        m.requirement.id if m.requirement is not None else m.material_requirement_id
        for m in case.materials
    }


def missing_of(case: Application) -> list[MaterialRequirement]:
    """What a case still needs, in the order of the checklist."""
    version = case.item_version
    missing = missing_materials(
        checklist_of(version), keys_in(case), situations_of_case(case), named_in_notices(case)
    )
    return rows_of(version, missing)


def for_the_officer(case: Application) -> list[MaterialRequirement]:
    """The conditional materials that are not in, which the officer judges."""
    present, told = keys_in(case), {m.id for m in missing_of(case)}
    return [
        m
        for m in case.item_version.materials
        if m.necessity is Necessity.CONDITIONAL and m.id not in present | told
    ]


def last_notice(case: Application) -> CorrectionNotice | None:
    """The notice that was sent last: the one that an answer answers."""
    sent = (notice for notice in case.notices if not notice.is_waiting)
    return max(sent, key=lambda notice: notice.sequence, default=None)


def correction_served_on(case: Application) -> date | None:
    """The day on which the last notice was served; until then the applicant's time stands still."""
    notice = last_notice(case)
    return notice.served_on if notice is not None else None


def came_on(case: Application) -> list[date]:
    """The days on which what the notices asked for was first handed in. A line remembers it: a
    material that is taken away and ticked again moves no day."""
    lines = (line for notice in case.notices if not notice.is_waiting for line in notice.lines)
    return [line.came_on for line in lines if line.came_on is not None]


def is_answered_in_words(notice: CorrectionNotice) -> bool:
    """Whether no material of the notice was to come when it was sent: words alone answer it."""
    asked_on = notice.issued_on
    return all(
        asked_on is not None and line.came_on is not None and line.came_on < asked_on
        for line in notice.lines
    )


def answer_brings_nothing(case: Application, notice: CorrectionNotice) -> bool:
    """Whether what stands there now would answer nothing of the notice."""
    assert notice.issued_on is not None, "a notice that was sent has its day"
    present = keys_in(case)
    days = [
        line.came_on if line.material_requirement_id in present else None for line in notice.lines
    ]
    return answer_is_empty(notice.issued_on, days, notice.answer or "")


def rows_of(version: ItemVersion, keys: Iterable[int]) -> list[MaterialRequirement]:
    """The materials of a version that have these keys, in the order of the checklist."""
    wanted = set(keys)
    return [m for m in version.materials if m.id in wanted]


def missing_for_guidance(version: ItemVersion, guidance: PreGuidance) -> list[MaterialRequirement]:
    """What a visitor still has to bring: the same list that a notice would give."""
    ticked = [tick.material_requirement_id for tick in guidance.ticks]
    situations = situations_of(guidance.kind, has_agent=guidance.has_agent)
    return rows_of(version, missing_materials(checklist_of(version), ticked, situations))


def materials_that_may_come(case: Application) -> tuple[Necessity, ...]:
    """After acceptance only what was allowed to follow (容缺) still comes in."""
    return tuple(Necessity) if case.accepted_on is None else (Necessity.DEFERRABLE,)


def missing_materials_of(
    case: Application, kinds: Iterable[Necessity]
) -> list[MaterialRequirement]:
    """The materials of these kinds that are not in yet, in the order of the checklist."""
    present = {m.material_requirement_id for m in case.materials}
    return [m for m in case.item_version.materials if m.necessity in kinds and m.id not in present]
