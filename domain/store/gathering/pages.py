"""What is remembered of every address that the crawler asked for, so that nothing unchanged is downloaded again."""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from domain.models import Article, Source, VisitedPage
from domain.store.database import Database, in_turn, translated_errors
from domain.store.plain_inserts import PlainWriter

# A list that is larger than this when compressed is downloaded again instead: it would weigh on the store.
LARGEST_REMEMBERED_BYTES = 1_000_000
# Of headers longer than their columns nothing is kept: half an ETag is none.
LONGEST_ETAG, LONGEST_DATE = 500, 100
GONE = ("gone", "taken_down")
VISITED = "visited pages"
# Asked before every request, so made once.
_REMEMBERED = select(
    VisitedPage.etag, VisitedPage.last_modified, VisitedPage.body_hash, VisitedPage.body, VisitedPage.content_type,
    VisitedPage.article_pk,
).where(VisitedPage.address_hash == bindparam("address"))  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """One answer to a request. `body` only of pages that lead on; `on_page` is the page that holds a post."""

    source: str
    address: str
    visited_at: datetime
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    body: bytes | None = field(default=None, repr=False)
    content_type: str = ""
    article_id: str | None = None
    on_page: str | None = None


@dataclass(frozen=True)
class Remembered:
    """What to send along with the next request, and the body to read again when the site says that it is unchanged."""

    etag: str
    last_modified: str
    body_hash: str
    body: bytes | None = field(repr=False)
    content_type: str
    has_article: bool


def hash_of(address: str) -> str:
    """Return the hash under which an address is looked up."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def remembered(database: Database, address: str) -> Remembered | None:
    """Return what is known of an address, or None."""
    with database.querying() as connection:
        return _remembered(connection.execute(_REMEMBERED, {"address": hash_of(address)}).one_or_none())


def _remembered(row: Any) -> Remembered | None:
    if row is None:
        return None
    etag, last_modified, body_hash, body, content_type, article_pk = row
    whole = zlib.decompress(body) if body is not None else None
    return Remembered(etag, last_modified, body_hash, whole, content_type, article_pk is not None)


class Memory:
    """What `remembered` returns, from SQLite and for one thread, over a connection of its own that stays open.

    A request waits for it, and to take a connection from the pool and to give it back takes ten times as long.
    """

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._connection: Any = None

    def of(self, address: str) -> Remembered | None:
        """Return what is known of an address, or None. Raises StoreUnavailable."""
        with translated_errors():
            if self._connection is None:
                self._connection = self._engine.raw_connection()
                self._asking = PlainWriter(self._engine.dialect, self._connection)
            # Outside of any transaction: each question sees what was written until then.
            rows = self._asking.ask(_REMEMBERED, {"address": hash_of(address)})
        return _remembered(rows[0] if rows else None)

    def close(self) -> None:
        """Let the connection go; the next question opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def remember(database: Database, visits: Sequence[Visit]) -> None:
    """Keep the latest visit to each of these addresses."""
    latest = {hash_of(visit.address): visit for visit in visits}
    with database.writing() as session:
        in_turn(session, VISITED)
        known = _rows(session, latest)
        sources = _keys(session, Source.slug, Source.pk, {visit.source for visit in latest.values()})
        articles = _keys(session, Article.id, Article.pk, {v.article_id for v in latest.values() if v.article_id})
        new = []
        # In one order everywhere: two writers can't block each other.
        for address_hash, visit in sorted(latest.items()):
            values = _values(visit) | {
                "source_pk": sources[visit.source], "article_pk": articles.get(visit.article_id or ""),
            }  # fmt: skip
            if (row := known.get(address_hash)) is None:
                new.append({"address_hash": address_hash, "address": visit.address, **values})
            else:
                for name, value in values.items():
                    setattr(row, name, value)
        session.flush()
        PlainWriter.within(session.connection()).add_all(VisitedPage, new)


def visited_again(database: Database, addresses: Iterable[str], at: datetime, with_posts: bool = False) -> None:
    """Note that these addresses were asked for again and are as they were; `with_posts` also what stands on them."""
    hashes = [hash_of(address) for address in addresses]
    is_one = VisitedPage.address_hash.in_(hashes)
    with database.writing() as session:
        in_turn(session, VISITED)
        query = select(VisitedPage).where(is_one | VisitedPage.page_hash.in_(hashes) if with_posts else is_one)
        for row in session.scalars(query.order_by(VisitedPage.address_hash)):
            row.visited_at = at


def visited_since(database: Database, source: str, instant: datetime) -> set[str]:
    """Return the addresses that were visited for a source at or after an instant, and need not be again.

    Left out are those that only lead on: whether what they led to was visited too nobody can say of a run that broke
    off.
    """
    query = select(VisitedPage.address).join(Source, Source.pk == VisitedPage.source_pk)
    query = query.where(VisitedPage.body.is_(None) | VisitedPage.article_pk.is_not(None))
    with database.reading() as session:
        return set(session.scalars(query.where(Source.slug == source, VisitedPage.visited_at >= instant)))


