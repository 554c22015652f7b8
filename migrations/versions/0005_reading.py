"""What reading keeps: families of scripts, keys of articles, how a copy is one, the state of the registry"""

from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('script_family',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_script_family')),
    sa.UniqueConstraint('id', name=op.f('uq_script_family_id'))
    )
    op.create_table('script_shape',
    sa.Column('pk', ROW_NUMBER, nullable=False),
    sa.Column('family_pk', ROW_NUMBER, nullable=False),
    sa.Column('pieces', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['family_pk'], ['script_family.pk'], name=op.f('fk_script_shape_family_pk'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_script_shape'))
    )
    op.create_index(op.f('ix_script_shape_family_pk'), 'script_shape', ['family_pk'], unique=False)
    _create_keys('script_key', 'shape_pk', 'script_shape')
    _create_keys('article_key', 'article_pk', 'article')

    # Columns are added with their constraints in the statement: SQLite would else build the tables anew (see 0002).
    number = 'INTEGER' if op.get_bind().dialect.name == 'sqlite' else 'BIGINT'
    op.execute(f'ALTER TABLE complaint_script ADD COLUMN family_pk {number} '
               'CONSTRAINT fk_complaint_script_family_pk REFERENCES script_family (pk)')
    op.create_index(op.f('ix_complaint_script_family_pk'), 'complaint_script', ['family_pk'], unique=False)
    op.add_column('article', sa.Column('duplicate_how', sa.String(length=10), sa.CheckConstraint(
        "duplicate_how IN ('exact', 'near')", name='ck_article_duplicate_how'), nullable=True))
    op.execute("UPDATE article SET duplicate_how = 'exact' WHERE duplicate_of_pk IS NOT NULL")

    for table in ('complaint', 'article'):
        op.add_column(table, sa.Column('as_read', sa.JSON(none_as_null=True), nullable=True))
    for table in ('lender_alias', 'lender_relation'):
        op.add_column(table, sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('registry_state',
    sa.Column('pk', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_registry_state'))
    )
    op.execute('INSERT INTO registry_state (pk, revision) VALUES (1, 0)')


def _create_keys(table: str, column: str, target: str) -> None:
    op.create_table(table,
    sa.Column('key', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column(column, ROW_NUMBER, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint([column], [f'{target}.pk'], name=op.f(f'fk_{table}_{column}'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', column, name=op.f(f'pk_{table}')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)


def downgrade() -> None:
    op.drop_table('registry_state')
    for table in ('lender_alias', 'lender_relation'):
        op.drop_column(table, 'retired_at')
    for table in ('complaint', 'article'):
        op.drop_column(table, 'as_read')
    with op.batch_alter_table('article', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_column('duplicate_how')
    with op.batch_alter_table('complaint_script', schema=None) as batch_op:
        batch_op.drop_index(op.f('ix_complaint_script_family_pk'))
        batch_op.drop_column('family_pk')
    for table in ('article_key', 'script_key', 'script_shape', 'script_family'):
        op.drop_table(table)
