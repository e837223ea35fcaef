"""What can be done on a case, as one table: who, with which form, by which act of the models.

The table only offers. Whether an act is lawful is judged when it is committed, by the rules; the
reasons here say beforehand what they would say, so that a person need not try. A test walks
cases through their lives and holds the one to the other.
"""

from models import Application
from models.enums import Origin
from models.errors import RuleViolation
from views.panel.case_acts import clock, decision, intake, leaders, publicity, steps
from views.panel.case_acts.act import Act, Situation

__all__ = ["ACTS", "BY_NAME", "Act", "Situation", "why_read_only"]

# In the order in which the page offers them.
ACTS: tuple[Act, ...] = (
    *intake.ACTS,
    *steps.ACTS,
    *clock.ACTS,
    *decision.ACTS,
    *leaders.ACTS,
    *publicity.ACTS,
)

BY_NAME = {act.name: act for act in ACTS}


def why_read_only(case: Application) -> RuleViolation | None:
    """Why nothing at all is done on a case: it is history, or nothing is owed any more."""
    if case.origin is Origin.IMPORTED:
        return RuleViolation("imported-case-is-read-only")
    if case.closed_on is not None:
        return RuleViolation("case-is-closed")
    return None
