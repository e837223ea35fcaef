"""The job that reckons every open date again after a change of the working calendar."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.acting import acting
from models.application import Application
from models.hooks.derive_calendar import unfinished
from models.questions.due_dates import open_cases

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the unfinished revision has come, in cases."""

    done: int
    total: int


def continue_revision(session: Session, chunk: int = CHUNK) -> bool:
    """Take one step of the oldest unfinished revision, in one transaction; False: none is left.

    SYSTEM acts. A step that somebody else's change overtakes raises StaleDataError and leaves
    nothing: it is taken again. A crash loses one step at most.
    """
    session.expire_all()
    revision = session.scalars(unfinished()).first()
    if revision is None:
        session.rollback()
        return False
    keys = list(
        session.scalars(open_cases().where(_after(revision.next_case_id)).limit(chunk)),
    )
    if keys:
        revision.next_case_id = keys[-1]
    else:
        revision.finished_at = acting(session).now()
    session.commit()
    return True


def finish_revisions(session: Session, chunk: int = CHUNK) -> None:
    """Take every step that is left."""
    while continue_revision(session, chunk):
        pass


def progress_of(session: Session) -> Progress | None:
    """How far the reckoning has come; None when no revision is unfinished."""
    revision = session.scalars(unfinished()).first()
    if revision is None:
        return None
    count = select(func.count()).select_from(open_cases().order_by(None).subquery())
    left = open_cases().where(_after(revision.next_case_id)).order_by(None).subquery()
    total = session.scalar(count) or 0
    return Progress(total - (session.scalar(select(func.count()).select_from(left)) or 0), total)


def _after(key: int) -> ColumnElement[bool]:
    return Application.id > key
