"""What the crawler gathered, and how it was at each time."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime, index_of_samples, one_of
from domain.models.vocabulary import ARTICLE_FORMS, ARTICLE_STATES, COPY_KINDS

if TYPE_CHECKING:
    from domain.models.mentions import LenderMention, TacticMention
    from domain.models.sources import Source


class Article(Base):
    """A public article or post, repaired and with private data masked; the page itself is not kept here."""

    __tablename__ = "article"
    __table_args__ = (
        one_of("status", ARTICLE_STATES, "status"),
        one_of("duplicate_how", COPY_KINDS, "duplicate_how"),
        one_of("form", ARTICLE_FORMS, "form"),
        Index("ix_article_status_pk", "status", "pk"),
        index_of_samples("article"),
        {"sqlite_autoincrement": True},
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    status: Mapped[str] = mapped_column(String(20))
    source_pk: Mapped[int] = mapped_column(ForeignKey("source.pk"), index=True)
    url: Mapped[str] = mapped_column(String(2000))
    canonical_url: Mapped[str] = mapped_column(String(2000), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    # False where the page names no title and the first words of the text stand in for it.
    title_is_given: Mapped[bool] = mapped_column(Boolean, default=True)
    public_text: Mapped[str] = mapped_column(Text)
    gaps: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # What the reader made of it: what moderators changed since is told from it (domain.store.retagging.as_read).
    as_read: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    site_name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(10), default="zh-Hans")
    published_on: Mapped[date | None] = mapped_column(Date)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Of the folded text before moderators' masks: copies on other sites or in the other script are the same article.
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    duplicate_of_pk: Mapped[int | None] = mapped_column(ForeignKey("article.pk"), index=True)
    # `exact` (the same words) or `near` (sentences moved, words swapped); None for what is no copy.
    duplicate_how: Mapped[str | None] = mapped_column(String(10))
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)

    # An article, or one post of a thread or board; who wrote a post is never kept, only their part in the thread.
    form: Mapped[str] = mapped_column(String(10), default="article", server_default="article")
    author: Mapped[str] = mapped_column(String(40), default="", server_default="")
    # What the source says beside the text: `status` and `replies` of a complaint on a board, masked.
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    # Words that moderators masked wherever they stand; and title, text, details and gaps without these masks, None
    # where there are none. Readers never get it.
    hidden_words: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    before_masks: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gone_reason: Mapped[str] = mapped_column(String(40), default="", server_default="")

    source: Mapped[Source] = relationship()
    duplicate_of: Mapped[Article | None] = relationship(remote_side=[pk], back_populates="copies")
    copies: Mapped[list[Article]] = relationship(back_populates="duplicate_of", order_by="Article.pk")
    lender_mentions: Mapped[list[LenderMention]] = relationship(
        cascade="all, delete-orphan", order_by="LenderMention.pk", back_populates="article"
    )
    tactic_mentions: Mapped[list[TacticMention]] = relationship(
        cascade="all, delete-orphan", order_by="TacticMention.pk", back_populates="article"
    )
    versions: Mapped[list[ArticleVersion]] = relationship(
        cascade="all, delete-orphan", order_by="ArticleVersion.version", back_populates="article"
    )


class ArticleVersion(Base):
    """An article as it was fetched at one time. The text of the present version is the article's own."""

    __tablename__ = "article_version"
    __table_args__ = (UniqueConstraint("article_pk", "version"),)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    article_pk: Mapped[int] = mapped_column(ForeignKey("article.pk", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(500))
    # None while it is the present version; set when the next one comes.
    public_text: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    # Title, text and details before moderators' masks, as of the article.
    before_masks: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # The pages as they were fetched, in the archive: address, status, headers, file, offset, length, sha256.
    copies: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")

    article: Mapped[Article] = relationship(back_populates="versions")
