"""Takes pages apart in processes of their own, with a limit of time and memory for each page."""

import contextlib
import multiprocessing
import queue
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from crawler.refusals import Refused

# The slowest pages met take half a second; what takes ten is made to take long.
SECONDS_OF_WORK = 10.0
# On a machine that is busy with other things a page may wait for its turn.
LONGEST_WAIT_SECONDS = 120.0
# The largest pages that are let in (3 million characters, 60,000 elements) take 160 MB beside the 95 MB of the process,
# which so stays under 400 whatever it is sent: 12,000 elements with 20 attributes each took 410.
MEMORY_BYTES = 250 * 1024 * 1024
PAGE_SIZE = resource.getpagesize()
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
        self.line, far_end = CONTEXT.Pipe()
        self.process = CONTEXT.Process(target=_serve, args=(far_end, self.line), daemon=True)
        self.process.start()
        far_end.close()

    def end(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


class Parsers:
    """A few processes that take pages apart. Make it before any thread is started; `run` may be called from threads."""

    def __init__(self, workers: int = WORKERS, beside: Any = None) -> None:
        """`beside` is what functions may ask for by `in_worker`, too large to be sent along with each call."""
        global _beside
        _beside = beside
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(workers):
            self._idle.put(_Worker())
        self._count = workers

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a pure function of this project in a worker. Raises what it raises, and Refused.

        `parser_time` and `parser_memory` for a page that takes too much, `parser_failed` for one that ends the worker.
        """
        worker = self._idle.get()
        try:
            try:
                worker.line.send((function, arguments))
                answered = worker.line.poll(LONGEST_WAIT_SECONDS)
                how, value = worker.line.recv() if answered else ("refused", "parser_time")
            except (EOFError, OSError):
                answered, how, value = False, "refused", _reason_of_end(worker)
            if not answered:
                worker.end()
                worker = _Worker()
        finally:
            self._idle.put(worker)
        if how == "refused":
            raise Refused(value)
        return value

    def close(self) -> None:
        """End the processes; one that is at work still ends with the program."""
        for _ in range(self._count):
            with contextlib.suppress(queue.Empty):
                self._idle.get(timeout=1.0).end()


def _reason_of_end(worker: _Worker) -> str:
    worker.process.join(5)
    return "parser_time" if worker.process.exitcode == -signal.SIGVTALRM else "parser_failed"


def _serve(line: Connection, near_end: Connection) -> None:
    near_end.close()  # else this process would keep its own line open when the crawler is gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGVTALRM):
        signal.signal(number, signal.SIG_DFL)
    _limit_memory()
    while True:
        try:
            function, arguments = line.recv()
        except (EOFError, OSError):
            return
        # Counts the time of this process at work only, and ends it also inside of a library that never comes back.
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_OF_WORK)
        answer = _answer(function, arguments)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        line.send(answer)


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
