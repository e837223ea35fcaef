"""The rules of supervision orders, each a sentence."""

from models.application import Application
from models.errors import RuleViolation
from models.hooks.guard_staffing import is_made_by_a_person
from models.hooks.guarding import Guard, Judgement
from models.hooks.keeping import fixed
from models.orders import SupervisionOrder
from models.questions.people import holds_a_duty
from models.questions.recusal import must_step_aside
from models.rules.duties import LEADERS


def _order_is_fixed(column: str) -> RuleViolation:
    return RuleViolation("order-is-fixed", field=column)


def order_is_a_leaders(j: Judgement) -> None:
    """Orders are given, sent back and closed by supervision or the head (Art. 10, 60)."""
    ours = j.change.is_new or j.change.changed("returned_count")
    if (ours or j.change.changed("accepted_by_id")) and not j.actor.holds(LEADERS):
        raise RuleViolation("order-is-a-leaders")


def who_orders_is_not_linked(j: Judgement) -> None:
    """Who is linked to the applicant of a case steps aside from it, as a leader too (回避)."""
    order: SupervisionOrder = j.row
    case = j.session.get(Application, order.application_id) if order.application_id else None
    if j.change.is_new and case and must_step_aside(j.session, j.actor.user_id, case, j.today):
        raise RuleViolation("officer-is-linked")


def addressee_is_an_officer(j: Judgement) -> None:
    """An order goes to one who can answer it."""
    order: SupervisionOrder = j.row
    duties = SupervisionOrder.policy.writers
    if j.change.is_new and not holds_a_duty(j.session, order.addressee_id, duties, j.today):
        raise RuleViolation("addressee-is-no-officer", field="addressee")


def closed_order_is_fixed(j: Judgement) -> None:
    """A closed order is kept as it is."""
    if not j.change.is_new and j.change.was("accepted_on") is not None:
        raise RuleViolation("order-is-closed")


def order_is_answered_by_its_addressee(j: Judgement) -> None:
    """Only the addressee answers, and an answer is given once (监督有效)."""
    order: SupervisionOrder = j.row
    if j.change.is_new or not j.change.changed("answer") or j.change.changed("returned_count"):
        return
    if order.addressee_id != j.actor.user_id:
        raise RuleViolation("answer-is-the-addressees", field="answer")
    if j.change.was("answer"):
        raise RuleViolation("order-is-answered", field="answer")


def only_an_answer_comes_back(j: Judgement) -> None:
    """Sent back or closed is only what was answered."""
    order: SupervisionOrder = j.row
    is_back = bool(order.return_reason) and j.change.changed("return_reason")
    is_closing = order.accepted_by_id is not None and j.change.changed("accepted_by_id")
    if (is_back or is_closing) and j.change.was("answered_on") is None:
        raise RuleViolation("order-is-not-answered")


def order_is_closed_in_ones_own_name(j: Judgement) -> None:
    """An order is not closed by its addressee, and each person signs for nobody else."""
    order: SupervisionOrder = j.row
    if not j.change.changed("accepted_by_id") or order.accepted_by_id is None:
        return
    if order.accepted_by_id != j.actor.user_id or order.addressee_id == j.actor.user_id:
        raise RuleViolation("nobody-closes-his-own-order")


def order_begins_unanswered(j: Judgement) -> None:
    """An answer comes after its order."""
    if j.change.is_new and (j.row.answer or j.row.accepted_by_id or j.row.return_reason):
        raise RuleViolation("order-is-not-answered")


ORDER_GUARDS: dict[str, tuple[Guard, ...]] = {
    "supervision_order": (
        is_made_by_a_person,
        order_is_a_leaders,
        who_orders_is_not_linked,
        order_begins_unanswered,
        closed_order_is_fixed,
        fixed(
            _order_is_fixed,
            "application_id", "licence_item_id", "addressee_id", "kind", "text", "answer_days",
        ),
        addressee_is_an_officer,
        only_an_answer_comes_back,
        order_is_answered_by_its_addressee,
        order_is_closed_in_ones_own_name,
    ),
}  # fmt: skip
