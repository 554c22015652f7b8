"""What a complaint is made of besides its text: events, messages word for word, threats and what became of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime, one_of
from domain.models.vocabulary import CHANNELS, OUTCOMES, THREAT_KINDS

if TYPE_CHECKING:
    from domain.models.complaints import Complaint
    from domain.models.fingerprints import ScriptFamily


class ComplaintEvent(Base):
    """One thing that happened. `about` (sealed) says when in words where no day is known; `about_public` is masked."""

    __tablename__ = "complaint_event"
    __table_args__ = (one_of("channel", CHANNELS, "channel"),)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    occurred_on: Mapped[date | None] = mapped_column(Date)
    occurred_at: Mapped[str | None] = mapped_column(String(5))
    about: Mapped[str] = mapped_column(Text, default="")
    about_public: Mapped[str] = mapped_column(Text, default="")
    channel: Mapped[str | None] = mapped_column(String(20))
    contacted: Mapped[list[str]] = mapped_column(JSON, default=list)

    complaint: Mapped[Complaint] = relationship(back_populates="events")


class ComplaintScript(Base):
    """A collector's message, word for word (`text` is sealed) and as it may be published (`public_text`).

    `event_number` is the number of the event that it belongs to, None where the borrower named none.
    """

    __tablename__ = "complaint_script"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    public_text: Mapped[str] = mapped_column(Text)
    event_number: Mapped[int | None] = mapped_column(Integer)
    # None for a message that has no words (a number, a picture's name).
    family_pk: Mapped[int | None] = mapped_column(ForeignKey("script_family.pk"), index=True)

    complaint: Mapped[Complaint] = relationship(back_populates="scripts")
    family: Mapped[ScriptFamily | None] = relationship(back_populates="scripts")


class ComplaintThreat(Base):
    """What the collector announced, for when, and what became of it: `outcome` is the last of its reports."""

    __tablename__ = "complaint_threat"
    __table_args__ = (one_of("outcome", OUTCOMES, "outcome"), one_of("kind", THREAT_KINDS, "kind"))

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    tactic_code: Mapped[str] = mapped_column(ForeignKey("tactic.code"))
    announced_for: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(20))

    complaint: Mapped[Complaint] = relationship(back_populates="threats")
    reports: Mapped[list[ThreatReport]] = relationship(
        cascade="all, delete-orphan", order_by="ThreatReport.pk", back_populates="threat"
    )


class ThreatReport(Base):
    """What the borrower said of a threat at one time: with the complaint or later. Rows are only ever added."""

    __tablename__ = "threat_report"
    __table_args__ = (one_of("outcome", OUTCOMES, "outcome"),)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    threat_pk: Mapped[int] = mapped_column(ForeignKey("complaint_threat.pk", ondelete="CASCADE"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)

    threat: Mapped[ComplaintThreat] = relationship(back_populates="reports")
