"""Crawls for tests, each in a process of its own: the reactor of Twisted can be started only once in one.

Reads lines of JSON, {"settings": {…}, "sources": [[url, kind, options, fields], …], "result": path}. For each it forks,
prints the child's number, waits for it and prints how it ended; the child writes what came of the crawl to `result`.
"""

import json
import os
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrapy.utils.misc import load_object

from crawler.gathering import Gathering
from crawler.run import FIRST_TEXT, crawl
from crawler.settings import scrapy_settings
from crawler.sources import source_for
from domain.lenders import load_registry
from domain.reading import Reader
from domain.settings import Settings
from domain.store import Database
from domain.store.registries import registry


def crawl_as_asked(asked: dict[str, Any]) -> None:
    """Crawl and write the summaries."""
    settings = Settings(**asked["settings"])
    database = Database(settings.database_address, durable=False)  # as `doorstep crawl` has it
    reader = Reader(registry.lender_entries(database))
    sources = [
        replace(source_for(url, kind), options=options, **fields) for url, kind, options, fields in asked["sources"]
    ]
    summaries = crawl(Gathering(database, reader, settings, **asked.get("given", {})), sources)
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
    Reader(load_registry()).read(FIRST_TEXT, kind="article")


def main() -> None:
    """Serve until standard input ends."""
    make_ready()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                crawl_as_asked(json.loads(line))
                status = 0
            finally:
                sys.stderr.flush()
                os._exit(status)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
