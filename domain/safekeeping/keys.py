"""Key files: made on first use, kept outside the database, readable by their owner only."""

import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

KEY_BYTES = 32


def load_or_make_key(folder: Path, name: str) -> bytes:
    """Return the key of 32 bytes in `folder/name`, making it if there is none.

    Two processes that start together agree: the file is linked into place, and whoever comes second reads the first's.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key file {path} must hold {KEY_BYTES} bytes, it holds {len(key)}")
    return key


def keyed_hash(key: bytes, value: str) -> str:
    """Return the HMAC-SHA256 of `value` in hexadecimal digits."""
    return keyed_digest(key, value.encode("utf-8", "surrogatepass")).hex()


def keyed_digest(key: bytes, value: bytes) -> bytes:
    """Return the HMAC-SHA256 of `value`: 32 bytes."""
    code = _begun(key).copy()
    code.update(value)
    return code.digest()


@lru_cache(maxsize=16)
def _begun(key: bytes) -> hmac.HMAC:
    # To take the key in takes as long as two short values, and a filing needs four codes.
    return hmac.new(key, digestmod="sha256")
