"""Days that people type: what has happened is never after today, and a plan never out of reach."""

from sqlalchemy import Date

from models.base import classes

# What may lie ahead: plans, periods, days on which something begins to hold.
PLANS = {
    "absence": {"first_day", "last_day"},
    "applicant_link": {"since", "until"},
    "calendar_day": {"day"},
    "clock_suspension": {"planned_end_on"},
    "department": {"closed_on"},
    "fee_item": {"starts_on", "ends_on"},
    "hearing": {"planned_on"},
    "item_version": {"planned_from", "planned_until"},
    "licence_item": {"ended_on"},
    "post_assignment": {"valid_from", "valid_until"},
    "reassignment": {"effective_on"},
    "role_grant": {"valid_from", "valid_until"},
    "site_inspection": {"planned_on"},
    "supervision_record": {"correct_by_on"},
}
# What has happened: a day to come is refused, each by the rule named.
FACTS = {
    "certificate_change": {"proof_on": "proof-has-its-day"},
    "applicant_identity": {"proof_on": "identity-has-its-proof"},
    "clock_suspension": {"ended_on": "suspension-ends-today"},
    "deadline_extension": {"delegation_on": "day-is-to-come"},
    "termination": {"proof_on": "proof-has-its-day"},
    "withdrawal": {"requested_on": "proof-has-its-day"},
    "correction_notice": {"delivered_on": "service-is-between-its-days"},
    "earlier_receipt": {"came_on": "earlier-receipt-is-earlier"},
    "hearing": {
        "requested_on": "hearing-day-is-today",
        "waived_on": "hearing-day-is-today",
        "held_on": "hearing-day-is-today",
        "minutes_signed_on": "hearing-day-is-today",
        "delivered_on": "service-is-between-its-days",
        "waiver_paper_on": "waiver-is-of-another-day",
    },
    "interested_party": {
        "told_on": "hearing-day-is-today",
        "delivered_on": "service-is-between-its-days",
        "waiver_paper_on": "waiver-is-of-another-day",
    },
    "reassignment": {"done_on": "reassignment-is-not-due"},
    "rectification": {"contacted_on": "day-is-today"},
    "supervision_record": {
        "visited_on": "visit-is-in-the-future",
        "corrected_on": "day-is-today",
        "signed_on": "day-is-today",
    },
}


def test_every_typed_day_is_a_plan_or_has_happened() -> None:
    """Whoever adds such a column says which it is, and by what rule a day to come is refused."""
    typed = {
        (table, column.name)
        for table, kind in classes().items()
        for column in kind.__table__.columns
        if isinstance(column.type, Date)
        and kind.policy.writers
        and column.name not in (*kind.policy.derived, *kind.policy.signed)
    }
    told = {(table, column) for rows in (PLANS, FACTS) for table in rows for column in rows[table]}
    assert typed == told
