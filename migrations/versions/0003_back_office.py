"""What the back office keeps: accounts, decisions, replies, disputes"""

import hashlib
import json
from datetime import UTC

from alembic import op
import sqlalchemy as sa


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _chain_the_audit_log()
    _make_accounts()
    _date_decisions()
    _let_lenders_be_merged()
    _make_moderation()


def downgrade() -> None:
    _drop_moderation()
    op.drop_table('lender_merge')
    with op.batch_alter_table('lender') as batch_op:
        batch_op.drop_index(op.f('ix_lender_shown_as_pk'))
        batch_op.drop_column('shown_as_pk')
    op.drop_column('evidence_file', 'original_erased_at')
    op.drop_column('complaint', 'original_erased_at')
    op.drop_index(op.f('ix_complaint_decided_at'), 'complaint')
    op.drop_column('complaint', 'decided_at')
    for table in (
        'staff_sign_in_try', 'staff_session', 'staff_security_key', 'staff_recovery_code', 'staff_invitation',
        'staff_account', 'audit_head',
    ):
        op.drop_table(table)
    with op.batch_alter_table('audit_event') as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_at'))
        batch_op.drop_column('hash')
        batch_op.drop_column('previous_hash')


def _chain_the_audit_log() -> None:
    with op.batch_alter_table('audit_event') as batch_op:
        batch_op.add_column(sa.Column('previous_hash', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('hash', sa.String(length=64), nullable=True))
    op.create_table(
        'audit_head',
        sa.Column('pk', NUMBER, nullable=False, autoincrement=False),
        sa.Column('number', NUMBER, nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_audit_head')),
    )
    number, last = _number_and_hash_events(op.get_bind())
    op.get_bind().execute(
        sa.text('INSERT INTO audit_head (pk, number, hash) VALUES (1, :number, :hash)'),
        {'number': number, 'hash': last},
    )
    with op.batch_alter_table('audit_event') as batch_op:
        batch_op.alter_column('previous_hash', existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column('hash', existing_type=sa.String(length=64), nullable=False)
        batch_op.create_index(batch_op.f('ix_audit_event_at'), ['at'])


def _number_and_hash_events(connection) -> tuple[int, str]:
    """Chain the events of before as domain.store.audit chains new ones; their numbers close ranks."""
    table = sa.table(
        'audit_event', sa.column('pk', NUMBER), sa.column('at', INSTANT), sa.column('actor'), sa.column('action'),
        sa.column('subject'), sa.column('details', sa.JSON()), sa.column('previous_hash'), sa.column('hash'),
    )
    number, last = 0, '0' * 64
    for event in connection.execute(sa.select(table).order_by(table.c.pk)).all():
        number += 1
        at = event.at.replace(tzinfo=UTC) if event.at.tzinfo is None else event.at.astimezone(UTC)
        content = [last, number, at.isoformat(timespec='microseconds'), event.actor, event.action, event.subject, event.details]
        digest = hashlib.sha256(json.dumps(content, sort_keys=True, separators=(',', ':')).encode('ascii')).hexdigest()
        connection.execute(
            table.update().where(table.c.pk == event.pk).values(pk=number, previous_hash=last, hash=digest)
        )
        last = digest
    return number, last


def _make_accounts() -> None:
    op.create_table(
        'staff_account',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('role', sa.String(length=20), nullable=False),
        sa.Column('lender_pk', NUMBER, nullable=True),
        sa.Column('password_hash', sa.String(length=200), nullable=True),
        sa.Column('totp_sealed', sa.Text(), nullable=True),
        sa.Column('totp_last_step', sa.BigInteger(), nullable=False),
        sa.Column('invited_by', sa.String(length=80), nullable=False),
        sa.Column('created_at', INSTANT, nullable=False),
        sa.Column('deactivated_at', INSTANT, nullable=True),
        sa.CheckConstraint("role IN ('reader', 'moderator', 'admin', 'representative')", name=op.f('ck_staff_account_role')),
        sa.CheckConstraint("(role = 'representative') = (lender_pk IS NOT NULL)", name=op.f('ck_staff_account_lender')),
        sa.ForeignKeyConstraint(['lender_pk'], ['lender.pk'], name=op.f('fk_staff_account_lender_pk')),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_staff_account')),
        sa.UniqueConstraint('name', name=op.f('uq_staff_account_name')),
    )
    op.create_index(op.f('ix_staff_account_lender_pk'), 'staff_account', ['lender_pk'])
    op.create_table(
        'staff_invitation',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('account_pk', NUMBER, nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('totp_sealed', sa.Text(), nullable=False),
        sa.Column('expires_at', INSTANT, nullable=False),
        _account_key('staff_invitation'),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_staff_invitation')),
        sa.UniqueConstraint('account_pk', name=op.f('uq_staff_invitation_account_pk')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_staff_invitation_token_hash')),
    )
    op.create_table(
        'staff_recovery_code',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('account_pk', NUMBER, nullable=False),
        sa.Column('code_hash', sa.String(length=64), nullable=False),
        _account_key('staff_recovery_code'),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_staff_recovery_code')),
        sa.UniqueConstraint('code_hash', name=op.f('uq_staff_recovery_code_code_hash')),
    )
    op.create_index(op.f('ix_staff_recovery_code_account_pk'), 'staff_recovery_code', ['account_pk'])
    op.create_table(
        'staff_security_key',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('account_pk', NUMBER, nullable=False),
        sa.Column('credential_id', sa.String(length=1400), nullable=False),
        sa.Column('public_key', sa.Text(), nullable=False),
        sa.Column('sign_count', sa.BigInteger(), nullable=False),
        sa.Column('last_challenge', sa.BigInteger(), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('added_at', INSTANT, nullable=False),
        _account_key('staff_security_key'),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_staff_security_key')),
        sa.UniqueConstraint('credential_id', name=op.f('uq_staff_security_key_credential_id')),
    )
    op.create_index(op.f('ix_staff_security_key_account_pk'), 'staff_security_key', ['account_pk'])
    op.create_table(
        'staff_session',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('account_pk', NUMBER, nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('started_at', INSTANT, nullable=False),
        sa.Column('seen_at', INSTANT, nullable=False),
        _account_key('staff_session'),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_staff_session')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_staff_session_token_hash')),
    )
    op.create_index(op.f('ix_staff_session_account_pk'), 'staff_session', ['account_pk'])
    op.create_table(
        'staff_sign_in_try',
        sa.Column('name_hash', sa.String(length=64), nullable=False),
        sa.Column('failures', sa.Integer(), nullable=False),
        sa.Column('last_at', INSTANT, nullable=False),
        sa.Column('next_at', INSTANT, nullable=False),
        sa.PrimaryKeyConstraint('name_hash', name=op.f('pk_staff_sign_in_try')),
    )
    op.create_index(op.f('ix_staff_sign_in_try_last_at'), 'staff_sign_in_try', ['last_at'])


def _date_decisions() -> None:
    # Without a constraint, so SQLite adds them to the table as it stands (see 0002).
    op.add_column('complaint', sa.Column('decided_at', INSTANT, nullable=True))
    op.add_column('complaint', sa.Column('original_erased_at', INSTANT, nullable=True))
    op.create_index(op.f('ix_complaint_decided_at'), 'complaint', ['decided_at'])
    op.execute("UPDATE complaint SET decided_at = published_at WHERE status = 'published'")
    op.add_column('evidence_file', sa.Column('original_erased_at', INSTANT, nullable=True))


def _let_lenders_be_merged() -> None:
    number = 'INTEGER' if op.get_bind().dialect.name == 'sqlite' else 'BIGINT'
    op.execute(f'ALTER TABLE lender ADD COLUMN shown_as_pk {number} '
               'CONSTRAINT fk_lender_shown_as_pk REFERENCES lender (pk)')
    op.create_index(op.f('ix_lender_shown_as_pk'), 'lender', ['shown_as_pk'])
    op.create_table(
        'lender_merge',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('lender_pk', NUMBER, nullable=False),
        sa.Column('target_pk', NUMBER, nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('merged_by', sa.String(length=80), nullable=False),
        sa.Column('merged_at', INSTANT, nullable=False),
        sa.Column('last_mention_pk', NUMBER, nullable=False),
        sa.Column('undone_at', INSTANT, nullable=True),
        sa.ForeignKeyConstraint(['lender_pk'], ['lender.pk'], name=op.f('fk_lender_merge_lender_pk')),
        sa.ForeignKeyConstraint(['target_pk'], ['lender.pk'], name=op.f('fk_lender_merge_target_pk')),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_lender_merge')),
    )
    op.create_index(op.f('ix_lender_merge_lender_pk'), 'lender_merge', ['lender_pk'])
    op.create_index(op.f('ix_lender_merge_target_pk'), 'lender_merge', ['target_pk'])


def _account_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ['account_pk'], ['staff_account.pk'], name=op.f(f'fk_{table}_account_pk'), ondelete='CASCADE'
    )


QUEUE_INDEXES = {
    'ix_complaint_queue': ['status', 'consent', 'gravity', 'received_at', 'pk'],
    'ix_complaint_language_queue': ['status', 'language', 'gravity', 'received_at', 'pk'],
    'ix_complaint_lender_queue': ['lender_pk', 'status', 'gravity', 'received_at', 'pk'],
}
DECISIONS = "decision IN ('published', 'held', 'rejected', 'asked', 'reopened')"
REPLY_STATES = "status IN ('waiting', 'published', 'rejected', 'taken_back')"
DISPUTE_STATES = "status IN ('waiting', 'decided')"
REASONS = "reason IN ('private_data', 'untrue', 'wrong_lender', 'copyright', 'law', 'other')"
ACTIONS = "action IN ('kept', 'corrected', 'taken_down', 'restored')"


def _make_moderation() -> None:
    for column in (
        sa.Column('hidden_words', sa.JSON(), server_default='[]', nullable=False),
        sa.Column('shown_words', sa.JSON(), server_default='[]', nullable=False),
        sa.Column('gravity', sa.Integer(), server_default='1', nullable=False),
        sa.Column('taken_by', sa.String(length=80), server_default='', nullable=False),
        sa.Column('taken_at', INSTANT, nullable=True),
        sa.Column('taken_down_at', INSTANT, nullable=True),
    ):
        op.add_column('complaint', column)
    op.execute(
        'UPDATE complaint SET gravity = coalesce((SELECT max(tactic.severity) FROM tactic_mention JOIN tactic '
        'ON tactic.code = tactic_mention.tactic_code WHERE tactic_mention.complaint_pk = complaint.pk '
        'AND tactic_mention.counted), 1)'
    )
    for name, columns in QUEUE_INDEXES.items():
        op.create_index(name, 'complaint', columns)
    op.drop_index(op.f('ix_complaint_lender_pk'), 'complaint')
    op.create_index(op.f('ix_complaint_published_at'), 'complaint', ['published_at'])
    op.create_table(
        'sketch_key',
        sa.Column('key', sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column('complaint_pk', NUMBER, nullable=False, autoincrement=False),
        _complaint_key('sketch_key'),
        sa.PrimaryKeyConstraint('key', 'complaint_pk', name=op.f('pk_sketch_key')),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_sketch_key_complaint_pk'), 'sketch_key', ['complaint_pk'])
    _make_queue_marks()
    op.create_table(
        'decision',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('complaint_pk', NUMBER, nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('decision', sa.String(length=20), nullable=False),
        sa.Column('reason', sa.String(length=40), nullable=False),
        sa.Column('words_sealed', sa.Text(), nullable=True),
        sa.Column('actor', sa.String(length=80), nullable=False),
        sa.Column('decided_at', INSTANT, nullable=False),
        sa.CheckConstraint(DECISIONS, name=op.f('ck_decision_decision')),
        _complaint_key('decision'),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_decision')),
    )
    op.create_index(op.f('ix_decision_complaint_pk'), 'decision', ['complaint_pk'])
    _make_replies()
    _make_disputes()


def _make_queue_marks() -> None:
    op.create_table(
        'queue_mark',
        sa.Column('mark', sa.String(length=60), nullable=False),
        sa.Column('state', sa.String(length=20), nullable=False),
        sa.Column('gravity', sa.Integer(), nullable=False, autoincrement=False),
        sa.Column('received_at', INSTANT, nullable=False),
        sa.Column('complaint_pk', NUMBER, nullable=False, autoincrement=False),
        _complaint_key('queue_mark'),
        sa.PrimaryKeyConstraint(
            'mark', 'state', 'gravity', 'received_at', 'complaint_pk', name=op.f('pk_queue_mark')
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_queue_mark_complaint_pk'), 'queue_mark', ['complaint_pk'])
    place = (
        "CASE WHEN complaint.status IN ('received', 'in_review') THEN 'waiting' ELSE complaint.status END, "
        "complaint.gravity, complaint.received_at, complaint.pk FROM complaint"
    )
    there = "WHERE complaint.status <> 'withdrawn' AND"
    op.execute(
        f'INSERT INTO queue_mark SELECT tactic_mention.tactic_code, {place} JOIN tactic_mention '
        f'ON tactic_mention.complaint_pk = complaint.pk {there} tactic_mention.counted '
        f"UNION SELECT '+evidence', {place} {there} EXISTS "
        '(SELECT 1 FROM evidence_file WHERE evidence_file.complaint_pk = complaint.pk) '
        f"UNION SELECT '+answer', {place} {there} (SELECT message.written_by FROM message "
        "WHERE message.complaint_pk = complaint.pk ORDER BY message.pk DESC LIMIT 1) = 'borrower'"
    )


def _make_replies() -> None:
    op.create_table(
        'representative_check',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('account_pk', NUMBER, nullable=False),
        sa.Column('lender_pk', NUMBER, nullable=False),
        sa.Column('how', sa.Text(), nullable=False),
        sa.Column('checked_by', sa.String(length=80), nullable=False),
        sa.Column('checked_at', INSTANT, nullable=False),
        sa.Column('ended_at', INSTANT, nullable=True),
        _account_key('representative_check'),
        sa.ForeignKeyConstraint(['lender_pk'], ['lender.pk'], name=op.f('fk_representative_check_lender_pk')),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_representative_check')),
    )
    op.create_index(op.f('ix_representative_check_account_pk'), 'representative_check', ['account_pk'])
    op.create_index(op.f('ix_representative_check_lender_pk'), 'representative_check', ['lender_pk'])
    op.create_table(
        'lender_reply',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('complaint_pk', NUMBER, nullable=False),
        sa.Column('lender_pk', NUMBER, nullable=False),
        sa.Column('account_pk', NUMBER, nullable=False),
        sa.Column('status', sa.String(length=20), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('public_text', sa.Text(), nullable=False),
        sa.Column('hidden_words', sa.JSON(), nullable=False),
        sa.Column('language', sa.String(length=10), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('decided_by', sa.String(length=80), nullable=False),
        sa.Column('written_at', INSTANT, nullable=False),
        sa.Column('decided_at', INSTANT, nullable=True),
        sa.CheckConstraint(REPLY_STATES, name=op.f('ck_lender_reply_status')),
        _complaint_key('lender_reply'),
        sa.ForeignKeyConstraint(['lender_pk'], ['lender.pk'], name=op.f('fk_lender_reply_lender_pk')),
        sa.ForeignKeyConstraint(['account_pk'], ['staff_account.pk'], name=op.f('fk_lender_reply_account_pk')),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_lender_reply')),
        sa.UniqueConstraint('id', name=op.f('uq_lender_reply_id')),
    )
    op.create_index('ix_lender_reply_status_pk', 'lender_reply', ['status', 'pk'])
    for column in ('complaint_pk', 'lender_pk', 'account_pk'):
        op.create_index(op.f(f'ix_lender_reply_{column}'), 'lender_reply', [column])


def _make_disputes() -> None:
    op.create_table(
        'dispute',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('record_id', sa.String(length=16), nullable=False),
        sa.Column('reason', sa.String(length=20), nullable=False),
        sa.Column('status', sa.String(length=20), nullable=False),
        sa.Column('words_sealed', sa.Text(), nullable=False),
        sa.Column('contact_sealed', sa.Text(), nullable=True),
        sa.Column('received_at', INSTANT, nullable=False),
        sa.Column('decided_at', INSTANT, nullable=True),
        sa.CheckConstraint(REASONS, name=op.f('ck_dispute_reason')),
        sa.CheckConstraint(DISPUTE_STATES, name=op.f('ck_dispute_status')),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_dispute')),
        sa.UniqueConstraint('id', name=op.f('uq_dispute_id')),
    )
    op.create_index('ix_dispute_status_pk', 'dispute', ['status', 'pk'])
    op.create_index(op.f('ix_dispute_record_id'), 'dispute', ['record_id'])
    op.create_table(
        'removal',
        sa.Column('pk', NUMBER, nullable=False),
        sa.Column('record_id', sa.String(length=16), nullable=False),
        sa.Column('action', sa.String(length=20), nullable=False),
        sa.Column('reason', sa.String(length=20), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('before', sa.String(length=20), nullable=False),
        sa.Column('consent_before', sa.String(length=20), nullable=False),
        sa.Column('dispute_pk', NUMBER, nullable=True),
        sa.Column('actor', sa.String(length=80), nullable=False),
        sa.Column('at', INSTANT, nullable=False),
        sa.CheckConstraint(ACTIONS, name=op.f('ck_removal_action')),
        sa.CheckConstraint(REASONS, name=op.f('ck_removal_reason')),
        sa.ForeignKeyConstraint(['dispute_pk'], ['dispute.pk'], name=op.f('fk_removal_dispute_pk')),
        sa.PrimaryKeyConstraint('pk', name=op.f('pk_removal')),
    )
    for column in ('record_id', 'dispute_pk'):
        op.create_index(op.f(f'ix_removal_{column}'), 'removal', [column])


def _drop_moderation() -> None:
    for table in (
        'removal', 'dispute', 'lender_reply', 'representative_check', 'decision', 'queue_mark', 'sketch_key',
    ):
        op.drop_table(table)
    op.drop_index(op.f('ix_complaint_published_at'), 'complaint')
    op.create_index(op.f('ix_complaint_lender_pk'), 'complaint', ['lender_pk'])
    for name in QUEUE_INDEXES:
        op.drop_index(name, 'complaint')
    for column in ('taken_down_at', 'taken_at', 'taken_by', 'gravity', 'shown_words', 'hidden_words'):
        op.drop_column('complaint', column)


def _complaint_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ['complaint_pk'], ['complaint.pk'], name=op.f(f'fk_{table}_complaint_pk'), ondelete='CASCADE'
    )
