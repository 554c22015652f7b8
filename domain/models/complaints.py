"""What borrowers filed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime, index_of_samples, one_of
from domain.models.complaint_parts import ComplaintEvent, ComplaintScript, ComplaintThreat
from domain.models.vocabulary import AMOUNT_BANDS, COMPLAINT_STATES, CONSENTS, OVERDUE_BANDS, WRITERS

if TYPE_CHECKING:
    from domain.models.mentions import LenderMention, TacticMention
    from domain.models.moderation import Decision, LenderReply, SketchKey
    from domain.models.registry import Lender


class Complaint(Base):
    """What a borrower filed. `narrative` is sealed; only `public_text` may ever leave the store for readers.

    `more_masks` are words that the writer wants masked besides what the program finds: as private as the narrative.
    `sketch` tells filings that say nearly the same (domain.fingerprints.likeness). Both are for moderators alone.
    `hidden_words` and `shown_words` are what moderators masked besides, and what they lifted masks from: as private.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        one_of("status", COMPLAINT_STATES, "status"),
        one_of("consent", CONSENTS, "consent"),
        one_of("written_by", WRITERS, "written_by"),
        one_of("overdue", OVERDUE_BANDS, "overdue"),
        one_of("amount", AMOUNT_BANDS, "amount"),
        Index("ix_complaint_status_pk", "status", "pk"),
        index_of_samples("complaint"),
        # The queue's order is made of one run of an index for each state and gravity (domain.store.moderating.queue).
        Index("ix_complaint_queue", "status", "consent", "gravity", "received_at", "pk"),
        Index("ix_complaint_language_queue", "status", "language", "gravity", "received_at", "pk"),
        Index("ix_complaint_lender_queue", "lender_pk", "status", "gravity", "received_at", "pk"),
        {"sqlite_autoincrement": True},
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    status: Mapped[str] = mapped_column(String(20), default="received")
    consent: Mapped[str] = mapped_column(String(20))
    lender_pk: Mapped[int | None] = mapped_column(ForeignKey("lender.pk"))
    lender_text: Mapped[str] = mapped_column(String(200), default="")
    collector_pk: Mapped[int | None] = mapped_column(ForeignKey("lender.pk"), index=True)
    collector_text: Mapped[str] = mapped_column(String(200), default="")
    written_by: Mapped[str] = mapped_column(String(20), default="borrower")
    narrative: Mapped[str] = mapped_column(Text, default="")
    public_text: Mapped[str] = mapped_column(Text, default="")
    product: Mapped[str] = mapped_column(String(200), default="")
    occurred_on: Mapped[date | None] = mapped_column(Date)
    region: Mapped[str | None] = mapped_column(String(6))
    overdue: Mapped[str | None] = mapped_column(String(20))
    amount: Mapped[str | None] = mapped_column(String(20))
    wants: Mapped[list[str]] = mapped_column(JSON, default=list)
    more_masks: Mapped[list[str]] = mapped_column(JSON, default=list)
    hidden_words: Mapped[list[str]] = mapped_column(JSON, default=list)
    shown_words: Mapped[list[str]] = mapped_column(JSON, default=list)
    sketch: Mapped[str] = mapped_column(Text, default="")
    # 1 to 5: the severity of the gravest tactic that it counts under (domain.moderation.gravity).
    gravity: Mapped[int] = mapped_column(Integer, default=1)
    # What the reader made of the texts: what moderators changed since is told from it (domain.store.retagging.as_read).
    as_read: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    language: Mapped[str] = mapped_column(String(10), default="zh-Hans")
    contact_sealed: Mapped[str | None] = mapped_column(Text)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    idempotency_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    request_hash: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When a moderator last decided (published, rejected, …); retention counts from here. None while it waits.
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # When retention erased what was typed word for word; from then on masks are put into the published text.
    original_erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Which moderator has it before them, and since when: so that two who work at once are given two.
    taken_by: Mapped[str] = mapped_column(String(80), default="")
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Set while it is held because it was taken down (domain.store.moderating.removals).
    taken_down_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)

    lender: Mapped[Lender | None] = relationship(foreign_keys=[lender_pk])
    collector: Mapped[Lender | None] = relationship(foreign_keys=[collector_pk])
    lender_mentions: Mapped[list[LenderMention]] = relationship(
        cascade="all, delete-orphan", order_by="LenderMention.pk", back_populates="complaint"
    )
    tactic_mentions: Mapped[list[TacticMention]] = relationship(
        cascade="all, delete-orphan", order_by="TacticMention.pk", back_populates="complaint"
    )
    events: Mapped[list[ComplaintEvent]] = relationship(
        cascade="all, delete-orphan", order_by="ComplaintEvent.number", back_populates="complaint"
    )
    scripts: Mapped[list[ComplaintScript]] = relationship(
        cascade="all, delete-orphan", order_by="ComplaintScript.pk", back_populates="complaint"
    )
    threats: Mapped[list[ComplaintThreat]] = relationship(
        cascade="all, delete-orphan", order_by="ComplaintThreat.pk", back_populates="complaint"
    )
    all_replies: Mapped[list[LenderReply]] = relationship(
        cascade="all, delete-orphan", order_by="LenderReply.pk", back_populates="complaint"
    )
    # Those that readers may see.
    replies: Mapped[list[LenderReply]] = relationship(
        primaryjoin="and_(Complaint.pk == LenderReply.complaint_pk, LenderReply.status == 'published')",
        order_by="LenderReply.pk", viewonly=True,
    )  # fmt: skip
    decisions: Mapped[list[Decision]] = relationship(cascade="all, delete-orphan", order_by="Decision.pk")
    sketch_keys: Mapped[list[SketchKey]] = relationship(cascade="all, delete-orphan")
