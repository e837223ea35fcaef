"""What can be done on a case, as one table: who, with which form, by which act of the models.

The table only offers. Whether an act is lawful is judged when it is committed, by the rules; the
reasons here say beforehand what they would say, so that a person need not try. A test walks
cases through their lives and holds the one to the other.
"""

from models import Application
from models.database import db
from models.enums import ApplicationStatus, Duty, Origin
from models.errors import RuleViolation
from models.questions.recusal import must_step_aside
from views.panel.case.acts import (
    clock,
    decision,
    fees,
    hearing,
    intake,
    lanes,
    leaders,
    publicity,
    review,
    steps,
    supervision,
)
from views.panel.case.acts.act import Act, Situation

__all__ = ["ACTS", "BY_NAME", "Act", "Situation", "why_read_only", "why_step_aside"]

# In the order in which the page offers them.
ACTS: tuple[Act, ...] = (
    *intake.ACTS,
    *steps.ACTS,
    *review.ACTS,
    *hearing.ACTS,
    *clock.ACTS,
    *lanes.ACTS,
    *decision.ACTS,
    *fees.ACTS,
    *leaders.ACTS,
    *supervision.ACTS,
    *publicity.ACTS,
)

BY_NAME = {act.name: act for act in ACTS}


def why_read_only(case: Application) -> RuleViolation | None:
    """Why nothing at all is done on a case: it is history, or nothing is owed any more."""
    if case.origin is Origin.IMPORTED:
        return RuleViolation("imported-case-is-read-only")
    if case.status is ApplicationStatus.FORWARDED:
        return RuleViolation("case-is-forwarded")
    if case.closed_on is not None:
        return RuleViolation("case-is-closed")
    return None


def why_step_aside(at: Situation) -> RuleViolation | None:
    """Why a person does nothing on a case: he applies himself, or is linked to who does (回避)."""
    if Duty.APPLICANT in at.actor.duties or not at.actor.duties:
        return None
    if must_step_aside(db.session(), at.actor.user_id, at.case, at.today):
        return RuleViolation("officer-is-linked")
    return None
