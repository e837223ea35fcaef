"""Each constraint of the schema refuses the row that it names, on both databases."""

from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Connection, Engine, Table, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError

from models import Base
from models.triggers import drop_triggers
from tests.databases import rows_of
from tests.statements import again, change, fill_every_table

LONG_AGO, OTHER = "'2000-01-01'", "'NOWHERE'"
IMPORTED, NATIVE = "origin = 'IMPORTED'", "origin = 'NATIVE'"
OPEN_CASE, WAITING = "closed_on IS NULL", "status = 'WAITING'"

# Constraint → a statement that breaks it and no other.
VIOLATIONS: dict[str, str] = {
    "ck_applicant_applicant_kind": change("applicant", kind=OTHER),
    "ck_applicant_person_number_has_18_characters": change(
        "applicant", kind="'PERSON'", identity_number="'1'"
    ),
    "ck_application_accepted_case_has_its_day": change("application", accepted_on="NULL"),
    "ck_application_application_status": change("application", OPEN_CASE, status=OTHER),
    "ck_application_channel": change("application", channel=OTHER),
    "ck_application_closed_exactly_when_nothing_is_owed": change("application", closed_on="NULL"),
    "ck_application_confidential_case_says_why": change("application", is_confidential="true"),
    "ck_application_due_within_statutory": change("application", due_on="'2099-01-01'"),
    "ck_application_imported_names_its_log": change("application", origin="'IMPORTED'"),
    "ck_application_log_and_case_go_together": change("application", external_id="'x'"),
    "ck_application_origin": change("application", origin=OTHER),
    "ck_application_received_case_has_its_day": change("application", received_on="NULL"),
    "ck_application_step_done_step_has_its_day": change("application_step", done_on="NULL"),
    "ck_application_step_duty": change("application_step", duty=OTHER),
    "ck_application_step_open_step_has_its_day": change(
        "application_step", WAITING, status="'OPEN'"
    ),
    "ck_application_step_step_status": change("application_step", WAITING, status=OTHER),
    "ck_audit_entry_audit_verb": change("audit_entry", verb=OTHER),
    "ck_audit_head_there_is_one_head": change("audit_head", id="2"),
    "ck_calendar_year_year_is_in_range": change("calendar_year", year="1900"),
    "ck_certificate_certificate_status": change("certificate", status=OTHER),
    "ck_certificate_delivery_has_its_method": change("certificate", delivered_on="NULL"),
    "ck_certificate_delivery_method": change("certificate", delivery_method=OTHER),
    "ck_certificate_validity_is_in_order": change("certificate", valid_until=LONG_AGO),
    "ck_clock_suspension_planned_end_follows_the_start": change(
        "clock_suspension", planned_end_on=LONG_AGO
    ),
    "ck_clock_suspension_suspension_ends_after_it_starts": change(
        "clock_suspension", ended_on=LONG_AGO
    ),
    "ck_clock_suspension_suspension_kind": change("clock_suspension", kind=OTHER),
    "ck_clock_suspension_suspension_names_its_notice": change(
        "clock_suspension", notice_number="''"
    ),
    "ck_correction_notice_answer_follows_the_notice": change(
        "correction_notice", answered_on=LONG_AGO
    ),
    "ck_correction_notice_notice_says_what_is_missing": change("correction_notice", missing="''"),
    "ck_deadline_extension_approval_has_day_and_person": change(
        "deadline_extension", approved_on="NULL"
    ),
    "ck_deadline_extension_extension_gives_its_reason": change("deadline_extension", reason="''"),
    "ck_deadline_extension_extension_is_at_most_fifteen_days": change(
        "deadline_extension", days="16"
    ),
    "ck_decision_decision_outcome": change(
        "decision", outcome=OTHER, reasons="'x'", remedies="'x'"
    ),
    "ck_decision_refusal_gives_reasons": change("decision", outcome="'REFUSED'", remedies="'x'"),
    "ck_decision_refusal_names_the_remedies": change(
        "decision", outcome="'REFUSED'", reasons="'x'"
    ),
    "ck_due_date_change_due_cause": change("due_date_change", cause=OTHER),
    "ck_application_application_kind": change("application", kind=OTHER),
    "ck_item_version_ban_is_positive": change("item_version", ban_months="0"),
    "ck_item_version_certificate_kind": change("item_version", certificate_kind=OTHER),
    "ck_item_version_inspectors_are_two_at_least": change("item_version", fewest_inspectors="1"),
    "ck_item_version_quota_is_positive": change("item_version", quota="0"),
    "ck_item_version_renewal_unit": change("item_version", renewal_unit=OTHER),
    "ck_item_version_renewal_window_is_in_order": change(
        "item_version", renewal_window="3", renewal_opens="2"
    ),
    "ck_material_requirement_situation": change("material_requirement", situation=OTHER),
    "ck_item_version_clock_start": change("item_version", clock_start=OTHER),
    "ck_item_version_promise_within_statutory": change("item_version", promised_limit="99"),
    "ck_item_version_promised_limit_is_not_negative": change("item_version", promised_limit="-1"),
    "ck_item_version_promised_unit": change("item_version", promised_unit=OTHER),
    "ck_item_version_published_version_has_its_day": change("item_version", published_on="NULL"),
    "ck_item_version_publisher_is_not_the_drafter": change(
        "item_version", published_by_id="drafted_by_id"
    ),
    "ck_item_version_statutory_limit_is_not_negative": change(
        "item_version", statutory_limit="-1", promised_limit="NULL"
    ),
    "ck_item_version_statutory_unit": change("item_version", statutory_unit=OTHER),
    "ck_item_version_validity_is_positive": change("item_version", certificate_months="0"),
    "ck_item_version_version_status": change("item_version", status=OTHER),
    "ck_item_version_warning_days_are_not_negative": change("item_version", warning_days="-1"),
    "ck_licence_item_handling_mode": change("licence_item", handling_mode=OTHER),
    "ck_licence_item_handling_type": change("licence_item", handling_type=OTHER),
    "ck_licence_item_imported_item_is_not_offered": change(
        "licence_item", IMPORTED, is_offered="true"
    ),
    "ck_licence_item_item_category": change("licence_item", category=OTHER),
    "ck_licence_item_item_type": change("licence_item", item_type=OTHER),
    "ck_licence_item_origin": change("licence_item", origin=OTHER, is_offered="false"),
    "ck_material_requirement_conditional_material_names_its_case": change(
        "material_requirement", necessity="'CONDITIONAL'"
    ),
    "ck_material_requirement_copies_are_positive": change("material_requirement", copies="0"),
    "ck_material_requirement_necessity": change("material_requirement", necessity=OTHER),
    "ck_number_counter_last_number_is_positive": change("number_counter", last_number="0"),
    "ck_post_assignment_period_is_in_order": change("post_assignment", valid_until=LONG_AGO),
    # What is no duty is no post either: both constraints refuse it.
    "ck_post_duty": change("post", duty=OTHER),
    "ck_post_duty_is_one_of_the_four_posts": change("post", duty="'HEAD'"),
    "ck_role_grant_duty": change("role_grant", duty=OTHER),
    "ck_role_grant_period_is_in_order": change("role_grant", valid_until=LONG_AGO),
    "ck_step_definition_duty": change("step_definition", duty=OTHER),
    "ck_step_definition_limit_is_not_negative": change("step_definition", limit_days="-1"),
    "ck_step_definition_stage_is_not_negative": change("step_definition", stage_number="-1"),
    "ck_submitted_material_copies_are_positive": change("submitted_material", copies="0"),
    "ck_user_account_password_needs_a_username": change(
        "user_account", password_hash="'x'", username="NULL"
    ),
    "ck_user_account_username_is_lower_case": change("user_account", username="'X'"),
    "uq_applicant_kind_identity_number": again("applicant"),
    "uq_application_log_name_external_id": again("application", IMPORTED, number="'X'"),
    "uq_application_number": again("application"),
    "uq_application_step_application_id_sequence": again("application_step"),
    "uq_authority_code": again("authority"),
    "uq_calendar_day_day": again("calendar_day"),
    "uq_calendar_year_year": again("calendar_year"),
    "uq_certificate_application_id": again("certificate", number="'X'", verify_token="'X'"),
    "uq_certificate_number": again(
        "certificate", application_id="application_id + 1", verify_token="'X'"
    ),
    "uq_certificate_verify_token": again(
        "certificate", application_id="application_id + 1", number="'X'"
    ),
    "uq_clock_suspension_one_open": again("clock_suspension", "ended_on IS NULL"),
    "uq_correction_notice_application_id_sequence": again("correction_notice"),
    "uq_deadline_extension_application_id": again("deadline_extension"),
    "uq_decision_application_id": again("decision"),
    "uq_department_code": again("department"),
    "uq_finding_application_id_code": again("finding"),
    "uq_item_version_licence_item_id_version_number": again("item_version", status="'RETIRED'"),
    "uq_item_version_one_published": again("item_version", version_number="2"),
    "uq_item_condition_item_version_id_position": again("item_condition"),
    "uq_licence_item_code": again("licence_item"),
    "uq_material_requirement_item_version_id_position": again("material_requirement"),
    "uq_post_assignment_user_id_post_id_valid_from": again("post_assignment"),
    "uq_post_window_duty_name": again("post"),
    "uq_role_grant_user_id_duty_valid_from": again("role_grant"),
    "uq_service_window_code": again("service_window"),
    "uq_step_definition_item_version_id_position": again("step_definition"),
    "uq_submitted_material_application_id_material_requirement_id": again("submitted_material"),
    "uq_user_account_username": again("user_account"),
}


