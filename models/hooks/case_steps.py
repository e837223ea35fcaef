"""The steps of a case: planned at receipt, opened stage by stage, ended with their act."""

from collections.abc import Iterable

from models.application import Application, ApplicationStep
from models.catalogue import ItemVersion
from models.enums import ApplicationStatus, Duty, StepStatus
from models.hooks.case_change import CaseChange
from models.questions.case_clock import step_due_on

UNFINISHED = (StepStatus.WAITING, StepStatus.OPEN)


def planned_steps(version: ItemVersion) -> Iterable[ApplicationStep]:
    """The steps that a case of this version will go through."""
    # Pre-guidance is voluntary and comes before the application: it is no step of the case.
    planned = [step for step in version.steps if step.duty is not Duty.GUIDANCE]
    for sequence, step in enumerate(planned, start=1):
        yield ApplicationStep(
            step_definition=step,
            sequence=sequence,
            stage_number=step.stage_number,
            duty=step.duty,
            status=StepStatus.WAITING,
        )


def finish_steps(change: CaseChange, duty: Duty) -> None:
    """An acceptance or a decision is itself the work of its step."""
    for step in change.case.steps:
        if step.duty is duty and step.status is StepStatus.OPEN:
            step.status = StepStatus.DONE


def advance_steps(change: CaseChange) -> None:
    """Stamp what was done, and open the next stage when the one before has no work left."""
    for step in change.case.steps:
        if step.status is StepStatus.DONE and step.done_on is None:
            step.done_on, step.done_at = change.today, change.acting.now()
            step.officer_id = step.officer_id or change.acting.actor.user_id
    stage = _stage_at_work(change.case)
    for step in change.case.steps:
        if step.stage_number == stage and step.status is StepStatus.WAITING:
            step.status, step.opened_on = StepStatus.OPEN, change.today
            step.due_on = step_due_on(step, change.case, change.calendar)


def _stage_at_work(case: Application) -> int | None:
    """The first stage that has work left; acceptance opens those behind it."""
    open_duties = {
        ApplicationStatus.RECEIVED: {Duty.ACCEPTANCE},
        ApplicationStatus.ACCEPTED: set(Duty),
    }.get(case.status, set())
    unfinished = [step for step in case.steps if step.status in UNFINISHED]
    stage = min((step.stage_number for step in unfinished), default=None)
    at_work = [step for step in unfinished if step.stage_number == stage]
    return stage if all(step.duty in open_duties for step in at_work) else None


def name_officer(change: CaseChange) -> None:
    """The officer of the case is the one of its first open step; a closed case keeps its last."""
    at_work = [step for step in change.case.steps if step.status is StepStatus.OPEN]
    if at_work:
        officers = [step.officer_id for step in at_work if step.officer_id is not None]
        change.case.officer_id = officers[0] if officers else None
