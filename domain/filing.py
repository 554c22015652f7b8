"""Filing a complaint: read it, seal what is private, keep it. The form, the API and the sample all come here."""

import threading
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from functools import partial

from domain import likeness
from domain.evidence.vault import Prepared
from domain.reading import Reader
from domain.reading_together import read_together
from domain.sealing import Keys, seal_contact
from domain.store import Database
from domain.store.intake import complaints
from domain.store.intake.complaints import Filed, Filing, ReadFiling

# Threads that read at once hand the interpreter to and fro at every search of a word list, and all are done late: in
# turns the same two processors keep a fifth to a third more. What is longer than a long complaint takes no turn, for
# the others would wait for all of it.
LONGEST_IN_TURN = 2_000
_TURN = threading.Lock()


def read_filing(reader: Reader, filing: Filing) -> ReadFiling:
    """Read every text of a filing as it is read when it is kept; nothing is kept here and no contact is sealed."""
    read = partial(reader.read, kind="complaint", lender=filing.lender, hide=filing.more_masks)
    texts = [filing.narrative, *(text for text, _number in filing.all_scripts)]
    readings = read_together(read, texts + [text for text in (filing.product, *_abouts(filing)) if text])
    return ReadFiling(
        filing=filing,
        narrative=readings[filing.narrative],
        scripts=tuple(readings[text] for text, _number in filing.all_scripts),
        # They are published as they stand beside the narrative, so what is private in them goes at once.
        product=readings[filing.product].public_text if filing.product else "",
        abouts=tuple(readings[about].public_text if about else "" for about in _abouts(filing)),
        sketch=likeness.sketch(filing.narrative),
    )


def _abouts(filing: Filing) -> list[str]:
    return [event.about for event in filing.events]


def _length(filing: Filing) -> int:
    return sum(map(len, (filing.narrative, *(text for text, _number in filing.all_scripts), *_abouts(filing))))


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
    """Read and keep a complaint; return the receipt once it is on disk. `files` lie in the vault already.

    Raises complaints.IdempotencyConflict when the key came with another body, StoreUnavailable when nothing was kept.
    """
    with _TURN if _length(filing) <= LONGEST_IN_TURN else nullcontext():
        found = read_filing(reader, filing)
    read = replace(found, contact_sealed=seal_contact(keys, filing.contact), files=files)
    return complaints.add_complaint(database, read, keys.receipt, idempotency_key, is_sample, received_at)
