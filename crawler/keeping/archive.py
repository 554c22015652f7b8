"""Keeps pages as they were fetched, as WARC files in DATA_DIR, so that a claim can be checked after a page is gone.

Nothing here is public: the pages hold what the site published, private data and all. docs/decisions/0042.
"""

import hashlib
import os
import threading
import zlib
from base64 import b32encode
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from crawler.items import Capture

# Files that a copy to another disk can be stopped and gone on with.
LARGEST_FILE_BYTES = 256 * 1024 * 1024
GIGABYTE = 1024**3
# Pages whose places are remembered: more than wait for one transaction, with the further pages of their stories.
MOST_REMEMBERED = 512
# warcio packs line by line at level 9: twice the time for less than a hundredth of the bytes.
PACKING, GZIP = 6, zlib.MAX_WBITS | 16


class CopyMissing(Exception):
    """The archive has no such copy, or it is not what was kept."""


class Archive:
    """The archive as one process writes it: a file of its own a day, a new one when it is large."""

    def __init__(self, folder: Path, limit_gigabytes: float) -> None:
        """Keep up to `limit_gigabytes` in `folder`; 0 keeps nothing."""
        self._folder, self._limit = folder, int(limit_gigabytes * GIGABYTE)
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self._name = ""
        self._used: int | None = None
        self._latest: dict[tuple[str, str, datetime], dict[str, Any]] = {}

    def keep(self, capture: Capture) -> dict[str, Any] | None:
        """Write a page; return where it is and what it was, ready for JSON, or None when the archive is full.

        A page that was written a moment ago is not written again: its transaction failed, and is tried once more.
        """
        key = (capture.address, capture.body_hash, capture.fetched_at)
        with self._lock:
            if key in self._latest:
                return dict(self._latest[key])
            if self._used is None:
                self._used = sum(path.stat().st_size for path in self._folder.rglob("*.warc.gz"))
            if self._used >= self._limit:
                return None
            file = self._open(capture.fetched_at)
            offset = file.tell()
            file.write(_record_of(capture))
            file.flush()
            length = file.tell() - offset
            self._used += length
            copy = {
                "address": capture.address, "status": capture.status, "fetched_at": capture.fetched_at.isoformat(),
                "headers": dict(capture.headers), "file": self._name, "offset": offset,
                "length": length, "sha256": capture.body_hash, "bytes": len(capture.body),
            }  # fmt: skip
            while len(self._latest) >= MOST_REMEMBERED:
                self._latest.pop(next(iter(self._latest)))
            self._latest[key] = copy
        return dict(copy)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _open(self, at: datetime) -> IO[bytes]:
        day = at.astimezone(UTC).strftime("%Y/%m/%d")
        if self._file is not None and (not self._name.startswith(day) or self._file.tell() > LARGEST_FILE_BYTES):
            self._file.close()
            self._file = None
        if self._file is None:
            self._name = f"{day}/doorstep-{at.astimezone(UTC):%H%M%S%f}-{os.getpid()}.warc.gz"
            path = self._folder / self._name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = path.open("xb")
            path.chmod(0o600)
        return self._file


def read_copy(folder: Path, copy: Mapping[str, Any]) -> bytes:
    """Return the body of a page that was kept. Raises CopyMissing, also when it is not what its digest says."""
    path = (folder / str(copy["file"])).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise CopyMissing(str(copy["file"]))
    try:
        with path.open("rb") as file:
            file.seek(int(copy["offset"]))
            body: bytes = next(ArchiveIterator(BytesIO(file.read(int(copy["length"]))))).content_stream().read()
    except (OSError, StopIteration) as error:
        raise CopyMissing(str(copy["file"])) from error
    if hashlib.sha256(body).hexdigest() != copy["sha256"]:
        raise CopyMissing(f"{copy['file']}: not what was kept")
    return body


def _record_of(capture: Capture) -> bytes:
    """Return the record of a page, packed by itself, so that it can be read without those before it.

    It is what warcio would write, byte by byte, in half of its time: its writer looks through the headers ten times.
    """
    length = ("Content-Length", str(len(capture.body)))
    answer = StatusAndHeaders(f"{capture.status} OK", [*capture.headers, length], protocol="HTTP/1.1").to_ascii_bytes()
    payload = hashlib.sha1(capture.body, usedforsecurity=False)
    block = hashlib.sha1(answer, usedforsecurity=False)
    block.update(capture.body)
    lines = [
        "WARC/1.0",
        f"WARC-Date: {capture.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        *([f"WARC-IP-Address: {capture.ip_address}"] if capture.ip_address else []),
        "WARC-Type: response",
        f"WARC-Record-ID: {StatusAndHeadersParser.make_warc_id()}",
        f"WARC-Target-URI: {capture.address}",
        f"WARC-Payload-Digest: sha1:{b32encode(payload.digest()).decode()}",
        f"WARC-Block-Digest: sha1:{b32encode(block.digest()).decode()}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(answer) + len(capture.body)}",
    ]
    unpacked = b"".join([*[f"{line}\r\n".encode() for line in lines], b"\r\n", answer, capture.body, b"\r\n\r\n"])
    return zlib.compress(unpacked, PACKING, wbits=GZIP)
