"""Drafts: what a person has typed so far, sealed in a folder for two hours, with a key that only the browser has.

A draft is never in the database, its backups or a log. Its folder is named by a hash of its id, its content is sealed
with a key made of the browser's key and the id: whoever has the disk alone can neither read it nor tell whose it is.
"""

import fcntl
import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Counted from the last page that was sent on: a long story takes an evening, and each page starts the two hours anew.
SECONDS_TO_KEEP = 2 * 3600
BROWSER_KEY_BYTES = 32
NONCE_BYTES = 12
ANSWERS = "answers"


@dataclass(frozen=True)
class Draft:
    """What was typed, page by page, as it was typed. `key` makes what is sent one complaint however often it is sent.

    `answers` is {name of a field: text, list of texts, or list of rows {name: …}}; `files` are those of the evidence
    that lie in the same folder.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    started: float = field(default_factory=time.time)
    files: list[dict[str, Any]] = field(default_factory=list)

    def with_answers(self, answers: dict[str, Any]) -> "Draft":
        """Return the draft with some answers given anew."""
        return replace(self, answers=self.answers | answers)

    def with_new_key(self) -> "Draft":
        """Return the draft as one of another complaint."""
        return replace(self, key=secrets.token_urlsafe(18))

    def to_json(self) -> bytes:
        """Return the draft as bytes."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_json(cls, content: bytes) -> "Draft":
        """Read what `to_json` wrote."""
        return cls(**json.loads(content.decode("utf-8", "surrogatepass")))


class DraftFolder:
    """The drafts of an installation. An id or a browser's key that fits nothing opens nothing, and says no more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, draft_id: str, browser_key: bytes) -> Draft | None:
        """Return a draft; None when there is none, when it is older than two hours, or when the key is another's."""
        path = self.place(draft_id) / ANSWERS
        try:
            if time.time() - path.stat().st_mtime > SECONDS_TO_KEEP:
                return None
            sealed = path.read_bytes()
            opened = _cipher(draft_id, browser_key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
            return Draft.from_json(opened)
        except (OSError, InvalidTag, ValueError, TypeError):
            return None

    def save(self, draft_id: str, browser_key: bytes, draft: Draft) -> None:
        """Keep a draft in place of what was kept of it before. Raises OSError when the disk is full."""
        place = self.place(draft_id)
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        nonce = secrets.token_bytes(NONCE_BYTES)
        fresh = place / f".{secrets.token_hex(8)}"
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(nonce + _cipher(draft_id, browser_key).encrypt(nonce, draft.to_json(), None))
            fresh.replace(place / ANSWERS)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise

    @contextmanager
    def held(self, draft_id: str) -> Iterator[None]:
        """Let one request at a time read and save a draft: of two tabs, neither undoes what the other typed."""
        try:
            descriptor = os.open(self.place(draft_id), os.O_RDONLY)
        except OSError:
            yield  # there is nothing yet that two could share
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def discard(self, draft_id: str) -> None:
        """Leave nothing of a draft, its files included; one that is gone already is no error."""
        _delete(self.place(draft_id))

    def leave(self, draft_id: str) -> Callable[[], None]:
        """Leave nothing of a draft. What is returned does so once more when nobody works on it any longer.

        A request that had begun before, such as files on their way, would else keep it anew behind the person's back.
        """
        try:
            descriptor = os.open(self.place(draft_id), os.O_RDONLY)
        except OSError:
            return lambda: None
        self.discard(draft_id)

        def once_more() -> None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                self.discard(draft_id)
            finally:
                os.close(descriptor)

        return once_more

    def sweep(self) -> int:
        """Delete every draft older than two hours; return how many went."""
        if not self.folder.is_dir():
            return 0
        before = time.time() - SECONDS_TO_KEEP
        old = [place for place in self.folder.iterdir() if _last_touched(place) < before]
        for place in old:
            _delete(place)
        return len(old)

    def place(self, draft_id: str) -> Path:
        """Return the folder of a draft: a hash of its id, so that the disk holds no address that opens anything."""
        return self.folder / hashlib.sha256(b"draft " + draft_id.encode()).hexdigest()[:40]


def _delete(place: Path) -> None:
    """Delete a draft's folder and the files in it; `rmtree` takes four times as long, being ready for trees."""
    with suppress(OSError):
        for name in os.listdir(place):
            with suppress(FileNotFoundError):  # somebody else deletes it too
                os.unlink(place / name)
        os.rmdir(place)


def new_id() -> str:
    """Return a fresh id of 132 random bits that may stand in an address."""
    return secrets.token_urlsafe(17)[:22]


def new_browser_key() -> bytes:
    """Return a fresh key for a browser's cookie."""
    return secrets.token_bytes(BROWSER_KEY_BYTES)


def files_key(draft_id: str, browser_key: bytes) -> bytes:
    """Return the key of 32 bytes for the files that lie beside the answers."""
    return _derived(draft_id, browser_key, b"doorstep draft files")


def _cipher(draft_id: str, browser_key: bytes) -> AESGCM:
    return AESGCM(_derived(draft_id, browser_key, b"doorstep draft answers"))


def _derived(draft_id: str, browser_key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, draft_id.encode(), purpose).derive(browser_key)


def _last_touched(place: Path) -> float:
    try:
        return (place / ANSWERS).stat().st_mtime
    except OSError:
        pass
    try:
        return place.stat().st_mtime
    except OSError:
        return time.time()
