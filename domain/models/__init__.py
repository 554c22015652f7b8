"""The tables. Plain SQLAlchemy; only `domain.store` opens sessions on them."""

from domain.models.articles import Article, CrawlRun, Source
from domain.models.columns import Base, RowNumber, UtcDateTime
from domain.models.complaint_parts import ComplaintEvent, ComplaintScript, ComplaintThreat, ThreatReport
from domain.models.complaints import Complaint
from domain.models.evidence import EarlierText, EvidenceFile, Message
from domain.models.mentions import LenderMention, TacticMention
from domain.models.operations import AuditEvent, OutboxRow
from domain.models.registry import Lender, LenderAlias, LenderRelation, Tactic
from domain.models.vocabulary import (
    AMOUNT_BANDS,
    ANNOUNCED_AS,
    ARTICLE_STATES,
    ASSERTIONS,
    CHANNELS,
    COMPLAINT_STATES,
    CONSENTS,
    CONTACTED,
    COUNTED_ASSERTIONS,
    EVIDENCE_KINDS,
    OUTCOMES,
    OVERDUE_BANDS,
    ROLES,
    SPEAKERS,
    THREAT_KINDS,
    WANTS,
    WRITERS,
    WRITING_SIDES,
)

__all__ = [
    "AMOUNT_BANDS",
    "ANNOUNCED_AS",
    "ARTICLE_STATES",
    "ASSERTIONS",
    "Article",
    "AuditEvent",
    "Base",
    "CHANNELS",
    "COMPLAINT_STATES",
    "CONSENTS",
    "CONTACTED",
    "COUNTED_ASSERTIONS",
    "Complaint",
    "ComplaintEvent",
    "ComplaintScript",
    "ComplaintThreat",
    "CrawlRun",
    "EVIDENCE_KINDS",
    "EarlierText",
    "EvidenceFile",
    "Lender",
    "LenderAlias",
    "LenderMention",
    "LenderRelation",
    "Message",
    "OUTCOMES",
    "OVERDUE_BANDS",
    "OutboxRow",
    "ROLES",
    "RowNumber",
    "SPEAKERS",
    "Source",
    "THREAT_KINDS",
    "Tactic",
    "TacticMention",
    "ThreatReport",
    "UtcDateTime",
    "WANTS",
    "WRITERS",
    "WRITING_SIDES",
]
