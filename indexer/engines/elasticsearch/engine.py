"""The Elasticsearch engine: see protocol.Engine for what each method promises."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from indexer.engines.elasticsearch.client import WRITE_SECONDS, Connection, guarded
from indexer.engines.elasticsearch.indices import Indices
from indexer.engines.elasticsearch.search import read_answer, read_cells, search_body, trends_body
from indexer.engines.elasticsearch.writer import ElasticsearchNewIndex, ElasticsearchWriter
from indexer.engines.protocol import Indexed
from indexer.errors import SearchUnavailable
from indexer.mapping import CONTENT_HASH, SORT_NUMBER, VERSION
from indexer.queries import build_query, trends_query
from indexer.request import SearchRequest, SearchResult, TrendCell

# Which index the alias names is asked for this often at most; the format of an index changes only with the program.
SECONDS_BETWEEN_LOOKS = 2.0
# The health checks ask for this: they must answer although the engine hangs.
STATUS_SECONDS = 2.0
IDS_AT_ONCE = 5_000


class ElasticsearchEngine:
    """An Elasticsearch of 8.16 or newer, at `url`; every index begins with `prefix`."""

    def __init__(self, url: str, prefix: str, replicas: int) -> None:
        self._connection = Connection(url)
        self._indices = Indices(prefix, replicas)
        self._looked_at = float("-inf")

    def search(self, request: SearchRequest) -> SearchResult:
        """See protocol.Engine."""
        question = build_query(request)
        self._expect_index()
        with guarded():
            response = self._connection.client().search(index=self._indices.alias, body=search_body(question))
        return read_answer(question, response)

    def trends(self, request: SearchRequest, lens: str) -> list[TrendCell]:
        """See protocol.Engine."""
        question = trends_query(request, lens)
        self._expect_index()
        cells: list[TrendCell] = []
        after = None
        while True:
            with guarded():
                body = trends_body(question, lens, after)
                response = self._connection.client().search(index=self._indices.alias, body=body)
            cells += read_cells(response)
            after = response["aggregations"]["cells"].get("after_key")
            if after is None:
                return sorted(cells, key=lambda cell: (cell.month, cell.kind, cell.value))

    def is_ready(self) -> bool:
        """See protocol.Engine."""
        try:
            self._look_for_index()
        except SearchUnavailable as reason:
            if reason.reason in ("missing", "format"):
                return False
            raise
        return True

    @contextmanager
    def writing(self) -> Iterator[ElasticsearchWriter]:
        """See protocol.Engine. Needs no lock: versions keep an older state from taking the place of a newer one."""
        self._look_for_index()
        yield ElasticsearchWriter(self._connection.client(WRITE_SECONDS), self._indices.alias)

    @contextmanager
    def rebuilding(self) -> Iterator[ElasticsearchNewIndex]:
        """See protocol.Engine. Of two at once the one that began later wins."""
        client = self._connection.client(WRITE_SECONDS)
        with guarded():
            name = self._indices.create(client)
        try:
            yield ElasticsearchNewIndex(client, self._indices, name)
        finally:
            with guarded():
                self._indices.discard(client, name)

    @contextmanager
    def pausing_writes(self) -> Iterator[None]:
        """See protocol.Engine: Elasticsearch orders writes by version, so nobody has to wait."""
        yield

    def indexed(self, ids: Sequence[str]) -> dict[str, Indexed]:
        """See protocol.Engine."""
        self._expect_index()
        with guarded():
            response = self._connection.client(WRITE_SECONDS).search(
                index=self._indices.alias, query={"ids": {"values": list(ids)}}, size=max(1, len(ids)),
                docvalue_fields=[{"field": VERSION}, {"field": CONTENT_HASH}], track_total_hits=False,
            )  # fmt: skip
        hits = response["hits"]["hits"]
        return {
            hit["_id"]: Indexed(hit["_id"], hit["fields"][VERSION][0], hit["fields"][CONTENT_HASH][0]) for hit in hits
        }

    def every_id(self) -> Iterator[list[str]]:
        """See protocol.Engine."""
        self._expect_index()
        last = -1
        while True:
            with guarded():
                response = self._connection.client(WRITE_SECONDS).search(
                    index=self._indices.alias, size=IDS_AT_ONCE, sort=[{SORT_NUMBER: "asc"}], search_after=[last],
                    track_total_hits=False,
                )  # fmt: skip
            hits = response["hits"]["hits"]
            if not hits:
                return
            yield [hit["_id"] for hit in hits]
            last = hits[-1]["sort"][0]

    def count(self) -> int:
        """See protocol.Engine."""
        self._expect_index()
        with guarded():
            return int(self._connection.client().count(index=self._indices.alias)["count"])

    def note_synced(self, instant: datetime) -> None:
        """See protocol.Engine."""
        with guarded():
            self._indices.note_synced(self._connection.client(), instant)

    def last_synced(self) -> datetime | None:
        """See protocol.Engine."""
        with guarded():
            return self._indices.last_synced(self._connection.client(STATUS_SECONDS))

    def _expect_index(self) -> None:
        if time.monotonic() - self._looked_at > SECONDS_BETWEEN_LOOKS:
            self._look_for_index()

    def _look_for_index(self) -> None:
        with guarded():
            name = self._indices.current(self._connection.client(STATUS_SECONDS))
        if name is None:
            raise SearchUnavailable("missing", "there is no index yet: `doorstep index rebuild` makes one")
        if not self._indices.has_present_format(name):
            raise SearchUnavailable("format", "rebuild needed: the index was made by another version of this program")
        self._looked_at = time.monotonic()
