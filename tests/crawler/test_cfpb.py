"""Kind `cfpb`: complaints to another office, kept as posts with their source and never counted as our own."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select

from crawler.runs.counts import Counts
from crawler.runs.gathering import Gathering
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
JSON = {"Content-Type": "application/json"}
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


class Bureau(dict[str, Any]):
    """The API as its published source has it: pages by `search_after`, and 400 for a `frm` beyond its limit."""

    # The real one allows 10,000.
    MOST = 100

    def __init__(self, complaints: int) -> None:
        told = json.loads(SAVED)["hits"]["hits"][0]["_source"]
        self.hits = [{"sort": [1759500000000 + number // 7, str(number)], "_source": told | {
            "complaint_id": str(number), "complaint_what_happened": f"They called me {number} times.",
        }} for number in range(complaints, 0, -1)]  # fmt: skip
        # What is answered, in turn, in the place of an answer of this number.
        self.instead: dict[int, list[Any]] = {}

    def get(self, path: str, default: Any = None) -> Any:
        """Answer a path."""
        asked = parse_qs(urlsplit(path).query)
        if not asked:
            return default
        first, size = int(asked["frm"][0]), int(asked["size"][0])
        if first > self.MOST or first % size:
            return 400, JSON, json.dumps({"frm": ["Ensure this value is less than or equal to 10000."]})
        after = asked.get("search_after", [""])[0].split("_")
        begin = next((at + 1 for at, hit in enumerate(self.hits) if [str(key) for key in hit["sort"]] == after), 0)
        if instead := self.instead.get(begin // size):
            return instead.pop(0)
        told = {"hits": {"total": {"value": len(self.hits), "relation": "eq"}, "hits": self.hits[begin : begin + size]}}
        return 200, JSON, json.dumps(told | {"_meta": {"license": "CC0", "break_points": {}}})


def read(site: LittleSite, gather: Gather) -> dict[str, Any]:
    [summary] = gather([site], [f"{site.address}/api/v1/", "cfpb", {"delay_seconds": 0}])
    return summary


def test_the_last_of_many_complaints_is_reached(little_site: Make, gather: Gather, database: Database) -> None:
    bureau = Bureau(2 * PAGE_SIZE + 50)
    summary = read(little_site(bureau), gather)
    assert summary["counts"]["lists"] == 3
    assert "refused" not in summary["counts"]
    assert len(articles(database)) == len(bureau.hits)


def test_a_source_without_a_number_of_its_own_is_read_as_far_as_its_lists_go(
    database: Database, reader: Reader, settings: Settings
) -> None:
    source = SourceEntry("cfpb", "CFPB", "cfpb", "https://cfpb.example/api/v1/", "en")
    spider = CfpbSpider(source, Gathering(database, reader, settings), Counts())
    # Narratives are published up to 60 days late, in the midst of those that are known, of which there are 9,000.
    assert spider.most_items == spider.most_lists * PAGE_SIZE
    chosen = replace(source, options={"max_pages": 40})
    assert CfpbSpider(chosen, Gathering(database, reader, settings), Counts()).most_items == 40


def test_an_answer_that_fails_once_is_asked_for_again_and_one_that_goes_on_failing_ends_the_run_where_it_is(
    little_site: Make, gather: Gather, database: Database
) -> None:
    bureau = Bureau(2 * PAGE_SIZE + 5)
    bureau.instead[1] = [(502, {}, "<h1>Bad Gateway</h1>")] * 3
    site = little_site(bureau)
    summary = read(site, gather)  # asks twice
    assert (summary["outcome"], summary["counts"]["refused"]) == ("finished", {"http_502": 1})
    assert len(articles(database)) == PAGE_SIZE
    summary = read(site, gather)
    assert (summary["outcome"], summary["counts"]["stored"]["unchanged"]) == ("finished", PAGE_SIZE)
    assert len(articles(database)) == len(bureau.hits)


def test_an_error_page_in_the_place_of_an_answer_is_unreadable_and_counted_once(
    little_site: Make, gather: Gather
) -> None:
    bureau = Bureau(3)
    bureau.instead[0] = [(200, {"Content-Type": "text/html"}, "<h1>Down for maintenance</h1>")]
    summary = read(little_site(bureau), gather)
    assert (summary["outcome"], summary["counts"]["refused"]) == ("unreadable", {"malformed_json": 1})


def test_answers_whose_narrative_has_another_name_find_nothing_and_are_flagged(
    little_site: Make, gather: Gather, database: Database
) -> None:
    bureau = Bureau(20)
    site = little_site(bureau)
    for _ in range(3):
        read(site, gather)
    for hit in bureau.hits:
        hit["_source"]["narrative"] = hit["_source"].pop("complaint_what_happened")
    summary = read(site, gather)
    assert (summary["counts"]["refused"], summary["warning"]) == ({"no_narrative": 20}, "found_nothing")
    assert {post.status for post in articles(database).values()} <= {"indexed", "duplicate_of"}


def test_the_next_answer_begins_after_the_last_complaint(
    database: Database, reader: Reader, settings: Settings
) -> None:
    source = SourceEntry("cfpb", "CFPB", "cfpb", "https://cfpb.example/api/v1/", "en")
    spider = CfpbSpider(source, Gathering(database, reader, settings), Counts())
    hit = json.loads(SAVED)["hits"]["hits"][0]
    following = spider.following([hit] * PAGE_SIZE, spider.query_address(0, None))
    asked = parse_qs(urlsplit(following or "").query)
    assert (asked["frm"], asked["search_after"]) == (["0"], ["1759500000000_9000001"])
    without = spider.following([{**hit, "sort": None}] * PAGE_SIZE, spider.query_address(0, None))
    assert parse_qs(urlsplit(without or "").query)["frm"] == [str(PAGE_SIZE)]
    assert spider.following([{**hit, "sort": None}] * PAGE_SIZE, spider.query_address(10_000, None)) is None
    assert spider.following([hit], spider.query_address(0, None)) is None
