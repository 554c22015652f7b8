"""What the views stand on: the store, the index, the reader and the keys of this process."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from flask import current_app

from domain.accounts.keys import AccountKeys, load_account_keys
from domain.evidence.vault import Vault, open_vault
from domain.filings.drafts import DraftFolder
from domain.models import Tactic
from domain.reading import Reader, reader_of
from domain.safekeeping.sealing import Keys, load_keys
from domain.settings import Settings
from domain.store import Database, StoreUnavailable, records
from domain.store.registries import registry
from domain.warming import warm
from indexer.engines import Engine, open_engine

# A moderator's new alias is known to every process after this long; the store is asked for it at most this often.
REGISTRY_CHECK_SECONDS = 3.0
SAMPLE_CHECK_SECONDS = 5.0
# The taxonomy changes with a new version only, which a restart goes with.
TAXONOMY_CHECK_SECONDS = 60.0


class Services:
    """The parts that a process opens once, each at its first use, which is after the fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._opened: dict[str, Any] = {}
        self._checked: dict[str, float] = {}

    @property
    def database(self) -> Database:
        """The store."""
        return cast(Database, self._open("database", lambda: Database(self.settings.database_address)))

    @property
    def engine(self) -> Engine:
        """The index. Raises SearchUnavailable while there is none; the next use tries again."""
        return cast(Engine, self._open("engine", lambda: open_engine(self.settings)))

    @property
    def keys(self) -> Keys:
        """The keys for receipts and contact details."""
        return cast(Keys, self._open("keys", lambda: load_keys(self.settings)))

    @property
    def vault(self) -> Vault:
        """Where evidence lies."""
        return cast(Vault, self._open("vault", lambda: open_vault(self.settings)))

    @property
    def drafts(self) -> DraftFolder:
        """Where what is being typed lies."""
        return cast(DraftFolder, self._open("drafts", lambda: DraftFolder(self.settings.drafts_folder)))

    @property
    def account_keys(self) -> AccountKeys:
        """The key for sessions and second factors of those who work here."""
        return cast(AccountKeys, self._open("account_keys", lambda: load_account_keys(self.settings)))

    @property
    def reader(self) -> Reader:
        """The reader over the present registry."""
        return cast(Reader, self._registry()[1])

    @property
    def tactics(self) -> list[Tactic]:
        """The taxonomy, in its order."""
        return self._taxonomy()[0]

    @property
    def tactic_codes(self) -> frozenset[str]:
        """The codes of the taxonomy."""
        return self._taxonomy()[1]

    @property
    def lender_names(self) -> dict[str, dict[str, str]]:
        """{slug: {"zh_Hans": …, "zh_Hant": …, "en": …}} of the present registry."""
        return cast(dict[str, dict[str, str]], self._registry()[2])

    @property
    def lender_redirects(self) -> dict[str, str]:
        """{slug of a merged lender: slug that it is shown under}."""
        return cast(dict[str, str], self._registry()[3])

    def warm(self) -> None:
        """Make ready what every filing needs; without a store that waits for the first request that finds one."""
        with suppress(StoreUnavailable):
            warm(self.reader)

    def names_of_lender(self, slug: str) -> dict[str, str] | None:
        """Return the names (see `lender_names`) under which a lender is shown, a merged one too; None for none."""
        return self.lender_names.get(self.lender_redirects.get(slug, slug))

    @property
    def registry_revision(self) -> tuple[int, int]:
        """Which state of the registry `reader` and `lender_names` have."""
        return cast(tuple[int, int], self._registry()[0])

    @property
    def has_samples(self) -> bool:
        """Whether sample records are loaded, as it was at most some seconds ago."""
        return cast(
            bool,
            self._fresh("samples", SAMPLE_CHECK_SECONDS, lambda known: records.count_samples(self.database) > 0),
        )

    def _taxonomy(self) -> tuple[list[Tactic], frozenset[str]]:
        def read(_known: Any) -> tuple[list[Tactic], frozenset[str]]:
            found = registry.tactics(self.database)
            return found, frozenset(tactic.code for tactic in found)

        return cast(tuple[list[Tactic], frozenset[str]], self._fresh("taxonomy", TAXONOMY_CHECK_SECONDS, read))

    def _registry(self) -> tuple[Any, ...]:
        return cast(tuple[Any, ...], self._fresh("registry", REGISTRY_CHECK_SECONDS, self._read_registry))

    def _read_registry(self, known: tuple[Any, ...] | None) -> tuple[Any, ...]:
        revision = registry.revision(self.database)
        if known is not None and known[0] == revision:
            return known
        entries = registry.lender_entries(self.database)
        names = {
            entry.slug: {"zh_Hans": entry.name_zh_hans, "zh_Hant": entry.name_zh_hant, "en": entry.name_en}
            for entry in entries
        }
        return revision, reader_of(tuple(entries)), names, registry.redirects(self.database)

    def _open(self, name: str, make: Callable[[], Any]) -> Any:
        with self._lock:
            self._forget_after_fork()
            if name not in self._opened:
                try:
                    self._opened[name] = make()
                except OSError as error:  # a key that has to be made, and a disk that is full or can only be read
                    raise StoreUnavailable(f"{name}: {error}") from error
            return self._opened[name]

    def _fresh(self, name: str, seconds: float, make: Callable[[Any], Any]) -> Any:
        with self._lock:
            self._forget_after_fork()
            known = self._opened.get(name)
            if known is None:
                known = self._opened[name] = make(None)
                self._checked[name] = time.monotonic()
            is_due = time.monotonic() - self._checked.get(name, float("-inf")) >= seconds
            if is_due:
                self._checked[name] = time.monotonic()
        # Outside the lock: one request renews what it holds, and the others go on with what was known.
        if is_due:
            with suppress(StoreUnavailable):
                known = self._opened[name] = make(known)
        return known

    def _forget_after_fork(self) -> None:
        if self._process != os.getpid():
            self._process = os.getpid()
            self._opened, self._checked = {}, {}


def services() -> Services:
    """Return the services of the running application."""
    return cast(Services, current_app.extensions["doorstep"])
