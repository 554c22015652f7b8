"""What waits and what is held, as several processes see it at once: a request that changes hands is never not there."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

import pytest
from scrapy import Request, Spider

from crawler.counts import Counts
from crawler.frontier.frontier import Frontier
from crawler.frontier.marks import SharedMarks
from crawler.frontier.queue import HeldQueue
from crawler.spiders.counting import CountingSpider
from domain.store.gathering.sources import Begun, SourceEntry

pytestmark = [pytest.mark.redis]

TURNS = 1500


class Reader(Spider):
    """A spider of one process."""

    name = "paper"

    def __init__(self, frontier: Frontier) -> None:
        super().__init__()
        self.gathering = SimpleNamespace(frontier=frontier)


def queue_of(frontier: Frontier) -> HeldQueue:
    return HeldQueue(frontier.server, Reader(frontier), "doorstep:paper:queue")


@pytest.fixture
def handing_over(redis_url: str) -> Iterator[None]:
    """A process that takes the one request there is and gives it back, over and over."""
    queue = queue_of(Frontier(redis_url, 60))
    assert queue.put(Request("https://paper.invalid/1"), "1")
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            queue.pop()
            queue.take_back(own=True)

    thread = threading.Thread(target=go_on)
    thread.start()
    yield
    done.set()
    thread.join()


def test_a_request_that_is_handed_from_one_to_another_is_seen_all_the_while(redis_url: str, handing_over: None) -> None:
    # Who saw nothing for a moment took the run for done, and what it took from then on was not counted as found.
    queue = queue_of(Frontier(redis_url, 60))
    assert {len(queue) for _ in range(TURNS)} == {1}


def test_what_is_asked_for_when_all_is_read_counts_as_found_in_no_process(redis_url: str) -> None:
    entry, frontiers = (
        SourceEntry("paper", "某报", "page", "https://paper.invalid/"),
        [Frontier(redis_url, 60) for _ in "ab"],
    )
    frontiers[0].open_run("paper", Begun(1, datetime(2026, 11, 26, tzinfo=UTC), "lease"))
    gatherings = (
        SimpleNamespace(frontier=frontier, limit=None, marks_of=partial(SharedMarks, frontier))
        for frontier in frontiers
    )
    first, other = (CountingSpider(entry, gathering, Counts()) for gathering in gatherings)
    other.met("https://paper.invalid/1")
    assert first.begins_to_look_after()
    assert not other.begins_to_look_after()
    for spider in (first, other):
        spider.met("https://paper.invalid/gone")
    assert [spider.marks.count("found") for spider in (first, other)] == [1, 1]
