"""One process's line to the frontier: it says that it is alive, and joins and leaves the runs over sources."""

from __future__ import annotations

import contextlib
import os
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from crawler.frontier import scripts
from domain.settings import Settings
from domain.store.gathering.sources import BROKEN_OFF, Begun

# How a run ends for all when one process finds it so; what else befalls one, the others make good.
OF_THE_SOURCE = frozenset({"unreachable", "unreadable"})
ALIVE = "doorstep:alive:"
RUNNING = "doorstep:running"
# What a run leaves behind when it breaks off is gone on with within a day; then nobody wants it any more.
KEPT = timedelta(hours=25)
SOCKET_SECONDS = 10.0
PARTS = ("queue", "seen", "number", "held", "counts", "run", "members", "marks:pages", "marks:lists", "marks:items",
         "marks:lists_left", "marks:found", "marks:sitemaps", "marks:copies", "marks:settled", "marks:lacking",
         "marks:lookups", "marks:answered", "marks:answers",
         "marks:hidden", "marks:looked_after", "marks:unread",
         "marks:posts", "marks:left", "marks:goes_on_at")  # fmt: skip
# What each run learns for itself, also one that goes on with another.
OF_ONE_RUN = ("run", "members", "counts", "marks:looked_after", "marks:unread", "marks:left", "marks:goes_on_at")


def open_frontier(settings: Settings) -> Frontier | None:
    """Return this process's line to the frontier that the settings name, or None where they name none."""
    return Frontier(settings.frontier_url, settings.frontier_alive_seconds) if settings.frontier_url else None


class FrontierUnavailable(Exception):
    """Redis could not be reached, or refused. The message is for the log only."""


class Frontier:
    """The frontier as one process sees it. Make it before a fork or after; `living` starts a thread."""

    def __init__(self, address: str, alive_seconds: float) -> None:
        """`address` is `redis://…`. A process that has not been heard of for `alive_seconds` is taken for dead."""
        # Nothing is tried twice: a request that was taken but whose answer was lost would be held for ever.
        self.server: Any = Redis.from_url(
            address, socket_timeout=SOCKET_SECONDS, socket_connect_timeout=SOCKET_SECONDS, retry=Retry(NoBackoff(), 0)
        )
        self.process = f"{os.uname().nodename.replace(' ', '')}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._alive_seconds = alive_seconds
        # Once something failed, nothing is told to be done any more: what this process holds is taken up by others.
        self.is_broken = False

    def key(self, source: str, part: str) -> str:
        """Return the name under which a part of a source's frontier lies."""
        return f"doorstep:{source}:{part}"

    def run(self, script: str, keys: list[str], *arguments: Any) -> Any:
        """Run one of the scripts. Raises FrontierUnavailable."""
        with self.watched():
            return self.server.eval(script, len(keys), *keys, *arguments)

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Turn what Redis raises into FrontierUnavailable, and remember that it failed."""
        try:
            yield
        except RedisError as error:
            self.is_broken = True
            raise FrontierUnavailable(str(error)) from error

    def say_alive(self) -> None:
        """Tell the others that this process lives. Raises FrontierUnavailable."""
        with self.watched():
            self.server.set(ALIVE + self.process, 1, px=int(self._alive_seconds * 1000))

    @contextlib.contextmanager
    def living(self) -> Iterator[None]:
        """Say so beside the block, six times in the time after which this process would be taken for dead.

        Raises FrontierUnavailable.
        """
        self.say_alive()
        done = threading.Event()

        def go_on() -> None:
            while not done.wait(self._alive_seconds / 6):
                with contextlib.suppress(FrontierUnavailable):
                    self.say_alive()

        threading.Thread(target=go_on, daemon=True).start()
        try:
            yield
        finally:
            done.set()

    def open_run(self, source: str, begun: Begun) -> None:
        """Begin a run over a source; what an earlier one left is gone on with only when this one resumes it."""
        run, members = self.key(source, "run"), self.key(source, "members")
        with self.watched():
            # What was claimed in the run that this one goes on with stays claimed.
            claims = self.server.hget(run, "claims") if begun.resumes_from is not None else None
            forgotten = PARTS if begun.resumes_from is None else OF_ONE_RUN
            self.server.delete(*(self.key(source, part) for part in forgotten))
            told = {"number": begun.number, "started_at": begun.started_at.isoformat(), "lease": begun.lease,
                    "claims": claims or begun.lease}  # fmt: skip
            if begun.resumes_from is not None:
                told["resumes_from"] = begun.resumes_from.isoformat()
            self.server.sadd(members, self.process)
            self.server.hset(run, mapping=told)
            self.server.sadd(RUNNING, source)

    def join_run(self, source: str, lease: str, patience: float = 3.0) -> Begun | None:
        """Take part in the run that has this lease, or return None when it has no frontier: then it is not shared."""
        keys = [self.key(source, "run"), self.key(source, "members")]
        until = time.monotonic() + patience
        while not self.run(scripts.JOIN, keys, lease, self.process):
            if time.monotonic() > until:  # who began it has a moment to say so here
                return None
            time.sleep(0.1)
        with self.watched():
            told = {name.decode(): value.decode() for name, value in self.server.hgetall(keys[0]).items()}
        resumed = told.get("resumes_from")
        return Begun(
            int(told["number"]), datetime.fromisoformat(told["started_at"]), told["lease"],
            datetime.fromisoformat(resumed) if resumed else None,
        )  # fmt: skip

    def leave_run(self, source: str, outcome: str) -> tuple[str, Mapping[str, int]] | None:
        """Leave a run. The last one learns how it ended for all and what all counted, and has to end it."""
        keys = [self.key(source, "run"), self.key(source, "members")]
        with self.watched():
            if outcome in OF_THE_SOURCE:
                self.server.hset(keys[0], "outcome", outcome)
        if not self.run(scripts.LEAVE, keys, self.process, ALIVE):
            return None
        with self.watched():
            worst = self.server.hget(keys[0], "outcome")
            outcome = worst.decode() if worst and outcome == "finished" else outcome
            counts = {
                name.decode(): int(value) for name, value in self.server.hgetall(self.key(source, "counts")).items()
            }
            counts["found"] = self.server.scard(self.key(source, "marks:found"))
            self.server.srem(RUNNING, source)
            for part in PARTS:
                if outcome in BROKEN_OFF:
                    self.server.expire(self.key(source, part), KEPT)
                else:
                    self.server.delete(self.key(source, part))
        return outcome, counts

    def running(self) -> set[str]:
        """Return the sources over which a shared run goes on. Raises FrontierUnavailable."""
        with self.watched():
            return {slug.decode() for slug in self.server.smembers(RUNNING)}
