"""A leader of the organ, a committee, and a delegation"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

BEFORE = (
    "GUIDANCE", "ACCEPTANCE", "REVIEW", "DECISION", "HEAD", "SUPERVISION", "CATALOGUE", "SYSTEM",
    "SECURITY", "AUDIT", "APPLICANT",
)
NOW = (*BEFORE[:5], "LEADER", "SUPERVISION", "COMMITTEE", *BEFORE[6:])

# Table → the column that names a duty, and the constraint that knows them.
DUTIES = {
    "role_grant": ("duty", "duty"),
    "post": ("duty", "duty"),
    "step_definition": ("duty", "duty"),
    "template_step": ("duty", "duty"),
    "application_step": ("duty", "duty"),
    "saved_view": ("shared_with", "shared_with"),
}
DELEGATION = "ck_deadline_extension_delegation_has_its_number_and_day"


def _know(duties: tuple[str, ...]) -> None:
    named = ", ".join(f"'{duty}'" for duty in duties)
    for table, (column, name) in DUTIES.items():
        constraint = op.f(f"ck_{table}_{name}")
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(constraint, type_="check")
            batch.create_check_constraint(constraint, f"{column} IN ({named})")


def upgrade() -> None:
    _know(NOW)
    with op.batch_alter_table("deadline_extension") as batch:
        batch.add_column(
            sa.Column("delegation_number", sa.String(60), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("delegation_on", sa.Date(), nullable=True))
    with op.batch_alter_table("deadline_extension") as batch:
        batch.alter_column("delegation_number", server_default=None)
        batch.create_check_constraint(
            op.f(DELEGATION), "(delegation_number <> '') = (delegation_on IS NOT NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("deadline_extension") as batch:
        batch.drop_constraint(op.f(DELEGATION), type_="check")
        batch.drop_column("delegation_on")
        batch.drop_column("delegation_number")
    _know(BEFORE)
