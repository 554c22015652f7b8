"""What the tests of reading again do over and over: file, gather, settle the outbox, look at what stands."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.filings.filing import file_complaint
from domain.models import Article, Complaint
from domain.reading import Reader
from domain.safekeeping.sealing import Keys
from domain.store import Database, outbox, records
from domain.store.gathering import articles, sources
from domain.store.gathering.articles import Page
from domain.store.gathering.sources import SourceEntry
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing
from domain.store.registries import registry

STORY = "我叫林秋月，云岭银行的催收员昨天半夜打电话骂我是老赖，还给我同事发短信。梧桐钱包的人也来过。"
SCRIPT = "林秋月，您的账单已逾期32天，我司将联系您的紧急联系人核实情况，请尽快还款"
NEWS = "云岭银行公布了委外催收机构名单，共23家。催收人员不得在夜间联系客户，逾期客户可以投诉。"


def reader(database: Database) -> Reader:
    return Reader(registry.lender_entries(database))


def file(database: Database, keys: Keys, publish: bool = True, **parts) -> str:
    filing = replace(Filing("chenxing_cf", STORY, ("insult_abuse",), "publish", scripts=(SCRIPT,)), **parts)
    filed = file_complaint(database, reader(database), keys, filing)
    if publish:
        complaints.publish(database, filed.id, "moderator")
    return filed.id


def gather(database: Database, text: str = NEWS, name: str = "news") -> str:
    sources.save_source(database, SourceEntry("paper", "纸上", "feed", "https://paper.invalid/rss"))
    reading = reader(database).read(text, kind="article")
    page = Page("paper", f"https://{name}.invalid/", f"https://{name}.invalid/", name, reading, date(2026, 7, 22),
                datetime(2026, 7, 23, tzinfo=UTC))  # fmt: skip
    return articles.save_article(database, page).id


def settle(database: Database) -> None:
    outbox.mark_done(database, [row.pk for row in outbox.waiting(database, 99)])


def announced(database: Database) -> list[str]:
    return sorted(row.record_id for row in outbox.waiting(database, 99))


def complaint(database: Database, complaint_id: str) -> Complaint:
    found = records.get(database, complaint_id)
    assert isinstance(found, Complaint)
    return found


def article(database: Database, article_id: str) -> Article:
    found = records.get(database, article_id)
    assert isinstance(found, Article)
    return found


def tags(record: Complaint | Article, said_by: str = "classifier") -> set[str]:
    found = {one.lender.slug for one in record.lender_mentions if one.said_by == said_by}
    return found | {one.tactic_code for one in record.tactic_mentions if one.said_by == said_by}
