"""Runs what is due, in a process of its own each time: a crawl that fails takes nothing with it."""

import logging
import signal
import subprocess
import sys
import threading

from domain.settings import PROJECT_ROOT
from domain.store import Database, StoreUnavailable, sources

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 30.0
# What is being stored is stored within 2 s of SIGTERM; the worker itself has 3.5 s to end.
SECONDS_TO_STOP = 2.5


def run_due(database: Database, stop: threading.Event, seconds_between: float = SECONDS_BETWEEN_LOOKS) -> None:
    """Look for due sources until `stop` is set, and crawl them; one crawl at a time."""
    crawl: subprocess.Popen[bytes] | None = None
    while not stop.is_set():
        if crawl is not None and crawl.poll() is not None:
            if crawl.returncode:
                log.warning("a crawl of what was due ended with status %s", crawl.returncode)
            crawl = None
        if crawl is None and _is_anything_due(database):
            crawl = start_crawl("--due")
        stop.wait(1.0 if crawl is not None else seconds_between)
    if crawl is not None:
        end_crawl(crawl)


def start_crawl(*arguments: str) -> subprocess.Popen[bytes]:
    """Start `doorstep crawl` with these arguments, in a process group of its own."""
    command = [sys.executable, "-m", "commands", "crawl", *arguments, "--json"]
    return subprocess.Popen(  # noqa: S603 (the very program that runs now; slugs hold letters and digits only)
        command, cwd=PROJECT_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def end_crawl(crawl: subprocess.Popen[bytes]) -> None:
    """Ask a crawl to stop, and make it after a while."""
    if crawl.poll() is None:
        crawl.send_signal(signal.SIGTERM)
    try:
        crawl.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        crawl.kill()
        crawl.wait()


def _is_anything_due(database: Database) -> bool:
    try:
        return bool(sources.due(database))
    except StoreUnavailable:
        return False
