"""How often one source may do a thing: counted in memory under a keyed hash, so that no address is kept."""

import secrets
import threading
import time
from collections import OrderedDict

from domain.safekeeping.keys import keyed_hash

# 20,000 sources take some MB; the one that was silent longest makes room.
MOST_SOURCES = 20_000


class Pace:
    """Buckets of one process. The seed lives as long as the process: its hashes can't be compared with another's."""

    def __init__(self, burst: float, per_second: float) -> None:
        """Let a source do the thing `burst` times at once, and from then on `per_second` times a second."""
        self.burst, self.per_second = burst, per_second
        self._seed = secrets.token_bytes(32)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, source: str) -> bool:
        """Take one try from the bucket of a source; False when it is empty."""
        key, instant = keyed_hash(self._seed, source), time.monotonic()
        with self._lock:
            left, since = self._buckets.pop(key, (self.burst, instant))
            left = min(self.burst, left + (instant - since) * self.per_second)
            allowed = left >= 1
            self._buckets[key] = (left - 1 if allowed else left, instant)
            if len(self._buckets) > MOST_SOURCES:
                self._buckets.popitem(last=False)
        return allowed
