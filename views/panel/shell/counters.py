"""The numbers of the shell, counted once a page: beside the menu, and in the top bar."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from flask import g

from models.acting import Actor
from models.database import db
from models.questions.attention import APPROVALS, MOST_COUNTED, counted, kinds_for
from views.current import current_actor, current_day
from views.panel.engine.log_end import LogEnd, end_of_log


def counters() -> dict[str, int]:
    """The reader's numbers, by name."""
    if "counters" not in g:
        g.counters = _count()
    found: dict[str, int] = g.counters
    return found


def _count() -> dict[str, int]:
    actor = current_actor()
    found = _counted(end_of_log(), actor, current_day())
    notices = sum(found[name] for name, _kind in kinds_for(actor)) if found else 0
    approvals = sum(found.get(name, 0) for name in APPROVALS)
    return {**found, "notices": notices, "to-approve": approvals}


@lru_cache(maxsize=512)
def _counted(_end: LogEnd, actor: Actor, today: date) -> Mapping[str, int]:
    return MappingProxyType(counted(db.session(), actor, today))


def count_of(name: str) -> str:
    """A number as the shell shows it: nothing for none, and not the whole of a large one."""
    count = counters().get(name, 0)
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")
