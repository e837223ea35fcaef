"""What stands against publishing a draft, asked of the guards themselves before anybody tries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy.orm import Session

from models.acting import acting
from models.base import Base
from models.catalogue import ItemVersion
from models.enums import AuditVerb, VersionStatus
from models.errors import RuleViolation
from models.hooks import guard_catalogue as rules
from models.hooks import guard_catalogue_guide as guide
from models.hooks.changes import Change
from models.hooks.guarding import Guard, Judgement
from models.rules.item_guide import GUIDE_ELEMENTS

# What a guard of a publication asks → the guard. The elements of Art. 30 are asked one by one.
CHECKS: dict[str, Guard] = {
    "posts": rules.version_has_its_posts,
    "line": rules.acceptance_comes_before_review,
    "steps_in_time": rules.steps_fit_the_promise,
    "promise": rules.promise_is_within_the_law,
    "material_basis": guide.material_has_its_basis,
    "fee_basis": guide.fee_rests_on_a_law,
    "window": guide.delegated_item_is_decided_at_the_window,
    "sources": guide.version_is_verified,
    "second_person": rules.publisher_is_not_the_drafter,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that publishing asks for, and what stands against it, if anything does."""

    check: str
    violation: RuleViolation | None = None

    @property
    def is_met(self) -> bool:
        """Whether nothing stands against it."""
        return self.violation is None


class _AsPublished:
    """A draft seen as if it were published already; nothing of it is changed."""

    status = VersionStatus.PUBLISHED

    def __init__(self, version: ItemVersion) -> None:
        self._version = version

    def __getattr__(self, name: str) -> Any:
        return getattr(self._version, name)


def findings_of(session: Session, version: ItemVersion) -> list[Finding]:
    """Each thing that publishing this draft asks of it and of the person who looks at it."""
    row = cast(Base, _AsPublished(version))
    change = Change(row, AuditVerb.UPDATE, {"status": VersionStatus.DRAFT})
    judgement = Judgement(session, acting(session), change)
    return [
        *_elements(_refusal(guide.guide_is_whole, judgement)),
        *(Finding(check, _refusal(guard, judgement)) for check, guard in CHECKS.items()),
    ]


def _elements(refusal: RuleViolation | None) -> Iterator[Finding]:
    """Art. 30: the elements of the guide, those that are told and those that are not."""
    absent = cast(tuple[str, ...], refusal.facts["column"]) if refusal else ()
    for element in GUIDE_ELEMENTS:
        yield Finding(element, refusal if element in absent else None)


def _refusal(guard: Guard, judgement: Judgement) -> RuleViolation | None:
    try:
        guard(judgement)
    except RuleViolation as violation:
        return violation
    return None
