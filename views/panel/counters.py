"""The numbers of the shell, counted once a page: beside the menu, and in the top bar."""

from flask import g

from models.database import db
from models.notices import APPROVALS, MOST_COUNTED, counted, kinds_for
from views.current import current_actor, current_day


def counters() -> dict[str, int]:
    """The reader's numbers, by name."""
    if "counters" not in g:
        g.counters = _count()
    found: dict[str, int] = g.counters
    return found


def _count() -> dict[str, int]:
    actor = current_actor()
    found = counted(db.session(), actor, current_day())
    notices = sum(found[name] for name, _kind in kinds_for(actor)) if found else 0
    approvals = sum(found.get(name, 0) for name in APPROVALS)
    return {**found, "notices": notices, "to-approve": approvals}


def count_of(name: str) -> str:
    """A number as the shell shows it: nothing for none, and not the whole of a large one."""
    count = counters().get(name, 0)
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")
