"""The embedded engine: see protocol.Engine for what each method promises."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tantivy import Order, Query, Searcher

from indexer.engines.embedded.folder import IndexFolder, replace_file
from indexer.engines.embedded.guard import guarded
from indexer.engines.embedded.locks import file_lock
from indexer.engines.embedded.reader import Reader
from indexer.engines.embedded.schema import schema
from indexer.engines.embedded.search import search, trends
from indexer.engines.embedded.translate import translate
from indexer.engines.embedded.writer import EmbeddedNewIndex, EmbeddedWriter, opened_new_index, opened_writer
from indexer.engines.protocol import Indexed
from indexer.errors import SearchUnavailable
from indexer.mapping import SORT_NUMBER
from indexer.nodes import Everything, Range
from indexer.queries import build_query, trends_query
from indexer.request import SearchRequest, SearchResult, TrendCell

# A sync takes some 10 ms, the last step of a rebuild some seconds: who waits longer waits for something that hangs.
SECONDS_TO_WAIT = 10.0
IDS_AT_ONCE = 5_000


class EmbeddedEngine:
    """tantivy in a folder of this machine."""

    def __init__(self, path: Path, seconds_to_wait: float = SECONDS_TO_WAIT) -> None:
        self._folder = IndexFolder(path)
        self._reader = Reader(self._folder)
        self._seconds_to_wait = seconds_to_wait

    def search(self, request: SearchRequest) -> SearchResult:
        """See protocol.Engine."""
        question = build_query(request)
        searcher = self._reader.searcher()
        with guarded():
            return search(searcher, question)

    def trends(self, request: SearchRequest, lens: str) -> list[TrendCell]:
        """See protocol.Engine."""
        question = trends_query(request, lens)
        searcher = self._reader.searcher()
        with guarded():
            return trends(searcher, question, lens)

    def is_ready(self) -> bool:
        """See protocol.Engine."""
        try:
            self._reader.searcher()
        except SearchUnavailable as reason:
            if reason.reason in ("missing", "format"):
                return False
            raise
        return True

    @contextmanager
    def writing(self) -> Iterator[EmbeddedWriter]:
        """See protocol.Engine."""
        with self.pausing_writes(), opened_writer(self._folder.current()) as writer:
            yield writer

    @contextmanager
    def rebuilding(self) -> Iterator[EmbeddedNewIndex]:
        """See protocol.Engine."""
        # Not the writer's lock: complaints go on being published and withdrawn in the old index meanwhile.
        with (
            file_lock(self._folder.path / "rebuild.lock", "rebuilding the index", 0.0),
            opened_new_index(self._folder) as new,
        ):
            yield new

    @contextmanager
    def pausing_writes(self) -> Iterator[None]:
        """See protocol.Engine."""
        with file_lock(self._folder.path / "writer.lock", "writing the index", self._seconds_to_wait):
            yield

    def indexed(self, ids: Sequence[str]) -> dict[str, Indexed]:
        """See protocol.Engine."""
        searcher = self._reader.searcher()
        with guarded():
            query = Query.term_set_query(schema(), "id", list(ids))
            found: list[Any] = [
                searcher.doc(address) for _, address in searcher.search(query, max(1, len(ids)), False).hits
            ]
        kept = [Indexed(doc.get_first("id"), doc.get_first("version"), doc.get_first("content_hash")) for doc in found]
        return {document.id: document for document in kept}

    def every_id(self) -> Iterator[list[str]]:
        """See protocol.Engine."""
        searcher = self._reader.searcher()
        last = -1
        while True:
            with guarded():
                numbers, ids = _ids_after(searcher, last)
            if not ids:
                return
            yield ids
            last = numbers[-1]

    def count(self) -> int:
        """See protocol.Engine."""
        return self._reader.searcher().num_docs

    def note_synced(self, instant: datetime) -> None:
        """See protocol.Engine."""
        with guarded():
            replace_file(self._folder.path / "synced", instant.isoformat())

    def last_synced(self) -> datetime | None:
        """See protocol.Engine."""
        try:
            return datetime.fromisoformat((self._folder.path / "synced").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None


def _ids_after(searcher: Searcher, number: int) -> tuple[list[int], list[str]]:
    query = translate(Range(SORT_NUMBER, number + 1, None) if number >= 0 else Everything())
    result = searcher.search(query, IDS_AT_ONCE, False, order_by_field=SORT_NUMBER, order=Order.Asc)
    found: list[Any] = [searcher.doc(address) for _, address in result.hits]
    return [number for number, _ in result.hits], [document.get_first("id") for document in found]
