"""Guards of what documents state: it is said once, on its day, and stays."""

from collections.abc import Callable

from models.errors import RuleViolation
from models.hooks.guarding import Guard, Judgement

Refusal = Callable[[str], RuleViolation]


def day_is_set_once(column: str) -> RuleViolation:
    return RuleViolation("day-is-set-once", field=column)


def fixed(refusal: Refusal, *columns: str) -> Guard:
    def what_was_said_is_fixed(j: Judgement) -> None:
        """What a document states does not change afterwards."""
        for column in columns:
            if not j.change.is_new and j.change.changed(column):
                raise refusal(column)

    return what_was_said_is_fixed


def once(refusal: Refusal, column: str) -> Guard:
    def what_was_written_stays(j: Judgement) -> None:
        """What was left open is written once."""
        if not j.change.is_new and j.change.changed(column) and j.change.was(column):
            raise refusal(column)

    return what_was_written_stays


def today_and_once(*columns: str) -> Guard:
    def the_day_is_today(j: Judgement) -> None:
        """What is done is dated on its day, once: nobody dates back."""
        for column in columns:
            value = getattr(j.row, column)
            if not j.change.changed(column) or (j.change.is_new and value is None):
                continue
            if j.change.was(column) is not None:
                raise day_is_set_once(column)
            if value != j.today:
                raise RuleViolation("day-is-today", field=column)

    return the_day_is_today
