"""Files that belong to a complaint, and letters between its borrower and the moderators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.columns import Base, RowNumber, UtcDateTime, one_of
from domain.models.vocabulary import EVIDENCE_KINDS, WRITING_SIDES


class EvidenceFile(Base):
    """A file that a borrower added: where its sealed original and stripped copy lie, and whether it is released.

    `original` and `copy` are names in DATA_DIR/evidence; the name that the file came with is not kept.
    """

    __tablename__ = "evidence_file"
    __table_args__ = (
        one_of("kind", EVIDENCE_KINDS, "kind"),
        one_of("copy_kind", EVIDENCE_KINDS, "copy_kind"),
        UniqueConstraint("complaint_pk", "number"),
        # The same file sent twice, by a button pressed twice, is one.
        UniqueConstraint("complaint_pk", "sha256"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    original: Mapped[str] = mapped_column(String(40), unique=True)
    copy_kind: Mapped[str] = mapped_column(String(10))
    copy_size: Mapped[int] = mapped_column(Integer)
    copy: Mapped[str] = mapped_column(String(40), unique=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Set by a moderator who looked at the copy; until then nobody else sees it.
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When retention took the original out of the vault; the released copy stays.
    original_erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Message(Base):
    """A letter between the borrower and the moderators; its words are sealed."""

    __tablename__ = "message"
    __table_args__ = (one_of("written_by", WRITING_SIDES, "written_by"), UniqueConstraint("complaint_pk", "key_hash"))

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    written_by: Mapped[str] = mapped_column(String(20))
    text_sealed: Mapped[str] = mapped_column(Text)
    # Of the key that the form carries, so that a reload sends no letter twice.
    key_hash: Mapped[str | None] = mapped_column(String(64))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EarlierText(Base):
    """What a complaint said before its borrower corrected it: sealed, for the moderators, until they have decided."""

    __tablename__ = "earlier_text"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    text_sealed: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)
