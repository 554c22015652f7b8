"""A run writes and announces only what changed, and goes on where it was interrupted."""

from pathlib import Path

import pytest

from domain.retagging import retag
from domain.safekeeping.sealing import Keys
from domain.store import Database, records
from tests.domain.retagging.steps import announced, file, gather, reader, settle


def test_what_has_not_changed_is_not_written(every_database: Database, keys: Keys, progress: Path) -> None:
    ids = file(every_database, keys), gather(every_database)
    settle(every_database)
    before = [records.version_of(every_database, one) for one in ids]
    totals = retag(every_database, reader(every_database), progress)
    assert [(counts.read, counts.changed) for counts in totals.values()] == [(1, 0), (1, 0)]
    assert announced(every_database) == []
    assert [records.version_of(every_database, one) for one in ids] == before


def test_an_interrupted_run_goes_on_where_it_was(
    every_database: Database, keys: Keys, progress: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.retagging.BATCH", 1)
    for _ in range(3):
        file(every_database, keys)
    seen = []

    def stop_at_two(kind: str, counts) -> None:
        seen.append(kind)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retag(every_database, reader(every_database), progress, stop_at_two)
    assert retag(every_database, reader(every_database), progress)["complaints"].read == 1
    assert not progress.exists()


def test_a_run_that_another_registry_interrupted_begins_anew(
    every_database: Database, keys: Keys, progress: Path
) -> None:
    file(every_database, keys)
    progress.write_text('{"state": "of another time", "done": {"complaints": 99}}', encoding="utf-8")
    assert retag(every_database, reader(every_database), progress)["complaints"].read == 1
