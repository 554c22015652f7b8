"""What gathering keeps: how sources are run, pages visited, versions of articles"""

from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSTANT = sa.DateTime(timezone=True)
FORMS = "form IN ('article', 'post')"

def upgrade() -> None:
    # Columns are added one by one and no table is built anew: with foreign keys on, SQLite would empty the tables
    # that refer to it.
    for table, column in (
        ('source', sa.Column('every_hours', sa.Float(), nullable=False, server_default='24')),
        ('source', sa.Column('pace_seconds', sa.Float())),
        ('source', sa.Column('daily_pages', sa.Integer(), nullable=False, server_default='5000')),
        ('source', sa.Column('licence', sa.Text(), nullable=False, server_default='')),
        ('source', sa.Column('contact', sa.String(300), nullable=False, server_default='')),
        ('source', sa.Column('leased_by', sa.String(80), nullable=False, server_default='')),
        ('source', sa.Column('leased_until', INSTANT)),
        ('crawl_run', sa.Column('warning', sa.String(40), nullable=False, server_default='')),
        ('article', sa.Column('form', sa.String(10), sa.CheckConstraint(FORMS, name='ck_article_form'),
                              nullable=False, server_default='article')),
        ('article', sa.Column('author', sa.String(40), nullable=False, server_default='')),
        ('article', sa.Column('details', sa.JSON(), nullable=False, server_default='{}')),
        ('article', sa.Column('hidden_words', sa.JSON(), nullable=False, server_default='[]')),
        ('article', sa.Column('before_masks', sa.JSON())),
        ('article', sa.Column('gone_at', INSTANT)),
        ('article', sa.Column('gone_reason', sa.String(40), nullable=False, server_default='')),
    ):
        op.add_column(table, column)
    op.create_table('article_version',
        sa.Column('pk', ROW_NUMBER, primary_key=True),
        sa.Column('article_pk', ROW_NUMBER, nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('fetched_at', INSTANT, nullable=False),
        sa.Column('content_hash', sa.String(64), nullable=False),
        sa.Column('title', sa.String(500), nullable=False),
        sa.Column('public_text', sa.Text()),
        sa.Column('details', sa.JSON(), nullable=False, server_default='{}'),
        sa.Column('before_masks', sa.JSON()),
        sa.Column('copies', sa.JSON(), nullable=False, server_default='[]'),
        sa.ForeignKeyConstraint(['article_pk'], ['article.pk'], name='fk_article_version_article_pk', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('pk', name='pk_article_version'),
        sa.UniqueConstraint('article_pk', 'version', name='uq_article_version_article_pk_version'),
    )
    op.create_table('visited_page',
        sa.Column('pk', ROW_NUMBER, primary_key=True),
        sa.Column('address_hash', sa.String(64), nullable=False),
        sa.Column('address', sa.String(2000), nullable=False),
        sa.Column('source_pk', ROW_NUMBER, nullable=False),
        sa.Column('article_pk', ROW_NUMBER),
        sa.Column('page_hash', sa.String(64)),
        sa.Column('visited_at', INSTANT, nullable=False),
        sa.Column('etag', sa.String(500), nullable=False),
        sa.Column('last_modified', sa.String(100), nullable=False),
        sa.Column('body_hash', sa.String(64), nullable=False),
        sa.Column('body', sa.LargeBinary()),
        sa.Column('content_type', sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(['source_pk'], ['source.pk'], name='fk_visited_page_source_pk', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['article_pk'], ['article.pk'], name='fk_visited_page_article_pk', ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('pk', name='pk_visited_page'),
        sa.UniqueConstraint('address_hash', name='uq_visited_page_address_hash'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_visited_page_article_pk', 'visited_page', ['article_pk'])
    op.create_index('ix_visited_page_page_hash', 'visited_page', ['page_hash'])
    op.create_index('ix_visited_page_source_pk_visited_at', 'visited_page', ['source_pk', 'visited_at'])


def downgrade() -> None:
    op.drop_table('visited_page')
    op.drop_table('article_version')
    for table, columns in (
        ('article', ('form', 'gone_reason', 'gone_at', 'before_masks', 'hidden_words', 'details', 'author')),
        ('crawl_run', ('warning',)),
        ('source', ('leased_until', 'leased_by', 'contact', 'licence', 'daily_pages', 'pace_seconds', 'every_hours')),
    ):
        for column in columns:
            op.drop_column(table, column)
