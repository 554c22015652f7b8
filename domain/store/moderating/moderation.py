"""Decisions on complaints: each with its reason, in the audit log, and never over somebody else's."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.models import Complaint, Decision
from domain.store.database import Database, now
from domain.store.intake import messages
from domain.store.intake.complaints import UnknownComplaint, WrongState, changed, is_taken_down, is_unreadable

# From which states each decision leads, and to which.
FROM = {
    "published": frozenset({"received", "in_review", "held"}),
    "held": frozenset({"received", "in_review", "published"}),
    "rejected": frozenset({"received", "in_review", "held", "published"}),
    "reopened": frozenset({"published", "held", "rejected"}),
    "asked": frozenset({"received", "in_review", "held", "published", "rejected"}),
}
# Who opened a complaint has it for so long; somebody who went home must not keep it.
TAKEN_FOR = timedelta(minutes=15)


class Changed(Exception):
    """The complaint is not any more what the moderator had before their eyes: nothing was done."""


@dataclass(frozen=True)
class Verdict:
    """A decision (models.DECISIONS) with its reason: a code, and sealed words that only moderators read.

    `letter_sealed` goes to the borrower, who reads it with the receipt.
    """

    decision: str
    reason: str = ""
    words_sealed: str | None = None
    letter_sealed: str | None = None


def decide(database: Database, complaint_id: str, version: int | None, verdict: Verdict, actor: str) -> None:
    """Decide on the complaint as it was in `version` (None: as it is now).

    Raises UnknownComplaint, Changed, WrongState, messages.TooManyLetters; then nothing was done.
    """
    with database.writing() as session:
        complaint = locked(session, complaint_id, version)
        _check(complaint, verdict.decision)
        if verdict.letter_sealed is not None:
            messages.add(session, complaint, "moderator", verdict.letter_sealed)
        session.add(
            Decision(
                complaint_pk=complaint.pk, version=complaint.version, decision=verdict.decision, reason=verdict.reason,
                words_sealed=verdict.words_sealed, actor=actor, decided_at=now(),
            )
        )  # fmt: skip
        _move(complaint, verdict.decision)
        complaint.taken_by, complaint.taken_at = "", None
        changed(session, complaint, actor, f"complaint.{verdict.decision}", reason=verdict.reason)


def may(complaint: Complaint, decision: str) -> bool:
    """Tell whether this decision leads on from where the complaint is."""
    if complaint.status not in FROM[decision]:
        return False
    if is_taken_down(complaint) and decision in ("published", "reopened"):
        return False
    if is_unreadable(complaint) and decision == "published":
        return False
    return decision != "published" or complaint.consent != "private"


def locked(session: Session, complaint_id: str, version: int | None) -> Complaint:
    """Return the complaint for a change of the version that somebody saw. Raises UnknownComplaint, Changed."""
    complaint = session.scalar(
        select(Complaint).where(Complaint.id == complaint_id, Complaint.status != "withdrawn").with_for_update()
    )
    if complaint is None:
        raise UnknownComplaint(complaint_id)
    if version is not None and complaint.version != version:
        raise Changed(complaint_id)
    return complaint


def take(database: Database, complaint_id: str, actor: str) -> bool:
    """Have a complaint before one: others are given the next one for a while. False when somebody else has it."""
    instant = now()
    free = (Complaint.taken_by.in_(("", actor))) | (Complaint.taken_at < instant - TAKEN_FOR)
    with database.writing() as session:
        row = session.scalar(
            update(Complaint)
            .where(Complaint.id == complaint_id, Complaint.status.in_(("received", "in_review", "held")), free)
            .values(taken_by=actor, taken_at=instant)
            .returning(Complaint.pk)
        )
        if row is None:
            return False
        # Not a change of the complaint: what others see of it stays, and so does its version.
        session.execute(
            update(Complaint).where(Complaint.pk == row, Complaint.status == "received").values(status="in_review")
        )
        return True


def decisions_of(database: Database, complaint_id: str) -> list[Decision]:
    """Return what was decided on a complaint, oldest first, sealed words as they are."""
    with database.reading() as session:
        query = select(Decision).join(Complaint, Complaint.pk == Decision.complaint_pk)
        return list(session.scalars(query.where(Complaint.id == complaint_id).order_by(Decision.pk)))


def _check(complaint: Complaint, decision: str) -> None:
    if not may(complaint, decision):
        raise WrongState(f"{complaint.id} is {complaint.status}, consent {complaint.consent}")


def _move(complaint: Complaint, decision: str) -> None:
    if decision == "asked":
        if complaint.status in ("received", "in_review"):
            complaint.status = "held"
        return
    instant = now()
    complaint.status = "in_review" if decision == "reopened" else decision
    complaint.decided_at = None if decision == "reopened" else instant
    complaint.published_at = instant if decision == "published" else None
    if decision == "published":
        complaint.taken_down_at = None
