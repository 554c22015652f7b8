"""Takes pages apart in processes of their own, with a limit of time and memory for each page."""

import asyncio
import contextlib
import multiprocessing
import resource
import signal
import socket
from collections import deque
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
# As many as the cores that they share with the rest; more would only wait.
WORKERS = 2
# Of these it reads one while the other waits on its line: with one alone it stood still after each until the process
# that fetches came to it. A page stands behind no more than one other, and large ones wait where they are.
MOST_ASKED = 2
LARGEST_AHEAD_BYTES = 256 * 1024
CONTEXT = multiprocessing.get_context("fork")


# Set before a worker is forked, so that it is there without being sent.
_beside: Any = None


def in_worker() -> Any:
    """Return what the workers were made with, such as the reader."""
    return _beside


class _Asked:
    """A function to be called for somebody who waits for what comes of it."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self.wanted = function, arguments
        self.is_large = any(isinstance(one, bytes) and len(one) > LARGEST_AHEAD_BYTES for one in arguments)
        self.is_sent = False
        self.answer: asyncio.Future[tuple[str, Any]] = asyncio.get_running_loop().create_future()

    def answered(self, how: str, value: Any) -> None:
        if not self.answer.done():  # else nobody waits for it any more
            self.answer.set_result((how, value))


class _Worker:
    """One process, the line to it, and what it was asked and has not answered, first come first."""

    def __init__(self, on_free: Callable[[], None], on_end: Callable[["_Worker"], None]) -> None:
        self._near_end, far_end = socket.socketpair()
        self.process = CONTEXT.Process(target=_serve, args=(far_end, self._near_end), daemon=True)
        self.process.start()
        far_end.close()
        self._line: Line | None = None
        self._opening: asyncio.Task[None] | None = None
        self._on_free, self._on_end = on_free, on_end
        self.asked: deque[_Asked] = deque()
        self._patience: asyncio.TimerHandle | None = None
        self._late = False

    def may_ask(self, asked: _Asked) -> bool:
        """Whether it has room: it reads one page while the next is there already, but no two large ones."""
        return not self.asked or (len(self.asked) < MOST_ASKED and not asked.is_large)

    def ask(self, asked: _Asked) -> None:
        self.asked.append(asked)
        if len(self.asked) == 1:
            self._wait_for_first()
        if self._line is not None:
            self._send(self._line, asked)
        elif self._opening is None:
            self._opening = asyncio.ensure_future(self._open())

    async def _open(self) -> None:
        self._line = await opened(self._near_end, self._answered, self._ended)
        for asked in self.asked:
            self._send(self._line, asked)

    def _send(self, line: Line, asked: _Asked) -> None:
        with contextlib.suppress(ConnectionError):  # it has ended, and will be said to have
            line.send(asked.wanted)
            asked.is_sent = True

    def _wait_for_first(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if self.asked:
            self._patience = asyncio.get_running_loop().call_later(LONGEST_WAIT_SECONDS, self._is_late)

    def _is_late(self) -> None:
        self._late = True
        self._ended()

    def _answered(self, answer: tuple[str, Any]) -> None:
        if not self.asked:
            return  # it was given up a moment ago
        first = self.asked.popleft()
        self._wait_for_first()
        first.answered(*answer)
        self._on_free()

    def _ended(self) -> None:
        self._on_end(self)

    def leave(self) -> deque[_Asked]:
        """End the process; return what it was asked and did not answer."""
        left, self.asked = self.asked, deque()
        self._wait_for_first()
        self.end()
        return left

    def end(self) -> None:
        self.process.kill()
        self.process.join()

    def reason_of_end(self) -> str:
        if self._late:
            return "parser_time"
        self.process.join(5)
        return "parser_time" if self.process.exitcode == -signal.SIGVTALRM else "parser_failed"


class Parsers:
    """A few processes that take pages apart. Make it before any thread is started; use it on one event loop."""

    def __init__(self, workers: int = WORKERS, beside: Any = None) -> None:
        """`beside` is what functions may ask for by `in_worker`, too large to be sent along with each call."""
        global _beside
        _beside = beside
        self._waiting: deque[_Asked] = deque()
        self._workers = [self._worker() for _ in range(workers)]
        self._ended: list[_Worker] = []

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a pure function of this project in a worker. Raises what it raises, and Refused.

        `parser_time` and `parser_memory` for a page that takes too much, `parser_failed` for one that ends the worker.
        """
        asked = _Asked(function, arguments)
        self._waiting.append(asked)
        self._hand_out()
        how, value = await asked.answer
        if how == "refused":
            raise Refused(value)
        return value

    def _worker(self) -> _Worker:
        return _Worker(self._hand_out, self._replace)

    def _hand_out(self) -> None:
        while self._waiting:
            first, worker = self._waiting[0], min(self._workers, key=lambda worker: len(worker.asked))
            if first.answer.done():  # cancelled
                self._waiting.popleft()
            elif worker.may_ask(first):
                worker.ask(self._waiting.popleft())
            else:
                return

    def _replace(self, worker: _Worker) -> None:
        """Put another in the place of a worker that has ended, or has to.

        What it was at is refused, unless it never got it; what stood behind is asked of another.
        """
        if worker not in self._workers:
            return
        reason, left = worker.reason_of_end(), worker.leave()
        self._workers.remove(worker)
        self._workers.append(self._worker())
        if left and left[0].is_sent:
            left.popleft().answered("refused", reason)
        self._waiting.extendleft(reversed(left))
        self._hand_out()

    def kill(self) -> None:
        """End the processes without waiting for it: each takes 10 ms to give its memory back."""
        self._ended, self._workers = self._workers, []  # nobody is to take their place
        for worker in self._ended:
            worker.process.kill()

    def close(self) -> None:
        """End the processes, or wait for the end of those that were killed."""
        if self._workers:
            self.kill()
        for worker in self._ended:
            worker.end()


def _serve(line: socket.socket, near_end: socket.socket) -> None:
    near_end.close()  # else this process would keep its own line open when the crawler is gone
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the crawler is to stop: what it still asks is answered, then it ends
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
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
