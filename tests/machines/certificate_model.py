"""A certificate as its holder would follow it on paper; nothing here knows the product."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.rules import clock_oracle as oracle

MONTHS, WINDOW = 2, 30
ONE_DAY = timedelta(days=1)
IN_FORCE = ("VALID", "SUSPENDED")
ENDED = ("REVOKED", "WITHDRAWN", "PUNITIVELY_REVOKED")
# Proposal → the statuses from which it leads, and where.
PROPOSED = {
    "SUSPEND": (("VALID",), "SUSPENDED"),
    "REINSTATE": (("SUSPENDED",), "VALID"),
    "REVOKE": (IN_FORCE, "REVOKED"),
    "WITHDRAW": (IN_FORCE, "WITHDRAWN"),
    "PUNITIVE_REVOKE": (IN_FORCE, "PUNITIVELY_REVOKED"),
    "CANCEL": ((*IN_FORCE, "EXPIRED"), "CANCELLED"),
}
ASKED_ABOUT = {
    "RENEWAL": (("VALID",), (*IN_FORCE, "EXPIRED")),
    "AMENDMENT": (("VALID",), ("VALID",)),
    "REISSUE": (("VALID",), ("VALID",)),
    "CANCELLATION": ((*IN_FORCE, "EXPIRED"), (*IN_FORCE, "EXPIRED")),
}
CONFIRMING = ("head", "leader")
NAMES = ("clerk", "reviewer", "decider", *CONFIRMING, "manager", "TIME")
UNDECIDED = ("RECEIVED", "ACCEPTED", "REVIEWED")


def last_day(start: date) -> date:
    """The last valid day of a certificate that begins on ``start``."""
    month = start.month - 1 + MONTHS
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1])) - ONE_DAY


@dataclass
class Edition:
    """One edition of the certificate."""

    valid_from: date
    valid_until: date
    status: str = "VALID"
    proposal: tuple[str, str] | None = None
    changes: int = 0

    def stands_in(self, lawful: tuple[str, ...], today: date) -> bool:
        """What has ended is expired, though nobody has said so."""
        return self.status in lawful and (today <= self.valid_until or "EXPIRED" in lawful)


@dataclass
class Asked:
    """An application about the latest edition."""

    kind: str
    is_in_time: bool
    notice_due: date
    state: str = "RECEIVED"
    is_paused: bool = False


@dataclass
class Model:
    """The editions of one certificate, and what is applied for."""

    today: date
    editions: list[Edition] = field(default_factory=list)
    asked: Asked | None = None
    ran_on: date | None = None

    def __post_init__(self) -> None:
        self.editions.append(Edition(self.today, last_day(self.today)))

    @property
    def paper(self) -> Edition:
        """The edition that counts."""
        return self.editions[-1]

    @property
    def is_renewed_by_silence(self) -> bool:
        """Whether the law has renewed what nobody decided (Art. 50)."""
        asked = self.asked
        return (
            asked is not None
            and asked.is_in_time
            and asked.state in UNDECIDED
            and self.paper.status in IN_FORCE
            and self.today > self.paper.valid_until
        )

    def allows(self, act: str, name: str) -> bool:
        """Whether ``name`` may do ``act`` today."""
        verb, _, what = act.partition(" ")
        return bool(ALLOWED[verb](self, name, what))

    # --- what follows ---------------------------------------------------------------------------

    def follow(self, act: str, name: str) -> None:
        """What a lawful act leads to."""
        verb, _, what = act.partition(" ")
        paper = self.paper
        if verb == "propose":
            paper.proposal = (what, name)
            paper.changes += 1
        elif verb == "approve":
            assert paper.proposal is not None
            paper.status, paper.proposal = PROPOSED[paper.proposal[0]][1], None
        elif verb == "reject":
            paper.proposal = None
        elif verb == "cancel":
            paper.changes += 1
            if paper.status in IN_FORCE:
                paper.proposal = ("CANCEL", name)
            else:
                paper.status = "CANCELLED"
        elif verb == "apply":
            in_time = self.today <= paper.valid_until - WINDOW * ONE_DAY
            due = oracle.expect(self.today, 5, "WORKING_DAY", ()).due_on
            assert due is not None
            self.asked = Asked(what, what == "RENEWAL" and in_time, due)
        else:
            self._follow_the_case(verb)

    def _follow_the_case(self, verb: str) -> None:
        assert self.asked is not None
        if verb == "grant":
            self._grant(self.today)
        elif verb in ("refuse", "deliver"):
            self.asked = None
        elif verb in ("pause", "resume"):
            self.asked.is_paused = verb == "pause"
        else:
            self.asked.state = {"accept": "ACCEPTED", "review": "REVIEWED"}[verb]

    def _grant(self, day: date) -> None:
        assert self.asked is not None
        old, kind = self.paper, self.asked.kind
        self.asked.state, self.asked.is_paused = "GRANTED", False
        if kind == "CANCELLATION":
            old.status = "CANCELLED"
            old.changes += 1
            return
        start, end = day, old.valid_until
        if kind == "RENEWAL":
            start = max(day, old.valid_until + ONE_DAY)
            end = last_day(start)
        status = "SUSPENDED" if old.status == "SUSPENDED" else "VALID"
        old.status = "SUPERSEDED"
        old.changes += 1
        self.editions.append(Edition(start, end, status))

    def time_passes(self) -> None:
        """Every day since the last run, each in its order."""
        first = self.today if self.ran_on is None else self.ran_on + ONE_DAY
        for number in range((self.today - first).days + 1):
            self._one_day(first + number * ONE_DAY)
        self.ran_on = self.today

    def _one_day(self, day: date) -> None:
        asked = self.asked
        if asked and asked.state == "RECEIVED" and asked.notice_due < day:
            asked.state = "ACCEPTED"
        waits = asked is not None and asked.is_in_time and asked.state in UNDECIDED
        paper = self.paper
        if waits and paper.status in IN_FORCE and paper.valid_until < day:
            self._grant(paper.valid_until + ONE_DAY)
            waits = False
        paper = self.paper
        if not waits and paper.status in IN_FORCE and paper.valid_until < day:
            paper.status = "EXPIRED"
            paper.changes += 1


def _propose(m: Model, who: str, what: str) -> object:
    fits = m.paper.status in PROPOSED[what][0] and m.paper.proposal is None
    return fits and who in ("clerk", "reviewer", *CONFIRMING)


def _approve(m: Model, who: str, _what: str) -> object:
    if m.paper.proposal is None or who not in CONFIRMING:
        return False
    kind, proposer = m.paper.proposal
    return proposer != who and m.paper.status in PROPOSED[kind][0]


def _cancel(m: Model, who: str, _what: str) -> object:
    ended = (*IN_FORCE, "EXPIRED", *ENDED)
    return who == "clerk" and m.paper.proposal is None and m.paper.status in ended


def _apply(m: Model, who: str, what: str) -> object:
    stands = m.paper.stands_in(ASKED_ABOUT[what][0], m.today)
    return who == "clerk" and m.asked is None and stands


def _in(m: Model, *states: str) -> bool:
    return m.asked is not None and m.asked.state in states


def _ready(m: Model, who: str) -> bool:
    return bool(
        who == "decider"
        and m.asked
        and m.asked.state == "REVIEWED"
        and not m.asked.is_paused
        and not m.is_renewed_by_silence
    )


def _grant(m: Model, who: str, _what: str) -> object:
    if not _ready(m, who) or m.asked is None:
        return False
    # What the office has proposed is answered before the holder's cancellation is decided.
    waits = m.asked.kind == "CANCELLATION" and m.paper.proposal is not None
    return not waits and m.paper.stands_in(ASKED_ABOUT[m.asked.kind][1], m.today)


def _accept(m: Model, who: str, _what: str) -> object:
    is_over = m.asked and m.today > m.asked.notice_due
    return _in(m, "RECEIVED") and (who == "clerk" or (who == "TIME" and is_over))


def _pause(m: Model, who: str, _what: str) -> object:
    running = _in(m, "ACCEPTED", "REVIEWED") and m.asked and not m.asked.is_paused
    return running and who == "reviewer"


ALLOWED: dict[str, Callable[[Model, str, str], object]] = {
    "propose": _propose,
    "approve": _approve,
    "reject": lambda m, who, _: m.paper.proposal is not None and who in CONFIRMING,
    "cancel": _cancel,
    "apply": _apply,
    "accept": _accept,
    "review": lambda m, who, _: _in(m, "ACCEPTED") and who == "reviewer",
    "pause": _pause,
    "resume": lambda m, who, _: m.asked and m.asked.is_paused and who == "reviewer",
    "grant": _grant,
    "refuse": lambda m, who, _: _ready(m, who),
    "deliver": lambda m, who, _: _in(m, "GRANTED") and who == "clerk",
}
ACTS = sorted(
    [verb for verb in ALLOWED if verb not in ("propose", "apply")]
    + [f"propose {kind}" for kind in PROPOSED if kind != "CANCEL"]
    + [f"apply {kind}" for kind in ASKED_ABOUT]
)
