"""Pages are taken apart under limits of time and memory, and one that breaks them stops no other."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator

import pytest

from crawler import parsing
from crawler.parsing import Parsers
from crawler.refusals import Refused
from tests.crawler.crawling import awaited


@pytest.fixture
def parsers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parsers]:
    """One worker that may work for half a second a page."""
    monkeypatch.setattr(parsing, "SECONDS_OF_WORK", 0.5)
    made = Parsers(1)
    yield made
    made.close()


def forever() -> None:
    while True:
        pass


def greedy() -> int:
    return len(bytearray(2 * parsing.MEMORY_BYTES))


def ends() -> None:
    os._exit(3)


def deep(depth: int) -> int:
    return deep(depth + 1)


def refuses() -> None:
    raise Refused("binary")


def slow_but_idle() -> str:
    time.sleep(0.8)
    return "done"


@pytest.mark.parametrize(
    ("function", "arguments", "reason"),
    [
        (forever, (), "parser_time"), (greedy, (), "parser_memory"), (ends, (), "parser_failed"),
        (deep, (0,), "parser_failed"), (refuses, (), "binary"),
    ],
)  # fmt: skip
def test_a_page_that_takes_too_much_is_refused_and_the_next_is_read(
    parsers: Parsers, function: Callable[..., object], arguments: tuple[int, ...], reason: str
) -> None:
    async def steps() -> tuple[str, int]:
        with pytest.raises(Refused) as refused:
            await parsers.run(function, *arguments)
        return refused.value.reason, await parsers.run(len, "催收")

    assert awaited(steps()) == (reason, 2)


def test_time_that_a_busy_machine_takes_is_not_the_pages(parsers: Parsers) -> None:
    assert awaited(parsers.run(slow_but_idle)) == "done"


def test_an_answer_that_nobody_waits_for_any_more_is_not_given_to_the_next(parsers: Parsers) -> None:
    async def steps() -> int:
        given_up = asyncio.ensure_future(parsers.run(slow_but_idle))
        await asyncio.sleep(0.1)
        given_up.cancel()
        return int(await parsers.run(len, "催收"))

    assert awaited(steps()) == 2
