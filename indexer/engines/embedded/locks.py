"""One writer at a time, over all processes of this machine."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import SearchUnavailable

SECONDS_BETWEEN_TRIES = 0.02


@contextmanager
def file_lock(path: Path, what: str, seconds: float) -> Iterator[None]:
    """Hold the lock file; wait up to `seconds` for another holder, then raise SearchUnavailable `busy`.

    The kernel lets go of it when the process ends, however it ends. (tantivy's own lock gives up at once.)
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        deadline = time.monotonic() + seconds
        while not _taken(file.fileno()):
            if time.monotonic() > deadline:
                raise SearchUnavailable("busy", f"another process is {what} (lock {path.name}); try again when it ends")
            time.sleep(SECONDS_BETWEEN_TRIES)
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
