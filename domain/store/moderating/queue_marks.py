"""What the queue can be narrowed by without looking at each complaint: marks, placed as their complaint is in it.

A mark is the code of a counted tactic, EVIDENCE or ANSWER. They are put right at the end of each transaction that
changed a complaint, from what then stands in its own tables; nothing else is read off them than the queue's order.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, case, delete, exists, insert, literal, select, union
from sqlalchemy.orm import Session

from domain.models import Complaint, EvidenceFile, Message, QueueMark, TacticMention
from domain.store.database import before_commit

# No code of a tactic begins so.
EVIDENCE, ANSWER = "+evidence", "+answer"
# {state as the queue shows it: the states of complaints}
STATES = {
    "waiting": ("received", "in_review"),
    "held": ("held",),
    "published": ("published",),
    "rejected": ("rejected",),
}
_CHANGED = "complaints whose marks are put right"


def of_new(
    complaint: Mapping[str, Any], tactics: Iterable[Mapping[str, Any]], has_evidence: bool
) -> list[dict[str, Any]]:
    """Return the marks of a complaint that is only just added, from the rows of it and of its tactics."""
    codes = dict.fromkeys(mention["tactic_code"] for mention in tactics if mention["counted"])
    place = {"state": "waiting", "gravity": complaint["gravity"], "received_at": complaint["received_at"]}
    return [{"mark": mark, **place} for mark in (*codes, *((EVIDENCE,) if has_evidence else ()))]


def put_right(session: Session, complaint: Complaint) -> None:
    """Have the marks of a complaint put right at the end of the caller's transaction."""
    changed: dict[int, None] = session.info.setdefault(_CHANGED, {})
    if not changed:
        before_commit(session, _put_right)
    changed[complaint.pk] = None


def put_all_right(session: Session) -> None:
    """Make every mark anew, after rows were written past the store's own functions."""
    session.flush()
    session.execute(delete(QueueMark))
    _insert(session.connection(), None)


def last_letter() -> Any:
    """Return the expression for who wrote the last letter about a complaint."""
    letters = select(Message.written_by).where(Message.complaint_pk == Complaint.pk)
    return letters.order_by(Message.pk.desc()).limit(1).correlate(Complaint).scalar_subquery()


def _put_right(session: Session) -> None:
    session.flush()
    for pk in session.info.pop(_CHANGED):
        session.execute(delete(QueueMark).where(QueueMark.complaint_pk == pk))
        _insert(session.connection(), pk)


def _insert(connection: Connection, complaint_pk: int | None) -> None:
    counted = select(TacticMention.tactic_code.label("mark"), *_PLACE).join(
        TacticMention, TacticMention.complaint_pk == Complaint.pk
    )
    marks = (
        counted.where(TacticMention.counted),
        select(literal(EVIDENCE), *_PLACE).where(exists().where(EvidenceFile.complaint_pk == Complaint.pk)),
        select(literal(ANSWER), *_PLACE).where(last_letter() == "borrower"),
    )
    names = ["mark", "state", "gravity", "received_at", "complaint_pk"]
    connection.execute(insert(QueueMark).from_select(names, union(*(_of(query, complaint_pk) for query in marks))))


def _of(query: Select[Any], complaint_pk: int | None) -> Select[Any]:
    query = query.where(Complaint.status != "withdrawn")
    return query if complaint_pk is None else query.where(Complaint.pk == complaint_pk)


_STATE = case({state: shown for shown, states in STATES.items() for state in states}, value=Complaint.status)
_PLACE = (_STATE.label("state"), Complaint.gravity, Complaint.received_at, Complaint.pk)
