"""What else a complaint is like: others with the same messages, others of the same lender and tactics."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from domain.models import Complaint, ComplaintScript, TacticMention
from domain.store.database import Database


@dataclass(frozen=True)
class Other:
    """Another complaint: its state, when it came, and how much it shares with this one."""

    id: str
    status: str
    received_at: datetime
    shares: int


def same_script(database: Database, complaint: Complaint, limit: int = 10) -> list[Other]:
    """Return complaints with messages of the same families, those that share most of them first."""
    of_it = [script.family_pk for script in complaint.scripts if script.family_pk is not None]
    query = (
        select(ComplaintScript.complaint_pk.label("pk"), func.count(ComplaintScript.family_pk.distinct()).label("n"))
        .where(ComplaintScript.family_pk.in_(of_it), ComplaintScript.complaint_pk != complaint.pk)
        .group_by(ComplaintScript.complaint_pk)
        .order_by(func.count(ComplaintScript.family_pk.distinct()).desc(), ComplaintScript.complaint_pk.desc())
        .limit(limit)
        .subquery()
    )
    return _others(database, query) if of_it else []


def similar(database: Database, complaint: Complaint, limit: int = 5) -> list[Other]:
    """Return the newest complaints against the same lender that share a counted tactic, most shared first.

    Of one lender only the last 500 are looked at: a hundred thousand would hold up the page.
    """
    codes = [mention.tactic_code for mention in complaint.tactic_mentions if mention.counted]
    if complaint.lender_pk is None or not codes:
        return []
    newest = (
        select(Complaint.pk)
        .where(Complaint.lender_pk == complaint.lender_pk, Complaint.pk != complaint.pk)
        .order_by(Complaint.pk.desc())
        .limit(500)
        .subquery()
    )
    query = (
        select(TacticMention.complaint_pk.label("pk"), func.count(TacticMention.tactic_code.distinct()).label("n"))
        .where(
            TacticMention.complaint_pk.in_(select(newest.c.pk)), TacticMention.tactic_code.in_(codes),
            TacticMention.counted,
        )
        .group_by(TacticMention.complaint_pk)
        .order_by(func.count(TacticMention.tactic_code.distinct()).desc(), TacticMention.complaint_pk.desc())
        .limit(limit)
        .subquery()
    )  # fmt: skip
    return _others(database, query)


def _others(database: Database, found: Any) -> list[Other]:
    query = (
        select(Complaint.id, Complaint.status, Complaint.received_at, found.c.n)
        .join(found, found.c.pk == Complaint.pk)
        .where(Complaint.status != "withdrawn")
        .order_by(found.c.n.desc(), Complaint.pk.desc())
    )
    with database.reading() as session:
        return [Other(*row) for row in session.execute(query)]
