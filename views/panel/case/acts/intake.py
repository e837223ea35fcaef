"""Intake: receipt, the answers of Art. 32, and the applicant's withdrawal."""

from flask_babel import lazy_gettext as _

from models import acts
from models.enums import ApplicationStatus, Duty
from models.rules.duties import INSIDE
from views.forms.acts.intake import MaterialsForm, NoticeForm
from views.panel.case.acts import answers
from views.panel.case.acts.act import Act, Situation, movers, to_status
from views.panel.case.acts.reasons import (
    holds_post,
    materials_are_in,
    may_move,
    no_notice_yet,
    notice_period_runs,
    something_may_come,
    stands_at,
    step_is_free,
)

Case = ApplicationStatus


def _hand_in(at: Situation, form: MaterialsForm) -> None:
    chosen = set(form.materials.data)
    for material in at.case.item_version.materials:
        if material.id in chosen:
            acts.intake.hand_in(at.case, material)


ACTS: tuple[Act, ...] = (
    Act(
        "submit", _("Receive the draft"), movers("submit") & INSIDE, to_status(Case.RECEIVED),
        needs=(may_move("submit"),), is_main=True,
    ),
    Act(
        "accept", _("Accept"), movers("accept"), to_status(Case.ACCEPTED),
        needs=(may_move("accept"),),
        reasons=(
            holds_post(Duty.ACCEPTANCE), materials_are_in, step_is_free(Duty.ACCEPTANCE),
        ),
        question=_("Accept this application? Its decision clock starts today."),
        is_main=True,
    ),
    Act(
        "materials", _("Tick materials off"), frozenset({Duty.ACCEPTANCE}), _hand_in,
        needs=(something_may_come,), form=MaterialsForm,
    ),
    Act(
        "correct", _("Send a correction notice"), movers("ask_correction"),
        lambda at, form: acts.intake.ask_correction(
            at.case, form.missing.data or "", materials=form.chosen(at.case)
        ),
        needs=(stands_at(Case.RECEIVED),),
        reasons=(holds_post(Duty.ACCEPTANCE), no_notice_yet, notice_period_runs),
        form=NoticeForm,
    ),
    *answers.ACTS,
    Act(
        "resubmit", _("The correction is answered"), movers("resubmit"), to_status(Case.RECEIVED),
        needs=(may_move("resubmit"),),
        question=_("Is everything in that the notice asked for?"),
        is_main=True,
    ),
)  # fmt: skip
