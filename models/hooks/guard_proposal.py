"""What holds of everything that one person proposes and another answers (双人复核)."""

from models.acts.asking import is_a_second_person
from models.errors import RuleViolation
from models.hooks.guarding import Judgement, confirms_in_person, standing_of
from models.proposal import ANSWER
from models.rules.reasons import has_words


def proposal_is_fixed(j: Judgement, effective: str, refusal: RuleViolation) -> None:
    """What was proposed is not rewritten, and answered once: else raises ``refusal``."""
    if j.change.is_new:
        return
    is_over = j.change.was(effective) is not None or j.change.was("rejected_on") is not None
    if is_over or set(j.change.before) - set(ANSWER) - {effective, "version"}:
        raise refusal


def proposal_is_answered(j: Judgement, *, first: frozenset[int | None] = frozenset()) -> None:
    """The head answers, or the leader, in person and never a proposal of one's own.

    ``first``: who, beside the proposer, may not be the second person.
    """
    for column in ("approved_by_id", "rejected_by_id"):
        signature = getattr(j.row, column)
        if signature is None or not j.change.changed(column):
            continue
        if not confirms_in_person(j, signature):
            raise RuleViolation("head-answers-proposals", field=column)
        of_others = first | {j.row.proposed_by_id}
        if column == "approved_by_id" and (found := is_a_second_person(standing_of(j), of_others)):
            raise found


def refusal_says_why(j: Judgement) -> None:
    """Who turns a proposal down says why."""
    if j.row.rejected_by_id is not None and not has_words(j.row.rejection_reason):
        raise RuleViolation("reason-is-missing", field="rejection_reason")
