"""Families of collectors' messages in the store: each message gets its own when it is filed, and is looked up by it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, distinct, exists, func, select, union_all
from sqlalchemy.orm import Session

from domain.fingerprints import Pieces, packed, unpacked
from domain.fingerprints.script_families import (
    ADDS_NOTHING,
    ALIKE,
    COMPARED,
    KEYS,
    LONGEST_LIST,
    SHAPES_OF_A_FAMILY,
    KnownShape,
    alikeness,
    likest,
    script_keys,
)
from domain.fingerprints.scripts import script_shape
from domain.models import Complaint, ComplaintScript, Lender, ScriptFamily, ScriptKey, ScriptShape
from domain.readings import Reading
from domain.store import records
from domain.store.database import Database, now
from domain.store.plain_inserts import PlainWriter


@dataclass(frozen=True)
class Member:
    """A published message of a family: the complaint that it came with and its public words."""

    complaint_id: str
    text: str
    received_at: datetime


@dataclass(frozen=True)
class Family:
    """What readers may know of a family: how many published complaints brought it, against whom, since when.

    `complaints` are counted each once, however many of their messages are of the family; `lenders` are (slug,
    complaints), the most first; `members` are of complaints whose words may be shown, the newest first.
    """

    id: str
    complaints: int
    first_seen: datetime | None
    last_seen: datetime | None
    lenders: tuple[tuple[str, int], ...]
    members: tuple[Member, ...]


def place(writer: PlainWriter, readings: Sequence[Reading]) -> list[int | None]:
    """Return the row of each message's family, in the caller's transaction: a known one, or a new one.

    None for a message that has no words.
    """
    placed: list[tuple[Pieces, int]] = []  # two messages of one filing may be alike
    families: list[int | None] = []
    for reading in readings:
        family, shape = None, script_shape(reading)
        if shape:
            beside = next((number for other, number in placed if alikeness(shape, other) >= ALIKE), None)
            family = beside or _place(writer, shape)
            placed.append((shape, family))
        families.append(family)
    return families


def find(database: Database, shape: Pieces) -> str | None:
    """Return the id of the family that a message's shape is of, or None; some milliseconds among a million shapes."""
    with database.reading() as session:
        known, _ = likest(shape, _candidates(PlainWriter.within(session.connection()), shape))
        return session.scalar(select(ScriptFamily.id).where(ScriptFamily.pk == known.family)) if known else None


def published(database: Database, family_id: str, limit: int = 20) -> Family | None:
    """Return a family with its count and up to `limit` messages; None when no published complaint has it."""
    with database.reading() as session:
        counted = _public(
            select(func.count(distinct(Complaint.pk)), func.min(Complaint.received_at), func.max(Complaint.received_at))
        ).where(ScriptFamily.id == family_id)
        complaints, first, last = session.execute(counted).one()
        if not complaints:
            return None
        lenders = _public(select(Lender.slug, func.count(distinct(Complaint.pk)))).where(ScriptFamily.id == family_id)
        lenders = lenders.join(Lender, Complaint.lender_pk == Lender.pk).group_by(Lender.slug)
        words = _public(select(Complaint.id, ComplaintScript.public_text, Complaint.received_at))
        words = words.where(ScriptFamily.id == family_id, Complaint.consent == "publish")
        members = session.execute(words.order_by(Complaint.pk.desc(), ComplaintScript.pk).limit(limit))
        named = sorted(((slug, number) for slug, number in session.execute(lenders)), key=lambda row: (-row[1], row[0]))
        return Family(family_id, complaints, first, last, tuple(named), tuple(Member(*row) for row in members))


def largest(database: Database, limit: int = 50) -> list[tuple[str, int]]:
    """Return (family id, published complaints) of the families that most complaints brought."""
    count = func.count(distinct(Complaint.pk))
    with database.reading() as session:
        query = (
            _public(select(ScriptFamily.id, count)).group_by(ScriptFamily.id).order_by(count.desc(), ScriptFamily.id)
        )
        return [(family, complaints) for family, complaints in session.execute(query.limit(limit))]


def of_complaint(database: Database, complaint_id: str) -> list[str | None]:
    """Return the family's id for each message of a complaint, in its order."""
    with database.reading() as session:
        return list(
            session.scalars(
                select(ScriptFamily.id)
                .select_from(ComplaintScript)
                .join(Complaint, ComplaintScript.complaint_pk == Complaint.pk)
                .join(ScriptFamily, ComplaintScript.family_pk == ScriptFamily.pk, isouter=True)
                .where(Complaint.id == complaint_id)
                .order_by(ComplaintScript.pk)
            )
        )


def remove_empty(session: Session, family_pks: Collection[int]) -> None:
    """Delete those of the families that no message is of any more: with the last message goes its shape."""
    empty = select(ScriptFamily).where(
        ScriptFamily.pk.in_(family_pks), ~exists().where(ComplaintScript.family_pk == ScriptFamily.pk)
    )
    for family in session.scalars(empty):
        session.delete(family)


def _place(writer: PlainWriter, shape: Pieces) -> int:
    known, alike = likest(shape, _candidates(writer, shape))
    if known is None:
        new = {"id": records.new_id(records.FAMILY_PREFIX), "created_at": now()}
        family, shapes = writer.add(ScriptFamily, new), 0
    else:
        family, shapes = known.family, writer.ask(_SHAPES, {"family": known.family})[0][0]
    if alike < ADDS_NOTHING and shapes < SHAPES_OF_A_FAMILY:
        number = writer.add(ScriptShape, {"family_pk": family, "pieces": packed(shape)})
        writer.add_all(ScriptKey, [{"key": key, "shape_pk": number} for key in dict.fromkeys(script_keys(shape))])
    return family


def _candidates(writer: PlainWriter, shape: Pieces) -> list[KnownShape]:
    """Return the shapes that share the most keys with this one."""
    numbered = {f"key_{number}": key for number, key in enumerate(script_keys(shape))}
    likely = writer.ask(_MOST_SHARED, numbered) if numbered else ()
    rows = [row for (number,) in likely for row in writer.ask(_SHAPE, {"shape": number})]
    return [KnownShape(family, unpacked(pieces)) for family, pieces in rows]


def _most_shared() -> Select[Any]:
    """One search of bounded length for each key: the same work among a million shapes as among few."""
    searches = []
    for number in range(KEYS):
        one = select(ScriptKey.shape_pk).where(ScriptKey.key == bindparam(f"key_{number}")).limit(LONGEST_LIST)
        searches.append(select(one.subquery().c.shape_pk))
    found = union_all(*searches).subquery()
    ranked = select(found.c.shape_pk).group_by(found.c.shape_pk)
    return ranked.order_by(func.count().desc(), found.c.shape_pk).limit(COMPARED)


_MOST_SHARED = _most_shared()
_SHAPE = select(ScriptShape.family_pk, ScriptShape.pieces).where(ScriptShape.pk == bindparam("shape"))
_SHAPES = select(func.count()).where(ScriptShape.family_pk == bindparam("family"))


def _public(query: Any) -> Any:
    """Narrow a query to messages of published complaints."""
    return (
        query.select_from(ScriptFamily)
        .join(ComplaintScript, ComplaintScript.family_pk == ScriptFamily.pk)
        .join(Complaint, ComplaintScript.complaint_pk == Complaint.pk)
        .where(Complaint.status == "published", Complaint.consent != "private")
    )
