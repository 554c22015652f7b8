"""Stores in a process of its own: the one that fetches would stand still for the time of each statement.

What waits when a transaction ends goes into the next one together, with what follows closely, so a busy crawl needs
few of them and an idle one keeps every article at once. An article is told of as kept when its transaction has ended,
and not before.
"""

import asyncio
import itertools
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from crawler.items import GatheredArticle
from crawler.keeping.archive import Archive
from crawler.keeping.storing import Kept, NotKept, keep
from crawler.lines import Incoming, Line, opened, send
from crawler.parsing import CONTEXT
from domain.fingerprints.article_facts import make_ready
from domain.store import Database, StoreUnavailable

# So many articles take a fiftieth of a second; whoever else wants to write waits for no longer.
MOST_TOGETHER = 16
# A transaction waits for the next article as long as one follows another: 16 together take a third less than four
# times four, for they touch the same pages of the store; and at a page a second nobody is waited for in vain for long.
WAITED_FOR_NEXT_SECONDS, WAITED_AT_MOST_SECONDS = 0.01, 0.1
RECEIVED_AT_ONCE = 256 * 1024
# Each post of a page takes the page along: eight of a page of 8 MB, and as many of another source, took 160 MB each.
MOST_UNDER_WAY_BYTES = 16 * 1024 * 1024
# An article to be stored, or a function with its arguments.
Wanted = GatheredArticle | tuple[Callable[..., Any], tuple[Any, ...]]
ENDED = "the process that stores has ended"


class Keeper:
    """The process that stores and the line to it. Make it before any thread is started; use it on one event loop."""

    def __init__(self, database: Database, archive: Archive) -> None:
        """Store into the same store as `database`, whose connections are closed: none may go along into a fork."""
        database.dispose()
        self._line, far_end = socket.socketpair()
        self._process = CONTEXT.Process(target=_serve, args=(far_end, self._line, database, archive))
        self._process.start()
        far_end.close()
        self._numbers = itertools.count()
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._opening: asyncio.Future[Line] | None = None
        self._bytes_under_way, self._room = 0, asyncio.Event()

    async def keep(self, article: GatheredArticle) -> Kept:
        """Store an article and put its pages into the archive. Raises StoreUnavailable, NotKept."""
        size = sum(len(capture.body) for capture in article.captures)
        while self._bytes_under_way and self._bytes_under_way + size > MOST_UNDER_WAY_BYTES:
            self._room.clear()
            await self._room.wait()
        self._bytes_under_way += size
        try:
            kept: Kept = await self._asked(article)
        finally:
            self._bytes_under_way -= size
            self._room.set()
        return kept

    async def write(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Have the process call a function of domain.store, the store before its arguments; return what it returns.

        All that is written while sources are read goes this way: SQLite lets those who wait try again by chance, and
        beside one who writes all the time the others would wait for ever. Raises StoreUnavailable, NotKept.
        """
        return await self._asked((function, arguments))

    async def _asked(self, wanted: Wanted) -> Any:
        if self._opening is None:
            self._opening = asyncio.ensure_future(opened(self._line, self._take_answers, self._ended))
        line = await self._opening
        number = next(self._numbers)
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            line.send((number, wanted))
            return await future
        except ConnectionError as error:
            raise StoreUnavailable(ENDED) from error
        finally:
            self._waiting.pop(number, None)

    def _take_answers(self, answers: list[tuple[int, Any]]) -> None:
        for number, answer in answers:
            self._answer(number, answer)

    def _ended(self) -> None:
        for number in list(self._waiting):
            self._answer(number, StoreUnavailable(ENDED))

    def _answer(self, number: int, answer: Any) -> None:
        future = self._waiting.get(number)
        if future is None or future.done():
            return
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)

    def close(self) -> None:
        """Wait until everything that was handed over is stored and the process has ended."""
        self._line.close()
        self._process.join()


class _Coming:
    """What comes by the line, one wish after the other."""

    def __init__(self, line: socket.socket) -> None:
        self._line, self._incoming = line, Incoming()

    def together(self) -> list[tuple[int, Wanted]]:
        """Wait for a wish and return it with those that follow closely; nothing at the end of the line.

        What is to be called ends them: a run waits for it, and few are.
        """
        if (message := self._next()) is None:
            return []
        found: list[tuple[int, Wanted]] = [message[0]]
        until = time.monotonic() + WAITED_AT_MOST_SECONDS
        while len(found) < MOST_TOGETHER and isinstance(found[-1][1], GatheredArticle):
            message = self._next(min(until, time.monotonic() + WAITED_FOR_NEXT_SECONDS))
            if message is None:
                break
            found.append(message[0])
        return found

    def _next(self, until: float | None = None) -> tuple[Any] | None:
        while (message := self._incoming.next()) is None:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._line], [], [], left)[0]:
                return None
            if not (part := self._line.recv(RECEIVED_AT_ONCE)):
                return None
            self._incoming.add(part)
        return message


def _done(database: Database, archive: Archive, waiting: Sequence[tuple[int, Wanted]]) -> list[tuple[int, Any]]:
    """Store the articles together, then do what else is wanted; each with its number."""
    articles = {number: wanted for number, wanted in waiting if isinstance(wanted, GatheredArticle)}
    answers: list[tuple[int, Any]] = []
    if articles:
        answers += zip(articles, keep(database, archive, list(articles.values())), strict=True)
    for number, wanted in waiting:
        if not isinstance(wanted, GatheredArticle):
            answers.append((number, _called(database, *wanted)))
    return answers


def _called(database: Database, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return function(database, *arguments)
    except StoreUnavailable as error:
        return error
    except Exception as error:  # it is told to the one who wanted it
        return NotKept(type(error).__name__)


def _serve(line: socket.socket, near_end: socket.socket, database: Database, archive: Archive) -> None:
    near_end.close()  # else this process would keep its own line open when the crawler is gone
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it ends with the line, when all that came by it is stored
    make_ready()  # while the crawl starts: the first article that is like another would wait for it
    own, coming = database.again(), _Coming(line)
    while waiting := coming.together():
        answers = _done(own, archive, waiting)
        try:
            send(line, answers)
        except ConnectionError:
            continue  # nobody is there to be told; what is still on the line is stored all the same
    archive.close()
    own.dispose()
