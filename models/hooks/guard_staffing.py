"""The rules of absences and of work that changes hands, each a sentence."""

from models.acts.reassignment import effective_day_is_ahead
from models.application import ApplicationStep
from models.base import stored
from models.enums import Duty, LineOutcome, Origin, StepStatus
from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement
from models.questions.absences import is_absent, other_absences, posts_of
from models.questions.people import granted_within
from models.rules.absence import Period, common_period, covers, periods_meet
from models.rules.duties import CASEWORK, CONFIRMING, LEADERS, STOOD_IN_FOR
from models.rules.separation import EXCLUSIVE_DUTIES
from models.staffing import Absence, Reassignment, ReassignmentLine


def is_made_by_a_person(j: Judgement) -> None:
    """What a person answers for is written in that person's name, never by the system."""
    if j.change.is_new and j.actor.user_id is None:
        raise RuleViolation("move-needs-a-person", target=j.change.table)


# --- absences ----------------------------------------------------------------------------------


def _days(absence: Absence) -> Period:
    return absence.first_day, absence.last_day


def absence_is_ones_own(j: Judgement) -> None:
    """An absence is entered by the absent person, or by a leader."""
    if j.row.user_id != j.actor.user_id and not j.actor.holds(LEADERS):
        raise RuleViolation("absence-is-anothers", field="user")


def absence_that_began_stays(j: Judgement) -> None:
    """Whose absence it is, and a beginning that has passed, do not change; its end may."""
    if j.change.is_new:
        return
    begun = j.change.was("first_day") <= j.today
    if j.change.changed("user_id") or (begun and j.change.changed("first_day")):
        raise RuleViolation("absence-has-begun", field="first_day")


def absences_do_not_overlap(j: Judgement) -> None:
    """One person is absent once on one day."""
    absence: Absence = j.row
    for other in other_absences(j.session, absence):
        if other.user_id == absence.user_id and periods_meet(_days(other), _days(absence)):
            raise RuleViolation("absences-overlap", field="first_day")


def substitute_is_present(j: Judgement) -> None:
    """Who stands in is there on those days, and nobody's substitute goes away (AB岗)."""
    absence: Absence = j.row
    for other in other_absences(j.session, absence):
        if not periods_meet(_days(other), _days(absence)):
            continue
        if other.user_id == absence.substitute_id:
            raise RuleViolation("substitute-is-absent", field="substitute")
        if other.substitute_id == absence.user_id:
            raise RuleViolation("substitute-is-needed", field="user")


def substitute_holds_the_posts(j: Judgement) -> None:
    """The substitute holds every post that the absent person holds on those days (AB岗)."""
    absence: Absence = j.row
    held = posts_of(j.session, absence.substitute_id)
    for duty, periods in posts_of(j.session, absence.user_id).items():
        for period in periods:
            if not periods_meet(period, _days(absence)):
                continue
            if not covers(held.get(duty, ()), common_period(period, _days(absence))):
                raise RuleViolation(
                    "substitute-lacks-the-post", field="substitute", post=Duty(duty)
                )


def substitute_may_confirm(j: Judgement) -> None:
    """Who stands in for the head or the leader on a day holds that duty then: an officer of the
    office, and none of its three keepers (三员分立)."""
    absence: Absence = j.row
    away = granted_within(j.session, absence.user_id, absence.first_day, absence.last_day)
    if not away & STOOD_IN_FOR:
        return
    held = granted_within(j.session, absence.substitute_id, absence.first_day, absence.last_day)
    if not held & (CASEWORK | CONFIRMING) or held & EXCLUSIVE_DUTIES:
        raise RuleViolation("substitute-cannot-confirm", field="substitute")


def only_a_coming_absence_goes(j: Judgement) -> None:
    """An absence that has not begun may be taken back, by whom it could be entered."""
    absence_is_ones_own(j)
    if stored(j.row, "first_day") <= j.today:
        raise RuleViolation("absence-has-begun")


