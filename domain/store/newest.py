"""What was published last: for feeds."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select

from domain.models import Article, Complaint, Lender, LenderMention, TacticMention
from domain.publishing.published import UNCLAIMED_ASSERTIONS
from domain.store import records
from domain.store.database import Database
from domain.store.records import Record


def newest(database: Database, lender: str = "", tactic: str = "", limit: int = 30) -> list[Record]:
    """Return the public records that were published or gathered last, newest first, of one lender or tactic if named.

    `lender` is a slug as it is shown (after merges), `tactic` a code.
    """
    with database.reading() as session:
        complaints = session.execute(
            select(Complaint.id, Complaint.published_at)
            .where(Complaint.status == "published", Complaint.consent != "private", *_about(Complaint, lender, tactic))
            .order_by(Complaint.published_at.desc())
            .limit(limit)
        ).all()
        articles = session.execute(
            select(Article.id, Article.fetched_at)
            .where(Article.status == "indexed", *_about(Article, lender, tactic))
            .order_by(Article.pk.desc())
            .limit(limit)
        ).all()
    dated = sorted([*complaints, *articles], key=lambda row: (row[1], row[0]), reverse=True)[:limit]
    loaded = records.load(database, [row[0] for row in dated])
    return [loaded[row[0]] for row in dated if row[0] in loaded and records.is_public(loaded[row[0]])]


def instant_of(record: Record) -> datetime:
    """Return when a record was published here, or gathered."""
    return (record.published_at or record.received_at) if isinstance(record, Complaint) else record.fetched_at


def _about(table: Any, lender: str, tactic: str) -> list[Any]:
    is_complaint = table is Complaint
    found: list[Any] = []
    if lender:
        chosen = select(Lender.pk).where(Lender.slug == lender).scalar_subquery()
        ours = select(Lender.pk).where(or_(Lender.pk == chosen, Lender.shown_as_pk == chosen))
        of_record = (LenderMention.complaint_pk if is_complaint else LenderMention.article_pk) == table.pk
        named = exists().where(of_record, LenderMention.role == "subject", LenderMention.lender_pk.in_(ours))
        found.append(or_(Complaint.lender_pk.in_(ours), named) if is_complaint else named)
    if tactic:
        of_record = (TacticMention.complaint_pk if is_complaint else TacticMention.article_pk) == table.pk
        claims = TacticMention.counted if is_complaint else TacticMention.assertion.not_in(UNCLAIMED_ASSERTIONS)
        found.append(exists().where(of_record, TacticMention.tactic_code == tactic, claims))
    return found
