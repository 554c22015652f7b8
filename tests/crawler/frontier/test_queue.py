"""What waits and what is held, as several processes see it at once: a request that changes hands is never not there."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

import pytest
from scrapy import Request, Spider

from crawler.frontier.frontier import PARTS, Frontier
from crawler.frontier.marks import SharedMarks
from crawler.frontier.pace import SharedPace
from crawler.frontier.queue import HeldQueue
from crawler.runs.counts import Counts
from crawler.spiders.counting import CountingSpider
from domain.settings import PROJECT_ROOT
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


def test_all_processes_together_ask_a_site_no_more_in_a_day_than_they_may(redis_url: str) -> None:
    first, second = (SharedPace(Frontier(redis_url, 60)) for _ in "ab")
    asked = [pace.may_ask("paper.invalid", 3) for pace in (first, second, first, second, first)]
    assert asked == [True] * 3 + [False] * 2
    assert second.may_ask("other.invalid", 3)
    assert second.may_ask("paper.invalid", 4)
    assert not first.may_ask("paper.invalid", 4)


def test_a_request_counts_for_a_day_from_when_it_was_made_and_not_from_the_first_one(redis_url: str) -> None:
    pace, server = SharedPace(Frontier(redis_url, 60)), Frontier(redis_url, 60).server
    now = int(server.time()[0])
    # The first two are older than a day, the other two of its last hours, on whichever side of midnight.
    server.lpush("doorstep:asked_at:paper.invalid", now - 86_500, now - 86_400, now - 80_000, now - 10)
    assert [pace.may_ask("paper.invalid", 4) for _ in range(4)] == [True, True, False, False]
    assert 0 < server.ttl("doorstep:asked_at:paper.invalid") <= 86_400


def test_a_source_that_could_not_be_read_once_is_looked_after_again_in_its_next_run(redis_url: str) -> None:
    frontier = Frontier(redis_url, 60)
    for resumed in (None, datetime(2026, 11, 26, tzinfo=UTC)):
        for outcome in ("finished", "stopped"):
            begun = Begun(1, datetime(2026, 11, 26, tzinfo=UTC), "lease", resumed)
            frontier.open_run("paper", begun)
            marks = SharedMarks(frontier, "paper")
            assert not marks.has("unread", "https://paper.invalid/")
            marks.put("unread", "https://paper.invalid/")
            frontier.leave_run("paper", outcome)


def test_every_kind_of_mark_that_the_crawler_makes_is_forgotten_with_its_run() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (PROJECT_ROOT / "crawler").rglob("*.py"))
    kinds = set(re.findall(r"""marks\.(?:put|has|count|holder)\(\s*"(\w+)\"""", code))
    assert len(kinds) > 10
    assert {f"marks:{kind}" for kind in kinds} <= set(PARTS)
