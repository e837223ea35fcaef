"""The rules of the published guide (Art. 24, 30, 31), of its sources and of fees (Art. 58, 59)."""

from sqlalchemy import select

from models.acts.fees import fee_is_published
from models.catalogue import ItemVersion
from models.enums import HandlingType, Necessity, Origin, VersionStatus
from models.errors import RuleViolation
from models.hooks.guard_catalogue import PARTS, parent_version_is_a_draft
from models.hooks.guarding import Guard, Judgement, ask
from models.rules.item_guide import (
    absent_elements,
    decides_at_the_window,
    is_lawful_fee,
)
from models.staff import Post, Window


def _is_published_now(j: Judgement) -> bool:
    return (
        j.row.status is VersionStatus.PUBLISHED
        and j.change.was("status") is not VersionStatus.PUBLISHED
        and j.row.licence_item.origin is Origin.NATIVE
    )


def guide_is_whole(j: Judgement) -> None:
    """Art. 30: what is published tells basis, conditions, procedure, limit, materials, sample."""
    version: ItemVersion = j.row
    if not _is_published_now(j):
        return
    limits = (version.statutory_limit, version.promised_limit)
    at_once = version.licence_item.handling_type is HandlingType.AT_ONCE
    absent = absent_elements(
        {
            "legal_basis": bool(version.legal_basis.strip()),
            "conditions": bool(version.conditions or version.condition_note.strip()),
            "steps": bool(version.steps),
            "statutory_limit": at_once or limits != (None, None),
            "materials": bool(version.materials),
            "form_sample": bool(version.form_sample.strip()),
        }
    )
    if absent:
        raise RuleViolation("guide-lacks", column=absent)


def material_has_its_basis(j: Judgement) -> None:
    """Art. 31: nothing is asked for that has nothing to do with the permit."""
    if not _is_published_now(j):
        return
    without = tuple(
        material
        for material in j.row.materials
        if material.necessity is Necessity.REQUIRED and not material.legal_basis.strip()
    )
    if without:
        raise RuleViolation("material-needs-its-basis", materials=without)


def fee_rests_on_a_law(j: Judgement) -> None:
    """Art. 58, 59: a fee rests on a law or an administrative regulation."""
    if not _is_published_now(j):
        return
    if without := tuple(fee for fee in j.row.fees if not is_lawful_fee(fee.basis_level)):
        raise RuleViolation("fee-needs-a-law", fees=without)


def delegated_item_is_decided_at_the_window(j: Judgement) -> None:
    """Two concentrations, two placements: an authorised window has the post that decides."""
    item = j.row.licence_item
    if not (_is_published_now(j) and item.is_delegated):
        return
    posts = j.session.scalars(
        select(Post.duty).join(Window).where(Window.department_id == item.department_id)
    )
    if not decides_at_the_window(frozenset(posts)):
        raise RuleViolation("decision-is-not-at-the-window")


def version_is_verified(j: Judgement) -> None:
    """What nobody has read in its source binds nobody outside a demonstration."""
    if _is_published_now(j) and j.row.to_verify and not j.acting.is_demonstration:
        raise RuleViolation("version-is-unverified", number=j.row.to_verify)


def note_is_of_its_draft(j: Judgement) -> None:
    """A note is written with the draft; that its source was read may be said at any time."""
    verification = {"is_verified", "verified_on", "verified_by_id", "version"}
    if j.change.is_new or set(j.change.before) - verification:
        parent_version_is_a_draft(j)


def charge_is_of_a_published_fee(j: Judgement) -> None:
    """Art. 59: charged is what the case's version published, while that is in force."""
    if j.change.is_new:
        ask(j, fee_is_published)


def charge_is_fixed(j: Judgement) -> None:
    """What was charged is never rewritten; its receipt is entered once."""
    if j.change.is_new:
        return
    receipt = {"receipt_number", "paid_on", "version"}
    was_paid = "receipt_number" in j.change.before and j.change.was("receipt_number")
    if set(j.change.before) - receipt or was_paid:
        raise RuleViolation("charge-is-fixed")


GUIDE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "item_version": (
        guide_is_whole,
        material_has_its_basis,
        fee_rests_on_a_law,
        delegated_item_is_decided_at_the_window,
        version_is_verified,
    ),
    "item_question": PARTS,
    "fee_item": PARTS,
    "source_note": (note_is_of_its_draft,),
    "fee_charge": (charge_is_of_a_published_fee, charge_is_fixed),
}
