"""What a crash or an abandoned upload left in the vault: files that no row knows go after an hour."""

import time
from pathlib import Path

from domain.store import Database
from domain.store.intake import evidence

# Between a file's writing and its row's commit lie seconds; an hour is far past every upload and every wait for a lock.
SECONDS_TO_KEEP = 3600.0


def sweep_evidence(database: Database, folder: Path) -> int:
    """Delete the files in the vault's folder that belong to no complaint; return how many went."""
    before = time.time() - SECONDS_TO_KEEP
    old = [path.name for path in folder.glob("*") if _changed_at(path) < before]
    orphans = evidence.unknown_among(database, old)
    for name in orphans:
        (folder / name).unlink(missing_ok=True)
    return len(orphans)


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # discarded in this very moment
        return time.time()
