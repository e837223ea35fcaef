"""The rules of time: conclusions, joint handling, the green lane, step limits, the calendar."""

from models.acts.act import holds_post
from models.acts.asking import stands_at
from models.acts.clock import (
    conclusion_is_awaited,
    conclusion_is_in,
    lane_is_anothers_wish,
    lane_is_asked_by_the_line,
    lane_is_for_a_case_in_hand,
    lane_is_given_once,
)
from models.application import Application
from models.clock import CalendarDay, CalendarYear, DeadlineExtension, GreenLane
from models.enums import ApplicationStatus, Duty, HandlingMode, Origin
from models.errors import RuleViolation
from models.hooks.guard_case import DECIDED
from models.hooks.guard_catalogue import is_published_now
from models.hooks.guarding import Guard, Judgement, ask, confirms_in_person
from models.rules.reasons import has_words

Case = ApplicationStatus


def conclusion_is_recorded_by_the_review(j: Judgement) -> None:
    """The review post enters, in person and once, that a review's conclusion is in, on an
    accepted case of an item whose clock starts with it (Art. 42)."""
    case: Application = j.row
    if case.origin is Origin.IMPORTED or not j.change.changed("review_concluded_by_id"):
        return
    if j.change.is_new and case.review_concluded_by_id is None:
        return
    ask(j, conclusion_is_awaited, stands_at(Case.ACCEPTED), holds_post(Duty.REVIEW))
    if case.status is not Case.ACCEPTED:
        raise RuleViolation("case-is-not-accepted")
    if case.review_concluded_by_id != j.actor.user_id:
        raise RuleViolation("post-not-held", post=Duty.REVIEW)


def decision_awaits_the_conclusion(j: Judgement) -> None:
    """No decision before the conclusion that starts its clock (Art. 42)."""
    case: Application = j.row
    if not j.change.changed("status") or case.status not in DECIDED or j.actor.is_system:
        return
    if case.origin is Origin.NATIVE:
        ask(j, conclusion_is_in)


def joint_extension_names_its_approval(j: Judgement) -> None:
    """Of a case handled jointly the government's head approves: the document has a number
    (Art. 42 ¶2)."""
    extension: DeadlineExtension = j.row
    mode = extension.application.item_version.licence_item.handling_mode
    if extension.approved_by_id is None or mode is not HandlingMode.JOINT:
        return
    if not has_words(extension.approval_document):
        raise RuleViolation("joint-extension-needs-its-document", field="approval_document")


def green_lane_is_for_a_case_in_hand(j: Judgement) -> None:
    """Only a received or an accepted case goes before the others, and once."""
    if j.change.is_new:
        ask(j, lane_is_given_once)
    ask(j, lane_is_for_a_case_in_hand)


def green_lane_is_asked_by_the_line(j: Judgement) -> None:
    """Acceptance or review asks, and says why."""
    if j.change.is_new:
        ask(j, lane_is_asked_by_the_line)
    if not has_words(j.row.reason):
        raise RuleViolation("reason-is-missing", field="reason")


def green_lane_is_approved_by_the_head(j: Judgement) -> None:
    """The head, or the leader, approves in person, and never what the same person asked for."""
    lane: GreenLane = j.row
    if not j.change.is_new and j.change.was("approved_by_id") is not None:
        raise RuleViolation("green-lane-is-fixed")
    if not j.change.is_new and j.change.changed("reason"):
        raise RuleViolation("green-lane-is-fixed", field="reason")
    if lane.approved_by_id is None:
        return
    if not confirms_in_person(j, lane.approved_by_id):
        raise RuleViolation("green-lane-is-approved-by-the-head", field="approved_by_id")
    ask(j, lane_is_anothers_wish)


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
