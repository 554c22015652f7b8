"""Keeps the leases of the sources that are being crawled, so that no other crawler begins with them."""

import contextlib
import threading
from collections.abc import Iterator, Mapping

from crawler.runs.counts import Counts
from domain.store import Database, StoreUnavailable
from domain.store.gathering.sources import LEASE, renew_lease


@contextlib.contextmanager
def renewed(database: Database, leases: Mapping[str, str], counts: Mapping[str, Counts]) -> Iterator[None]:
    """Renew {source: lease} beside the block, four times in the time that a lease lasts.

    With it is noted what {source: counts} say of the requests made so far, where they say something.
    """
    done = threading.Event()

    def renew() -> None:
        while not done.wait(LEASE.total_seconds() / 4):
            for source, lease in leases.items():
                with contextlib.suppress(StoreUnavailable):  # the next time, or the store is down for the run too
                    renew_lease(database, source, lease, counts[source]["requests"] if source in counts else 0)

    thread = threading.Thread(target=renew, daemon=True)
    if leases:
        thread.start()
    try:
        yield
    finally:
        done.set()
