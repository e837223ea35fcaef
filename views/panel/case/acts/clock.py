"""What moves the clock: suspensions (Art. 45) and extensions (Art. 42)."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import acts
from models.database import db
from models.enums import ApplicationStatus, Duty
from models.rules.duties import LEADERS
from models.rules.writers import WRITERS
from views.forms.acts.clock import ExtensionForm, ResumptionForm, SuspensionForm
from views.forms.acts.lanes import ApprovalForm
from views.panel.case.acts.act import Act, Situation
from views.panel.case.acts.reasons import (
    clock_is_paused,
    extension_is_in_time,
    extension_waits,
    holds_post,
    not_extended_yet,
    stands_at,
)

Case = ApplicationStatus


def _suspend(at: Situation, form: Any) -> None:
    acts.clock.suspend(
        at.case,
        form.kind.data,
        planned_end_on=form.planned_end_on.data,
        notice_number=form.notice_number.data or "",
        reason=form.reason.data or "",
    )


def _approve_extension(at: Situation, form: Any) -> None:
    document = form.approval_document.data if "approval_document" in form else ""
    acts.clock.approve_extension(db.session(), at.case.extensions[0], document)


ACTS: tuple[Act, ...] = (
    Act(
        "suspend", _("Suspend the clock"), WRITERS["clock_suspension"], _suspend,
        needs=(stands_at(Case.ACCEPTED),), reasons=(holds_post(Duty.REVIEW),),
        form=SuspensionForm,
    ),
    Act(
        "resume", _("Resume the clock"), WRITERS["clock_suspension"],
        lambda at, form: acts.clock.resume(db.session(), at.case, form.procedure.data),
        needs=(stands_at(Case.ACCEPTED), clock_is_paused), reasons=(holds_post(Duty.REVIEW),),
        form=ResumptionForm,
        question=_("End the suspension today?"),
    ),
    Act(
        "ask_extension", _("Ask for an extension"), WRITERS["deadline_extension"] - LEADERS,
        lambda at, form: acts.clock.ask_extension(at.case, form.days.data, form.reason.data or ""),
        needs=(stands_at(Case.ACCEPTED),), reasons=(not_extended_yet,), form=ExtensionForm,
    ),
    Act(
        "approve_extension", _("Approve the extension"), WRITERS["deadline_extension"] & LEADERS,
        _approve_extension,
        needs=(stands_at(Case.ACCEPTED), extension_waits), reasons=(extension_is_in_time,),
        form=ApprovalForm,
        question=_("Approve this extension in your own name?"), is_main=True,
    ),
)  # fmt: skip
