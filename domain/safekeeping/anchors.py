"""Anchors of the audit log: where it ended and with which hash, signed, in a file beside the keys and not in the store.

Whoever can write the store can write its audit log anew from the first row to the last; what an anchor says of a number
they can't make true again. One line a day is kept, and the newest.
"""

import hmac
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from domain.safekeeping.keys import keyed_hash, load_or_make_key
from domain.settings import SITE_TIME_ZONE

FILE = "audit.anchors"
KEY = "audit.key"


@dataclass(frozen=True)
class Anchor:
    """What the log's end was at an instant; `signature` is None where the line in the file is not ours."""

    number: int
    hash: str
    at: str
    signature: str | None = None


def read_anchors(folder: Path) -> list[Anchor]:
    """Return the anchors, oldest first; a line that we did not sign comes back with `signature` None."""
    path = folder / FILE
    if not path.exists():
        return []
    key = load_or_make_key(folder, KEY)
    return [_read(line, key) for line in path.read_text("utf-8", "replace").splitlines() if line.strip()]


def write_anchor(folder: Path, number: int, head: str, at: datetime) -> None:
    """Note where the log ends now; of the same day only the newest line stays. Harmless when repeated."""
    key = load_or_make_key(folder, KEY)
    known = read_anchors(folder)
    if known and known[-1].number >= number:
        return  # the end of the log never goes back: a log cut off must not take its anchor along
    day = at.astimezone(SITE_TIME_ZONE).date().isoformat()
    lines = (folder / FILE).read_text("utf-8", "replace").splitlines() if known else []
    if known and known[-1].signature and known[-1].at[:10] == day:
        lines = lines[:-1]
    made = Anchor(number, head, at.astimezone(SITE_TIME_ZONE).isoformat(timespec="seconds"))
    signed = asdict(made) | {"signature": _signature(key, made)}
    _replace(folder / FILE, [*lines, json.dumps(signed)])


def _read(line: str, key: bytes) -> Anchor:
    with suppress(ValueError, TypeError, KeyError):
        row = json.loads(line)
        read = Anchor(int(row["number"]), str(row["hash"]), str(row["at"]))
        if hmac.compare_digest(str(row["signature"]), _signature(key, read)):
            return Anchor(read.number, read.hash, read.at, row["signature"])
        return read
    return Anchor(0, "", "")


def _signature(key: bytes, anchor: Anchor) -> str:
    return keyed_hash(key, f"anchor:{anchor.number}:{anchor.hash}:{anchor.at}")


def _replace(path: Path, lines: Sequence[str]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
