"""The sample in the store: noted and taken away again."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from domain.models import (
    Article,
    AuditEvent,
    Complaint,
    CrawlRun,
    Lender,
    LenderMention,
    LenderMerge,
    LenderRelation,
    LenderReply,
    RepresentativeCheck,
    Source,
    StaffAccount,
    UnreadFiling,
)
from domain.store import audit, outbox
from domain.store.database import Database


def is_untouched(database: Database) -> bool:
    """Tell whether nothing was ever filed, gathered or loaded here: only then does a first start bring the sample."""
    with database.reading() as session:
        return session.scalar(select(AuditEvent.pk).where(AuditEvent.action.like("sample.%")).limit(1)) is None and all(
            session.scalar(select(table.pk).limit(1)) is None for table in (Complaint, UnreadFiling, Article)
        )


def note_loaded(database: Database, records: int) -> None:
    """Note in the audit log that the sample was loaded."""
    with database.writing() as session:
        audit.note(session, "sample", "sample.loaded", "sample", records=records)


def remove(database: Database) -> int:
    """Delete the sample's records, source and lenders, each with its outbox row; return how many records went.

    An invented lender that a later complaint names stays, so that no complaint loses its lender.
    """
    with database.writing() as session:
        gone = [
            *session.scalars(select(Complaint).where(Complaint.is_sample)),
            *session.scalars(select(Article).where(Article.is_sample)),
        ]
        session.execute(update(Article).where(Article.is_sample).values(duplicate_of_pk=None))
        for record in gone:
            outbox.announce(session, record.id)
            session.delete(record)
        session.flush()
        _remove_source_and_lenders(session)
        audit.note(session, "command line", "sample.removed", "sample", records=len(gone))
        return len(gone)


def _remove_source_and_lenders(session: Session) -> None:
    empty = select(Source.pk).where(Source.slug == "sample")
    session.execute(delete(CrawlRun).where(CrawlRun.source_pk.in_(empty)))
    if not session.scalar(select(Article.pk).where(Article.source_pk.in_(empty)).limit(1)):
        session.execute(delete(Source).where(Source.slug == "sample"))
    for lender in session.scalars(select(Lender).where(Lender.is_sample)):
        if _is_used_by_staff(session, lender):
            continue
        named = session.scalar(select(Complaint.pk).where(Complaint.lender_pk == lender.pk).limit(1))
        mentioned = session.scalar(select(LenderMention.pk).where(LenderMention.lender_pk == lender.pk).limit(1))
        if named is None and mentioned is None:
            session.execute(delete(LenderRelation).where(LenderRelation.target_pk == lender.pk))
            session.delete(lender)
            session.flush()


def _is_used_by_staff(session: Session, lender: Lender) -> bool:
    """Tell whether somebody represents it, replied for it, or a merge names it: then it stays."""
    return any(
        session.scalar(select(query).limit(1)) is not None
        for query in (
            select(StaffAccount.pk).where(StaffAccount.lender_pk == lender.pk).subquery(),
            select(LenderMerge.pk).where(or_(LenderMerge.lender_pk == lender.pk, LenderMerge.target_pk == lender.pk))
            .subquery(),
            select(LenderReply.pk).where(LenderReply.lender_pk == lender.pk).subquery(),
            select(RepresentativeCheck.pk).where(RepresentativeCheck.lender_pk == lender.pk).subquery(),
        )
    )  # fmt: skip
