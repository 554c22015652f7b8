"""Requests that are set aside for a run: no more than a site's day allows, whoever asks."""

import pytest

from domain.store import Database
from domain.store.gathering import sources
from domain.store.gathering.budgets import requests_of_the_day, reserve
from domain.store.gathering.sources import SourceEntry


@pytest.fixture
def runs(every_database: Database) -> list[int]:
    """Two runs over two sources of one site."""
    for name in ("paper", "board"):
        sources.save_source(every_database, SourceEntry(name, name, "feed", f"https://paper.invalid/{name}"))
    return [sources.start_run(every_database, name).number for name in ("paper", "board")]


def test_what_one_run_set_aside_no_other_one_has(every_database: Database, runs: list[int]) -> None:
    first, second = runs
    both = ("paper", "board")
    granted = [reserve(every_database, run, both, 4, 10) for run in (first, second, first, second)]
    assert granted == [4, 4, 2, 0]
    assert reserve(every_database, second, both, 4, 11) == 1
    assert sorted(spell.requests for spell in requests_of_the_day(every_database, both)) == [5, 6]
    assert reserve(every_database, first, ("paper",), 4, 10) == 4  # another site's
