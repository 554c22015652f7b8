"""SQLite's write-ahead log and the disk. A commit is written under the lock that all writers share; the disk is waited
for after it, when the next writer is at work already. What was committed is answered for only once this is done.

Closing a file gives up all locks that this process holds on it; SQLite's are on the store and on `-shm`, none here."""

import os
import threading
from itertools import count
from pathlib import Path

from domain.disk import sync_data, sync_folder


class Journal:
    """The log beside one store. Threads that wait at the same time wait for the disk once."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(f"{store.name}-wal")
        self._turn = threading.Lock()
        # Drawn in one step by whoever asks, so that of two numbers the greater was drawn later.
        self._numbers = count(1)
        self._done = 0
        self._known = (0, 0)

    def reach_disk(self) -> None:
        """Return once all that was committed before is on the disk. Raises OSError when the disk refuses."""
        mine = next(self._numbers)
        with self._turn:
            if self._done < mine:
                reached = next(self._numbers)
                self._sync()
                self._done = reached

    def _sync(self) -> None:
        # Opened each time: a restored store has another log, and there is none once SQLite has put all into the store.
        try:
            descriptor = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return
        try:
            sync_data(descriptor)
            state = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if (state.st_dev, state.st_ino) != self._known:
            sync_folder(self._path.parent)
            self._known = (state.st_dev, state.st_ino)
