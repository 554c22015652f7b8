"""The outbox to the index, and the log of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.columns import Base, RowNumber, UtcDateTime


class OutboxRow(Base):
    """A record whose document in the index may have to change; written in the transaction that changed the record."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "done_at", "set_aside_at", "pk"),
        {"sqlite_autoincrement": True},
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    record_id: Mapped[str] = mapped_column(String(16), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str | None] = mapped_column(Text)


class AuditEvent(Base):
    """Who did what to which record, and when. Rows are only ever added, numbered without gaps and chained by hash."""

    __tablename__ = "audit_event"
    __table_args__ = ({"sqlite_autoincrement": True},)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Of the event before; of the event itself, its number and that hash taken in (domain.store.audit).
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The one row that says where the audit log ends; whoever adds to the log holds it until the commit."""

    __tablename__ = "audit_head"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(RowNumber)
    hash: Mapped[str] = mapped_column(String(64))
