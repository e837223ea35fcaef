"""Every day that a person types lies where a calendar reaches."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Mapper

from models.enums import AuditVerb
from models.errors import RuleViolation
from models.hooks.guarding import Judgement
from models.rules.days import FIRST_DAY, LAST_DAY, is_within_reach


@cache
def _days_of(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(
        a.key for a in mapper.column_attrs if isinstance(a.columns[0].type, Date)
    )  # fmt: skip


def typed_day_is_within_reach(j: Judgement) -> None:
    """A day in a far year is a slip of the hand, and no term can be counted from it. What is
    recorded of another system keeps its days."""
    if j.actor.is_system or j.change.verb is AuditVerb.DELETE:
        return
    for column in _days_of(j.row.__mapper__):
        day = getattr(j.row, column)
        if isinstance(day, date) and j.change.changed(column) and not is_within_reach(day):
            raise RuleViolation("day-is-out-of-reach", field=column, first=FIRST_DAY, last=LAST_DAY)
