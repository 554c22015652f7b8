"""The sample: invented complaints and articles on invented lenders, loaded on a first start, gone with one command."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from domain.filings.filing import file_complaint
from domain.lenders import load_registry
from domain.reading import Reader
from domain.safekeeping.sealing import Keys
from domain.settings import SITE_TIME_ZONE
from domain.store import Database, records, samples
from domain.store.gathering import articles, sources
from domain.store.gathering.articles import Page
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing, Threat
from domain.store.registries import registry

FOLDER = Path(__file__).parent
LENDERS_FILE = FOLDER / "lenders.yaml"
SOURCE = sources.SourceEntry("sample", "样例 / Sample", "page", "https://sample.invalid/", options={"sample": True})
ACTOR = "sample"


def load(database: Database, keys: Keys) -> int:
    """Load the sample and publish it; return how many records it has. Does nothing when it is there already."""
    if records.count_samples(database):
        return 0
    registry.load_lenders(database, load_registry(LENDERS_FILE), is_sample=True)
    reader = Reader(registry.lender_entries(database))
    sources.save_source(database, SOURCE, ACTOR)
    rows = [*_rows("complaints.yaml"), *_rows("articles.yaml")]
    for row in rows:
        if "lender" in row:
            _load_complaint(database, reader, keys, row)
        else:
            _load_article(database, reader, row)
    samples.note_loaded(database, len(rows))
    return len(rows)


def remove(database: Database) -> int:
    """Take the sample away, its invented lenders too; return how many records went."""
    return samples.remove(database)


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return rows


def _load_complaint(database: Database, reader: Reader, keys: Keys, row: dict[str, Any]) -> None:
    filing = Filing(
        lender=row["lender"],
        narrative=row["text"],
        tactics=tuple(row["tactics"]),
        consent=row["consent"],
        occurred_on=row["occurred"],
        region=row["region"],
        product=row["product"],
        scripts=tuple(row.get("scripts", ())),
        threats=tuple(Threat(t["tactic"], t["announced_for"], t["outcome"]) for t in row.get("threats", ())),
        language=row.get("language", "zh-Hans"),
    )
    filed = file_complaint(database, reader, keys, filing, is_sample=True, received_at=_noon(row["received"]))
    complaints.publish(database, filed.id, ACTOR)


def _load_article(database: Database, reader: Reader, row: dict[str, Any]) -> None:
    address = f"{SOURCE.address}{row['slug']}"
    page = Page(
        source=SOURCE.slug,
        url=address,
        canonical_url=address,
        title=row["title"],
        reading=reader.read(row["text"], kind="article"),
        published_on=row["published"],
        fetched_at=_noon(row["published"]),
        site_name=SOURCE.name,
    )
    articles.save_article(database, page, is_sample=True)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), SITE_TIME_ZONE).astimezone(UTC)
