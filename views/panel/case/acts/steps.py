"""The steps of a case: claimed, worked, given back, assigned."""

from flask_babel import lazy_gettext as _

from models import acts
from models.database import db
from models.enums import ApplicationStatus, Duty
from models.rules.duties import LINE
from views.forms.acts.base import ActForm
from views.forms.acts.review import ReviewForm, verdicts_of
from views.panel.case.acts.act import Act, Situation
from views.panel.case.acts.reasons import (
    from_my_post,
    i_am_present,
    is_mine,
    is_unclaimed,
    my_steps,
    no_other_duty,
    reviews,
    stands_at,
    steps_to_claim,
)
from views.panel.case.acts.review_reasons import chairs_no_hearing, inspection_is_over

Case = ApplicationStatus


def _release(at: Situation, _form: ActForm) -> None:
    acts.steps.release(at.at_step)


ACTS: tuple[Act, ...] = (
    Act(
        "claim", _("Claim"), LINE, lambda at, _form: acts.steps.claim(db.session(), at.at_step),
        reasons=(is_unclaimed, from_my_post, i_am_present, chairs_no_hearing),
        steps=steps_to_claim, is_main=True,
    ),
    Act(
        "complete", _("Complete the review"), frozenset({Duty.REVIEW}),
        lambda at, form: acts.steps.complete(
            at.at_step, form.opinion.data or "", verdicts_of(form)
        ),
        needs=(stands_at(Case.ACCEPTED),),
        reasons=(from_my_post, is_mine, no_other_duty, chairs_no_hearing, inspection_is_over),
        form=ReviewForm, steps=reviews, is_main=True,
    ),
    Act(
        "release", _("Give back to the queue"), LINE, _release, steps=my_steps,
        question=_("Give this step back to the queue of its post?"),
    ),
)  # fmt: skip
