"""A proof of work, asked for only while the site is under load: a second of a browser's time for one complaint.

A challenge is signed and not kept, `TIME.SALT.SIGNATURE`; its answer is a number such that SHA-256 of
`CHALLENGE:NUMBER` begins with DIFFICULTY zero bits. A browser without scripts proves that it waited instead: a
challenge that is old enough needs no number. Each is good for one complaint in each process of the site: a process
remembers for itself what was used. Nobody is turned away for good: whoever worked or waited is let in, however great
the load is.
"""

import hashlib
import hmac
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

# Sixteen zero bits are 65,000 hashes on average: half a second to two on a phone, and 300 CPU hours for a million.
DIFFICULTY = 16
SECONDS_TO_WAIT_INSTEAD = 30
SECONDS_GOOD_FOR = 3600
MOST_REMEMBERED = 100_000


class Load:
    """How many complaints this process is keeping at the moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keeping = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a complaint while it is being kept."""
        with self._lock:
            self._keeping += 1
        try:
            yield
        finally:
            with self._lock:
                self._keeping -= 1

    def is_above(self, most: int) -> bool:
        """Tell whether more than `most` are being kept."""
        return self._keeping >= most


class Challenges:
    """Makes and checks challenges; any process of the site with the same key takes those of another."""

    def __init__(self, key: bytes, seconds_to_wait: int = SECONDS_TO_WAIT_INSTEAD) -> None:
        self.seconds_to_wait = seconds_to_wait
        self._key = key
        self._lock = threading.Lock()
        self._used: OrderedDict[str, None] = OrderedDict()

    def new(self) -> str:
        """Return a fresh challenge."""
        stamp = f"{int(time.time())}.{secrets.token_urlsafe(12)}"
        return f"{stamp}.{self._signature(stamp)}"

    def is_met(self, answer: str) -> bool:
        """Tell whether `CHALLENGE:NUMBER` (or `CHALLENGE:` of a patient visitor) is right and not used here before."""
        if not answer.isascii():
            return False
        challenge, _, number = answer.partition(":")
        age = self._age(challenge)
        if age is None or not 0 <= age <= SECONDS_GOOD_FOR:
            return False
        if age < self.seconds_to_wait and not has_zero_bits(f"{challenge}:{number}", DIFFICULTY):
            return False
        return self._use(challenge)

    def open_again(self, answer: str) -> tuple[str, int]:
        """Return the challenge of an answer that came too early, or else a new one, and the seconds still to wait."""
        challenge = answer.partition(":")[0]
        age = self._age(challenge) if challenge.isascii() else None
        if age is None or not 0 <= age < self.seconds_to_wait or challenge in self._used:
            return self.new(), self.seconds_to_wait
        return challenge, math.ceil(self.seconds_to_wait - age)

    def _age(self, challenge: str) -> float | None:
        stamp, _, signature = challenge.rpartition(".")
        written = stamp.partition(".")[0]
        if not hmac.compare_digest(signature.encode(), self._signature(stamp).encode()) or not written.isdecimal():
            return None
        return time.time() - int(written)

    def _use(self, challenge: str) -> bool:
        with self._lock:
            if challenge in self._used:
                return False
            self._used[challenge] = None
            if len(self._used) > MOST_REMEMBERED:
                self._used.popitem(last=False)
        return True

    def _signature(self, stamp: str) -> str:
        return hmac.new(self._key, b"proof of work:" + stamp.encode(), hashlib.sha256).hexdigest()[:32]


def has_zero_bits(answer: str, bits: int) -> bool:
    """Tell whether SHA-256 of the answer begins with that many zero bits."""
    return int.from_bytes(hashlib.sha256(answer.encode()).digest()) >> (256 - bits) == 0
