"""What the running site does by itself: the day's work at each local midnight, and the reckoning of
cases by a changed calendar. One thread; what fails is told in the log and tried again."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Event, Thread

from sqlalchemy import Engine

from admin_site.config import Settings, office_today
from models.acting import SYSTEM, acting_as
from models.by_time.daily import run_daily
from models.by_time.recalculation import continue_revision, progress_of
from models.database import GuardedSession, open_engine, reading

SECONDS_BETWEEN = 5.0
# What failed is tried again after so many rounds, not at once.
ROUNDS_BETWEEN_TRIALS = 60
_log = logging.getLogger(__name__)


class Jobs:
    """The work of one installation. ``today`` and ``wait`` are given, so that a test needs no time.

    ``wait`` takes seconds and says whether it is time to stop.
    """

    def __init__(
        self, engine: Engine, today: Callable[[], date], wait: Callable[[float], bool]
    ) -> None:
        self._engine = engine
        self._today = today
        self._wait = wait
        self._done_for: date | None = None
        self._rests: dict[str, int] = {}

    def run(self) -> None:
        """Work until it is time to stop; nothing that fails ends it."""
        while True:
            self.work_once()
            if self._wait(SECONDS_BETWEEN):
                return

    def work_once(self) -> None:
        """One round: the day's work if the day is new, then the cases that wait."""
        today = self._today()
        if today != self._done_for and self._tried("the work of the day", self._work_of, today):
            self._done_for = today
        self._tried("the reckoning of cases", self._reckon, today)

    def _work_of(self, today: date) -> None:
        with GuardedSession(self._engine) as session:
            report = run_daily(session, today)
        _log.info("done for %s: %s", today, report)

    def _reckon(self, today: date) -> None:
        with GuardedSession(self._engine) as session:
            # Most rounds find nothing, and looking takes no write lock.
            with reading():
                waiting = progress_of(session) is not None
                session.rollback()
            with acting_as(session, SYSTEM, today):
                while waiting and continue_revision(session):
                    pass

    def _tried(self, name: str, work: Callable[[date], None], today: date) -> bool:
        rest = self._rests.get(name, 0)
        if rest:
            self._rests[name] = rest - 1
            return False
        try:
            work(today)
        except Exception:  # a failed job never ends the server
            _log.exception("%s failed; it is tried again", name)
            self._rests[name] = ROUNDS_BETWEEN_TRIALS
            return False
        return True


@contextmanager
def jobs_running(settings: Settings) -> Iterator[Thread]:
    """The work goes on beside the site while the block runs, and has stopped after it."""
    stop = Event()
    engine = open_engine(settings.database_url)
    jobs = Jobs(engine, lambda: office_today(settings), stop.wait)
    thread = Thread(target=jobs.run, name="jobs", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()
        engine.dispose()
