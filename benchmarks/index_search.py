"""Time searches on 20,000 generated records, on both engines, beside the raw engine doing the same.

python -m benchmarks.index_search
"""

import sys
from collections.abc import Callable
from functools import partial

from benchmarks.index_corpus import COUNT, engines, filled_store
from benchmarks.index_raw import RawElasticsearch, RawSearch, RawTantivy, raw_engine
from benchmarks.timing import median_milliseconds
from domain.store.registries import registry
from indexer.batches import read_batch
from indexer.documents import Document, lender_names
from indexer.engines import Engine
from indexer.rebuild import rebuild
from indexer.request import SearchRequest

CHOSEN = {"lender": ("invented_007",)}
CASES: list[tuple[str, SearchRequest, RawSearch]] = [
    ("上门催收, by date, 7 facets", SearchRequest("上门催收", sort="date_desc"), RawSearch(("上门", "门催", "催收"))),
    ("上门催收, by relevance, 7 facets", SearchRequest("上门催收"), RawSearch(("上门", "门催", "催收"), by_date=False)),
    ("催收, by relevance, no facets", SearchRequest("催收", facets=()),
     RawSearch(("催收",), by_date=False, facets=False)),
    ("上门催收 at one lender, 7 facets", SearchRequest("上门催收", sort="date_desc", filters=CHOSEN),
     RawSearch(("上门", "门催", "催收"), lender="invented_007")),
]  # fmt: skip


def main(count: int = COUNT) -> None:
    """Print a line for each case and engine: medians in milliseconds, and their ratio."""
    with filled_store(count) as database, engines() as found:
        names = lender_names(registry.lender_entries(database))
        documents = read_batch(database, record_ids(count), names).documents
        for name, engine in found:
            rebuild(database, engine)
            _compare_all(f"{name}, {count} records", engine, filled_raw(name, documents))


def filled_raw(name: str, documents: list[Document]) -> RawTantivy | RawElasticsearch:
    """Return the raw engine of this name with the documents in it."""
    raw = raw_engine(name, documents)
    raw.fill()
    return raw


def _compare_all(title: str, engine: Engine, raw: RawTantivy | RawElasticsearch) -> None:
    for case, request, asked in CASES:
        _compare(f"{title}, {case}", engine, request, partial(raw.search, asked))
    trend = median_milliseconds(lambda: engine.trends(SearchRequest("催收"), "tactic"))
    print(f"{title}, trend of 催收 by tactic: {trend:.1f} ms")


def _compare(title: str, engine: Engine, request: SearchRequest, raw: Callable[[], int]) -> None:
    assert engine.search(request).total == raw(), title  # noqa: S101 (else they don't do the same)
    ours, theirs = median_milliseconds(lambda: engine.search(request)), median_milliseconds(raw)
    print(f"{title}: {ours:.1f} ms, raw engine {theirs:.1f} ms, ratio {ours / theirs:.2f}")


def record_ids(count: int) -> list[str]:
    """Return the ids of the generated records."""
    return [f"{'a' if number % 4 == 0 else 'c'}{number:012}" for number in range(1, count + 1)]


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
