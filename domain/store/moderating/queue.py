"""The moderators' queue: oldest and gravest first, a page at a time, however many wait.

The order is gravity × (days waited + 1). Within one gravity that is the order of arrival, so a page is put together
from the heads of one run of an index for each state and gravity (of complaints, or of the marks by which the queue is
narrowed), and the next page goes on where the last one ended: a page costs the same with a hundred waiting and with a
hundred thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from domain.models import CONSENTS, Complaint, EvidenceFile, Lender, QueueMark, TacticMention
from domain.moderation.gravity import LEAST, MOST
from domain.store.database import Database, now
from domain.store.moderating.moderation import TAKEN_FOR
from domain.store.moderating.queue_marks import ANSWER, EVIDENCE, STATES, last_letter
from domain.store.retagging.as_read import UNREADABLE

PAGE = 25
EXCERPT = 160
# Nobody counts further by looking.
COUNTED_TO = 10_000
GRAVITIES = range(MOST, LEAST - 1, -1)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class QueueFilter:
    """What to show of the queue: each empty for all. `lender` is a slug, `tactic` a code that is counted."""

    state: str = "waiting"
    lender: str = ""
    tactic: str = ""
    language: str = ""
    consent: str = ""
    evidence: bool = False
    answer: bool = False
    # Of what others have before them nothing, for who is to be given the next one.
    free_for: str = ""


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the instant that ages are counted at, the last score (µs), the last row number."""

    instant: datetime
    score: int | None = None
    pk: int = 0


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue; `tactics` are (code, assertion, counted)."""

    pk: int
    id: str
    status: str
    gravity: int
    received_at: datetime
    consent: str
    language: str
    lender: str | None
    lender_text: str
    excerpt: str
    taken_by: str
    taken_at: datetime | None
    masks: int
    tactics: list[tuple[str, str, bool]] = field(default_factory=list)
    files: int = 0
    waits_for_answer: bool = False
    is_unreadable: bool = False


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue, and the cursor of the next one."""

    rows: list[QueueRow]
    next: Cursor | None


def queue_page(database: Database, asked: QueueFilter, cursor: Cursor | None = None, size: int = PAGE) -> QueuePage:
    """Return one page of the queue."""
    cursor = cursor or Cursor(now())
    with database.reading() as session:
        heads = _heads(session, asked, cursor, size + 1)
        pks = [pk for _, pk in heads[:size]]
        rows = _rows(session, pks)
    following = replace(cursor, score=-heads[size - 1][0], pk=heads[size - 1][1]) if len(heads) > size else None
    return QueuePage(rows, following)


def next_id(database: Database, asked: QueueFilter, actor: str) -> str | None:
    """Return the id of the first complaint that nobody else has before them, or None."""
    with database.reading() as session:
        heads = _heads(session, replace(asked, free_for=actor), Cursor(now()), 1)
        return session.scalar(select(Complaint.id).where(Complaint.pk == heads[0][1])) if heads else None


def count_waiting(database: Database) -> int:
    """Count what waits and may be published, up to COUNTED_TO."""
    some = select(Complaint.pk).where(Complaint.status.in_(STATES["waiting"])).limit(COUNTED_TO).subquery()
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(some)) or 0


