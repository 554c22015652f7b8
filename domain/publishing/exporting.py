"""Published records as rows and as JSON, for the site's exports and the command line. docs/data-dictionary.md says
what each column means; a column is added at the end, never renamed or reused."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from domain.models import Article, Complaint
from domain.publishing import published
from domain.publishing.spreadsheets import csv_lines
from domain.settings import SITE_TIME_ZONE
from domain.store import Database, records
from domain.tactics import load_taxonomy

Record = Complaint | Article

LICENCE = "CC-BY-4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
# The texts of articles belong to those who wrote them: an export carries facts, the link and the passages behind a tag.
ARTICLE_LICENCE = "CC-BY-4.0 for the facts; passages are quotations from the linked source"
UNNAMED_LENDER = "机构未列入登记"

COLUMNS = (
    "id", "kind", "date", "date_means", "title", "lenders", "lender_names", "tactics", "tactic_names",
    "counted_tactics", "assertions", "passages", "text", "scripts", "threats", "product", "region", "occurred_on",
    "source", "source_name", "source_url", "copies", "fetched_on", "language", "is_sample", "page", "licence",
    "written_by", "collector", "overdue", "amount", "wants", "events", "replies",
)  # fmt: skip


def record_document(record: Record) -> dict[str, Any]:
    """Return all that readers may have of a record, as JSON takes it; an article without its full text."""
    complaint = record if isinstance(record, Complaint) else None
    article = record if isinstance(record, Article) else None
    source, source_name = published.source_of(record)
    return {
        "id": record.id,
        "kind": published.kind_of(record),
        "title": title_of(record),
        "date": published.day_of(record).isoformat(),
        "date_means": published.meaning_of_day(record),
        "lenders": [_lender(named) for named in published.lenders_of(record)],
        "tactics": [_tag(tag) for tag in published.tags_of(record)],
        "text": published.text_of(record) if complaint else None,
        "text_withheld": not published.shows_text(record),
        "scripts": published.scripts_of(record),
        "threats": [_threat(threat) for threat in complaint.threats] if complaint else [],
        "product": published.product_of(record) or None,
        "region": complaint.region if complaint else None,
        "occurred_on": _iso(complaint.occurred_on) if complaint else None,
        "source": source,
        "source_name": source_name,
        "source_url": published.source_address(record),
        "copies": [address for copy in _copies(article) if (address := published.source_address(copy))],
        "fetched_on": article.fetched_at.astimezone(SITE_TIME_ZONE).date().isoformat() if article else None,
        "gaps": list(article.gaps) if article else [],
        "language": record.language,
        "is_sample": record.is_sample,
        "page": f"/records/{record.id}",
        "licence": LICENCE if complaint else ARTICLE_LICENCE,
        **_circumstances(record),
        "replies": [_reply(reply) for reply in published.replies_of(record)],
    }


def record_row(record: Record) -> dict[str, Any]:
    """Return a record as one row of COLUMNS; several values of one cell are parted by ` | `."""
    document = record_document(record)
    tags: list[dict[str, Any]] = document["tactics"]
    subjects = [lender for lender in document["lenders"] if lender["role"] == "subject"]
    codes = published.tactic_codes(record)
    return document | {
        "lenders": [lender["slug"] for lender in subjects],
        "lender_names": [lender["name"] for lender in subjects],
        "tactics": codes,
        "tactic_names": [tactic_name(code) for code in codes],
        "counted_tactics": _distinct(tag["code"] for tag in tags if tag["counted"]),
        "assertions": _distinct(f"{tag['code']}:{tag['assertion']}" for tag in tags),
        "passages": _distinct(tag["passage"] for tag in tags if tag["passage"]),
        "threats": [_in_a_cell(threat) for threat in document["threats"]],
        "events": [_in_a_cell(event) for event in document["events"]],
        "replies": [_in_a_cell(reply) for reply in document["replies"]],
    }


def record_lines(found: Iterable[Record]) -> Iterator[str]:
    """Yield records as a CSV file, line by line."""
    return csv_lines(COLUMNS, map(record_row, found))


def json_lines(found: Iterable[Record]) -> Iterator[str]:
    """Yield records as JSON Lines."""
    for record in found:
        yield json.dumps(record_document(record), ensure_ascii=False) + "\n"


def json_document(meta: Mapping[str, Any], found: Iterable[Record]) -> Iterator[str]:
    """Yield one JSON object piece by piece: `_meta`, `results` and, last, how many results were written."""
    yield f'{{"_meta": {json.dumps(meta, ensure_ascii=False)},\n"results": ['
    written = 0
    for record in found:
        yield ("," if written else "") + "\n" + json.dumps(record_document(record), ensure_ascii=False)
        written += 1
    yield f'\n],\n"written": {written}}}\n'


def published_lines(database: Database, what: str, form: str) -> Iterator[str]:
    """Yield all that is published of `what` (`complaints`, `articles`) as `csv` or `jsonl`, a batch at a time."""
    every: dict[str, Callable[[Database], Iterator[Record]]] = {
        "complaints": records.iterate_public_complaints,
        "articles": records.iterate_public_articles,
    }
    return {"csv": record_lines, "jsonl": json_lines}[form](every[what](database))


@lru_cache(maxsize=1)
def _tactic_names() -> dict[str, str]:
    return {entry.code: entry.name_zh_hans for entry in load_taxonomy()}


def tactic_name(code: str) -> str:
    """Return a tactic's simplified Chinese name, the one that exports carry."""
    return _tactic_names().get(code, code)


