"""Disputes read and settled: what is written for the public log is masked, and never repeats what was taken out."""

from dataclasses import dataclass
from datetime import datetime

from domain.filings.returning import sealed
from domain.models import DISPUTE_REASONS, REMOVAL_ACTIONS, Complaint, Dispute
from domain.reading import Reader
from domain.safekeeping.sealing import Keys, open_contact, seal_contact
from domain.store import Database, records
from domain.store.gathering import hidden
from domain.store.moderating import disputes, removals
from domain.store.moderating.removals import Settlement
from domain.store.moderating.rereading import read_reply, texts_of
from domain.store.records import Record
from domain.text import fold

LONGEST_NOTE = 1000
# So many characters in a row are a quotation: 催收员说明天带人上门。 In letters the same takes a line.
QUOTED, QUOTED_LETTERS = 12, 36


class NoteMissing(Exception):
    """A settlement without its reason or its note."""


class NoteQuotes(Exception):
    """The note repeats words of the record."""


@dataclass(frozen=True)
class OpenedDispute:
    """A dispute with its words and contact opened."""

    row: Dispute
    words: str
    contact: str
    received_at: datetime


def dispute(database: Database, keys: Keys, record_id: str, reason: str, words: str, contact: str) -> str:
    """Keep a dispute; return its id. Raises disputes.NotPublic, TooManyDisputes."""
    return disputes.add(database, record_id, reason, sealed(keys, words), seal_contact(keys, contact))


def opened(keys: Keys, rows: list[Dispute]) -> list[OpenedDispute]:
    """Open disputes."""
    return [
        OpenedDispute(row, open_contact(keys, row.words_sealed) if row.words_sealed else "",
                      open_contact(keys, row.contact_sealed) if row.contact_sealed else "", row.received_at)
        for row in rows
    ]  # fmt: skip


def settle(database: Database, reader: Reader, record_id: str, settled: Settlement, actor: str) -> None:
    """Decide on a record, with a note for everybody.

    Raises NoteMissing, NoteQuotes, and as removals.settle.
    """
    note = settled.note.strip()[:LONGEST_NOTE]
    if not note or settled.reason not in DISPUTE_REASONS or settled.action not in REMOVAL_ACTIONS:
        raise NoteMissing(record_id)
    record = records.get(database, record_id)
    if quotes(note, _words_of(record)):
        raise NoteQuotes(record_id)
    note = _masked(reader, record, note)
    masked = Settlement(settled.action, settled.reason, note, settled.dispute_id, settled.dispute_version)
    removals.settle(database, record_id, masked, actor)


def quotes(note: str, text: str) -> bool:
    """Tell whether a note repeats a run of a text."""
    inner, outer = _letters(note), _letters(text)
    for start in range(len(inner) - QUOTED + 1):
        run = inner[start : start + QUOTED]
        if run.isascii():
            run = inner[start : start + QUOTED_LETTERS]
            if len(run) < QUOTED_LETTERS:
                continue
        if run in outer:
            return True
    return False


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _masked(reader: Reader, record: Record | None, note: str) -> str:
    """Return a note with everything masked that is masked in the record which it is about."""
    if isinstance(record, Complaint):
        return read_reply(record, reader.read, note).public_text
    words = record.hidden_words if record else ()
    return reader.read(note, kind="article", hide=words).public_text


def _words_of(record: Record | None) -> str:
    if record is None:
        return ""
    if isinstance(record, Complaint):
        return "\n".join([*texts_of(record), record.public_text, *(script.public_text for script in record.scripts)])
    return "\n".join(hidden.texts_of(hidden.before_masks(record)))
