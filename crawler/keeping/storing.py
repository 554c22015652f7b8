"""Stores read articles with their archived pages; the store decides what is new, changed, a copy or off the subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from crawler.items import GatheredArticle
from crawler.keeping.archive import Archive
from domain.readings import Reading
from domain.store import Database, StoreUnavailable
from domain.store.gathering.articles import Page, Saved, save_articles


@dataclass(frozen=True)
class Kept:
    """What became of an article, and whether the archive had no place for a page of it."""

    saved: Saved
    archive_full: bool = False


class NotKept(Exception):
    """Our own code failed on one article; the message names the error."""


def keep(database: Database, archive: Archive, articles: Sequence[GatheredArticle]) -> list[Kept | Exception]:
    """Store articles in one transaction and return what became of each; its error where it is the one that fails."""
    full: set[int] = set()
    try:
        pages = [(page_of(each), partial(_archived, archive, each, full)) for each in articles]
        saved = save_articles(database, pages)
    except StoreUnavailable as error:
        return [error] * len(articles)
    except Exception as error:  # whatever it is, it is this article that is not kept
        if len(articles) == 1:
            return [NotKept(type(error).__name__)]
        return [answer for each in articles for answer in keep(database, archive, [each])]
    return [Kept(each, id(article) in full) for each, article in zip(saved, articles, strict=True)]


def page_of(article: GatheredArticle) -> Page:
    """Return what the store keeps of an article. Raises ValueError for one that was not read."""
    if not isinstance(article.reading, Reading):
        raise ValueError("an article that was not read can't be stored")
    return Page(
        source=article.source, url=article.url, canonical_url=article.canonical_url, title=article.title,
        reading=article.reading, published_on=article.published_on, fetched_at=article.fetched_at,
        site_name=article.site_name, form=article.form, author=article.author, details=article.details,
        named_beside=article.named_beside,
    )  # fmt: skip


def _archived(archive: Archive, article: GatheredArticle, full: set[int]) -> Sequence[Mapping[str, Any]]:
    kept = [archive.keep(capture) for capture in article.captures]
    if None in kept:
        full.add(id(article))
    return [copy for copy in kept if copy is not None]
