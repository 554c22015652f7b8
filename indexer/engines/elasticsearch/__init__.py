"""Elasticsearch 8.16 or newer, through the official client."""

from indexer.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
