"""The board and the figures find what they ask"""

from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# Index → its table, the columns of before (none: it is new) and of now.
INDEXES = {
    "ix_application_step_done": (
        "application_step",
        ["done_on"],
        ["done_on", "application_id", "officer_id", "duty", "due_on", "opened_on", "step_definition_id"],
    ),
    "ix_application_decided": (
        "application",
        ["decided_on"],
        ["decided_on", "decision_due_on", "licence_item_id", "channel", "is_green_lane", "statutory_due_on"],
    ),
    "ix_application_received": ("application", [], ["received_on", "is_green_lane"]),
}


def upgrade() -> None:
    for name, (table, before, now) in INDEXES.items():
        if before:
            op.drop_index(name, table_name=table)
        op.create_index(name, table, now)


def downgrade() -> None:
    for name, (table, before, _now) in INDEXES.items():
        op.drop_index(name, table_name=table)
        if before:
            op.create_index(name, table, before)
