"""What feeds the clock"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

# What a notice asked for and is in came on the day that its material says.
FIRST_DAYS = """
UPDATE correction_notice_line SET came_on = (
    SELECT min(submitted_material.received_on) FROM submitted_material, correction_notice
    WHERE correction_notice.id = correction_notice_line.notice_id
      AND submitted_material.application_id = correction_notice.application_id
      AND submitted_material.material_requirement_id
        = correction_notice_line.material_requirement_id
)
"""

CAUSES = (
    "RECEIVED", "CORRECTION_NOTICE", "RESUBMITTED", "ACCEPTED", "DEEMED_ACCEPTED", "SUSPENDED",
    "RESUMED", "EXTENDED", "DECIDED", "CLOSED", "CALENDAR_CHANGED", "IMPORTED",
    "REVIEW_CONCLUDED", "GREEN_LANE", "DEEMED_RENEWED",
)


def upgrade() -> None:
    with op.batch_alter_table("correction_notice_line") as batch_op:
        batch_op.add_column(
            sa.Column(
                "came_on", sa.Date(), nullable=True,
                comment="first handed in after it was asked for; the acceptance counts from it",
            )
        )
    op.execute(FIRST_DAYS)
    with op.batch_alter_table("correction_notice") as batch_op:
        batch_op.add_column(
            sa.Column(
                "answer", sa.Text(), nullable=False, server_default="",
                comment="what was brought, where no line of the checklist says it",
            )
        )
    with op.batch_alter_table("correction_notice") as batch_op:
        batch_op.alter_column("answer", existing_type=sa.Text(), server_default=None)
    op.create_table(
        "earlier_receipt",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False, comment="the day of its arrival"),
        sa.Column(
            "cause",
            sa.Enum(
                "POST", "OUTAGE", name="earlier_receipt_cause", native_enum=False,
                create_constraint=True, length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "proof", sa.String(length=60), nullable=False,
            comment="postmark, or number in the paper register",
        ),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "proof <> ''", name=op.f("ck_earlier_receipt_earlier_receipt_has_its_proof")
        ),
        sa.CheckConstraint(
            "came_on < entered_on", name=op.f("ck_earlier_receipt_earlier_receipt_is_earlier")
        ),
        sa.CheckConstraint(
            "(confirmed_on IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_earlier_receipt_approval_has_day_and_person"),
        ),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id",
            name=op.f("ck_earlier_receipt_approver_is_not_the_requester"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"],
            name=op.f("fk_earlier_receipt_application_id"), ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user_account.id"],
            name=op.f("fk_earlier_receipt_entered_by_id"), ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"],
            name=op.f("fk_earlier_receipt_confirmed_by_id"), ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_receipt")),
    )
    with op.batch_alter_table("earlier_receipt") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_earlier_receipt_application_id"), ["application_id"], unique=False
        )
    _know_causes(*CAUSES, "RECEIVED_EARLIER")
    for table in SERVED:
        _add_service(table)
    with op.batch_alter_table("decision") as batch_op:
        batch_op.add_column(
            sa.Column(
                "hearing_minutes", sa.Text(), nullable=False, server_default="",
                comment="Art. 48: after a hearing, what the decision takes from its minutes",
            )
        )
    with op.batch_alter_table("decision") as batch_op:
        batch_op.alter_column("hearing_minutes", existing_type=sa.Text(), server_default=None)


# What is served → the day on which a row of before was sent: it was handed over, or shown, then.
SERVED = {"correction_notice": "issued_on", "hearing": "told_on", "interested_party": "told_on"}
WAY = """CASE WHEN (SELECT channel FROM application WHERE application.id = application_id)
    IN ('ONLINE', 'EMAIL') THEN 'ELECTRONIC' ELSE 'IN_PERSON' END"""


def _add_service(table: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.add_column(
            sa.Column(
                "service_way",
                sa.Enum(
                    "IN_PERSON", "POST", "ELECTRONIC", "LEFT", "ANNOUNCEMENT", name="service_way",
                    native_enum=False, create_constraint=False, length=24,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "delivered_on", sa.Date(), nullable=True,
                comment="handed over, signed for, shown, left at the place, or announced",
            )
        )
        batch_op.add_column(
            sa.Column(
                "service_proof", sa.String(length=200), nullable=False, server_default="",
                comment="the signed slip, the postal number, the witness, the announcement",
            )
        )
        batch_op.add_column(
            sa.Column(
                "served_on", sa.Date(), nullable=True,
                comment="its term runs from this day; an announcement counts after thirty days",
            )
        )
        if table != "correction_notice":
            batch_op.add_column(
                sa.Column(
                    "waiver_number", sa.String(length=60), nullable=False, server_default=""
                )
            )
            batch_op.add_column(sa.Column("waiver_paper_on", sa.Date(), nullable=True))
    sent, only = SERVED[table], " AND kind = 'ON_REQUEST'" if table == "hearing" else ""
    op.execute(
        f"UPDATE {table} SET delivered_on = {sent}, served_on = {sent}, "
        f"service_way = {'NULL' if table == 'interested_party' else WAY} "
        f"WHERE {sent} IS NOT NULL{only}"
    )
    op.execute(
        f"UPDATE {table} SET service_way = 'IN_PERSON' "
        "WHERE delivered_on IS NOT NULL AND service_way IS NULL"
    )
    with op.batch_alter_table(table) as batch_op:
        batch_op.create_check_constraint(
            op.f(f"ck_{table}_service_way"),
            sa.text("service_way IN ('IN_PERSON', 'POST', 'ELECTRONIC', 'LEFT', 'ANNOUNCEMENT')"),
        )
        batch_op.create_check_constraint(
            op.f(f"ck_{table}_service_has_its_day_and_way"),
            sa.text(
                "(served_on IS NULL) = (delivered_on IS NULL) "
                "AND (delivered_on IS NULL OR service_way IS NOT NULL)"
            ),
        )
        batch_op.alter_column(
            "service_proof", existing_type=sa.String(length=200), server_default=None
        )
        if table != "correction_notice":
            batch_op.alter_column(
                "waiver_number", existing_type=sa.String(length=60), server_default=None
            )


def _drop_service(table: str) -> None:
    names = ["service_way", "delivered_on", "service_proof", "served_on"]
    if table != "correction_notice":
        names += ["waiver_number", "waiver_paper_on"]
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_service_has_its_day_and_way"), type_="check")
        batch_op.drop_constraint(op.f(f"ck_{table}_service_way"), type_="check")
        for name in names:
            batch_op.drop_column(name)


def _know_causes(*causes: str) -> None:
    listed = ", ".join(f"'{cause}'" for cause in causes)
    with op.batch_alter_table("due_date_change") as batch_op:
        batch_op.drop_constraint(op.f("ck_due_date_change_due_cause"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_due_date_change_due_cause"), sa.text(f"cause IN ({listed})")
        )


def downgrade() -> None:
    with op.batch_alter_table("decision") as batch_op:
        batch_op.drop_column("hearing_minutes")
    for table in SERVED:
        _drop_service(table)
    _know_causes(*CAUSES)
    op.drop_table("earlier_receipt")
    with op.batch_alter_table("correction_notice") as batch_op:
        batch_op.drop_column("answer")
    with op.batch_alter_table("correction_notice_line") as batch_op:
        batch_op.drop_column("came_on")
