"""The lawful moves, as data. Hooks judge by them, database triggers repeat them, pages draw
their buttons from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.enums import ApplicationStatus as Case
from models.enums import CertificateStatus as Paper
from models.enums import Duty, Named
from models.enums import StepStatus as Step
from models.enums import VersionStatus as Version


@dataclass(frozen=True, slots=True)
class Move:
    """One lawful move of a status. ``source`` None is the row's creation.

    ``duties``: who may make it; none means that it follows from another act.
    ``by_time``: the law makes it when a day has passed; only SYSTEM carries it out.
    """

    name: str
    source: Named | None
    target: Named
    duties: frozenset[Duty] = frozenset()
    by_time: bool = False


def _by(*duties: Duty) -> frozenset[Duty]:
    return frozenset(duties)


APPLICATION_MOVES = (
    # A draft is the applicant's, online: what an officer takes in is received on the day.
    Move("draft", None, Case.DRAFT, _by(Duty.APPLICANT)),
    Move("receive", None, Case.RECEIVED, _by(Duty.ACCEPTANCE)),
    Move("submit", Case.DRAFT, Case.RECEIVED, _by(Duty.APPLICANT)),
    Move("accept", Case.RECEIVED, Case.ACCEPTED, _by(Duty.ACCEPTANCE)),
    Move("deem_accepted", Case.RECEIVED, Case.ACCEPTED, by_time=True),
    Move("not_accept", Case.RECEIVED, Case.NOT_ACCEPTED, _by(Duty.ACCEPTANCE)),
    Move("ask_correction", Case.RECEIVED, Case.CORRECTING, _by(Duty.ACCEPTANCE)),
    Move("approve_second_notice", Case.RECEIVED, Case.CORRECTING, _by(Duty.HEAD, Duty.LEADER)),
    Move("resubmit", Case.CORRECTING, Case.RECEIVED, _by(Duty.ACCEPTANCE, Duty.APPLICANT)),
    Move("end_unanswered", Case.CORRECTING, Case.TERMINATED, by_time=True),
    Move("grant", Case.ACCEPTED, Case.GRANTED, _by(Duty.DECISION)),
    Move("refuse", Case.ACCEPTED, Case.REFUSED, _by(Duty.DECISION)),
    Move("forward", Case.ACCEPTED, Case.FORWARDED, _by(Duty.DECISION)),
    Move("terminate", Case.ACCEPTED, Case.TERMINATED, _by(Duty.HEAD, Duty.LEADER)),
    *(
        Move("deem_renewed", source, Case.GRANTED, by_time=True)
        for source in (Case.RECEIVED, Case.CORRECTING, Case.ACCEPTED)
    ),
    Move("deliver", Case.GRANTED, Case.DELIVERED, _by(Duty.ACCEPTANCE)),
    Move("withdraw", Case.DRAFT, Case.WITHDRAWN, _by(Duty.APPLICANT)),
    *(
        Move(
            "withdraw",
            source,
            Case.WITHDRAWN,
            _by(Duty.ACCEPTANCE, Duty.HEAD, Duty.LEADER, Duty.APPLICANT),
        )
        for source in (Case.RECEIVED, Case.CORRECTING, Case.ACCEPTED)
    ),
)

STEP_MOVES = (
    Move("plan_step", None, Step.WAITING),
    Move("open_first_step", None, Step.OPEN),
    Move("open_step", Step.WAITING, Step.OPEN),
    Move("complete_step", Step.OPEN, Step.DONE, _by(Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION)),
    Move("cancel_step", Step.WAITING, Step.CANCELLED),
    Move("cancel_open_step", Step.OPEN, Step.CANCELLED),
)

VERSION_MOVES = (
    Move("draft_version", None, Version.DRAFT, _by(Duty.CATALOGUE)),
    Move("publish_version", Version.DRAFT, Version.PUBLISHED, _by(Duty.CATALOGUE)),
    Move("retire_version", Version.PUBLISHED, Version.RETIRED, _by(Duty.CATALOGUE)),
)

# What happens to a certificate follows from a change record (证照变更记录), never by hand.
IN_FORCE = (Paper.VALID, Paper.SUSPENDED)
PERMIT_ENDED = (Paper.REVOKED, Paper.WITHDRAWN, Paper.PUNITIVELY_REVOKED)
CERTIFICATE_MOVES = (
    Move("issue", None, Paper.VALID),
    Move("issue_suspended", None, Paper.SUSPENDED),
    Move("suspend", Paper.VALID, Paper.SUSPENDED),
    Move("reinstate", Paper.SUSPENDED, Paper.VALID),
    *(Move("revoke", source, Paper.REVOKED) for source in IN_FORCE),
    *(Move("withdraw", source, Paper.WITHDRAWN) for source in IN_FORCE),
    *(Move("punitive_revoke", source, Paper.PUNITIVELY_REVOKED) for source in IN_FORCE),
    *(Move("expire", source, Paper.EXPIRED, by_time=True) for source in IN_FORCE),
    *(Move("supersede", source, Paper.SUPERSEDED) for source in (*IN_FORCE, Paper.EXPIRED)),
    *(
        Move("cancel", source, Paper.CANCELLED)
        for source in (*IN_FORCE, Paper.EXPIRED, *PERMIT_ENDED)
    ),
)

# Table name → its lawful moves: the one list that hooks, triggers and pages share.
MOVES: dict[str, tuple[Move, ...]] = {
    "application": APPLICATION_MOVES,
    "application_step": STEP_MOVES,
    "item_version": VERSION_MOVES,
    "certificate": CERTIFICATE_MOVES,
}

CLOSED_STATUSES = frozenset(
    {
        Case.DELIVERED, Case.REFUSED, Case.NOT_ACCEPTED, Case.WITHDRAWN, Case.TERMINATED,
        Case.FORWARDED,
    }
)  # fmt: skip


def moves_between(table: str, source: Named | None, target: Named) -> tuple[Move, ...]:
    """The lawful moves of ``table`` from ``source`` to ``target``; empty when there is none."""
    return tuple(m for m in MOVES[table] if m.source == source and m.target == target)


def moves_from(table: str, source: Named) -> tuple[Move, ...]:
    """The lawful moves out of a status, in the order of the table."""
    return tuple(m for m in MOVES[table] if m.source == source)


def edges(moves: Iterable[Move]) -> tuple[tuple[Named, Named], ...]:
    """The distinct pairs (source, target) between existing statuses."""
    return tuple(dict.fromkeys((m.source, m.target) for m in moves if m.source is not None))
