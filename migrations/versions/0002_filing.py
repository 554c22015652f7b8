"""What filing keeps: events, threats with their reports, bands, masks of the writer's own, the collector's firm"""

from alembic import op
import sqlalchemy as sa


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
WRITERS = "written_by IN ('borrower', 'relative', 'colleague', 'employer')"
OVERDUE = "overdue IN ('not_overdue', 'to_30_days', 'to_90_days', 'to_180_days', 'to_360_days', 'over_360_days')"
AMOUNTS = "amount IN ('to_5000', 'to_20000', 'to_50000', 'to_100000', 'to_200000', 'over_200000')"
CHANNELS = "channel IN ('call', 'sms', 'wechat', 'visit', 'letter', 'post_online', 'other')"
KINDS = "kind IN ('visit', 'lawsuit', 'police', 'employer', 'contacts', 'other')"
EVIDENCE_KINDS = "('jpeg', 'png', 'heic', 'webp', 'pdf', 'mp3', 'm4a', 'amr', 'ogg', 'wav')"
OUTCOMES = "outcome IN ('happened', 'not_happened', 'not_yet', 'unknown')"


def upgrade() -> None:
    # Columns are added one by one and the table is not built anew: with foreign keys on, SQLite would empty the tables
    # that lean on it.
    number = 'INTEGER' if op.get_bind().dialect.name == 'sqlite' else 'BIGINT'
    op.execute(f'ALTER TABLE complaint ADD COLUMN collector_pk {number} '
               'CONSTRAINT fk_complaint_collector_pk REFERENCES lender (pk)')
    op.create_index(op.f('ix_complaint_collector_pk'), 'complaint', ['collector_pk'], unique=False)
    for column in (
        sa.Column('collector_text', sa.String(length=200), server_default='', nullable=False),
        sa.Column('written_by', sa.String(length=20), sa.CheckConstraint(WRITERS, name='ck_complaint_written_by'),
                  server_default='borrower', nullable=False),
        sa.Column('overdue', sa.String(length=20), sa.CheckConstraint(OVERDUE, name='ck_complaint_overdue'), nullable=True),
        sa.Column('amount', sa.String(length=20), sa.CheckConstraint(AMOUNTS, name='ck_complaint_amount'), nullable=True),
        sa.Column('wants', sa.JSON(), server_default='[]', nullable=False),
        sa.Column('more_masks', sa.JSON(), server_default='[]', nullable=False),
        sa.Column('sketch', sa.Text(), server_default='', nullable=False),
    ):
        op.add_column('complaint', column)
    op.add_column('complaint_script', sa.Column('event_number', sa.Integer(), nullable=True))

    op.create_table('complaint_event',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('complaint_pk', ROW_NUMBER, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('occurred_on', sa.Date(), nullable=True),
    sa.Column('occurred_at', sa.String(length=5), nullable=True),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('about_public', sa.Text(), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=True),
    sa.Column('contacted', sa.JSON(), nullable=False),
    sa.CheckConstraint(CHANNELS, name=op.f('ck_complaint_event_channel')),
    sa.ForeignKeyConstraint(['complaint_pk'], ['complaint.pk'], name=op.f('fk_complaint_event_complaint_pk'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_complaint_event'))
    )
    op.create_index(op.f('ix_complaint_event_complaint_pk'), 'complaint_event', ['complaint_pk'], unique=False)

    op.add_column('complaint_threat', sa.Column('id', sa.String(length=16), nullable=True))
    op.add_column('complaint_threat', sa.Column('kind', sa.String(length=20), nullable=True))
    op.execute("UPDATE complaint_threat SET id = 't' || pk, kind = 'other'")
    with op.batch_alter_table('complaint_threat', schema=None) as batch_op:
        batch_op.alter_column('id', existing_type=sa.String(length=16), nullable=False)
        batch_op.alter_column('kind', existing_type=sa.String(length=20), nullable=False)
        batch_op.create_unique_constraint(op.f('uq_complaint_threat_id'), ['id'])
        batch_op.create_check_constraint(op.f('ck_complaint_threat_kind'), KINDS)

    op.create_table('threat_report',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('threat_pk', ROW_NUMBER, nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint(OUTCOMES, name=op.f('ck_threat_report_outcome')),
    sa.ForeignKeyConstraint(['threat_pk'], ['complaint_threat.pk'], name=op.f('fk_threat_report_threat_pk'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_threat_report'))
    )
    op.create_index(op.f('ix_threat_report_threat_pk'), 'threat_report', ['threat_pk'], unique=False)
    for table in ('complaint', 'article'):
        op.create_index(f'ix_{table}_is_sample', table, ['is_sample'], unique=False,
                        sqlite_where=sa.text('is_sample = 1'), postgresql_where=sa.text('is_sample'))
    add_evidence()


def downgrade() -> None:
    for table in ('complaint', 'article'):
        op.drop_index(f'ix_{table}_is_sample', table_name=table)
    remove_evidence()
    op.drop_table('threat_report')
    op.drop_table('complaint_event')
    with op.batch_alter_table('complaint_threat', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_complaint_threat_kind'), type_='check')
        batch_op.drop_constraint(op.f('uq_complaint_threat_id'), type_='unique')
        batch_op.drop_column('kind')
        batch_op.drop_column('id')
    with op.batch_alter_table('complaint_script', schema=None) as batch_op:
        batch_op.drop_column('event_number')
    with op.batch_alter_table('complaint', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_index(op.f('ix_complaint_collector_pk'))
        for column in ('collector_pk', 'collector_text', 'written_by', 'overdue', 'amount', 'wants', 'more_masks', 'sketch'):
            batch_op.drop_column(column)


def add_evidence() -> None:
    op.create_table('evidence_file',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('complaint_pk', ROW_NUMBER, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('original', sa.String(length=40), nullable=False),
    sa.Column('copy_kind', sa.String(length=10), nullable=False),
    sa.Column('copy_size', sa.Integer(), nullable=False),
    sa.Column('copy', sa.String(length=40), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint(f"kind IN {EVIDENCE_KINDS}", name=op.f('ck_evidence_file_kind')),
    sa.CheckConstraint(f"copy_kind IN {EVIDENCE_KINDS}", name=op.f('ck_evidence_file_copy_kind')),
    sa.ForeignKeyConstraint(['complaint_pk'], ['complaint.pk'], name=op.f('fk_evidence_file_complaint_pk'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_evidence_file')),
    sa.UniqueConstraint('complaint_pk', 'number', name=op.f('uq_evidence_file_complaint_pk_number')),
    sa.UniqueConstraint('complaint_pk', 'sha256', name=op.f('uq_evidence_file_complaint_pk_sha256')),
    sa.UniqueConstraint('copy', name=op.f('uq_evidence_file_copy')),
    sa.UniqueConstraint('original', name=op.f('uq_evidence_file_original'))
    )
    op.create_table('message',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('complaint_pk', ROW_NUMBER, nullable=False),
    sa.Column('written_by', sa.String(length=20), nullable=False),
    sa.Column('text_sealed', sa.Text(), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("written_by IN ('borrower', 'moderator')", name=op.f('ck_message_written_by')),
    sa.ForeignKeyConstraint(['complaint_pk'], ['complaint.pk'], name=op.f('fk_message_complaint_pk'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_message')),
    sa.UniqueConstraint('complaint_pk', 'key_hash', name=op.f('uq_message_complaint_pk_key_hash'))
    )
    op.create_index(op.f('ix_message_complaint_pk'), 'message', ['complaint_pk'], unique=False)
    op.create_table('earlier_text',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('complaint_pk', ROW_NUMBER, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text_sealed', sa.Text(), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['complaint_pk'], ['complaint.pk'], name=op.f('fk_earlier_text_complaint_pk'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_earlier_text'))
    )
    op.create_index(op.f('ix_earlier_text_complaint_pk'), 'earlier_text', ['complaint_pk'], unique=False)


def remove_evidence() -> None:
    op.drop_table('earlier_text')
    op.drop_table('message')
    op.drop_table('evidence_file')
