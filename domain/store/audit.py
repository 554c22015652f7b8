"""The audit log: who did what to which record. Rows are only ever added, in the transaction of the deed."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.models import AuditEvent
from domain.store.database import Database, now


def note(session: Session, actor: str, action: str, subject: str, **details: Any) -> None:
    """Add an event to the caller's transaction. Never put private data into `details`."""
    session.add(AuditEvent(at=now(), actor=actor, action=action, subject=subject, details=details))


def events_of(database: Database, subject: str) -> list[AuditEvent]:
    """Return the events of one record, oldest first."""
    with database.reading() as session:
        return list(session.scalars(select(AuditEvent).where(AuditEvent.subject == subject).order_by(AuditEvent.pk)))
