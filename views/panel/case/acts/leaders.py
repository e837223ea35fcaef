"""What leaders do on a case, and what ends it at the applicant's wish."""

from flask_babel import lazy_gettext as _

from models import acts
from models.enums import ApplicationStatus
from models.rules.duties import LEADERS
from views.forms.acts.steps import OfficerForm
from views.panel.case.acts.act import Act, Situation, movers, to_status
from views.panel.case.acts.reasons import may_move, open_steps

Case = ApplicationStatus


def _assign(at: Situation, form: OfficerForm) -> None:
    acts.steps.assign(at.at_step, form.officer.data)


ACTS: tuple[Act, ...] = (
    Act(
        "assign", _("Assign an officer"), LEADERS, _assign, form=OfficerForm, steps=open_steps,
    ),
    Act(
        "withdraw", _("Withdraw the application"), movers("withdraw"), to_status(Case.WITHDRAWN),
        needs=(may_move("withdraw"),),
        question=_("Close this application at the applicant's request?"),
    ),
)  # fmt: skip
