"""What can be done on a case, as one table: who, with which form, by which act of the models.

The table only offers. Whether an act is lawful is judged when it is committed, by the rules; the
reasons here say beforehand what they would say, so that a person need not try. A test walks
cases through their lives and holds the one to the other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models import Application, ApplicationStep, acts
from models.acting import Actor
from models.database import db
from models.enums import ApplicationStatus, DecisionOutcome, Duty, Necessity, Origin, StepStatus
from models.errors import RuleViolation
from models.rules.acceptance import extension_is_too_late, missing_materials, notice_period_is_over
from models.rules.separation import earlier_duty_of
from models.rules.transitions import APPLICATION_MOVES, Move, moves_from
from models.rules.writers import WRITERS
from views.panel.case_forms import (
    ActForm,
    DeliveryForm,
    ExtensionForm,
    GrantForm,
    MaterialsForm,
    NoticeForm,
    OfficerForm,
    OpinionForm,
    RefusalForm,
    SuspensionForm,
    materials_that_may_come,
    missing_materials_of,
)

Case = ApplicationStatus
UNFINISHED = (StepStatus.WAITING, StepStatus.OPEN)


@dataclass(frozen=True, slots=True)
class Situation:
    """A case, and the step an act is about, as a person finds them on a day."""

    case: Application
    actor: Actor
    today: date
    step: ApplicationStep | None = None

    @property
    def at_step(self) -> ApplicationStep:
        """The step that the act is about."""
        assert self.step is not None, "only an act on a step asks for it"
        return self.step


Reason = Callable[[Situation], RuleViolation | None]
Steps = Callable[[Situation], Iterable[ApplicationStep | None]]
Run = Callable[[Situation, Any], None]


def _whole_case(_at: Situation) -> Iterable[None]:
    return (None,)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person does.

    ``needs`` is the state in which the act means anything; outside of it the act would change
    nothing, so that no rule would look at it. ``reasons`` are what the rules would say.
    ``steps``: to what of the case it is done.
    """

    name: str
    label: LazyString
    duties: frozenset[Duty]
    run: Run
    needs: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()
    form: type[ActForm] = ActForm
    question: LazyString | None = None
    steps: Steps = _whole_case
    is_main: bool = False

    def is_of(self, actor: Actor) -> bool:
        """Whether one of the person's duties is to do this."""
        return actor.holds(self.duties)

    def why_pointless(self, at: Situation) -> RuleViolation | None:
        """Why the act means nothing in this state of the case."""
        if at.step not in self.steps(at):
            return RuleViolation("step-is-not-open")
        return _first(self.needs, at)

    def why_not(self, at: Situation) -> RuleViolation | None:
        """What the rules would say against it, as far as is known beforehand."""
        return _first(self.reasons, at)


def _first(checks: Iterable[Reason], at: Situation) -> RuleViolation | None:
    return next((reason for check in checks if (reason := check(at))), None)


# --- duties -----------------------------------------------------------------------------------

INSIDE = frozenset(Duty) - {Duty.APPLICANT}
POSTS = frozenset({Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION})
LEADERS = frozenset({Duty.HEAD, Duty.SUPERVISION})


def _moves(name: str) -> tuple[Move, ...]:
    return tuple(move for move in APPLICATION_MOVES if move.name == name)


def _movers(name: str) -> frozenset[Duty]:
    return frozenset().union(*(move.duties for move in _moves(name)))


# --- reasons ----------------------------------------------------------------------------------

# Where an act is only thinkable in one state, the words name that state.
_NOT_THERE = {Case.RECEIVED: "case-is-not-received", Case.ACCEPTED: "case-is-not-accepted"}


def _stands_at(status: ApplicationStatus) -> Reason:
    def check(at: Situation) -> RuleViolation | None:
        return None if at.case.status is status else RuleViolation(_NOT_THERE[status])

    return check


def _may_move(name: str) -> Reason:
    """The table of moves leads from the present status by this move."""

    def check(at: Situation) -> RuleViolation | None:
        if any(move.name == name for move in moves_from("application", at.case.status)):
            return None
        target = _moves(name)[0].target
        return RuleViolation("unlawful-move", source=at.case.status, target=target)

    return check