def title_of(record: Record) -> str:
    """Return a record's title as exports and the API give it, in simplified Chinese."""
    lenders = [lender.name_zh_hans for lender in published.subjects_of(record)]
    return published.title_of(record, [tactic_name(c) for c in published.tactic_codes(record)], lenders, UNNAMED_LENDER)


def _lender(named: published.NamedLender) -> dict[str, str]:
    return {"slug": named.lender.slug, "name": named.lender.name_zh_hans, "role": named.role}


def _tag(tag: published.Tag) -> dict[str, Any]:
    return {
        "code": tag.code,
        "name": tactic_name(tag.code),
        "assertion": tag.assertion,
        "counted": tag.counted,
        "said_by": tag.said_by,
        "confidence": round(tag.confidence, 3),
        "reason": tag.reason,
        "passage": tag.passage.text if tag.passage else None,
        "start": tag.passage.start if tag.passage else None,
        "end": tag.passage.end if tag.passage else None,
    }


def _reply(reply: Any) -> dict[str, Any]:
    lender = reply.lender.shown
    return {
        "lender": lender.slug,
        "lender_name": lender.name_zh_hans,
        "written_on": reply.written_at.astimezone(SITE_TIME_ZONE).date().isoformat(),
        "text": reply.public_text,
    }


def _threat(threat: Any) -> dict[str, Any]:
    return {
        "tactic": threat.tactic_code,
        "announced_for": _iso(threat.announced_for),
        "outcome": threat.outcome,
        "kind": threat.kind,
    }


def _circumstances(record: Record) -> dict[str, Any]:
    """Return what only complaints have; an article has the names with nothing under them."""
    complaint = record if isinstance(record, Complaint) else None
    collector = published.collector_of(record)
    return {
        "written_by": complaint.written_by if complaint else None,
        "collector": collector.slug if collector else None,
        "overdue": complaint.overdue if complaint else None,
        "amount": complaint.amount if complaint else None,
        "wants": list(complaint.wants) if complaint else [],
        "events": [
            {
                "occurred_on": _iso(event.occurred_on),
                "occurred_at": event.occurred_at,
                "about": event.about,
                "channel": event.channel,
                "contacted": list(event.contacted),
            }
            for event in published.events_of(record)
        ],
    }


def _in_a_cell(parts: Mapping[str, Any]) -> str:
    words = [" ".join(part) if isinstance(part, list) else str(part or "") for part in parts.values()]
    return ":".join(words)


def _copies(article: Article | None) -> list[Article]:
    copies = article.copies if article else []
    return [copy for copy in copies if copy.status == "duplicate_of"]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))