def _heads(session: Session, asked: QueueFilter, cursor: Cursor, size: int) -> list[tuple[int, int]]:
    """Return (−score, row number) of the next complaints, in order."""
    values: dict[str, Any] = {"size": size, "stale": now() - TAKEN_FOR}
    values |= {name: getattr(asked, name) for name in ("tactic", "language", "free_for")}
    lenders = _lenders(session, asked.lender) if asked.lender else []
    values |= {f"lender_{number}": pk for number, pk in enumerate(lenders)}
    top = cursor.instant + timedelta(days=1)
    for gravity in GRAVITIES:
        values |= _bounds(gravity, top, cursor)
    if asked.lender and not lenders:
        return []
    found = session.execute(_statement(_shape(asked, len(lenders))), values)
    scored = [(-row.gravity * ((top - row.received_at) // _MICROSECOND), row.pk) for row in found]
    return sorted(scored)[:size]


def _lenders(session: Session, slug: str) -> list[int]:
    """Return the numbers of a lender and of those merged into it."""
    chosen = select(Lender.pk).where(Lender.slug == slug).scalar_subquery()
    return list(session.scalars(select(Lender.pk).where(or_(Lender.pk == chosen, Lender.shown_as_pk == chosen))))


def _bounds(gravity: int, top: datetime, cursor: Cursor) -> dict[str, Any]:
    """Say where the run of one gravity goes on: after what has the cursor's score or a higher one."""
    if cursor.score is None:
        return {f"from_{gravity}": _START, f"after_{gravity}": -1}
    whole, rest = divmod(cursor.score, gravity)
    # Without a rest a complaint can have the very score of the cursor; then the row number says which came first.
    return {f"from_{gravity}": top - whole * _MICROSECOND, f"after_{gravity}": -1 if rest else cursor.pk}


@dataclass(frozen=True)
class _Shape:
    """Which filters are used: what the statement depends on besides its values."""

    state: str
    consents: tuple[str, ...]
    lenders: int
    used: frozenset[str]


def _shape(asked: QueueFilter, lenders: int) -> _Shape:
    # What nobody may ever see waits for no decision.
    consents = (asked.consent,) if asked.consent else tuple(one for one in CONSENTS if one != "private")
    names = ("answer", "evidence", "tactic", "language", "free_for")
    return _Shape(asked.state, consents, lenders, frozenset(name for name in names if getattr(asked, name)))


@lru_cache(maxsize=256)
def _statement(shape: _Shape) -> Any:
    """Build the statement for the filters used; made once, since building it takes longer than asking it."""
    marks: list[str] = [name for name in ("answer", "evidence", "tactic") if name in shape.used]
    starts = list(_starts_of_marks(shape, marks) if marks else _starts_of_complaints(shape))
    runs = []
    for gravity in GRAVITIES:
        for table, pk, conditions in starts:
            first = bindparam(f"from_{gravity}", type_=Complaint.received_at.type)
            after = bindparam(f"after_{gravity}", type_=Complaint.pk.type)
            place = and_(table.received_at >= first, or_(table.received_at > first, pk > after))
            run = (
                select(pk.label("pk"), table.gravity, table.received_at)
                .where(*conditions, table.gravity == gravity, place)
                .order_by(table.received_at, pk)
                .limit(bindparam("size"))
            )
            runs.append(select(run.subquery()))
    return union_all(*runs)


def _starts_of_complaints(shape: _Shape) -> Iterable[tuple[Any, Any, list[Any]]]:
    """Yield (table, its complaint's number, conditions) such that each start has an index in the queue's order."""
    for status in STATES[shape.state]:
        common = [Complaint.status == status, *_conditions(shape)]
        for number in range(shape.lenders):
            lender = Complaint.lender_pk == bindparam(f"lender_{number}")
            yield Complaint, Complaint.pk, [lender, Complaint.consent.in_(shape.consents), *common]
        if not shape.lenders:
            for consent in shape.consents:
                yield Complaint, Complaint.pk, [Complaint.consent == consent, *common]


def _starts_of_marks(shape: _Shape, marks: list[str]) -> Iterable[tuple[Any, Any, list[Any]]]:
    """Yield the run of the marks used that are likely to be the fewest; the other marks are looked up."""
    of_it = and_(Complaint.pk == QueueMark.complaint_pk, Complaint.consent.in_(shape.consents))
    lenders = [Complaint.lender_pk == bindparam(f"lender_{number}") for number in range(shape.lenders)]
    others = [aliased(QueueMark) for _ in marks[1:]]
    also = [
        exists().where(
            other.mark == _mark(name), other.state == QueueMark.state, other.gravity == QueueMark.gravity,
            other.received_at == QueueMark.received_at, other.complaint_pk == QueueMark.complaint_pk,
        )
        for name, other in zip(marks[1:], others, strict=True)
    ]  # fmt: skip
    whose = exists().where(of_it, *([or_(*lenders)] if lenders else []), *_conditions(shape))
    yield QueueMark, QueueMark.complaint_pk, [
        QueueMark.mark == _mark(marks[0]), QueueMark.state == shape.state, *also, whose
    ]  # fmt: skip


def _mark(name: str) -> Any:
    return {"answer": ANSWER, "evidence": EVIDENCE, "tactic": bindparam("tactic")}[name]


def _conditions(shape: _Shape) -> Iterable[Any]:
    if "language" in shape.used:
        yield Complaint.language == bindparam("language")
    if "free_for" in shape.used:
        stale = bindparam("stale", type_=Complaint.taken_at.type)
        yield or_(Complaint.taken_by == "", Complaint.taken_by == bindparam("free_for"), Complaint.taken_at < stale)


Shown = aliased(Lender)
_ROWS = (
    select(
        Complaint.pk, Complaint.id, Complaint.status, Complaint.gravity, Complaint.received_at, Complaint.consent,
        Complaint.language, Shown.slug.label("lender"), Complaint.lender_text,
        func.substr(Complaint.public_text, 1, EXCERPT).label("excerpt"), Complaint.taken_by, Complaint.taken_at,
        Complaint.as_read,
        select(func.count()).where(EvidenceFile.complaint_pk == Complaint.pk).correlate(Complaint).scalar_subquery()
        .label("files"),
        last_letter().label("last_letter"),
    )
    .outerjoin(Lender, Lender.pk == Complaint.lender_pk)
    .outerjoin(Shown, Shown.pk == func.coalesce(Lender.shown_as_pk, Lender.pk))
    .where(Complaint.pk.in_(bindparam("pks", expanding=True)))
)  # fmt: skip
_TAGS = (
    select(TacticMention.complaint_pk, TacticMention.tactic_code, TacticMention.assertion, TacticMention.counted)
    .where(TacticMention.complaint_pk.in_(bindparam("pks", expanding=True)))
    .order_by(TacticMention.pk)
)


def _rows(session: Session, pks: list[int]) -> list[QueueRow]:
    if not pks:
        return []
    found = {row.pk: row for row in session.execute(_ROWS, {"pks": pks})}
    tags: dict[int, dict[tuple[str, str, bool], None]] = {}
    for tag in session.execute(_TAGS, {"pks": pks}):
        of_it = tags.setdefault(tag.complaint_pk or 0, {})
        of_it[tag.tactic_code, tag.assertion, tag.counted] = None
    return [_row(found[pk], list(tags.get(pk, ()))) for pk in pks if pk in found]


def _row(row: Any, tactics: list[tuple[str, str, bool]]) -> QueueRow:
    return QueueRow(
        row.pk, row.id, row.status, row.gravity, row.received_at, row.consent, row.language, row.lender,
        row.lender_text, row.excerpt, row.taken_by, row.taken_at, len((row.as_read or {}).get("masks", ())), tactics,
        row.files, row.last_letter == "borrower", UNREADABLE in (row.as_read or {}),
    )  # fmt: skip
