"""Crawls for tests, each in a process of its own: the reactor of Twisted can be started only once in one.

Reads lines of JSON, {"settings": {…}, "sources": [[url, kind, options, fields], …], "result": path}. For each it forks
and prints the child's number; the child writes what came of the crawl to `result`, and how it ended stands in
`result`.status when it has. Any number of crawls go on side by side.
"""

import gc
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares import downloadtimeout
from scrapy.downloadermiddlewares.downloadtimeout import DownloadTimeoutMiddleware
from scrapy.utils.misc import load_object

from crawler.runs.gathering import Gathering
from crawler.runs.pace import Pace
from crawler.runs.run import crawl
from crawler.settings import scrapy_settings
from crawler.sources import source_for
from domain.fingerprints import article_facts
from domain.lenders import load_registry
from domain.reading import Reader
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering import sources as source_table
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.warming import warm
from tests.crawler.own_names import OwnNames

# How many times as fast as a site asks it is gone through where the test is not about its delays.
HASTE = 20.0


class HastyPace(Pace):
    """Keeps the turns of every site, and a twentieth of its delays."""

    def give_back(self, origin: str, rest: float) -> None:
        """Leave the origin alone for a part of the time."""
        super().give_back(origin, rest / HASTE)


class OwnLimits(DownloadTimeoutMiddleware):
    """Gives pages at some paths a limit of time of their own; made for one process only."""

    limits: Mapping[str, float] = {}

    def process_request(self, request: Request) -> None:
        """Set the limit of a request."""
        if seconds := self.limits.get(urlsplit(request.url).path):
            request.meta["download_timeout"] = seconds
        super().process_request(request)


def crawl_as_asked(asked: dict[str, Any]) -> None:
    """Crawl and write the summaries."""
    settings = Settings(**asked["settings"])
    os.environ.update(asked["environment"])
    if asked["names"]:
        OwnNames(**asked["names"]).install()
    database = Database(settings.database_address, durable=bool(settings.frontier_url))  # as `doorstep crawl`
    reader = Reader(registry.lender_entries(database))
    sources = [
        replace(source_for(url, kind), options=options, **fields) for url, kind, options, fields in asked["sources"]
    ]
    gathering = Gathering(database, reader, settings, **asked["given"])
    if asked["hasty"]:
        gathering.pace = HastyPace(settings.allowed_origins)
    if asked["limits"]:
        OwnLimits.limits = asked["limits"]
        downloadtimeout.DownloadTimeoutMiddleware = OwnLimits  # type: ignore[misc]
    summaries = crawl(gathering, sources)
    database.dispose()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    result = {"summaries": [summary.as_json() for summary in summaries], "memory_mb": memory}
    Path(asked["result"]).write_text(json.dumps(result), "utf-8")


def make_ready() -> None:
    """Load here, once, what each crawl would have to load after its fork."""
    load_object("scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler")
    settings = scrapy_settings(Settings())
    for group in ("DOWNLOADER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE", "ITEM_PIPELINES"):
        for name in settings[group]:
            load_object(name)
    warm(Reader(load_registry()), glossed=False, kind="article")
    article_facts.make_ready()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/doorstep.sqlite3")
        migrate(database)
        registry.load_lenders(database, load_registry()[:1])
        registry.lender_entries(database)
        source_table.save_source(database, source_for("https://paper.example/a", "page"))
        [source] = source_table.sources(database)
        source_table.end_run(database, source_table.start_run(database, source.slug), "finished", {}, "")
        database.dispose()
    # Else each child would write to all that is here while its collector looks through it: half a second of each crawl.
    gc.collect()
    gc.freeze()


class Children:
    """The crawls that go on, and where to say how each has ended."""

    def __init__(self) -> None:
        self._results: dict[int, str] = {}
        signal.signal(signal.SIGCHLD, self._ended)

    def start(self, asked: dict[str, Any]) -> int:
        """Fork a crawl; return its number."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # until it is known whose end that would be
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            status = 1
            try:
                crawl_as_asked(asked)
                status = 0
            finally:
                sys.stderr.flush()
                os._exit(status)
        self._results[child] = asked["result"]
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        return child

    def _ended(self, *_: Any) -> None:
        for child in list(self._results):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                Path(self._results.pop(child) + ".status").write_text(str(os.waitstatus_to_exitcode(status)))


def main() -> None:
    """Serve until standard input ends."""
    make_ready()
    children = Children()
    for line in sys.stdin:
        print(children.start(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
