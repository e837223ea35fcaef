"""Each constraint of the schema refuses the row that it names, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Connection, Table, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError

from models import Base
from models.triggers import drop_triggers
from tests.databases import rows_of
from tests.statements import again, change, fill_every_table
from views.judging import violation_of

pytestmark = pytest.mark.mainly("both")

LONG_AGO, OTHER = "'2000-01-01'", "'NOWHERE'"
IMPORTED, NATIVE = "origin = 'IMPORTED'", "origin = 'NATIVE'"
CONFIRMED = "confirmed_by_id IS NOT NULL"
OPEN_CASE, WAITING = "closed_on IS NULL", "status = 'WAITING'"

BOTH_ANSWERS = {
    "approved_on": "proposed_on", "approved_by_id": "proposed_by_id + 1",
    "rejected_on": "proposed_on", "rejected_by_id": "proposed_by_id + 1",
}  # fmt: skip

# Constraint → a statement that breaks it and no other.
VIOLATIONS: dict[str, str] = {
    "ck_application_conclusion_names_its_recorder": change(
        "application", review_concluded_on=LONG_AGO
    ),
    "ck_calendar_revision_cases_changed_is_not_negative": change(
        "calendar_revision", cases_changed="-1"
    ),
    "ck_calendar_revision_progress_is_not_negative": change("calendar_revision", next_case_id="-1"),
    "ck_green_lane_approval_has_day_and_person": change("green_lane", approved_on="NULL"),
    "ck_green_lane_approver_is_not_the_requester": change(
        "green_lane", requested_by_id="approved_by_id"
    ),
    "ck_green_lane_green_lane_gives_its_reason": change("green_lane", reason="''"),
    "ck_earlier_receipt_approval_has_day_and_person": change(
        "earlier_receipt", confirmed_on="NULL"
    ),
    "ck_earlier_receipt_approver_is_not_the_requester": change(
        "earlier_receipt", entered_by_id="confirmed_by_id"
    ),
    "ck_earlier_receipt_earlier_receipt_cause": change("earlier_receipt", cause=OTHER),
    "ck_earlier_receipt_earlier_receipt_has_its_proof": change("earlier_receipt", proof="''"),
    "ck_earlier_receipt_earlier_receipt_is_earlier": change(
        "earlier_receipt", came_on="entered_on"
    ),
    "ck_correction_notice_service_has_its_day_and_way": change(
        "correction_notice", served_on=LONG_AGO, delivered_on="NULL"
    ),
    "ck_correction_notice_service_way": change("correction_notice", service_way=OTHER),
    "ck_hearing_service_has_its_day_and_way": change(
        "hearing", served_on=LONG_AGO, delivered_on="NULL"
    ),
    "ck_hearing_service_way": change("hearing", service_way=OTHER),
    "ck_interested_party_service_has_its_day_and_way": change(
        "interested_party", served_on=LONG_AGO, delivered_on="NULL"
    ),
    "ck_interested_party_service_way": change("interested_party", service_way=OTHER),
    "ck_item_version_delivery_is_within_ten_days": change("item_version", delivery_limit="11"),
    "ck_warning_warning_kind": change("warning", kind=OTHER),
    "uq_daily_run_day": again("daily_run"),
    "uq_green_lane_application_id": again("green_lane"),
    "uq_warning_application_id_kind_due_on": again("warning"),
    "ck_applicant_applicant_kind": change("applicant", kind=OTHER),
    "ck_applicant_number_has_18_characters": change("applicant", identity_number="'1'"),
    "ck_applicant_identity_kind": change("applicant", identity_kind=OTHER),
    "ck_applicant_number_says_of_what_it_is": change("applicant", identity_kind="NULL"),
    "ck_applicant_identity_identity_change": change("applicant_identity", CONFIRMED, change=OTHER),
    "ck_applicant_identity_identity_kind": change("applicant_identity", identity_kind=OTHER),
    "ck_applicant_identity_number_says_of_what_it_is": change(
        "applicant_identity", identity_number="NULL"
    ),
    "ck_applicant_identity_identity_has_its_proof": change(
        "applicant_identity", CONFIRMED, proof="''"
    ),
    "ck_applicant_identity_confirmer_is_not_the_proposer": change(
        "applicant_identity", CONFIRMED, confirmed_by_id="proposed_by_id"
    ),
    "ck_applicant_identity_confirmation_has_its_person": change(
        "applicant_identity", CONFIRMED, confirmed_by_id="NULL"
    ),
    "ck_applicant_identity_rejection_has_day_and_person": change(
        "applicant_identity", "rejected_on IS NOT NULL", rejected_by_id="NULL"
    ),
    "ck_applicant_identity_proposal_has_one_answer": change(
        "applicant_identity", CONFIRMED, rejected_on="confirmed_on", rejected_by_id="1"
    ),
    "uq_applicant_identity_of_one_applicant": again("applicant_identity"),
    "uq_applicant_identity_one_proposal": again(
        "applicant_identity", "confirmed_on IS NULL AND rejected_on IS NULL"
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
    "ck_calendar_notice_approval_has_day_and_person": change(
        "calendar_notice", "rejected_on IS NULL", confirmed_on=LONG_AGO, confirmed_by_id="NULL"
    ),
    "ck_calendar_notice_rejection_has_day_and_person": change(
        "calendar_notice", "confirmed_on IS NULL", rejected_on=LONG_AGO
    ),
    "ck_calendar_notice_proposal_has_one_answer": change(
        "calendar_notice",
        "confirmed_on IS NOT NULL",
        rejected_on="confirmed_on",
        rejected_by_id="confirmed_by_id",
    ),
    "ck_calendar_notice_approver_is_not_the_proposer": change(
        "calendar_notice", "confirmed_on IS NOT NULL", proposed_by_id="confirmed_by_id"
    ),
    "ck_calendar_year_year_is_in_range": change("calendar_year", year="1900"),
    "ck_certificate_certificate_kind": change("certificate", kind=OTHER),
    "ck_certificate_editions_begin_at_one": change("certificate", edition="0"),
    "ck_certificate_change_certificate_change_kind": change("certificate_change", kind=OTHER),
    "ck_certificate_change_certificate_ground": change("certificate_change", ground=OTHER),
    "ck_certificate_change_approval_has_day_and_person": change(
        "certificate_change", approved_by_id="NULL"
    ),
    "ck_certificate_change_rejection_has_day_and_person": change(
        "certificate_change", "approved_on IS NULL", rejected_on="proposed_on"
    ),
    "ck_certificate_change_proposal_has_one_answer": change(
        "certificate_change", rejected_on="approved_on", rejected_by_id="approved_by_id"
    ),
    "ck_certificate_change_approver_is_not_the_proposer": change(
        "certificate_change", approved_by_id="proposed_by_id"
    ),
    "ck_certificate_change_change_takes_effect_when_approved": change(
        "certificate_change", effective_on="NULL"
    ),
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
    "ck_application_agent_has_a_name": change("application", agent_phone="'x'"),
    "ck_application_ban_ban_cause": change("application_ban", cause=OTHER),
    "ck_application_ban_ban_is_in_order": change("application_ban", ends_on=LONG_AGO),
    "ck_correction_notice_second_notice_gives_its_reason": change(
        "correction_notice", "sequence = 2", reason="''"
    ),
    "ck_correction_notice_second_notice_waits_for_approval": change(
        "correction_notice", "sequence = 2", issued_on="'2025-03-03'"
    ),
    "ck_decision_false_materials_mean_refusal": change(
        "decision", "outcome = 'GRANTED'", false_materials="true"
    ),
    "ck_first_contact_handover_handover_gives_its_reason": change(
        "first_contact_handover", reason="''"
    ),
    "ck_first_contact_handover_handover_is_to_another": change(
        "first_contact_handover", to_user_id="from_user_id"
    ),
    "ck_applicant_correction_correction_gives_its_reason": change(
        "applicant_correction", reason="''"
    ),
    "ck_applicant_correction_correction_names_another": change(
        "applicant_correction", to_applicant_id="from_applicant_id"
    ),
    "ck_intake_answer_answer_gives_its_reasons": change(
        "intake_answer", result="'NO_PERMIT_NEEDED'", is_deemed="false"
    ),
    "ck_intake_answer_intake_result": change(
        "intake_answer", result=OTHER, reasons="'x'", is_deemed="false"
    ),
    "ck_intake_answer_not_competent_names_the_organ": change(
        "intake_answer", result="'NOT_COMPETENT'", reasons="'x'", is_deemed="false"
    ),
    "ck_intake_answer_only_an_acceptance_is_deemed": change(
        "intake_answer", "result = 'INCOMPLETE'", is_deemed="true"
    ),
    "ck_pre_guidance_application_kind": change("pre_guidance", kind=OTHER),
    "ck_pre_guidance_channel": change("pre_guidance", channel=OTHER),
    "ck_pre_guidance_guidance_outcome": change("pre_guidance", outcome=OTHER),
    "ck_pre_guidance_not_competent_names_the_organ": change(
        "pre_guidance", outcome="'NOT_COMPETENT'"
    ),
    "uq_correction_notice_line_notice_id_material_requirement_id": again("correction_notice_line"),
    "uq_intake_answer_number": again("intake_answer"),
    "uq_pre_guidance_material_once": again("pre_guidance_material"),
    "ck_correction_notice_notice_says_what_is_missing": change("correction_notice", missing="''"),
    "ck_deadline_extension_approval_has_day_and_person": change(
        "deadline_extension", approved_on="NULL"
    ),
    "ck_deadline_extension_delegation_has_its_number_and_day": change(
        "deadline_extension", delegation_number="'1'"
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
    "ck_fee_charge_charge_counts_something": change("fee_charge", quantity="0"),
    "ck_fee_charge_payment_has_its_receipt": change("fee_charge", receipt_number="NULL"),
    "ck_fee_item_basis_level": change("fee_item", basis_level=OTHER),
    "ck_fee_item_fee_is_positive": change("fee_item", amount_fen="0"),
    "ck_fee_item_fee_period_is_in_order": change("fee_item", ends_on=LONG_AGO),
    "ck_fee_item_reduction_names_its_basis": change("fee_item", reduction="'x'"),
    "ck_former_step_limit_is_not_negative": change("former_step", limit_days="-1"),
    "ck_item_version_exercising_level": change("item_version", exercising_level=OTHER),
    "ck_item_version_online_depth": change("item_version", online_depth=OTHER),
    "ck_item_version_planned_days_are_in_order": change(
        "item_version", planned_from="'2025-01-02'", planned_until="'2025-01-01'"
    ),
    "ck_item_version_power_source": change("item_version", power_source=OTHER),
    "ck_item_version_service_object": change("item_version", service_object=OTHER),
    "ck_item_version_visits_are_not_negative": change("item_version", visits_needed="-1"),
    "ck_licence_item_delegated_item_is_delegable": change("licence_item", is_delegated="true"),
    "ck_licence_item_entrusted_power_is_not_passed_on": change(
        "licence_item", is_delegable="true", entrusted_by="'x'"
    ),
    "ck_material_requirement_material_form": change("material_requirement", form=OTHER),
    "ck_material_requirement_material_source": change("material_requirement", source=OTHER),
    "ck_material_requirement_material_type": change("material_requirement", material_type=OTHER),
    "ck_source_note_source_tag": change("source_note", tag=OTHER),
    "ck_source_note_verification_has_its_day": change("source_note", verified_on="NULL"),
    "ck_template_step_duty": change("template_step", duty=OTHER),
    "uq_fee_charge_receipt_number": again("fee_charge"),
    "uq_fee_item_item_version_id_position": again("fee_item"),
    "uq_former_step_licence_item_id_position": again("former_step"),
    "uq_item_question_item_version_id_position": again("item_question"),
    "uq_source_note_item_version_id_position": again("source_note"),
    "uq_step_template_code": again("step_template"),
    "uq_template_step_step_template_id_position": again("template_step"),
    # review, hearing, recusal and the ends of a case
    "ck_applicant_link_link_kind": change("applicant_link", relation=OTHER),
    "ck_applicant_link_period_is_in_order": change("applicant_link", until=LONG_AGO),
    "ck_forwarding_forwarding_says_all_of_it": change("forwarding", to_organ="''"),
    "ck_hearing_hearing_is_asked_for_or_waived": change(
        "hearing", requested_on="told_on", waived_on="told_on"
    ),
    "ck_hearing_hearing_kind": change("hearing", kind=OTHER),
    "ck_hearing_held_hearing_has_its_minutes": change("hearing", held_on="told_on"),
    "ck_interested_party_answer_is_asked_for": change(
        "interested_party", answer_due_on="'2025-03-10'"
    ),
    "ck_interested_party_statement_has_its_day": change("interested_party", statement="'x'"),
    "ck_site_inspection_inspection_ends_with_its_result": change("site_inspection", passes="true"),
    "ck_termination_termination_gives_reasons": change("termination", reasons="''"),
    "ck_termination_termination_ground": change("termination", ground=OTHER),
    "uq_applicant_link_user_id_applicant_id_since": again("applicant_link"),
    "uq_condition_verdict_application_id_item_condition_id": again("condition_verdict"),
    "uq_forwarding_application_id": again("forwarding"),
    "uq_hearing_application_id_kind": again("hearing"),
    "uq_interested_party_application_id_name": again("interested_party"),
    "uq_site_inspection_one_open": again("site_inspection"),
    "uq_site_inspector_inspection_id_user_id": again("site_inspector"),
    "uq_termination_one_stands": again("termination", "rejected_on IS NULL"),
    "ck_termination_approval_has_day_and_person": change("termination", approved_by_id="NULL"),
    "ck_termination_rejection_has_day_and_person": change(
        "termination", approved_on="NULL", approved_by_id="NULL", rejected_on="proposed_on"
    ),
    "ck_termination_proposal_has_one_answer": change(
        "termination", rejected_on="approved_on", rejected_by_id="approved_by_id"
    ),
    "ck_termination_approver_is_not_the_proposer": change(
        "termination", approved_by_id="proposed_by_id"
    ),
    "ck_termination_approved_termination_ends_it": change("termination", terminated_on="NULL"),
    "uq_withdrawal_one_stands": again("withdrawal", "rejected_on IS NULL"),
    "ck_withdrawal_withdrawal_names_its_request": change("withdrawal", document_number="''"),
    "ck_withdrawal_channel": change("withdrawal", came_by=OTHER),
    "ck_withdrawal_approval_has_day_and_person": change(
        "withdrawal", approved_by_id="proposed_by_id + 1"
    ),
    "ck_withdrawal_rejection_has_day_and_person": change("withdrawal", rejected_on="proposed_on"),
    "ck_withdrawal_proposal_has_one_answer": change("withdrawal", **BOTH_ANSWERS),
    "ck_withdrawal_approver_is_not_the_proposer": change(
        "withdrawal", approved_on="proposed_on", approved_by_id="proposed_by_id"
    ),
    "ck_withdrawal_approved_withdrawal_ends_it": change(
        "withdrawal",
        withdrawn_on="NULL",
        approved_on="proposed_on",
        approved_by_id="proposed_by_id + 1",
    ),
    "ck_certificate_change_proof_has_its_number_and_day": change(
        "certificate_change", proof_number="'1'"
    ),
    "ck_absence_absence_reason": change("absence", reason=OTHER),
    "ck_absence_period_is_in_order": change("absence", last_day=LONG_AGO),
    "ck_absence_substitute_is_another": change("absence", substitute_id="user_id"),
    "ck_complaint_channel": change("complaint", channel=OTHER),
    "ck_complaint_complaint_is_handled_within_sixty_days": change("complaint", handling_days="61"),
    "ck_complaint_complaint_says_what_happened": change("complaint", text="''"),
    "ck_complaint_outcome_has_its_day": change("complaint", outcome="''"),
    "ck_complaint_outcome_has_its_handler": change("complaint", handler_id="NULL"),
    "ck_reassignment_line_line_outcome": change("reassignment_line", outcome=OTHER, code="''"),
    "ck_reassignment_line_refused_line_has_its_code": change("reassignment_line", code="''"),
    "ck_reassignment_reassignment_gives_its_reason": change("reassignment", reason="''"),
    "ck_reassignment_reassignment_is_to_another": change("reassignment", to_user_id="from_user_id"),
    "ck_reassignment_reassignment_waits_for_its_day": change("reassignment", done_on=LONG_AGO),
    "ck_rectification_contact_has_its_person": change("rectification", handler_id="NULL"),
    "ck_rectification_contact_precedes_the_result": change(
        "rectification", contacted_on="NULL", handler_id="NULL"
    ),
    "ck_rectification_result_has_its_day": change("rectification", result="''"),
    "ck_referral_handling_has_its_day": change("referral", outcome="'x'"),
    "ck_referral_referral_direction": change("referral", direction=OTHER),
    "ck_referral_referral_names_the_organ": change("referral", organ="''"),
    "ck_referral_referral_states_the_facts": change("referral", facts="''"),
    "ck_saved_view_shared_with": change("saved_view", shared_with=OTHER),
    "ck_saved_view_view_has_a_name": change("saved_view", name="''"),
    "ck_saved_view_view_has_its_place": change("saved_view", position="0"),
    "uq_saved_view_owner_id_list_name_name": again("saved_view"),
    "ck_service_rating_channel": change("service_rating", channel=OTHER),
    "ck_service_rating_rating_level": change("service_rating", level=OTHER),
    "ck_supervision_order_answer_has_its_day": change("supervision_order", answer="''"),
    "ck_supervision_order_closed_order_is_answered": change(
        "supervision_order", answer="''", answered_on="NULL"
    ),
    "ck_supervision_order_closing_has_day_and_person": change(
        "supervision_order", accepted_by_id="NULL"
    ),
    "ck_supervision_order_order_is_answered_within_fifteen_days": change(
        "supervision_order", answer_days="16"
    ),
    "ck_supervision_order_order_kind": change("supervision_order", kind=OTHER),
    "ck_supervision_order_order_says_what_to_do": change("supervision_order", text="''"),
    "ck_supervision_order_returns_are_counted": change("supervision_order", returned_count="-1"),
    "ck_supervision_record_check_kind": change("supervision_record", kind=OTHER),
    "ck_supervision_record_check_result": change("supervision_record", result=OTHER),
    "ck_supervision_record_correction_has_its_limit": change(
        "supervision_record", result="'TO_BE_CORRECTED'"
    ),
    "ck_supervision_record_only_what_is_ordered_is_corrected": change(
        "supervision_record", corrected_on="'2025-03-03'"
    ),
    "ck_supervision_record_record_says_what_was_found": change("supervision_record", findings="''"),
    "uq_reassignment_line_reassignment_id_application_step_id": again("reassignment_line"),
    "uq_rectification_rating_id": again("rectification"),
    "uq_service_rating_application_id_is_follow_up": again("service_rating"),
    "uq_supervision_inspector_record_id_user_id": again("supervision_inspector"),
    "uq_applicant_identity_kind_identity_number": again("applicant"),
    "uq_application_log_name_external_id": again("application", IMPORTED, number="'X'"),
    "uq_application_number": again("application"),
    "uq_application_step_application_id_sequence": again("application_step"),
    "uq_authority_code": again("authority"),
    "uq_calendar_day_day": again("calendar_day"),
    "uq_calendar_notice_one_proposal": again("calendar_notice", "confirmed_on IS NULL"),
    "uq_calendar_notice_day_notice_id_day": again("calendar_notice_day"),
    "uq_calendar_year_year": again("calendar_year"),
    "uq_certificate_application_id": again("certificate", number="'X'", verify_token="'X'"),
    "uq_certificate_number_edition": again(
        "certificate", application_id="application_id + 1", verify_token="'X'"
    ),
    "uq_certificate_verify_token": again(
        "certificate", application_id="application_id + 1", number="'X'"
    ),
    "uq_certificate_change_one_proposal": again("certificate_change", "effective_on IS NULL"),
    "uq_application_one_about_a_certificate": again(
        "application", "prior_certificate_id IS NOT NULL", number="'X'"
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


@pytest.fixture(scope="module")
def opened_once() -> Iterator[dict[Any, Connection]]:
    """The connections that the tests share: what is refused changes nothing."""
    connections: dict[Any, Connection] = {}
    yield connections
    for connection in connections.values():
        connection.close()


@pytest.fixture
def raw(databases: Any, opened_once: dict[Any, Connection]) -> Connection:
    """A connection to a database with a row in every table, without its triggers."""
    if databases not in opened_once:
        connection = opened_once[databases] = databases.fresh(fill_every_table).connect()
        drop_triggers(connection)
    return opened_once[databases]


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


@pytest.mark.mainly("postgresql")
@pytest.mark.parametrize(("table", "column"), FOREIGN_KEYS)
def test_a_reference_names_a_row_that_exists(raw: Connection, table: Table, column: str) -> None:
    beside = {"approved_on": "proposed_on"} if column == "approved_by_id" else {}
    has_its_day = table.name == "withdrawal"  # the only row that nobody has answered
    message = _refused(raw, change(table.name, **{column: "-999"}, **beside if has_its_day else {}))
    assert "foreign key" in message.lower()
    if raw.dialect.name == "postgresql":
        assert f"fk_{table.name}_{column}" in message


def test_nothing_takes_a_row_away_that_another_names() -> None:
    for table in Base.metadata.tables.values():
        assert {key.ondelete for key in table.foreign_keys} <= {"RESTRICT"}, table.name


@pytest.mark.parametrize("parent", ["application", "item_version", "user_account", "applicant"])
def test_a_row_that_others_name_stays(raw: Connection, parent: str) -> None:
    with pytest.raises(IntegrityError) as refusal, raw.begin_nested():
        raw.execute(text(f"DELETE FROM {parent}"))
    assert "foreign key" in str(refusal.value.orig).lower()
    assert violation_of(refusal.value).code == "still-referred-to"


@pytest.mark.mainly("postgresql")
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
