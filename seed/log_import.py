"""Writes an event log into the database as recorded history: by SYSTEM, once, never altered.

The identity of a case is the log's name and the case's own id, so a second run of the same log
writes nothing. Cases are committed in chunks: what stops a run leaves whole cases behind, and
the next run goes on after them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from models import Application
from models.acting import SYSTEM, acting_as
from models.errors import RuleViolation
from seed.event_log import EventLog, LoggedCase
from seed.log_findings import IN_THE_FUTURE, RULES, figures, findings_of
from seed.log_item import settle_log
from seed.log_rows import LogKeys, case_row

CASES_PER_COMMIT = 200
# It begins the item's code and the numbers of its cases, and stands in their addresses.
LOG_NAME = re.compile(r"\w[\w.-]{0,39}")

_REFUSALS = (RuleViolation, StatementError)


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What one run wrote. ``skipped`` are cases that were there already, or unusable."""

    applications: int
    steps: int
    decided: int
    open: int
    late: int
    flagged: int
    skipped: int
    findings: Mapping[str, int]


class ImportFailed(Exception):  # noqa: N818 - the import failed; what is wrong is its cause
    """A case could not be written. The ``written`` cases before it stay."""

    def __init__(self, case_id: str, written: int) -> None:
        super().__init__(case_id)
        self.case_id = case_id
        self.written = written


def is_log_name(name: str) -> bool:
    """Whether a log may be called so: letters, digits, ``.``, ``_``, ``-``; at most 40."""
    return LOG_NAME.fullmatch(name) is not None


def import_log(
    session: Session,
    log: EventLog,
    name: str,
    today: date,
    cases_per_commit: int = CASES_PER_COMMIT,
) -> ImportCounts:
    """Write the cases of ``log`` that are not there yet, and commit; tell what was written.

    Raises ValueError for a ``name`` that is none, and ImportFailed at a case that is refused.
    """
    if not is_log_name(name):
        raise ValueError(name)
    known = set(
        session.scalars(select(Application.external_id).where(Application.log_name == name))
    )
    unknown = [case for case in log.cases if case.case_id not in known]
    # A case that a log dates after today is left for the day on which it has come.
    absent = [so_far for case in unknown if (so_far := case.up_to(today)) is not None]
    if absent:
        with acting_as(session, SYSTEM, today):
            keys = settle_log(session, log, name, absent)
            _write_cases(session, absent, keys, cases_per_commit)
    # Nothing that was only read stays open.
    session.rollback()
    skipped = len(log.cases) - len(absent) + log.unusable
    return _counted(absent, skipped, ahead=len(unknown) - len(absent))


def _counted(cases: Sequence[LoggedCase], skipped: int, ahead: int) -> ImportCounts:
    found = Counter(finding.code for case in cases for finding in findings_of(case))
    found[IN_THE_FUTURE] += ahead
    stand = figures(cases)
    return ImportCounts(
        applications=len(cases),
        steps=sum(len(case.events) for case in cases),
        decided=stand.decided,
        open=stand.open,
        late=stand.late,
        flagged=sum(case.is_flagged for case in cases),
        skipped=skipped,
        findings={code: found[code] for code in RULES if found[code]},
    )


def _write_cases(
    session: Session, cases: Sequence[LoggedCase], keys: LogKeys, cases_per_commit: int
) -> None:
    for start in range(0, len(cases), cases_per_commit):
        chunk = cases[start : start + cases_per_commit]
        try:
            _commit(session, chunk, keys)
        except _REFUSALS:
            session.rollback()
            _write_singly(session, chunk, keys, start)


def _write_singly(
    session: Session, cases: Iterable[LoggedCase], keys: LogKeys, written: int
) -> None:
    """Write a chunk that was refused case by case, to find the one that is at fault."""
    for case in cases:
        try:
            _commit(session, [case], keys)
        except _REFUSALS as refusal:
            session.rollback()
            raise ImportFailed(case.case_id, written) from refusal
        written += 1


def _commit(session: Session, cases: Iterable[LoggedCase], keys: LogKeys) -> None:
    session.add_all(case_row(case, keys) for case in cases)
    session.commit()
