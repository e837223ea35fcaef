"""The traps that a prototype fell into: each is closed, and stays closed."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, inspect, select, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from models import Application, Authority, Base, acts, enums
from models.database import GuardedSession
from models.enums import ApplicationStatus, Duty, Named
from models.errors import RuleViolation
from tests.factories import MONDAY, Office

# Columns that no guard compares with their old value, and that follow no act.
FREE_COLUMNS = {
    "authority": {"code", "name", "name_en"},
    "department": {"code", "name", "name_en", "closed_on"},
    "service_window": {"code", "name", "name_en"},
    "user_account": {"display_name", "display_name_en", "phone", "session_epoch"},
    "post": {"name", "name_en"},
    "licence_item": {"name_en"},
    "applicant": {"phone", "address"},
    "due_date_change": {"recorded_at"},
}
# Tables that the hooks themselves write, by statements.
WRITTEN_BY_HOOKS = {"audit_entry", "audit_head", "number_counter"}


@pytest.mark.parametrize("table", sorted(set(Base.metadata.tables) - WRITTEN_BY_HOOKS))
def test_1_a_guarded_column_always_knows_its_old_value(table: str) -> None:
    mapper = next(m for m in Base.registry.mappers if m.local_table.name == table)
    unguarded = {
        column.key
        for column in mapper.column_attrs
        if not getattr(mapper.class_, column.key).impl.active_history
    }
    assert unguarded - {"id", "version"} == FREE_COLUMNS.get(table, set())


def test_1_an_unread_column_is_judged_after_a_commit(office: Office) -> None:
    case = office.delivered()
    office.session.expire_all()
    with office.refuses("case-is-closed", "clerk"):
        case.status = ApplicationStatus.RECEIVED


def test_2_half_a_form_is_not_judged(office: Office) -> None:
    item, applicant = office.item(), office.applicant()
    with office.acts("clerk", MONDAY) as session:
        case = Application(licence_item=item)
        session.add(case)
        session.scalars(select(Application)).all()
        case.applicant = applicant
    assert case.number


def test_3_a_guard_sees_a_reference_that_was_set_by_relationship(office: Office) -> None:
    case = office.accepted()
    with office.refuses("post-not-held", "head"):
        case.steps[1].officer = office.user("clerk")
    with office.refuses("applicant-is-fixed", "clerk"):
        case.applicant = None


@pytest.mark.parametrize("vocabulary", Named.__subclasses__(), ids=lambda kind: kind.__name__)
def test_4_a_value_is_spelled_as_its_name(vocabulary: type[Named]) -> None:
    assert {member.value for member in vocabulary} == set(vocabulary.__members__)


def test_4_a_word_is_judged_as_the_member_it_names(office: Office) -> None:
    case = office.received(complete=False)
    with office.refuses("materials-are-missing", "clerk"):
        case.status = "ACCEPTED"
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in_required(case)
        case.status = "ACCEPTED"
    assert (case.status, case.due_on) == (ApplicationStatus.ACCEPTED, date(2025, 3, 24))


def test_4_a_word_outside_the_vocabulary_is_refused(office: Office) -> None:
    item, before = office.item(), office.stored()
    item.item_type = "NOWHERE"
    with office.act("admin", MONDAY), pytest.raises(StatementError, match="NOWHERE"):
        office.session.commit()
    office.session.rollback()
    assert office.stored() == before


BULK_WRITES: dict[str, Callable[[Session], Any]] = {
    "query update": lambda s: s.query(Application).update({"summary": "x"}),
    "query delete": lambda s: s.query(Application).delete(),
    "execute update": lambda s: s.execute(update(Application).values(summary="x")),
    "execute insert": lambda s: s.execute(insert(Authority).values(code="x")),
    "execute delete": lambda s: s.execute(delete(Application)),
    "update by key": lambda s: s.execute(update(Application), [{"id": 1, "summary": "x"}]),
    "insert many": lambda s: s.execute(insert(Authority), [{"code": "x"}, {"code": "y"}]),
    "scalars insert": lambda s: s.scalars(insert(Authority).returning(Authority.id)),
    "core update": lambda s: s.execute(update(Application.__table__).values(summary="x")),
    "core delete": lambda s: s.execute(delete(Application.__table__)),
    "bulk save": lambda s: s.bulk_save_objects([Authority(code="x", name="x", name_en="x")]),
    "bulk insert": lambda s: s.bulk_insert_mappings(inspect(Authority), [{"code": "x"}]),
    "bulk update": lambda s: s.bulk_update_mappings(inspect(Authority), [{"id": 1}]),
}


@pytest.mark.parametrize("door", sorted(BULK_WRITES))
def test_6_writing_in_bulk_is_refused(office: Office, door: str) -> None:
    office.received()
    with office.refuses("bulk-write", "clerk") as session:
        BULK_WRITES[door](session)


@pytest.mark.parametrize("door", ["text", "connection", "raw cursor"])
def test_6_the_trigger_stops_what_no_hook_sees(office: Office, door: str) -> None:
    case, before = office.received(), office.stored()
    office.session.commit()
    statement = f"UPDATE application SET status = 'DELIVERED' WHERE id = {case.id}"
    office.session.commit()
    with pytest.raises(Exception, match="unlawful-move"):
        _push_through(office.session, door, statement)
    office.session.rollback()
    assert office.stored() == before


def _push_through(session: Session, door: str, statement: str) -> None:
    if door == "text":
        session.execute(text(statement))
    elif door == "connection":
        session.connection().execute(text(statement))
    else:
        with closing(session.connection().connection.cursor()) as cursor:
            cursor.execute(statement)


def test_11_a_certificate_number_that_is_rolled_back_is_given_again(office: Office) -> None:
    item = office.item()
    one, other = office.reviewed(item=item), office.reviewed(item=item)
    with office.act("decider", MONDAY) as session:
        acts.decision.decide(one, enums.DecisionOutcome.GRANTED)
        session.flush()
        assert one.certificate.number.endswith("-00001")
        session.rollback()
    with office.acts("decider", MONDAY):
        acts.decision.decide(other, enums.DecisionOutcome.GRANTED)
    assert other.certificate.number.endswith("-00001")


def test_12_a_second_flush_in_one_transaction_is_refused(office: Office) -> None:
    case = office.received()
    with office.refuses("second-flush", "clerk") as session:
        case.summary = "一"
        session.flush()
        case.summary = "二"


def test_12_a_savepoint_does_not_make_room_for_a_second_flush(office: Office) -> None:
    case = office.received()
    with office.refuses("second-flush", "clerk") as session:
        with session.begin_nested():
            case.summary = "一"
        case.summary = "二"


def test_12_the_next_transaction_may_write_again(office: Office) -> None:
    case = office.received()
    for summary in ("一", "二"):
        with office.acts("clerk", MONDAY):
            case.summary = summary
    assert case.summary == "二"


def test_nobody_acts_nothing_is_written(session: GuardedSession, engine: Engine) -> None:
    session.add(Authority(code="X", name="局", name_en="Bureau"))
    with pytest.raises(RuleViolation) as refusal:
        session.commit()
    session.rollback()
    assert refusal.value.code == "nobody-acts"
    with engine.connect() as connection:
        assert connection.execute(select(Authority)).all() == []


def test_nobody_acts_after_the_block_has_ended(office: Office) -> None:
    case = office.received()
    with office.act("clerk", MONDAY):
        pass
    case.summary = "一"
    with pytest.raises(RuleViolation, match="nobody-acts"):
        office.session.commit()
    office.session.rollback()


def test_a_change_without_difference_writes_nothing(office: Office) -> None:
    case, before = office.received(), office.stored()
    office.session.commit()
    case.summary = str(case.summary)
    office.session.commit()
    assert office.stored() == before


def test_a_day_of_the_calendar_counts_at_once(office: Office) -> None:
    item = office.item(promised=1, steps=((1, Duty.ACCEPTANCE, 1), (2, Duty.DECISION, 1)))
    assert office.accepted(MONDAY, item).due_on == date(2025, 3, 4)
    office.change_calendar({date(2025, 3, 4): False}, MONDAY)
    assert office.accepted(MONDAY, item).due_on == date(2025, 3, 5)


def test_the_same_act_is_refused_for_the_same_reason(office: Office) -> None:
    case = office.received()
    for _ in range(5):
        with office.refuses("duty-not-held-for-move", "reviewer"):
            acts.intake.move(case, ApplicationStatus.ACCEPTED)


def test_every_list_of_a_row_is_ordered() -> None:
    """PostgreSQL gives rows in any order: the newest must not stand last by luck."""
    lists = [r for m in Base.registry.mappers for r in m.relationships if r.uselist]
    assert lists
    assert [str(r) for r in lists if not r.order_by] == []
