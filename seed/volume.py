"""Many cases quickly: a few hundred are lived through the hooks, the rest are copies of them.

A copy is, row for row, what the hooks wrote for its original, except for its keys, its number
and its applicant; so a large demonstration obeys the same rules as a small one.
"""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from itertools import cycle, islice
from random import Random
from typing import Any, cast

from sqlalchemy import Connection, Table, func, insert, literal, select, text
from sqlalchemy.orm import Session

from models import (
    Applicant,
    Application,
    ApplicationStep,
    Base,
    Certificate,
    ClockSuspension,
    CorrectionNotice,
    DeadlineExtension,
    Decision,
    DueDateChange,
    IntakeAnswer,
    ItemVersion,
    NumberCounter,
    SubmittedMaterial,
)
from models.acting import SYSTEM, utc_now
from models.audit import canonical_json, iso_instant
from models.certificate import new_token
from models.enums import AuditVerb, Channel
from models.hooks.audit import append
from models.hooks.numbers import set_counter
from models.rules.numbering import case_number, counter_year, number_of, receipt_number
from seed.demo import EQUIPMENT, FOOD, INDUSTRY, cast_of
from seed.stories import Story, play

ORIGINALS = 300
TWO_YEARS = 480  # working days

# Parts of a case that are copied as they are; the certificate has a number of its own.
PARTS: tuple[type[Base], ...] = (
    ApplicationStep,
    SubmittedMaterial,
    CorrectionNotice,
    ClockSuspension,
    DeadlineExtension,
    Decision,
    DueDateChange,
)

CASES = cast(Table, Application.__table__)
PAPERS = cast(Table, Certificate.__table__)
ANSWERS = cast(Table, IntakeAnswer.__table__)

CHANNELS = (Channel.ONLINE,) * 8 + (Channel.WINDOW,) * 3 + (Channel.POST, Channel.EMAIL)
ITEMS = (FOOD, EQUIPMENT, INDUSTRY)
PROMISES = {INDUSTRY: 20, FOOD: 8, EQUIPMENT: 5}

# Of every 100 cases 8 are open and 2 of those are late, spread over the open states.
OPEN_SHARE = 0.08
OPEN_KINDS = ("late", "received", "running", "running", "late", "paused", "granted", "soon")


def add_cases(
    session: Session, count: int, today: date, timezone: tzinfo, most_lived: int = ORIGINALS
) -> int:
    """Add ``count`` cases of every state over two years; returns how many were added.

    At most ``most_lived`` of them are lived through the hooks; the others are their copies.
    """
    if count <= 0:
        return 0
    # Keys, not rows: every commit would have to renew all rows that are held.
    applicants = session.scalars(select(Applicant.id).order_by(Applicant.id)).all()
    players = cast_of(session, today, timezone)
    stories = _stories(min(count, most_lived))
    originals = [
        play(session, story, session.get_one(Applicant, applicant), players, today).id
        for story, applicant in zip(stories, cycle(applicants))
    ]
    session.commit()
    connection = session.connection()
    _copy(connection, originals, count - len(originals), today)
    session.commit()
    return count


# --- the originals -------------------------------------------------------------------------------


def _stories(count: int) -> list[Story]:
    # Always the same ones: a demonstration and a benchmark can be repeated.
    chance = Random(20260101)  # noqa: S311 - nothing secret
    open_count = round(count * OPEN_SHARE)
    kinds = list(islice(cycle(OPEN_KINDS), open_count))
    stories = [_open_story(chance, index, kind) for index, kind in enumerate(kinds)]
    stories += [_closed_story(chance, index) for index in range(count - open_count)]
    chance.shuffle(stories)
    return stories


def _open_story(chance: Random, index: int, kind: str) -> Story:
    item = ITEMS[index % len(ITEMS)]
    promise = PROMISES[item]
    began, acts = {
        "received": (3, ()),
        "running": (1, ((1, "accept"),)),
        "soon": (promise, ((1, "accept"), (1, "claim"))),
        "late": (promise + 2 + chance.randrange(8), ((1, "accept"), (2, "claim"))),
        "paused": (4, ((1, "accept"), (2, "claim"), (3, "suspend"))),
        "granted": (5, ((1, "accept"), (2, "claim"), (3, "review"), (4, "grant"))),
    }[kind]
    return Story(item, began, acts, chance.choice(CHANNELS), chance.randrange(60))


def _closed_story(chance: Random, index: int) -> Story:
    item = ITEMS[index % len(ITEMS)]
    reviewed = 2 + chance.randrange(PROMISES[item] + 2)
    acts = _ending(chance, reviewed)
    began = acts[-1][0] + chance.randrange(TWO_YEARS)
    return Story(item, began, acts, chance.choice(CHANNELS), chance.randrange(60))


