"""SQLite's write-ahead log and the disk. A commit is written under the lock that all writers share; the disk is waited
for after it, when the next writer is at work already. What was committed is answered for only once this is done.

A disk that fails once is not asked again as if nothing had been: Linux takes what it could not write for written, and
says so at the next asking. What comes later in the log would then rest on a hole in it, and be gone after a power cut.
So whoever was refused has the whole log brought into the store first (`mend`), which writes all of it anew elsewhere.

Linux tells of a failure once to each file that was open then. So the log is kept open between two askings, and a
process learns of its own lost pages also where another one asked first. Closing a file gives up all locks that this
process holds on it; SQLite's are on the store and on `-shm`, none here."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from domain.safekeeping.disk import sync_data, sync_folder


class Journal:
    """The log beside one store. Threads that wait at the same time wait for the disk once."""

    def __init__(self, store: Path, mend: Callable[[], None]) -> None:
        """`mend` brings all of the log into the store and empties it; it raises OSError when that can't be done."""
        self._path = store.with_name(f"{store.name}-wal")
        self._mend = mend
        self._turn = threading.Lock()
        # Drawn in one step by whoever asks, so that of two numbers the greater was drawn later.
        self._numbers = count(1)
        self._done = 0
        self._open: int | None = None
        self._known = (0, 0)
        self._is_whole = True

    def reach_disk(self) -> None:
        """Return once all that was committed before is on the disk. Raises OSError when the disk refuses."""
        mine = next(self._numbers)
        with self._turn:
            if self._done < mine:
                reached = next(self._numbers)
                if not self._is_whole:
                    self._mend()
                    self._is_whole = True
                self._sync()
                self._done = reached

    @property
    def is_whole(self) -> bool:
        """Whether the disk took all that it was asked to take, or the log was brought into the store since."""
        return self._is_whole

    def doubt(self) -> None:
        """Note that the disk refused somebody else who asked it: the log is mended before it is answered for again."""
        with self._turn:
            self._is_whole = False

    def close(self) -> None:
        """Let the log go; it is opened again when it is asked for."""
        with self._turn:
            self._let_go()

    def _sync(self) -> None:
        descriptor = self._opened()
        if descriptor is None:
            return
        try:
            sync_data(descriptor)
            if self._state(descriptor) != self._known:
                sync_folder(self._path.parent)
                self._known = self._state(descriptor)
        except OSError:
            self._is_whole = False
            raise

    def _opened(self) -> int | None:
        """Return the log that is there now; None where SQLite has put all into the store and taken it away."""
        try:
            there = os.stat(self._path)
        except FileNotFoundError:
            self._let_go()
            return None
        # A restored store has another log.
        if self._open is not None and self._state(self._open) != (there.st_dev, there.st_ino):
            self._let_go()
        if self._open is None:
            with suppress(FileNotFoundError):
                self._open = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        return self._open

    def _let_go(self) -> None:
        if self._open is not None:
            descriptor, self._open = self._open, None
            os.close(descriptor)

    @staticmethod
    def _state(descriptor: int) -> tuple[int, int]:
        state = os.fstat(descriptor)
        return state.st_dev, state.st_ino
