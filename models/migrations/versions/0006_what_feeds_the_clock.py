"""What feeds the clock"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
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


def downgrade() -> None:
    with op.batch_alter_table("correction_notice") as batch_op:
        batch_op.drop_column("answer")
    with op.batch_alter_table("correction_notice_line") as batch_op:
        batch_op.drop_column("came_on")
