"""What is asked before a draft is published: each question once, for the checklist of the page
and for the guards."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.acting import acting
from models.acts.act import Question, Standing
from models.catalogue import ItemVersion
from models.clock import CalendarYear
from models.enums import Duty, HandlingType, Necessity
from models.errors import RuleViolation
from models.questions.calendar import working_calendar
from models.rules.item_design import NEEDED_POSTS, longest_path, promise_keeps_the_law
from models.rules.item_guide import (
    GUIDE_ELEMENTS,
    absent_elements,
    decides_at_the_window,
    is_lawful_fee,
)
from models.staff import Post, Window


def publisher_is_not_the_drafter(at: Standing) -> RuleViolation | None:
    """Nobody publishes a draft of one's own."""
    is_own = not at.actor.is_system and at.row.drafted_by_id == at.actor.user_id
    return RuleViolation("publisher-is-not-the-drafter") if is_own else None


def version_has_its_posts(at: Standing) -> RuleViolation | None:
    """A published version has a step of acceptance and one of decision."""
    absent = [post for post in NEEDED_POSTS if post not in {s.duty for s in at.row.steps}]
    return RuleViolation("version-lacks-a-post", post=absent[0]) if absent else None


def acceptance_comes_before_review(at: Standing) -> RuleViolation | None:
    """The line is acceptance, review, decision: no stage runs back."""
    order = {Duty.GUIDANCE: 0, Duty.ACCEPTANCE: 1, Duty.REVIEW: 2, Duty.DECISION: 3}
    steps = sorted((s.stage_number, order.get(s.duty, 2)) for s in at.row.steps)
    ranks = [rank for _stage, rank in steps]
    mixed = any(a[0] == b[0] and a[1] != b[1] for a, b in pairwise(steps))
    return RuleViolation("posts-are-in-line") if ranks != sorted(ranks) or mixed else None


def steps_fit_the_promise(at: Standing) -> RuleViolation | None:
    """The longest way through the steps after acceptance is at most the promise."""
    version: ItemVersion = at.row
    after = [
        (s.stage_number, s.limit_days)
        for s in version.steps
        if s.duty not in (Duty.GUIDANCE, Duty.ACCEPTANCE)
    ]
    days, promise = longest_path(after), version.promised_limit
    if promise is None or days <= promise:
        return None
    return RuleViolation("steps-exceed-the-promise", days=days, promise=promise)


def promise_is_within_the_law(at: Standing) -> RuleViolation | None:
    """A promised limit is at most the statutory one, in whatever units (服务承诺制)."""
    version: ItemVersion = at.row
    if version.promised_limit is None or version.statutory_limit is None:
        return None
    confirmed = at.session.scalars(
        select(CalendarYear.year).where(CalendarYear.is_confirmed).order_by(CalendarYear.year)
    ).all()
    keeps = promise_keeps_the_law(
        working_calendar(at.session),
        (version.promised_limit, version.promised_unit),
        (version.statutory_limit, version.statutory_unit),
        confirmed[:-1] or confirmed,
    )
    return None if keeps else RuleViolation("promise-exceeds-the-law", field="promised_limit")


def certificate_has_its_series(at: Standing) -> RuleViolation | None:
    """Art. 39: a grant that promises a certificate issues it, and a certificate has its number."""
    version: ItemVersion = at.row
    is_promised = bool(version.certificate_name.strip() or version.certificate_months)
    if not is_promised or version.certificate_series.strip():
        return None
    return RuleViolation("certificate-needs-its-series", field="certificate_series")


def guide_is_whole(at: Standing) -> RuleViolation | None:
    """Art. 30: what is published names basis, conditions, procedure, limit, materials, sample."""
    absent = absent_from_guide(at.row)
    return RuleViolation("guide-lacks", column=absent) if absent else None


def absent_from_guide(version: ItemVersion) -> tuple[str, ...]:
    """The elements of Art. 30 that a version does not name yet."""
    limits = (version.statutory_limit, version.promised_limit)
    at_once = version.licence_item.handling_type is HandlingType.AT_ONCE
    return absent_elements(
        {
            "legal_basis": bool(version.legal_basis.strip()),
            "conditions": bool(version.conditions or version.condition_note.strip()),
            "steps": bool(version.steps),
            "statutory_limit": at_once or limits != (None, None),
            "materials": bool(version.materials),
            "form_sample": bool(version.form_sample.strip()),
        }
    )


def material_has_its_basis(at: Standing) -> RuleViolation | None:
    """Art. 31: nothing is asked for that has nothing to do with the permit."""
    without = tuple(
        material
        for material in at.row.materials
        if material.necessity is Necessity.REQUIRED and not material.legal_basis.strip()
    )
    return RuleViolation("material-needs-its-basis", materials=without) if without else None


def fee_rests_on_a_law(at: Standing) -> RuleViolation | None:
    """Art. 58, 59: a fee rests on a law or an administrative regulation."""
    without = tuple(fee for fee in at.row.fees if not is_lawful_fee(fee.basis_level))
    return RuleViolation("fee-needs-a-law", fees=without) if without else None


def delegated_item_is_decided_at_the_window(at: Standing) -> RuleViolation | None:
    """Two concentrations, two placements: an authorised window has the post that decides."""
    item = at.row.licence_item
    if not item.is_delegated:
        return None
    posts = at.session.scalars(
        select(Post.duty).join(Window).where(Window.department_id == item.department_id)
    )
    at_window = decides_at_the_window(frozenset(posts))
    return None if at_window else RuleViolation("decision-is-not-at-the-window")


def version_is_verified(at: Standing) -> RuleViolation | None:
    """What nobody has read in its source binds nobody outside a demonstration."""
    waiting = 0 if acting(at.session).is_demonstration else at.row.to_verify
    return RuleViolation("version-is-unverified", number=waiting) if waiting else None


# What a publication is asked, beside the elements of Art. 30 → the question.
CHECKS: dict[str, Question] = {
    "posts": version_has_its_posts,
    "line": acceptance_comes_before_review,
    "steps_in_time": steps_fit_the_promise,
    "promise": promise_is_within_the_law,
    "series": certificate_has_its_series,
    "material_basis": material_has_its_basis,
    "fee_basis": fee_rests_on_a_law,
    "window": delegated_item_is_decided_at_the_window,
    "sources": version_is_verified,
    "second_person": publisher_is_not_the_drafter,
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


def findings_of(session: Session, version: ItemVersion) -> list[Finding]:
    """Each thing that publishing this draft asks of it and of the person who looks at it."""
    now = acting(session)
    at = Standing(session, now.actor, now.today, version)
    return [
        *_elements(at),
        *(Finding(check, question(at)) for check, question in CHECKS.items()),
    ]


def _elements(at: Standing) -> Iterator[Finding]:
    """Art. 30: the elements of the guide, those that are named and those that are not."""
    refusal = guide_is_whole(at)
    absent = cast(tuple[str, ...], refusal.facts["column"]) if refusal else ()
    for element in GUIDE_ELEMENTS:
        yield Finding(element, refusal if element in absent else None)
