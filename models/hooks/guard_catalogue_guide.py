"""The rules of the published guide (Art. 24, 30, 31), of its sources and of fees (Art. 58, 59)."""

from models.acts.publishing import (
    delegated_item_is_decided_at_the_window,
    fee_rests_on_a_law,
    guide_is_whole,
    material_has_its_basis,
    version_is_verified,
)
from models.errors import RuleViolation
from models.hooks.guard_catalogue import PARTS, is_published_now, parent_version_is_a_draft
from models.hooks.guarding import Guard, Judgement, ask


def guide_is_lawful(j: Judgement) -> None:
    """What is published names all of Art. 30, rests on sources that were read (Art. 31, 58), and
    is decided at the window where the window is authorised."""
    if is_published_now(j):
        ask(
            j, guide_is_whole, material_has_its_basis, fee_rests_on_a_law,
            delegated_item_is_decided_at_the_window, version_is_verified,
        )  # fmt: skip


def note_is_of_its_draft(j: Judgement) -> None:
    """A note is written with the draft; that its source was read may be said at any time."""
    verification = {"is_verified", "verified_on", "verified_by_id", "version"}
    if j.change.is_new or set(j.change.before) - verification:
        parent_version_is_a_draft(j)


def charge_is_fixed(j: Judgement) -> None:
    """What was charged is never rewritten; its receipt is entered once."""
    if j.change.is_new:
        return
    receipt = {"receipt_number", "paid_on", "version"}
    was_paid = "receipt_number" in j.change.before and j.change.was("receipt_number")
    if set(j.change.before) - receipt or was_paid:
        raise RuleViolation("charge-is-fixed")


GUIDE_GUARDS: dict[str, tuple[Guard, ...]] = {
    "item_version": (guide_is_lawful,),
    "item_question": PARTS,
    "fee_item": PARTS,
    "source_note": (note_is_of_its_draft,),
    "fee_charge": (charge_is_fixed,),
}
