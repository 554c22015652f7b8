"""The tables. Plain SQLAlchemy; only `domain.store` opens sessions on them."""

from domain.models.articles import Article, CrawlRun, Source
from domain.models.columns import Base, RowNumber, UtcDateTime
from domain.models.complaints import Complaint, ComplaintScript, ComplaintThreat
from domain.models.mentions import LenderMention, TacticMention
from domain.models.operations import AuditEvent, OutboxRow
from domain.models.registry import Lender, LenderAlias, LenderRelation, Tactic
from domain.models.vocabulary import (
    ARTICLE_STATES,
    ASSERTIONS,
    COMPLAINT_STATES,
    CONSENTS,
    COUNTED_ASSERTIONS,
    OUTCOMES,
    ROLES,
    SPEAKERS,
)

__all__ = [
    "ARTICLE_STATES",
    "ASSERTIONS",
    "Article",
    "AuditEvent",
    "Base",
    "COMPLAINT_STATES",
    "CONSENTS",
    "COUNTED_ASSERTIONS",
    "Complaint",
    "ComplaintScript",
    "ComplaintThreat",
    "CrawlRun",
    "Lender",
    "LenderAlias",
    "LenderMention",
    "LenderRelation",
    "OUTCOMES",
    "OutboxRow",
    "ROLES",
    "RowNumber",
    "SPEAKERS",
    "Source",
    "Tactic",
    "TacticMention",
    "UtcDateTime",
]
