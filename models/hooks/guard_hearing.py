"""The rules of hearings (Art. 46-48) and of interested third parties (Art. 36)."""

from datetime import date

from models.acts.asking import is_the_applicant
from models.acts.hearing import chair_or_review_records, hearing_day_is_here, request_period_runs
from models.acts.review import no_chair
from models.application import Application, ApplicationStep
from models.enums import Duty, HearingKind
from models.errors import RuleViolation
from models.hearing import Hearing, InterestedParty
from models.hooks.case_decision import PLAN
from models.hooks.guard_review import (
    actor_holds_the_review_post,
    part_is_on_an_accepted_case,
    works_here,
)
from models.hooks.guarding import Guard, Judgement, ask, standing_of
from models.questions.calendar import working_calendar
from models.questions.recusal import must_step_aside
from models.questions.review import reviewers_of
from models.rules.hearings import is_planned_within, notify_by
from models.rules.reasons import has_words
from models.rules.service import why_no_waiver
from models.staff import User

# What is entered on the day on which it happens.
DAYS = ("requested_on", "waived_on", "held_on", "minutes_signed_on")


def hearing_is_recorded_from_its_post(j: Judgement) -> None:
    """The review post notifies and plans a hearing; who chaired it may record it too."""
    ask(j, chair_or_review_records)


def hearing_days_are_today(j: Judgement) -> None:
    """A request, a waiver and a hearing are entered on their day."""
    for column in DAYS:
        day = getattr(j.row, column)
        if j.change.changed(column) and day is not None and day != j.today:
            raise RuleViolation("hearing-day-is-today", field=column)


def hearing_is_fixed(j: Judgement) -> None:
    """What was told, asked for, waived or held is not rewritten."""
    if j.change.is_new:
        return
    if j.change.was("held_on") is not None or j.change.was("waived_on") is not None:
        raise RuleViolation("hearing-is-fixed")
    fixed = {"kind", "requested_on", "application_id"} & set(j.change.before)
    if any(j.change.was(column) is not None for column in fixed):
        raise RuleViolation("hearing-is-fixed")


def request_comes_in_its_period(j: Judgement) -> None:
    """A hearing is asked for within five days of being told, or the right is given up (Art. 47)."""
    hearing: Hearing = j.row
    answered = hearing.requested_on is not None or hearing.waived_on is not None
    if hearing.kind is HearingKind.BY_LAW:
        if answered:
            raise RuleViolation("hearing-is-held-by-law")
        return
    if hearing.requested_on is not None and hearing.waived_on is not None:
        raise RuleViolation("hearing-is-fixed")
    if hearing.requested_on is not None and j.change.changed("requested_on"):
        ask(j, request_period_runs)


def hearing_is_waived_by_its_person(j: Judgement) -> None:
    """The right to a hearing is given up by the applicant in person, or on a signed paper."""
    hearing: Hearing = j.row
    if hearing.waived_on is None or not j.change.changed("waived_on"):
        return
    if not is_the_applicant(standing_of(j)):
        _refuse_a_waiver(j, hearing.told_on)


def _refuse_a_waiver(j: Judgement, told_on: date | None) -> None:
    row = j.row
    code = why_no_waiver(row.waiver_number or "", row.waiver_paper_on, told_on, j.today)
    if code == "waiver-needs-its-paper":
        raise RuleViolation("waiver-needs-its-paper", field="waiver_number")
    if code is not None:
        raise RuleViolation("waiver-is-of-another-day", field="waiver_paper_on", day=told_on)


def notice_comes_in_time(j: Judgement) -> None:
    """Time, place and chair are notified seven days before the hearing (Art. 48)."""
    hearing: Hearing = j.row
    if hearing.planned_on is None or not any(map(j.change.changed, PLAN)):
        return
    if hearing.kind is HearingKind.ON_REQUEST and hearing.requested_on is None:
        raise RuleViolation("hearing-was-not-requested")
    calendar = working_calendar(j.session)
    latest = notify_by(calendar, hearing.planned_on)
    if j.today > latest:
        raise RuleViolation("hearing-notice-is-late", field="planned_on", latest=latest)
    due = hearing.hold_due_on
    if not is_planned_within(calendar, hearing.planned_on, due, j.today):
        raise RuleViolation("hearing-is-within-its-days", field="planned_on", due=due)
    if hearing.chair_id is None or not has_words(hearing.place):
        column = "chair" if hearing.chair_id is None else "place"
        raise RuleViolation("hearing-is-not-planned", field=column)


