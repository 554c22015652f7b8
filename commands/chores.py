"""What the worker does beside carrying changes to the index."""

from domain.evidence.vault import open_vault
from domain.filings.drafts import DraftFolder
from domain.filings.sweeping import sweep_evidence
from domain.moderation import retention
from domain.safekeeping.anchors import write_anchor
from domain.settings import Settings
from domain.store import Database, audit
from domain.store.database import now
from domain.store.intake import messages
from indexer.worker import Chore

# Events of the last seconds could still be cut off unseen; each look costs one small query.
SECONDS_BETWEEN_ANCHORS = 2.0
# What a crash left behind is unreadable without its key, so there is no hurry.
SECONDS_BETWEEN_SWEEPS = 3600.0
# What was withdrawn stands in SQLite's journal until then; a checkpoint of little costs little.
SECONDS_BETWEEN_OVERWRITES = 300.0
SECONDS_BETWEEN_ERASURES = 3600.0
# What was typed and not sent lies two hours and no longer.
SECONDS_BETWEEN_DRAFTS = 60.0
# Some seconds of work: the other chores must not wait longer.
MOST_AT_ONCE = 300


def chores(database: Database, settings: Settings) -> list[Chore]:
    """Return the chores of this installation."""
    policy = retention.policy_of(settings)
    kept_long_enough = Chore(
        "erasing what was kept long enough",
        SECONDS_BETWEEN_ERASURES,
        lambda: retention.run(database, open_vault(settings), policy, limit=MOST_AT_ONCE),
    )
    return [
        *([kept_long_enough] if policy.is_on else []),
        Chore(
            "anchoring the audit log",
            SECONDS_BETWEEN_ANCHORS,
            lambda: anchor(database, settings),
        ),
        Chore("sweeping evidence", SECONDS_BETWEEN_SWEEPS, lambda: sweep_evidence(database, settings.evidence_folder)),
        Chore("sweeping drafts", SECONDS_BETWEEN_DRAFTS, DraftFolder(settings.drafts_folder).sweep),
        Chore("erasing texts before corrections", SECONDS_BETWEEN_SWEEPS, lambda: messages.forget_settled(database)),
        Chore("overwriting what was erased", SECONDS_BETWEEN_OVERWRITES, database.overwrite_erased),
    ]


def anchor(database: Database, settings: Settings) -> None:
    """Note where the audit log ends, once that end would outlast a power cut: else the log would seem cut off."""
    head = audit.head(database)
    database.reach_disk()
    write_anchor(settings.keys_folder, *head, now())
