"""What a store shows of its articles, to readers and to whoever asks for one."""

from dataclasses import replace

from domain.models import Article
from domain.publishing import exporting, published
from domain.store import Database, records
from domain.store.gathering import article_history
from indexer.documents import document


def public(store: Database) -> str:
    """Return everything that readers, exports and the index are given of all articles, and of every version."""
    parts = [
        *exporting.published_lines(store, "articles", "csv"),
        *exporting.published_lines(store, "articles", "jsonl"),
    ]
    for article in records.iterate_public_articles(store):
        parts += [repr(replace(document(article, {}), version=0)), article.title, article.public_text]
        parts += [str(article.details)]
        parts += [str(article.gaps), str(published.tags_of(article))]
        parts += [f"{mention.surface} {mention.reason}" for mention in article.lender_mentions]
        parts += [
            f"{row.title} {row.public_text} {row.details}" for row in article_history.versions_of(store, article.id)
        ]
    return "\n".join(parts)


def as_it_is(article: Article) -> dict[str, object]:
    """Return all of an article that a mask may change."""
    return {
        "shown": (article.status, article.title, article.public_text, article.details, article.gaps),
        "known by": (article.content_hash, article.hidden_words, article.before_masks),
        "tags": sorted((one.tactic_code, one.assertion, one.start, one.end, one.quote, one.reason, one.confidence)
                       for one in article.tactic_mentions),
        "lenders": [(one.lender.slug, one.role, one.start, one.end, one.surface) for one in article.lender_mentions],
    }  # fmt: skip
