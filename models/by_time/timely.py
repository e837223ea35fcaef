"""A deed of time: what the law itself does to a row on a day, done as SYSTEM on that day."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.acting import SYSTEM, acting_as
from models.database import reading
from models.errors import RuleViolation

ONE_DAY = timedelta(days=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that time does to the rows of a table: which of them are ripe on a day, as of
    which day it is done to one, and what is done."""

    kind: type[Any]
    is_ripe: Callable[[date], ColumnElement[bool]]
    ripe_on: Callable[[Any, date], date]
    act: Callable[[Session, Any], None]

    def __call__(self, session: Session, day: date) -> int:
        """Do it to every row that is ripe on ``day``; how many there were."""
        session.rollback()
        with reading():
            keys = session.scalars(
                select(self.kind.id).where(self.is_ripe(day)).order_by(self.kind.id)
            ).all()
            session.rollback()
        return sum(self._do(session, key, day) for key in keys)

    def _do(self, session: Session, key: int, day: date) -> bool:
        """Do it to one row, unless somebody else was first. What a rule refuses is told in the
        log: one row does not stop the others."""
        session.expire_all()
        row = session.scalars(
            select(self.kind).where(self.kind.id == key, self.is_ripe(day))
        ).one_or_none()
        on = day if row is None else self.ripe_on(row, day)
        if row is None or on > day:
            session.rollback()
            return False
        try:
            with acting_as(session, SYSTEM, on):
                self.act(session, row)
                session.commit()
        except (RuleViolation, StaleDataError, IntegrityError) as refusal:
            session.rollback()
            _log.warning("%s %s was left alone: %s", self.kind.__tablename__, key, refusal)
            return False
        return True


def sets_status(status: Any) -> Callable[[Session, Any], None]:
    """The deed that is a move of the row and nothing more."""
    return lambda _session, row: setattr(row, "status", status)
