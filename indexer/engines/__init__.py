"""The two search engines behind one protocol; the only place that speaks tantivy or Elasticsearch."""

from domain.settings import Settings
from indexer.engines.protocol import Engine

__all__ = ["Engine", "open_engine"]


def open_engine(settings: Settings) -> Engine:
    """Return the engine that the settings name: Elasticsearch where ELASTICSEARCH_URL is set, else the embedded one.

    Nothing is opened or reached before the first use, so this never fails and may stand before a fork.
    """
    if settings.elasticsearch_url:
        from indexer.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(
            settings.elasticsearch_url, settings.elasticsearch_index, settings.elasticsearch_replicas
        )
    from indexer.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.data_dir / "index")
