"""The draft of a request: found by the address and the browser's cookie, or in what the form itself carries."""

import base64
import time
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Response, current_app, request

from domain.evidence.sealing import Sealer
from domain.evidence.vault import Prepared, Vault
from domain.filings import drafts
from domain.filings.drafts import BROWSER_KEY_BYTES, Draft, DraftFolder
from webapp.shell.services import services

COOKIE = "draft"
# A copy that grows to more than this when it is opened is none that we have made.
LARGEST_CARRIED = 4 * 1024 * 1024
SECONDS_BETWEEN_SWEEPS = 60.0
_swept_at = float("-inf")


@dataclass(frozen=True)
class OpenDraft:
    """A draft with what opens it. `is_stored` is False for one that only the form carried: its files are gone.

    `kept` is what lies on the disk of it, None for nothing.
    """

    id: str
    browser_key: bytes
    draft: Draft
    is_stored: bool = True
    kept: Draft | None = None

    def now_with(self, draft: Draft) -> "OpenDraft":
        """Return the same with another content, not yet kept."""
        return replace(self, draft=draft)

    def saved(self) -> "OpenDraft":
        """Keep it for the next page. Raises OSError when the disk is full."""
        folder().save(self.id, self.browser_key, self.draft)
        return replace(self, kept=self.draft)

    @property
    def files(self) -> tuple[Prepared, ...]:
        """The files that lie beside the answers."""
        return tuple(Prepared(**file) for file in self.draft.files)

    def vault(self) -> Vault:
        """Return the folder of the draft with the key that seals its files, which only the browser has."""
        sealer = Sealer([drafts.files_key(self.id, self.browser_key)])
        return Vault(folder().place(self.id), sealer, services().settings.scratch_folder)

    def discard_after(self, response: Response) -> Response:
        """Leave nothing of it once the answer is on its way: deleting waits for all that the disk is busy with."""
        response.call_on_close(partial(folder().discard, self.id))
        return response


def folder() -> DraftFolder:
    """Return the drafts of this installation."""
    return services().drafts


def sweep_now_and_then() -> None:
    """Delete old drafts, at most once a minute in a process: the worker does so too, but it may be down."""
    global _swept_at
    if time.monotonic() - _swept_at > SECONDS_BETWEEN_SWEEPS:
        _swept_at = time.monotonic()
        folder().sweep()


def fresh(answers: dict[str, object] | None = None) -> OpenDraft:
    """Start a draft; nothing is kept yet."""
    return OpenDraft(drafts.new_id(), _browser_key() or drafts.new_browser_key(), Draft(dict(answers or {})))


def stored(draft_id: str) -> OpenDraft | None:
    """Return the draft of an address if this browser has its key and the two hours are not over."""
    key = _browser_key()
    draft = folder().load(draft_id, key) if key else None
    return OpenDraft(draft_id, key, draft, kept=draft) if key and draft else None


def carried_in(form_value: str | None) -> OpenDraft | None:
    """Return a draft made anew of what the form carried, when the one on the server is gone or its key is lost."""
    try:
        packed = _sealer(current_app.config["SECRET_KEY"]).decrypt((form_value or "").encode("ascii", "replace"))
        unpacking = zlib.decompressobj()
        draft = Draft.from_json(unpacking.decompress(packed, LARGEST_CARRIED))
    except (InvalidToken, zlib.error, ValueError, TypeError):
        return None
    if draft.files:
        draft = replace(draft.with_answers({"files_lost": "1"}), files=[])
    return replace(fresh(), draft=draft, is_stored=False)


def carried(draft: Draft, without: tuple[str, ...] = ()) -> str:
    """Return the draft sealed for a hidden field; the answers of the page itself stand in its own fields."""
    answers = {name: value for name, value in draft.answers.items() if name not in without}
    packed = zlib.compress(replace(draft, answers=answers).to_json(), 1)
    return _sealer(current_app.config["SECRET_KEY"]).encrypt(packed).decode("ascii")


def remember(response: Response, opened: OpenDraft) -> Response:
    """Give the browser its key, until it is closed: no script reads it and no other site can send it."""
    encoded = base64.urlsafe_b64encode(opened.browser_key).decode("ascii")
    if request.cookies.get(_cookie_name()) != encoded:
        response.set_cookie(
            _cookie_name(), encoded, secure=request.is_secure, httponly=True, samesite="Strict", path="/"
        )
    return response


def forget(response: Response) -> Response:
    """Take the key out of the browser: what it opened can be opened no more."""
    response.delete_cookie(_cookie_name(), secure=request.is_secure, httponly=True, samesite="Strict", path="/")
    return response


def _browser_key() -> bytes | None:
    try:
        key = base64.urlsafe_b64decode(request.cookies.get(_cookie_name(), ""))
    except ValueError:
        return None
    return key if len(key) == BROWSER_KEY_BYTES else None


def _cookie_name() -> str:
    return f"__Host-{COOKIE}" if request.is_secure else COOKIE


@lru_cache(maxsize=4)
def _sealer(secret: str) -> Fernet:
    key = HKDF(SHA256(), 32, b"", b"doorstep what a form carries").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
