"""The way back: an empty installation filled from a copy, on whichever kind of store."""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from domain.backup import values
from domain.backup.locked_file import LockedReader, WrongPassphrase, is_locked
from domain.backup.making import FORMAT, Report, folders
from domain.settings import Settings
from domain.store import Database, audit
from domain.store.migrations import migrate, revision_of
from domain.store.snapshots import Filler


class BadBackup(Exception):
    """The file is no copy of ours, or is damaged; the message says how."""


class NeedsPassphrase(Exception):
    """The file opens with its passphrase only."""


def restore_backup(database: Database, settings: Settings, file: Path, passphrase: str) -> Report:
    """Fill an empty installation from a copy; the rows are committed as one, once the files lie in their places.

    Raises BadBackup, NeedsPassphrase, WrongPassphrase, snapshots.NotEmpty; then the store is as it was.
    """
    check_backup(file, passphrase)
    report = Report()
    with _members(file, passphrase) as members:
        manifest = _manifest(next(members, ("", io.BytesIO())))
        if revision_of(database) not in (None, manifest["revision"]):
            raise BadBackup("the store was made by another version than the copy: let restore make it, and not init")
        migrate(database, manifest["revision"])
        with database.writing() as session:
            filler = Filler(session)
            filler.empty()
            _fill(filler, manifest, members, report, _Files(settings))
            filler.finish()
    migrate(database)
    with database.writing() as session:
        audit.note(session, "command line", "store.restored", "store", made_at=manifest["made_at"])
    return report


def check_backup(file: Path, passphrase: str) -> None:
    """Read the whole copy and compare it with its hashes. Raises BadBackup, NeedsPassphrase, WrongPassphrase."""
    hashes: dict[str, str] = {}
    end: dict[str, Any] | None = None
    with _members(file, passphrase) as members:
        for name, content in members:
            body = content.read()
            if name == "end.json":
                end = json.loads(body)
            else:
                hashes[name] = hashlib.sha256(body).hexdigest()
    if end is None:
        raise BadBackup("the file is cut off: it has no end")
    if end["sha256"] != hashes:
        differing = sorted(
            name for name in hashes.keys() | end["sha256"].keys() if hashes.get(name) != end["sha256"].get(name)
        )
        raise BadBackup(f"damaged: {', '.join(differing[:5])}")


def _fill(filler: Filler, manifest: dict[str, Any], members: Any, report: Report, files: "_Files") -> None:
    tables = list(manifest["tables"])
    for name, content in members:
        folder, _, rest = name.partition("/")
        if folder == "tables":
            table = rest.split("/")[0]
            while tables[0] != table:
                filler.done_with(tables.pop(0))
            described = manifest["tables"][table]
            lines = gzip.decompress(content.read()).decode("utf-8", "surrogatepass").split("\n")
            rows = [values.read(described["kinds"], json.loads(line)) for line in lines]
            filler.fill(table, described["columns"], rows)
            report.rows[table] = report.rows.get(table, 0) + len(rows)
        elif folder in files.folders:
            files.put(folder, rest, content)
            report.files[folder] = report.files.get(folder, 0) + 1


class _Files:
    """Puts the files of a copy where the settings say; a key that is there already is laid aside, never lost."""

    def __init__(self, settings: Settings) -> None:
        self.folders = folders(settings)

    def put(self, folder: str, name: str, content: BinaryIO) -> None:
        """Write one file."""
        path = self.folders[folder] / name
        if not path.resolve().is_relative_to(self.folders[folder].resolve()):
            raise BadBackup(f"{name} would lie outside its folder")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        body = content.read()
        if folder == "keys" and path.exists() and path.read_bytes() != body:
            path.replace(path.with_name(f"{path.name}.aside"))
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


@contextmanager
def _members(file: Path, passphrase: str) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    with file.open("rb") as raw:
        opened: Any = raw
        if is_locked(raw):
            if not passphrase:
                raise NeedsPassphrase
            opened = io.BufferedReader(LockedReader(raw, passphrase))
        try:
            with tarfile.open(fileobj=opened, mode="r|") as tar:
                yield _plain_members(tar)
        except (tarfile.TarError, EOFError, OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError | PermissionError):
                raise
            raise BadBackup(str(error)) from error


def _plain_members(tar: tarfile.TarFile) -> Iterator[tuple[str, BinaryIO]]:
    for member in tar:
        content = tar.extractfile(member) if member.isfile() else None
        if content is not None:
            yield member.name, content  # type: ignore[misc]


def _manifest(member: tuple[str, BinaryIO]) -> dict[str, Any]:
    name, content = member
    found: dict[str, Any] = json.loads(content.read()) if name == "manifest.json" else {}
    if found.get("format") != FORMAT:
        raise BadBackup("this is no backup of Doorstep")
    return found


__all__ = ["BadBackup", "NeedsPassphrase", "WrongPassphrase", "check_backup", "restore_backup"]
