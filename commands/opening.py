"""What nearly every command opens first: the store, the index, the keys, the reader.

The reader and the index are imported where they are opened: each takes about a second, and `doorstep init`, which
stands before every start of the site, needs neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from domain.accounts.keys import AccountKeys, load_account_keys
from domain.lenders import REGISTRY_FILE, load_registry
from domain.safekeeping.sealing import Keys, load_keys
from domain.settings import settings
from domain.store import Database
from domain.store.registries import registry

if TYPE_CHECKING:
    from domain.reading import Reader
    from indexer.engines import Engine


def open_database() -> Database:
    """The store that the settings name, where all that was filed until now is read first."""
    from domain.store.intake import unread

    database = open_store_as_it_is()
    unread.read_what_waits(database)
    return database


def open_store_as_it_is() -> Database:
    """The store that the settings name: to be migrated, copied, filled or checked, or for the worker, which reads."""
    return Database(settings().database_address)


def open_index() -> Engine:
    """The engine that the settings name."""
    from indexer.engines import open_engine

    return open_engine(settings())


def open_keys() -> Keys:
    """The key files, made on the first start."""
    return load_keys(settings())


def open_account_keys() -> AccountKeys:
    """The key of the accounts, made on the first start."""
    return load_account_keys(settings())


def open_reader(database: Database) -> Reader:
    """The reader over the registry as the store has it."""
    from domain.reading import Reader

    return Reader(registry.lender_entries(database))


def open_reader_without_store(further: Sequence[Path] = ()) -> Reader:
    """The reader over the registry files alone, for texts that have nothing to do with this installation."""
    from domain.reading import Reader

    return Reader([entry for path in (REGISTRY_FILE, *further) for entry in load_registry(path)])
