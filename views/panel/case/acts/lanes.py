"""What moves the clock besides pauses: a review's conclusion (Art. 42), and the green lane."""

from flask_babel import lazy_gettext as _

from models import acts
from models.database import db
from models.enums import ApplicationStatus, ClockStart, Duty
from models.errors import RuleViolation
from models.rules.duties import LEADERS
from models.rules.writers import WRITERS
from views.forms.acts.lanes import GreenLaneForm
from views.panel.case.acts.act import Act, Situation
from views.panel.case.acts.reasons import holds_post, stands_at

Case = ApplicationStatus
IN_HAND = (Case.RECEIVED, Case.ACCEPTED)


def _awaits_a_conclusion(at: Situation) -> RuleViolation | None:
    if at.case.item_version.clock_start is not ClockStart.REVIEW_CONCLUSION:
        return RuleViolation("item-awaits-no-conclusion")
    is_in = at.case.review_concluded_on is not None
    return RuleViolation("conclusion-is-recorded-once") if is_in else None


def _is_in_hand(at: Situation) -> RuleViolation | None:
    return None if at.case.status in IN_HAND else RuleViolation("green-lane-is-too-late")


def _not_asked_yet(at: Situation) -> RuleViolation | None:
    return RuleViolation("green-lane-is-given-once") if at.case.green_lanes else None


def _lane_waits(at: Situation) -> RuleViolation | None:
    if not at.case.green_lanes:
        return RuleViolation("green-lane-is-not-asked-for")
    given = at.case.green_lanes[0].approved_on is not None
    return RuleViolation("green-lane-is-given-once") if given else None


def _is_not_his_own(at: Situation) -> RuleViolation | None:
    own = any(lane.requested_by_id == at.actor.user_id for lane in at.case.green_lanes)
    return RuleViolation("approver-is-not-the-requester") if own else None


def _asks_from_a_post(at: Situation) -> RuleViolation | None:
    if at.actor.posts & {Duty.ACCEPTANCE, Duty.REVIEW}:
        return None
    return RuleViolation("post-not-held", post=Duty.ACCEPTANCE)


ACTS: tuple[Act, ...] = (
    Act(
        "conclude", _("Record the review's conclusion"), frozenset({Duty.REVIEW}),
        lambda at, _form: acts.clock.record_review_conclusion(db.session(), at.case),
        needs=(stands_at(Case.ACCEPTED), _awaits_a_conclusion),
        reasons=(holds_post(Duty.REVIEW),),
        question=_("Record today as the day of the review's conclusion? The clock starts with it."),
    ),
    Act(
        "ask_green_lane", _("Ask for the green lane"), WRITERS["green_lane"] - LEADERS,
        lambda at, form: acts.clock.ask_green_lane(at.case, form.reason.data or ""),
        needs=(_is_in_hand, _not_asked_yet), reasons=(_asks_from_a_post,), form=GreenLaneForm,
    ),
    Act(
        "approve_green_lane", _("Approve the green lane"), WRITERS["green_lane"] & LEADERS,
        lambda at, _form: acts.clock.approve_green_lane(db.session(), at.case.green_lanes[0]),
        needs=(_is_in_hand, _lane_waits), reasons=(_is_not_his_own,),
        question=_("Approve the green lane in your own name? The promise is halved."),
    ),
)  # fmt: skip