def _holds_post(duty: Duty) -> Reason:
    def check(at: Situation) -> RuleViolation | None:
        return None if duty in at.actor.posts else RuleViolation("post-not-held", post=duty)

    return check


def _step_is_free(duty: Duty) -> Reason:
    """The open step of the post is nobody else's, and its officer did no other duty before."""

    def check(at: Situation) -> RuleViolation | None:
        for step in at.case.steps:
            if step.duty is duty and step.status is StepStatus.OPEN:
                return _is_anothers(at, step) or _did_another_duty(at, step)
        return None

    return check


def _is_anothers(at: Situation, step: ApplicationStep) -> RuleViolation | None:
    if step.officer_id in (None, at.actor.user_id):
        return None
    return RuleViolation("step-belongs-to-another", officer=step.officer)


def _did_another_duty(at: Situation, step: ApplicationStep) -> RuleViolation | None:
    if step.duty is None or at.actor.user_id is None:
        return None
    if not at.case.item_version.duties_are_separated:
        return None
    done = [(s.duty, s.officer_id) for s in at.case.steps if s.status is StepStatus.DONE]
    earlier = earlier_duty_of(at.actor.user_id, step.duty, done)
    return RuleViolation("duties-are-separated", earlier=earlier) if earlier else None


def _materials_are_in(at: Situation) -> RuleViolation | None:
    case = at.case
    if notice_period_is_over(case.notice_due_on, at.today):
        return None  # silence accepts the case as it is
    needed = {m.id: m for m in case.item_version.materials}
    missing = missing_materials(
        [(key, material.necessity) for key, material in needed.items()],
        [m.material_requirement_id for m in case.materials],
    )
    if not missing:
        return None
    return RuleViolation("materials-are-missing", materials=tuple(needed[key] for key in missing))


def _something_may_come(at: Situation) -> RuleViolation | None:
    if missing_materials_of(at.case, materials_that_may_come(at.case)):
        return None
    if missing_materials_of(at.case, Necessity):
        return RuleViolation("materials-are-settled")
    return RuleViolation("materials-are-all-in")


def _notice_period_runs(at: Situation) -> RuleViolation | None:
    due = at.case.notice_due_on
    over = notice_period_is_over(due, at.today)
    return RuleViolation("notice-period-is-over", due=due) if over else None


def _no_notice_yet(at: Situation) -> RuleViolation | None:
    return RuleViolation("notice-is-given-once") if at.case.notices else None


def _is_paused(case: Application) -> bool:
    return any(suspension.ended_on is None for suspension in case.suspensions)


def _clock_runs(at: Situation) -> RuleViolation | None:
    return RuleViolation("case-is-paused") if _is_paused(at.case) else None


def _clock_is_paused(at: Situation) -> RuleViolation | None:
    return None if _is_paused(at.case) else RuleViolation("case-is-not-paused")


def _reviews_are_done(at: Situation) -> RuleViolation | None:
    left = tuple(
        step.step_definition
        for step in at.case.steps
        if step.duty is not Duty.DECISION and step.status in UNFINISHED
    )
    return RuleViolation("steps-are-not-done", steps=left) if left else None


def _not_extended_yet(at: Situation) -> RuleViolation | None:
    return RuleViolation("extension-is-given-once") if at.case.extensions else None


def _extension_waits(at: Situation) -> RuleViolation | None:
    if not at.case.extensions:
        return RuleViolation("extension-is-not-asked-for")
    given = at.case.extensions[0].approved_on is not None
    return RuleViolation("extension-is-given-once") if given else None


def _extension_is_in_time(at: Situation) -> RuleViolation | None:
    due = at.case.due_on
    late = extension_is_too_late(due, at.today)
    return RuleViolation("extension-is-too-late", due=due) if late else None


def _is_mine(at: Situation) -> RuleViolation | None:
    return _is_anothers(at, at.at_step)


