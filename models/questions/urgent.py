"""The cases that are late the longest, and where each stands: what a leader acts on first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.application import Application, ApplicationStep
from models.questions.board import Scope
from models.questions.worklists import is_overdue, is_step_in_hand

MOST = 8


@dataclass(frozen=True, slots=True)
class UrgentCase:
    """A late case, and its open step that is due first; None: no step is open."""

    case: Application
    step: ApplicationStep | None


def most_urgent(session: Session, scope: Scope, most: int = MOST) -> list[UrgentCase]:
    """The late cases within the scope, the longest late first."""
    cases = session.scalars(
        select(Application)
        .options(
            joinedload(Application.licence_item),
            joinedload(Application.applicant),
            joinedload(Application.officer),
        )
        .where(is_overdue(scope.day), scope.cases())
        .order_by(Application.due_on, Application.id)
        .limit(most)
    ).all()
    steps = _steps_in_hand(session, [case.id for case in cases])
    return [UrgentCase(case, steps.get(case.id)) for case in cases]


def _steps_in_hand(session: Session, cases: Sequence[int]) -> dict[int, ApplicationStep]:
    found: dict[int, ApplicationStep] = {}
    steps = session.scalars(
        select(ApplicationStep)
        .options(joinedload(ApplicationStep.step_definition), joinedload(ApplicationStep.officer))
        .where(is_step_in_hand(), ApplicationStep.application_id.in_(cases))
        .order_by(ApplicationStep.due_on.nulls_last(), ApplicationStep.id)
    )
    for step in steps:
        found.setdefault(step.application_id, step)
    return found
