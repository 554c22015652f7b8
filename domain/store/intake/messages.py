"""Letters between borrower and moderators, and what a complaint said before a correction: sealed by whoever calls."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from domain.models import Complaint, EarlierText, Message
from domain.store import audit
from domain.store.database import Database, now
from domain.store.moderating import queue_marks

# Far above every exchange that there is; what goes on after this is no exchange.
MOST_LETTERS = 200


class UnknownRecord(Exception):
    """No complaint has that id, or it was withdrawn."""


class TooManyLetters(Exception):
    """The complaint has as many letters as it may have."""


def ask(database: Database, complaint_id: str, text_sealed: str, actor: str) -> None:
    """Keep a moderator's sealed letter (see domain.filings.returning.ask). Raises UnknownRecord, TooManyLetters."""
    with database.writing() as session:
        complaint = session.scalar(
            select(Complaint).where(Complaint.id == complaint_id, Complaint.status != "withdrawn").with_for_update()
        )
        if complaint is None:
            raise UnknownRecord(complaint_id)
        add(session, complaint, "moderator", text_sealed)
        audit.note(session, actor, "message.asked", complaint_id)


def add(session: Session, complaint: Complaint, written_by: str, text_sealed: str, key_hash: str | None = None) -> bool:
    """Add a letter within the caller's transaction; return False when this very form was sent before."""
    of_complaint = select(func.count()).where(Message.complaint_pk == complaint.pk)
    if key_hash is not None and session.scalar(of_complaint.where(Message.key_hash == key_hash)):
        return False
    if (session.scalar(of_complaint) or 0) >= MOST_LETTERS:
        raise TooManyLetters(complaint.id)
    session.add(
        Message(
            complaint_pk=complaint.pk, written_by=written_by, text_sealed=text_sealed, key_hash=key_hash,
            written_at=now(),
        )
    )  # fmt: skip
    queue_marks.put_right(session, complaint)
    complaint.original_erased_at = None  # what is new is erased in its turn
    return True


def letters_of(database: Database, complaint_id: str) -> list[Message]:
    """Return the sealed letters about a complaint, oldest first: for moderators."""
    with database.reading() as session:
        return list(
            session.scalars(
                select(Message)
                .join(Complaint, Complaint.pk == Message.complaint_pk)
                .where(Complaint.id == complaint_id)
                .order_by(Message.pk)
            )
        )


def waiting_for_an_answer(database: Database) -> list[str]:
    """Return the ids of complaints whose last letter is the borrower's, oldest letter first: for moderators."""
    last = select(func.max(Message.pk)).group_by(Message.complaint_pk)
    with database.reading() as session:
        return list(
            session.scalars(
                select(Complaint.id)
                .join(Message, Message.complaint_pk == Complaint.pk)
                .where(Message.pk.in_(last), Message.written_by == "borrower")
                .order_by(Message.pk)
            )
        )


def keep_earlier(session: Session, complaint: Complaint, text_sealed: str) -> None:
    """Keep what a complaint said until now, within the caller's transaction."""
    session.add(
        EarlierText(
            complaint_pk=complaint.pk, version=complaint.version, text_sealed=text_sealed, replaced_at=now()
        )
    )  # fmt: skip


def earlier_texts_of(database: Database, complaint_id: str) -> list[EarlierText]:
    """Return the sealed texts that a complaint had before, oldest first: for moderators."""
    with database.reading() as session:
        return list(
            session.scalars(
                select(EarlierText)
                .join(Complaint, Complaint.pk == EarlierText.complaint_pk)
                .where(Complaint.id == complaint_id)
                .order_by(EarlierText.pk)
            )
        )


def forget_settled(database: Database) -> int:
    """Erase earlier texts of complaints that a moderator has decided on since; return how many."""
    decided = select(Complaint.pk).where(Complaint.status.in_(("published", "rejected")))
    with database.writing() as session:
        gone = session.execute(
            delete(EarlierText).where(EarlierText.complaint_pk.in_(decided)).returning(EarlierText.pk)
        )
        return len(gone.all())


def erase(session: Session, complaint: Complaint) -> None:
    """Forget every letter and earlier text of a complaint, within the caller's transaction."""
    session.execute(delete(Message).where(Message.complaint_pk == complaint.pk))
    session.execute(delete(EarlierText).where(EarlierText.complaint_pk == complaint.pk))
