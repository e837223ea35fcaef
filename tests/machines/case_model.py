"""A case as a clerk with a wall calendar would follow it; nothing here knows the product.

Its dates come from the oracle that walks day by day.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.rules import clock_oracle as oracle

PROMISED, STATUTORY, GREEN, WARNING = 15, 20, 8, 3
CLERKS, REVIEWERS = ("clerk", "clerk2"), ("reviewer", "reviewer2")
CONFIRMING = ("head", "leader")
NAMES = (*CLERKS, *REVIEWERS, "decider", *CONFIRMING, "manager", "TIME")
ONE_DAY = timedelta(days=1)


@dataclass
class World:
    """What all cases of an office share: the day, the calendar, and who holds a post."""

    today: date
    rest: set[date] = field(default_factory=set)
    unposted: dict[str, date] = field(default_factory=dict)

    def left(self, today: date, due: date) -> int:
        """So many working days are left before and on ``due``; none where it has passed."""
        ahead = (today + n * ONE_DAY for n in range(1, (due - today).days + 1))
        return sum(oracle.works(day) and day not in self.rest for day in ahead)

    def due(self, start: date, days: int, pauses: list[oracle.OraclePause] | None = None) -> date:
        """So many working days after ``start``, by the calendar as it is now."""
        found = self.may_be_due(start, days, pauses or [])
        assert found is not None
        return found

    def may_be_due(self, start: date, days: int, pauses: list[oracle.OraclePause]) -> date | None:
        """The same; None while a pause is open."""
        return oracle.walk_working_days(start, days, pauses, frozenset(self.rest)).due_on

    def days(self, after: date, until: date) -> int:
        """The working days in (after, until], by the calendar as it is now."""
        passing = (after + n * ONE_DAY for n in range(1, (until - after).days + 1))
        return sum(oracle.works(day) and day not in self.rest for day in passing)

    def reviews(self, who: str) -> bool:
        """Whether ``who`` holds the review post today."""
        return who in REVIEWERS and self.today <= self.unposted.get(who, self.today)


@dataclass(frozen=True)
class Traits:
    """What the item asks for, whether two officers are linked to the applicant."""

    judged: bool = False
    inspected: bool = False
    first_review: bool = False
    concludes: bool = False
    linked: tuple[str, ...] = ()


@dataclass
class Hearing:
    """A hearing of which the applicant was told."""

    request_due: date
    requested_on: date | None = None
    waived_on: date | None = None
    planned_on: date | None = None
    held_on: date | None = None
    hold_due: date | None = None

    def is_over(self, today: date) -> bool:
        """Whether a decision need not wait for it."""
        if self.held_on or self.waived_on:
            return True
        return self.requested_on is None and today > self.request_due

    @property
    def is_answered(self) -> bool:
        """Whether it was asked for, or given up."""
        return bool(self.requested_on or self.waived_on)


@dataclass
class Model:
    """What is known of the case."""

    world: World
    complete: bool
    traits: Traits = Traits()
    status: str = "RECEIVED"
    notice_due: date | None = None
    correction_due: date | None = None
    told_on: date | None = None
    notices: int = 0
    waits_for_the_head: bool = False
    answered_on: date | None = None
    handed_in_on: date | None = None
    accepted_on: date | None = None
    claimed_by: str | None = None
    verdict: bool | None = None
    inspection: str | None = None
    hearing: Hearing | None = None
    concluded: tuple[str, date] | None = None
    reviewed: bool = False
    pauses: list[tuple[str, date, date | None]] = field(default_factory=list)
    extension: int = 0
    approved: bool = False
    signed_by: dict[str, str] = field(default_factory=dict)
    green: str | None = None
    termination: bool = False
    withdrawal: bool = False
    due_on: date | None = None
    statutory: date | None = None
    granted_on: date | None = None
    closed_on: date | None = None
    moved_on: date = date.min

    def __post_init__(self) -> None:
        self.received_on = self.handed_on = self.today
        self.notice_due = self.world.due(self.today, 5)

    @property
    def today(self) -> date:
        """The day on which everybody acts."""
        return self.world.today

    @property
    def silent(self) -> bool:
        """Whether the five days have passed without an answer."""
        return self.notice_due is not None and self.today > self.notice_due

    @property
    def is_near_its_end(self) -> bool:
        """Whether it is late or inside its warning days, or silence is about to decide."""
        if self.status == "RECEIVED":
            return self.notice_due is not None and self.today >= self.notice_due
        return self.due_on is not None and self.world.left(self.today, self.due_on) <= WARNING

    @property
    def day_of_acceptance(self) -> date:
        """The day of the last supplement; without one that of receipt, or today."""
        if self.answered_on is not None:
            return max(self.answered_on, self.handed_in_on or self.answered_on)
        return self.received_on if self.silent else self.today

    def is_stopped_by(self, kind: str) -> bool:
        """Whether such a procedure runs."""
        return any(k == kind and end is None for k, _start, end in self.pauses)

    @property
    def paused(self) -> bool:
        """Whether any procedure runs."""
        return any(end is None for _kind, _start, end in self.pauses)

    @property
    def review_may_end(self) -> bool:
        """Whether the conditions are judged, and the site inspection is done."""
        judged = self.verdict is not None or not self.traits.judged
        done = self.inspection in ("PASSED", "FAILED")
        return judged and (done or (self.inspection is None and not self.traits.inspected))

    @property
    def ready(self) -> bool:
        """Whether the case may end with what the review has found."""
        heard = self.hearing is None or self.hearing.is_over(self.today)
        done = self.reviewed and self.review_may_end
        return self.status == "ACCEPTED" and done and heard and not self.paused

    @property
    def decidable(self) -> bool:
        """Whether it may be decided here."""
        concluded = self.concluded is not None or not self.traits.concludes
        return self.ready and concluded and not self.traits.first_review

    @property
    def speaks_for_it(self) -> bool:
        """Whether every condition is met and no check failed."""
        return self.inspection != "FAILED" and (self.verdict is True or not self.traits.judged)

    # --- dates ----------------------------------------------------------------------------------

    def clock(self) -> None:
        """Count again."""
        start = self.accepted_on
        if self.traits.concludes:
            start = self.concluded[1] if self.concluded else None
        if start is None:
            self.due_on = self.statutory = None
            return
        extension = self.extension if self.approved else 0
        promised = GREEN if self.green == "APPROVED" else PROMISED
        pauses = [(begin, end) for _kind, begin, end in self.pauses]
        self.due_on = self.world.may_be_due(start, promised + extension, pauses)
        self.statutory = self.world.may_be_due(start, STATUTORY + extension, pauses)

    def calendar_changed(self) -> None:
        """An open case is counted again by the newest calendar."""
        before = (self.correction_due, self.notice_due)
        if self.status == "RECEIVED":
            self.notice_due = self.world.due(self.handed_on, 5)
        elif self.status == "CORRECTING" and self.told_on:
            self.correction_due = self.world.due(self.told_on, 30)
        elif self.status == "ACCEPTED":
            self.clock()
        elif self.status == "GRANTED" and self.granted_on:
            self.due_on = self.statutory = self.world.due(self.granted_on, 10)
        if before != (self.correction_due, self.notice_due):
            self.moved_on = self.today

    def close(self, status: str, day: date | None = None) -> None:
        """Nothing is owed any more."""
        self.status, self.closed_on = status, day or self.today
