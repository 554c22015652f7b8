"""Filings as programs send them, and what the store keeps of them."""

from sqlalchemy import func, select

from domain.models import Complaint
from domain.store import records
from domain.store.intake import unread

BODY = {
    "lender": "chenxing_cf",
    "narrative": "他说明天上门，结果没有人来。电话13800138000。",
    "tactics": ["visit_threatened"],
    "consent": "publish",
}
FULL = BODY | {
    "occurred_on": "2026-03-06",
    "region": "440000",
    "product": "循环贷",
    "scripts": ["外访人员已到您所在小区门口。"],
    "threats": [{"tactic": "visit_threatened", "announced_for": "2026-03-07", "outcome": "not_happened"}],
    "contact": "person@example.org",
    "language": "zh-Hant",
}


def kept_as(database, response):
    unread.read_what_waits(database)
    return records.get(database, response.json["id"])


def count(database):
    unread.read_what_waits(database)
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Complaint))
