"""Retention: originals and evidence are erased some days after the decision, and it can be seen beforehand which."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.evidence.vault import Vault
from domain.settings import Settings
from domain.store import Database, retention
from domain.store.database import now
from domain.store.retention import Due

BATCH = 100


@dataclass(frozen=True)
class Policy:
    """Days after a decision; 0 keeps for good."""

    originals: int
    evidence: int

    @property
    def is_on(self) -> bool:
        """Whether anything is ever erased."""
        return bool(self.originals or self.evidence)


@dataclass(frozen=True)
class Preview:
    """What would be erased now."""

    originals: list[Due] = field(default_factory=list)
    evidence: list[Due] = field(default_factory=list)
    disputes: list[Due] = field(default_factory=list)


@dataclass
class Erased:
    """How many complaints lost their originals, how many their evidence, and how many disputes their words."""

    originals: int = 0
    evidence: int = 0
    disputes: int = 0

    @property
    def all(self) -> int:
        """How much was erased."""
        return self.originals + self.evidence + self.disputes


def policy_of(settings: Settings) -> Policy:
    """Return what the settings say."""
    return Policy(settings.retention_originals_days, settings.retention_evidence_days)


def preview(database: Database, policy: Policy, limit: int | None = None) -> Preview:
    """Return what `run` would erase now, at most `limit` of each."""
    return Preview(
        retention.originals_due(database, _before(policy.originals), limit) if policy.originals else [],
        retention.evidence_due(database, _before(policy.evidence), limit) if policy.evidence else [],
        retention.disputes_due(database, _before(policy.originals), limit) if policy.originals else [],
    )


def run(database: Database, vault: Vault, policy: Policy, actor: str = retention.ACTOR, limit: int = 10**9) -> Erased:
    """Erase what is due, each in a transaction of its own; what is reopened meanwhile is left."""
    erased, before = Erased(), -1
    while before < erased.all < limit:
        before, due = erased.all, preview(database, policy, BATCH)
        for one in due.originals:
            erased.originals += retention.erase_original(database, one.id, _before(policy.originals), actor)
        for one in due.evidence:
            erased.evidence += _erase_evidence(database, vault, one.id, policy, actor)
        for one in due.disputes:
            erased.disputes += retention.erase_dispute(database, one.id, _before(policy.originals), actor)
    return erased


def _erase_evidence(database: Database, vault: Vault, complaint_id: str, policy: Policy, actor: str) -> bool:
    # Files first: a row whose file is gone is found due again after a crash, a file without its row would stay.
    vault.discard(retention.files_to_erase(database, complaint_id, _before(policy.evidence)))
    return retention.erase_evidence(database, complaint_id, _before(policy.evidence), actor)


def _before(days: int) -> datetime:
    return now() - timedelta(days=days)
