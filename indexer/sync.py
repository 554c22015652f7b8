"""Outbox → engine: what was announced is looked up in the store and carried to the index."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from domain.store import Database, outbox
from domain.store.database import now
from domain.store.outbox import Waiting
from domain.store.registries import registry
from indexer.batches import carry, read_batch
from indexer.documents import LenderNames, lender_names
from indexer.engines import Engine
from indexer.rebuild import rebuild

log = logging.getLogger(__name__)

BATCH = 200
# With each full batch the newest changes go along: after a re-reading of everything, thousands wait, and a take-down
# must not wait behind them. What a row says is looked up in the store as it is now, so their order does not matter.
NEWEST = 40
# The page shows the index's age in minutes; writing it down at each idle look (twice a second) would wear the disk.
NOTE_EVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class SyncReport:
    """What a sync did, in records; `set_aside` could not be indexed and wait for a person, with their reasons."""

    indexed: int = 0
    removed: int = 0
    set_aside: int = 0
    rebuilt: bool = False


def sync(database: Database, engine: Engine) -> SyncReport:
    """Carry every waiting change to the index; rebuild the index first where there is none of the present format.

    Idempotent, and in order for each record. Rows count as done only after the engine has committed. Raises
    SearchUnavailable while the engine can't be written (the rows go on waiting) and StoreUnavailable.
    """
    rebuilt = not engine.is_ready()
    if rebuilt:
        rebuild(database, engine)
    total = SyncReport(rebuilt=rebuilt)
    looked_at = now()
    names: LenderNames | None = None
    while rows := outbox.waiting(database, BATCH):
        names = lender_names(registry.lender_entries(database)) if names is None else names
        if len(rows) == BATCH:
            rows = list(dict.fromkeys([*rows, *outbox.waiting(database, NEWEST, newest=True)]))
        done = _carry(database, engine, rows, names)
        total = SyncReport(
            total.indexed + done.indexed, total.removed + done.removed, total.set_aside + done.set_aside, rebuilt
        )
        looked_at = now()
    last = engine.last_synced()
    if total.indexed or total.removed or total.set_aside or last is None or looked_at - last > NOTE_EVERY:
        engine.note_synced(looked_at)
    return total


def _carry(database: Database, engine: Engine, rows: list[Waiting], names: LenderNames) -> SyncReport:
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        rows_of[row.record_id].append(row.pk)
    with engine.writing() as writer:
        # Read under the lock: two syncs at once must not let the one that read first write last.
        batch = read_batch(database, list(rows_of), names)
        refused = {refusal.id: refusal.reason for refusal in carry(writer, batch)}
        writer.commit()
    outbox.mark_done(database, [pk for record_id, pks in rows_of.items() if record_id not in refused for pk in pks])
    for record_id, reason in refused.items():
        log.warning("%s can't be indexed and is set aside: %s", record_id, reason)
        outbox.set_aside(database, record_id, rows_of[record_id], reason)
    indexed = len(batch.documents) - sum(made.id in refused for made in batch.documents)
    return SyncReport(indexed, len(batch.removals) - len(batch.refused), len(refused))
