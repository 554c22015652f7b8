"""The mapping as Elasticsearch's. Needs nothing but the core: no mapper-extras, ICU, smartcn, ingest or ILM."""

from typing import Any

from indexer.mapping import FIELDS, Field
from indexer.queries import DEEPEST


def mappings() -> dict[str, Any]:
    """Return the mapping that mapping.FIELDS describes.

    `dynamic: strict`: a field that nobody declared is an error, never a guess. No `_source`: it would keep each text
    three times over, and an index is never made from an index here, but from the store.
    """
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": {field.name: _property(field) for field in FIELDS},
    }


def settings(replicas: int) -> dict[str, Any]:
    """Return the settings of a new index, before it is filled.

    One shard: counts of facets are exact whatever is asked for, and 10 million records of this size fit one.
    `gc_deletes`: how long Elasticsearch remembers the version of what was removed; a write that comes later than
    that with an older version could bring a withdrawn complaint back.
    """
    return {
        "number_of_shards": 1, "number_of_replicas": replicas, "refresh_interval": "-1", "gc_deletes": "1h",
        "max_result_window": DEEPEST + 1,  # one more than a page shows, to know whether there is a next one
    }  # fmt: skip


def _property(field: Field) -> dict[str, Any]:
    if field.kind == "number":
        return {"type": "long"}
    if field.kind == "keyword":
        return {"type": "keyword", "doc_values": field.counted or field.kept}
    # No norms: relevance goes by classes (see queries), not by how long a text is.
    options = "positions" if field.positions else "docs"
    return {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": options}
