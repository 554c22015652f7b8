"""Pages are taken apart under limits of time and memory, and one that breaks them stops no other."""

import asyncio
import os
import signal
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


def test_a_killed_reader_is_gone_when_all_are_closed() -> None:
    made = Parsers(2)
    processes = [worker.process for worker in made._workers]
    made.kill()
    made.close()
    made.close()
    assert [process.exitcode for process in processes] == [-signal.SIGKILL] * 2


def test_time_that_a_busy_machine_takes_is_not_the_pages(parsers: Parsers) -> None:
    assert awaited(parsers.run(slow_but_idle)) == "done"


def test_what_waits_behind_a_page_that_ends_the_process_is_read_by_another(parsers: Parsers) -> None:
    async def steps() -> list[object]:
        return await asyncio.gather(
            *(parsers.run(function, *arguments) for function, arguments in
              [(ends, ()), (len, ("催收",)), (forever, ()), (len, ("三个字",)), (len, ("四个字呢",))]),
            return_exceptions=True,
        )  # fmt: skip

    dead, two, late, three, four = awaited(steps())
    assert [str(dead), str(late)] == ["parser_failed", "parser_time"]
    assert [two, three, four] == [2, 3, 4]


def test_a_page_is_sent_while_the_one_before_is_read_but_a_large_one_waits_for_its_turn(parsers: Parsers) -> None:
    large = b" " * (parsing.LARGEST_AHEAD_BYTES + 1)

    async def steps() -> list[int]:
        [worker] = parsers._workers
        asked = [asyncio.ensure_future(parsers.run(len, body)) for body in (b" ", b"  ", large, large, b" ")]
        under_way = []
        while not all(one.done() for one in asked):
            under_way.append((len(worker.asked), sum(one.is_large for one in worker.asked)))
            await asyncio.sleep(0)
        assert max(count for count, _ in under_way) == 2
        assert max(large_ones for _, large_ones in under_way) == 1
        return [one.result() for one in asked]

    assert awaited(steps()) == [1, 2, len(large), len(large), 1]


def test_a_page_that_is_being_read_when_all_processes_are_told_to_stop_is_read(parsers: Parsers) -> None:
    async def steps() -> tuple[str, int]:
        reading = asyncio.ensure_future(parsers.run(slow_but_idle))
        await asyncio.sleep(0.3)  # it is at it by then; as `systemctl stop` does, or `kill` of a process group
        os.kill(parsers._workers[0].process.pid or 0, signal.SIGTERM)
        return await reading, await parsers.run(len, "催收")

    assert awaited(steps()) == ("done", 2)


def test_one_that_does_not_answer_at_all_is_given_up(parsers: Parsers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "LONGEST_WAIT_SECONDS", 0.3)

    async def steps() -> tuple[str, int, int]:
        waits = asyncio.ensure_future(parsers.run(slow_but_idle))
        behind = await parsers.run(len, "催收")
        with pytest.raises(Refused) as refused:
            await waits
        return refused.value.reason, behind, await parsers.run(len, "三个字")

    assert awaited(steps()) == ("parser_time", 2, 3)


def test_an_answer_that_nobody_waits_for_any_more_is_not_given_to_the_next(parsers: Parsers) -> None:
    async def steps() -> int:
        given_up = asyncio.ensure_future(parsers.run(slow_but_idle))
        await asyncio.sleep(0.1)
        given_up.cancel()
        return int(await parsers.run(len, "催收"))

    assert awaited(steps()) == 2
