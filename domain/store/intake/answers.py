"""The answer to a filing: its receipt and the hashes that it is known by. What is sent again is answered as before."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from domain.models import Complaint, UnreadFiling
from domain.safekeeping.keys import keyed_hash
from domain.safekeeping.receipts import canonical_receipt, derived_receipt, new_receipt
from domain.store import records
from domain.store.database import Database
from domain.store.intake.filings import Filed, Filing
from domain.store.plain_inserts import PlainWriter

Kept = type[Complaint] | type[UnreadFiling]
# A filing stands in one of the two; each refuses a key twice by itself.
_OF_KEY = {
    table: select(table.id, table.request_hash).where(table.idempotency_hash == bindparam("hash"))
    for table in (UnreadFiling, Complaint)
}
_OTHER: dict[Kept, Kept] = {Complaint: UnreadFiling, UnreadFiling: Complaint}


class IdempotencyConflict(Exception):
    """The same idempotency key came with another complaint."""


class _KnownKey(Exception):
    """The idempotency key came before, with what stands in the other table by now."""


@dataclass(frozen=True)
class Answer:
    """What a filing is answered with, and the hashes that its row has."""

    id: str
    receipt: str
    receipt_hash: str
    idempotency_hash: str | None = None
    request_hash: str | None = None

    @property
    def hashes(self) -> dict[str, str | None]:
        """Return the columns of the row."""
        return {
            "receipt_hash": self.receipt_hash, "idempotency_hash": self.idempotency_hash,
            "request_hash": self.request_hash,
        }  # fmt: skip


def answer_to(filing: Filing, receipt_key: bytes, idempotency_key: str | None) -> Answer:
    """Return the answer to a filing; the same one again to the same filing under the same key, but for its id."""
    record_id = records.new_id(records.COMPLAINT_PREFIX)
    if idempotency_key is None:
        receipt = new_receipt()
        return Answer(record_id, receipt, receipt_hash(receipt_key, receipt))
    # Derived and not stored, so that the answer can be given again though only a hash of it is kept.
    receipt = derived_receipt(receipt_key, idempotency_key, filing.fingerprint)
    return Answer(
        record_id, receipt, receipt_hash(receipt_key, receipt),
        keyed_hash(receipt_key, "idempotency:" + idempotency_key),
        # The sender's key goes in, which is kept nowhere: nobody can try guesses at a withdrawn text on what is left.
        keyed_hash(receipt_key, f"request:{idempotency_key}\n{filing.fingerprint}"),
    )  # fmt: skip


def receipt_hash(receipt_key: bytes, receipt: str) -> str:
    """Return the keyed hash under which a receipt is found."""
    return keyed_hash(receipt_key, "receipt:" + canonical_receipt(receipt))


def keep_once(database: Database, answer: Answer, table: Kept, insert: Callable[[PlainWriter], None]) -> Filed:
    """Insert a filing into `table` and return its answer; the first answer, where its key was seen before.

    `insert` chains its audit event last: from there on one filing waits for the other, and the look at the other table
    sees all that came before. Raises IdempotencyConflict when the key came with another body, StoreUnavailable.
    """

    def work(writer: PlainWriter) -> None:
        insert(writer)
        if answer.idempotency_hash and writer.ask(_OF_KEY[_OTHER[table]], {"hash": answer.idempotency_hash}):
            raise _KnownKey

    try:
        database.add(work)
    except (IntegrityError, _KnownKey):
        if answer.idempotency_hash is None:
            raise
        return _answer_again(database, answer)
    return Filed(answer.id, answer.receipt, is_new=True)


def _answer_again(database: Database, answer: Answer) -> Filed:
    # In this order: what is read in between goes from the first table to the second.
    for table in (UnreadFiling, Complaint):
        with database.querying() as connection:
            first = connection.execute(_OF_KEY[table], {"hash": answer.idempotency_hash}).first()
        if first is not None:
            break
    if first is None or first.request_hash != answer.request_hash:
        raise IdempotencyConflict
    # The first request may still be waiting for it.
    database.reach_disk()
    return Filed(first.id, answer.receipt, is_new=False)
