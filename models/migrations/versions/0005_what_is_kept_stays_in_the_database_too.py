"""What is kept stays in the database, too"""

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No table changes. A database of before stands at 0004 and asks for `onewindow upgrade`,
    and the environment then makes the triggers anew: those that keep rows among them."""


def downgrade() -> None:
    """The triggers of an older release are made by that release."""
