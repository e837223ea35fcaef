"""The rules of the checks of permit holders and of referrals, each a sentence."""

from models.base import stored
from models.errors import RuleViolation
from models.hooks.guard_orders import ORDER_GUARDS
from models.hooks.guard_staffing import STAFFING_GUARDS, is_made_by_a_person
from models.hooks.guard_voices import VOICE_GUARDS
from models.hooks.guarding import Guard, Judgement
from models.hooks.keeping import fixed, once, today_and_once
from models.supervision import SupervisionRecord


def _referral_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("referral-is-fixed", field=column)


def signed_record_is_fixed(j: Judgement) -> None:
    """A signed record is archived as it is (Art. 61); later only the correction is noted."""
    changed = set(j.change.before) - {"corrected_on", "version"}
    if not j.change.is_new and j.change.was("signed_on") is not None and changed:
        raise RuleViolation("signed-record-is-fixed")


def two_persons_check(j: Judgement) -> None:
    """A check is made, and its record signed, by two persons at least (Art. 61)."""
    record: SupervisionRecord = j.row
    if record.signed_on is None or not j.change.changed("signed_on"):
        return
    gone = set(j.session.deleted)
    people = {i.user_id for i in record.inspectors if i not in gone}
    if len(people) < 2:
        raise RuleViolation("supervision-needs-two", field="inspectors")


def visit_has_taken_place(j: Judgement) -> None:
    """A record tells what has happened."""
    visited_on = j.row.visited_on
    if visited_on is not None and visited_on > j.today:
        raise RuleViolation("visit-is-in-the-future", field="visited_on")


def inspectors_of_a_signed_record_stay(j: Judgement) -> None:
    """Who checked is part of the signed record (Art. 61)."""
    record = j.row.record or j.session.get(SupervisionRecord, j.row.record_id)
    if record is not None and stored(record, "signed_on") is not None:
        raise RuleViolation("signed-record-is-fixed")


SUPERVISION_GUARDS: dict[str, tuple[Guard, ...]] = {
    **STAFFING_GUARDS,
    **ORDER_GUARDS,
    **VOICE_GUARDS,
    "supervision_record": (
        is_made_by_a_person,
        signed_record_is_fixed,
        visit_has_taken_place,
        today_and_once("signed_on", "corrected_on"),
        two_persons_check,
    ),
    "supervision_inspector": (inspectors_of_a_signed_record_stay,),
    "referral": (
        is_made_by_a_person,
        fixed(
            _referral_is_fixed, "direction", "organ", "certificate_id", "holder_name", "facts",
        ),
        once(_referral_is_fixed, "outcome"),
    ),
}  # fmt: skip
