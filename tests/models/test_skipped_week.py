"""Seven daily runs and one after a week leave the same rows, in any office."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from models import AuditEntry, Certificate, LicenceItem, acts
from models.by_time.daily import DailyReport, run_daily
from models.database import GuardedSession
from models.enums import ApplicationKind, CertificateChangeKind, Duty
from tests.certificates import about, changed
from tests.databases import TABLES, rows_of
from tests.factories import MONDAY, Office, fill_office, open_step
from tests.tiers import examples

NOTHING = DailyReport()
FIRST = MONDAY + timedelta(days=2)
WEEK = [FIRST + timedelta(days=n) for n in range(1, 8)]
MONTHS = 2
# The log and its head keep instants; the rest of what is left out are instants themselves.
UNLIKE = {"audit_entry", "audit_head"}
INSTANTS = {"recorded_at", "done_at", "received_at", "accepted_at", "finished_at", "verify_token"}

AGES = st.integers(0, 12)
LEFT = st.integers(-1, 9)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("received", "accepted", "in_hand", "paused", "granted")), AGES),
        st.tuples(st.just("correcting"), st.integers(38, 48)),
        # The days that a certificate still has, and how far the renewal has come.
        st.tuples(st.just("expires"), LEFT),
        st.tuples(st.just("expires_suspended"), LEFT),
        st.tuples(st.just("renewal_received"), LEFT),
        st.tuples(st.just("renewal_accepted"), LEFT),
        st.tuples(st.just("renewal_paused"), LEFT),
        st.tuples(st.just("renewal_too_late"), LEFT),
        st.tuples(st.just("reassigned"), st.integers(1, 9)),
    ),
    min_size=3,
    max_size=7,
)


class _Making:
    """An office brought to where it stands on the evening of the first day."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.item: LicenceItem = office.item(
            promised=8, statutory=20, certificate_months=MONTHS, warning_days=3
        )

    def make(self, what: str, number: int) -> None:
        """One case, certificate or order; ``number`` are days of age, left, or ahead."""
        day = FIRST - timedelta(days=number)
        if what in ("received", "accepted", "correcting", "granted"):
            getattr(self.office, what)(day, item=self.item)
        elif what == "in_hand":
            self._in_hand(day)
        elif what == "paused":
            case = self.office.accepted(day, self.item)
            self.office.suspend(case, day, FIRST)
        elif what == "reassigned":
            self._reassigned(FIRST + timedelta(days=number))
        else:
            self._paper(what, number)

    def _in_hand(self, day: date) -> None:
        case = self.office.accepted(day, self.item)
        step = open_step(case, Duty.REVIEW)
        assert step is not None
        with self.office.acts("reviewer", day) as session:
            acts.steps.claim(session, step)

    def _reassigned(self, day: date) -> None:
        with self.office.acts("head", FIRST) as session:
            one, other = self.office.user("reviewer"), self.office.user("reviewer2")
            acts.supervision.ask_reassignment(session, one, other, day, "调离岗位")

    def _paper(self, what: str, left: int) -> None:
        issued = _issued_to_end_on(FIRST + timedelta(days=left))
        paper: Certificate = self.office.delivered(issued, self.item).certificate
        if what == "expires_suspended":
            changed(self.office, paper, CertificateChangeKind.SUSPEND, issued)
        if not what.startswith("renewal"):
            return
        filed = FIRST if what == "renewal_too_late" else issued
        if left < 0 and filed == FIRST:
            return  # what has ended is not renewed
        case = about(self.office, ApplicationKind.RENEWAL, paper, filed)
        if what in ("renewal_accepted", "renewal_paused"):
            with self.office.acts("clerk", filed):
                acts.intake.move(case, "ACCEPTED")  # type: ignore[arg-type]
        if what == "renewal_paused":
            self.office.suspend(case, filed, FIRST)


def _issued_to_end_on(last: date) -> date:
    """The day two months before the day after ``last``."""
    after = last + timedelta(days=1)
    return date(after.year, after.month - MONTHS, after.day)


def _everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the instants at which it was written."""
    with engine.connect() as connection:
        found = {}
        for table in TABLES:
            if table not in UNLIKE:
                names = [c.name for c in Certificate.metadata.tables[table].c]
                keep = [place for place, name in enumerate(names) if name not in INSTANTS]
                rows = rows_of(connection, table)
                found[table] = [tuple(row[place] for place in keep) for row in rows]
        return found


@pytest.mark.thorough
@given(events=EVENTS)
@settings(max_examples=examples(4), deadline=None)
def test_a_skipped_week_leaves_the_same_rows_in_any_office(
    databases: Any, events: list[tuple[str, int]]
) -> None:
    """Art. 32, 42, 50, 70: silence, warnings, renewals, expiries and reassignments have their
    lawful day, whenever the program runs."""
    stands, totals, logs = [], [], []
    for runs in ([FIRST, *WEEK], [FIRST, WEEK[-1]]):
        engine = databases.fresh(fill_office)
        with GuardedSession(engine) as session:
            making = _Making(Office(session))
            for what, number in events:
                making.make(what, number)
            totals.append(sum((run_daily(session, day) for day in runs), NOTHING))
            entries = session.execute(
                select(AuditEntry.effective_on, AuditEntry.subject_table, AuditEntry.subject_id)
                .where(AuditEntry.actor_name == "SYSTEM")
                .order_by(AuditEntry.id)
            )
            logs.append([tuple(row) for row in entries])
        stands.append(_everything(engine))
        engine.dispose()
    assert totals[0] == totals[1]
    assert logs[0] == logs[1]
    assert stands[0] == stands[1]
