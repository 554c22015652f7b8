"""The folder of the embedded index: one directory for each index, and a pointer to the one that is searched.

current                    the name of the directory that is searched
<format>-<time>/           an index; the one before the current is kept
synced                     when the index last held all that the store had announced
writer.lock, rebuild.lock  see locks
"""

import os
import shutil
import time
from pathlib import Path

from indexer.errors import SearchUnavailable
from indexer.mapping import index_format

POINTER = "current"


class IndexFolder:
    """The paths inside the folder, and the pointer."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path:
        """Return the directory that is searched. Raises SearchUnavailable `missing` or `format`."""
        try:
            name = (self.path / POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise SearchUnavailable("missing", "there is no index yet: `doorstep index rebuild` makes one") from None
        if not (self.path / name).is_dir():
            raise SearchUnavailable("missing", "the index is gone: `doorstep index rebuild` makes it anew")
        if name.partition("-")[0] != index_format():
            raise SearchUnavailable("format", "rebuild needed: the index was made by another version of this program")
        return self.path / name

    def create(self) -> Path:
        """Make an empty directory for a new index."""
        path = self.path / f"{index_format()}-{time.time_ns()}"
        path.mkdir(parents=True)
        return path

    def point_to(self, path: Path) -> None:
        """Make `path` the index that is searched, at one stroke, and remove all but it and the one before."""
        before = self._pointed()
        replace_file(self.path / POINTER, path.name)
        for other in self.path.iterdir():
            if other.is_dir() and other.name not in (path.name, before):
                shutil.rmtree(other, ignore_errors=True)

    def discard(self, path: Path) -> None:
        """Remove an index that was not swapped in."""
        if path.name != self._pointed():
            shutil.rmtree(path, ignore_errors=True)

    def _pointed(self) -> str:
        try:
            return (self.path / POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""


def replace_file(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new text, even after a power cut."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
