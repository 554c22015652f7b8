"""The worker's loop: every waiting change is carried to the index about a second after it was committed."""

import logging
import threading
import time

from domain.store import Database, StoreUnavailable, outbox
from indexer.engines import Engine
from indexer.errors import SearchUnavailable
from indexer.sync import sync

log = logging.getLogger(__name__)

# A withdrawn complaint must be out of search within 5 s: a look every half second leaves the rest to the commit.
SECONDS_BETWEEN_LOOKS = 0.5
LONGEST_PAUSE = 15.0
SECONDS_BETWEEN_PRUNES = 3600.0


def run_worker(database: Database, engine: Engine, stop: threading.Event) -> None:
    """Sync until `stop` is set. While the store or the engine is down it tries again, more and more slowly."""
    pause = SECONDS_BETWEEN_LOOKS
    pruned_at = float("-inf")
    while not stop.is_set():
        try:
            sync(database, engine)
            if time.monotonic() - pruned_at > SECONDS_BETWEEN_PRUNES:
                outbox.prune(database)
                pruned_at = time.monotonic()
            pause = SECONDS_BETWEEN_LOOKS
        except (SearchUnavailable, StoreUnavailable) as reason:
            log.warning("the index can't be brought up to date now: %s", reason)
            pause = min(LONGEST_PAUSE, pause * 2)
        stop.wait(pause)
