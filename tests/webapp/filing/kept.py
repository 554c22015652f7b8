"""What the tests of filing ask the store and the page."""

import html
import sqlite3
from contextlib import closing, contextmanager

from sqlalchemy import func, select

from domain.models import Complaint
from domain.store import records
from domain.store.intake import unread


def count(database, table=Complaint):
    unread.read_what_waits(database)
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def only_complaint(database):
    unread.read_what_waits(database)
    with database.reading() as session:
        (complaint_id,) = session.scalars(select(Complaint.id)).all()
    return records.get(database, complaint_id)


@contextmanager
def locked_store(settings):
    """Hold the store so that nobody else can write."""
    with closing(sqlite3.connect(settings.data_dir / "doorstep.sqlite3", isolation_level=None)) as blocker:
        blocker.execute("BEGIN EXCLUSIVE")
        yield
        blocker.execute("ROLLBACK")


def text(response):
    return html.unescape(response.get_data(as_text=True))


WHOLE = {
    "collector": "云岭银行", "product": "现金贷 13800138000", "overdue": "to_90_days", "amount": "to_20000",
    "events__0__year": "２０２６", "events__0__month": "3", "events__0__day": "06", "events__0__time": "9:05",
    "events__0__channel": "call", "events__0__contacted": ["borrower", "relative"],
    "scripts__0__text": "外访人员已到楼下，电话13900001234", "scripts__0__event": "1",
    "threats__0__kind": "visit", "threats__0__year": "2026", "threats__0__month": "12", "threats__0__day": "1",
    "threats__0__outcome": "not_yet", "region": "440300", "wants": ["apology", "erase_data"], "consent": "figures",
    "contact": "lin@example.org",
}  # fmt: skip
