"""The rules of a site are read again when they are a day old; what can't be read still means no."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from crawler.middlewares.robots import RobotsMiddleware
from crawler.refusals import Refused
from crawler.runs.pace import Pace
from crawler.runs.robots_rules import KeptRules, rules_from
from tests.crawler.crawling import awaited

HOUR = 3600.0
PAGE = Request("https://paper.invalid/secret/1")


class Site:
    """A site whose robots.txt changes; it counts how often it was asked for."""

    def __init__(self) -> None:
        self.status, self.body, self.times_asked, self.present = 200, b"", 0, 0.0
        self.own_reason = ""
        self.slow_moments = 0
        gathering = SimpleNamespace(pace=Pace(), rules=KeptRules(lambda: self.present))
        self.spider = SimpleNamespace(gathering=gathering)
        self.middleware = self.of_another_source()

    def of_another_source(self) -> RobotsMiddleware:
        """Return the middleware of one more source of the run."""
        return RobotsMiddleware(SimpleNamespace(engine=self, spider=self.spider))

    async def download_async(self, request: Request) -> Response:
        self.times_asked += 1
        if self.own_reason:
            reason, self.own_reason = self.own_reason, ""
            raise Refused(reason)
        if self.slow_moments:
            self.slow_moments -= 1
            raise DownloadTimeoutError
        return Response(request.url, status=self.status, body=self.body)

    async def refusal(self, request: Request = PAGE, middleware: RobotsMiddleware | None = None) -> str:
        try:
            await (middleware or self.middleware).process_request(request)
        except Refused as refused:
            return refused.reason
        return ""


def run(steps: Any) -> None:
    awaited(steps(Site()))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("10", 10), ("10s", 10), ("10 s", 10), ("10 sec", 10), ("10 seconds # please", 10), ("10秒", 10), ("2.5s", 2.5),
        ("2,5", 2.5), ("1 min", 60), ("2m", 120), ("500ms", 0.5), ("1 hour", 3600), ("10;", 10), ("1e2", 100),
        ("-3", 0), ("ten", 0), ("", 0),
    ],
)  # fmt: skip
def test_a_delay_is_understood_with_its_unit(said: str, seconds: float) -> None:
    rules = rules_from(200, f"User-agent: *\nDisallow: /a\nCrawl-Delay : {said}\n".encode())
    assert rules.delay == seconds
    assert rules.refusal("https://paper.invalid/a") == "robots"


@pytest.mark.parametrize(
    "name",
    ["Doorstep/1.0", "doorstep/2 # ours", "Other/1\nUser-agent: DOORSTEP/0.1-beta", "Doorstep/1 (+https://door.example/)",
     "Doorstep crawler"],
)  # fmt: skip
def test_a_version_behind_our_name_says_nothing(name: str) -> None:
    rules = rules_from(200, f"User-agent: {name}\nDisallow: /secret/\n".encode())
    assert rules.refusal("https://paper.invalid/secret/1") == "robots"
    assert rules.refusal("https://paper.invalid/other/1") is None


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "big5"])
def test_a_path_in_another_encoding_forbids_that_path_and_nothing_else(encoding: str) -> None:
    rules = rules_from(200, "User-agent: *\nDisallow: /搜索\nDisallow: /b # 不要".encode(encoding))
    asked = ["/" + "".join(f"%{byte:02X}" for byte in "搜索".encode(encoding)), "/b/1", "/a"]
    assert [rules.refusal(f"https://a.example{path}") for path in asked] == ["robots", "robots", None]


def test_the_rules_of_a_day_ago_are_read_again() -> None:
    async def steps(site: Site) -> None:
        assert await site.refusal() == ""
        site.body = b"User-agent: *\nDisallow: /secret/"
        site.present = 23.9 * HOUR
        assert (await site.refusal(), site.times_asked) == ("", 1)
        site.present = 24.0 * HOUR
        assert (await site.refusal(), site.times_asked) == ("robots", 2)

    run(steps)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_rules_that_can_not_be_read_again_mean_no_and_are_asked_for_within_hours(status: int) -> None:
    async def steps(site: Site) -> None:
        assert await site.refusal() == ""
        site.status, site.present = status, 25 * HOUR
        assert await site.refusal() == "robots_unreachable"
        site.status = 200
        assert await site.refusal() == "robots_unreachable"
        site.present = 26.1 * HOUR
        assert await site.refusal() == ""

    run(steps)


@pytest.mark.parametrize(("slow_moments", "refusal"), [(1, ""), (2, "robots_unreachable")])
def test_a_site_that_is_slow_for_a_moment_is_asked_once_more(slow_moments: int, refusal: str) -> None:
    async def steps(site: Site) -> None:
        site.slow_moments = slow_moments
        assert (await site.refusal(), site.times_asked) == (refusal, 2)

    run(steps)


def test_many_requests_at_once_ask_for_the_rules_once() -> None:
    async def steps(site: Site) -> None:
        assert set(await asyncio.gather(*[site.refusal() for _ in range(9)])) == {""}
        assert site.times_asked == 1

    run(steps)


def test_all_sources_of_a_run_ask_for_the_rules_once() -> None:
    async def steps(site: Site) -> None:
        others = [site.of_another_source() for _ in range(3)]
        assert set(await asyncio.gather(*[site.refusal(middleware=other) for other in others])) == {""}
        assert (await site.refusal(), site.times_asked) == ("", 1)

    run(steps)


@pytest.mark.parametrize("reason", ["over_budget", "stopped"])
def test_a_source_that_may_not_ask_leaves_it_to_the_others(reason: str) -> None:
    async def steps(site: Site) -> None:
        site.own_reason = reason
        told = await asyncio.gather(site.refusal(), site.refusal(middleware=site.of_another_source()))
        assert (told, site.times_asked) == ([reason, ""], 2)

    run(steps)
