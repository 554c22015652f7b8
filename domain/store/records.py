"""Complaints and articles read together: what a page, an export and the index need, whole and in few queries."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from domain.models import Article, Complaint, ComplaintThreat, Lender, LenderMention, LenderReply
from domain.store.database import Database

Record = Complaint | Article

ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# 12 characters are 60 random bits: ids tell nobody how many complaints there are and can't be counted through.
ID_LENGTH = 12
# {byte: letter}; 256 is a whole multiple of the 32 letters, so none is likelier than another.
_LETTERS = (ID_ALPHABET * 8).encode("ascii")
COMPLAINT_PREFIX, ARTICLE_PREFIX, THREAT_PREFIX, FAMILY_PREFIX = "c", "a", "t", "s"
REPLY_PREFIX, DISPUTE_PREFIX = "r", "d"


def new_id(prefix: str) -> str:
    """Return a fresh public id such as `c7h2k9qzd4mxp`; its first letter says what it is an id of."""
    return prefix + secrets.token_bytes(ID_LENGTH).translate(_LETTERS).decode("ascii")


def is_public(record: Record) -> bool:
    """Tell whether readers may see the record: the one rule that pages, exports and the index go by."""
    if isinstance(record, Complaint):
        return record.status == "published" and record.consent != "private"
    return record.status == "indexed"


def get(database: Database, record_id: str) -> Record | None:
    """Return one record with everything that belongs to it, public or not."""
    return load(database, [record_id]).get(record_id)


def load(database: Database, record_ids: Iterable[str]) -> dict[str, Record]:
    """Return the records with these ids (those that exist), each with everything that belongs to it."""
    ids = list(record_ids)
    found: dict[str, Record] = {}
    with database.reading() as session:
        for complaint in session.scalars(
            _complaints().where(Complaint.id.in_([i for i in ids if i[:1] == COMPLAINT_PREFIX]))
        ):
            found[complaint.id] = complaint
        for article in session.scalars(_articles().where(Article.id.in_([i for i in ids if i[:1] == ARTICLE_PREFIX]))):
            found[article.id] = article
    return found


def iterate_public(database: Database, batch: int = 500) -> Iterator[Record]:
    """Yield every public record in order of its number, complaints first, `batch` at a time in memory."""
    yield from iterate_public_complaints(database, batch)
    yield from iterate_public_articles(database, batch)


def iterate_public_complaints(database: Database, batch: int = 500) -> Iterator[Complaint]:
    """Yield every public complaint in order of its number."""
    query = _complaints().where(Complaint.status == "published", Complaint.consent != "private")
    yield from _in_batches(database, query, Complaint, batch)


def iterate_public_articles(database: Database, batch: int = 500) -> Iterator[Article]:
    """Yield every public article in order of its number."""
    yield from _in_batches(database, _articles().where(Article.status == "indexed"), Article, batch)


def iterate_public_ids(database: Database, batch: int = 500) -> Iterator[list[str]]:
    """Yield the ids of every public record, complaints first, `batch` at a time: for who loads the rows himself."""
    complaints = select(Complaint.pk, Complaint.id).where(
        Complaint.status == "published", Complaint.consent != "private"
    )
    articles = select(Article.pk, Article.id).where(Article.status == "indexed")
    for query, table in ((complaints, Complaint), (articles, Article)):
        last = 0
        while True:
            with database.reading() as session:
                rows = session.execute(query.where(table.pk > last).order_by(table.pk).limit(batch)).all()
            if not rows:
                break
            yield [row.id for row in rows]
            last = rows[-1].pk


def version_of(database: Database, record_id: str) -> int | None:
    """Return a record's version, though the rest of its row may be unreadable; None when there is no such record."""
    table = Complaint if record_id[:1] == COMPLAINT_PREFIX else Article
    with database.reading() as session:
        return session.scalar(select(table.version).where(table.id == record_id))


def public_among(database: Database, record_ids: Iterable[str]) -> set[str]:
    """Return those of the ids that are ids of public records."""
    ids = list(record_ids)
    with database.reading() as session:
        complaints = session.scalars(
            select(Complaint.id).where(
                Complaint.id.in_(ids), Complaint.status == "published", Complaint.consent != "private"
            )
        )
        return {
            *complaints,
            *session.scalars(select(Article.id).where(Article.id.in_(ids), Article.status == "indexed")),
        }


def count_public(database: Database) -> dict[str, int]:
    """Count the public records: {"complaint": n, "article": m}."""
    with database.reading() as session:
        return {
            "complaint": session.scalar(
                select(func.count()).where(Complaint.status == "published", Complaint.consent != "private")
            )
            or 0,
            "article": session.scalar(select(func.count()).where(Article.status == "indexed")) or 0,
        }


def count_samples(database: Database) -> int:
    """Count the sample's records: while there are any, every page says so."""
    with database.reading() as session:
        complaints = session.scalar(select(func.count()).select_from(Complaint).where(Complaint.is_sample)) or 0
        return complaints + (session.scalar(select(func.count()).select_from(Article).where(Article.is_sample)) or 0)


def _in_batches(database: Database, query: Select[Any], table: type[Any], batch: int) -> Iterator[Any]:
    last = 0
    while True:
        with database.reading() as session:
            rows = list(session.scalars(query.where(table.pk > last).order_by(table.pk).limit(batch)))
        if not rows:
            return
        yield from rows
        last = rows[-1].pk


def _lender_parts(path: Any) -> Any:
    return selectinload(path).joinedload(LenderMention.lender).joinedload(Lender.shown_as)


def _complaints() -> Select[Complaint]:
    return select(Complaint).options(
        joinedload(Complaint.lender).joinedload(Lender.shown_as),
        joinedload(Complaint.collector).joinedload(Lender.shown_as),
        _lender_parts(Complaint.lender_mentions),
        selectinload(Complaint.tactic_mentions),
        selectinload(Complaint.events),
        selectinload(Complaint.scripts),
        selectinload(Complaint.threats).selectinload(ComplaintThreat.reports),
        selectinload(Complaint.replies).joinedload(LenderReply.lender).joinedload(Lender.shown_as),
    )


def _articles() -> Select[Article]:
    return select(Article).options(
        joinedload(Article.source),
        joinedload(Article.duplicate_of),
        selectinload(Article.copies),
        _lender_parts(Article.lender_mentions),
        selectinload(Article.tactic_mentions),
    )


def whole_complaints() -> Select[Complaint]:
    """Return a query for complaints with everything that belongs to them."""
    return _complaints()


def lender_keys(session: Session, slugs: Iterable[str]) -> dict[str, int]:
    """Return {slug: row number} of the lenders that exist, within the caller's transaction."""
    rows = session.execute(select(Lender.slug, Lender.pk).where(Lender.slug.in_(set(slugs))))
    return {slug: pk for slug, pk in rows}  # noqa: C416 (a row is not a pair to the type checker)
