"""What follows from reading a source, and from charging a fee."""

from models.acting import Acting
from models.errors import RuleViolation
from models.fees import FeeCharge
from models.hooks.case_change import CaseChange
from models.hooks.changes import Change
from models.item_parts import SourceNote


def derive_note(change: Change, acting: Acting) -> None:
    """Sign the reading of a source with its reader and day."""
    note = change.row
    assert isinstance(note, SourceNote)
    if note.is_verified and note.verified_on is None:
        note.verified_on, note.verified_by_id = acting.today, acting.actor.user_id
    elif not note.is_verified:
        note.verified_on = note.verified_by_id = None


def derive_charges(change: CaseChange) -> None:
    """Reckon what is charged from the published fee, and sign it (Art. 59)."""
    for charge in change.new(FeeCharge):
        if charge.fee_item is None:
            raise RuleViolation("is-missing", field="fee_item_id")
        charge.amount_fen = charge.fee_item.amount_fen * (charge.quantity or 0)
    for charge in change.case.charges if change.touches(FeeCharge) else ():
        if charge.receipt_number and charge.paid_on is None:
            charge.paid_on = change.today
