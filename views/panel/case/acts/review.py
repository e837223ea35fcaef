"""The review of a case: verdicts on its conditions (Art. 34, 38), checks on the spot (Art. 55)."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import User, acts
from models.database import db
from models.enums import ApplicationStatus, Duty
from models.errors import RuleViolation
from models.questions.review import last_inspection, unjudged_conditions
from models.rules.writers import WRITERS
from views.forms.acts.review import CHOICES, InspectionForm, ResultForm, VerdictsForm, verdicts_of
from views.panel.case.acts.act import Act, Situation
from views.panel.case.acts.reasons import holds_post, stands_at
from views.panel.case.acts.review_reasons import (
    chairs_no_hearing,
    has_conditions,
    inspection_runs,
    judges_from_his_post,
    no_inspection_runs,
    was_there,
)

Case = ApplicationStatus


def chosen_users(keys: list[int]) -> list[User]:
    """The people of these keys, in their order."""
    return [db.session.get_one(User, key) for key in keys]


def _judge(at: Situation, form: Any) -> None:
    verdicts = verdicts_of(form)
    if not verdicts:
        missing = unjudged_conditions(at.case) or at.case.item_version.conditions
        raise RuleViolation("conditions-are-not-judged", conditions=tuple(c.name for c in missing))
    acts.review.judge(at.case, verdicts)


def _assign_inspectors(at: Situation, form: Any) -> None:
    users = chosen_users(form.inspectors.data or [])
    acts.review.assign_inspectors(at.case, users, form.planned_on.data)


def _record_inspection(at: Situation, form: Any) -> None:
    inspection = last_inspection(at.case)
    assert inspection is not None, "only an open check is recorded"
    acts.review.record_inspection(
        inspection,
        CHOICES[form.passes.data],
        form.findings.data or "",
        form.technical_standard.data or "",
    )


ACTS: tuple[Act, ...] = (
    Act(
        "judge", _("Judge the conditions"), WRITERS["condition_verdict"], _judge,
        needs=(stands_at(Case.ACCEPTED), has_conditions),
        reasons=(judges_from_his_post, chairs_no_hearing), form=VerdictsForm,
    ),
    Act(
        "assign_inspectors", _("Assign inspectors"), frozenset({Duty.REVIEW}), _assign_inspectors,
        needs=(stands_at(Case.ACCEPTED),),
        reasons=(holds_post(Duty.REVIEW), no_inspection_runs), form=InspectionForm,
    ),
    Act(
        "record_inspection", _("Record the check on the spot"), WRITERS["site_inspection"],
        _record_inspection, needs=(stands_at(Case.ACCEPTED), inspection_runs),
        reasons=(was_there,), form=ResultForm,
    ),
)  # fmt: skip
