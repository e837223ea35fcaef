"""What the public may see of a case (Art. 5, 40)."""

from flask_babel import lazy_gettext as _

from models import acts
from models.enums import ApplicationStatus, Duty
from models.errors import RuleViolation
from views.forms.acts.publicity import ConfidentialForm
from views.panel.case.acts.act import Act, Situation

SAY_SO = frozenset({Duty.ACCEPTANCE, Duty.DECISION})


def _is_published(at: Situation) -> RuleViolation | None:
    return RuleViolation("case-is-confidential") if at.case.is_confidential else None


def _is_kept_out(at: Situation) -> RuleViolation | None:
    return None if at.case.is_confidential else RuleViolation("case-is-public")


def _was_received(at: Situation) -> RuleViolation | None:
    draft = at.case.status is ApplicationStatus.DRAFT
    return RuleViolation("case-is-not-received") if draft else None


ACTS: tuple[Act, ...] = (
    Act(
        "keep_out", _("Keep out of the register"), SAY_SO,
        lambda at, form: acts.publicity.keep_out_of_the_register(
            at.case, form.confidential_reason.data or ""
        ),
        needs=(_is_published, _was_received), form=ConfidentialForm,
    ),
    Act(
        "let_in", _("Let into the register"), SAY_SO,
        lambda at, _form: acts.publicity.let_into_the_register(at.case),
        needs=(_is_kept_out,),
        question=_("Does nothing stand against publication any more?"),
    ),
)  # fmt: skip