def chair_is_impartial(j: Judgement) -> None:
    """The chair is an officer who does not review the case and is not linked to its applicant
    (Art. 48)."""
    hearing: Hearing = j.row
    if hearing.chair_id is None or not j.change.changed("chair_id"):
        return
    chair = j.session.get(User, hearing.chair_id)
    if chair is None or not works_here(j, chair):
        raise RuleViolation("chair-is-no-officer", field="chair")
    if chair.id in reviewers_of(hearing.application):
        raise RuleViolation("chair-reviewed-the-case", field="chair")
    if must_step_aside(j.session, chair.id, hearing.application, j.today):
        raise RuleViolation("officer-is-linked", field="chair")


def hearing_is_held_as_told(j: Judgement) -> None:
    """A hearing is held when it was told, under its chair, with signed minutes (Art. 48)."""
    hearing: Hearing = j.row
    if hearing.held_on is None or not j.change.changed("held_on"):
        return
    ask(j, hearing_day_is_here)
    if not has_words(hearing.minutes) or hearing.minutes_signed_on is None:
        raise RuleViolation("hearing-needs-its-minutes", field="minutes")


# --- who chairs does not review -----------------------------------------------------------------


def _refuse_a_chair(case: Application, user_id: int | None) -> None:
    if refusal := no_chair(case, user_id):
        raise refusal


def reviewer_is_no_chair(j: Judgement) -> None:
    """Who chairs the hearing of a case takes no review step of it (Art. 48)."""
    step: ApplicationStep = j.row
    if step.duty is Duty.REVIEW and j.change.changed("officer_id"):
        _refuse_a_chair(step.application, step.officer_id)


def judge_is_no_chair(j: Judgement) -> None:
    """Who chairs the hearing of a case judges none of its conditions (Art. 48)."""
    _refuse_a_chair(j.row.application, j.actor.user_id)


def inspector_is_no_chair(j: Judgement) -> None:
    """Who chairs the hearing of a case does not inspect for it (Art. 48)."""
    _refuse_a_chair(j.row.inspection.application, j.row.user_id)


# --- interested third parties -------------------------------------------------------------------


def party_has_an_interest(j: Judgement) -> None:
    """A third party is named with what the permit means to it (Art. 36)."""
    for column in ("name", "interest"):
        if not has_words(getattr(j.row, column)):
            raise RuleViolation("interest-is-missing", field=column)


def party_answers_once(j: Judgement) -> None:
    """A party is notified once, and states its case or waives it afterwards (Art. 36)."""
    party: InterestedParty = j.row
    if j.change.changed("told_on") and party.told_on not in (None, j.today):
        raise RuleViolation("hearing-day-is-today", field="told_on")
    if not j.change.is_new and (j.change.was("stated_on") or j.change.was("has_waived")):
        raise RuleViolation("party-has-answered")
    if not j.change.is_new and j.change.changed("told_on") and j.change.was("told_on"):
        raise RuleViolation("party-has-answered")
    if party.has_waived and j.change.changed("has_waived"):
        if party.told_on is not None:
            _refuse_a_waiver(j, party.told_on)
    if party.told_on is None and ((party.statement or "").strip() or party.has_waived):
        raise RuleViolation("party-was-not-told")


HEARING_GUARDS: dict[str, tuple[Guard, ...]] = {
    "hearing": (
        part_is_on_an_accepted_case,
        hearing_is_recorded_from_its_post,
        hearing_is_fixed,
        hearing_days_are_today,
        request_comes_in_its_period,
        hearing_is_waived_by_its_person,
        chair_is_impartial,
        notice_comes_in_time,
        hearing_is_held_as_told,
    ),
    "application_step": (reviewer_is_no_chair,),
    "condition_verdict": (judge_is_no_chair,),
    "site_inspector": (inspector_is_no_chair,),
    "interested_party": (
        part_is_on_an_accepted_case,
        actor_holds_the_review_post,
        party_has_an_interest,
        party_answers_once,
    ),
}
