"""Files at rest: encrypted in pieces under a key of their own, which is derived from a key file outside the database.

A sealed file is MARK, the name of the key (8 bytes), a salt (16), then pieces of 64 KiB each with its tag of 16 bytes.
The nonce of a piece is its number and whether it is the last, so that pieces can be neither swapped nor left out.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.safekeeping.disk import sync_folder
from domain.safekeeping.keys import KEY_BYTES, load_or_make_key

MARK = b"DOORSTP1"
NAME_BYTES, SALT_BYTES, TAG_BYTES = 8, 16, 16
PIECE = 64 * 1024


class Unreadable(Exception):
    """A sealed file is missing, was changed, or no key opens it."""


class Sealer:
    """Seals with its first key and opens with any of them: a key can be changed while old files stay readable."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"a sealer needs keys of {KEY_BYTES} bytes")
        self._names = [hashlib.sha256(b"name of " + key).digest()[:NAME_BYTES] for key in keys]
        self._keys = dict(zip(self._names, keys, strict=True))

    def seal(self, content: bytes | Iterable[bytes], path: Path) -> None:
        """Write `content` sealed to a new file; it is on disk, name and all, when this returns."""
        header = MARK + self._names[0] + secrets.token_bytes(SALT_BYTES)
        cipher = self._cipher(header)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(header)
            for number, (piece, is_last) in enumerate(_with_last(_pieces(content))):
                file.write(cipher.encrypt(_nonce(number, is_last), piece, header))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)

    def open(self, path: Path) -> Iterator[bytes]:
        """Yield what was sealed, piece by piece, each checked before it is handed on. Raises Unreadable."""
        try:
            with path.open("rb") as file:
                header = file.read(len(MARK) + NAME_BYTES + SALT_BYTES)
                cipher = self._cipher(header)
                for number, (piece, is_last) in enumerate(_with_last(iter(lambda: file.read(PIECE + TAG_BYTES), b""))):
                    yield cipher.decrypt(_nonce(number, is_last), piece, header)
        except (OSError, InvalidTag, KeyError, ValueError) as error:
            raise Unreadable(path.name) from error

    def _cipher(self, header: bytes) -> AESGCM:
        if not header.startswith(MARK):
            raise ValueError("this is no sealed file")
        name, salt = header[len(MARK) : len(MARK) + NAME_BYTES], header[len(MARK) + NAME_BYTES :]
        key = HKDF(SHA256(), 32, salt, b"doorstep evidence").derive(self._keys[name])
        return AESGCM(key)


def load_sealer(keys_folder: Path) -> Sealer:
    """Read evidence.key, making it on the first start; older ones (evidence.1.key, …) still open what they sealed."""
    newest = load_or_make_key(keys_folder, "evidence.key")
    return Sealer([newest, *(older.read_bytes() for older in sorted(keys_folder.glob("evidence.*.key")))])


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _pieces(content: bytes | Iterable[bytes]) -> Iterator[bytes]:
    """Cut into pieces of one length; a file of nothing is one empty piece."""
    waiting = bytearray()
    for part in (content,) if isinstance(content, bytes) else content:
        waiting += part
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    yield bytes(waiting)


def _with_last(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each piece and whether it is the last one; nothing at all is an empty last piece, which no key opens."""
    held = next(pieces, b"")
    for piece in pieces:
        yield held, False
        held = piece
    yield held, True
