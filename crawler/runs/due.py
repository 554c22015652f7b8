"""Runs what is due, in a process of its own each time: a crawl that fails takes nothing with it."""

import logging
import subprocess
import threading
import time

from crawler.frontier.frontier import Frontier, FrontierUnavailable, open_frontier
from crawler.runs.starting import end_crawl, start_crawl
from domain.models import Source
from domain.settings import settings
from domain.store import Database, StoreUnavailable
from domain.store.gathering import sources

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 30.0
# A source that answers each request after half a minute would keep all others waiting for days: a crawl that takes
# longer than this goes on together with what has become due meanwhile.
SECONDS_ALONE = 3600.0


def due_sources(database: Database, frontier: Frontier | None) -> list[Source]:
    """Return the sources whose time has come, and those that others crawl now and share with us.

    Raises StoreUnavailable, FrontierUnavailable.
    """
    due = sources.due(database)
    if frontier is None or not (running := frontier.running()):
        return due
    known = {source.slug for source in due}
    shared = [row for row in sources.sources(database) if row.slug in running - known and not row.paused]
    return sorted([*due, *shared], key=lambda source: source.slug)


def run_due(database: Database, stop: threading.Event, seconds_between: float = SECONDS_BETWEEN_LOOKS) -> None:
    """Look for due sources until `stop` is set, and crawl them; one crawl at a time."""
    crawl: subprocess.Popen[bytes] | None = None
    begun = 0.0
    frontier = open_frontier(settings())
    while not stop.is_set():
        if crawl is not None and crawl.poll() is not None:
            if crawl.returncode:
                log.warning("a crawl of what was due ended with status %s", crawl.returncode)
            crawl = None
        if crawl is not None and time.monotonic() - begun > SECONDS_ALONE and _is_anything_due(database, None):
            end_crawl(crawl)  # what it had not done yet is gone on with in a few minutes
            crawl = None
        if crawl is None and _is_anything_due(database, frontier):
            crawl, begun = start_crawl("--due"), time.monotonic()
        stop.wait(1.0 if crawl is not None else seconds_between)
    if crawl is not None:
        end_crawl(crawl)


def _is_anything_due(database: Database, frontier: Frontier | None) -> bool:
    try:
        return bool(due_sources(database, frontier))
    except (StoreUnavailable, FrontierUnavailable):
        return False
