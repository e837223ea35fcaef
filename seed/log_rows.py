"""The rows that a case of an event log becomes, and the number it is given."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from models import Application, ApplicationStep, Finding
from models.enums import ApplicationStatus, Origin, StepStatus
from seed.event_log import LoggedCase, LoggedEvent
from seed.log_findings import findings_of

LONGEST_NUMBER = Application.__table__.c.number.type.length  # type: ignore[attr-defined]
LONGEST_SUMMARY = Application.__table__.c.summary.type.length  # type: ignore[attr-defined]
# A number stands in addresses; letters and digits of any script may stay.
_UNSAFE = re.compile(r"[^\w.-]+")
_DIGEST_LENGTH = 10
PREFIX = "IMPORT"


def import_code(log_name: str) -> str:
    """The code of a log's item and department, and the beginning of its cases' numbers."""
    return f"{PREFIX}-{log_name}"


@dataclass(frozen=True, slots=True)
class LogKeys:
    """Where the rows of a log's cases point to."""

    log_name: str
    licence_item_id: int
    item_version_id: int
    steps: Mapping[str, tuple[int, int]]  # activity → key and stage of its step
    officers: Mapping[str, int]
    numbers: Mapping[str, str]
    warn_on: Callable[[date], date | None]

    def officer(self, event: LoggedEvent) -> int | None:
        """The key of the officer whom an event names."""
        return None if event.resource is None else self.officers[event.resource]


def case_row(case: LoggedCase, keys: LogKeys) -> Application:
    """The application that ``case`` becomes, with its steps and findings.

    How a case ended, a log does not say: one that has an end was carried through.
    """
    is_closed = case.closed is not None
    return Application(
        origin=Origin.IMPORTED,
        log_name=keys.log_name,
        external_id=case.case_id,
        number=keys.numbers[case.case_id],
        licence_item_id=keys.licence_item_id,
        item_version_id=keys.item_version_id,
        channel=case.channel,
        status=ApplicationStatus.DELIVERED if is_closed else ApplicationStatus.ACCEPTED,
        summary=_summary(case),
        received_on=case.received_on,
        received_at=case.received_at,
        due_on=case.due_on,
        warn_on=None if is_closed or case.due_on is None else keys.warn_on(case.due_on),
        decided_on=case.closed_on,
        decision_due_on=case.due_on if is_closed else None,
        closed_on=case.closed_on,
        first_contact_id=keys.officer(case.events[0]),
        officer_id=keys.officer(case.events[-1]),
        steps=list(_step_rows(case, keys)),
        findings=[Finding(code=one.code, detail=one.detail) for one in findings_of(case)],
    )


def _step_rows(case: LoggedCase, keys: LogKeys) -> Iterator[ApplicationStep]:
    for sequence, event in enumerate(case.events, start=1):
        step_id, stage = keys.steps[event.activity]
        yield ApplicationStep(
            step_definition_id=step_id,
            sequence=sequence,
            stage_number=stage,
            status=StepStatus.DONE,
            officer_id=keys.officer(event),
            done_on=event.on,
            done_at=event.at if event.moment.tells_time else None,
        )


def _summary(case: LoggedCase) -> str:
    """What else the log says of the case, on one line, as written."""
    told = ", ".join(f"{name}={value}" for name, value in case.attributes.items())
    return told if len(told) <= LONGEST_SUMMARY else f"{told[: LONGEST_SUMMARY - 1]}…"


def case_numbers(log_name: str, case_ids: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """A readable number for each case, safe in an address and none of those ``taken``.

    A digest is added only where the id itself cannot stand: it has unsafe characters, is too
    long, or gives a number that is taken (log "a", case "b-1"; log "a-b", case "1").
    """
    used, numbers = set(taken), {}
    for case_id in case_ids:
        readable = _UNSAFE.sub("-", case_id)
        number = f"{import_code(log_name)}-{readable}"
        if readable != case_id or len(number) > LONGEST_NUMBER or number in used:
            digest = sha256(f"{log_name}\n{case_id}".encode()).hexdigest()[:_DIGEST_LENGTH]
            number = f"{number[: LONGEST_NUMBER - _DIGEST_LENGTH - 1]}-{digest}"
        used.add(number)
        numbers[case_id] = number
    return numbers
