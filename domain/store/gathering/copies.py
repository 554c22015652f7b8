"""Copies of articles: the first published of a text stands for all, exact copies and spun ones are folded into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from domain.fingerprints import are_copies, article_keys, article_print
from domain.models import Article, ArticleKey
from domain.store import outbox
from domain.store.database import now
from domain.store.gathering import hidden
from domain.store.gathering.hidden import text_before_masks

# Of the firsts that share a key with a text, so many that share the most are compared with it.
COMPARED = 12


@dataclass(frozen=True)
class First:
    """The article that another one is a copy of, and how: `exact` or `near`."""

    article: Article
    how: str


def find_first(session: Session, article: Article) -> First | None:
    """Return the public article whose text this one repeats or tells again, None for a text of its own."""
    exact = select(Article).where(
        Article.content_hash == article.content_hash, Article.status == "indexed", Article.id != article.id
    )
    with session.no_autoflush:
        found = session.scalars(exact.order_by(Article.pk).limit(1)).first()
        if found is not None:
            return First(found, "exact")
        own = article_print(text_before_masks(article))
        alike = (other for other in _candidates(session, article, article_keys(own)))
        near = next((other for other in alike if are_copies(own, article_print(text_before_masks(other)))), None)
        return First(near, "near") if near is not None else None


def fold(session: Session, article: Article, first: First | None) -> None:
    """Make an article a copy of `first`, or a first itself; the earlier published of two becomes the first.

    What moderators masked in one of them is masked in all.

    `article` is in the session and has its new text, days and status.
    """
    if first is not None and _is_earlier(article, first.article):
        article.duplicate_of, article.duplicate_how, article.status = None, None, "indexed"
        _become_copy(session, first.article, article, first.how)
        _touch(session, first.article)
    elif first is not None:
        _become_copy(session, article, first.article, first.how)
    else:
        article.duplicate_of = article.duplicate_how = None
    session.flush()
    _keep_keys(session, article)
    if first is not None:
        _keep_keys(session, first.article)
        for other in hidden.share(article):
            if other is not article:
                _touch(session, other)


def release(session: Session, article: Article) -> Article | None:
    """Let the earliest copy of an article that is gone or taken down stand in its place; return it, if there is one."""
    copies = sorted(article.copies, key=_age)
    session.execute(delete(ArticleKey).where(ArticleKey.article_pk == article.pk))
    if not copies:
        return None
    heir, others = copies[0], copies[1:]
    heir.duplicate_of, heir.duplicate_how, heir.status = None, None, "indexed"
    for copy in others:
        copy.duplicate_of = heir
    _touch(session, heir)
    session.flush()
    _keep_keys(session, heir)
    return heir


def _candidates(session: Session, article: Article, keys: Sequence[int]) -> list[Article]:
    """Return the firsts that share the most keys, in one search of the primary key."""
    ranked = (
        select(ArticleKey.article_pk)
        .where(ArticleKey.key.in_(keys))
        .group_by(ArticleKey.article_pk)
        .order_by(func.count().desc(), ArticleKey.article_pk)
        .limit(COMPARED)
    )
    pks = [pk for pk in session.scalars(ranked) if pk != article.pk]
    found = session.scalars(select(Article).where(Article.pk.in_(pks), Article.status == "indexed"))
    by_pk = {other.pk: other for other in found}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _become_copy(session: Session, article: Article, first: Article, how: str) -> None:
    """Fold an article into another one, and what was folded into it with it."""
    for copy in list(article.copies) if article.pk is not None else []:
        if copy is not first:
            copy.duplicate_of = first
    article.duplicate_of, article.duplicate_how, article.status = first, how, "duplicate_of"


def _keep_keys(session: Session, article: Article) -> None:
    """Store the keys of a first, and none of anything else."""
    session.execute(delete(ArticleKey).where(ArticleKey.article_pk == article.pk))
    if article.status == "indexed":
        session.add_all([ArticleKey(key=key, article_pk=article.pk) for key in keys_of(text_before_masks(article))])


def keys_of(public_text: str) -> list[int]:
    """Return the keys under which copies of a text find it, each once."""
    return list(dict.fromkeys(article_keys(article_print(public_text))))


def _is_earlier(article: Article, other: Article) -> bool:
    """Whether an article names an earlier day; one that names none is later than one that does."""
    if article.status != "indexed" or article.published_on is None:
        return False
    return other.published_on is None or article.published_on < other.published_on


def _age(article: Article) -> tuple[bool, str, int]:
    return article.published_on is None, str(article.published_on or ""), article.pk


def _touch(session: Session, article: Article) -> None:
    article.version += 1
    article.updated_at = now()
    outbox.announce(session, article.id)
