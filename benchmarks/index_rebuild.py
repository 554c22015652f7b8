"""Time a rebuild of 20,000 generated records, on both engines, beside the raw engine writing equal documents, and
the way of one withdrawal out of search.

    python -m benchmarks.index_rebuild
"""

import sys

from benchmarks.index_corpus import COUNT, engines, filled_store
from benchmarks.index_raw import raw_engine
from benchmarks.index_search import record_ids
from benchmarks.timing import seconds
from domain.store import Database, outbox
from domain.store.registries import registry
from indexer.batches import read_batch
from indexer.documents import Document, lender_names
from indexer.engines import Engine
from indexer.rebuild import rebuild
from indexer.sync import sync


def main(count: int = COUNT) -> None:
    """Print for each engine: seconds of a rebuild, of the raw engine, their ratio, and of one change's sync."""
    with filled_store(count) as database, engines() as found:
        documents: list[Document] = []
        made = seconds(lambda: documents.extend(_documents(database, count)))
        print(f"{count} records read from the store and cut into documents: {made:.1f} s ({count / made:.0f} a second)")
        for name, engine in found:
            raw = raw_engine(name, documents)
            ours, theirs = seconds(lambda engine=engine: rebuild(database, engine)), seconds(raw.fill)
            print(f"{name}, rebuild of {count} records from the store: {ours:.1f} s ({count / ours:.0f} a second), "
                  f"raw engine over ready documents {theirs:.1f} s, ratio {ours / theirs:.2f}")  # fmt: skip
            print(f"{name}, one change carried to the index: {_one_change(database, engine, count):.0f} ms")


def _documents(database: Database, count: int) -> list[Document]:
    names = lender_names(registry.lender_entries(database))
    ids = record_ids(count)
    batches = (read_batch(database, ids[start : start + 500], names) for start in range(0, count, 500))
    return [document for batch in batches for document in batch.documents]


def _one_change(database: Database, engine: Engine, count: int) -> float:
    times = []
    for record_id in record_ids(count)[:15]:
        with database.writing() as session:
            outbox.announce(session, record_id)
        times.append(seconds(lambda: sync(database, engine)) * 1000)
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
