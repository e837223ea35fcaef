"""Where the log ends: what depends on rows alone holds until the log grows."""

from flask import g
from sqlalchemy import select

from models import AuditHead
from models.database import db

LogEnd = tuple[str, str | None]


def end_of_log() -> LogEnd:
    """The database and the last hash of its log, asked once in a request.

    Nothing that a page shows changes without an entry in the log, whoever writes it. So what was
    read with this as its key need not be read again while the key is the same.
    """
    if "end_of_log" not in g:
        g.end_of_log = (str(db.engine.url), db.session.scalar(select(AuditHead.hash)))
    found: LogEnd = g.end_of_log
    return found
