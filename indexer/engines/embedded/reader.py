"""Readers of the embedded index: they follow the pointer and every commit, and open anew after a fork."""

import os
import threading
from pathlib import Path

import tantivy

from indexer.engines.embedded.folder import IndexFolder
from indexer.engines.embedded.guard import guarded

_State = tuple[int, Path, int, int]


class Reader:
    """Gives the searcher of the present commit; one for each process, shared by its threads."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._state: _State | None = None
        self._index: tantivy.Index | None = None

    def searcher(self) -> tantivy.Searcher:
        """Return a searcher over what was last committed. Raises SearchUnavailable."""
        with guarded():
            state = self._present_state()
            with self._lock:
                if self._index is None or self._state is None or state[:2] != self._state[:2]:
                    self._index = tantivy.Index.open(str(state[1]))
                    self._index.config_reader("manual", 0)
                if state != self._state:
                    self._index.reload()
                    self._state = state
                return self._index.searcher()

    def _present_state(self) -> _State:
        # tantivy writes meta.json anew, by renaming, with each commit: its inode and time tell one from the other.
        # The process is in it because threads and locks of an index opened before a fork are dead after it.
        path = self._folder.current()
        found = (path / "meta.json").stat()
        return os.getpid(), path, found.st_ino, found.st_mtime_ns
