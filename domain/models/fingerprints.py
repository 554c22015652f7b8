"""What texts are known by: families of collectors' messages, and keys under which copies of articles are found."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime

if TYPE_CHECKING:
    from domain.models.complaint_parts import ComplaintScript


class ScriptFamily(Base):
    """The messages of one script, whoever and however much they are about. Its words are those of its members."""

    __tablename__ = "script_family"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    shapes: Mapped[list[ScriptShape]] = relationship(back_populates="family", cascade="all, delete-orphan")
    scripts: Mapped[list[ComplaintScript]] = relationship(back_populates="family")


class ScriptShape(Base):
    """One wording of a family: hashes of its pieces, four bytes each, which can be compared and not read."""

    __tablename__ = "script_shape"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    family_pk: Mapped[int] = mapped_column(ForeignKey("script_family.pk", ondelete="CASCADE"), index=True)
    pieces: Mapped[bytes] = mapped_column(LargeBinary)

    family: Mapped[ScriptFamily] = relationship(back_populates="shapes")
    keys: Mapped[list[ScriptKey]] = relationship(cascade="all, delete-orphan")


class ScriptKey(Base):
    """A key that a shape is found under; one search of the primary key gives all shapes with the key."""

    __tablename__ = "script_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    shape_pk: Mapped[int] = mapped_column(
        ForeignKey("script_shape.pk", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )


class ArticleKey(Base):
    """A key that an article is found under by its copies. Only firsts have keys: a copy is a copy of a first."""

    __tablename__ = "article_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_pk: Mapped[int] = mapped_column(
        ForeignKey("article.pk", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )
