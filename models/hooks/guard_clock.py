"""The rules of time: conclusions, joint handling, the green lane, step limits, the calendar."""

from models.application import Application
from models.clock import CalendarDay, CalendarYear, DeadlineExtension, GreenLane
from models.enums import ApplicationStatus, ClockStart, Duty, HandlingMode, Origin
from models.errors import RuleViolation
from models.hooks.changes import stored
from models.hooks.guard_case import DECIDED
from models.hooks.guard_catalogue import is_published_now
from models.hooks.guarding import Guard, Judgement

Case = ApplicationStatus


def _waits_for_a_conclusion(case: Application) -> bool:
    return (
        case.origin is Origin.NATIVE
        and case.item_version.clock_start is ClockStart.REVIEW_CONCLUSION
    )


def conclusion_is_recorded_by_the_review(j: Judgement) -> None:
    """The review post enters, in his own name and once, that a review's conclusion is in, on an
    accepted case of an item whose clock starts with it (Art. 42)."""
    case: Application = j.row
    if case.origin is Origin.IMPORTED or not j.change.changed("review_concluded_by_id"):
        return
    if j.change.is_new and case.review_concluded_by_id is None:
        return
    if j.change.was("review_concluded_by_id") is not None:
        raise RuleViolation("conclusion-is-recorded-once")
    if not _waits_for_a_conclusion(case):
        raise RuleViolation("item-awaits-no-conclusion")
    if stored(case, "status") is not Case.ACCEPTED or case.status is not Case.ACCEPTED:
        raise RuleViolation("case-is-not-accepted")
    if Duty.REVIEW not in j.actor.posts or case.review_concluded_by_id != j.actor.user_id:
        raise RuleViolation("post-not-held", post=Duty.REVIEW)


def decision_awaits_the_conclusion(j: Judgement) -> None:
    """No decision before the conclusion that starts its clock (Art. 42)."""
    case: Application = j.row
    if not j.change.changed("status") or case.status not in DECIDED or j.actor.is_system:
        return
    if _waits_for_a_conclusion(case) and case.review_concluded_on is None:
        raise RuleViolation("review-is-not-concluded")


def joint_extension_names_its_approval(j: Judgement) -> None:
    """Of a case handled jointly the government's head approves: his document has a number
    (Art. 42 ¶2)."""
    extension: DeadlineExtension = j.row
    mode = extension.application.item_version.licence_item.handling_mode
    if extension.approved_by_id is None or mode is not HandlingMode.JOINT:
        return
    if not (extension.approval_document or "").strip():
        raise RuleViolation("joint-extension-needs-its-document", field="approval_document")


def green_lane_is_for_a_case_in_hand(j: Judgement) -> None:
    """Only a received or an accepted case goes before the others, and once."""
    lane: GreenLane = j.row
    if j.change.is_new and len(lane.application.green_lanes) > 1:
        raise RuleViolation("green-lane-is-given-once")
    if stored(lane.application, "status") not in (Case.RECEIVED, Case.ACCEPTED):
        raise RuleViolation("green-lane-is-too-late")


def green_lane_is_asked_by_the_line(j: Judgement) -> None:
    """Acceptance or review asks, and says why."""
    if j.change.is_new and not j.actor.posts & {Duty.ACCEPTANCE, Duty.REVIEW}:
        raise RuleViolation("post-not-held", post=Duty.ACCEPTANCE)
    if not (j.row.reason or "").strip():
        raise RuleViolation("reason-is-missing", field="reason")


def green_lane_is_approved_by_the_head(j: Judgement) -> None:
    """The head approves in his own name, and never what he asked for himself."""
    lane: GreenLane = j.row
    if not j.change.is_new and j.change.was("approved_by_id") is not None:
        raise RuleViolation("green-lane-is-fixed")
    if not j.change.is_new and j.change.changed("reason"):
        raise RuleViolation("green-lane-is-fixed", field="reason")
    if lane.approved_by_id is None:
        return
    if Duty.HEAD not in j.actor.duties or lane.approved_by_id != j.actor.user_id:
        raise RuleViolation("green-lane-is-approved-by-the-head", field="approved_by_id")
    if lane.requested_by_id == j.actor.user_id:
        raise RuleViolation("approver-is-not-the-requester")


def every_step_has_its_limit(j: Judgement) -> None:
    """A step that binds an officer says for how long; pre-guidance is voluntary (Art. 42)."""
    if not is_published_now(j):
        return
    for step in j.row.steps:
        if step.limit_days is None and step.duty is not Duty.GUIDANCE:
            raise RuleViolation("step-has-no-limit", step=step.name)


def day_lies_in_its_year(j: Judgement) -> None:
    """A special day stands under the year to which it belongs (Art. 82)."""
    day: CalendarDay = j.row
    year = day.calendar_year or j.session.get(CalendarYear, day.calendar_year_id or 0)
    if day.day is not None and year is not None and day.day.year != year.year:
        raise RuleViolation("day-is-of-another-year", field="day", year=year.year)


CLOCK_GUARDS: dict[str, tuple[Guard, ...]] = {
    "application": (conclusion_is_recorded_by_the_review, decision_awaits_the_conclusion),
    "deadline_extension": (joint_extension_names_its_approval,),
    "green_lane": (
        green_lane_is_for_a_case_in_hand,
        green_lane_is_asked_by_the_line,
        green_lane_is_approved_by_the_head,
    ),
    "item_version": (every_step_has_its_limit,),
    "calendar_day": (day_lies_in_its_year,),
}
