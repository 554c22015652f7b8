"""Starts a crawl in a process of its own, and ends it. It knows nothing of how a crawl goes, and loads at once."""

import signal
import subprocess
import sys

from domain.settings import PROJECT_ROOT

# What is being stored is stored within 2 s of SIGTERM; the worker itself has 3.5 s to end.
SECONDS_TO_STOP = 2.5


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
