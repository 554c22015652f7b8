"""A borrower comes back with the receipt, and moderators write to them: letters, files, corrections, withdrawal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from domain.evidence.vault import Prepared, Vault, names_of
from domain.fingerprints import likeness
from domain.models import Complaint
from domain.reading import Reader
from domain.reading_together import private_values, read_together
from domain.readings import Reading
from domain.redaction.again import is_telling
from domain.safekeeping.sealing import Keys, open_contact, seal_contact
from domain.settings import SITE_TIME_ZONE
from domain.store import Database
from domain.store.intake import complaints, messages, receipts
from domain.store.intake.receipts import AnnouncedThreat, Correction
from domain.store.moderating.rereading import readers_words

# When it is asked what became of an announcement: a visit "tomorrow" is settled after a week, a lawsuit after months.
DAYS_TO_ASK_AFTER = (7, 30, 90)


@dataclass(frozen=True)
class Letter:
    """A letter, opened: who wrote it (models.WRITING_SIDES), what, and when."""

    written_by: str
    text: str
    written_at: datetime


def ask(database: Database, keys: Keys, complaint_id: str, text: str, actor: str) -> None:
    """Write to the borrower of a complaint, as a moderator. Raises messages.UnknownRecord, TooManyLetters."""
    messages.ask(database, complaint_id, sealed(keys, text), actor)


def write(database: Database, keys: Keys, receipt: str, text: str, form_key: str) -> None:
    """Write to the moderators, as the borrower. Raises UnknownComplaint, TooManyLetters."""
    receipts.write(database, keys.receipt, receipt, sealed(keys, text), form_key)


def opened(keys: Keys, rows: Iterable[Any]) -> list[Letter]:
    """Open sealed letters. Raises ValueError when no key fits."""
    return [Letter(row.written_by, open_contact(keys, row.text_sealed), row.written_at) for row in rows]


def sealed(keys: Keys, text: str) -> str:
    """Seal a text that only the borrower and the moderators may read."""
    return seal_contact(keys, text) or ""


def add_files(database: Database, keys: Keys, vault: Vault, receipt: str, prepared: Sequence[Prepared]) -> int:
    """Note files in the vault as a complaint's own; return how many it did not have already.

    What is not noted does not stay in the vault. Raises UnknownComplaint, Refused("too_many_files"), StoreUnavailable.
    """
    try:
        repeated = receipts.add_files(database, keys.receipt, receipt, prepared)
    except BaseException:
        vault.discard(names_of(prepared))
        raise
    vault.discard(names_of(repeated))
    return len(prepared) - len(repeated)


def read_correction(database: Database, reader: Reader, keys: Keys, receipt: str, narrative: str) -> Reading:
    """Read a corrected text as it will be read when it is kept. Raises UnknownComplaint."""
    return _read_anew(reader, receipts.own_words(database, keys.receipt, receipt), narrative)[0][narrative]


def correct(database: Database, reader: Reader, keys: Keys, receipt: str, narrative: str) -> None:
    """Put a new text in the place of the old one; it waits for a moderator again. Raises UnknownComplaint."""
    complaint = receipts.own_words(database, keys.receipt, receipt)
    (readings, told), old = _read_anew(reader, complaint, narrative), complaint.narrative
    if old != narrative:
        corrected = Correction(narrative, readings, told, likeness.sketch(narrative), sealed(keys, old))
        receipts.correct(database, keys.receipt, receipt, corrected, reader.read)


def _read_anew(reader: Reader, complaint: Complaint, narrative: str) -> tuple[dict[str, Reading], list[str]]:
    """Read a corrected text and those beside it; return the readings, and what the old text told to be private.

    A name that only the old one told stays masked in all: nothing else may tell any more that 白志远 is one.
    """
    words = readers_words(complaint)
    old = reader.read(complaint.narrative, **words)
    told = [value for type_, value in private_values(complaint.narrative, old) if is_telling(type_, value)]
    beside = [
        *(script.text for script in complaint.scripts),
        *(event.about for event in complaint.events),
        complaint.product,
    ]
    words["hide"] += tuple(told)
    readings = read_together(partial(reader.read, **words), [narrative, *filter(None, beside)])
    return readings, list(dict.fromkeys(told))


def withdraw(database: Database, keys: Keys, vault: Vault, receipt: str) -> None:
    """Erase a complaint with its letters and files; a tombstone stays. Raises UnknownComplaint.

    The rows go first: should the process end in between, no row leads to the files, and the sweep takes them.
    """
    vault.discard(complaints.withdraw(database, keys.receipt, receipt))
    # Out of SQLite's journal at once; where somebody reads just then, the worker does it some minutes later.
    database.overwrite_erased()


def is_due(threat: AnnouncedThreat, received_at: datetime, today: date) -> bool:
    """Tell whether to ask what became of a threat: 7, 30 and 90 days after its day, until it is said or 90 are over.

    Its day is the announced one, or where none was named the day on which the complaint was received. Each of the three
    is asked once: a report since then answers it, unless it says that the day has not come yet.
    """
    start = threat.announced_for or received_at.astimezone(SITE_TIME_ZONE).date()
    passed = [start + timedelta(days=days) for days in DAYS_TO_ASK_AFTER if start + timedelta(days=days) <= today]
    if not passed:
        return False
    last = threat.reports[-1]
    if last.outcome in ("happened", "not_happened") and last.reported_at.astimezone(SITE_TIME_ZONE).date() >= start:
        return False
    return last.reported_at.astimezone(SITE_TIME_ZONE).date() < passed[-1]
