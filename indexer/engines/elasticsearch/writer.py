"""Writing into Elasticsearch: bulk, each item's answer looked at."""

from collections.abc import Iterator, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from indexer.documents import Document
from indexer.engines.elasticsearch.client import guarded
from indexer.engines.elasticsearch.indices import Indices, filling_alias
from indexer.engines.protocol import Refused, Removal
from indexer.errors import SearchUnavailable

# Elasticsearch refuses a request over 100 MB; a batch of 500 articles of 3,000 characters takes about 20 MB.
DOCUMENTS_AT_ONCE = 100
# Too many requests, or a shard that moves: nothing is wrong with the document, so the rows wait.
RETRIED_LATER = frozenset({429, 500, 502, 503, 504})


class ElasticsearchWriter:
    """Writes by an alias that has to exist."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client, self._alias = client, alias

    def write(self, documents: Sequence[Document], removals: Sequence[Removal] = ()) -> list[Refused]:
        """See protocol.Writer. An older version never takes the place of a newer one, nor of its removal."""
        refused: list[Refused] = []
        if removals:
            self._expect_alias()
        for start in range(0, len(removals), DOCUMENTS_AT_ONCE):
            batch = removals[start : start + DOCUMENTS_AT_ONCE]
            refused += self._bulk([self._action("delete", gone.id, gone.version) for gone in batch])
        for start in range(0, len(documents), DOCUMENTS_AT_ONCE):
            refused += self._put(documents[start : start + DOCUMENTS_AT_ONCE])
        return refused

    def commit(self) -> None:
        """See protocol.Writer. Each write was safe on disk when it was answered; this makes it visible."""
        with guarded():
            self._client.indices.refresh(index=self._alias)

    def _expect_alias(self) -> None:
        # A bulk with `require_alias` refuses to write into what isn't there, but a removal with a version of ours
        # makes the index up all the same (8.16.6), under the alias's name and with guessed fields.
        with guarded():
            if not self._client.indices.exists_alias(name=self._alias):
                raise SearchUnavailable("missing", "the index that was to be written into is gone")

    def _put(self, documents: Sequence[Document]) -> list[Refused]:
        operations: list[dict[str, Any]] = []
        for document in documents:
            operations += [self._action("index", document.id, document.version), document.values()]
        try:
            return self._bulk(operations)
        except _TooLarge:
            if len(documents) == 1:
                return [Refused(documents[0].id, "larger than Elasticsearch takes in one request")]
            middle = len(documents) // 2
            return self._put(documents[:middle]) + self._put(documents[middle:])

    def _action(self, kind: str, record_id: str, version: int | None) -> dict[str, Any]:
        action: dict[str, Any] = {"_index": self._alias, "_id": record_id}
        # Without a version of ours Elasticsearch counts one on, which keeps a late write of the last one out too.
        return {kind: action if version is None else action | {"version": version, "version_type": "external_gte"}}

    def _bulk(self, operations: list[dict[str, Any]]) -> list[Refused]:
        with guarded():
            try:
                answer = self._client.bulk(operations=operations, require_alias=True)
            except ApiError as error:
                if error.meta.status == 413:
                    raise _TooLarge from error
                raise
        return list(_refusals(answer["items"]))


class _TooLarge(Exception):
    """The request is larger than the server takes."""


class ElasticsearchNewIndex(ElasticsearchWriter):
    """A new index, written by an alias of its own until it is swapped in."""

    def __init__(self, client: Elasticsearch, indices: Indices, name: str) -> None:
        super().__init__(client, filling_alias(name))
        self._indices, self._name = indices, name

    def count(self) -> int:
        """See protocol.NewIndex."""
        with guarded():
            self._client.indices.refresh(index=self._name)
            return int(self._client.count(index=self._name)["count"])

    def swap(self) -> None:
        """See protocol.NewIndex."""
        with guarded():
            self._indices.swap(self._client, self._name)


def _refusals(items: Sequence[dict[str, Any]]) -> Iterator[Refused]:
    for item in items:
        [result] = item.values()
        # 404: what was to be removed was not there. 409: what is there is newer, or its removal is.
        if "error" not in result or result["status"] in (404, 409):
            if result.get("error", {}).get("type") == "index_not_found_exception":
                raise SearchUnavailable("missing", "the index that was written into is gone")
            continue
        if result["status"] in RETRIED_LATER:
            raise SearchUnavailable("down", f"Elasticsearch can't write now: {result['error'].get('type')}")
        yield Refused(result["_id"], _reason(result["error"]))


def _reason(error: dict[str, Any]) -> str:
    # Elasticsearch quotes the value that it could not take (Preview of field's value: '…'): a text stays out of this.
    return f"{error.get('type')}: {str(error.get('reason', '')).partition(' Preview of')[0][:200]}"
