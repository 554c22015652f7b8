"""What has been kept long enough: which complaints are due, and their originals and evidence erased."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from domain.models import (
    Complaint,
    ComplaintEvent,
    ComplaintScript,
    Decision,
    Dispute,
    EarlierText,
    EvidenceFile,
    LenderReply,
    Message,
    SketchKey,
)
from domain.store import audit, outbox
from domain.store.database import Database, now
from domain.store.moderating import queue_marks, removal_notes

ACTOR = "retention"


@dataclass(frozen=True)
class Due:
    """What has been kept long enough: a complaint's original, its evidence (`files` counts it), or a dispute."""

    id: str
    status: str
    decided_at: datetime
    files: int = 0


def originals_due(database: Database, decided_before: datetime, limit: int | None = None) -> list[Due]:
    """Return the decided complaints whose words as typed are still kept, those decided first first."""
    query = (
        select(Complaint.id, Complaint.status, Complaint.decided_at)
        .where(*_decided(decided_before), Complaint.original_erased_at.is_(None))
        .order_by(Complaint.decided_at, Complaint.pk)
        .limit(limit)
    )
    with database.reading() as session:
        return [Due(*row) for row in session.execute(query)]  # type: ignore[arg-type]


def evidence_due(database: Database, decided_before: datetime, limit: int | None = None) -> list[Due]:
    """Return the decided complaints whose evidence is still kept, those decided first first."""
    query = (
        select(Complaint.id, Complaint.status, Complaint.decided_at, func.count())
        .join(EvidenceFile, EvidenceFile.complaint_pk == Complaint.pk)
        .where(*_decided(decided_before), EvidenceFile.original_erased_at.is_(None))
        .group_by(Complaint.pk, Complaint.id, Complaint.status, Complaint.decided_at)
        .order_by(Complaint.decided_at, Complaint.pk)
        .limit(limit)
    )
    with database.reading() as session:
        return [Due(*row) for row in session.execute(query)]  # type: ignore[arg-type]


def disputes_due(database: Database, decided_before: datetime, limit: int | None = None) -> list[Due]:
    """Return the decided disputes whose words and contact are still kept, those decided first first."""
    query = (
        select(Dispute.id, Dispute.status, Dispute.decided_at)
        .where(*_settled(decided_before))
        .order_by(Dispute.decided_at, Dispute.pk)
        .limit(limit)
    )
    with database.reading() as session:
        return [Due(*row) for row in session.execute(query)]  # type: ignore[arg-type]


def erase_dispute(database: Database, dispute_id: str, decided_before: datetime, actor: str = ACTOR) -> bool:
    """Erase what somebody wrote in a decided dispute and how to reach them; that there was one stays. False if not due.

    What was decided, and why, stands in the public log and goes on standing there.
    """
    with database.writing() as session:
        query = select(Dispute).where(Dispute.id == dispute_id, *_settled(decided_before))
        dispute = session.scalar(query.with_for_update())
        if dispute is None:
            return False
        dispute.words_sealed, dispute.contact_sealed = "", None
        dispute.version += 1
        audit.note(session, actor, "dispute.erased", dispute.record_id, dispute=dispute.id)
        return True


def erase_original(database: Database, complaint_id: str, decided_before: datetime, actor: str = ACTOR) -> bool:
    """Erase what was typed word for word, how to reach the borrower, and letters; what is public stays as it is.

    False when the complaint is not due any more: decided anew, or withdrawn, in between.
    """
    with database.writing() as session:
        query = _due(complaint_id, decided_before).where(Complaint.original_erased_at.is_(None))
        complaint = session.scalar(query.with_for_update())
        if complaint is None:
            return False
        removal_notes.mask_for_good(session, complaint_id)
        complaint.narrative = complaint.sketch = ""
        complaint.contact_sealed, complaint.more_masks, complaint.original_erased_at = None, [], now()
        complaint.hidden_words, complaint.shown_words = [], []
        of_it = {"complaint_pk": complaint.pk}
        session.execute(delete(SketchKey).filter_by(**of_it))
        session.execute(update(Decision).filter_by(**of_it).values(words_sealed=None))
        session.execute(update(ComplaintScript).filter_by(**of_it).values(text=""))
        session.execute(update(LenderReply).filter_by(**of_it).values(text="", hidden_words=[]))
        session.execute(update(ComplaintEvent).filter_by(**of_it).values(about=""))
        session.execute(delete(EarlierText).filter_by(**of_it))
        session.execute(delete(Message).filter_by(**of_it))
        # Whoever has the page of its masks open is told that it changed, and saves no mask over nothing.
        _touched(session, complaint, actor, "complaint.original_erased")
        return True


def files_to_erase(database: Database, complaint_id: str, decided_before: datetime) -> list[str]:
    """Return the names in the vault of a due complaint's originals, and of the copies that were never released."""
    with database.reading() as session:
        rows = session.execute(
            select(EvidenceFile.original, EvidenceFile.copy, EvidenceFile.released_at)
            .join(Complaint, Complaint.pk == EvidenceFile.complaint_pk)
            .where(Complaint.id == complaint_id, *_decided(decided_before))
        )
        return [name for original, copy, released in rows for name in ((original,) if released else (original, copy))]


def erase_evidence(database: Database, complaint_id: str, decided_before: datetime, actor: str = ACTOR) -> bool:
    """Forget a due complaint's files, once they are out of the vault; a released copy stays. False when not due."""
    with database.writing() as session:
        complaint = session.scalar(_due(complaint_id, decided_before).with_for_update())
        if complaint is None:
            return False
        of_it = EvidenceFile.complaint_pk == complaint.pk
        gone = session.execute(
            delete(EvidenceFile).where(of_it, EvidenceFile.released_at.is_(None)).returning(EvidenceFile.pk)
        ).all()
        kept = session.execute(
            update(EvidenceFile)
            .where(of_it, EvidenceFile.original_erased_at.is_(None))
            .values(original_erased_at=now())
            .returning(EvidenceFile.pk)
        ).all()
        if gone or kept:
            _touched(session, complaint, actor, "evidence.erased", files=len(gone), originals=len(kept))
        return bool(gone or kept)


def _decided(before: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    # What was taken down is held, and waits for nobody.
    taken_down = and_(Complaint.status == "held", Complaint.taken_down_at < before)
    return (Complaint.decided_at < before, or_(Complaint.status.in_(("published", "rejected")), taken_down))


def _settled(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return Dispute.status == "decided", Dispute.decided_at < before, Dispute.words_sealed != ""


def _due(complaint_id: str, decided_before: datetime) -> Select[Complaint]:
    return select(Complaint).where(Complaint.id == complaint_id, *_decided(decided_before))


def _touched(session: Session, complaint: Complaint, actor: str, action: str, **details: int) -> None:
    complaint.version += 1
    queue_marks.put_right(session, complaint)
    outbox.announce(session, complaint.id)
    audit.note(session, actor, action, complaint.id, **details)