def _named() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for table in Base.metadata.tables.values():
        kinds = (CheckConstraint, UniqueConstraint)
        found |= {str(c.name): c for c in table.constraints if isinstance(c, kinds)}
        found |= {str(index.name): index for index in table.indexes if index.unique}
    return found


CONSTRAINTS = _named()
FOREIGN_KEYS = [
    pytest.param(key.parent.table, key.parent.name, id=f"{key.parent.table}.{key.parent.name}")
    for table in Base.metadata.tables.values()
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
]


@pytest.fixture
def raw(databases: Any) -> Any:
    """A connection to a database with a row in every table, without its triggers."""
    engine: Engine = databases.fresh(fill_every_table)
    with engine.connect() as connection:
        drop_triggers(connection)
        yield connection


def test_every_constraint_has_its_test() -> None:
    assert set(VIOLATIONS) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", sorted(VIOLATIONS))
def test_the_constraint_refuses_what_breaks_it(raw: Connection, name: str) -> None:
    constraint = CONSTRAINTS[name]
    before = rows_of(raw, constraint.table.name)
    assert before, f"there is no {constraint.table.name}"
    message = _refused(raw, VIOLATIONS[name])
    if raw.dialect.name == "sqlite" and not isinstance(constraint, CheckConstraint):
        # SQLite names the columns of a unique constraint and not its name.
        name = ", ".join(f"{constraint.table.name}.{c.name}" for c in constraint.columns)
    assert name in message
    assert rows_of(raw, constraint.table.name) == before


