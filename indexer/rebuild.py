"""A new index beside the old one: create, fill, replay what changed meanwhile, count, swap, keep one old.

Search goes on in the old index all the time, and so does the sync: only the last step holds it up, for as long as
the last few changes take.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from domain.store import Database, outbox, records
from domain.store.database import now
from domain.store.registries import registry
from indexer.batches import carry, read_batch
from indexer.documents import LenderNames, lender_names
from indexer.engines import Engine
from indexer.engines.protocol import NewIndex, Writer
from indexer.errors import RebuildRefused

log = logging.getLogger(__name__)

BATCH = 500
# Rows done just before the rebuild began are replayed too: the clocks of two machines differ by some seconds.
CLOCK_MARGIN = timedelta(minutes=1)


@dataclass(frozen=True)
class RebuildReport:
    """What a rebuild did: documents in the new index, and {record id: reason} of those it could not take."""

    documents: int
    refused: dict[str, str]


def rebuild(database: Database, engine: Engine) -> RebuildReport:
    """Fill a new index from the store and swap it in.

    Raises SearchUnavailable (`busy` while another rebuild runs), and RebuildRefused when the new index does not hold
    as many documents as the store has public records; the old index stays then.
    """
    with engine.rebuilding() as new:
        filling = _Filling(database, lender_names(registry.lender_entries(database)))
        filling.fill(new)
        filling.replay(new)
        with engine.pausing_writes():
            filling.replay(new)
            count = filling.checked_count(new)
            new.swap()
        looked_at = now()
    # Where the engine has no lock over machines (Elasticsearch), a sync may have written into the old index between
    # the last replay and the swap. Its rows are replayed into the new one, from the store's state as ever.
    with engine.writing() as writer:
        filling.replay(writer)
    filling.settle()
    engine.note_synced(looked_at)
    return RebuildReport(count, filling.refused)


class _Filling:
    """A rebuild under way: which rows of the outbox the new index already reflects, and what it refused."""

    def __init__(self, database: Database, names: LenderNames) -> None:
        self.database, self.names = database, names
        self.began = now() - CLOCK_MARGIN
        self.refused: dict[str, str] = {}
        # Rows that can be seen now were committed before any record is read, so the filling takes them in.
        self.reflected: dict[int, str] = dict(outbox.rows_since(database, self.began))

    def fill(self, new: NewIndex) -> None:
        """Write every public record."""
        for ids in records.iterate_public_ids(self.database, BATCH):
            self._carry(new, ids)
        new.commit()

    def replay(self, writer: Writer) -> None:
        """Write what was announced and is not reflected yet."""
        rows = self._unreflected()
        ids = list(dict.fromkeys(rows.values()))
        for start in range(0, len(ids), BATCH):
            self._carry(writer, ids[start : start + BATCH])
        if ids:
            writer.commit()
        self.reflected |= rows

    def checked_count(self, new: NewIndex) -> int:
        """Return the new index's count, compared with the store's; what was announced just now may be the difference.

        Raises RebuildRefused.
        """
        found = new.count()
        expected = sum(records.count_public(self.database).values()) - len(self.refused)
        allowed = len(set(self._unreflected().values()))
        if abs(found - expected) > allowed:
            raise RebuildRefused(f"the new index holds {found} documents, the store {expected}: the old one stays")
        return found

    def settle(self) -> None:
        """Take the reflected rows out of the queue, those of refused records with their reasons."""
        done = [pk for pk, record_id in self.reflected.items() if record_id not in self.refused]
        for start in range(0, len(done), BATCH):
            outbox.mark_done(self.database, done[start : start + BATCH])
        for refused, reason in self.refused.items():
            log.warning("%s can't be indexed: %s", refused, reason)
            rows = [pk for pk, record_id in self.reflected.items() if record_id == refused]
            outbox.set_aside(self.database, refused, rows, reason)

    def _carry(self, writer: Writer, ids: list[str]) -> None:
        for record_id in ids:
            self.refused.pop(record_id, None)
        refused = carry(writer, read_batch(self.database, ids, self.names))
        self.refused |= {refusal.id: refusal.reason for refusal in refused}

    def _unreflected(self) -> dict[int, str]:
        rows = outbox.rows_since(self.database, self.began)
        return {pk: record_id for pk, record_id in rows if pk not in self.reflected}
