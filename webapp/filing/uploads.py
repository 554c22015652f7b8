"""Files that come with a form: to the store's own disk without a name, judged one by one, sealed into a vault."""

import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import IO, Any, TypeVar, cast

from flask import Request, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.utils import cached_property
from werkzeug.wsgi import LimitedStream

from domain.evidence.kinds import LARGEST_FILE, MOST_FILES
from domain.evidence.refusals import Refused
from domain.evidence.vault import Prepared, Vault, names_of
from domain.store import StoreUnavailable
from webapp.shell.errors import read_to_the_end
from webapp.shell.security import MAX_REQUEST_BYTES
from webapp.shell.services import services

# Ten files of 20 MB, and the fields beside them.
MAX_UPLOAD_BYTES = MOST_FILES * LARGEST_FILE + MAX_REQUEST_BYTES
# What is larger than this is on disk while the rest arrives.
KEPT_IN_MEMORY = 64 * 1024
# A file that is being judged lies whole in memory: 4 of them are 80 MB, 300 threads with one each would be 6 GB.
READERS = threading.BoundedSemaphore(4)
SECONDS_TO_WAIT = 120
LONGEST_SHOWN_NAME = 60

View = TypeVar("View", bound=Callable[..., Any])


class WholeBody(LimitedStream):
    """A body in chunks that is refused where it goes on behind the limit, and not cut off there."""

    def readall(self) -> bytes:
        """Return all of it. Raises RequestEntityTooLarge."""
        body = super().readall()
        if self.is_exhausted and self._stream.read(1):
            raise RequestEntityTooLarge
        return body


class UploadRequest(Request):
    """A request whose files wait in DATA_DIR/scratch, where they have no name and end with the process."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """Return the body. Of a line that broke nothing is taken: half a story would replace the whole one.

        gunicorn says that it ends a body by itself, so Werkzeug takes an end for the end, wherever it comes.
        """
        within_limit = super().stream
        if self.content_length is not None:
            return cast(IO[bytes], LimitedStream(within_limit, self.content_length))
        if isinstance(within_limit, LimitedStream):
            return cast(IO[bytes], WholeBody(self.input_stream, within_limit.limit, is_max=True))
        return within_limit

    def _get_file_stream(self, *_arguments: Any, **_named: Any) -> IO[bytes]:
        folder = services().settings.scratch_folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY, dir=str(folder)))


def files_have_come() -> bool:
    """Read a form with files, up to their limit; tell whether the disk had room for them while they came.

    Every other form keeps the limit of 1 MB. Nothing may have read this one before.
    """
    request.max_content_length = MAX_UPLOAD_BYTES
    try:
        return request.form is not None
    except OSError:
        read_to_the_end()
        return False


def takes_files(view: View) -> View:
    """Let a view take files, and say as honestly as where the store is down that the disk is full."""

    @wraps(view)
    def larger(*arguments: Any, **named: Any) -> Any:
        if not files_have_come():
            raise StoreUnavailable("evidence: no room for what was sent")
        try:
            return view(*arguments, **named)
        except OSError as error:
            # The disk is full, or the folder can't be written.
            raise StoreUnavailable(f"evidence: {error}") from error

    return cast(View, larger)


@dataclass
class Uploads:
    """What became of the files of a form: those sealed in the vault, and (name as sent, reason) of those refused."""

    prepared: list[Prepared] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def prepare_uploads(files: Sequence[FileStorage], vault: Vault, room: int = MOST_FILES) -> Uploads:
    """Judge, strip and seal the files of a form. One that is refused costs the others nothing. `room`: how many fit."""
    uploads = Uploads()
    for file in files:
        # A browser sends an empty part without a name for a field in which no file was chosen.
        if not file.filename:
            continue
        try:
            if len(uploads.prepared) >= room:
                raise Refused("too_many_files")
            uploads.prepared.append(_prepared(file, vault))
        except Refused as refused:
            uploads.refused.append((file.filename[-LONGEST_SHOWN_NAME:], refused.reason))
        except BaseException:
            vault.discard(names_of(uploads.prepared))
            raise
    return uploads


def _prepared(file: FileStorage, vault: Vault) -> Prepared:
    if not READERS.acquire(timeout=SECONDS_TO_WAIT):
        raise Refused("busy")
    try:
        return vault.prepare(file.stream.read(LARGEST_FILE + 1))
    finally:
        READERS.release()
