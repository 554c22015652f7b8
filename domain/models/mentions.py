"""Where a record names a lender or speaks of a tactic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, one_of
from domain.models.vocabulary import ASSERTIONS, ROLES, SPEAKERS

if TYPE_CHECKING:
    from domain.models.articles import Article
    from domain.models.complaints import Complaint
    from domain.models.registry import Lender


class LenderMention(Base):
    """Where a record names a lender. Offsets are code points in `public_text`, end exclusive; none for a ticked one."""

    __tablename__ = "lender_mention"
    __table_args__ = (
        one_of("role", ROLES, "role"),
        one_of("said_by", SPEAKERS, "said_by"),
        CheckConstraint("(complaint_pk IS NULL) <> (article_pk IS NULL)", name="one_record"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int | None] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    article_pk: Mapped[int | None] = mapped_column(ForeignKey("article.pk", ondelete="CASCADE"), index=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    said_by: Mapped[str] = mapped_column(String(20))
    start: Mapped[int | None] = mapped_column(Integer)
    end: Mapped[int | None] = mapped_column(Integer)
    surface: Mapped[str] = mapped_column(String(200), default="")
    confidence: Mapped[float] = mapped_column(Float)
    reason: Mapped[str] = mapped_column(Text, default="")

    lender: Mapped[Lender] = relationship()
    complaint: Mapped[Complaint | None] = relationship(back_populates="lender_mentions")
    article: Mapped[Article | None] = relationship(back_populates="lender_mentions")


class TacticMention(Base):
    """Where a record speaks of a tactic, and how it asserts it. Offsets as for LenderMention."""

    __tablename__ = "tactic_mention"
    __table_args__ = (
        one_of("assertion", ASSERTIONS, "assertion"),
        one_of("said_by", SPEAKERS, "said_by"),
        CheckConstraint("(complaint_pk IS NULL) <> (article_pk IS NULL)", name="one_record"),
        # A count of complaints never takes in an article or a rule: the table itself refuses such a row.
        CheckConstraint(
            "NOT counted OR (complaint_pk IS NOT NULL AND assertion IN ('first_hand_claim', 'collector_threat'))",
            name="counted",
        ),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int | None] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    article_pk: Mapped[int | None] = mapped_column(ForeignKey("article.pk", ondelete="CASCADE"), index=True)
    # Without an index: no tactic is ever deleted, who asks for one asks of certain records, and the search engine
    # answers the rest. It cost every filing eight pages of the journal, a seventh of what it writes.
    tactic_code: Mapped[str] = mapped_column(ForeignKey("tactic.code"))
    assertion: Mapped[str] = mapped_column(String(20))
    counted: Mapped[bool] = mapped_column(Boolean, default=False)
    said_by: Mapped[str] = mapped_column(String(20))
    start: Mapped[int | None] = mapped_column(Integer)
    end: Mapped[int | None] = mapped_column(Integer)
    quote: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[float] = mapped_column(Float)
    reason: Mapped[str] = mapped_column(Text, default="")

    complaint: Mapped[Complaint | None] = relationship(back_populates="tactic_mentions")
    article: Mapped[Article | None] = relationship(back_populates="tactic_mentions")
