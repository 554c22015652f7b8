"""What was answered for and not read yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.columns import Base, RowNumber, UtcDateTime


class UnreadFiling(Base):
    """A filing as it was sent (`filing` is as private as a narrative), until it is read and becomes a complaint.

    It is no complaint: whoever asks for complaints can't come upon words whose masks are not there yet. `id`,
    `received_at` and the hashes are those that the complaint will have.
    """

    __tablename__ = "unread_filing"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16))
    filing: Mapped[str] = mapped_column(Text)
    contact_sealed: Mapped[str | None] = mapped_column(Text)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    idempotency_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    request_hash: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
