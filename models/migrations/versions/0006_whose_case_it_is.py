"""Whose case it is"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('applicant_correction',
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('from_applicant_id', sa.Integer(), nullable=False),
    sa.Column('to_applicant_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('corrected_on', sa.Date(), nullable=False),
    sa.Column('corrected_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_applicant_correction_correction_gives_its_reason')),
    sa.CheckConstraint('from_applicant_id <> to_applicant_id', name=op.f('ck_applicant_correction_correction_names_another')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_applicant_correction_application_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['corrected_by_id'], ['user_account.id'], name=op.f('fk_applicant_correction_corrected_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['from_applicant_id'], ['applicant.id'], name=op.f('fk_applicant_correction_from_applicant_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['to_applicant_id'], ['applicant.id'], name=op.f('fk_applicant_correction_to_applicant_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applicant_correction'))
    )
    with op.batch_alter_table('applicant_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_applicant_correction_application_id'), ['application_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_applicant_correction_from_applicant_id'), ['from_applicant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_applicant_correction_to_applicant_id'), ['to_applicant_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('applicant_correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_applicant_correction_to_applicant_id'))
        batch_op.drop_index(batch_op.f('ix_applicant_correction_from_applicant_id'))
        batch_op.drop_index(batch_op.f('ix_applicant_correction_application_id'))

    op.drop_table('applicant_correction')
