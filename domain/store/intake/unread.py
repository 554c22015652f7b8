"""Filings that were answered for before they were read, and their reading.

Such a filing is no complaint yet: it stands in a table of its own, which nobody asks but this module, so no page, file,
count or queue can show words whose masks are not there. Whoever looks at complaints has it read first: moderators and
commands all that waits, a receipt what it opens. Whoever forgot to would see it a second later, and never unmasked.
"""

import logging
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from domain.filings.reading_filings import read_filing
from domain.models import UnreadFiling
from domain.reading import Reader, reader_of
from domain.settings import PROJECT_ROOT
from domain.store import audit, outbox
from domain.store.database import Database, StoreUnavailable, now
from domain.store.intake.answers import answer_to, keep_once
from domain.store.intake.complaint_rows import complaint_values, insert_complaint
from domain.store.intake.filings import Filed, Filing, ReadFiling, unreadable
from domain.store.intake.written_filings import filing_of, written
from domain.store.plain_inserts import PlainWriter
from domain.store.registries import registry

log = logging.getLogger(__name__)

# One transaction; at a third of a millisecond each, who files meanwhile does not notice.
BATCH = 20
_NEXT = select(UnreadFiling.__table__).where(UnreadFiling.pk > bindparam("after")).order_by(UnreadFiling.pk)
_NEXT = _NEXT.limit(BATCH)
_OF_RECEIPT = _NEXT.where(UnreadFiling.receipt_hash == bindparam("receipt_hash"))
# By both: a number is given again once its row is gone.
_TAKE = (
    delete(UnreadFiling)
    .where(UnreadFiling.pk == bindparam("number"), UnreadFiling.id == bindparam("record"))
    .returning(UnreadFiling.pk)
)
Found = list[tuple[Any, ReadFiling]]


def keep(
    database: Database, filing: Filing, contact_sealed: str | None, receipt_key: bytes, idempotency_key: str | None
) -> Filed:
    """Keep a filing to be read after its answer. Raises as answers.keep_once."""
    answer = answer_to(filing, receipt_key, idempotency_key)
    row = {
        "id": answer.id, "filing": written(replace(filing, contact="", lender_sent="", collector_sent="")),
        "contact_sealed": contact_sealed, "received_at": now(), **answer.hashes,
    }  # fmt: skip

    def insert(writer: PlainWriter) -> None:
        writer.add_all(UnreadFiling, [row])
        audit.chain(writer, [audit.deed("borrower", "complaint.received", answer.id)])

    return keep_once(database, answer, UnreadFiling, insert)


def read_what_waits(database: Database, receipt_hash: str | None = None, seconds: float | None = None) -> int:
    """Read the filings that wait, oldest first, or the one of a receipt; return how many became complaints here.

    Several processes may do so at once: each filing becomes one complaint. One that can't be read stops no other.
    `seconds`: after so long the others are left for the next look. Raises StoreUnavailable.
    """
    until = time.monotonic() + seconds if seconds is not None else float("inf")
    reader, after, kept = None, 0, 0
    while (waiting := _next(database, after, receipt_hash)) and time.monotonic() < until:
        reader = reader or reader_of(tuple(registry.lender_entries(database)))
        kept += _keep_as_read(database, list(_read_all(reader, waiting)))
        after = waiting[-1].pk
    return kept


def count(database: Database) -> int:
    """Count the filings that wait to be read."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(UnreadFiling)) or 0


def _next(database: Database, after: int, receipt_hash: str | None) -> Sequence[Any]:
    with database.querying() as connection:
        if receipt_hash is None:
            return connection.execute(_NEXT, {"after": after}).all()
        return connection.execute(_OF_RECEIPT, {"after": after, "receipt_hash": receipt_hash}).all()


def _read_all(reader: Reader, rows: Sequence[Any]) -> Iterator[tuple[Any, ReadFiling]]:
    for row in rows:
        try:
            filing = filing_of(row.filing)
        except (TypeError, ValueError) as error:  # somebody changed the row by hand: it stays as it is
            _log_failure(row, "is no filing", error)
        else:
            yield row, _read(reader, row, filing)


def _read(reader: Reader, row: Any, filing: Filing) -> ReadFiling:
    try:
        read = read_filing(reader, filing)
    except Exception as error:
        _log_failure(row, "could not be read", error)
        read = unreadable(filing)
    return replace(read, contact_sealed=row.contact_sealed)


def _keep_as_read(database: Database, found: Found) -> int:
    try:
        return _move_all(database, found)
    except StoreUnavailable:
        raise
    except Exception:  # one of them is at fault: each by itself, that the others go on
        return sum(_move_alone(database, row, read) for row, read in found)


def _move_alone(database: Database, row: Any, read: ReadFiling) -> int:
    nothing = replace(unreadable(read.filing), contact_sealed=row.contact_sealed)
    for version in (read, nothing):
        try:
            return _move_all(database, [(row, version)])
        except StoreUnavailable:
            raise
        except Exception as error:
            _log_failure(row, "could not be kept as read", error)
    return 0


def _move_all(database: Database, found: Found) -> int:
    moved: list[str] = []

    def work(writer: PlainWriter) -> None:
        moved.clear()
        for row, read in found:
            if writer.ask(_TAKE, {"number": row.pk, "record": row.id}):
                hashes = {name: row._mapping[name] for name in ("receipt_hash", "idempotency_hash", "request_hash")}
                insert_complaint(writer, complaint_values(read, row.id, row.received_at) | hashes, read)
                outbox.announce_new(writer, row.id)
                moved.append(row.id)

    database.add(work)
    return len(moved)


def _log_failure(row: Any, what: str, error: Exception) -> None:
    """Say what failed and where: the message of an error may quote what was typed."""
    places = [
        f"{place.filename.removeprefix(f'{PROJECT_ROOT}/')}:{place.lineno}"
        for place in traceback.extract_tb(error.__traceback__)
    ]
    log.error("%s %s: %s at %s", row.id, what, type(error).__name__, places[-1] if places else "an unknown place")
