"""What lenders reply: by a verified representative, to a published complaint about their own lender, and moderated."""

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from domain.models import Complaint, Lender, LenderMention, LenderReply, StaffAccount
from domain.publishing import published
from domain.store import audit, records
from domain.store.database import Database, now
from domain.store.moderating.rereading import Read, read_reply
from domain.store.staff import representatives

# A lender says what it has to say, and once more; the rest is a quarrel for elsewhere.
MOST_REPLIES, MOST_WORDS = 3, 200


class NotTheirs(Exception):
    """The record is not public, shows no words, or is not about the representative's lender."""


class NotVerified(Exception):
    """No admin has verified that this account speaks for its lender."""


class TooManyReplies(Exception):
    """The lender has as many replies to this complaint as it may have."""


class UnknownReply(Exception):
    """There is no such reply."""


class ReplyChanged(Exception):
    """The reply is not any more what the moderator had before their eyes: nothing was done."""


def public_records_of(database: Database, lender_pk: int, limit: int, before: int | None = None) -> list[Complaint]:
    """Return published complaints about a lender (and those merged into it), newest first."""
    query = (
        records.whole_complaints()
        .where(Complaint.status == "published", Complaint.consent != "private", _about(lender_pk))
        .order_by(Complaint.pk.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Complaint.pk < min(before, 2**62))
    with database.reading() as session:
        return list(session.scalars(query))


def public_record_of(database: Database, lender_pk: int, complaint_id: str) -> Complaint:
    """Return one published complaint about a lender. Raises NotTheirs."""
    record = records.get(database, complaint_id)
    if not isinstance(record, Complaint) or not records.is_public(record):
        raise NotTheirs(complaint_id)
    if lender_pk not in {lender.pk for lender in published.subjects_of(record)}:
        raise NotTheirs(complaint_id)
    return record


def replies_to(database: Database, complaint_id: str, lender_pk: int) -> list[LenderReply]:
    """Return a lender's replies to one complaint, oldest first, whatever their state."""
    with database.reading() as session:
        query = select(LenderReply).join(Complaint, Complaint.pk == LenderReply.complaint_pk)
        query = query.where(Complaint.id == complaint_id, LenderReply.lender_pk == lender_pk)
        return list(session.scalars(query.order_by(LenderReply.pk)))


def add(database: Database, read: Read, account_pk: int, lender_pk: int, complaint_id: str, text: str) -> str:
    """Keep a reply for the moderators; return its id. Raises NotTheirs, NotVerified, TooManyReplies.

    What is masked in the complaint is masked in it: a lender knows the name of its borrower.
    """
    record = public_record_of(database, lender_pk, complaint_id)
    if not published.shows_text(record):
        raise NotTheirs(complaint_id)
    with database.writing() as session:
        if representatives.check_in_force(session, account_pk) is None:
            raise NotVerified(complaint_id)
        complaint = session.scalars(select(Complaint).where(Complaint.pk == record.pk).with_for_update()).one()
        there = select(func.count()).where(
            LenderReply.complaint_pk == record.pk, LenderReply.lender_pk == lender_pk,
            LenderReply.status.in_(("waiting", "published")),
        )  # fmt: skip
        if (session.scalar(there) or 0) >= MOST_REPLIES:
            raise TooManyReplies(complaint_id)
        reading = read_reply(complaint, read, text)
        reply = LenderReply(
            id=records.new_id(records.REPLY_PREFIX), version=1, complaint_pk=record.pk, lender_pk=lender_pk,
            account_pk=account_pk, status="waiting", text=text, public_text=reading.public_text,
            hidden_words=[], language=reading.language, reason="", decided_by="", written_at=now(),
        )  # fmt: skip
        session.add(reply)
        audit.note(session, _actor(session, account_pk), "reply.written", complaint_id, reply=reply.id)
        return reply.id


def take_back(database: Database, account_pk: int, reply_id: str) -> None:
    """Take a reply back, published or not, as whoever wrote it. Raises UnknownReply."""
    with database.writing() as session:
        reply = session.scalar(
            select(LenderReply)
            .options(joinedload(LenderReply.complaint, innerjoin=True))
            .where(LenderReply.id == reply_id, LenderReply.account_pk == account_pk)
        )
        if reply is None:
            raise UnknownReply(reply_id)
        reply.status, reply.version = "taken_back", reply.version + 1
        audit.note(session, _actor(session, account_pk), "reply.taken_back", reply.complaint.id, reply=reply.id)


def waiting(database: Database, limit: int = 100) -> list[LenderReply]:
    """Return the replies that wait, oldest first, with complaint and lender."""
    return _listed(database, LenderReply.status == "waiting", limit)


def decided(database: Database, limit: int = 30) -> list[LenderReply]:
    """Return the replies that are published or refused, the last decided first."""
    return _listed(database, LenderReply.status.in_(("published", "rejected")), limit, newest=True)


def mask(database: Database, read: Read, reply_id: str, version: int, words: list[str], actor: str) -> None:
    """Mask more words of what is or would be shown. Raises UnknownReply, ReplyChanged."""
    with database.writing() as session:
        reply = _locked(session, reply_id, version)
        reply.hidden_words = list(dict.fromkeys([*reply.hidden_words, *words]))[:MOST_WORDS]
        text = reply.text or reply.public_text
        reply.public_text = read_reply(reply.complaint, read, text, tuple(reply.hidden_words)).public_text
        _changed(session, reply, actor, "reply.masked")


def decide(database: Database, reply_id: str, version: int, status: str, reason: str, actor: str) -> None:
    """Publish a reply, refuse it with a reason, or take a published one out of sight again.

    Raises UnknownReply, ReplyChanged, ValueError for a status that there is not.
    """
    if status not in ("published", "rejected"):
        raise ValueError(f"no such decision: {status}")
    with database.writing() as session:
        reply = _locked(session, reply_id, version)
        reply.status, reply.reason, reply.decided_by, reply.decided_at = status, reason, actor, now()
        _changed(session, reply, actor, f"reply.{status}")


def get(database: Database, reply_id: str) -> LenderReply | None:
    """Return one reply with its complaint and lender."""
    found = _listed(database, LenderReply.id == reply_id, 1)
    return found[0] if found else None


def _about(lender_pk: int) -> ColumnElement[bool]:
    ours = select(Lender.pk).where(or_(Lender.pk == lender_pk, Lender.shown_as_pk == lender_pk))
    named = exists().where(
        LenderMention.complaint_pk == Complaint.pk, LenderMention.role == "subject", LenderMention.lender_pk.in_(ours)
    )
    return or_(Complaint.lender_pk.in_(ours), named)


def _listed(database: Database, condition: ColumnElement[bool], limit: int, newest: bool = False) -> list[LenderReply]:
    order = LenderReply.decided_at.desc() if newest else LenderReply.pk
    with database.reading() as session:
        query = select(LenderReply).options(
            joinedload(LenderReply.complaint), joinedload(LenderReply.lender).joinedload(Lender.shown_as)
        )
        return list(session.scalars(query.where(condition).order_by(order).limit(limit)))


def _locked(session: Session, reply_id: str, version: int) -> LenderReply:
    reply = session.scalar(select(LenderReply).where(LenderReply.id == reply_id).with_for_update())
    if reply is None or reply.status == "taken_back":
        raise UnknownReply(reply_id)
    if reply.version != version:
        raise ReplyChanged(reply_id)
    return reply


def _changed(session: Session, reply: LenderReply, actor: str, action: str) -> None:
    reply.version += 1
    # The record's page and exports have changed; its document has not, and its own version need not.
    session.execute(update(Complaint).where(Complaint.pk == reply.complaint_pk).values(updated_at=now()))
    complaint_id = session.scalar(select(Complaint.id).where(Complaint.pk == reply.complaint_pk)) or ""
    audit.note(session, actor, action, complaint_id, reply=reply.id)


def _actor(session: Session, account_pk: int) -> str:
    return f"staff:{session.get_one(StaffAccount, account_pk).name}"
