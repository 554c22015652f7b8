"""The engines without Doorstep: the same searches and the same writing, by hand."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from elasticsearch import Elasticsearch, helpers

from indexer.documents import Document
from indexer.engines.elasticsearch.mapping import mappings, settings
from indexer.engines.embedded.schema import schema
from indexer.request import FACETS

TEXT_FIELDS = ("title_pair", "name_pair", "text_pair")


@dataclass(frozen=True)
class RawSearch:
    """A phrase (its bigrams), a lender to filter by, if results come by date, and if the facets are counted."""

    pairs: tuple[str, ...]
    lender: str = ""
    by_date: bool = True
    facets: bool = True


class RawTantivy:
    """tantivy-py over equal documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="doorstep-bench-")
        self.values = [document.values() for document in documents]

    def fill(self) -> None:
        """Write all documents into a new index."""
        path = Path(tempfile.mkdtemp(dir=self._folder.name))
        self.index = tantivy.Index(schema(), path=str(path))
        writer = self.index.writer(128_000_000, 1)
        for values in self.values:
            writer.add_document(tantivy.Document.from_dict(values, schema()))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def search(self, asked: RawSearch) -> int:
        """Search, read the ids of a page, count facets; return the total."""
        query, searcher = self._query(asked), self.index.searcher()
        result = searcher.search(query, 20, order_by_field="sort_number" if asked.by_date else None)
        for _, address in result.hits:
            searcher.doc(address).get_first("id")
        if asked.facets:
            searcher.aggregate(query, {name: {"terms": {"field": name, "size": 60_000}} for name in FACETS})
        return int(result.count)  # type: ignore[attr-defined]

    def _query(self, asked: RawSearch) -> tantivy.Query:
        def phrase(field: str) -> tantivy.Query:
            if len(asked.pairs) == 1:
                return tantivy.Query.term_query(schema(), field, asked.pairs[0])
            return tantivy.Query.phrase_query(schema(), field, list(asked.pairs))

        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, phrase(field)) for field in TEXT_FIELDS])
        if not asked.lender:
            return query
        lender = tantivy.Query.term_query(schema(), "lender", asked.lender)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, lender)])


class RawElasticsearch:
    """The official client over equal documents."""

    def __init__(self, url: str, name: str, documents: Sequence[Document]) -> None:
        self.client = Elasticsearch(url, request_timeout=120)
        self.name = name
        self.values = [document.values() for document in documents]

    def fill(self) -> None:
        """Write all documents into a new index."""
        self.client.indices.delete(index=self.name, ignore_unavailable=True)
        self.client.indices.create(index=self.name, mappings=mappings(), settings=settings(0))
        actions = ({"_index": self.name, "_id": values["id"], "_source": values} for values in self.values)
        helpers.bulk(self.client, actions, chunk_size=100)
        self.client.indices.refresh(index=self.name)

    def search(self, asked: RawSearch) -> int:
        """Search, read the ids of a page, count facets; return the total."""
        should = [{"match_phrase": {field: " ".join(asked.pairs)}} for field in TEXT_FIELDS]
        match: dict[str, Any] = {"bool": {"should": should}}
        if asked.lender:
            match = {"bool": {"must": [match], "filter": [{"term": {"lender": asked.lender}}]}}
        aggregations = {name: {"terms": {"field": name, "size": 60_000}} for name in FACETS}
        response = self.client.search(
            index=self.name, query=match, size=20, sort=[{"sort_number": "desc"}] if asked.by_date else None,
            track_total_hits=True, aggs=aggregations if asked.facets else None,
        )  # fmt: skip
        return int(response["hits"]["total"]["value"])


def raw_engine(name: str, documents: Sequence[Document]) -> RawTantivy | RawElasticsearch:
    """Return the raw engine for `embedded` or `elasticsearch` (at ELASTICSEARCH_URL), not filled yet."""
    if name == "embedded":
        return RawTantivy(documents)
    return RawElasticsearch(os.environ["ELASTICSEARCH_URL"], f"bench-{os.getpid()}-raw", documents)
