"""Takes pages apart in processes of their own, with a limit of time and memory for each page."""

import asyncio
import multiprocessing
import resource
import signal
import socket
from collections.abc import Callable
from typing import Any

from crawler.lines import Incoming, Line, opened, send
from crawler.refusals import Refused

# The slowest pages met take half a second; what takes ten is made to take long.
SECONDS_OF_WORK = 10.0
# On a machine that is busy with other things a page may wait for its turn.
LONGEST_WAIT_SECONDS = 120.0
# The largest pages that are let in (3 million characters, 60,000 elements) take 160 MB beside what the process has,
# which so stays under 400 whatever it is sent: 12,000 elements with 20 attributes each took 410.
MEMORY_BYTES = 250 * 1024 * 1024
PAGE_SIZE = resource.getpagesize()
RECEIVED_AT_ONCE = 256 * 1024
# One reads while the other is sent its page; more would only wait for the same two cores.
WORKERS = 2
CONTEXT = multiprocessing.get_context("fork")


# Set before a worker is forked, so that it is there without being sent.
_beside: Any = None


def in_worker() -> Any:
    """Return what the workers were made with, such as the reader."""
    return _beside


class _Worker:
    """One process and the line to it."""

    def __init__(self) -> None:
        self._near_end, far_end = socket.socketpair()
        self.process = CONTEXT.Process(target=_serve, args=(far_end, self._near_end), daemon=True)
        self.process.start()
        far_end.close()
        self._line: Line | None = None
        self._answer: asyncio.Future[tuple[str, Any]] | None = None
        self._unwanted = 0

    async def ask(self, wanted: tuple[Callable[..., Any], tuple[Any, ...]]) -> tuple[str, Any]:
        """Have a function called; return how that ended, and what came of it. Raises ConnectionError when it died."""
        if self._line is None:
            self._line = await opened(self._near_end, self._answered, self._ended)
        answer = self._answer = asyncio.get_running_loop().create_future()
        try:
            self._line.send(wanted)
            how, value = await answer
            return how, value
        finally:
            if answer.cancelled():
                self._unwanted += 1  # nobody waits for it any more, but it will come

    def _answered(self, answer: tuple[str, Any]) -> None:
        if self._unwanted:
            self._unwanted -= 1
        elif self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def _ended(self) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the process has ended"))

    def end(self) -> None:
        self.process.kill()
        self.process.join()

    def reason_of_end(self) -> str:
        self.process.join(5)
        return "parser_time" if self.process.exitcode == -signal.SIGVTALRM else "parser_failed"


class Parsers:
    """A few processes that take pages apart. Make it before any thread is started; use it on one event loop."""

    def __init__(self, workers: int = WORKERS, beside: Any = None) -> None:
        """`beside` is what functions may ask for by `in_worker`, too large to be sent along with each call."""
        global _beside
        _beside = beside
        self._workers = [_Worker() for _ in range(workers)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a pure function of this project in a worker. Raises what it raises, and Refused.

        `parser_time` and `parser_memory` for a page that takes too much, `parser_failed` for one that ends the worker.
        """
        worker = await self._idle.get()
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                how, value = await worker.ask((function, arguments))
        except TimeoutError:
            how, value = "refused", "parser_time"
            worker = self._replaced(worker)
        except ConnectionError:
            how, value = "refused", worker.reason_of_end()
            worker = self._replaced(worker)
        finally:
            self._idle.put_nowait(worker)
        if how == "refused":
            raise Refused(value)
        return value

    def _replaced(self, worker: _Worker) -> _Worker:
        worker.end()
        self._workers.remove(worker)
        self._workers.append(_Worker())
        return self._workers[-1]

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.process.kill()  # all at once: each takes 10 ms to give its memory back
        for worker in self._workers:
            worker.end()


def _serve(line: socket.socket, near_end: socket.socket) -> None:
    near_end.close()  # else this process would keep its own line open when the crawler is gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGVTALRM):
        signal.signal(number, signal.SIG_DFL)
    _limit_memory()
    incoming = Incoming()
    while True:
        while (wanted := incoming.next()) is None:
            try:
                data = line.recv(RECEIVED_AT_ONCE)
            except OSError:
                return
            if not data:
                return
            incoming.add(data)
        function, arguments = wanted[0]
        # Counts the time of this process at work only, and ends it also inside of a library that never comes back.
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_OF_WORK)
        answer = _answer(function, arguments)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        try:
            send(line, answer)
        except ConnectionError:
            return


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "done", function(*arguments)
    except Refused as refused:
        return "refused", refused.reason
    except MemoryError:
        return "refused", "parser_memory"
    except Exception:  # whatever a page does to a library, it is this page that is not taken
        return "refused", "parser_failed"


def _limit_memory() -> None:
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * PAGE_SIZE
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_BYTES, used + MEMORY_BYTES))
