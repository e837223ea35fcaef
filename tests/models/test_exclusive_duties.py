"""No account holds two of system, security and audit on any day, nor audit beside the work that it
audits, whatever is granted and ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import RoleGrant
from models.database import GuardedSession
from models.enums import Duty
from models.errors import RuleViolation
from tests.factories import MONDAY, Office, fill_office
from tests.tiers import examples

ACCOUNTS = ("guide", "head")
APART = (
    {Duty.SYSTEM, Duty.SECURITY},
    {Duty.SYSTEM, Duty.AUDIT},
    {Duty.SECURITY, Duty.AUDIT},
    {Duty.AUDIT, Duty.REVIEW},
)
OFFSETS = st.integers(0, 12)
GRANTS = st.tuples(
    st.sampled_from(ACCOUNTS),
    st.sampled_from((Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT, Duty.REVIEW, Duty.HEAD)),
    OFFSETS,
    st.none() | OFFSETS,
)
# Of which grant the last day becomes which one; None: it is open again.
ENDS = st.tuples(st.integers(0, 9), st.none() | OFFSETS)


@dataclass
class Period:
    """A grant as the security keeper's own list tells it."""

    account: str
    duty: Duty
    first: date
    last: date | None

    def meets(self, other: "Period") -> bool:
        """Whether both hold on some day."""
        starts_in_time = other.last is None or self.first <= other.last
        return starts_in_time and (self.last is None or other.first <= self.last)


def conflicts(periods: list[Period]) -> bool:
    """Whether two duties that exclude each other meet in one account."""
    return any(
        one.account == other.account and {one.duty, other.duty} in APART and one.meets(other)
        for one in periods
        for other in periods
    )


def last_day(first: date, length: int | None) -> date | None:
    return None if length is None else first + timedelta(days=length)


@given(steps=st.lists(GRANTS | ENDS, min_size=2, max_size=12))
@settings(max_examples=examples(10), deadline=None)
def test_no_sequence_of_grants_gives_two_exclusive_duties(databases: Any, steps: list[Any]) -> None:
    """三员分立: a grant or an end is refused exactly when two that are kept apart would meet."""
    with GuardedSession(databases.fresh(fill_office)) as session:
        office, told = Office(session), list[Period]()
        for step in steps:
            if len(step) == 4:
                _grant(office, told, *step)
            elif told:
                _end(office, told, step[0] % len(told), step[1])
            assert not conflicts(told)
            assert sorted(_stored(office)) == sorted(map(_key, told))


def _grant(
    office: Office, told: list[Period], account: str, duty: Duty, offset: int, length: int | None
) -> None:
    first = MONDAY + timedelta(days=offset)
    new = Period(account, duty, first, last_day(first, length))
    if any(_key(p)[:3] == _key(new)[:3] for p in told):
        return  # the same grant once more
    user = office.user(account)
    row = {"duty": duty, "valid_from": first, "valid_until": new.last}
    if _is_lawful(office, [*told, new], lambda: RoleGrant(user=user, **row)):
        told.append(new)


def _end(office: Office, told: list[Period], place: int, length: int | None) -> None:
    old = told[place]
    new = Period(old.account, old.duty, old.first, last_day(old.first, length))
    grant = next(
        g
        for g in office.user(old.account).grants
        if (g.duty, g.valid_from) == (old.duty, old.first)
    )

    def change() -> RoleGrant:
        grant.valid_until = new.last
        return grant

    if _is_lawful(office, [*told[:place], new, *told[place + 1 :]], change):
        told[place] = new


def _is_lawful(office: Office, after: list[Period], change: Any) -> bool:
    """Try it; it must succeed exactly when nothing meets afterwards."""
    refused = None
    with office.act("security", MONDAY) as session:
        try:
            session.add(change())
            session.commit()
        except RuleViolation as violation:
            session.rollback()
            refused = violation.code
    assert refused == ("duties-conflict" if conflicts(after) else None)
    return refused is None


def _key(period: Period) -> tuple[str, str, str, str]:
    return (period.account, period.duty.value, str(period.first), str(period.last))


def _stored(office: Office) -> list[tuple[str, str, str, str]]:
    grants = office.session.scalars(select(RoleGrant).where(RoleGrant.valid_from >= MONDAY))
    return [
        (g.user.username or "", g.duty.value, str(g.valid_from), str(g.valid_until)) for g in grants
    ]
