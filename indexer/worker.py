"""The worker's loop: every waiting change is carried to the index about a second after it was committed."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from domain.store import Database, StoreUnavailable, outbox
from indexer.engines import Engine
from indexer.errors import SearchUnavailable
from indexer.sync import sync

log = logging.getLogger(__name__)

# A withdrawn complaint must be out of search within 5 s: a look every half second leaves the rest to the commit.
SECONDS_BETWEEN_LOOKS = 0.5
LONGEST_PAUSE = 15.0
SECONDS_BETWEEN_PRUNES = 3600.0


@dataclass
class Chore:
    """Something that the worker does beside its work, once in so many seconds."""

    name: str
    seconds: float
    do: Callable[[], object]
    done_at: float = field(default=float("-inf"))


def run_worker(database: Database, engine: Engine, stop: threading.Event, chores: Sequence[Chore] = ()) -> None:
    """Sync until `stop` is set. While the store or the engine is down it tries again, more and more slowly."""
    pause = SECONDS_BETWEEN_LOOKS
    chores = [Chore("forgetting old outbox rows", SECONDS_BETWEEN_PRUNES, lambda: outbox.prune(database)), *chores]
    # Beside the loop: erasing or sweeping much must not keep a take-down from the index.
    beside = threading.Thread(target=_do_chores, args=(chores, stop), name="chores")
    beside.start()
    while not stop.is_set():
        try:
            sync(database, engine)
            pause = SECONDS_BETWEEN_LOOKS
        except (SearchUnavailable, StoreUnavailable) as reason:
            log.warning("the index can't be brought up to date now: %s", reason)
            pause = min(LONGEST_PAUSE, pause * 2)
        stop.wait(pause)
    beside.join()


def _do_chores(chores: Sequence[Chore], stop: threading.Event) -> None:
    while not stop.is_set():
        for chore in chores:
            _do_if_due(chore)
        stop.wait(SECONDS_BETWEEN_LOOKS)


def _do_if_due(chore: Chore) -> None:
    if time.monotonic() - chore.done_at < chore.seconds:
        return
    chore.done_at = time.monotonic()
    try:
        chore.do()
    except (StoreUnavailable, OSError) as reason:
        log.warning("%s did not work now: %s", chore.name, reason)
