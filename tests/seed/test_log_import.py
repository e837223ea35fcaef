"""Writing a log as recorded history: what becomes of a case, twice, by halves, and for ever."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models import (
    Application,
    ApplicationStep,
    AuditEntry,
    Authority,
    Base,
    CorrectionNotice,
    Department,
    Finding,
    LicenceItem,
    StepDefinition,
    SubmittedMaterial,
    User,
)
from models.acting import SYSTEM, Actor, acting_as
from models.database import GuardedSession
from models.enums import (
    ApplicationStatus,
    Channel,
    DueCause,
    Duty,
    Origin,
    StepStatus,
    VersionStatus,
)
from models.errors import RuleViolation
from models.hooks.audit import verify
from models.questions.figure import Period
from models.questions.figures import online_share
from models.questions.worklists import (
    Light,
    days_of_light,
    is_open_as_of,
    light_of,
    overdue_numbers,
)
from models.rules.statutory_holidays import shipped_calendar
from seed.event_log import EventLog, LoggedCase, LoggedEvent, Moment, read_log
from seed.log_import import ImportCounts, ImportFailed, import_log, is_log_name
from seed.log_rows import case_numbers
from tests.databases import make_tables, rows_of
from tests.factories import Office
from tests.tiers import examples

REAL_LOG = Path(__file__).parents[3] / "shared/data/receipt.xes.gz"
TODAY = date(2026, 1, 12)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def moment(days: int = 0, tells_time: bool = True) -> Moment:
    """So many days after Monday 5 January, at noon."""
    at = NOON + timedelta(days=days)
    return Moment(at.date(), at, tells_time)


def event(activity: str, officer: str | None, days: int = 0) -> LoggedEvent:
    return LoggedEvent(activity, officer, moment(days))


def case(case_id: str = "1", **facts: Any) -> LoggedCase:
    """A case of two events by two officers, unless ``facts`` say otherwise."""
    events = (event("Receive", "Li"), event("Check", "Wang", 1))
    return LoggedCase(**{"case_id": case_id, "events": events, "received": moment(), **facts})


def log_of(*cases: LoggedCase, title: str | None = None, unusable: int = 0) -> EventLog:
    activities = dict.fromkeys(event.activity for case in cases for event in case.events)
    return EventLog("log", title, tuple(activities), cases, (), unusable)


@pytest.fixture
def write(session: GuardedSession) -> Callable[..., ImportCounts]:
    """Import cases, as the log "log" or another."""

    def do(*cases: LoggedCase, name: str = "log", **options: Any) -> ImportCounts:
        return import_log(session, log_of(*cases), name, TODAY, **options)

    return do


Write = Callable[..., ImportCounts]


def only(session: Session) -> Application:
    return session.scalars(select(Application)).one()


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {name: rows_of(connection, name) for name in Base.metadata.tables}


# --- what a case becomes ----------------------------------------------------------------------


def test_case_with_an_end_is_delivered_and_keeps_its_own_dates(
    session: GuardedSession, write: Write
) -> None:
    counts = write(case("A-1", due_on=date(2026, 1, 8), closed=moment(4), channel=Channel.POST))
    row = only(session)
    assert (row.number, row.log_name, row.external_id) == ("IMPORT-log-A-1", "log", "A-1")
    assert (row.origin, row.status) == (Origin.IMPORTED, ApplicationStatus.DELIVERED)
    assert (row.received_on, row.received_at) == (date(2026, 1, 5), NOON)
    assert (row.due_on, row.decision_due_on) == (date(2026, 1, 8), date(2026, 1, 8))
    assert (row.decided_on, row.closed_on) == (date(2026, 1, 9), date(2026, 1, 9))
    assert (row.channel, row.warn_on, row.statutory_due_on) == (Channel.POST, None, None)
    assert (row.first_contact.display_name, row.officer.display_name) == ("Li", "Wang")
    assert (row.certificate, row.decision, row.applicant) == (None, None, None)
    assert [(f.code, f.detail) for f in row.findings] == [
        ("decided-after-due", "due_on=2026-01-08, closed_on=2026-01-09, days=1")
    ]
    assert [(c.effective_on, c.cause, c.due_on, c.is_closed) for c in row.due_date_changes] == [
        (date(2026, 1, 5), DueCause.IMPORTED, date(2026, 1, 8), False),
        (date(2026, 1, 9), DueCause.CLOSED, date(2026, 1, 8), True),
    ]
    assert counts == ImportCounts(1, 2, 1, 0, 1, 0, 0, {"decided-after-due": 1})


def test_case_without_an_end_stays_open_and_warns(session: GuardedSession, write: Write) -> None:
    counts = write(case(due_on=date(2026, 1, 16)))
    row = only(session)
    assert (row.status, row.closed_on, row.decided_on) == (ApplicationStatus.ACCEPTED, None, None)
    assert (row.due_on, row.warn_on) == (date(2026, 1, 16), date(2026, 1, 13))
    assert (counts.decided, counts.open, counts.findings) == (0, 1, {})


def test_events_become_steps_in_their_order(session: GuardedSession, write: Write) -> None:
    again = (*case().events, event("Receive", None, 2))
    write(case(events=again))
    steps = only(session).steps
    assert [(s.sequence, s.step_definition.name, s.stage_number) for s in steps] == [
        (1, "Receive", 1),
        (2, "Check", 2),
        (3, "Receive", 1),
    ]
    assert {s.status for s in steps} == {StepStatus.DONE}
    assert [s.officer and s.officer.display_name for s in steps] == ["Li", "Wang", None]
    assert [s.done_on for s in steps] == [date(2026, 1, day) for day in (5, 6, 7)]
    assert steps[0].done_at == NOON


def test_day_without_a_time_is_given_none(session: GuardedSession, write: Write) -> None:
    day = moment(tells_time=False)
    write(case(received=day, events=(LoggedEvent("Receive", "Li", day),)))
    row = only(session)
    assert (row.received_at, row.steps[0].done_at) == (None, None)
    assert (row.received_on, row.steps[0].done_on) == (day.on, day.on)


def test_case_without_a_channel_is_not_given_one(session: GuardedSession, write: Write) -> None:
    write(case(attributes={"channel": "Pigeon", "responsible": "Zhao"}))
    assert only(session).channel is None
    assert only(session).summary == "channel=Pigeon, responsible=Zhao"


def test_long_texts_are_kept_or_cut_alike_on_every_database(
    session: GuardedSession, write: Write
) -> None:
    name = "名" * 200
    late = (event(name, name, 9),)
    log = log_of(case(events=late, closed=moment(1), attributes={"note": name}), title=name)
    import_log(session, log, "n" * 40, TODAY + timedelta(days=30))
    row = only(session)
    assert row.findings[0].detail.endswith(f"activity={name}")
    assert (len(row.summary), row.summary[-1]) == (200, "…")
    assert len(row.licence_item.name) == 200
    assert row.steps[0].officer.display_name == name


def test_due_date_beyond_every_calendar_is_kept(session: GuardedSession, write: Write) -> None:
    write(case(due_on=date(9999, 12, 31)), case("2", due_on=date(1900, 1, 1)))
    rows = session.scalars(select(Application).order_by(Application.id)).all()
    assert [(row.due_on, row.warn_on) for row in rows] == [
        (date(9999, 12, 31), None),
        (date(1900, 1, 1), None),
    ]
    for row, light in zip(rows, (Light.RUNNING, Light.OVERDUE), strict=True):
        assert days_of_light(shipped_calendar(), TODAY, light, row.due_on) is None
    assert overdue_numbers(session, TODAY) == ["IMPORT-log-2"]


def test_case_is_one_entry_of_the_audit_log(session: GuardedSession, write: Write) -> None:
    write(case("1", closed=moment(3)), case("2"))
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.subject_table == "application")
    ).all()
    assert [entry.actor_name for entry in entries] == ["SYSTEM", "SYSTEM"]
    assert {change["table"] for change in entries[0].changes} == {
        "application",
        "application_step",
        "due_date_change",
    }
    assert verify(session.connection()).ok


# --- what the cases point to ------------------------------------------------------------------


def test_log_has_one_item_that_is_never_offered(session: GuardedSession, write: Write) -> None:
    write(case())
    item = session.scalars(select(LicenceItem)).one()
    assert (item.code, item.origin, item.is_offered) == ("IMPORT-log", Origin.IMPORTED, False)
    assert (item.name, item.name_en) == ("导入：log", "Imported: log")
    (version,) = item.versions
    assert (version.status, version.published_on) == (VersionStatus.PUBLISHED, TODAY)
    assert [(s.position, s.name, s.duty) for s in version.steps] == [
        (1, "Receive", None),
        (2, "Check", None),
    ]


def test_officers_are_inactive_names_without_an_account(
    session: GuardedSession, write: Write
) -> None:
    write(case())
    officers = session.scalars(select(User).order_by(User.id)).all()
    assert [officer.display_name for officer in officers] == ["Li", "Wang"]
    for officer in officers:
        assert not officer.is_active
        assert (officer.username, officer.password_hash, officer.grants) == (None, None, [])
        assert officer.department.code == "IMPORT-log"


def test_later_run_adds_what_is_new_and_nothing_else(session: GuardedSession, write: Write) -> None:
    write(case("1"))
    more = (event("Check", "Wang"), event("Decide", "Zhao", 1))
    counts = write(case("1"), case("2", events=more))
    assert (counts.applications, counts.steps, counts.skipped) == (1, 2, 1)
    assert session.scalars(select(User.display_name).order_by(User.id)).all() == [
        "Li", "Wang", "Zhao",
    ]  # fmt: skip
    assert session.execute(
        select(StepDefinition.position, StepDefinition.name).order_by(StepDefinition.position)
    ).all() == [(1, "Receive"), (2, "Check"), (3, "Decide")]


def test_one_name_in_two_logs_is_two_officers_and_two_cases(
    session: GuardedSession, write: Write
) -> None:
    write(case("1"), name="north")
    write(case("1"), name="south")
    north, south = session.scalars(select(Application).order_by(Application.id)).all()
    assert (north.number, south.number) == ("IMPORT-north-1", "IMPORT-south-1")
    assert north.officer is not south.officer
    assert north.licence_item is not south.licence_item


def test_department_of_a_log_belongs_to_the_authority_of_the_office(office: Office) -> None:
    session = office.session
    import_log(session, log_of(case()), "log", TODAY)
    authority = session.scalars(select(Authority)).one()
    codes = session.scalars(select(Department.code).order_by(Department.id)).all()
    assert (authority.code, codes) == ("11350100000000000X", ["XK", "IMPORT-log"])


# --- numbers and names ------------------------------------------------------------------------


def test_number_is_readable_and_safe_in_an_address() -> None:
    ids = ["case-416", "办件-1", "a/b", "a b", "a-b", "x" * 64, "x" * 65, "../.."]
    numbers = case_numbers("log", ids, [])
    assert numbers["case-416"] == "IMPORT-log-case-416"
    assert numbers["办件-1"] == "IMPORT-log-办件-1"
    assert numbers["a-b"] == "IMPORT-log-a-b"
    assert numbers["a/b"].startswith("IMPORT-log-a-b-")
    assert max(map(len, numbers.values())) <= 80
    assert len(set(numbers.values())) == len(ids)


def test_number_that_another_log_has_taken_gets_a_digest(
    session: GuardedSession, write: Write
) -> None:
    write(case("b-1"), name="a")
    write(case("1"), name="a-b")
    first, second = session.scalars(select(Application.number).order_by(Application.id)).all()
    assert first == "IMPORT-a-b-1"
    assert second.startswith("IMPORT-a-b-1-")


@given(st.lists(st.text(min_size=1, max_size=90), unique=True), st.sampled_from(["a", "n" * 40]))
def test_every_case_has_a_number_of_its_own(ids: list[str], name: str) -> None:
    numbers = case_numbers(name, ids, [])
    assert list(numbers) == ids
    assert len(set(numbers.values())) == len(ids)
    for number in numbers.values():
        assert len(number) <= 80
        assert not set(number) & set("/?#% &<>\\\"'\n\t")


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "-a", ".a", "a" * 41, "a\n", "a%"])
def test_log_is_not_called_just_anything(write: Write, name: str) -> None:
    assert not is_log_name(name)
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        write(case(), name=name)


@pytest.mark.parametrize("name", ["receipt", "receipt.v2", "2011_log-1", "许可日志", "a" * 40])
def test_log_may_have_a_name_of_any_script(name: str) -> None:
    assert is_log_name(name)


# --- by halves, and twice -----------------------------------------------------------------------

# No database keeps an instant for which UTC has no year.
NO_INSTANT = Moment(date.min, datetime.min.replace(tzinfo=timezone(timedelta(hours=1))))


def test_refused_case_is_named_and_the_next_run_goes_on(
    session: GuardedSession, write: Write
) -> None:
    cases = [case(str(number)) for number in range(7)]
    cases[4] = replace(cases[4], received=NO_INSTANT)
    with pytest.raises(ImportFailed) as failure:
        write(*cases, cases_per_commit=3)
    assert (failure.value.case_id, failure.value.written) == ("4", 4)
    ids = select(Application.external_id).order_by(Application.id)
    assert session.scalars(ids).all() == ["0", "1", "2", "3"]
    cases[4] = case("4")
    counts = write(*cases, cases_per_commit=3)
    assert (counts.applications, counts.skipped) == (3, 4)
    assert session.scalars(ids).all() == [str(number) for number in range(7)]
    assert verify(session.connection()).ok


def test_nothing_is_recorded_before_its_day(session: GuardedSession, write: Write) -> None:
    """The end of a case after today is left out, and a case received after today."""
    ahead = (TODAY - NOON.date()).days + 1
    events = (event("Receive", "Li"), event("Check", "Wang", ahead))
    counts = write(
        case("1", closed=moment(ahead), due_on=TODAY - timedelta(days=1), events=events),
        case("2", received=moment(ahead)),
        case("3", closed=moment(ahead - 1)),
    )
    assert (counts.applications, counts.skipped, counts.open) == (2, 1, 1)
    assert counts.findings == {"recorded-in-the-future": 2}
    one, three = session.scalars(select(Application).order_by(Application.id)).all()
    assert (one.closed_on, one.status, len(one.steps)) == (None, ApplicationStatus.ACCEPTED, 1)
    assert [f.code for f in one.findings] == ["recorded-in-the-future"]
    assert (three.closed_on, three.findings) == (TODAY, [])
    # The panel's light and the command answer alike, on the day and as of the day.
    assert overdue_numbers(session, TODAY) == [one.number]
    light = light_of(
        TODAY, due_on=one.due_on, warn_on=one.warn_on, suspended_since=None, closed_on=one.closed_on
    )
    assert light is Light.OVERDUE


def test_second_run_writes_nothing(engine: Engine) -> None:
    log = log_of(case("1", closed=moment(-2)), case("2"), unusable=1)
    with GuardedSession(engine) as session:
        first = import_log(session, log, "log", TODAY)
    before = everything(engine)
    with GuardedSession(engine) as session:
        second = import_log(session, log, "log", TODAY + timedelta(days=1))
    assert (first.applications, first.skipped, first.flagged) == (2, 1, 1)
    assert second == ImportCounts(0, 0, 0, 0, 0, 0, 3, {})
    assert everything(engine) == before


def test_log_without_cases_leaves_nothing_behind(engine: Engine) -> None:
    before = everything(engine)
    with GuardedSession(engine) as session:
        assert import_log(session, log_of(unusable=2), "log", TODAY).skipped == 2
    assert everything(engine) == before


# --- read-only ----------------------------------------------------------------------------------


def change_status(session: Session, row: Application) -> None:
    row.status = ApplicationStatus.GRANTED


def change_summary(session: Session, row: Application) -> None:
    row.summary = "better"


def change_due_date(session: Session, row: Application) -> None:
    row.due_on = date(2030, 1, 1)


def make_native(session: Session, row: Application) -> None:
    row.origin, row.log_name, row.external_id = Origin.NATIVE, None, None


def take_a_step(session: Session, row: Application) -> None:
    row.steps[0].opinion = "fine"


def add_a_step(session: Session, row: Application) -> None:
    step = row.steps[0]
    row.steps.append(
        ApplicationStep(
            step_definition=step.step_definition, sequence=9, stage_number=1, status=StepStatus.OPEN
        )
    )


def add_a_notice(session: Session, row: Application) -> None:
    row.notices.append(CorrectionNotice(missing="all"))


def add_a_material(session: Session, row: Application) -> None:
    row.materials.append(SubmittedMaterial(material_requirement_id=1, received_on=TODAY))


def delete_it(session: Session, row: Application) -> None:
    session.delete(row.steps[0])


ATTEMPTS = (
    change_status, change_summary, change_due_date, make_native, take_a_step, add_a_step,
    add_a_notice, add_a_material, delete_it,
)  # fmt: skip
EVERYBODY = (*(Actor(99, duty, frozenset({duty}), frozenset({duty})) for duty in Duty), SYSTEM)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.__name__)
def test_imported_case_is_read_only_for_everybody(
    engine: Engine, attempt: Callable[[Session, Application], None]
) -> None:
    with GuardedSession(engine) as session:
        import_log(session, log_of(case()), "log", TODAY)
    before = everything(engine)
    for actor in EVERYBODY:
        with GuardedSession(engine) as session, acting_as(session, actor, TODAY):
            row = only(session)
            attempt(session, row)
            with pytest.raises(RuleViolation) as refusal:
                session.commit()
            assert refusal.value.code in {
                "imported-case-is-read-only", "import-is-for-the-system", "origin-never-changes",
                "row-is-never-deleted",
            }, actor.name  # fmt: skip
    assert everything(engine) == before


@pytest.mark.parametrize("duty", Duty)
def test_finding_is_written_by_nobody_else(
    session: GuardedSession, write: Write, duty: Duty
) -> None:
    write(case())
    with acting_as(session, Actor(99, duty, frozenset({duty})), TODAY):
        row = only(session)
        row.findings.append(Finding(code="invented", detail=""))
        with pytest.raises(RuleViolation) as refusal:
            session.commit()
    assert refusal.value.code == "duty-not-held"


# --- the real log -------------------------------------------------------------------------------


@cache
def real_log() -> EventLog:
    """The log of a Dutch municipality, with its dates as they were there."""
    return read_log(REAL_LOG, ZoneInfo("Europe/Amsterdam"))


def fill_receipt(engine: Engine) -> None:
    """A database into which the real log was imported."""
    make_tables(engine)
    with GuardedSession(engine) as session:
        counts = import_log(session, real_log(), "receipt", TODAY)
    assert counts == ImportCounts(
        applications=1434,
        steps=8577,
        decided=1329,
        open=105,
        late=309,
        flagged=2,
        skipped=0,
        findings={
            "ended-before-start": 2,
            "event-after-end": 145,
            "event-before-start": 2,
            "decided-after-due": 309,
            "one-officer-did-all": 754,
        },
    )


@pytest.fixture
def real(databases: Any) -> Engine:
    """A database with the real log in it."""
    if not REAL_LOG.exists():
        pytest.skip(f"the real event log is not here: {REAL_LOG}")
    engine: Engine = databases.fresh(fill_receipt, filled_here=True)
    return engine


@pytest.mark.thorough
def test_real_log_gives_the_golden_figures(real: Engine) -> None:
    late = (Application.decided_on > Application.decision_due_on, 309)
    with GuardedSession(real) as session:
        for condition, expected in (
            (Application.origin == Origin.IMPORTED, 1434),
            (Application.closed_on.is_not(None), 1329),
            (Application.closed_on.is_(None), 105),
            (Application.channel == Channel.ONLINE, 1250),
            late,
        ):
            found = session.scalar(select(func.count(Application.id)).where(condition))
            assert found == expected
        assert session.scalar(select(func.count(ApplicationStep.id))) == 8577
        assert session.scalar(select(func.count(StepDefinition.id))) == 27
        assert session.scalar(select(func.count(User.id))) == 48
        assert verify(session.connection()).ok


@pytest.mark.thorough
def test_seven_of_eight_cases_of_the_real_log_came_in_online(real: Engine) -> None:
    with GuardedSession(real) as session:
        share = online_share(session, Period(date(2000, 1, 1), TODAY))
    assert (share.numerator, share.denominator) == (1250, 1434)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("day", "expected"), [(date(2011, 12, 31), (145, 45)), (date(2011, 5, 3), (230, 37))]
)
def test_real_log_as_of_a_day(real: Engine, day: date, expected: tuple[int, int]) -> None:
    with GuardedSession(real) as session:
        still_open = session.scalar(select(func.count(Application.id)).where(is_open_as_of(day)))
        assert (still_open, len(overdue_numbers(session, day))) == expected


@pytest.mark.thorough
def test_second_run_of_the_real_log_writes_nothing(real: Engine) -> None:
    before = everything(real)
    with GuardedSession(real) as session:
        counts = import_log(session, real_log(), "receipt", TODAY)
    assert counts == ImportCounts(0, 0, 0, 0, 0, 0, 1434, {})
    assert everything(real) == before


@pytest.mark.thorough
@settings(max_examples=examples(15))
@given(day=st.dates(date(2010, 9, 1), date(2012, 2, 1)))
def test_overdue_cases_of_any_day_are_those_of_a_plain_recount(real: Engine, day: date) -> None:
    late = [
        case
        for case in real_log().cases
        if case.received_on <= day
        and (case.closed_on is None or case.closed_on > day)
        and case.due_on is not None
        and case.due_on < day
    ]
    # Cases of one due date stand in the order in which the log has them.
    late.sort(key=lambda case: case.due_on or date.max)
    with GuardedSession(real) as session:
        found = overdue_numbers(session, day)
    assert found == [f"IMPORT-receipt-{case.case_id}" for case in late]
