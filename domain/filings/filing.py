"""Filing a complaint: seal what is private, keep it, read it. The form, the API and the sample all come here."""

from dataclasses import replace
from datetime import datetime

from domain.evidence.vault import Prepared
from domain.filings.reading_filings import read_filing
from domain.reading import Reader
from domain.safekeeping.sealing import Keys, seal_contact
from domain.store import Database
from domain.store.intake import complaints, unread
from domain.store.intake.complaints import Filed, Filing


def keep_filing(database: Database, keys: Keys, filing: Filing, idempotency_key: str) -> Filed:
    """Keep a filing and return its receipt once it is on disk; it is read right after (domain.store.intake.unread).

    Raises complaints.IdempotencyConflict when the key came with another body, StoreUnavailable when nothing was kept.
    """
    return unread.keep(database, filing, seal_contact(keys, filing.contact), keys.receipt, idempotency_key)


def file_complaint(
    database: Database,
    reader: Reader,
    keys: Keys,
    filing: Filing,
    idempotency_key: str | None = None,
    is_sample: bool = False,
    received_at: datetime | None = None,
    files: tuple[Prepared, ...] = (),
) -> Filed:
    """Read a complaint and keep it as read: what comes with `files`, which lie in the vault already, and the sample.

    Raises as `keep_filing`.
    """
    read = read_filing(reader, filing)
    read = replace(read, contact_sealed=seal_contact(keys, filing.contact), files=files)
    return complaints.add_complaint(database, read, keys.receipt, idempotency_key, is_sample, received_at)
