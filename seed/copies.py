"""Copies of cases: row for row what the hooks wrote for the originals, under other keys."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Row,
    Table,
    insert,
    select,
    text,
    union,
)

from models import (
    Applicant,
    ApplicantLink,
    Application,
    ApplicationBan,
    Certificate,
    IntakeAnswer,
    ItemVersion,
    NumberCounter,
)
from models.acting import SYSTEM, utc_now
from models.audit import canonical_json, iso_instant
from models.certificate import new_token
from models.enums import AuditVerb
from models.hooks.audit import append
from models.hooks.numbers import set_counter
from models.rules.numbering import case_number, counter_year, number_of, receipt_number
from seed.copied_parts import LINES, PARTS, parts_of

CASES = cast(Table, Application.__table__)
CERTIFICATES = cast(Table, Certificate.__table__)
ANSWERS = cast(Table, IntakeAnswer.__table__)


def copy_cases(connection: Connection, originals: Sequence[int], count: int, today: date) -> None:
    """Write ``count`` copies of the originals, whose keys run without a gap."""
    if count <= 0:
        return
    first, last = originals[0], originals[-1]
    parts = [part for part in parts_of(connection, first, last) if part.span]
    numbers = _Numbers(connection)
    head = _Heads(connection, first, last, numbers)
    rounds, rest = divmod(count, len(originals))
    sizes = [len(originals)] * rounds + ([rest] if rest else [])
    for turn, size in enumerate(sizes, start=1):
        head.write(connection, turn, size)
        for part in parts:
            part.write(connection, first, first + size - 1, turn, turn * len(originals))
    numbers.store(connection)
    _settle(connection)
    _record(connection, first, last, count, today)


def free_applicants(connection: Connection) -> Sequence[Row[int, str]]:
    """The keys and names of those who may apply for everything, and be served by everyone."""
    bound = union(select(ApplicationBan.applicant_id), select(ApplicantLink.applicant_id))
    free = select(Applicant.id, Applicant.name).where(Applicant.id.not_in(bound))
    return connection.execute(free.order_by(Applicant.id)).all()


class _Numbers:
    """The counters of case and certificate numbers, taken in memory and stored at the end."""

    def __init__(self, connection: Connection) -> None:
        self._last: dict[tuple[str, int], int] = {
            (row.series, row.year): row.last_number
            for row in connection.execute(select(NumberCounter.__table__))
        }

    def take(self, series: str, year: int) -> int:
        self._last[series, year] = self._last.get((series, year), 0) + 1
        return self._last[series, year]

    def store(self, connection: Connection) -> None:
        for (series, year), last in self._last.items():
            set_counter(connection, series, year, last)


class _Heads:
    """The cases and certificates of the originals, to be copied with numbers of their own."""

    def __init__(self, connection: Connection, first: int, last: int, numbers: _Numbers) -> None:
        self._numbers = numbers
        self._applicants = free_applicants(connection)
        self._series = {
            row.id: (row.certificate_series, row.certificate_pattern)
            for row in connection.execute(select(ItemVersion.__table__))
        }
        self._cases = _rows(connection, CASES, CASES.c.id.between(first, last))
        self._certificates = _rows(
            connection, CERTIFICATES, CERTIFICATES.c.application_id.between(first, last)
        )
        self._answers = _rows(connection, ANSWERS, ANSWERS.c.application_id.between(first, last))
        self._answer_span = max((a["id"] for a in self._answers), default=0) - min(
            (a["id"] for a in self._answers), default=1
        ) + 1  # fmt: skip
        self._certificate_of = {
            certificate["application_id"]: certificate for certificate in self._certificates
        }
        self._certificate_span = max((row["id"] for row in self._certificates), default=0) - min(
            (row["id"] for row in self._certificates), default=1
        ) + 1  # fmt: skip

    def write(self, connection: Connection, turn: int, size: int) -> None:
        """Copy the first ``size`` originals for the ``turn``-th time."""
        cases, certificates = [], []
        shift = turn * len(self._cases)
        for index, case in enumerate(self._cases[:size]):
            applicant = self._applicants[(index * 7 + turn * 11) % len(self._applicants)]
            copy = {
                **case,
                "id": case["id"] + shift,
                "number": self._case_number(case["number"]),
                "applicant_id": applicant.id,
            }
            cases.append(copy)
            certificate = self._certificate_of.get(case["id"])
            if certificate:
                certificates.append(
                    self._certificate(
                        certificate, turn, copy["id"], copy["item_version_id"], applicant
                    )
                )
        connection.execute(insert(CASES), cases)
        if certificates:
            connection.execute(insert(CERTIFICATES), certificates)
        last = self._cases[size - 1]["id"]
        answers = [
            self._answer(a, turn, shift) for a in self._answers if a["application_id"] <= last
        ]
        if answers:
            connection.execute(insert(ANSWERS), answers)

    def _answer(self, answer: dict[str, Any], turn: int, shift: int) -> dict[str, Any]:
        prefix, _kind, year, _sequence = answer["number"].rsplit("-", 3)
        return {
            **answer,
            "id": answer["id"] + turn * self._answer_span,
            "application_id": answer["application_id"] + shift,
            "number": receipt_number(
                prefix, int(year), self._numbers.take(f"answer:{prefix}", int(year))
            ),
        }

    def _case_number(self, original: str) -> str:
        prefix, year, _sequence = original.rsplit("-", 2)
        return case_number(prefix, int(year), self._numbers.take(f"case:{prefix}", int(year)))

    def _certificate(
        self, certificate: dict[str, Any], turn: int, case_id: int, version_id: int, holder: Any
    ) -> dict[str, Any]:
        series, pattern = self._series[version_id]
        issued_on = certificate["issued_on"]
        taken = self._numbers.take(f"certificate:{series}", counter_year(pattern, issued_on))
        return {
            **certificate,
            "id": certificate["id"] + turn * self._certificate_span,
            "application_id": case_id,
            "number": number_of(series, pattern, issued_on, certificate["valid_until"], taken),
            "holder_id": holder.id,
            "holder_name": holder.name,
            "verify_token": new_token(),
        }


def _rows(connection: Connection, table: Table, condition: Any) -> list[dict[str, Any]]:
    rows = connection.execute(select(table).where(condition).order_by(table.c.id)).mappings()
    return [dict(row) for row in rows]


def _settle(connection: Connection) -> None:
    """Let keys go on after the copies, and the planner know the new sizes."""
    if connection.dialect.name == "postgresql":
        for table in _tables():
            highest = f"SELECT max(id) FROM {table}"  # noqa: S608 - names of our own
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({highest}))")
            )
    connection.execute(text("ANALYZE"))


def _tables() -> Iterator[str]:
    yield from (Application.__tablename__, Certificate.__tablename__, IntakeAnswer.__tablename__)
    yield from (str(part.__tablename__) for part in PARTS)
    yield from (str(line.__tablename__) for line, _owner, _of in LINES)


def _record(connection: Connection, first: int, last: int, count: int, today: date) -> None:
    """One audit entry says what was copied; the originals have theirs, act by act."""
    change = {
        "table": "application",
        "verb": AuditVerb.INSERT.value,
        "before": {},
        "after": {"copies": count, "first_original": first, "last_original": last},
    }
    append(
        connection,
        [
            {
                "recorded_at": iso_instant(utc_now()),
                "effective_on": today.isoformat(),
                "actor_id": None,
                "actor_name": SYSTEM.name,
                "verb": AuditVerb.INSERT.value,
                "subject_table": "application",
                "subject_id": None,
                "changes": canonical_json([change]),
            }
        ],
    )
