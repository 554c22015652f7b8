"""Filings that were answered for and are not read yet"""

from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('unread_filing',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('filing', sa.Text(), nullable=False),
    sa.Column('contact_sealed', sa.Text(), nullable=True),
    sa.Column('receipt_hash', sa.String(length=64), nullable=False),
    sa.Column('idempotency_hash', sa.String(length=64), nullable=True),
    sa.Column('request_hash', sa.String(length=64), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_unread_filing')),
    sa.UniqueConstraint('receipt_hash', name=op.f('uq_unread_filing_receipt_hash')),
    sa.UniqueConstraint('idempotency_hash', name=op.f('uq_unread_filing_idempotency_hash'))
    )


def downgrade() -> None:
    waits = op.get_bind().execute(sa.text('SELECT 1 FROM unread_filing LIMIT 1')).first()
    if waits is not None:
        raise RuntimeError('filings wait to be read: run `doorstep staff queue` first')
    op.drop_table('unread_filing')
