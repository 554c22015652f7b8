"""How often one source may try to sign in: counted in memory under a keyed hash, so that no address is kept."""

import secrets
import threading
import time
from collections import OrderedDict
from typing import cast

from flask import current_app

from domain.keys import keyed_hash

# Ten at once is a whole team behind one address in the morning; after that, one every two seconds.
BURST = 10.0
PER_SECOND = 0.5
# 20,000 sources take some MB; the one that was silent longest makes room.
MOST_SOURCES = 20_000


class Pace:
    """Buckets of one process. The seed lives as long as the process: its hashes can't be compared with another's."""

    def __init__(self) -> None:
        self._seed = secrets.token_bytes(32)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, source: str) -> bool:
        """Take one try from the bucket of a source; False when it is empty."""
        key, instant = keyed_hash(self._seed, source), time.monotonic()
        with self._lock:
            left, since = self._buckets.pop(key, (BURST, instant))
            left = min(BURST, left + (instant - since) * PER_SECOND)
            allowed = left >= 1
            self._buckets[key] = (left - 1 if allowed else left, instant)
            if len(self._buckets) > MOST_SOURCES:
                self._buckets.popitem(last=False)
        return allowed


def pace() -> Pace:
    """Return the buckets of the running application."""
    return cast(Pace, current_app.extensions.setdefault("staff_pace", Pace()))
