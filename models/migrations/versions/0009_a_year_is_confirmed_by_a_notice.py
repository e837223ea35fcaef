"""A year is confirmed by a notice"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_notice',
    sa.Column('source', sa.String(length=200), nullable=False, comment='the title or the number of the document'),
    sa.Column('text', sa.Text(), nullable=False, comment='the notice itself, or its JSON'),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('rejected_on', sa.Date(), nullable=True),
    sa.Column('rejected_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(confirmed_on IS NULL) = (confirmed_by_id IS NULL)', name=op.f('ck_calendar_notice_approval_has_day_and_person')),
    sa.CheckConstraint('rejected_on IS NULL OR rejected_by_id IS NOT NULL', name=op.f('ck_calendar_notice_rejection_has_day_and_person')),
    sa.CheckConstraint('confirmed_by_id <> proposed_by_id', name=op.f('ck_calendar_notice_approver_is_not_the_proposer')),
    sa.CheckConstraint('confirmed_on IS NULL OR rejected_on IS NULL', name=op.f('ck_calendar_notice_proposal_has_one_answer')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_calendar_notice_confirmed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user_account.id'], name=op.f('fk_calendar_notice_proposed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['rejected_by_id'], ['user_account.id'], name=op.f('fk_calendar_notice_rejected_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_notice'))
    )
    unanswered = sa.text("confirmed_on IS NULL AND rejected_on IS NULL")
    op.create_index("uq_calendar_notice_one_proposal", "calendar_notice", ["year"], unique=True, sqlite_where=unanswered, postgresql_where=unanswered)
    op.create_table('calendar_notice_day',
    sa.Column('notice_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('is_working', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['calendar_notice.id'], name=op.f('fk_calendar_notice_day_notice_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_notice_day')),
    sa.UniqueConstraint('notice_id', 'day', name=op.f('uq_calendar_notice_day_notice_id_day'))
    )
    with op.batch_alter_table('calendar_revision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('notice_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_calendar_revision_notice_id'), 'calendar_notice', ['notice_id'], ['id'], ondelete='RESTRICT')

    # Of an order that came back under an older release the day is not known: its date stays.
    with op.batch_alter_table('supervision_order', schema=None) as batch_op:
        batch_op.add_column(sa.Column('returned_on', sa.Date(), nullable=True, comment='the time to answer began again'))


def downgrade() -> None:
    with op.batch_alter_table('supervision_order', schema=None) as batch_op:
        batch_op.drop_column('returned_on')

    with op.batch_alter_table('calendar_revision', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_calendar_revision_notice_id'), type_='foreignkey')
        batch_op.drop_column('notice_id')

    op.drop_table('calendar_notice_day')
    op.drop_table('calendar_notice')