def _ending(chance: Random, reviewed: int) -> tuple[tuple[int, str], ...]:
    reviewing = ((1, "accept"), (2, "claim"), (reviewed, "review"))
    endings: tuple[tuple[int, tuple[tuple[int, str], ...]], ...] = (
        (84, (*reviewing, (reviewed + 1, "grant"), (reviewed + 3, "deliver"))),
        (4, (*reviewing, (reviewed + 1, "refuse"))),
        (3, ((1, "ask_correction"), (6, "answer"), (7, "accept"), (8, "withdraw"))),
        (4, ((2, "not_accept"),)),
        (2, ((1, "ask_correction"), (32, "end_unanswered"))),
        (3, ((6, "deem_accepted"), (8, "withdraw"))),
    )
    weights = [weight for weight, _acts in endings]
    return chance.choices([acts for _weight, acts in endings], weights)[0]


# --- the copies ----------------------------------------------------------------------------------


def _copy(connection: Connection, originals: Sequence[int], count: int, today: date) -> None:
    """Write ``count`` copies of the originals, whose keys run without a gap."""
    if count <= 0:
        return
    first, last = originals[0], originals[-1]
    spans = {part: _span(connection, part.__table__, first, last) for part in PARTS}
    numbers = _Numbers(connection)
    head = _Heads(connection, first, last, numbers)
    rounds, rest = divmod(count, len(originals))
    sizes = [len(originals)] * rounds + ([rest] if rest else [])
    for turn, size in enumerate(sizes, start=1):
        head.write(connection, turn, size)
        for part, span in spans.items():
            _copy_part(connection, part.__table__, first, size, turn * len(originals), turn * span)
    numbers.store(connection)
    _settle(connection)
    _record(connection, first, last, count, today)


def _span(connection: Connection, table: Any, first: int, last: int) -> int:
    """How many keys the originals' rows of ``table`` span."""
    own = table.c.application_id.between(first, last)
    low, high = connection.execute(
        select(func.min(table.c.id), func.max(table.c.id)).where(own)
    ).one()
    return 0 if low is None else int(high - low + 1)


def _copy_part(
    connection: Connection, table: Any, first: int, size: int, case_shift: int, key_shift: int
) -> None:
    moved = {
        "id": table.c.id + literal(key_shift),
        "application_id": table.c.application_id + literal(case_shift),
    }
    columns = [moved.get(c.key, c) for c in table.columns]
    own = table.c.application_id.between(first, first + size - 1)
    connection.execute(
        insert(table).from_select([c.key for c in table.columns], select(*columns).where(own))
    )


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
        self._applicants = connection.execute(
            select(Applicant.id, Applicant.name).order_by(Applicant.id)
        ).all()
        self._series = {
            row.id: (row.certificate_series, row.certificate_pattern)
            for row in connection.execute(select(ItemVersion.__table__))
        }
        self._cases = _rows(connection, CASES, CASES.c.id.between(first, last))
        self._papers = _rows(connection, PAPERS, PAPERS.c.application_id.between(first, last))
        self._answers = _rows(connection, ANSWERS, ANSWERS.c.application_id.between(first, last))
        self._answer_span = max((a["id"] for a in self._answers), default=0) - min(
            (a["id"] for a in self._answers), default=1
        ) + 1  # fmt: skip
        self._paper_of = {paper["application_id"]: paper for paper in self._papers}
        self._paper_span = max((p["id"] for p in self._papers), default=0) - min(
            (p["id"] for p in self._papers), default=1
        ) + 1  # fmt: skip

    def write(self, connection: Connection, turn: int, size: int) -> None:
        """Copy the first ``size`` originals for the ``turn``-th time."""
        cases, papers = [], []
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
            paper = self._paper_of.get(case["id"])
            if paper:
                papers.append(
                    self._paper(paper, turn, copy["id"], copy["item_version_id"], applicant)
                )
        connection.execute(insert(CASES), cases)
        if papers:
            connection.execute(insert(PAPERS), papers)
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

    def _paper(
        self, paper: dict[str, Any], turn: int, case_id: int, version_id: int, holder: Any
    ) -> dict[str, Any]:
        series, pattern = self._series[version_id]
        issued_on = paper["issued_on"]
        taken = self._numbers.take(f"certificate:{series}", counter_year(pattern, issued_on))
        return {
            **paper,
            "id": paper["id"] + turn * self._paper_span,
            "application_id": case_id,
            "number": number_of(series, pattern, issued_on, paper["valid_until"], taken),
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
