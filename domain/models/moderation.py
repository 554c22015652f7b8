"""What moderators decide, what lenders reply, what is disputed, and what was taken out of public sight."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime, one_of
from domain.models.vocabulary import DECISIONS, DISPUTE_REASONS, DISPUTE_STATES, REMOVAL_ACTIONS, REPLY_STATES

if TYPE_CHECKING:
    from domain.models.complaints import Complaint
    from domain.models.registry import Lender
    from domain.models.staff import StaffAccount


class Decision(Base):
    """A moderator's decision on a complaint: its reason as a code, and in words that are sealed. Only ever added."""

    __tablename__ = "decision"
    __table_args__ = (one_of("decision", DECISIONS, "decision"),)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    # The version that the moderator had before their eyes.
    version: Mapped[int] = mapped_column(Integer)
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40), default="")
    words_sealed: Mapped[str | None] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(80))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SketchKey(Base):
    """A key under which complaints that say nearly the same are found (domain.store.intake.look_alikes)."""

    __tablename__ = "sketch_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    complaint_pk: Mapped[int] = mapped_column(
        ForeignKey("complaint.pk", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )


class QueueMark(Base):
    """What the queue can be narrowed by, placed as its complaint is there (domain.store.moderating.queue_marks)."""

    __tablename__ = "queue_mark"
    __table_args__ = ({"sqlite_with_rowid": False},)

    mark: Mapped[str] = mapped_column(String(60), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), primary_key=True)
    gravity: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(
        ForeignKey("complaint.pk", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )


class RepresentativeCheck(Base):
    """How an admin made sure that an account speaks for its lender; with another lender it holds no more."""

    __tablename__ = "representative_check"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    account_pk: Mapped[int] = mapped_column(ForeignKey("staff_account.pk", ondelete="CASCADE"), index=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk"), index=True)
    how: Mapped[str] = mapped_column(Text)
    checked_by: Mapped[str] = mapped_column(String(80))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[StaffAccount] = relationship()


class LenderReply(Base):
    """What a lender says to a published complaint: `text` as written, `public_text` masked, shown once published."""

    __tablename__ = "lender_reply"
    __table_args__ = (one_of("status", REPLY_STATES, "status"), Index("ix_lender_reply_status_pk", "status", "pk"))

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk"), index=True)
    account_pk: Mapped[int] = mapped_column(ForeignKey("staff_account.pk"), index=True)
    status: Mapped[str] = mapped_column(String(20), default="waiting")
    text: Mapped[str] = mapped_column(Text)
    public_text: Mapped[str] = mapped_column(Text)
    # What moderators masked in it besides what is masked in the complaint.
    hidden_words: Mapped[list[str]] = mapped_column(JSON, default=list)
    language: Mapped[str] = mapped_column(String(10), default="zh-Hans")
    # Why it was not published, for the representative to read.
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    complaint: Mapped[Complaint] = relationship(back_populates="all_replies")
    lender: Mapped[Lender] = relationship()


class Dispute(Base):
    """What somebody holds against a public record; their words and how to reach them are sealed."""

    __tablename__ = "dispute"
    __table_args__ = (
        one_of("reason", DISPUTE_REASONS, "reason"),
        one_of("status", DISPUTE_STATES, "status"),
        Index("ix_dispute_status_pk", "status", "pk"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    record_id: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), default="waiting")
    words_sealed: Mapped[str] = mapped_column(Text)
    contact_sealed: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Removal(Base):
    """A line of the public log: which record was kept, corrected, taken down or restored, and why. Only ever added.

    `before` and `consent_before` say what a record was when it was taken down, for it to come back exactly so.
    """

    __tablename__ = "removal"
    __table_args__ = (one_of("action", REMOVAL_ACTIONS, "action"), one_of("reason", DISPUTE_REASONS, "reason"))

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    record_id: Mapped[str] = mapped_column(String(16), index=True)
    action: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(20))
    # In words for everybody, masked like every public text.
    note: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[str] = mapped_column(String(20), default="")
    consent_before: Mapped[str] = mapped_column(String(20), default="")
    dispute_pk: Mapped[int | None] = mapped_column(ForeignKey("dispute.pk"), index=True)
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
