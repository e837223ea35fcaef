"""Whose case it is: the applicant and the channel stay, and what belongs to a case stays there."""

import pytest

from models import ItemVersion, acts
from models.base import classes
from tests.factories import MONDAY, Office

pytestmark = pytest.mark.hooks_alone


# --- what belongs to a case, or a version, stays there ------------------------------------------


def test_nothing_of_a_case_is_moved_to_another(office: Office) -> None:
    """Art. 31, 32: by key, by reference, or out of one list into the other."""
    first, other = office.received(), office.received(complete=False, item=office.item())
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.materials[0].application_id = other.id
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.materials[0].application = other
    with office.refuses("part-keeps-its-whole", "clerk"):
        other.materials.append(first.materials[0])
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.materials.remove(first.materials[0])


def test_a_part_of_a_part_is_not_moved_either(office: Office) -> None:
    """Art. 32(4): a line stays with its notice, and so with its case."""
    first, other = office.correcting(), office.correcting()
    with office.refuses("part-keeps-its-whole", "clerk"):
        first.notices[0].lines[0].notice = other.notices[0]


def test_a_step_of_a_draft_stays_in_its_version(office: Office) -> None:
    """A version says all of itself."""
    one, other = office.draft(), office.draft()
    with office.refuses("part-keeps-its-whole", "admin"):
        one.steps[0].item_version = other


def test_every_part_says_by_which_column_it_belongs() -> None:
    for table, kind in classes().items():
        whole = kind.policy.part_of
        if whole is not None and whole.table != table:
            assert whole.column in kind.__table__.c, table


# --- nothing is unsaid by a reference to nobody --------------------------------------------------


def test_a_reference_to_nobody_wipes_no_signature(office: Office) -> None:
    """Who drafted, who handed over, who took a payment is written by the act, whatever was said."""
    version = office.draft().licence_item
    with office.acts("admin", MONDAY) as session:
        again = ItemVersion(
            licence_item=version, version_number=2, drafted_by=None, promised_limit=1
        )
        session.add(again)
    assert again.drafted_by is office.user("admin")
    case = office.received()
    with office.acts("clerk", MONDAY):
        acts.intake.hand_over(case, office.user("clerk2").id, "轮岗")
        case.handovers[0].handed_by = None
    assert case.handovers[0].handed_by is office.user("clerk")
