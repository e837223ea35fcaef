"""Who acts, and on which day. A session without an actor writes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from models.enums import Duty
from models.errors import RuleViolation

INFO_KEY = "acting"
_OUTSIDE = frozenset({Duty.APPLICANT})


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the SYSTEM) behind a change, with the duties and posts held on the day."""

    user_id: int | None
    name: str
    duties: frozenset[Duty] = frozenset()
    posts: frozenset[Duty] = frozenset()
    is_system: bool = False

    def holds(self, duties: frozenset[Duty]) -> bool:
        """Whether one of ``duties`` is held today."""
        return bool(self.duties & duties)

    @property
    def is_officer(self) -> bool:
        """Whether a duty of the office is held today."""
        return bool(self.duties - _OUTSIDE)

    def in_duty(self, *, of_the_office: bool) -> "Actor":
        """The same person in one of the two roles, where both are held: an officer, or one who
        applies. Nobody is both at once."""
        if not self.is_officer or not self.holds(_OUTSIDE):
            return self
        if of_the_office:
            return replace(self, duties=self.duties - _OUTSIDE)
        return replace(self, duties=_OUTSIDE, posts=frozenset())


SYSTEM = Actor(user_id=None, name="SYSTEM", is_system=True)


def utc_now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Acting:
    """The circumstances of an act: the actor, the office's day, and the clock for instants."""

    actor: Actor
    today: date
    now: Callable[[], datetime] = utc_now
    # A demonstration may publish what nobody has verified.
    is_demonstration: bool = False


def act_as(
    session: Session,
    actor: Actor,
    today: date,
    now: Callable[[], datetime] = utc_now,
    *,
    is_demonstration: bool = False,
) -> None:
    """Say once who acts in this session, and on which day."""
    session.info[INFO_KEY] = Acting(actor, today, now, is_demonstration)


@contextmanager
def acting_as(
    session: Session,
    actor: Actor,
    today: date,
    now: Callable[[], datetime] = utc_now,
    *,
    is_demonstration: bool = False,
) -> Iterator[Session]:
    """Act as ``actor`` inside the block only."""
    before = session.info.get(INFO_KEY)
    act_as(session, actor, today, now, is_demonstration=is_demonstration)
    try:
        yield session
    finally:
        session.info[INFO_KEY] = before


def acting(session: Session) -> Acting:
    """The circumstances of the present act. Raises RuleViolation ``nobody-acts`` when not set."""
    found = session.info.get(INFO_KEY)
    if found is None:
        raise RuleViolation("nobody-acts")
    return found  # type: ignore[no-any-return]
