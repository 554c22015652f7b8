"""Crawling in a process of its own, over the small web of ../shared, and what came of it."""

import asyncio
import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from domain.lenders import Alias, LenderEntry
from domain.models import Article, LenderMention
from domain.settings import PROJECT_ROOT
from domain.store import Database
from domain.store.registries import registry

Found = TypeVar("Found")
# Traps that nothing but a limit of time ends, and one that no page which does answer meets, however crowded it is.
NEVER_ANSWERED, PATIENT = ("trap:slow-body", "trap:no-answer"), 600.0
PROCESS = Path(__file__).with_name("crawl_process.py")
# Nothing may go through a proxy: this one would answer nothing.
ENVIRONMENT = {**os.environ, "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "PYTHONPATH": "."}


@dataclass(frozen=True)
class Crawl:
    """One crawl that goes on in a process with this number."""

    number: int
    result: Path
    is_possible: Callable[[], bool]

    @property
    def status(self) -> Path:
        """Where it is said how the crawl ended, once it has."""
        return self.result.with_name(f"{self.result.name}.status")

    def wait(self) -> int:
        """Wait for the crawl, however it ends; return its status, negative where a signal ended it."""
        while not (self.status.exists() and (said := self.status.read_text())):
            assert self.is_possible(), "the process that crawls are forked from has ended"
            time.sleep(0.01)
        return int(said)

    def end(self) -> None:
        """Kill the crawl if it still goes on."""
        if not self.status.exists():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.number, signal.SIGKILL)

    def finish(self) -> dict[str, Any]:
        """Wait for the crawl and return what came of it: `summaries` and `memory_mb`."""
        assert self.wait() == 0
        printed: dict[str, Any] = json.loads(self.result.read_text("utf-8"))
        return printed


