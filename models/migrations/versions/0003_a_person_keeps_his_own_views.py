"""A person keeps his own views"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('saved_view',
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('list_name', sa.String(length=60), nullable=False, comment='the table whose list it is'),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('query', sa.String(length=2000), nullable=False, comment='what the address of the list asks'),
    sa.Column('shared_with', sa.Enum('GUIDANCE', 'ACCEPTANCE', 'REVIEW', 'DECISION', 'HEAD', 'SUPERVISION', 'CATALOGUE', 'SYSTEM', 'SECURITY', 'AUDIT', 'APPLICANT', name='shared_with', native_enum=False, create_constraint=True, length=24), nullable=True, comment='NULL: nobody but the owner sees it'),
    sa.Column('position', sa.Integer(), nullable=False, comment="the owner's order of the tabs"),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_saved_view_view_has_a_name')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_saved_view_view_has_its_place')),
    sa.ForeignKeyConstraint(['owner_id'], ['user_account.id'], name=op.f('fk_saved_view_owner_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('owner_id', 'list_name', 'name', name=op.f('uq_saved_view_owner_id_list_name_name'))
    )
    op.create_index("ix_saved_view_list_name", "saved_view", ["list_name"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_saved_view_list_name", table_name="saved_view")
    op.drop_table("saved_view")
