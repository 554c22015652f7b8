"""The audit log: who did what to which record. Rows are only ever added, in the transaction of the deed.

Each event holds the hash of the one before and its own, so that none can be changed, taken out or put in between
unseen (`domain.store.audit_check`). Nothing here or elsewhere updates or deletes an event.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from domain.models import AuditEvent, AuditHead
from domain.store.database import Database, before_commit, now
from domain.store.plain_inserts import PlainWriter

# What the first event follows.
GENESIS = "0" * 64
HEAD = 1
_NOTED = "audit events of this transaction"
_TOLD = ("actor", "action", "subject", "details")
Deed = dict[str, Any]

_OF_HEAD = AuditHead.pk == bindparam("head")
_END = select(AuditHead.number, AuditHead.hash).where(_OF_HEAD).with_for_update()
_MOVE_END = update(AuditHead).where(_OF_HEAD).values(number=bindparam("new_number"), hash=bindparam("new_hash"))
# Made once: `json.dumps` with wishes of one's own makes an encoder at each call.
_PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_LAST = select(AuditEvent.pk, AuditEvent.hash).order_by(AuditEvent.pk.desc()).limit(1)


def note(session: Session, actor: str, action: str, subject: str, **details: Any) -> None:
    """Add an event to the caller's transaction. Never put private data into `details`.

    It is numbered and chained as the last step before the commit: only from there on do writers wait for each other.
    """
    noted: list[Deed] = session.info.setdefault(_NOTED, [])
    if not noted:
        before_commit(session, _chain_noted)
    noted.append(deed(actor, action, subject, **details))


def deed(actor: str, action: str, subject: str, at: datetime | None = None, **details: Any) -> Deed:
    """Return an event that happens now, for `chain`; `at` is the present instant, where it is known."""
    plain = json.loads(json.dumps(details)) if details else {}
    return {"at": at or now(), "actor": actor[:80], "action": action, "subject": subject[:200], "details": plain}


def chain(writer: PlainWriter, deeds: Sequence[Deed]) -> None:
    """Number and chain events, as the last step of a transaction: only from here on do writers wait for each other."""
    # Held until the commit, so that two transactions on PostgreSQL can't follow on the same event.
    [(number, last)] = writer.ask(_END, {"head": HEAD}) or [_head_of_what_is_there(writer)]
    events = []
    for each in deeds:
        number += 1
        event = {**each, "pk": number, "previous_hash": last}
        event["hash"] = last = _hash_of(event)
        events.append(event)
    writer.add_all(AuditEvent, events)
    writer.run(_MOVE_END, {"head": HEAD, "new_number": number, "new_hash": last})


def note_alone(database: Database, actor: str, action: str, subject: str, **details: Any) -> None:
    """Add an event for a deed that changes nothing else, such as a look at what is sealed."""
    with database.writing() as session:
        note(session, actor, action, subject, **details)


def event_hash(event: AuditEvent) -> str:
    """Return the SHA-256 that an event with this content, number and predecessor must have."""
    return _hash_of({name: getattr(event, name) for name in ("previous_hash", "pk", "at", *_TOLD)})


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


def _hash_of(event: Deed) -> str:
    at = event["at"].astimezone(UTC).isoformat(timespec="microseconds")
    content = [event["previous_hash"], event["pk"], at, *(event[name] for name in _TOLD)]
    return hashlib.sha256(_PLAIN(content).encode("ascii")).hexdigest()


def _chain_noted(session: Session) -> None:
    chain(PlainWriter.within(session.connection()), session.info.pop(_NOTED))


def _head_of_what_is_there(writer: PlainWriter) -> tuple[int, str]:
    # Somebody took the row away: filing must go on all the same, and the signed anchors still tell what is missing.
    [(number, last)] = writer.ask(_LAST, {}) or [(0, GENESIS)]
    writer.add(AuditHead, {"pk": HEAD, "number": number, "hash": last})
    return number, last