def officer_is_present(j: Judgement) -> None:
    """No step is claimed by, or assigned to, an officer on a day of absence."""
    step: ApplicationStep = j.row
    if j.change.is_new or step.officer_id is None or not j.change.changed("officer_id"):
        return
    if step.status is not StepStatus.OPEN or step.application.origin is Origin.IMPORTED:
        return
    if is_absent(j.session, step.officer_id, j.today):
        raise RuleViolation("officer-is-absent", field="officer")


# --- reassignments -----------------------------------------------------------------------------


def reassignment_looks_ahead(j: Judgement) -> None:
    """Work is reassigned from today or a coming day on."""
    effective_on = j.row.effective_on
    if j.change.is_new and effective_on is not None:
        if refusal := effective_day_is_ahead(effective_on, j.today):
            raise refusal


def reassignment_is_fixed(j: Judgement) -> None:
    """A reassignment that was ordered does not change; it is carried out once."""
    changed = set(j.change.before) - {"version"}
    if not j.change.is_new and (changed != {"done_on"} or j.change.was("done_on") is not None):
        raise RuleViolation("reassignment-is-fixed")


def reassignment_is_done_on_its_day(j: Judgement) -> None:
    """Nothing is moved before the day from which the reassignment holds."""
    reassignment: Reassignment = j.row
    if reassignment.done_on is None:
        return
    if reassignment.done_on != j.today or reassignment.effective_on > j.today:
        raise RuleViolation("reassignment-is-not-due", due=reassignment.effective_on)


def line_is_written_once(j: Judgement) -> None:
    """What became of a step is history."""
    if not j.change.is_new:
        raise RuleViolation("history-only-grows")


def line_belongs_to_a_due_reassignment(j: Judgement) -> None:
    """A line says what became of a step while its reassignment is carried out."""
    line: ReassignmentLine = j.row
    order = line.reassignment or j.session.get_one(Reassignment, line.reassignment_id)
    if order.effective_on > j.today or stored(order, "done_on") is not None:
        raise RuleViolation("reassignment-is-not-due", due=order.effective_on)


def line_tells_what_happened(j: Judgement) -> None:
    """A step is called moved exactly when it is in the new officer's hands."""
    line: ReassignmentLine = j.row
    order = line.reassignment or j.session.get_one(Reassignment, line.reassignment_id)
    step = line.application_step or j.session.get_one(ApplicationStep, line.application_step_id)
    if (line.outcome is LineOutcome.MOVED) is not (step.officer_id == order.to_user_id):
        raise RuleViolation("line-tells-what-happened")


def is_moved_by_order(j: Judgement) -> bool:
    """Whether the system moves a step as a leader's reassignment, due and stored, tells it to."""
    if not j.actor.is_system:
        return False
    return any(_orders_the_move(line, j) for line in j.session.new)


def _orders_the_move(line: object, j: Judgement) -> bool:
    if not isinstance(line, ReassignmentLine) or line.application_step is not j.row:
        return False
    order = line.reassignment
    return (
        stored(order, "id") is not None
        and stored(order, "effective_on") <= j.today
        and stored(order, "done_on") is None
        and j.change.was("officer_id") == stored(order, "from_user_id")
        and j.row.officer_id == stored(order, "to_user_id")
    )


STAFFING_GUARDS: dict[str, tuple[Guard, ...]] = {
    "application_step": (officer_is_present,),
    "absence": (
        is_made_by_a_person,
        absence_is_ones_own,
        absence_that_began_stays,
        absences_do_not_overlap,
        substitute_is_present,
        substitute_holds_the_posts,
        substitute_may_confirm,
    ),
    "reassignment": (
        is_made_by_a_person,
        reassignment_looks_ahead,
        reassignment_is_fixed,
        reassignment_is_done_on_its_day,
    ),
    "reassignment_line": (
        line_is_written_once,
        line_belongs_to_a_due_reassignment,
        line_tells_what_happened,
    ),
}
