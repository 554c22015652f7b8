"""Kind `cfpb`: the public API of the CFPB's database of complaints, the part on debt collection.

What is told there are complaints of others, to another office: they are kept as posts with their source and are never
counted among complaints filed here. Fields and parameters: https://cfpb.github.io/api/ccdb/
"""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import Response

from crawler.extraction.dates import day_of
from crawler.extraction.entries import read_json
from crawler.items import Capture, GatheredArticle
from crawler.keeping.captures import capture_of, fetched_now
from crawler.refusals import Refused
from crawler.spiders.json import JsonSpider
from domain.settings import SITE_TIME_ZONE

ADDRESS = "https://www.consumerfinance.gov/data-research/consumer-complaints/search/api/v1/"
PAGE_SIZE = 100
# The API refuses to begin further on by number (`frm`); by the sort key of the last complaint there is no end.
LAST_START = 10_000
# Narratives are published up to 60 days after a complaint came: a run looks that far back.
DAYS_BACK = 60
# The API answers 20 requests a minute.
PACE_SECONDS = 3.0
DETAIL = "/data-research/consumer-complaints/search/detail/{id}"


class CfpbSpider(JsonSpider):
    """Reads complaints on debt collection that have a narrative. Options: `since` (a day), `days_back`, `max_lists`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.gathering.limit is None and "max_pages" not in self.source.options:
            # A window of 60 days has 9,000, most of them known, and the late ones stand in their midst.
            self.most_items = self.most_lists * PAGE_SIZE
        if self.source.pace_seconds is None and "delay_seconds" not in self.source.options:
            from crawler.connections.addresses import origin_of

            self.gathering.pace.slow_down(origin_of(self.source.address), PACE_SECONDS)

    async def first_requests(self) -> AsyncIterator[Request]:
        """Ask for the newest complaints."""
        yield self.ask_list(self.query_address(0, None), start=True)
        for url in self.starts_at:
            yield self.ask_list(url)

    def query_address(self, start: int, after: str | None) -> str:
        """Return the address of the answer that begins with complaint number `start`, after the sort key `after`."""
        parts = urlsplit(self.source.address)
        today = fetched_now().astimezone(SITE_TIME_ZONE).date()
        since = self.source.options.get("since") or today - timedelta(
            days=int(self.source.options.get("days_back", DAYS_BACK))
        )
        query = {
            "product": "Debt collection", "has_narrative": "true", "no_aggs": "true", "no_highlight": "true",
            "field": "all", "sort": "created_date_desc", "size": str(PAGE_SIZE), "date_received_min": str(since),
            **dict(parse_qsl(parts.query)), "frm": str(start), **({"search_after": after} if after else {}),
        }  # fmt: skip
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))

    async def parse(self, response: Response, thread: Any = None) -> AsyncIterator[GatheredArticle | Request]:
        """Take the complaints of an answer and ask for the next one."""
        self.counts.add("fetched")
        hits: list[Mapping[str, Any]] | None = await self.taken_apart(read_hits, response.body)
        if hits is None:
            self.outcome = "unreadable" if response.meta.get("start") else self.outcome
            return
        self.counts.add("lists")
        capture = capture_of(response)
        items = [item for hit in hits if (item := self.complaint(hit, response.url, capture))]
        unchanged = self.is_same_answer(capture, response.meta.get("remembered"))
        for item in await self.items_of(items, unchanged):
            yield item
        await self.visited(response, leads_on=True, capture=capture)
        following = self.following(hits, response.url)
        if following and self.may_follow(following, response):
            yield self.ask_list(following)

    def following(self, hits: list[Mapping[str, Any]], url: str) -> str | None:
        """Return the address of the next answer; a short one was the last."""
        if len(hits) < PAGE_SIZE:
            return None
        key = hits[-1].get("sort")
        if isinstance(key, list) and key:
            return self.query_address(0, "_".join(map(str, key)))
        start = int(dict(parse_qsl(urlsplit(url).query)).get("frm", 0)) + PAGE_SIZE
        return self.query_address(start, None) if start <= LAST_START else None

    def complaint(self, hit: Mapping[str, Any], url: str, capture: Capture) -> GatheredArticle | None:
        """Return the item of one complaint, or None where no narrative was given."""
        self.counts.add("listed")
        told = hit.get("_source")
        told = told if isinstance(told, Mapping) else hit
        text, number = _text(told, "complaint_what_happened"), _text(told, "complaint_id")
        if not text or not number.isdigit():
            self.refuse("no_narrative")
            return None
        parts = urlsplit(url)
        address = urlunsplit((parts.scheme, parts.netloc, DETAIL.format(id=number), "", ""))
        said = {"status": _text(told, "company_response"), "replies": [_text(told, "company_public_response")]}
        company = _text(told, "company")
        return GatheredArticle(
            source=self.source.slug, url=address, canonical_url=address, title=_title(told), text=text,
            published_on=day_of(_text(told, "date_received")[:10]), fetched_at=capture.fetched_at,
            site_name=self.source.name, form="post", beside=(company,) if company else (), relevant=True,
            details={name: value for name, value in said.items() if value and value != [""]}, captures=(capture,),
        )  # fmt: skip

    def revisit(self, address: str) -> list[Request]:
        """Ask for nothing: older complaints leave the window, not the database."""
        return []


def read_hits(body: bytes) -> list[Mapping[str, Any]]:
    """Return the complaints of an answer. Raises Refused, `no_entries` where there is no list of them in it."""
    data = read_json(body)
    hits = data.get("hits") if isinstance(data, Mapping) else data
    hits = hits.get("hits") if isinstance(hits, Mapping) else hits
    if not isinstance(hits, list) or not all(isinstance(hit, Mapping) for hit in hits):
        raise Refused("no_entries")
    return hits


def _title(told: Mapping[str, Any]) -> str | None:
    parts = [_text(told, "issue"), _text(told, "sub_issue")]
    return ": ".join(part for part in parts if part)[:300] or None


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
