"""Every table answers every question about itself, and its answers fit its columns."""

import re
from dataclasses import fields

import pytest
from sqlalchemy import inspect

from models import Base
from models.base import classes, policies
from models.enums import Duty
from models.hooks.guard import DELETE_GUARDS
from models.policy import Deletable, Policy, System
from models.rules.transitions import MOVES
from tests.doors.deed import DELETABLE
from tests.machines.watching import CASE_TABLES
from views.access import ACCESS, Verb

TABLES = sorted(Base.metadata.tables)

# Told here once more. What nobody writes follows from acts, from an import, or from time.
NOBODY_WRITES = {
    "application_ban", "audit_entry", "audit_head", "calendar_notice_day", "calendar_revision",
    "daily_run", "due_date_change", "finding", "number_counter", "warning",
}  # fmt: skip
# Of these SYSTEM itself keeps its hands: the hooks alone write them.
THE_HOOKS_WRITE = {
    "application_ban", "audit_entry", "audit_head", "calendar_notice_day", "due_date_change",
    "number_counter",
}  # fmt: skip
# What a person answers for; the rest of a case follows from moves.
DOCUMENTS = CASE_TABLES - {"application", "application_step", "certificate"}
WRITTEN_ONCE = {
    "applicant_correction", "audit_entry", "calendar_notice_day", "decision", "due_date_change",
    "finding", "first_contact_handover", "forwarding", "intake_answer", "reassignment_line",
    "service_rating", "warning",
}  # fmt: skip
PARTS_OF_A_VERSION = {
    "fee_item", "item_condition", "item_question", "material_requirement", "source_note",
    "step_definition",
}  # fmt: skip
# They name a case and outlive it, or are not for those who work on it.
ABOUT_A_CASE = {
    "application_ban", "complaint", "due_date_change", "finding", "service_rating",
    "supervision_order", "warning",
}  # fmt: skip
# What says something of a person by its name; whoever adds such a column says what is shown of it.
SAYS_SOMETHING_OF_A_PERSON = re.compile(
    r"(^|_)(phone|address|identity_number|birthday|e?mail)$|^(visitor|complainant)_name$"
)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_states_its_own_policy(table: str) -> None:
    kind = classes()[table]
    assert isinstance(vars(kind).get("policy"), Policy), "said in the class itself, not inherited"
    for question in fields(Policy):
        assert getattr(kind.policy, question.name) is not None or question.name in (
            "part_of",
            "seen_by",
        )


@pytest.mark.parametrize("table", TABLES)
def test_an_answer_names_columns_of_the_table(table: str) -> None:
    kind = classes()[table]
    policy, columns = kind.policy, set(inspect(kind).columns.keys())
    named = {*policy.derived, *policy.personal, *policy.hidden}
    named |= {column for fixed in policy.fixed for column in fixed.columns}
    named |= {column for column in (policy.told_on,) if column}
    named |= {audience.column for audience in (policy.seen_by,) if audience}
    assert named <= columns
    assert policy.title
    assert set(policy.title) <= columns | set(inspect(kind).relationships.keys())
    assert len(policy.derived) == len(set(policy.derived))
    if policy.part_of:
        assert policy.part_of.table in Base.metadata.tables
        assert hasattr(kind, policy.part_of.key), "the log does not find the whole"


@pytest.mark.parametrize("table", TABLES)
def test_the_way_to_the_owner_ends_at_an_account(table: str) -> None:
    kind = classes()[table]
    for _step in range(len(TABLES)):
        way = kind.policy.own
        relation = inspect(kind).relationships.get(way) if way else None
        if relation is None:
            break
        kind = relation.mapper.class_
    if way:
        references = Base.metadata.tables[str(kind.__tablename__)].c[way].foreign_keys
        assert {key.column.table.name for key in references} == {"user_account"}
    reads_own = Verb.LIST in ACCESS[table].get(Duty.APPLICANT, ())
    assert bool(classes()[table].policy.own) == reads_own, "an applicant reads own rows only"


@pytest.mark.parametrize("table", TABLES)
def test_what_says_something_of_a_person_is_masked(table: str) -> None:
    columns = Base.metadata.tables[table].columns.keys()
    telling = {column for column in columns if SAYS_SOMETHING_OF_A_PERSON.search(column)}
    telling -= {"online_address"} if table == "item_version" else set()  # a page of the office
    assert telling == set(policies()[table].personal)


def test_every_status_has_its_moves() -> None:
    with_status = {table for table in TABLES if "status" in Base.metadata.tables[table].columns}
    assert with_status == set(MOVES)


def test_nobody_writes_what_follows() -> None:
    said = policies()
    assert {table for table in TABLES if not said[table].writers} == NOBODY_WRITES
    assert {t for t in TABLES if said[t].system is System.NEVER} == THE_HOOKS_WRITE


def test_what_a_person_answers_for_is_not_loaded() -> None:
    said = policies()
    assert {table for table in TABLES if said[table].system is System.IMPORTS} == DOCUMENTS
    assert {t for t in TABLES if said[t].system is System.LOADS_WITH_HISTORY} == {
        "calendar_year",
        "item_version",
    }


def test_wholes_and_parts_are_those_of_the_law() -> None:
    said = policies()
    assert {table for table in TABLES if said[table].closes_with_its_case} == CASE_TABLES
    wholes = {table: whole.table for table in TABLES if (whole := said[table].part_of)}
    of_a_case = {table for table, whole in wholes.items() if whole == "application"}
    assert of_a_case - CASE_TABLES == ABOUT_A_CASE
    assert {table for table in wholes if wholes[table] == "item_version"} == PARTS_OF_A_VERSION


def test_rows_stay_but_for_those_that_may_go() -> None:
    said = policies()
    may_go = {table for table in TABLES if said[table].deletable is not Deletable.NEVER}
    assert may_go == DELETABLE
    always = {table for table in TABLES if said[table].deletable is Deletable.ALWAYS}
    assert always == {"former_step", "template_step"}
    conditions = set(Deletable) - {Deletable.NEVER, Deletable.ALWAYS}
    assert set(DELETE_GUARDS) == conditions
    assert conditions <= {policy.deletable for policy in said.values()}, "a condition of no table"


def test_what_is_written_once_is_said_to_be() -> None:
    once = {t for t, p in policies().items() if any(not (f.columns or f.once) for f in p.fixed)}
    assert once == WRITTEN_ONCE


def test_a_secret_is_hidden_from_the_log() -> None:
    hidden = {(table, column) for table in TABLES for column in policies()[table].hidden}
    assert hidden == {("user_account", "password_hash")}
