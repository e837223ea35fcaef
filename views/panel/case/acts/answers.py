"""The written answers of Art. 32, the second notice, and the hand-over of the first contact."""

from typing import Any

from flask_babel import lazy_gettext as _

from models import acts
from models.database import db
from models.enums import ApplicationStatus, Duty
from models.errors import RuleViolation
from models.rules.acceptance import notice_period_is_over
from models.rules.duties import LEADERS
from models.rules.writers import WRITERS
from views.forms.acts.answers import HandOverForm, NotAcceptForm, SecondNoticeForm, SpotForm
from views.panel.case.acts.act import Act, Situation, movers
from views.panel.case.acts.reasons import (
    holds_post,
    may_move,
    no_notice_yet,
    notice_period_runs,
    stands_at,
)

Case = ApplicationStatus


def a_notice_was_answered(at: Situation) -> RuleViolation | None:
    return None if no_notice_yet(at) else RuleViolation("no-notice-yet")


def no_second_notice_yet(at: Situation) -> RuleViolation | None:
    return RuleViolation("notice-is-given-once") if len(at.case.notices) > 1 else None


def second_notice_waits(at: Situation) -> RuleViolation | None:
    if any(notice.is_waiting for notice in at.case.notices):
        return None
    return RuleViolation("no-second-notice-waits")


def case_waits_for_its_answer(at: Situation) -> RuleViolation | None:
    """What the rules say of an approval: first the five days, then where the case stands."""
    due = at.case.notice_due_on
    if notice_period_is_over(due, at.today):
        return RuleViolation("notice-period-is-over", due=due)
    return stands_at(Case.RECEIVED)(at)


def is_first_contact_or_leads(at: Situation) -> RuleViolation | None:
    if at.actor.holds(LEADERS) or at.case.first_contact_id == at.actor.user_id:
        return None
    return RuleViolation("handover-is-not-yours")


def was_received(at: Situation) -> RuleViolation | None:
    return None if at.case.received_on else RuleViolation("case-is-not-received")


def _not_accept(at: Situation, form: Any) -> None:
    acts.intake.answer_not_accepted(
        at.case, form.result.data, form.reasons.data or "", form.proper_organ.data or ""
    )


def _ask_second(at: Situation, form: SecondNoticeForm) -> None:
    acts.intake.ask_correction(
        at.case,
        form.missing.data or "",
        materials=form.chosen(at.case),
        reason=form.reason.data or "",
    )


def _hand_over(at: Situation, form: Any) -> None:
    acts.intake.hand_over(at.case, form.to_user.data, form.reason.data or "")


ACTS: tuple[Act, ...] = (
    Act(
        "not_accept", _("Do not accept"), movers("not_accept"), _not_accept,
        needs=(may_move("not_accept"),),
        reasons=(holds_post(Duty.ACCEPTANCE), notice_period_runs),
        question=_("Close this application as not accepted?"), form=NotAcceptForm,
    ),
    Act(
        "correct_on_the_spot", _("Corrected on the spot"), WRITERS["intake_answer"],
        lambda at, form: acts.intake.corrected_on_the_spot(at.case, form.reasons.data or ""),
        needs=(stands_at(Case.RECEIVED),),
        reasons=(holds_post(Duty.ACCEPTANCE), notice_period_runs), form=SpotForm,
    ),
    Act(
        "ask_second_notice", _("Ask for a second notice"), movers("ask_correction"), _ask_second,
        needs=(stands_at(Case.RECEIVED), a_notice_was_answered),
        reasons=(holds_post(Duty.ACCEPTANCE), no_second_notice_yet, notice_period_runs),
        form=SecondNoticeForm,
    ),
    Act(
        "approve_second_notice", _("Approve the second notice"), movers("approve_second_notice"),
        lambda at, _form: acts.intake.approve_second_notice(db.session(), at.case),
        needs=(second_notice_waits, case_waits_for_its_answer),
        question=_("Approve this second notice in your own name?"), is_main=True,
    ),
    Act(
        "hand_over", _("Hand over the first contact"),
        WRITERS["first_contact_handover"] - {Duty.GUIDANCE}, _hand_over,
        needs=(was_received,), reasons=(is_first_contact_or_leads,), form=HandOverForm,
    ),
)  # fmt: skip
