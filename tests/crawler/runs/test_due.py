"""The worker's crawls of what is due: one at a time, and none that keeps the others waiting for ever."""

import subprocess
import threading
from typing import Any

import pytest

from crawler.runs import due
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, save_source


def test_a_crawl_that_does_not_end_makes_room_for_what_is_due(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    enough, stop = threading.Event(), threading.Event()

    def start(*arguments: str) -> Any:
        started.append(subprocess.Popen(["sleep", "600"]))  # noqa: S607
        if len(started) == 2:
            enough.set()
        return started[-1]

    monkeypatch.setattr(due, "start_crawl", start)
    monkeypatch.setattr(due, "SECONDS_ALONE", 0.0)
    save_source(
        database, SourceEntry(slug="paper", name="某报", kind="page", address="https://paper.example/a", every_hours=6)
    )
    worker = threading.Thread(target=due.run_due, args=(database, stop, 0.1))
    worker.start()
    assert enough.wait(60)
    assert started[0].poll() is not None
    stop.set()
    worker.join(60)
    assert not worker.is_alive()
    assert all(crawl.poll() is not None for crawl in started)
