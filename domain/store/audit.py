"""The audit log: who did what to which record. Rows are only ever added, in the transaction of the deed.

Each event holds the hash of the one before and its own, so that none can be changed, taken out or put in between
unseen (`domain.store.audit_check`). Nothing here or elsewhere updates or deletes an event.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.models import AuditEvent, AuditHead
from domain.store.database import Database, before_commit, now
from domain.store.plain_inserts import insert_row, insert_rows

# What the first event follows.
GENESIS = "0" * 64
HEAD = 1
_NOTED = "audit events of this transaction"


def note(session: Session, actor: str, action: str, subject: str, **details: Any) -> None:
    """Add an event to the caller's transaction. Never put private data into `details`.

    It is numbered and chained as the last step before the commit: only from there on do writers wait for each other.
    """
    noted: list[AuditEvent] = session.info.setdefault(_NOTED, [])
    if not noted:
        before_commit(session, _chain)
    plain = json.loads(json.dumps(details))
    noted.append(AuditEvent(at=now(), actor=actor[:80], action=action, subject=subject[:200], details=plain))


def note_alone(database: Database, actor: str, action: str, subject: str, **details: Any) -> None:
    """Add an event for a deed that changes nothing else, such as a look at what is sealed."""
    with database.writing() as session:
        note(session, actor, action, subject, **details)


def event_hash(event: AuditEvent) -> str:
    """Return the SHA-256 that an event with this content, number and predecessor must have."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [event.previous_hash, event.pk, at, event.actor, event.action, event.subject, event.details]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def events_of(database: Database, subject: str) -> list[AuditEvent]:
    """Return the events of one record, oldest first."""
    with database.reading() as session:
        return list(session.scalars(select(AuditEvent).where(AuditEvent.subject == subject).order_by(AuditEvent.pk)))


def latest(database: Database, limit: int, before: int | None = None, subject: str = "") -> Sequence[AuditEvent]:
    """Return up to `limit` events, newest first, those numbered under `before`, of one subject where one is given."""
    query = select(AuditEvent).order_by(AuditEvent.pk.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditEvent.pk < min(before, 2**62))
    if subject:
        query = query.where(AuditEvent.subject == subject)
    with database.reading() as session:
        return session.scalars(query).all()


def head(database: Database) -> tuple[int, str]:
    """Return (number, hash) of the last event; (0, GENESIS) before the first."""
    with database.reading() as session:
        row = session.get(AuditHead, HEAD)
        return (row.number, row.hash) if row else (0, GENESIS)


def _chain(session: Session) -> None:
    # Held until the commit, so that two transactions on PostgreSQL can't follow on the same event.
    connection = session.connection()
    end = select(AuditHead.number, AuditHead.hash).where(AuditHead.pk == HEAD).with_for_update()
    number, last = connection.execute(end).one_or_none() or _head_of_what_is_there(session)
    events: list[AuditEvent] = session.info.pop(_NOTED)
    for event in events:
        event.pk, event.previous_hash = number + 1, last
        number, last = event.pk, event_hash(event)
        event.hash = last
    insert_rows(session, events)
    connection.execute(update(AuditHead).where(AuditHead.pk == HEAD), {"number": number, "hash": last})


def _head_of_what_is_there(session: Session) -> tuple[int, str]:
    # Somebody took the row away: filing must go on all the same, and the signed anchors still tell what is missing.
    query = select(AuditEvent.pk, AuditEvent.hash).order_by(AuditEvent.pk.desc()).limit(1)
    number, last = session.connection().execute(query).one_or_none() or (0, GENESIS)
    insert_row(session, AuditHead(pk=HEAD, number=number, hash=last))
    return number, last
