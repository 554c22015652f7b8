"""A file that only its passphrase opens: scrypt makes the key, AES-GCM seals one piece after another.

Each piece is sealed under its number and whether it is the last, so that none can be changed, left out, repeated or
cut off at the end unseen.
"""

import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"doorstep locked 1\n"
SALT_BYTES = 16
PIECE = 1024 * 1024
TAG_BYTES = 16
LENGTH_BYTES = 4


class WrongPassphrase(Exception):
    """The passphrase does not open the file, or the file is damaged."""


class LockedWriter(io.RawIOBase):
    """Seals what is written to it; `close` seals the last piece and leaves the file below open."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        salt = secrets.token_bytes(SALT_BYTES)
        file.write(MAGIC + salt)
        self._file, self._cipher, self._number, self._waiting = file, _cipher(passphrase, salt), 0, bytearray()

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def]
        """Take bytes; whole pieces go to the file at once."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seal what is left as the last piece."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
        super().close()

    def _seal(self, piece: bytes, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), piece, _mark(last))
        self._file.write(len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed)
        self._number += 1


class LockedReader(io.RawIOBase):
    """Opens what LockedWriter sealed. Raises WrongPassphrase at the first piece that does not open."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        if file.read(len(MAGIC)) != MAGIC:
            raise WrongPassphrase
        self._file, self._cipher = file, _cipher(passphrase, file.read(SALT_BYTES))
        self._number, self._left, self._ended = 0, b"", False

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        """Fill a buffer, as raw files do."""
        while not self._left and not self._ended:
            self._left = self._open()
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _open(self) -> bytes:
        length = int.from_bytes(self._file.read(LENGTH_BYTES), "big")
        sealed = self._file.read(length) if TAG_BYTES <= length <= PIECE + TAG_BYTES else b""
        for last in (False, True):
            try:
                piece = self._cipher.decrypt(_nonce(self._number), sealed, _mark(last))
            except InvalidTag:
                continue
            self._number, self._ended = self._number + 1, last
            return piece
        raise WrongPassphrase


def is_locked(file: BinaryIO) -> bool:
    """Tell whether a file needs a passphrase; the file is at its beginning before and after."""
    found = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    return found


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    # 64 MiB and a fifth of a second for each passphrase that is tried.
    return AESGCM(Scrypt(salt=salt, length=32, n=2**16, r=8, p=1).derive(passphrase.encode("utf-8")))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _mark(last: bool) -> bytes:
    return b"last" if last else b"more"
