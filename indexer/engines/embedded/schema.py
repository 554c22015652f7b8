"""The mapping as a tantivy schema, and documents as tantivy documents."""

from functools import lru_cache

import tantivy

from indexer.documents import Document
from indexer.mapping import FIELDS


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """Return the schema that mapping.FIELDS describes."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        if field.kind == "number":
            builder.add_unsigned_field(field.name, stored=field.kept, indexed=True, fast=True)
        elif field.kind == "keyword":
            builder.add_text_field(
                field.name, stored=field.kept, fast=field.counted, tokenizer_name="raw", index_option="basic"
            )
        else:
            builder.add_text_field(
                field.name, tokenizer_name="whitespace", index_option="position" if field.positions else "basic"
            )
    return builder.build()


def tantivy_document(document: Document) -> tantivy.Document:
    """Return the document as tantivy takes it. Raises ValueError for a value that a field can't hold."""
    return tantivy.Document.from_dict(document.values(), schema())
