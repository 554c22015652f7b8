"""Writing into one tantivy index."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from indexer.documents import Document
from indexer.engines.embedded.folder import IndexFolder
from indexer.engines.embedded.guard import guarded
from indexer.engines.embedded.schema import schema, tantivy_document
from indexer.engines.protocol import Refused, Removal

# The least that tantivy takes for a thread. A change of one complaint commits in about 10 ms with it.
SMALL_HEAP = 15_000_000
# Filling 20,000 records: fewer, larger segments and so less merging.
LARGE_HEAP = 128_000_000


class EmbeddedWriter:
    """Writes into one index; `opened_writer` makes it."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer, self._is_open = writer, True

    def write(self, documents: Sequence[Document], removals: Sequence[Removal] = ()) -> list[Refused]:
        """See protocol.Writer."""
        refused = []
        for removal in removals:
            self._delete(removal.id)
        for document in documents:
            try:
                made = tantivy_document(document)
            except (ValueError, TypeError, UnicodeError, OverflowError) as error:
                refused.append(Refused(document.id, f"{type(error).__name__}: {error}"))
                continue
            self._delete(document.id)
            with guarded():
                self._writer.add_document(made)
        return refused

    def commit(self) -> None:
        """See protocol.Writer."""
        with guarded():
            self._writer.commit()

    def close(self) -> None:
        """Let the index go; what was not committed is dropped. A second time it does nothing.

        Merges begun by a commit are waited for: a writer dropped at once would end them each time, and an index that
        gets one complaint a minute would have a thousand segments in a day.
        """
        if self._is_open:
            self._is_open = False
            with guarded():
                self._writer.wait_merging_threads()

    def _delete(self, record_id: str) -> None:
        with guarded():
            self._writer.delete_documents_by_term("id", record_id)


class EmbeddedNewIndex(EmbeddedWriter):
    """A new index in a directory of its own."""

    def __init__(self, writer: tantivy.IndexWriter, index: tantivy.Index, folder: IndexFolder, path: Path) -> None:
        super().__init__(writer)
        self._index, self._folder, self._path = index, folder, path

    def count(self) -> int:
        """See protocol.NewIndex."""
        with guarded():
            self._index.reload()
            return self._index.searcher().num_docs

    def swap(self) -> None:
        """See protocol.NewIndex."""
        # Let go before anybody is sent there: who wrote at once found it held by its maker, and was refused.
        self.close()
        with guarded():
            self._folder.point_to(self._path)


@contextmanager
def opened_writer(path: Path) -> Iterator[EmbeddedWriter]:
    """Open an index for writing; what was not committed when the block ends is dropped."""
    with guarded():
        writer = EmbeddedWriter(tantivy.Index.open(str(path)).writer(SMALL_HEAP, 1))
    try:
        yield writer
    finally:
        writer.close()


@contextmanager
def opened_new_index(folder: IndexFolder) -> Iterator[EmbeddedNewIndex]:
    """Make a new index; it is removed when the block ends, unless it was swapped in."""
    with guarded():
        path = folder.create()
        index = tantivy.Index(schema(), path=str(path))
        new = EmbeddedNewIndex(index.writer(LARGE_HEAP, 1), index, folder, path)
    try:
        yield new
    finally:
        new.close()
        folder.discard(path)
