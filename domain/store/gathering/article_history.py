"""What became of articles: the page is gone, and how it read before."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from domain.models import Article, ArticleVersion, VisitedPage
from domain.store import audit, outbox
from domain.store.database import Database, in_turn, now
from domain.store.gathering import copies
from domain.store.gathering.articles import ARTICLES
from domain.store.gathering.pages import hash_of

# Where a page that is gone can't become more gone, and where somebody has decided about it.
SETTLED = ("gone", "taken_down")


def mark_gone(database: Database, address: str, reason: str, with_posts: bool = False) -> list[str]:
    """Say of what was gathered at `address` that the source has taken it away; return the ids of those articles.

    `with_posts`: also of the posts that stood on it.

    `reason` is `http_404`, `http_410`, `noindex` or `deleted`. A copy elsewhere, if there is one, takes the place of
    an article that is gone.
    """
    with database.writing() as session:
        in_turn(session, ARTICLES)
        ids = []
        for article in _at(session, address, with_posts):
            article.status, article.gone_at, article.gone_reason = "gone", now(), reason
            article.updated_at = now()
            article.version += 1  # the index knows a record by its version
            copies.release(session, article)
            article.duplicate_of = article.duplicate_how = None
            _forget(session, article)
            outbox.announce(session, article.id)
            audit.note(session, "crawler", "article.gone", article.id, reason=reason)
            ids.append(article.id)
        return ids


def versions_of(database: Database, article_id: str) -> Sequence[ArticleVersion]:
    """Return every version of an article, the first one first; the present one has no text of its own."""
    with database.reading() as session:
        query = select(ArticleVersion).join(Article).where(Article.id == article_id)
        return list(session.scalars(query.order_by(ArticleVersion.version)))


def _at(session: Session, address: str, with_posts: bool) -> list[Article]:
    at = hash_of(address)
    is_there = VisitedPage.address_hash == at
    visited = select(VisitedPage.article_pk).where(is_there | (VisitedPage.page_hash == at) if with_posts else is_there)
    query = select(Article).where(
        (Article.canonical_url == address) | Article.pk.in_(visited), Article.status.not_in(SETTLED)
    )
    return list(session.scalars(query.options(selectinload(Article.copies))))


def _forget(session: Session, article: Article) -> None:
    # A page that comes back as it was would be answered with 304, and stay gone for good.
    for row in session.scalars(select(VisitedPage).where(VisitedPage.article_pk == article.pk)):
        row.etag = row.last_modified = row.body_hash = ""
        row.body = None
