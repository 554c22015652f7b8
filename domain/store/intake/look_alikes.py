"""Complaints that say nearly the same: found by keys of their sketches, whatever became of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.fingerprints.likeness import ALIKE, likeness, stretches
from domain.models import Complaint, SketchKey
from domain.store.database import Database

# Two sketches that are half alike share one of their six smallest values in more than nine of ten cases; of a long text
# each stretch has six, 240 for the longest.
KEYS = 6
# A group of spam may have thousands: the moderator is told of so many.
MOST = 200


@dataclass(frozen=True)
class LookAlike:
    """A complaint that says nearly the same, and how much of it is the same (0 to 1)."""

    id: str
    status: str
    received_at: datetime
    likeness: float


def set_keys(complaint: Complaint) -> None:
    """Give a complaint the keys of its sketch, within the caller's transaction."""
    complaint.sketch_keys = [SketchKey(key=key) for key in keys_of(complaint.sketch)]


def keys_of(sketch: str) -> list[int]:
    """Return the keys of a sketch."""
    return list(dict.fromkeys(value for stretch in stretches(sketch) for value in stretch[:KEYS]))


def look_alikes_of(database: Database, complaint: Complaint, limit: int = 20) -> list[LookAlike]:
    """Return the complaints most like this one, the likest first."""
    with database.reading() as session:
        candidates = _candidates(session, complaint)
        rows = session.execute(
            select(Complaint.id, Complaint.status, Complaint.received_at, Complaint.sketch).where(
                Complaint.pk.in_(candidates), Complaint.sketch != ""
            )
        ).all()
    found = [LookAlike(row.id, row.status, row.received_at, likeness(complaint.sketch, row.sketch)) for row in rows]
    return sorted((one for one in found if one.likeness >= ALIKE), key=lambda one: (-one.likeness, one.id))[:limit]


def _candidates(session: Session, complaint: Complaint) -> list[int]:
    keys = keys_of(complaint.sketch)
    if not keys:
        return []
    shared = (
        select(SketchKey.complaint_pk)
        .where(SketchKey.key.in_(keys), SketchKey.complaint_pk != complaint.pk)
        .group_by(SketchKey.complaint_pk)
        .order_by(func.count().desc(), SketchKey.complaint_pk)
        .limit(MOST)
    )
    return list(session.scalars(shared))
