"""What time does by itself: by the lawful date, once, and the same after days that were missed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from models import (
    Application,
    AuditEntry,
    CaseWarning,
    Certificate,
    DailyRun,
    DueDateChange,
    acts,
)
from models.acting import SYSTEM, acting_as
from models.by_time.daily import PARTS, DailyReport, run_daily
from models.database import GuardedSession
from models.enums import ApplicationStatus, CertificateStatus, DueCause, StepStatus
from models.errors import RuleViolation
from tests.databases import TABLES, rows_of
from tests.factories import MONDAY, Office, fill_office

pytestmark = pytest.mark.hooks_alone

Case = ApplicationStatus
NOTHING = DailyReport()


def day_after(day: date | None) -> date:
    assert day is not None
    return day + timedelta(days=1)


def history(office: Office, case: Application) -> list[tuple[date, DueCause]]:
    rows = office.session.execute(
        select(DueDateChange.effective_on, DueDateChange.cause)
        .where(DueDateChange.application_id == case.id)
        .order_by(DueDateChange.id)
    )
    return [(row.effective_on, row.cause) for row in rows]


# --- each part ----------------------------------------------------------------------------------


def test_silence_of_five_days_means_acceptance(office: Office) -> None:
    """Art. 32(4): on the first day after the five, as of the day of receipt."""
    case = office.received(date(2025, 9, 26), promised=10, statutory=20)
    assert run_daily(office.session, date(2025, 10, 10)) == NOTHING
    assert case.status is Case.RECEIVED
    assert run_daily(office.session, date(2025, 10, 11)) == DailyReport(deemed_accepted=1)
    assert (case.status, case.deemed_accepted) == (Case.ACCEPTED, True)
    assert case.accepted_on == date(2025, 9, 26)
    assert (case.due_on, case.statutory_due_on) == (date(2025, 10, 16), date(2025, 10, 30))
    assert history(office, case)[-1] == (date(2025, 10, 11), DueCause.DEEMED_ACCEPTED)
    assert [step.status for step in case.steps][:2] == [StepStatus.DONE, StepStatus.OPEN]
    assert case.steps[1].opened_on == date(2025, 10, 11)


def test_silence_noticed_late_has_the_day_on_which_it_took_effect(office: Office) -> None:
    """Art. 32(4): acceptance by silence does not wait for a program."""
    case = office.received(date(2025, 9, 26), promised=10, statutory=20)
    found = run_daily(office.session, date(2025, 11, 3))
    assert found.deemed_accepted == 1
    assert history(office, case)[-1] == (date(2025, 10, 11), DueCause.DEEMED_ACCEPTED)
    assert case.steps[0].done_on == date(2025, 10, 11)
    entry = office.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).all()[1]
    assert (entry.effective_on, entry.actor_name) == ("2025-10-11", "SYSTEM")


def test_an_answered_application_is_not_deemed_accepted(office: Office) -> None:
    """Art. 32: a notice within the five days stops the silence."""
    case = office.correcting(MONDAY)
    assert run_daily(office.session, date(2025, 3, 20)) == NOTHING
    assert case.status is Case.CORRECTING


def test_a_correction_never_answered_ends_with_the_applicants_time(office: Office) -> None:
    case = office.correcting(MONDAY)
    due = case.correction_due_on
    assert due == date(2025, 4, 15)
    assert run_daily(office.session, due) == NOTHING
    assert run_daily(office.session, date(2025, 4, 28)) == DailyReport(terminated=1)
    assert (case.status, case.closed_on) == (Case.TERMINATED, date(2025, 4, 16))
    assert history(office, case)[-1] == (date(2025, 4, 16), DueCause.CLOSED)


def test_a_certificate_expires_on_the_day_after_its_last(office: Office) -> None:
    """Art. 70: in force up to and including its last valid day."""
    case = office.delivered(MONDAY, certificate_months=12)
    paper = case.certificate
    assert paper is not None
    assert paper.valid_until is not None
    assert run_daily(office.session, paper.valid_until) == NOTHING
    assert paper.status is CertificateStatus.VALID
    assert run_daily(office.session, day_after(paper.valid_until)) == DailyReport(expired=1)
    assert paper.status is CertificateStatus.EXPIRED


def test_a_certificate_without_an_end_never_expires(office: Office) -> None:
    office.delivered(MONDAY)
    assert run_daily(office.session, date(2035, 1, 1)) == NOTHING
    assert office.session.scalars(select(Certificate)).one().status is CertificateStatus.VALID


# --- warnings -----------------------------------------------------------------------------------


def warnings(office: Office) -> list[tuple[date, date]]:
    rows = office.session.scalars(select(CaseWarning).order_by(CaseWarning.id))
    return [(row.due_on, row.warned_on) for row in rows]


def test_a_case_is_warned_of_once_for_each_due_date(office: Office) -> None:
    """Art. 42: from the day on which three working days remain; a moved date warns anew."""
    case = office.accepted(date(2025, 4, 28), promised=10, warning_days=3)
    assert (case.due_on, case.warn_on) == (date(2025, 5, 15), date(2025, 5, 12))
    assert run_daily(office.session, date(2025, 5, 11)) == NOTHING
    assert run_daily(office.session, date(2025, 5, 12)) == DailyReport(warned=1)
    assert run_daily(office.session, date(2025, 5, 12)) == NOTHING
    assert run_daily(office.session, date(2025, 5, 13)) == NOTHING
    office.extend(case, date(2025, 5, 14), 5)
    assert run_daily(office.session, date(2025, 5, 16)) == NOTHING
    assert run_daily(office.session, date(2025, 5, 20)) == DailyReport(warned=1)
    first, second = warnings(office)
    assert first == (date(2025, 5, 15), date(2025, 5, 12))
    assert second == (date(2025, 5, 22), date(2025, 5, 19))


def test_a_warning_is_given_to_the_officer_or_to_the_queue(office: Office) -> None:
    case = office.accepted(date(2025, 4, 28), promised=10)
    with office.acts("reviewer", date(2025, 4, 29)) as session:
        acts.steps.claim(session, case.steps[1])
    office.accepted(date(2025, 4, 28), promised=10)
    run_daily(office.session, date(2025, 5, 12))
    given = list(office.session.scalars(select(CaseWarning).order_by(CaseWarning.application_id)))
    assert [row.officer_id for row in given] == [office.user("reviewer").id, None]


def test_nobody_writes_or_takes_away_a_warning(office: Office) -> None:
    case = office.accepted(date(2025, 4, 28), promised=10)
    run_daily(office.session, date(2025, 5, 12))
    row = office.session.scalars(select(CaseWarning)).one()
    with office.refuses("row-is-never-deleted", None) as session:
        session.delete(row)
    with office.refuses("duty-not-held", "reviewer"):
        row.officer_id = case.officer_id or office.user("reviewer").id


def test_a_paused_case_is_not_warned_of(office: Office) -> None:
    """Art. 45: while the clock stands still nothing is due."""
    case = office.accepted(date(2025, 4, 28), promised=10)
    office.suspend(case, date(2025, 5, 8), date(2025, 5, 30))
    assert run_daily(office.session, date(2025, 5, 15)) == NOTHING


# --- days that were missed ----------------------------------------------------------------------


def fill_a_busy_week(engine: Engine) -> None:
    """Cases of which time does something on several days of one week, and on none."""
    fill_office(engine)
    with GuardedSession(engine) as session:
        office = Office(session)
        item = office.item(promised=10, statutory=20, certificate_months=12)
        for day in (date(2025, 2, 27), date(2025, 2, 28), MONDAY, date(2025, 3, 4)):
            office.received(day, item)
        for day in (date(2025, 2, 21), date(2025, 2, 24), date(2025, 2, 26)):
            office.accepted(day, item)
        for day in (date(2024, 3, 5), date(2024, 3, 8)):
            office.delivered(day, item)
        for day in (date(2025, 1, 15), date(2025, 1, 20)):
            office.correcting(day, item=item)


FIRST, LAST = date(2025, 3, 5), date(2025, 3, 12)
# What tells when a row was written, and the log itself, whose entries carry it.
UNLIKE = {"audit_entry", "audit_head"}


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row but for the instants at which it was written."""
    with engine.connect() as connection:
        found = {}
        for table in TABLES:
            if table in UNLIKE:
                continue
            instants = {"recorded_at", "done_at", "received_at", "finished_at"}
            names = [c.name for c in Application.metadata.tables[table].c]
            keep = [place for place, name in enumerate(names) if name not in instants]
            rows = rows_of(connection, table)
            found[table] = [tuple(row[place] for place in keep) for row in rows]
    return found