def lists_read(database: Database, source: str, since: datetime, until: datetime) -> set[str]:
    """Return the addresses of a source's lists and threads, pages that only lead on, that were last read in a time."""
    query = select(VisitedPage.address).join(Source, Source.pk == VisitedPage.source_pk)
    query = query.where(Source.slug == source, VisitedPage.body.is_not(None), VisitedPage.article_pk.is_(None))
    with database.reading() as session:
        return set(session.scalars(query.where(VisitedPage.visited_at >= since, VisitedPage.visited_at < until)))


def unseen_since(database: Database, source: str, instant: datetime, limit: int) -> list[str]:
    """Return the addresses of a source's articles that no run has met since an instant, the longest unseen first.

    Of posts, of which at most `limit` are looked at too, it is the page that they stand on, where that is known.
    """
    page = aliased(VisitedPage)
    query = (
        select(func.coalesce(page.address, VisitedPage.address))
        .select_from(VisitedPage)
        .join(Source, Source.pk == VisitedPage.source_pk)
        .join(Article, Article.pk == VisitedPage.article_pk)
        .outerjoin(page, page.address_hash == VisitedPage.page_hash)
        .where(Source.slug == source, VisitedPage.visited_at < instant, Article.status.not_in(GONE))
        .order_by(VisitedPage.visited_at, VisitedPage.pk)
        .limit(limit)
    )
    with database.reading() as session:
        return list(dict.fromkeys(session.scalars(query)))


def is_met_since(database: Database, address: str, instant: datetime) -> bool:
    """Tell whether an address was visited at or after an instant and an article stood there."""
    query = (
        select(VisitedPage.pk)
        .join(Article, Article.pk == VisitedPage.article_pk)
        .where(
            VisitedPage.address_hash == hash_of(address), VisitedPage.visited_at >= instant, Article.status.not_in(GONE)
        )
    )
    with database.reading() as session:
        return session.scalar(query) is not None


def with_article(database: Database, addresses: Iterable[str]) -> set[str]:
    """Return those of some addresses at which something is stored, whatever became of it since."""
    hashes = [hash_of(address) for address in addresses]
    query = select(VisitedPage.address).where(VisitedPage.address_hash.in_(hashes), VisitedPage.article_pk.is_not(None))
    with database.reading() as session:
        return set(session.scalars(query))


def posts_on(database: Database, pages: Iterable[str]) -> list[str]:
    """Return the addresses of the posts that stood on some pages, those that are gone left out."""
    query = select(VisitedPage.address).join(Article, Article.pk == VisitedPage.article_pk)
    hashes = [hash_of(page) for page in pages]
    with database.reading() as session:
        query = query.where(VisitedPage.page_hash.in_(hashes), Article.status.not_in(GONE))
        return list(session.scalars(query.order_by(VisitedPage.pk)))


def texts_at(database: Database, addresses: Iterable[str]) -> dict[str, str]:
    """Return {address: the text as it is shown} of what is stored at some addresses."""
    hashes = [hash_of(address) for address in addresses]
    query = select(VisitedPage.address, Article.public_text).join(Article, Article.pk == VisitedPage.article_pk)
    with database.reading() as session:
        rows = session.execute(query.where(VisitedPage.address_hash.in_(hashes)).order_by(VisitedPage.pk))
        return {row[0]: row[1] for row in rows}


def is_visited(database: Database, address: str) -> bool:
    """Tell whether an address was ever asked for."""
    with database.reading() as session:
        return bool(session.scalar(select(exists().where(VisitedPage.address_hash == hash_of(address)))))


def _values(visit: Visit) -> dict[str, Any]:
    """Return the columns that say what a visit met."""
    etag = visit.etag if len(visit.etag) <= LONGEST_ETAG else ""
    last_modified = visit.last_modified if len(visit.last_modified) <= LONGEST_DATE else ""
    body_hash = visit.body_hash
    packed = zlib.compress(visit.body, 6) if visit.body is not None else None
    if packed is not None and len(packed) > LARGEST_REMEMBERED_BYTES:
        packed, etag, last_modified, body_hash = None, "", "", ""
    return {
        "visited_at": visit.visited_at, "etag": etag, "last_modified": last_modified, "body_hash": body_hash,
        "body": packed, "content_type": visit.content_type[:200],
        "page_hash": hash_of(visit.on_page) if visit.on_page else None,
    }  # fmt: skip


def _rows(session: Session, hashes: Iterable[str]) -> dict[str, VisitedPage]:
    query = select(VisitedPage).where(VisitedPage.address_hash.in_(list(hashes)))
    return {row.address_hash: row for row in session.scalars(query)}


def _keys(session: Session, name: Any, key: Any, wanted: set[str]) -> dict[str, int]:
    rows = session.execute(select(name, key).where(name.in_(wanted))) if wanted else ()
    return {row[0]: row[1] for row in rows}
