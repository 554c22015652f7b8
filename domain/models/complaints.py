"""What borrowers filed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime, one_of
from domain.models.vocabulary import COMPLAINT_STATES, CONSENTS, OUTCOMES

if TYPE_CHECKING:
    from domain.models.mentions import LenderMention, TacticMention
    from domain.models.registry import Lender


class Complaint(Base):
    """What a borrower filed. `narrative` is sealed; only `public_text` may ever leave the store for readers."""

    __tablename__ = "complaint"
    __table_args__ = (
        one_of("status", COMPLAINT_STATES, "status"),
        one_of("consent", CONSENTS, "consent"),
        Index("ix_complaint_status_pk", "status", "pk"),
        {"sqlite_autoincrement": True},
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    status: Mapped[str] = mapped_column(String(20), default="received")
    consent: Mapped[str] = mapped_column(String(20))
    lender_pk: Mapped[int | None] = mapped_column(ForeignKey("lender.pk"), index=True)
    lender_text: Mapped[str] = mapped_column(String(200), default="")
    narrative: Mapped[str] = mapped_column(Text, default="")
    public_text: Mapped[str] = mapped_column(Text, default="")
    product: Mapped[str] = mapped_column(String(200), default="")
    occurred_on: Mapped[date | None] = mapped_column(Date)
    region: Mapped[str | None] = mapped_column(String(6))
    language: Mapped[str] = mapped_column(String(10), default="zh-Hans")
    contact_sealed: Mapped[str | None] = mapped_column(Text)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    idempotency_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    request_hash: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)

    lender: Mapped[Lender | None] = relationship()
    lender_mentions: Mapped[list[LenderMention]] = relationship(
        cascade="all, delete-orphan", order_by="LenderMention.pk", back_populates="complaint"
    )
    tactic_mentions: Mapped[list[TacticMention]] = relationship(
        cascade="all, delete-orphan", order_by="TacticMention.pk", back_populates="complaint"
    )
    scripts: Mapped[list[ComplaintScript]] = relationship(
        cascade="all, delete-orphan", order_by="ComplaintScript.pk", back_populates="complaint"
    )
    threats: Mapped[list[ComplaintThreat]] = relationship(
        cascade="all, delete-orphan", order_by="ComplaintThreat.pk", back_populates="complaint"
    )


class ComplaintScript(Base):
    """A collector's message, word for word (`text` is sealed) and as it may be published (`public_text`)."""

    __tablename__ = "complaint_script"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    public_text: Mapped[str] = mapped_column(Text)

    complaint: Mapped[Complaint] = relationship(back_populates="scripts")


class ComplaintThreat(Base):
    """What the collector announced, for when, and what became of it."""

    __tablename__ = "complaint_threat"
    __table_args__ = (one_of("outcome", OUTCOMES, "outcome"),)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    tactic_code: Mapped[str] = mapped_column(ForeignKey("tactic.code"))
    announced_for: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(20))

    complaint: Mapped[Complaint] = relationship(back_populates="threats")
