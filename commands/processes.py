"""`doorstep serve`, `web`, `worker`: the processes that run for long."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import click

from domain.settings import PROJECT_ROOT, settings

# Ctrl-C must have stopped everything in 5 s: what has not ended in 3.5 s is killed. Both programs keep nothing
# in memory that a kill could lose: the store commits before it answers, the outbox remembers what waits.
SECONDS_TO_STOP = 3.5
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "python:webapp.gunicorn_config", "wsgi:app"]


def stop_when_asked() -> threading.Event:
    """Return an event that Ctrl-C or SIGTERM sets from now on.

    Not in the handler itself: that runs between two steps of the main thread, which may just then hold the event's
    lock, and would wait for it for ever. A `SimpleQueue` may be put into at any moment.
    """
    stop, asked = threading.Event(), queue.SimpleQueue[int]()

    def pass_on() -> None:
        asked.get()
        stop.set()

    threading.Thread(target=pass_on, name="signals", daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: asked.put(number))
    return stop


@click.command()
def web() -> None:
    """Run the web site on HOST:PORT."""
    os.chdir(PROJECT_ROOT)
    os.execv(sys.executable, GUNICORN)  # noqa: S606 (the very program that runs now, with fixed arguments)


@click.command()
def worker() -> None:
    """Carry every change of the store to the index and crawl what is due, for as long as it runs."""
    # Here and not above: `serve` needs none of it, and starts the sooner.
    from commands.chores import chores
    from commands.opening import open_index, open_store_as_it_is
    from crawler.runs.due import run_due
    from domain.filings.keep_reading import keep_reading
    from domain.store import Database
    from indexer.worker import run_worker

    stop = stop_when_asked()
    database = open_store_as_it_is()
    crawling = threading.Thread(target=run_due, args=(database, stop), name="due")
    crawling.start()
    # A reading that a power cut takes along is done again.
    hasty = Database(settings().database_address, durable=False)
    reading = threading.Thread(target=keep_reading, args=(hasty, stop), name="reading")
    reading.start()
    run_worker(database, open_index(), stop, chores(database, settings()))
    reading.join()
    crawling.join()


@click.command()
def serve() -> None:
    """Run web site and worker in the foreground; Ctrl-C or SIGTERM stops both."""
    stop = stop_when_asked()
    # In this process's own group: whoever kills the group kills all of it, and nothing stays behind with the port.
    children = [
        subprocess.Popen(command, cwd=PROJECT_ROOT)  # noqa: S603 (fixed arguments)
        for command in (GUNICORN, [sys.executable, "-m", "commands", "worker"])
    ]
    click.echo(f"Doorstep is at http://{settings().host}:{settings().port}/ (Ctrl-C stops it)")
    while not stop.wait(0.2):
        if any(child.poll() is not None for child in children):
            click.echo("A process of Doorstep has ended by itself; stopping the other.", err=True)
            break
    failed = not stop.is_set()
    _end(children)
    raise SystemExit(1 if failed else 0)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()  # gunicorn's own workers end by themselves when it is gone
            child.wait()
