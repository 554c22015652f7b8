"""A store whose last commits may be lost, for what can be done again."""

import pytest
from sqlalchemy import text

from domain.settings import Settings
from domain.store import Database


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_commits_wait_for_the_disk_unless_they_may_be_lost(settings: Settings, durable: bool, level: int) -> None:
    database = Database(settings.database_address, durable)
    with database.reading() as session:
        assert session.scalar(text("PRAGMA synchronous")) == level
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    database.dispose()


@pytest.mark.postgresql
@pytest.mark.parametrize(("durable", "level"), [(True, "on"), (False, "off")])
def test_on_postgresql_too(postgresql_url: str, durable: bool, level: str) -> None:
    database = Database(Settings(database_url=postgresql_url).database_address, durable)
    with database.reading() as session:
        assert session.scalar(text("SHOW synchronous_commit")) == level
    database.dispose()
