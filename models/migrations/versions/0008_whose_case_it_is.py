"""Whose case it is"""

from datetime import date

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

KINDS = "'CREDIT_CODE', 'ORGANISATION_CODE', 'IDENTITY_CARD', 'PASSPORT', 'TRAVEL_PERMIT', 'RESIDENCE_CARD'"


def upgrade() -> None:
    op.create_table('applicant_identity',
    sa.Column('applicant_id', sa.Integer(), nullable=False),
    sa.Column('change', sa.Enum('REGISTERED', 'CORRECTED', 'ADDED', 'WITHOUT_NUMBER', 'SAME_PERSON', name='identity_change', native_enum=False, create_constraint=True, length=24), nullable=False),
    sa.Column('identity_kind', sa.Enum('CREDIT_CODE', 'ORGANISATION_CODE', 'IDENTITY_CARD', 'PASSPORT', 'TRAVEL_PERMIT', 'RESIDENCE_CARD', name='identity_kind', native_enum=False, create_constraint=True, length=24), nullable=True),
    sa.Column('identity_number', sa.String(length=18), nullable=True),
    sa.Column('other_id', sa.Integer(), nullable=True),
    sa.Column('proof', sa.String(length=200), nullable=False, comment='the document that shows it, with its number'),
    sa.Column('proof_on', sa.Date(), nullable=True, comment='the day of that document'),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('rejected_on', sa.Date(), nullable=True),
    sa.Column('rejected_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("change = 'REGISTERED' OR proof <> ''", name=op.f('ck_applicant_identity_identity_has_its_proof')),
    sa.CheckConstraint("confirmed_on IS NULL OR change = 'REGISTERED' OR confirmed_by_id IS NOT NULL", name=op.f('ck_applicant_identity_confirmation_has_its_person')),
    sa.CheckConstraint('(identity_kind IS NULL) = (identity_number IS NULL)', name=op.f('ck_applicant_identity_number_says_of_what_it_is')),
    sa.CheckConstraint('rejected_on IS NULL OR rejected_by_id IS NOT NULL', name=op.f('ck_applicant_identity_rejection_has_day_and_person')),
    sa.CheckConstraint('confirmed_by_id <> proposed_by_id', name=op.f('ck_applicant_identity_confirmer_is_not_the_proposer')),
    sa.CheckConstraint('confirmed_on IS NULL OR rejected_on IS NULL', name=op.f('ck_applicant_identity_proposal_has_one_answer')),
    sa.ForeignKeyConstraint(['applicant_id'], ['applicant.id'], name=op.f('fk_applicant_identity_applicant_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_applicant_identity_confirmed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['other_id'], ['applicant.id'], name=op.f('fk_applicant_identity_other_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user_account.id'], name=op.f('fk_applicant_identity_proposed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['rejected_by_id'], ['user_account.id'], name=op.f('fk_applicant_identity_rejected_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applicant_identity'))
    )
    with op.batch_alter_table('applicant_identity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_applicant_identity_applicant_id'), ['applicant_id'], unique=False)
        batch_op.create_index('ix_applicant_identity_number', ['identity_number'], unique=False)
        batch_op.create_index('uq_applicant_identity_of_one_applicant', ['identity_number', 'identity_kind'], unique=True, sqlite_where=sa.text("confirmed_on IS NOT NULL AND change <> 'SAME_PERSON'"), postgresql_where=sa.text("confirmed_on IS NOT NULL AND change <> 'SAME_PERSON'"))
        batch_op.create_index('uq_applicant_identity_one_proposal', ['applicant_id'], unique=True, sqlite_where=sa.text('confirmed_on IS NULL AND rejected_on IS NULL'), postgresql_where=sa.text('confirmed_on IS NULL AND rejected_on IS NULL'))

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

    with op.batch_alter_table('applicant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('identity_kind', sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column('is_without_number', sa.Boolean(), server_default=sa.false(), nullable=False, comment='a foreign organisation that has none, as the head confirmed'))
        batch_op.add_column(sa.Column('same_person_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_applicant_kind_identity_number'), type_='unique')
        batch_op.drop_constraint(op.f('ck_applicant_person_number_has_18_characters'), type_='check')
        batch_op.create_index(batch_op.f('ix_applicant_same_person_id'), ['same_person_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_applicant_same_person_id'), 'applicant', ['same_person_id'], ['id'], ondelete='RESTRICT')
    _know_everybody_by_a_number()
    with op.batch_alter_table('applicant', schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f('uq_applicant_identity_kind_identity_number'), ['identity_kind', 'identity_number'])
        batch_op.create_check_constraint(op.f('ck_applicant_identity_kind'), sa.text(f"identity_kind IN ({KINDS})"))
        batch_op.create_check_constraint(op.f('ck_applicant_number_says_of_what_it_is'), sa.text("(identity_kind IS NULL) = (identity_number IS NULL)"))
        batch_op.create_check_constraint(op.f('ck_applicant_number_has_18_characters'), sa.text("identity_kind NOT IN ('CREDIT_CODE', 'IDENTITY_CARD') OR length(identity_number) = 18"))


def _know_everybody_by_a_number() -> None:
    """Write each number as it is compared, and keep it as the first identity of its applicant.

    Two rows of one number, spelled differently, are one person's: the later is kept under the
    first and loses the number. Who has none stays, and cannot apply until there is one.
    """
    applicants, identities = sa.table(
        'applicant', *map(sa.column, ('id', 'kind', 'identity_kind', 'identity_number', 'same_person_id'))
    ), sa.table(
        'applicant_identity',
        *map(sa.column, ('applicant_id', 'change', 'identity_kind', 'identity_number', 'proof', 'version')),
        sa.column('proposed_on', sa.Date), sa.column('confirmed_on', sa.Date),
    )
    connection, today = op.get_bind(), date.today()
    first: dict[tuple[str, str], int] = {}
    known = sa.select(applicants).where(applicants.c.identity_number.is_not(None))
    for row in connection.execute(known.order_by(applicants.c.id)).all():
        number = ''.join(row.identity_number.split()).replace('-', '').upper()
        kind = 'IDENTITY_CARD' if row.kind == 'PERSON' else (
            'CREDIT_CODE' if len(number) == 18 else 'ORGANISATION_CODE'
        )
        same = first.setdefault((kind, number), row.id)
        is_first = number != '' and same == row.id
        values = (
            {'identity_kind': kind, 'identity_number': number}
            if is_first
            else {'identity_kind': None, 'identity_number': None, 'same_person_id': same if number else None}
        )
        connection.execute(sa.update(applicants).where(applicants.c.id == row.id).values(values))
        if is_first:
            connection.execute(sa.insert(identities).values(
                applicant_id=row.id, change='REGISTERED', identity_kind=kind, identity_number=number,
                proof='', version=1, proposed_on=today, confirmed_on=today,
            ))


def downgrade() -> None:
    raise NotImplementedError("an office never goes back to an earlier law")
