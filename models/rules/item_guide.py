"""What the published guide to an item must name (Art. 24, 30, 31, 58, 59)."""

from collections.abc import Mapping
from datetime import date

from models.enums import BasisLevel, Duty, SourceTag

# Art. 30: what is published besides the matter itself and the number of permits, of which there
# may be no limit. Each stands under the column or part in which it is written.
GUIDE_ELEMENTS = (
    "legal_basis",
    "conditions",
    "steps",
    "statutory_limit",
    "materials",
    "form_sample",
)

# Art. 58, 59: a fee rests on a law or an administrative regulation, on nothing below.
FEE_BASES = frozenset({BasisLevel.LAW, BasisLevel.ADMIN_REGULATION})

# What was read in the law itself, or follows by counting, needs no second reading.
_CERTAIN = frozenset({SourceTag.VERIFIED, SourceTag.COMPUTED})


def absent_elements(told: Mapping[str, bool]) -> tuple[str, ...]:
    """The elements of the guide that are not named, in the order of Art. 30."""
    return tuple(element for element in GUIDE_ELEMENTS if not told.get(element))


def is_unverified(tag: SourceTag, is_verified: bool) -> bool:
    """Whether a fact rests on what nobody has read in its source."""
    return not is_verified and tag not in _CERTAIN


def is_lawful_fee(level: BasisLevel) -> bool:
    """Whether a fee may rest on a text of this rank (Art. 58, 59)."""
    return level in FEE_BASES


def is_in_force(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether a published fee may be charged on ``day`` (Art. 59)."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


def decides_at_the_window(posts: frozenset[Duty]) -> bool:
    """Whether the posts of a section's windows include the decision (两集中、两到位)."""
    return Duty.DECISION in posts
