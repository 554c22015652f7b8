"""Small stores with known records, for the tests of the index: invented lenders only."""

import dataclasses
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import elasticsearch
import pytest

from domain.models import Article, Complaint
from domain.readings import LenderFind, Reading, TacticFind
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering import articles, sources
from domain.store.gathering.articles import Page
from domain.store.gathering.sources import SourceEntry
from domain.store.intake import complaints
from domain.store.intake.complaints import Filing, ReadFiling
from domain.store.registries import registry
from indexer.documents import lender_names
from indexer.engines import Engine, open_engine

RECEIPT_KEY = b"a key for tests only, 32 bytes!!"


@dataclasses.dataclass
class Records:
    """Makes records in a store as the site and the crawler do."""

    database: Database
    number: int = 0
    receipts: dict[str, str] = dataclasses.field(default_factory=dict)

    def complaint(
        self, text: str, *, lender: str = "chenxing_cf", tactics: tuple[str, ...] = (), consent: str = "publish",
        received_at: datetime | None = None, region: str | None = None, scripts: tuple[str, ...] = (),
        publish: bool = True,
    ) -> str:  # fmt: skip
        """File a complaint, publish it unless told not to, and return its id."""
        filing = Filing(lender, text, tactics, consent, region=region, scripts=scripts)
        read = ReadFiling(filing, Reading(text, "zh-Hans"), tuple(Reading(script, "zh-Hans") for script in scripts))
        filed = complaints.add_complaint(self.database, read, RECEIPT_KEY)
        self.receipts[filed.id] = filed.receipt
        if received_at:
            self.change(Complaint, filed.id, received_at=received_at)
        if publish:
            complaints.publish(self.database, filed.id, "test")
        return filed.id

    def withdraw(self, complaint_id: str) -> None:
        """Withdraw a complaint by its receipt."""
        complaints.withdraw(self.database, RECEIPT_KEY, self.receipts[complaint_id])

    def article(
        self, title: str, text: str, *, url: str = "", lenders: tuple[str, ...] = (), background: tuple[str, ...] = (),
        tactics: tuple[tuple[str, str], ...] = (), published_on: date | None = None, source: str = "tests",
        fetched_at: datetime = datetime(2026, 11, 1, 4, tzinfo=UTC),
    ) -> str:  # fmt: skip
        """Store an article and return its id; `tactics` are (code, assertion)."""
        finds = [LenderFind(slug, "subject", 0, 1, "", 1.0, "") for slug in lenders]
        finds += [LenderFind(slug, "background", 0, 1, "", 1.0, "") for slug in background]
        reading = Reading(
            text, "zh-Hans", finds, [TacticFind(code, assertion, 0, 1, "", 1.0, "") for code, assertion in tactics]
        )
        self.number += 1
        address = url or f"https://news.example/{self.number}"
        self.source(source)
        page = Page(source, address, address, title, reading, published_on, fetched_at)
        return articles.save_article(self.database, page).id

    def source(self, slug: str) -> None:
        """Make sure that there is a source of this name."""
        sources.save_source(self.database, SourceEntry(slug, slug, "page", "https://news.example/"))

    def change(self, table: type[Complaint] | type[Article], record_id: str, **values: object) -> None:
        """Change columns of a record behind the store's back."""
        with self.database.writing() as session:
            session.query(table).filter(table.id == record_id).update(values)

    def names(self) -> dict[str, tuple[str, ...]]:
        """The names of the registry's lenders."""
        return lender_names(registry.lender_entries(self.database))


@pytest.fixture
def records(database: Database) -> Records:
    """Makes records in an empty SQLite store."""
    return Records(database)


@pytest.fixture
def every_store(every_database: Database) -> Records:
    """Makes records in an empty store, once on SQLite and once on PostgreSQL."""
    return Records(every_database)


@pytest.fixture(scope="session")
def records_in() -> type[Records]:
    """Makes records in any store: `records_in(database).complaint(…)`."""
    return Records


@pytest.fixture(scope="module")
def prepared_database(prepared_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty SQLite store for all tests of a module."""
    path = tmp_path_factory.mktemp("module") / "store.sqlite3"
    shutil.copy(prepared_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.dispose()


EVERY_ENGINE = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@pytest.fixture(scope="module")
def engines_of_module(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, Callable[[Engine], object]], Engine]]:
    """Opens each engine once for a module and fills it: `engines_of_module("embedded", fill)`.

    Not a parametrised fixture of the module: in a random order of tests that would be filled again for each turn.
    """
    settings = Settings(data_dir=tmp_path_factory.mktemp("index"), elasticsearch_url="")
    prefix, opened = f"test-{uuid.uuid4().hex[:12]}", dict[str, Engine]()

    def opened_and_filled(name: str, fill: Callable[[Engine], object]) -> Engine:
        if name not in opened:
            url = request.getfixturevalue("elasticsearch_url") if name == "elasticsearch" else ""
            chosen = settings.model_copy(update={"elasticsearch_url": url, "elasticsearch_index": prefix})
            opened[name] = open_engine(chosen)
            fill(opened[name])
        return opened[name]

    yield opened_and_filled
    if "elasticsearch" in opened:
        with elasticsearch.Elasticsearch(request.getfixturevalue("elasticsearch_url")) as client:
            for name in client.indices.get(index=f"{prefix}*", ignore_unavailable=True):
                client.indices.delete(index=name)


@pytest.fixture(params=EVERY_ENGINE)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    name: str = request.param
    return name
