"""How sources do: what their last runs found, and which are odd beside the runs before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from domain.models import CrawlRun, Source
from domain.store import Database
from domain.store.gathering import budgets, source_health, sources
from domain.store.gathering.budgets import Spell
from domain.store.gathering.source_health import SourceHealth
from domain.store.gathering.sources import SourceEntry

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def run(database: Database, found: int, outcome: str = "finished", **counts: Any) -> SourceHealth:
    """Run the source once; return how it does then."""
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    begun, counted = sources.start_run(database, "paper"), {"found": found, **counts}
    warning = source_health.warning_for(database, "paper", begun.number, outcome, counted)
    sources.end_run(database, begun, outcome, counted, warning)
    return source_health.health(database)[0]


def test_the_last_run_is_told_with_its_figures(every_database: Database) -> None:
    health = run(
        every_database, 12, items=8, gone=1, stored={"new": 5, "changed": 2, "unchanged": 4}, refused={"robots": 3},
        **{"with": {"title": 8, "date": 6, "tactic": 2}},
    )  # fmt: skip
    assert (health.found, health.new, health.changed, health.gone) == (12, 5, 2, 1)
    assert health.refused == {"robots": 3}
    assert health.shares == {"title": 1.0, "date": 0.75, "lender": 0.0, "tactic": 0.25}
    assert (health.warning, health.is_running) == ("", False)


def test_without_items_there_are_no_shares_and_without_runs_no_figures(database: Database) -> None:
    assert set(run(database, 0).shares.values()) == {None}
    sources.save_source(database, SourceEntry("quiet", "没读过", "page", "https://quiet.invalid/"))
    [_, quiet] = source_health.health(database)
    assert (quiet.last, quiet.found, quiet.warning) == (None, 0, "")


@pytest.mark.parametrize(
    ("before", "found", "warning"),
    [
        ([20], 0, "found_nothing"), ([20], 10, "found_half"), ([20], 11, ""),
        ([20, 20], 0, "found_nothing"), ([20, 20], 10, "found_half"), ([20, 20], 11, ""),
        ([20, 22, 0, 21], 9, "found_half"), ([3, 3], 1, ""), ([1, 1, 1], 0, "found_nothing"), ([0, 0, 0, 1], 0, ""),
        ([20, 20, 5, 5, 5, 5, 5, 5, 5], 5, ""),
    ],
)  # fmt: skip
def test_a_source_that_finds_nothing_or_half_of_what_is_usual_is_flagged(
    database: Database, before: list[int], found: int, warning: str
) -> None:
    for number in before:
        run(database, number)
    assert run(database, found).warning == warning


@pytest.mark.parametrize(
    ("before", "found", "warning"),
    [([], 0, "found_nothing_yet"), ([0] * 9, 0, "found_nothing_yet"), ([0, 0], 1, "")],
)
def test_a_source_that_has_never_found_anything_is_flagged_from_its_first_run_on(
    every_database: Database, before: list[int], found: int, warning: str
) -> None:
    for number in before:
        run(every_database, number)
    assert run(every_database, found).warning == warning


@pytest.mark.parametrize("before", [[1], [20, 20, 20]])
def test_a_source_that_finds_nothing_any_more_stays_flagged_until_it_finds_something(
    every_database: Database, before: list[int]
) -> None:
    for number in before:
        run(every_database, number)
    assert {run(every_database, 0).warning for _ in range(12)} == {"found_nothing"}
    assert run(every_database, 0, "unreachable").warning == "unreachable"
    assert run(every_database, 0).warning == "found_nothing"
    assert run(every_database, before[0]).warning == ""
    assert run(every_database, 0).warning == "found_nothing"


def test_what_a_run_that_was_stopped_found_is_not_forgotten(database: Database) -> None:
    assert run(database, 0).warning == "found_nothing_yet"
    run(database, 3, "stopped")
    assert run(database, 0).warning != "found_nothing_yet"


def test_to_judge_a_run_as_much_is_read_after_a_thousand_runs_as_after_a_hundred(database: Database) -> None:
    read = []

    def judged() -> int:
        read.clear()
        assert run(database, 0).warning == "found_nothing_yet"
        return len(read)

    @event.listens_for(database.engine, "connect")
    @event.listens_for(database.engine, "checkout")
    def count_rows(connection: Any, *_: Any) -> None:
        connection.row_factory = lambda _, row: read.append(row) or row

    judged()
    row = {"source_pk": 1, "started_at": NOW, "ended_at": NOW, "outcome": "finished", "counts": {"found": 0}}
    counted = []
    for further in (100, 1000):
        with database.writing() as session:
            session.execute(insert(CrawlRun), [{**row, "warning": "found_nothing_yet"}] * further)
        counted.append(judged())
    assert counted[0] == counted[1]


@pytest.mark.parametrize(("outcome", "warning"), [
    ("unreachable", "unreachable"), ("unreadable", "unreadable"), ("failed", "failed"), ("stopped", ""),
])  # fmt: skip
def test_a_run_that_did_not_end_in_order_is_flagged_and_is_no_measure_for_others(
    database: Database, outcome: str, warning: str
) -> None:
    run(database, 20)
    run(database, 20)
    assert run(database, 0, outcome).warning == warning
    assert run(database, 20).warning == ""


def test_a_run_that_could_not_read_the_sources_own_address_is_flagged_and_is_no_measure_for_others(
    every_database: Database,
) -> None:
    run(every_database, 20)
    run(every_database, 20)
    for _ in range(7):
        assert run(every_database, 0, source_unread=1).warning == "unreadable"
    assert run(every_database, 0).warning == "found_nothing"


def test_while_a_source_is_read_the_run_before_is_told(every_database: Database) -> None:
    for found in (20, 20, 5):
        run(every_database, found)
    sources.start_run(every_database, "paper")
    [health] = source_health.health(every_database)
    assert (health.is_running, health.found, health.warning) == (True, 5, "found_half")


def test_the_requests_of_a_day_are_those_of_all_runs_that_reach_into_it(every_database: Database) -> None:
    sources.save_source(every_database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    present, hour = datetime.now(UTC), timedelta(hours=1)
    runs = [
        (-50, -30, "finished"),
        (-30, -20, "finished"),
        (-3, -2, "stopped"),
        (-2, None, "killed"),
        (-1, None, "running"),
    ]
    with every_database.writing() as session:
        source_pk = session.scalar(select(Source.pk))
        for begun, ended, outcome in runs:
            until, counts = None if ended is None else present + ended * hour, {"requests": 100}
            told = {"started_at": present + begun * hour, "ended_at": until, "outcome": outcome, "counts": counts}
            session.add(CrawlRun(source_pk=source_pk, **told))
        told = {"started_at": present - hour, "ended_at": present, "outcome": "failed", "counts": {}}
        session.add(CrawlRun(source_pk=source_pk, **told))
    spells = budgets.requests_of_the_day(every_database, ["paper"])
    assert sorted(spell.since(present - 24 * hour) for spell in spells) == [40, 100, 100, 100]
    assert budgets.requests_of_the_day(every_database, ["other"]) == []


def test_of_a_spell_those_requests_count_that_are_not_older_than_asked_for() -> None:
    spell = Spell(NOW, NOW + timedelta(hours=10), 7)
    hours = (-1, 0, 5, 9, 10, 11)
    assert [spell.since(NOW + timedelta(hours=number)) for number in hours] == [7, 7, 4, 1, 0, 0]
    assert [Spell(NOW, NOW, 3).since(NOW + timedelta(hours=number)) for number in (-1, 0, 1)] == [3, 3, 0]
