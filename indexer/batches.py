"""What the index must hold of some records, from their present state in the store: documents, removals, refusals.

Nothing here looks at what was announced: a change says which record to look at, never what became of it. So the same
change can be carried twice, late, or together with a later one, and the end is the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.store import Database, StoreUnavailable, records
from domain.store.records import Record
from indexer.documents import Document, LenderNames, document
from indexer.engines.protocol import Refused, Removal, Writer


@dataclass
class Batch:
    """Documents to write, removals, and the records of which no document could be made (they are removed too)."""

    documents: list[Document] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read_batch(database: Database, ids: Sequence[str], names: LenderNames) -> Batch:
    """Read the records and make their documents; a poisonous one is refused with its reason, the others go on."""
    batch = Batch()
    found, unreadable = _load(database, ids)
    for refusal in unreadable:
        _refuse(batch, refusal, records.version_of(database, refusal.id))
    for record_id in dict.fromkeys(ids):
        record = found.get(record_id)
        if record is not None and records.is_public(record):
            _add(batch, record, names)
        elif record_id not in {refusal.id for refusal in unreadable}:
            batch.removals.append(Removal(record_id, record.version if record else None))
    return batch


def carry(writer: Writer, batch: Batch) -> list[Refused]:
    """Write a batch; return all that was refused. What the engine refuses is removed: an older text may not stay."""
    refused = writer.write(batch.documents, batch.removals)
    if refused:
        versions = {made.id: made.version for made in batch.documents}
        writer.write([], [Removal(refusal.id, versions[refusal.id]) for refusal in refused])
    return [*batch.refused, *refused]


def _load(database: Database, ids: Sequence[str]) -> tuple[dict[str, Record], list[Refused]]:
    try:
        return records.load(database, ids), []
    except StoreUnavailable:
        raise
    except Exception:  # one broken row (a date that is none, JSON cut short) spoils the whole batch: one at a time
        return _load_singly(database, ids)


def _load_singly(database: Database, ids: Iterable[str]) -> tuple[dict[str, Record], list[Refused]]:
    found: dict[str, Record] = {}
    unreadable: list[Refused] = []
    for record_id in ids:
        try:
            found |= records.load(database, [record_id])
        except StoreUnavailable:
            raise
        except Exception as error:
            unreadable.append(Refused(record_id, _reason(error)))
    return found, unreadable


def _add(batch: Batch, record: Record, names: LenderNames) -> None:
    try:
        batch.documents.append(document(record, names))
    except Exception as error:  # whatever is wrong with one row, the others must not wait for it
        _refuse(batch, Refused(record.id, _reason(error)), record.version)


def _refuse(batch: Batch, refusal: Refused, version: int | None) -> None:
    batch.refused.append(refusal)
    batch.removals.append(Removal(refusal.id, version))


def _reason(error: Exception) -> str:
    # The type and where it says what is wrong, but no more than a line: a reason must not carry a narrative along.
    return f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''}"
