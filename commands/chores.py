"""What the worker does beside carrying changes to the index."""

from domain.anchors import write_anchor
from domain.settings import Settings
from domain.store import Database, audit
from domain.store.database import now
from indexer.worker import Chore

# Events of the last seconds could still be cut off unseen; each look costs one small query.
SECONDS_BETWEEN_ANCHORS = 2.0


def chores(database: Database, settings: Settings) -> list[Chore]:
    """Return the chores of this installation."""
    return [
        Chore(
            "anchoring the audit log",
            SECONDS_BETWEEN_ANCHORS,
            lambda: write_anchor(settings.keys_folder, *audit.head(database), now()),
        )
    ]
