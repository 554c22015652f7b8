"""The moderators' queue: oldest and gravest first, a page at a time, however many wait.

The order is gravity × (days waited + 1). Within one gravity that is the order of arrival, so a page is put together
from the heads of one run of the index `ix_complaint_queue` for each state and gravity, and the next page goes on where
the last one ended: a page costs the same with a hundred waiting and with a hundred thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from domain.gravity import LEAST, MOST
from domain.models import Complaint, EvidenceFile, Lender, Message, TacticMention
from domain.store.database import Database, now
from domain.store.moderation import TAKEN_FOR

PAGE = 25
EXCERPT = 160
# {state as asked for: the states of complaints}
STATES = {
    "waiting": ("received", "in_review"),
    "held": ("held",),
    "published": ("published",),
    "rejected": ("rejected",),
}
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
    values |= {name: getattr(asked, name) for name in ("lender", "tactic", "language", "consent", "free_for")}
    top = cursor.instant + timedelta(days=1)
    for gravity in GRAVITIES:
        values |= _bounds(gravity, top, cursor)
    found = session.execute(_statement(*_shape(asked)), values)
    scored = [(-row.gravity * ((top - row.received_at) // _MICROSECOND), row.pk) for row in found]
    return sorted(scored)[:size]


def _bounds(gravity: int, top: datetime, cursor: Cursor) -> dict[str, Any]:
    """Say where the run of one gravity goes on: after what has the cursor's score or a higher one."""
    if cursor.score is None:
        return {f"from_{gravity}": _START, f"after_{gravity}": -1}
    whole, rest = divmod(cursor.score, gravity)
    # Without a rest a complaint can have the very score of the cursor; then the row number says which came first.
    return {f"from_{gravity}": top - whole * _MICROSECOND, f"after_{gravity}": -1 if rest else cursor.pk}


def _shape(asked: QueueFilter) -> tuple[tuple[str, ...], frozenset[str]]:
    names = ("lender", "tactic", "language", "consent", "evidence", "answer", "free_for")
    return STATES[asked.state], frozenset(name for name in names if getattr(asked, name))


@lru_cache(maxsize=128)
def _statement(states: tuple[str, ...], used: frozenset[str]) -> Any:
    """Build the statement for the filters used; made once, since building it takes longer than asking it."""
    runs = []
    for state in states:
        for gravity in GRAVITIES:
            first = bindparam(f"from_{gravity}", type_=Complaint.received_at.type)
            after = bindparam(f"after_{gravity}", type_=Complaint.pk.type)
            place = and_(Complaint.received_at >= first, or_(Complaint.received_at > first, Complaint.pk > after))
            run = (
                select(Complaint.pk, Complaint.gravity, Complaint.received_at)
                .where(Complaint.status == state, Complaint.gravity == gravity, place, *_conditions(used))
                .order_by(Complaint.received_at, Complaint.pk)
                .limit(bindparam("size"))
            )
            runs.append(select(run.subquery()))
    return union_all(*runs)


def _conditions(used: frozenset[str]) -> Iterable[Any]:
    if "consent" in used:
        yield Complaint.consent == bindparam("consent")
    else:
        # What nobody may ever see waits for no decision.
        yield Complaint.consent != "private"
    if "lender" in used:
        chosen = select(Lender.pk).where(Lender.slug == bindparam("lender")).scalar_subquery()
        yield Complaint.lender_pk.in_(select(Lender.pk).where(or_(Lender.pk == chosen, Lender.shown_as_pk == chosen)))
    if "tactic" in used:
        yield exists().where(
            TacticMention.complaint_pk == Complaint.pk, TacticMention.tactic_code == bindparam("tactic"),
            TacticMention.counted,
        )  # fmt: skip
    if "language" in used:
        yield Complaint.language == bindparam("language")
    if "evidence" in used:
        yield exists().where(EvidenceFile.complaint_pk == Complaint.pk)
    if "answer" in used:
        yield _last_letter() == "borrower"
    if "free_for" in used:
        stale = bindparam("stale", type_=Complaint.taken_at.type)
        yield or_(Complaint.taken_by == "", Complaint.taken_by == bindparam("free_for"), Complaint.taken_at < stale)


def _last_letter() -> Any:
    letters = select(Message.written_by).where(Message.complaint_pk == Complaint.pk)
    return letters.order_by(Message.pk.desc()).limit(1).correlate(Complaint).scalar_subquery()


Shown = aliased(Lender)
_ROWS = (
    select(
        Complaint.pk, Complaint.id, Complaint.status, Complaint.gravity, Complaint.received_at, Complaint.consent,
        Complaint.language, Shown.slug.label("lender"), Complaint.lender_text,
        func.substr(Complaint.public_text, 1, EXCERPT).label("excerpt"), Complaint.taken_by, Complaint.taken_at,
        Complaint.as_read,
        select(func.count()).where(EvidenceFile.complaint_pk == Complaint.pk).correlate(Complaint).scalar_subquery()
        .label("files"),
        _last_letter().label("last_letter"),
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
        row.files, row.last_letter == "borrower",
    )  # fmt: skip
