"""How a case ends: grant, refusal, delivery."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import acts
from models.enums import ApplicationStatus, DecisionOutcome, Duty
from views.forms.acts.decision import DeliveryForm, GrantForm, RefusalForm
from views.forms.acts.hearing import ForwardingForm, TerminationForm
from views.panel.case.acts.act import Act, Reason, Run, Situation, movers
from views.panel.case.acts.certificate_reasons import certificate_stands, place_is_left
from views.panel.case.acts.reasons import (
    clock_runs,
    conclusion_is_in,
    holds_post,
    may_move,
    reviews_are_done,
    stands_at,
    step_is_free,
)
from views.panel.case.acts.review_reasons import (
    REVIEW_IS_WHOLE,
    decided_here,
    forwarded_from_here,
    has_a_ground_to_refuse,
    review_speaks_for_it,
)

Case = ApplicationStatus


def _decide(outcome: DecisionOutcome) -> Run:
    def run(at: Situation, form: Any) -> None:
        texts = {name: form[name].data or "" for name in _DECISION_TEXTS if name in form}
        is_false = "false_materials" in form and bool(form.false_materials.data)
        acts.decision.decide(at.case, outcome, **texts, false_materials=is_false)

    return run


def _forward(at: Situation, form: Any) -> None:
    acts.decision.forward(
        at.case,
        to_organ=form.to_organ.data or "",
        opinion=form.opinion.data or "",
        is_supported=bool(form.is_supported.data),
        document_number=form.document_number.data or "",
    )


_DECISION_TEXTS = ("reasons", "legal_basis", "remedies")

DECIDING: tuple[Reason, ...] = (
    holds_post(Duty.DECISION),
    reviews_are_done,
    clock_runs,
    conclusion_is_in,
    step_is_free(Duty.DECISION),
    *REVIEW_IS_WHOLE,
)

ACTS: tuple[Act, ...] = (
    Act(
        "grant", _("Grant the permit"), movers("grant"), _decide(DecisionOutcome.GRANTED),
        needs=(stands_at(Case.ACCEPTED),), form=GrantForm,
        reasons=(
            decided_here, *DECIDING, review_speaks_for_it, certificate_stands, place_is_left,
        ),
        question=_("Grant this permit? A certificate is issued at once."), is_main=True,
    ),
    Act(
        "refuse", _("Refuse the permit"), movers("refuse"), _decide(DecisionOutcome.REFUSED),
        needs=(stands_at(Case.ACCEPTED),), form=RefusalForm,
        reasons=(decided_here, *DECIDING, has_a_ground_to_refuse),
        question=_("Refuse this permit? The case is closed with it."),
    ),
    Act(
        "forward", _("Forward the case"), movers("forward"), _forward,
        needs=(stands_at(Case.ACCEPTED), forwarded_from_here), reasons=DECIDING,
        form=ForwardingForm, question=_("Forward this case? It is closed with it."), is_main=True,
    ),
    Act(
        "terminate", _("Terminate the case"), movers("terminate"),
        lambda at, form: acts.decision.terminate(
            at.case, form.ground.data, form.reasons.data or ""
        ),
        needs=(stands_at(Case.ACCEPTED),), reasons=(holds_post(Duty.DECISION),),
        form=TerminationForm, question=_("End this case without a decision?"),
    ),
    Act(
        "deliver", _("Deliver"), movers("deliver"),
        lambda at, form: acts.decision.deliver(
            at.case, form.delivery_method.data, recipient=form.recipient_name.data or ""
        ),
        needs=(may_move("deliver"),), reasons=(holds_post(Duty.ACCEPTANCE),),
        form=DeliveryForm, is_main=True,
    ),
)  # fmt: skip
