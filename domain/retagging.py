"""Reads everything again with the present reader and registry, in batches; an interrupted run goes on where it was."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from domain.reading import Reader
from domain.store import Database
from domain.store.registries import registry
from domain.store.retagging.retag import Counts
from domain.store.retagging.retag_articles import retag_articles
from domain.store.retagging.retag_complaints import retag_complaints

# A batch is one transaction: with 50 texts it holds up those who file for less than half a second.
BATCH = 50
KINDS = {"complaints": retag_complaints, "articles": retag_articles}


def retag(
    database: Database, reader: Reader, progress_file: Path, show: Callable[[str, Counts], None] = lambda *_: None
) -> dict[str, Counts]:
    """Read all complaints, then all articles again; return what became of them, by kind.

    `progress_file` says how far an interrupted run came; it counts only for the same reader and registry. `show` is
    called after every batch. A second run that finds nothing changed writes nothing.
    """
    state = _state(database)
    done = _done(progress_file, state)
    totals = {}
    for kind, one_batch in KINDS.items():
        counts, after = Counts(), done.get(kind, 0)
        while (last := one_batch(database, reader.read, after, BATCH, counts)) is not None:
            after = done[kind] = last
            progress_file.write_text(json.dumps({"state": state, "done": done}), encoding="utf-8")
            show(kind, counts)
        totals[kind] = counts
    progress_file.unlink(missing_ok=True)
    return totals


def _state(database: Database) -> str:
    """Return a hash of what a reading depends on: the program, its registries, the lenders in the store."""
    digest = hashlib.sha256(repr(registry.revision(database)).encode())
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _done(progress_file: Path, state: str) -> dict[str, int]:
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        kept = json.loads(progress_file.read_text("utf-8"))
        if kept["state"] == state:
            return {kind: int(kept["done"][kind]) for kind in KINDS if kind in kept["done"]}
    return {}
