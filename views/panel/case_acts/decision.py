"""How a case ends: grant, refusal, delivery."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import acts
from models.enums import ApplicationStatus, DecisionOutcome, Duty
from views.panel.case_acts.act import Act, Reason, Run, Situation, movers
from views.panel.case_acts.certificate_reasons import certificate_stands, place_is_left
from views.panel.case_acts.reasons import (
    clock_runs,
    holds_post,
    may_move,
    reviews_are_done,
    stands_at,
    step_is_free,
)
from views.panel.case_forms.decision import DeliveryForm, GrantForm, RefusalForm

Case = ApplicationStatus


def _decide(outcome: DecisionOutcome) -> Run:
    def run(at: Situation, form: Any) -> None:
        texts = {name: form[name].data or "" for name in _DECISION_TEXTS if name in form}
        acts.decide(at.case, outcome, **texts)

    return run


_DECISION_TEXTS = ("reasons", "legal_basis", "remedies")

DECIDING: tuple[Reason, ...] = (
    holds_post(Duty.DECISION),
    reviews_are_done,
    clock_runs,
    step_is_free(Duty.DECISION),
)

ACTS: tuple[Act, ...] = (
    Act(
        "grant", _("Grant the permit"), movers("grant"), _decide(DecisionOutcome.GRANTED),
        needs=(stands_at(Case.ACCEPTED),),
        reasons=(*DECIDING, certificate_stands, place_is_left), form=GrantForm,
        question=_("Grant this permit? A certificate is issued at once."), is_main=True,
    ),
    Act(
        "refuse", _("Refuse the permit"), movers("refuse"), _decide(DecisionOutcome.REFUSED),
        needs=(stands_at(Case.ACCEPTED),), reasons=DECIDING, form=RefusalForm,
        question=_("Refuse this permit? The case is closed with it."),
    ),
    Act(
        "deliver", _("Deliver"), movers("deliver"),
        lambda at, form: acts.deliver(
            at.case, form.delivery_method.data, recipient=form.recipient_name.data or ""
        ),
        needs=(may_move("deliver"),), reasons=(holds_post(Duty.ACCEPTANCE),),
        form=DeliveryForm, is_main=True,
    ),
)  # fmt: skip
