"""What the reader made of a record: its rows, and a note of them by which a moderator's later changes are told."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from domain.models import COUNTED_ASSERTIONS, LenderMention, TacticMention
from domain.readings import Reading
from domain.store import records

Note = dict[str, Any]
# Stands in the note of a record that the reader failed at: none of its words may be shown.
UNREADABLE = "unreadable"


def as_read(reading: Reading, scripts: Sequence[Reading] = ()) -> Note:
    """Return the note: hashes of the public texts, where the masks stood in the original, and what was tagged."""
    return {
        "text": text_hash(reading.public_text),
        "masks": [[mask.original_start, mask.original_end] for mask in reading.masks],
        "lenders": sorted({lender_key(find.slug, find.role) for find in reading.lenders}),
        "tactics": sorted({tactic_key(find.code, find.assertion) for find in reading.tactics}),
        "scripts": [text_hash(script.public_text) for script in scripts],
    }


def text_hash(public_text: str) -> str:
    """Return a hash of a public text: another one than was noted means that a moderator edited it."""
    return hashlib.sha256(public_text.encode("utf-8", "surrogatepass")).hexdigest()


def lender_key(slug: str, role: str) -> str:
    """Return what tells one tag of a lender from another."""
    return f"{slug}:{role}"


def tactic_key(code: str, assertion: str) -> str:
    """Return what tells one tag of a tactic from another."""
    return f"{code}:{assertion}"


def lender_rows(session: Session, reading: Reading, without: Iterable[str] = ()) -> list[LenderMention]:
    """Return the rows for the lenders found, those of the registry, but for the keys in `without`."""
    keys = records.lender_keys(session, [find.slug for find in reading.lenders])
    return [LenderMention(**row) for row in lender_values(reading, keys, without)]


def lender_values(reading: Reading, keys: Mapping[str, int], without: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return the same as plain values; `keys` is {slug: row number} of the registry."""
    left_out = set(without)
    return [
        {"lender_pk": keys[find.slug], "role": find.role, "said_by": "classifier", "start": find.start,
         "end": find.end, "surface": find.surface, "confidence": find.confidence, "reason": find.reason}
        for find in reading.lenders
        if find.slug in keys and (not left_out or lender_key(find.slug, find.role) not in left_out)
    ]  # fmt: skip


def tactic_rows(reading: Reading, *, may_count: bool, without: Iterable[str] = ()) -> list[TacticMention]:
    """Return the rows for the tactics found, but for the keys in `without`; an article's are never counted."""
    return [TacticMention(**row) for row in tactic_values(reading, may_count=may_count, without=without)]


def tactic_values(reading: Reading, *, may_count: bool, without: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return the same as plain values."""
    left_out = set(without)
    return [
        {"tactic_code": find.code, "assertion": find.assertion, "said_by": "classifier", "start": find.start,
         "end": find.end, "counted": may_count and find.assertion in COUNTED_ASSERTIONS, "quote": find.quote,
         "confidence": find.confidence, "reason": find.reason}
        for find in reading.tactics
        if not left_out or tactic_key(find.code, find.assertion) not in left_out
    ]  # fmt: skip