@pytest.mark.parametrize(("table", "column"), FOREIGN_KEYS)
def test_a_reference_names_a_row_that_exists(raw: Connection, table: Table, column: str) -> None:
    message = _refused(raw, change(table.name, **{column: "-999"}))
    assert "foreign key" in message.lower()
    if raw.dialect.name == "postgresql":
        assert f"fk_{table.name}_{column}" in message


def test_nothing_takes_a_row_away_that_another_names() -> None:
    for table in Base.metadata.tables.values():
        assert {key.ondelete for key in table.foreign_keys} <= {"RESTRICT"}, table.name


@pytest.mark.parametrize("parent", ["application", "item_version", "user_account", "applicant"])
def test_a_row_that_others_name_stays(raw: Connection, parent: str) -> None:
    assert "foreign key" in _refused(raw, f"DELETE FROM {parent}").lower()


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_what_is_required_is_never_missing(raw: Connection, table: str) -> None:
    for column in Base.metadata.tables[table].c:
        # In a file of SQLite the key of a row is filled in where it is missing.
        if not column.nullable and not column.primary_key:
            message = _refused(raw, change(table, **{column.name: "NULL"}))
            assert column.name in message
            assert "not null" in message.lower() or "not-null" in message.lower()


def _refused(connection: Connection, statement: str) -> str:
    with pytest.raises(IntegrityError) as refusal, connection.begin_nested():
        connection.execute(text(statement))
    return str(refusal.value.orig)
