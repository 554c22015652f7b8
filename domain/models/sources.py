"""Where the crawler reads, when it did, and what it remembers of every page that it asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from domain.models.columns import Base, RowNumber, UtcDateTime

if TYPE_CHECKING:
    from domain.models.articles import Article


class Source(Base):
    """A place that the crawler reads."""

    __tablename__ = "source"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(2000))
    language: Mapped[str] = mapped_column(String(10), default="zh")
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    paused: Mapped[bool] = mapped_column(Boolean, default=False)
    # Hours between two runs; 0 means only when somebody asks.
    every_hours: Mapped[float] = mapped_column(Float, default=24.0, server_default="24")
    # Seconds between two requests, where the source's keeper set them; robots.txt may ask for more.
    pace_seconds: Mapped[float | None] = mapped_column(Float)
    daily_pages: Mapped[int] = mapped_column(Integer, default=5000, server_default="5000")
    licence: Mapped[str] = mapped_column(Text, default="", server_default="")
    contact: Mapped[str] = mapped_column(String(300), default="", server_default="")
    # Who crawls it now, and until when nobody else may.
    leased_by: Mapped[str] = mapped_column(String(80), default="", server_default="")
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    runs: Mapped[list[CrawlRun]] = relationship(back_populates="source", order_by="CrawlRun.pk")


class CrawlRun(Base):
    """One run of the crawler over one source, with what it counted. `warning` says what is odd about it."""

    __tablename__ = "crawl_run"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    source_pk: Mapped[int] = mapped_column(ForeignKey("source.pk", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(40), default="running")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    warning: Mapped[str] = mapped_column(String(40), default="", server_default="")

    source: Mapped[Source] = relationship(back_populates="runs")


class VisitedPage(Base):
    """What is remembered of an address that was asked for: enough not to download it again when it is unchanged."""

    __tablename__ = "visited_page"
    __table_args__ = (
        Index("ix_visited_page_source_pk_visited_at", "source_pk", "visited_at"),
        {"sqlite_autoincrement": True},
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    # SHA-256 of the address: an index over addresses of up to 2000 characters would be larger than the table.
    address_hash: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(2000))
    source_pk: Mapped[int] = mapped_column(ForeignKey("source.pk", ondelete="CASCADE"))
    article_pk: Mapped[int | None] = mapped_column(ForeignKey("article.pk", ondelete="SET NULL"), index=True)
    # Of a post: the hash of the page that it stands on.
    page_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    visited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    etag: Mapped[str] = mapped_column(String(500), default="")
    last_modified: Mapped[str] = mapped_column(String(100), default="")
    body_hash: Mapped[str] = mapped_column(String(64), default="")
    # Of a page that leads to others (a list, a feed): compressed, to be read again when it is unchanged.
    body: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    content_type: Mapped[str] = mapped_column(String(200), default="")

    article: Mapped[Article | None] = relationship()
