"""Alembic's entry: migrates the store that the settings name, or the connection that `doorstep init` hands over."""

from alembic import context

from domain.models import Base, UtcDateTime
from domain.settings import settings
from domain.store import Database


def plain_type(kind: str, value: object, _context: object) -> str | bool:
    """Write our column type as SQLAlchemy's own: a migration must not change when our code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, UtcDateTime) else False


def run(connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=plain_type
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    with Database(settings().database_address).engine.begin() as connection:
        run(connection)
