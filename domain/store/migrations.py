"""The schema's version: brought up to date by `doorstep init`, compared by `/readyz` and the tests.

Alembic is imported where it is used: the site's first page waits for every import and needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.settings import PROJECT_ROOT
from domain.store.database import Database, translated_errors

if TYPE_CHECKING:
    from alembic.config import Config


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the store's schema up to date; harmless when repeated and when two processes try at once."""
    from alembic import command

    with translated_errors(), database.engine.begin() as connection:
        if not database.is_sqlite:
            # Two machines that start together take turns; the number means nothing, it only has to be the same.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4155001)")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def revision_of(database: Database) -> str | None:
    """Return which schema the store has; None for an empty one."""
    from alembic.migration import MigrationContext

    with translated_errors(), database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Tell whether the store has the schema that this code expects."""
    from alembic.script import ScriptDirectory

    return revision_of(database) == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(PROJECT_ROOT / "migrations"))
    return config
