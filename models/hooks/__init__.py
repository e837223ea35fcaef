"""The dispatcher, the only place that listens to session events: derive, then guard, then audit.

Every door of the product ends in a flush, and every flush passes here.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from models.acting import acting
from models.database import GuardedSession
from models.errors import RuleViolation
from models.hooks.audit import write_entries
from models.hooks.changes import collect, settle_references, settle_values
from models.hooks.derive import derive
from models.hooks.guard import guard_act, guard_result

_WRITTEN = "written"
_PENDING = "pending_changes"


@event.listens_for(GuardedSession, "before_flush")
def _judge(session: Session, _context: Any, _instances: Any) -> None:
    settle_values(session)
    settle_references(session)
    act = collect(session)
    if not act:
        return
    circumstances = acting(session)
    if session.info.get(_WRITTEN):
        # The audit chain is taken last; a second flush would take other locks after it.
        raise RuleViolation("second-flush")
    with session.no_autoflush:
        guard_act(session, circumstances, act)
        derive(session, circumstances, act)
        settle_references(session)
        result = collect(session)
        guard_result(session, circumstances, result)
    session.info[_PENDING] = result


@event.listens_for(GuardedSession, "after_flush")
def _record(session: Session, _context: Any) -> None:
    changes = session.info.pop(_PENDING, None)
    if changes:
        session.info[_WRITTEN] = True
        write_entries(session, acting(session), changes)


@event.listens_for(GuardedSession, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    # The end of a savepoint is not the end of the transaction that holds the chain.
    if transaction.parent is None:
        session.info.pop(_WRITTEN, None)
        session.info.pop(_PENDING, None)


@event.listens_for(GuardedSession, "do_orm_execute")
def _refuse_bulk_write(state: ORMExecuteState) -> None:
    """Statements that write would go round the hooks; only rows pass through them."""
    if state.is_insert or state.is_update or state.is_delete:
        raise RuleViolation("bulk-write")
