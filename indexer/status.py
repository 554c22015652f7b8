"""How old the index is, for the pages, the health checks and the metrics."""

from dataclasses import dataclass
from datetime import datetime

from domain.store import Database, outbox
from domain.store.database import now
from indexer.engines import Engine
from indexer.errors import SearchUnavailable

# Syncs come twice a second; a change that has waited a minute says that the worker or the engine is down.
STALE_AFTER_SECONDS = 60.0


@dataclass(frozen=True)
class IndexStatus:
    """`last_indexed`: when the index last held all that was announced (None: never, or the engine doesn't say).

    `lag_seconds`: how long the oldest waiting change has waited; `stale`: that is over a minute, or there is no index
    to search; `waiting` and `set_aside`: rows of the outbox.
    """

    last_indexed: datetime | None
    lag_seconds: float
    stale: bool
    waiting: int
    set_aside: int


def index_status(database: Database, engine: Engine) -> IndexStatus:
    """Return how far the index is behind. Raises StoreUnavailable only; an engine that is down is `stale`."""
    backlog = outbox.backlog(database)
    lag = max(0.0, (now() - backlog.oldest).total_seconds()) if backlog.oldest else 0.0
    try:
        last, ready = engine.last_synced(), engine.is_ready()
    except SearchUnavailable:
        last, ready = None, False
    return IndexStatus(last, lag, lag > STALE_AFTER_SECONDS or not ready, backlog.waiting, backlog.set_aside)
