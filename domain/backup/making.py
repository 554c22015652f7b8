"""Making a copy: the store's rows, then the files of evidence, then the keys, in one tar file.

The instant of the copy is that of the first reading. Files come after: one that is added meanwhile has no row in the
copy and does no harm; one that is erased meanwhile stays erased.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from domain.backup import values
from domain.backup.locked_file import LockedWriter
from domain.settings import Settings
from domain.store import Database
from domain.store.migrations import revision_of
from domain.store.snapshots import Snapshot, snapshot

FORMAT = "doorstep backup 1"
ROWS_IN_A_PART = 2000


@dataclass
class Report:
    """What a copy holds: rows by table, files by folder."""

    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)


def make_backup(
    database: Database, settings: Settings, file: Path, passphrase: str, with_keys: bool, with_archive: bool = False
) -> Report:
    """Write a copy to `file`, which appears whole or not at all and is readable by its owner only."""
    report = Report()
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with _private(draft) as raw, _sealed(raw, passphrase) as out, tarfile.open(fileobj=out, mode="w|") as tar:
            members = _Members(tar)
            with snapshot(database) as shot:
                members.add("manifest.json", _json(_manifest(database, shot)))
                for table in shot.tables:
                    report.rows[table.name] = _add_rows(members, shot, table)
            for name, folder in folders(settings, with_keys, with_archive).items():
                report.files[name] = _add_files(members, name, folder)
            members.add("end.json", _json({"rows": report.rows, "files": report.files, "sha256": members.hashes}))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return report


def folders(settings: Settings, with_keys: bool = True, with_archive: bool = True) -> dict[str, Path]:
    """Return the folders that belong to a copy, by their names in it."""
    wanted = {"evidence": settings.evidence_folder}
    wanted |= {"archive": settings.archive_folder} if with_archive else {}
    return wanted | ({"keys": settings.keys_folder} if with_keys else {})


class _Members:
    """The tar file with the hash of everything that went into it."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.hashes: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        """Add a small member."""
        self.add_stream(name, io.BytesIO(content), len(content))

    def add_stream(self, name: str, content: Any, size: int) -> None:
        """Add a member of a known size."""
        reading = _Hashed(content)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, reading)
        self.hashes[name] = reading.digest.hexdigest()


class _Hashed:
    def __init__(self, content: BinaryIO) -> None:
        self._content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self.digest.update(piece)
        return piece


def _manifest(database: Database, shot: Snapshot) -> dict[str, Any]:
    tables = {
        table.name: {
            "columns": [column.name for column in table.columns],
            "kinds": [values.kind_of(column.type) for column in table.columns],
        }
        for table in shot.tables
    }
    return {
        "format": FORMAT, "revision": revision_of(database), "made_at": datetime.now().astimezone().isoformat(),
        "tables": tables,
    }  # fmt: skip


def _add_rows(members: _Members, shot: Snapshot, table: Any) -> int:
    kinds, count = [values.kind_of(column.type) for column in table.columns], 0
    for number, part in enumerate(_in_parts(shot.rows(table)), start=1):
        lines = "\n".join(json.dumps(values.written(kinds, row), ensure_ascii=False) for row in part)
        members.add(
            f"tables/{table.name}/{number:06}.jsonl.gz", gzip.compress(lines.encode("utf-8", "surrogatepass"), 6)
        )
        count += len(part)
    return count


def _in_parts(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while part := list(islice(rows, ROWS_IN_A_PART)):
        yield part


def _add_files(members: _Members, name: str, folder: Path) -> int:
    count = 0
    for path in _plain_files(folder):
        try:
            with path.open("rb") as content:
                members.add_stream(f"{name}/{path.relative_to(folder)}", content, os.fstat(content.fileno()).st_size)
        except FileNotFoundError:
            continue  # erased since it was listed, and that is meant
        count += 1
    return count


def _plain_files(folder: Path) -> Sequence[Path]:
    if not folder.is_dir():
        return ()
    # Names that begin with a dot are drafts of files that are not whole yet.
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _sealed(file: BinaryIO, passphrase: str) -> Iterator[Any]:
    if not passphrase:
        yield file
        return
    with LockedWriter(file, passphrase) as locked:
        yield locked


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