def _is_unclaimed(at: Situation) -> RuleViolation | None:
    officer = at.at_step.officer
    return RuleViolation("step-belongs-to-another", officer=officer) if officer else None


def _from_my_post(at: Situation) -> RuleViolation | None:
    duty = at.at_step.duty
    return RuleViolation("post-not-held", post=duty) if duty not in at.actor.posts else None


def _no_other_duty(at: Situation) -> RuleViolation | None:
    return _did_another_duty(at, at.at_step)


DECIDING: tuple[Reason, ...] = (
    _holds_post(Duty.DECISION),
    _reviews_are_done,
    _clock_runs,
    _step_is_free(Duty.DECISION),
)

# --- what of the case -------------------------------------------------------------------------


def _open_steps(at: Situation) -> Iterator[ApplicationStep]:
    return (step for step in at.case.steps if step.status is StepStatus.OPEN)


def _steps_to_claim(at: Situation) -> Iterator[ApplicationStep]:
    return (
        step
        for step in _open_steps(at)
        if step.duty in at.actor.duties and step.officer_id != at.actor.user_id
    )


def _my_steps(at: Situation) -> Iterator[ApplicationStep]:
    return (s for s in _open_steps(at) if s.officer_id == at.actor.user_id)


def _reviews(at: Situation) -> Iterator[ApplicationStep]:
    return (s for s in _open_steps(at) if s.duty is Duty.REVIEW)


# --- what is done -----------------------------------------------------------------------------


def _to(status: ApplicationStatus) -> Run:
    return lambda at, _form: acts.move(at.case, status)


def _hand_in(at: Situation, form: MaterialsForm) -> None:
    chosen = set(form.materials.data)
    for material in at.case.item_version.materials:
        if material.id in chosen:
            acts.hand_in(at.case, material)


def _suspend(at: Situation, form: Any) -> None:
    acts.suspend(
        at.case,
        form.kind.data,
        planned_end_on=form.planned_end_on.data,
        notice_number=form.notice_number.data or "",
        reason=form.reason.data or "",
    )


def _decide(outcome: DecisionOutcome) -> Run:
    def run(at: Situation, form: Any) -> None:
        texts = {name: form[name].data or "" for name in _DECISION_TEXTS if name in form}
        acts.decide(at.case, outcome, **texts)

    return run


_DECISION_TEXTS = ("reasons", "legal_basis", "remedies")


def _assign(at: Situation, form: OfficerForm) -> None:
    at.at_step.officer_id = form.officer.data


def _release(at: Situation, _form: ActForm) -> None:
    at.at_step.officer_id = None


# --- the table --------------------------------------------------------------------------------