def test_a_skipped_week_leaves_the_rows_of_seven_runs(databases: Any) -> None:
    """Art. 32, 42, 70: nothing of the law waits for the program to run."""
    stands, totals, logs = [], [], []
    days = [FIRST + timedelta(days=n) for n in range(1, (LAST - FIRST).days + 1)]
    for runs in ([FIRST, *days], [FIRST, LAST]):
        engine = databases.fresh(fill_a_busy_week)
        with GuardedSession(engine) as session:
            totals.append(sum((run_daily(session, day) for day in runs), NOTHING))
            entries = session.execute(
                select(AuditEntry.effective_on, AuditEntry.subject_table, AuditEntry.subject_id)
                .where(AuditEntry.actor_name == "SYSTEM", AuditEntry.subject_table != "daily_run")
                .order_by(AuditEntry.id)
            )
            logs.append([tuple(row) for row in entries])
        stands.append(everything(engine))
        engine.dispose()
    assert totals[0] == totals[1]
    assert logs[0] == logs[1]
    assert stands[0] == stands[1]
    assert all((totals[0].deemed_accepted, totals[0].expired, totals[0].terminated))
    assert totals[0].warned > 1


def test_a_day_done_again_changes_nothing(office: Office) -> None:
    office.received(date(2025, 9, 26))
    run_daily(office.session, date(2025, 10, 11))
    before = office.stored()
    assert run_daily(office.session, date(2025, 10, 11)) == NOTHING
    assert run_daily(office.session, date(2025, 10, 11)) == NOTHING
    assert office.stored() == before


