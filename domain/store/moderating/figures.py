"""Figures for the team: what waits, since when, and what was decided today. Nobody is ranked by them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.models import AuditEvent, Complaint
from domain.settings import SITE_TIME_ZONE
from domain.store.database import Database, now

WAITING = ("received", "in_review")
# What of the audit log is a decision on a complaint, and what brings a decided one back.
DECISIONS = ("complaint.published", "complaint.held", "complaint.rejected", "complaint.asked")
REOPENED = ("complaint.reopened", "complaint.restored")


@dataclass(frozen=True)
class Figures:
    """`waiting` and `held` complaints now, the `oldest` that waits; since midnight in China the rest.

    `decided` is {decision: count}, `by_whom` {name: count} in the order of the names.
    """

    waiting: int
    held: int
    oldest: datetime | None
    decided: dict[str, int]
    by_whom: dict[str, int]
    reopened: int


def figures(database: Database) -> Figures:
    """Count for the first page of the back office."""
    midnight = now().astimezone(SITE_TIME_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    with database.reading() as session:
        waiting, oldest = _waiting(session)
        held = session.scalar(select(func.count()).where(Complaint.status == "held")) or 0
        rows = session.execute(
            select(AuditEvent.action, AuditEvent.actor, func.count())
            .where(AuditEvent.at >= midnight, AuditEvent.action.in_(DECISIONS + REOPENED))
            .group_by(AuditEvent.action, AuditEvent.actor)
        ).all()
    decided: dict[str, int] = {}
    by_whom: dict[str, int] = {}
    for action, actor, count in rows:
        if action in DECISIONS:
            decided[action] = decided.get(action, 0) + count
            by_whom[actor] = by_whom.get(actor, 0) + count
    reopened = sum(count for action, _, count in rows if action in REOPENED)
    return Figures(waiting, held, oldest, decided, dict(sorted(by_whom.items())), reopened)


def _waiting(session: Session) -> tuple[int, datetime | None]:
    count = 0
    oldest: list[datetime] = []
    for status in WAITING:
        count += session.scalar(select(func.count()).where(Complaint.status == status)) or 0
        # By number and not by date: the index has it at hand, and complaints are numbered as they come.
        query = select(Complaint.received_at).where(Complaint.status == status).order_by(Complaint.pk).limit(1)
        oldest += session.scalars(query).all()
    return count, min(oldest, default=None)
