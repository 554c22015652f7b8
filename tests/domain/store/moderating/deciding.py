"""What the tests of moderators' work do again and again: take a complaint out of the store, decide on it."""

from domain.models import Complaint
from domain.moderation import moderating
from domain.safekeeping.sealing import Keys
from domain.store import Database, records


def complaint(database: Database, complaint_id: str) -> Complaint:
    found = records.get(database, complaint_id)
    assert isinstance(found, Complaint)
    return found


def decide(
    database: Database, keys: Keys, complaint_id: str, decision: str, reason: str = "other", words: str = "因为",
    version: int | None = None, actor: str = "staff:lin",
) -> None:  # fmt: skip
    """Decide as staff would; publishing and asking give no reason."""
    reason = {"published": "", "asked": ""}.get(decision, reason)
    moderating.decide(database, keys, complaint_id, version, decision, reason, words, actor)
