"""The copy of a file without metadata, made in a child process with little memory, little time and no way out."""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from domain.evidence.judging import judge
from domain.evidence.kinds import Kind
from domain.evidence.refusals import REASONS, Refused

WALL_CLOCK_SECONDS = 60
# A large picture takes half a gigabyte and a processor for seconds: two at once leave filing to the others.
LANES = threading.BoundedSemaphore(2)
SECONDS_TO_WAIT = 120
# -I: no variable of the environment and no folder but the installed ones has a say in what the child imports.
COMMAND = [sys.executable, "-I", "-X", "utf8", "-m", "domain.evidence.child"]
OUT_OF_TIME = -24  # SIGXCPU
TOO_MUCH_WRITTEN = -25  # SIGXFSZ


def strip(content: bytes, kind: Kind, scratch: Path) -> tuple[bytes, Kind]:
    """Return the stripped copy and its kind (HEIC and WebP become JPEG or PNG, which every program shows).

    `scratch` is a folder on the store's own disk; what lies there for a moment has no name and ends with the process.
    Raises Refused: broken, locked, too_many_pixels, too_demanding and so on.
    """
    if not LANES.acquire(timeout=SECONDS_TO_WAIT):
        raise Refused("busy")
    try:
        copy = _run(content, kind, scratch)
    finally:
        LANES.release()
    # Judged once more: what the child wrote may be no more than what was asked of it.
    made = judge(copy)
    if made.family != kind.family:
        raise Refused("broken")
    return copy, made


def _run(content: bytes, kind: Kind, scratch: Path) -> bytes:
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=scratch) as answer:
        # No environment: the store's address and the secret key stand in ours.
        with subprocess.Popen(  # noqa: S603 (fixed arguments)
            [*COMMAND, kind.name], stdin=subprocess.PIPE, stdout=answer, stderr=subprocess.DEVNULL, env={}, cwd="/",
            start_new_session=True,
        ) as child:  # fmt: skip
            try:
                child.communicate(content, timeout=WALL_CLOCK_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                raise Refused("too_demanding") from None
        if child.returncode != 0:
            raise Refused(_reason(child.returncode))
        answer.seek(0)
        return answer.read()


def _reason(status: int) -> str:
    if 10 <= status < 10 + len(REASONS):
        return REASONS[status - 10]
    # SIGKILL is how the kernel ends a process that is over its time or the machine's memory.
    return "too_demanding" if status in (OUT_OF_TIME, TOO_MUCH_WRITTEN, -9) else "broken"
