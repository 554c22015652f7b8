"""The tables. Plain SQLAlchemy; only `domain.store` opens sessions on them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

COMPLAINT_STATES = ("received", "in_review", "published", "held", "rejected", "withdrawn")
ARTICLE_STATES = ("fetched", "indexed", "irrelevant", "duplicate_of", "gone", "taken_down")
CONSENTS = ("publish", "figures", "private")
OUTCOMES = ("happened", "not_happened", "not_yet", "unknown")
ASSERTIONS = (
    "first_hand_claim", "reported_claim", "collector_threat", "asserted_fact", "rule_statement",
    "advice", "hypothetical", "opinion", "denial", "context",
)  # fmt: skip
# Only what the writer lived through, or was threatened with, may enter a count of complaints.
COUNTED_ASSERTIONS = frozenset({"first_hand_claim", "collector_threat"})
SPEAKERS = ("borrower", "classifier", "moderator")
ROLES = ("subject", "background")

# 64 bits on PostgreSQL; SQLite numbers rows by itself only under the plain name INTEGER, which holds 64 bits there too.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: always aware, always UTC, on SQLite too (which forgets time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone can't be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=name)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Lender(Base):
    """An institution, product or agency of the registry. Standing here says nothing about its conduct."""

    __tablename__ = "lender"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_zh_hans: Mapped[str] = mapped_column(String(200))
    name_zh_hant: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    legal_name: Mapped[str | None] = mapped_column(String(300))
    type: Mapped[str] = mapped_column(String(40))
    country: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(40))
    confidence: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(40))
    ambiguity_note: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)

    aliases: Mapped[list[LenderAlias]] = relationship(
        back_populates="lender", cascade="all, delete-orphan", order_by="LenderAlias.pk"
    )
    relations: Mapped[list[LenderRelation]] = relationship(
        foreign_keys="LenderRelation.lender_pk", back_populates="lender", cascade="all, delete-orphan"
    )


class LenderAlias(Base):
    """A name under which a lender is written of. `contextual` ones count only beside words of lending."""

    __tablename__ = "lender_alias"
    __table_args__ = (
        UniqueConstraint("lender_pk", "text"),
        _one_of("strength", ("strong", "contextual"), "strength"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(200))
    strength: Mapped[str] = mapped_column(String(20))
    script: Mapped[str] = mapped_column(String(20))

    lender: Mapped[Lender] = relationship(back_populates="aliases")


class LenderRelation(Base):
    """`lender` stands to `target` as product to operator (`operates`), brand to platform (`brand_of`), …"""

    __tablename__ = "lender_relation"
    __table_args__ = (
        UniqueConstraint("lender_pk", "target_pk", "relation"),
        _one_of("relation", ("operates", "brand_of", "channel", "related"), "relation"),
    )

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    lender_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk", ondelete="CASCADE"), index=True)
    target_pk: Mapped[int] = mapped_column(ForeignKey("lender.pk", ondelete="CASCADE"), index=True)
    relation: Mapped[str] = mapped_column(String(20))

    lender: Mapped[Lender] = relationship(foreign_keys=[lender_pk], back_populates="relations")
    target: Mapped[Lender] = relationship(foreign_keys=[target_pk])


class Tactic(Base):
    """A way of collecting, from the taxonomy; the order is that of the file."""

    __tablename__ = "tactic"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    group_code: Mapped[str] = mapped_column(String(40))
    group_name_zh_hans: Mapped[str] = mapped_column(String(100))
    group_name_zh_hant: Mapped[str] = mapped_column(String(100))
    group_name_en: Mapped[str] = mapped_column(String(100))
    name_zh_hans: Mapped[str] = mapped_column(String(100))
    name_zh_hant: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    severity: Mapped[int] = mapped_column(Integer)
    definition_zh: Mapped[str] = mapped_column(Text)
    definition_en: Mapped[str] = mapped_column(Text)
    legal_status: Mapped[str] = mapped_column(String(40))


class Complaint(Base):
    """What a borrower filed. `narrative` is sealed; only `public_text` may ever leave the store for readers."""

    __tablename__ = "complaint"
    __table_args__ = (
        _one_of("status", COMPLAINT_STATES, "status"),
        _one_of("consent", CONSENTS, "consent"),
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
    __table_args__ = (_one_of("outcome", OUTCOMES, "outcome"),)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    complaint_pk: Mapped[int] = mapped_column(ForeignKey("complaint.pk", ondelete="CASCADE"), index=True)
    tactic_code: Mapped[str] = mapped_column(ForeignKey("tactic.code"))
    announced_for: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(20))

    complaint: Mapped[Complaint] = relationship(back_populates="threats")


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

    runs: Mapped[list[CrawlRun]] = relationship(back_populates="source", order_by="CrawlRun.pk")


class CrawlRun(Base):
    """One run of the crawler over one source, with what it counted."""

    __tablename__ = "crawl_run"

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    source_pk: Mapped[int] = mapped_column(ForeignKey("source.pk", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(40), default="running")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    source: Mapped[Source] = relationship(back_populates="runs")


class Article(Base):
    """A public article or post, repaired and with private data masked; the page itself is not kept here."""

    __tablename__ = "article"
    __table_args__ = (
        _one_of("status", ARTICLE_STATES, "status"),
        Index("ix_article_status_pk", "status", "pk"),
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
    site_name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(10), default="zh-Hans")
    published_on: Mapped[date | None] = mapped_column(Date)
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Of the folded text, so that copies on other sites or in the other script are the same article.
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    duplicate_of_pk: Mapped[int | None] = mapped_column(ForeignKey("article.pk"), index=True)
    is_sample: Mapped[bool] = mapped_column(Boolean, default=False)

    source: Mapped[Source] = relationship()
    duplicate_of: Mapped[Article | None] = relationship(remote_side=[pk], back_populates="copies")
    copies: Mapped[list[Article]] = relationship(back_populates="duplicate_of", order_by="Article.pk")
    lender_mentions: Mapped[list[LenderMention]] = relationship(
        cascade="all, delete-orphan", order_by="LenderMention.pk", back_populates="article"
    )
    tactic_mentions: Mapped[list[TacticMention]] = relationship(
        cascade="all, delete-orphan", order_by="TacticMention.pk", back_populates="article"
    )


class LenderMention(Base):
    """Where a record names a lender. Offsets are code points in `public_text`, end exclusive; none for a ticked one."""

    __tablename__ = "lender_mention"
    __table_args__ = (
        _one_of("role", ROLES, "role"),
        _one_of("said_by", SPEAKERS, "said_by"),
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
        _one_of("assertion", ASSERTIONS, "assertion"),
        _one_of("said_by", SPEAKERS, "said_by"),
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
    tactic_code: Mapped[str] = mapped_column(ForeignKey("tactic.code"), index=True)
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
    """Who did what to which record, and when. Rows are only ever added."""

    __tablename__ = "audit_event"
    __table_args__ = ({"sqlite_autoincrement": True},)

    pk: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
