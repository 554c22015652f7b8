"""What is remembered of a page, asked for over a connection that stays open."""

from datetime import UTC, datetime

import pytest

from domain.store import Database, StoreUnavailable
from domain.store.gathering.pages import Memory, Visit, remember, remembered
from domain.store.gathering.sources import SourceEntry, save_source

AT = datetime(2026, 11, 26, tzinfo=UTC)
URL = "https://paper.invalid/1"


def test_the_open_connection_sees_what_was_written_since(database: Database) -> None:
    save_source(database, SourceEntry("paper", "某报", "page", URL))
    memory = Memory(database)
    assert memory.of(URL) is None
    for body in (None, b"<ul>" + b"<li>" * 50, b"<ul>"):
        remember(database, [Visit("paper", URL, AT, etag='"a"', body_hash="ab", body=body, content_type="text/html")])
        assert memory.of(URL) == remembered(database, URL)
    memory.close()
    assert memory.of(URL) is not None


def test_a_store_that_can_not_be_read_is_told_of(database: Database) -> None:
    memory = Memory(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE visited_page")
    with pytest.raises(StoreUnavailable):
        memory.of(URL)