class CrawlProcess:
    """A process that has everything imported and forks for each crawl; several may go on at once."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(PROCESS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT_ROOT,
            env=ENVIRONMENT,
        )  # fmt: skip
        self._lock, self._crawls = threading.Lock(), itertools.count()

    @property
    def number(self) -> int:
        """The process that crawls are forked from."""
        return self._process.pid

    def start(
        self, folder: Path, origins: Sequence[str], sources: Sequence[Sequence[Any]], hasty: bool = False,
        given: Mapping[str, Any] | None = None, limits: Mapping[str, float] | None = None,
        environment: Mapping[str, str] | None = None, names: Mapping[str, Any] | None = None, **settings: Any,
    ) -> Crawl:  # fmt: skip
        """Start a crawl of [url, kind, options, fields] sources; a hasty one keeps a twentieth of all delays.

        `given` are further arguments of Gathering; `limits` the seconds that pages at some paths are given; `names`
        what a world of the test's own answers (tests.crawler.own_names); `environment` is set for this crawl alone.
        """
        folder.mkdir(parents=True, exist_ok=True)
        result = folder / f"crawled-{next(self._crawls)}.json"
        asked = {
            "settings": {
                "data_dir": str(folder), "database_url": f"sqlite:///{folder / 'doorstep.sqlite3'}",
                "crawler_allowed_origins": ",".join(origins), "crawler_contact": "https://doorstep.example/crawler",
                **settings,
            },
            "sources": [[*source, {}, {}][:4] for source in sources],
            "result": str(result), "hasty": hasty, "given": given or {}, "limits": limits or {},
            "environment": environment or {}, "names": names,
        }  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            number = int(self._process.stdout.readline())
        return Crawl(number, result, lambda: self._process.poll() is None)

    def crawl(self, *arguments: Any, **settings: Any) -> dict[str, Any]:
        """Start a crawl and wait for it."""
        return self.start(*arguments, **settings).finish()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)


def awaited(work: Coroutine[Any, Any, Found]) -> Found:
    """Run a coroutine in a thread of its own: playwright leaves its event loop running in the tests' thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def ask(address: str, body: bytes | None = None) -> bytes:
    """Fetch from the small web's control port, past any proxy; with a body the request is a POST."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, body, timeout=10) as response:
        return response.read()


def json_lines(body: bytes) -> list[dict[str, Any]]:
    """Return the records of a body of JSON lines."""
    return [json.loads(line) for line in body.decode().splitlines()]


def articles(database: Database) -> dict[str, Article]:
    """Return every article by its canonical address, with its mentions and what it is a copy of."""
    query = select(Article).options(
        joinedload(Article.source),
        joinedload(Article.duplicate_of),
        selectinload(Article.lender_mentions).joinedload(LenderMention.lender),
        selectinload(Article.tactic_mentions),
    )
    with database.reading() as session:
        return {article.canonical_url: article for article in session.scalars(query)}


class SmallWeb:
    """The small web of ../shared, running on free ports, the store that a crawl of it fills, and one for its traps."""

    def __init__(self, process: CrawlProcess, shared: Path, folder: Path, prepared: Path, seed: int) -> None:
        self.process = process
        self.server = subprocess.Popen(
            [sys.executable, "web.py", "serve", "--ports-from", "0", "--seed", str(seed), "--latency", "0.01",
             "--scale", "20"],
            cwd=shared / "web", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.server.stdout is not None
        ready = json.loads(self.server.stdout.readline())
        self.sites, self.control = ready["sites"], ready["control"]
        self.folder, self.trap_folder = folder, folder / "traps"
        self.trap_folder.mkdir()
        self.database, self.trap_database = self._store(folder, prepared), self._store(self.trap_folder, prepared)
        self.truth = json_lines(ask(f"{self.control}/__urls__"))

    def crawl(self, *sources: tuple[str, ...]) -> dict[str, Any]:
        """Crawl (site, kind, path) sources."""
        return self.process.crawl(self.folder, *self._asked(sources), crawler_timeout=PATIENT)

    def begin_traps(self, *sources: tuple[str, ...]) -> Crawl:
        """Begin to crawl sources into the traps' store; a page that never ends is given 4 seconds, all others as long
        as they take: on a crowded machine an answer may wait for many seconds.

        Hastily: the traps ask for half a second between two pages. The delays are kept, and seen to be, elsewhere.
        """
        endless = [record["path"] for record in self.records("traps") if record["expect"] in NEVER_ANSWERED]
        asked, limits = self._asked(sources), dict.fromkeys(endless, 4.0)
        return self.process.start(self.trap_folder, *asked, hasty=True, limits=limits, crawler_timeout=PATIENT)

    def _asked(self, sources: Sequence[tuple[str, ...]]) -> tuple[list[str], list[list[Any]]]:
        origins = [address.removeprefix("http://") for address in self.sites.values()]
        return origins, [[self.sites[site] + path, kind, *options] for site, kind, path, *options in sources]

    def _store(self, folder: Path, prepared: Path) -> Database:
        shutil.copy(prepared, folder / "doorstep.sqlite3")
        database = Database(f"sqlite:///{folder / 'doorstep.sqlite3'}")
        registry.load_lenders(database, self._invented_lenders(database), is_sample=True)
        return database

    def begin_day(self, number: int) -> None:
        """Let another day begin; `truth` is that day's."""
        ask(f"{self.control}/__day__?n={number}", b"")
        self.truth = json_lines(ask(f"{self.control}/__urls__"))

    def log(self) -> list[dict[str, Any]]:
        """Return every request that the web has seen."""
        return json_lines(ask(f"{self.control}/__log__"))

    def records(self, *sites: str) -> list[dict[str, Any]]:
        """Return the ground truth of these sites."""
        return [record for record in self.truth if record["site"] in sites]

    def summary(self) -> dict[str, Any]:
        """Return what the web's own log says of the crawler's manners."""
        return json.loads(ask(f"{self.control}/__summary__"))

    def _invented_lenders(self, database: Database) -> list[LenderEntry]:
        known = {alias.text for entry in registry.lender_entries(database) for alias in entry.aliases}
        rows = json.loads(ask(f"{self.control}/__lenders__"))
        return [_invented(number, row) for number, row in enumerate(rows) if row["name"] not in known]

    def close(self) -> None:
        """Stop the server."""
        self.database.dispose()
        self.trap_database.dispose()
        self.server.terminate()
        self.server.wait(timeout=10)


def _invented(number: int, row: dict[str, str]) -> LenderEntry:
    return LenderEntry(
        slug=f"invented_{number}", name_zh_hans=row["name"], name_zh_hant=row["name"], name_en=row["name"],
        legal_name=None, type=row["type"], country="CN", status="active_assumed", confidence="low", basis="invented",
        ambiguity_note=None, aliases=(Alias(row["name"], "strong", "zh-Hans"),), relations=(),
    )  # fmt: skip
