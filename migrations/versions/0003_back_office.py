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


def downgrade() -> None:
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
