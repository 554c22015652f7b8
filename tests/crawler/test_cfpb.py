"""Kind `cfpb`: complaints to another office, kept as posts with their source and never counted as our own."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select

from crawler.counts import Counts
from crawler.gathering import Gathering
from crawler.spiders.cfpb import PAGE_SIZE, CfpbSpider
from domain.models import Complaint
from domain.reading import Reader
from domain.settings import Settings
from domain.store import Database
from domain.store.gathering.sources import SourceEntry
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
SAVED = (Path(__file__).with_name("saved") / "cfpb.json").read_text("utf-8")


class AnyQuery(dict[str, Any]):
    """Pages of a site that answers an address whatever is asked of it."""

    def get(self, path: str, default: Any = None) -> Any:
        return super().get(path.partition("?")[0], default)


def test_complaints_with_a_narrative_are_kept_as_posts(little_site: Make, gather: Gather, database: Database) -> None:
    site = little_site(AnyQuery({"/api/v1/": (200, {"Content-Type": "application/json"}, SAVED)}))
    [summary] = gather([site], [f"{site.address}/api/v1/", "cfpb", {"delay_seconds": 0}])
    [post] = articles(database).values()
    assert post.canonical_url == f"{site.address}/data-research/consumer-complaints/search/detail/9000001"
    assert (post.form, post.published_on, post.language) == ("post", date(2026, 10, 3), "en")
    assert post.title == "Communication tactics: Frequent or repeated calls"
    assert post.details == {"status": "Closed with explanation"}
    assert summary["counts"]["refused"] == {"no_narrative": 1}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Complaint)) == 0


def test_what_is_asked_for_is_debt_collection_with_narratives(little_site: Make, gather: Gather) -> None:
    site = little_site(AnyQuery({"/api/v1/": (200, {"Content-Type": "application/json"}, SAVED)}))
    gather([site], [f"{site.address}/api/v1/", "cfpb", {"delay_seconds": 0, "since": "2026-09-01"}])
    asked = parse_qs(urlsplit(site.paths()[-1]).query)
    assert (asked["product"], asked["has_narrative"]) == (["Debt collection"], ["true"])
    assert (asked["date_received_min"], asked["frm"]) == (["2026-09-01"], ["0"])


def test_the_next_answer_begins_after_the_last_complaint(
    database: Database, reader: Reader, settings: Settings
) -> None:
    source = SourceEntry("cfpb", "CFPB", "cfpb", "https://cfpb.example/api/v1/", "en")
    spider = CfpbSpider(source, Gathering(database, reader, settings), Counts())
    hit = json.loads(SAVED)["hits"]["hits"][0]
    following = spider.following([hit] * PAGE_SIZE, spider.query_address(0, None))
    asked = parse_qs(urlsplit(following or "").query)
    assert (asked["frm"], asked["search_after"]) == ([str(PAGE_SIZE)], ["1759500000000_9000001"])
    assert spider.following([hit], spider.query_address(0, None)) is None
