"""The embedded engine: tantivy, in a folder beside the store."""

from indexer.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