ACTS: tuple[Act, ...] = (
    Act(
        "submit", _("Receive the draft"), _movers("submit") & INSIDE, _to(Case.RECEIVED),
        needs=(_may_move("submit"),), is_main=True,
    ),
    Act(
        "accept", _("Accept"), _movers("accept"), _to(Case.ACCEPTED),
        needs=(_may_move("accept"),),
        reasons=(
            _holds_post(Duty.ACCEPTANCE), _materials_are_in, _step_is_free(Duty.ACCEPTANCE),
        ),
        question=_("Accept this application? Its decision clock starts today."),
        is_main=True,
    ),
    Act(
        "materials", _("Tick materials off"), frozenset({Duty.ACCEPTANCE}), _hand_in,
        needs=(_something_may_come,), form=MaterialsForm,
    ),
    Act(
        "correct", _("Send a correction notice"), _movers("ask_correction"),
        lambda at, form: acts.ask_correction(at.case, form.missing.data or ""),
        needs=(_stands_at(Case.RECEIVED),),
        reasons=(_holds_post(Duty.ACCEPTANCE), _no_notice_yet, _notice_period_runs),
        form=NoticeForm,
    ),
    Act(
        "not_accept", _("Do not accept"), _movers("not_accept"), _to(Case.NOT_ACCEPTED),
        needs=(_may_move("not_accept"),),
        reasons=(_holds_post(Duty.ACCEPTANCE), _notice_period_runs),
        question=_("Close this application as not accepted?"),
    ),
    Act(
        "resubmit", _("The correction is answered"), _movers("resubmit"), _to(Case.RECEIVED),
        needs=(_may_move("resubmit"),),
        question=_("Is everything in that the notice asked for?"),
        is_main=True,
    ),
    Act(
        "claim", _("Claim"), POSTS, lambda at, _form: acts.claim(db.session(), at.at_step),
        reasons=(_is_unclaimed, _from_my_post), steps=_steps_to_claim, is_main=True,
    ),
    Act(
        "complete", _("Complete the review"), frozenset({Duty.REVIEW}),
        lambda at, form: acts.complete(at.at_step, form.opinion.data or ""),
        needs=(_stands_at(Case.ACCEPTED),),
        reasons=(_from_my_post, _is_mine, _no_other_duty),
        form=OpinionForm, steps=_reviews, is_main=True,
    ),
    Act(
        "release", _("Give back to the queue"), POSTS, _release, steps=_my_steps,
        question=_("Give this step back to the queue of its post?"),
    ),
    Act(
        "suspend", _("Suspend the clock"), WRITERS["clock_suspension"], _suspend,
        needs=(_stands_at(Case.ACCEPTED),), reasons=(_clock_runs,), form=SuspensionForm,
    ),
    Act(
        "resume", _("Resume the clock"), WRITERS["clock_suspension"],
        lambda at, _form: acts.resume(db.session(), at.case),
        needs=(_stands_at(Case.ACCEPTED), _clock_is_paused),
        question=_("End the suspension today?"),
    ),
    Act(
        "ask_extension", _("Ask for an extension"), WRITERS["deadline_extension"] - LEADERS,
        lambda at, form: acts.ask_extension(at.case, form.days.data, form.reason.data or ""),
        needs=(_stands_at(Case.ACCEPTED),), reasons=(_not_extended_yet,), form=ExtensionForm,
    ),
    Act(
        "approve_extension", _("Approve the extension"), WRITERS["deadline_extension"] & LEADERS,
        lambda at, _form: acts.approve_extension(db.session(), at.case.extensions[0]),
        needs=(_stands_at(Case.ACCEPTED), _extension_waits), reasons=(_extension_is_in_time,),
        question=_("Approve this extension in your own name?"), is_main=True,
    ),
    Act(
        "grant", _("Grant the permit"), _movers("grant"), _decide(DecisionOutcome.GRANTED),
        needs=(_stands_at(Case.ACCEPTED),), reasons=DECIDING, form=GrantForm,
        question=_("Grant this permit? A certificate is issued at once."), is_main=True,
    ),
    Act(
        "refuse", _("Refuse the permit"), _movers("refuse"), _decide(DecisionOutcome.REFUSED),
        needs=(_stands_at(Case.ACCEPTED),), reasons=DECIDING, form=RefusalForm,
        question=_("Refuse this permit? The case is closed with it."),
    ),
    Act(
        "deliver", _("Deliver"), _movers("deliver"),
        lambda at, form: acts.deliver(at.case, form.delivery_method.data),
        needs=(_may_move("deliver"),), reasons=(_holds_post(Duty.ACCEPTANCE),),
        form=DeliveryForm, is_main=True,
    ),
    Act(
        "assign", _("Assign an officer"), LEADERS, _assign, form=OfficerForm, steps=_open_steps,
    ),
    Act(
        "withdraw", _("Withdraw the application"), _movers("withdraw"), _to(Case.WITHDRAWN),
        needs=(_may_move("withdraw"),),
        question=_("Close this application at the applicant's request?"),
    ),
)  # fmt: skip

BY_NAME = {act.name: act for act in ACTS}


def why_read_only(case: Application) -> RuleViolation | None:
    """Why nothing at all is done on a case: it is history, or nothing is owed any more."""
    if case.origin is Origin.IMPORTED:
        return RuleViolation("imported-case-is-read-only")
    if case.closed_on is not None:
        return RuleViolation("case-is-closed")
    return None
