"""Claims in Redis: the same as those of one process, and no longer than the run of the source that made them."""

from datetime import UTC, date, datetime

import pytest

from crawler.frontier.claims import SharedClaims
from crawler.frontier.frontier import Frontier
from crawler.runs.claims import Announced
from domain.store.gathering.sources import Begun

pytestmark = [pytest.mark.redis]

URL = "https://paper.invalid/1"
START = datetime(2026, 11, 26, tzinfo=UTC)


class Process:
    """One crawler process; `begins` a run, `takes` part in it."""

    def __init__(self, address: str) -> None:
        self.frontier = Frontier(address, 60)
        self.frontier.say_alive()

    def begins(self, source: str, lease: str, resumes: bool = False) -> SharedClaims:
        self.frontier.open_run(source, Begun(1, START, lease, START if resumes else None))
        return SharedClaims(self.frontier, source)


@pytest.fixture
def processes(redis_url: str) -> tuple[Process, Process]:
    return Process(redis_url), Process(redis_url)


def test_an_article_is_taken_by_one_process_and_what_others_say_reaches_it(processes: tuple[Process, Process]) -> None:
    first, other = processes[0].begins("map", "one"), processes[1].begins("feed", "two")
    assert first.take(URL, Announced())
    assert SharedClaims(processes[1].frontier, "map").take(URL, Announced())  # of the same source: told by its queue
    assert not other.take(URL, Announced("题目", date(2026, 11, 4)))
    assert first.announced(URL, Announced("自己的")) == Announced("自己的", date(2026, 11, 4))


def test_what_is_lacking_is_worth_another_look(processes: tuple[Process, Process]) -> None:
    first, other = processes[0].begins("map", "one"), processes[1].begins("feed", "two")
    assert first.take(URL, Announced())
    first.lacks(URL)
    assert not other.take(URL, Announced())
    assert other.take(URL, Announced("题目"))


def test_a_list_leaves_a_page_to_be_followed_to_whoever_has_it_and_takes_it_when_it_comes_later(
    processes: tuple[Process, Process],
) -> None:
    first, other = processes[0].begins("map", "one"), processes[1].begins("list", "two")
    assert first.take(URL, Announced())
    assert not other.take(URL, Announced(), as_list=True)
    assert first.leads_on(URL)
    assert other.take(URL, Announced(), as_list=True)


def test_a_claim_ends_with_the_run_in_which_it_was_made(processes: tuple[Process, Process]) -> None:
    first, other = processes[0].begins("map", "one"), processes[1].begins("list", "two")
    assert first.take(URL, Announced())
    processes[0].frontier.leave_run("map", "finished")
    assert other.take(URL, Announced())


def test_who_has_an_article_is_told_while_the_run_in_which_it_was_taken_goes_on(
    processes: tuple[Process, Process],
) -> None:
    first, other = processes[0].begins("map", "one"), processes[1].begins("list", "two")
    assert other.holder(URL) == ""
    first.take(URL, Announced())
    other.take(URL, Announced())
    assert [claims.holder(URL) for claims in (first, other)] == ["map", "map"]
    processes[0].frontier.leave_run("map", "finished")
    assert other.holder(URL) == ""


def test_a_new_run_of_the_source_knows_nothing_of_what_an_earlier_one_claimed(
    processes: tuple[Process, Process],
) -> None:
    first, other = processes[0].begins("map", "one"), processes[1].begins("list", "two")
    assert first.take(URL, Announced())
    processes[0].begins("map", "three")
    assert other.take(URL, Announced())


def test_a_run_that_is_gone_on_with_keeps_what_it_claimed(processes: tuple[Process, Process]) -> None:
    first, other = processes[0].begins("map", "one"), processes[1].begins("list", "two")
    assert first.take(URL, Announced())
    processes[0].begins("map", "three", resumes=True)
    assert not other.take(URL, Announced())
    first.leave(URL)
    assert other.take(URL, Announced())
