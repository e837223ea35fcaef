"""The rules of an earlier day of receipt (Art. 29, 32): proof, and a second person."""

from models.acts.receipt import receipt_is_anothers, receipt_is_not_confirmed
from models.base import stored
from models.enums import Channel, EarlierReceiptCause
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement, ask, confirms_in_person
from models.receipt import EarlierReceipt
from models.rules.reasons import has_words


def earlier_day_is_possible(j: Judgement) -> None:
    """The day lies before that on which the case was entered, and under its own version."""
    receipt: EarlierReceipt = j.row
    if not j.change.is_new:
        return
    case = receipt.application
    received_on = stored(case, "received_on")
    if received_on is None or receipt.came_on is None or receipt.came_on >= received_on:
        raise RuleViolation("earlier-receipt-is-earlier", field="came_on", day=received_on)
    since = case.item_version.published_on
    if since is not None and receipt.came_on < since:
        raise RuleViolation("version-was-not-published", field="came_on", day=since)


def earlier_day_has_its_proof(j: Judgement) -> None:
    """The postmark of what came by post, else the number in the paper register."""
    receipt: EarlierReceipt = j.row
    if not has_words(receipt.proof):
        raise RuleViolation("earlier-receipt-has-its-proof", field="proof")
    by_post = receipt.cause is EarlierReceiptCause.POST
    if by_post and receipt.application.channel is not Channel.POST:
        raise RuleViolation("case-came-not-by-post", field="cause")


def earlier_day_is_confirmed_by_the_head(j: Judgement) -> None:
    """The head confirms in person what another person entered; what was entered stays as it is."""
    receipt: EarlierReceipt = j.row
    written = set(j.change.before) - {"confirmed_by_id", "confirmed_on", "version"}
    if not j.change.is_new and (written or j.change.was("confirmed_by_id") is not None):
        raise RuleViolation("earlier-receipt-is-fixed", field=min(written, default=None))
    if receipt.confirmed_by_id is None:
        return
    if j.change.is_new or not confirms_in_person(j, receipt.confirmed_by_id):
        raise RuleViolation("earlier-receipt-is-confirmed-by-the-head", field="confirmed_by_id")
    ask(j, receipt_is_anothers, receipt_is_not_confirmed)


RECEIPT_GUARDS: dict[str, tuple[Guard, ...]] = {
    "earlier_receipt": (
        earlier_day_is_confirmed_by_the_head,
        earlier_day_is_possible,
        earlier_day_has_its_proof,
    ),
}
