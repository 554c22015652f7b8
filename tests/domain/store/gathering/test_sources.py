"""Leases of sources, runs that go on where one broke off, and what is due."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.models import CrawlRun
from domain.store import Database, audit
from domain.store.gathering import sources
from domain.store.gathering.sources import LEASE, RESUMED_WITHIN, SourceBusy, SourceChanged, SourceEntry, UnknownSource

Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Put the store's clock forward."""
    present = [datetime(2026, 11, 25, 8, tzinfo=UTC)]
    monkeypatch.setattr(sources, "now", lambda: present[0])

    def move(by: timedelta) -> None:
        present[0] += by

    return move


@pytest.fixture
def paper(every_database: Database) -> Database:
    """A store with one source, read every 24 hours."""
    sources.save_source(every_database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    return every_database


def outcomes(database: Database) -> list[str]:
    with database.reading() as session:
        return [run.outcome for run in session.query(CrawlRun).order_by(CrawlRun.pk)]


def test_what_somebody_changed_meanwhile_is_not_overwritten(paper: Database) -> None:
    seen = sources.state_of(sources.source(paper, "paper"))
    mine, theirs = (SourceEntry("paper", name, "feed", "https://paper.invalid/feed") for name in ("日报", "晚报"))
    sources.save_source(paper, theirs, "staff:lin", seen)
    for stale in (seen, ""):
        with pytest.raises(SourceChanged):
            sources.save_source(paper, mine, "staff:zhao", stale)
    assert sources.source(paper, "paper").name == "晚报"
    sources.save_source(paper, mine, "staff:zhao", sources.state_of(sources.source(paper, "paper")))
    assert [event.actor for event in audit.events_of(paper, "paper")[1:]] == ["staff:lin", "staff:zhao"]


def test_a_source_is_crawled_by_one_at_a_time(paper: Database, later: Later) -> None:
    begun = sources.start_run(paper, "paper")
    with pytest.raises(SourceBusy):
        sources.start_run(paper, "paper")
    later(LEASE / 2)
    assert sources.renew_lease(paper, "paper", begun.lease)
    later(LEASE * 0.75)
    with pytest.raises(SourceBusy):
        sources.start_run(paper, "paper")
    sources.end_run(paper, begun, "finished", {})
    assert sources.start_run(paper, "paper").resumes_from is None
    with pytest.raises(UnknownSource):
        sources.start_run(paper, "nothing")


def test_the_source_of_a_crawler_that_was_killed_falls_free_and_its_run_is_gone_on_with(
    paper: Database, later: Later
) -> None:
    killed = sources.start_run(paper, "paper")
    later(LEASE + timedelta(seconds=1))
    second = sources.start_run(paper, "paper")
    assert (second.resumes_from, outcomes(paper)) == (killed.started_at, ["killed", "running"])
    assert not sources.renew_lease(paper, "paper", killed.lease)  # who seemed dead and was not has lost it
    sources.end_run(paper, second, "stopped", {})
    assert sources.start_run(paper, "paper").resumes_from == killed.started_at


def test_a_run_that_used_up_the_days_requests_is_gone_on_with_day_by_day(paper: Database, later: Later) -> None:
    first = sources.start_run(paper, "paper")
    sources.end_run(paper, first, "over_budget", {})
    for _ in range(5):
        later(timedelta(hours=25))
        begun = sources.start_run(paper, "paper")
        assert begun.resumes_from == first.started_at
        sources.end_run(paper, begun, "over_budget", {})
    later(timedelta(days=10))
    assert sources.start_run(paper, "paper").resumes_from is None


@pytest.mark.parametrize(("every_hours", "due_after"), [(1, 1), (24, 24), (168, 24)])
def test_a_run_that_used_up_the_days_requests_is_due_within_a_day(
    paper: Database, later: Later, every_hours: float, due_after: float
) -> None:
    sources.save_source(
        paper, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed", every_hours=every_hours)
    )
    sources.end_run(paper, sources.start_run(paper, "paper"), "over_budget", {})
    later(timedelta(hours=due_after) - timedelta(minutes=1))
    assert sources.due(paper) == []
    later(timedelta(minutes=1))
    assert [source.slug for source in sources.due(paper)] == ["paper"]


def test_what_a_run_has_asked_for_is_noted_with_its_lease_and_by_nobody_else(paper: Database, later: Later) -> None:
    killed = sources.start_run(paper, "paper")
    assert sources.renew_lease(paper, "paper", killed.lease, 40)
    assert sources.renew_lease(paper, "paper", killed.lease)
    later(LEASE + timedelta(seconds=1))
    second = sources.start_run(paper, "paper")
    assert not sources.renew_lease(paper, "paper", killed.lease, 99)
    with paper.reading() as session:
        assert [run.counts.get("requests") for run in session.query(CrawlRun).order_by(CrawlRun.pk)] == [40, None]
    sources.end_run(paper, second, "finished", {"requests": 7})
    assert not sources.renew_lease(paper, "paper", second.lease, 99)
    with paper.reading() as session:
        assert [run.counts.get("requests") for run in session.query(CrawlRun).order_by(CrawlRun.pk)] == [40, 7]


def test_a_run_that_broke_off_long_ago_is_begun_anew(paper: Database, later: Later) -> None:
    sources.end_run(paper, sources.start_run(paper, "paper"), "stopped", {})
    later(RESUMED_WITHIN + timedelta(minutes=1))
    assert sources.start_run(paper, "paper").resumes_from is None


def test_what_is_due_is_what_was_not_read_for_its_hours(paper: Database, later: Later) -> None:
    def due() -> list[str]:
        return [source.slug for source in sources.due(paper)]

    sources.save_source(paper, SourceEntry("by-hand", "随手", "page", "https://hand.invalid/", every_hours=0))
    assert due() == ["paper"]
    begun = sources.start_run(paper, "paper")
    assert due() == []
    sources.end_run(paper, begun, "finished", {})
    later(timedelta(hours=23))
    assert due() == []
    later(timedelta(hours=1))
    assert due() == ["paper"]
    sources.set_paused(paper, "paper", True, "staff:a")
    assert due() == []


def test_a_run_that_broke_off_is_due_again_in_five_minutes(paper: Database, later: Later) -> None:
    sources.end_run(paper, sources.start_run(paper, "paper"), "stopped", {})
    assert sources.due(paper) == []
    later(timedelta(minutes=5))
    assert [source.slug for source in sources.due(paper)] == ["paper"]