def test_every_day_is_kept_with_its_counts(office: Office) -> None:
    office.received(date(2025, 9, 26))
    run_daily(office.session, date(2025, 10, 9))
    run_daily(office.session, date(2025, 10, 12))
    runs = office.session.scalars(select(DailyRun).order_by(DailyRun.day)).all()
    assert [(run.day.day, run.deemed_accepted) for run in runs] == [
        (9, 0), (10, 0), (11, 1), (12, 0),
    ]  # fmt: skip


def test_only_the_system_writes_the_days(office: Office) -> None:
    with office.refuses("duty-not-held", "system") as session:
        session.add(DailyRun(day=MONDAY))


# --- what goes wrong ----------------------------------------------------------------------------


def test_one_refused_row_does_not_stop_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from models.by_time import daily

    first, second = office.received(date(2025, 9, 26)), office.received(date(2025, 9, 26))
    act = daily.deem_accepted.act

    def refused_once(session: Any, case: Application) -> None:
        if case.id == first.id:
            raise RuleViolation("unlawful-move")
        act(session, case)

    broken = daily.Deed(
        Application, daily.deem_accepted.is_ripe, daily.deem_accepted.ripe_on, refused_once
    )
    monkeypatch.setattr(daily, "PARTS", (("deemed_accepted", broken), *PARTS[1:]))
    assert run_daily(office.session, date(2025, 10, 11)).deemed_accepted == 1
    assert (first.status, second.status) == (Case.RECEIVED, Case.ACCEPTED)
    assert "was left alone" in caplog.text
    monkeypatch.undo()
    assert run_daily(office.session, date(2025, 10, 13)).deemed_accepted == 1
    assert history(office, first)[-1] == (date(2025, 10, 11), DueCause.DEEMED_ACCEPTED)


def test_who_acted_before_acts_afterwards(office: Office) -> None:
    with office.act("clerk", MONDAY):
        before = dict(office.session.info)
        run_daily(office.session, MONDAY)
        assert office.session.info == before


def test_time_accepts_nothing_before_its_day(office: Office) -> None:
    """Art. 32(4): the rule stands at the flush, whoever calls."""
    case = office.received(date(2025, 9, 26))
    with office.refuses("notice-period-is-running", None, date(2025, 10, 10)):
        case.status = Case.ACCEPTED
    with acting_as(office.session, SYSTEM, date(2025, 10, 10)):
        assert run_daily(office.session, date(2025, 10, 10)) == NOTHING
