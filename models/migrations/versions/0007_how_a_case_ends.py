"""How a case ends, and who stands behind it"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

STANDS = sa.text("rejected_on IS NULL")
OF_CERTIFICATES = (
    "ABUSE_OF_POWER", "ULTRA_VIRES", "PROCEDURE_BROKEN", "UNQUALIFIED_APPLICANT",
    "FRAUD_OR_BRIBERY", "LAW_CHANGED", "CIRCUMSTANCES_CHANGED", "SERIOUS_VIOLATION",
    "CONDITIONS_NOT_KEPT", "CAUSE_REMOVED", "EXPIRED_NOT_RENEWED", "PERSON_DEAD_OR_INCAPABLE",
    "LEGAL_PERSON_ENDED", "PERMIT_ENDED", "FORCE_MAJEURE", "NEW_EDITION", "VALIDITY_ENDED",
    "OTHER_LAWFUL",
)
OF_ENDS = ("APPLICANT_ENDED", "LAW_CHANGED", "IMPOSSIBLE", "OTHER")
CHECKS = {
    "certificate_change": "ck_certificate_change_certificate_ground",
    "termination": "ck_termination_termination_ground",
}
PEOPLE = ("approved_by_id", "rejected_by_id")
ANSWERS = {
    "approval_has_day_and_person": "(approved_on IS NULL) = (approved_by_id IS NULL)",
    "rejection_has_day_and_person": "rejected_on IS NULL OR rejected_by_id IS NOT NULL",
    "proposal_has_one_answer": "approved_on IS NULL OR rejected_on IS NULL",
    "approver_is_not_the_proposer": "approved_by_id <> proposed_by_id",
    "approved_termination_ends_it": "approved_on IS NULL OR terminated_on IS NOT NULL",
}
EFFECT = "ck_certificate_change_change_takes_effect_when_approved"
PROOF = "ck_certificate_change_proof_has_its_number_and_day"
BEFORE = (
    "(effective_on IS NOT NULL) = "
    "(approved_on IS NOT NULL OR kind IN ('CANCEL', 'SUPERSEDE', 'EXPIRE'))"
)
NOW = (
    "(effective_on IS NOT NULL) ="
    " (approved_on IS NOT NULL OR kind IN ('SUPERSEDE', 'EXPIRE'))"
    " OR (kind = 'CANCEL' AND approved_on IS NULL)"
)


def _know(table: str, grounds: tuple[str, ...]) -> None:
    name = op.f(CHECKS[table])
    named = ", ".join(f"'{ground}'" for ground in grounds)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"ground IN ({named})")


def _text(name: str, kind: sa.types.TypeEngine[str]) -> sa.Column[str]:
    return sa.Column(name, kind, nullable=False, server_default="")


def _forget_defaults(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column, server_default=None)


def _rename(old: str, new: str) -> None:
    """Who ended a case is who proposed it: one person, before there was a second."""
    with op.batch_alter_table("termination") as batch:
        batch.drop_constraint(op.f(f"fk_termination_{old}"), type_="foreignkey")
        batch.alter_column(old, new_column_name=new)
    with op.batch_alter_table("termination") as batch:
        batch.create_foreign_key(
            op.f(f"fk_termination_{new}"), "user_account", [new], ["id"], ondelete="RESTRICT"
        )


def upgrade() -> None:
    _know("certificate_change", (*OF_CERTIFICATES[:15], "HOLDER_REQUEST", *OF_CERTIFICATES[15:]))
    _know("termination", (*OF_ENDS, "OBJECT_CEASED"))
    op.execute("UPDATE termination SET ground = 'OBJECT_CEASED' WHERE ground = 'IMPOSSIBLE'")
    _know("termination", ("APPLICANT_ENDED", "OBJECT_CEASED", "NOT_FOUND", "LAW_CHANGED", "OTHER"))
    _rename("terminated_by_id", "proposed_by_id")
    with op.batch_alter_table("termination") as batch:
        for name in ("legal_basis", "remedies", "rejection_reason"):
            batch.add_column(_text(name, sa.Text()))
        batch.add_column(_text("proof_number", sa.String(60)))
        for name in ("proof_on", "proposed_on", "approved_on", "rejected_on"):
            batch.add_column(sa.Column(name, sa.Date(), nullable=True))
        for name in PEOPLE:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch.alter_column("terminated_on", existing_type=sa.Date(), nullable=True)
        batch.drop_constraint(op.f("uq_termination_application_id"), type_="unique")
    op.execute("UPDATE termination SET proposed_on = terminated_on")
    with op.batch_alter_table("termination") as batch:
        batch.alter_column("proposed_on", existing_type=sa.Date(), nullable=False)
        for name in PEOPLE:
            batch.create_foreign_key(
                op.f(f"fk_termination_{name}"), "user_account", [name], ["id"], ondelete="RESTRICT"
            )
        for name, sql in ANSWERS.items():
            batch.create_check_constraint(op.f(f"ck_termination_{name}"), sql)
    op.create_index(
        "uq_termination_one_stands", "termination", ["application_id"], unique=True,
        sqlite_where=STANDS, postgresql_where=STANDS,
    )
    _forget_defaults("termination", "legal_basis", "remedies", "rejection_reason", "proof_number")

    with op.batch_alter_table("certificate_change") as batch:
        batch.add_column(_text("proof_number", sa.String(60)))
        batch.add_column(_text("rejection_reason", sa.Text()))
        batch.add_column(sa.Column("proof_on", sa.Date(), nullable=True))
        batch.drop_constraint(op.f(EFFECT), type_="check")
    with op.batch_alter_table("certificate_change") as batch:
        batch.create_check_constraint(op.f(EFFECT), NOW)
        batch.create_check_constraint(
            op.f(PROOF), "(proof_number <> '') = (proof_on IS NOT NULL)"
        )
    _forget_defaults("certificate_change", "proof_number", "rejection_reason")

    op.create_table('withdrawal',
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('document_number', sa.String(length=60), nullable=False),
    sa.Column('requested_on', sa.Date(), nullable=False),
    sa.Column('came_by', sa.Enum('WINDOW', 'ONLINE', 'POST', 'EMAIL', 'INTERNAL', name='channel', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('rejected_on', sa.Date(), nullable=True),
    sa.Column('rejected_by_id', sa.Integer(), nullable=True),
    sa.Column('rejection_reason', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("document_number <> ''", name=op.f('ck_withdrawal_withdrawal_names_its_request')),
    sa.CheckConstraint('(approved_on IS NULL) = (approved_by_id IS NULL)', name=op.f('ck_withdrawal_approval_has_day_and_person')),
    sa.CheckConstraint('approved_by_id <> proposed_by_id', name=op.f('ck_withdrawal_approver_is_not_the_proposer')),
    sa.CheckConstraint('approved_on IS NULL OR rejected_on IS NULL', name=op.f('ck_withdrawal_proposal_has_one_answer')),
    sa.CheckConstraint('approved_on IS NULL OR withdrawn_on IS NOT NULL', name=op.f('ck_withdrawal_approved_withdrawal_ends_it')),
    sa.CheckConstraint('rejected_on IS NULL OR rejected_by_id IS NOT NULL', name=op.f('ck_withdrawal_rejection_has_day_and_person')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_withdrawal_application_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['approved_by_id'], ['user_account.id'], name=op.f('fk_withdrawal_approved_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user_account.id'], name=op.f('fk_withdrawal_proposed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['rejected_by_id'], ['user_account.id'], name=op.f('fk_withdrawal_rejected_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_withdrawal'))
    )
    op.create_index(
        'uq_withdrawal_one_stands', 'withdrawal', ['application_id'], unique=True,
        sqlite_where=STANDS, postgresql_where=STANDS,
    )


def downgrade() -> None:
    """Back to one person for each end. Raises IntegrityError where something waits, was turned
    down, or rests on a ground of this release: the older one cannot say it."""
    op.drop_index("uq_withdrawal_one_stands", table_name="withdrawal")
    op.drop_table("withdrawal")

    with op.batch_alter_table("certificate_change") as batch:
        batch.drop_constraint(op.f(EFFECT), type_="check")
        batch.drop_constraint(op.f(PROOF), type_="check")
    with op.batch_alter_table("certificate_change") as batch:
        batch.create_check_constraint(op.f(EFFECT), BEFORE)
        for name in ("proof_number", "proof_on", "rejection_reason"):
            batch.drop_column(name)

    op.drop_index("uq_termination_one_stands", table_name="termination")
    with op.batch_alter_table("termination") as batch:
        for name in ANSWERS:
            batch.drop_constraint(op.f(f"ck_termination_{name}"), type_="check")
        for name in PEOPLE:
            batch.drop_constraint(op.f(f"fk_termination_{name}"), type_="foreignkey")
    with op.batch_alter_table("termination") as batch:
        for name in (
            "legal_basis", "remedies", "rejection_reason", "proof_number", "proof_on",
            "proposed_on", "approved_on", "rejected_on", *PEOPLE,
        ):
            batch.drop_column(name)
        batch.alter_column("terminated_on", existing_type=sa.Date(), nullable=False)
        batch.create_unique_constraint(op.f("uq_termination_application_id"), ["application_id"])
    _rename("proposed_by_id", "terminated_by_id")
    _know("termination", (*OF_ENDS, "OBJECT_CEASED"))
    op.execute("UPDATE termination SET ground = 'IMPOSSIBLE' WHERE ground = 'OBJECT_CEASED'")
    _know("termination", OF_ENDS)
    _know("certificate_change", OF_CERTIFICATES)
