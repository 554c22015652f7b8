"""Compare the index with the store: ids, versions, contents."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from domain.store import Database, records
from domain.store.registries import registry
from indexer.batches import read_batch
from indexer.documents import Document, LenderNames, lender_names
from indexer.engines import Engine
from indexer.engines.protocol import Indexed

BATCH = 500


@dataclass
class Differences:
    """Record ids: public and not in the index, in it and not public, in it in an older or newer version, in it in the
    right version with other contents (as after a change of the registry's names, which a rebuild carries over)."""

    missing: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return any(asdict(self).values())


def check(database: Database, engine: Engine) -> Differences:
    """Return what differs between store and index. Raises SearchUnavailable.

    Works in batches, so it takes little memory; what seems to differ is looked at a second time, for a record may
    have changed between the look at the store and the look at the index.
    """
    names = lender_names(registry.lender_entries(database))
    suspects: list[str] = []
    for ids in records.iterate_public_ids(database, BATCH):
        suspects += _ids(_compare(database, engine, ids, names))
    for ids in engine.every_id():
        suspects += _unexpected(database, ids)
    differences = Differences()
    suspects = list(dict.fromkeys(suspects))
    for start in range(0, len(suspects), BATCH):
        found = _compare(database, engine, suspects[start : start + BATCH], names)
        for name, values in asdict(found).items():
            getattr(differences, name).extend(values)
    return differences


def _compare(database: Database, engine: Engine, ids: Sequence[str], names: LenderNames) -> Differences:
    batch = read_batch(database, ids, names)
    indexed = engine.indexed(ids)
    differences = Differences()
    wanted = {made.id: made for made in batch.documents}
    refused = {refusal.id for refusal in batch.refused}
    for record_id in ids:
        kind = _difference(wanted.get(record_id), record_id in refused, indexed.get(record_id))
        if kind:
            getattr(differences, kind).append(record_id)
    return differences


def _difference(wanted: Document | None, is_refused: bool, indexed: Indexed | None) -> str:
    if wanted is None:
        return "unexpected" if indexed else ("missing" if is_refused else "")
    if indexed is None:
        return "missing"
    if indexed.version != wanted.version:
        return "outdated"
    return "different" if indexed.content_hash != wanted.content_hash else ""


def _unexpected(database: Database, ids: Sequence[str]) -> list[str]:
    public: set[str] = set()
    for start in range(0, len(ids), BATCH):
        public |= records.public_among(database, ids[start : start + BATCH])
    return [record_id for record_id in ids if record_id not in public]


def _ids(differences: Differences) -> list[str]:
    return [record_id for values in asdict(differences).values() for record_id in values]
