"""Requests as they lie in the frontier, with everything that a story or a thread carries along."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request, Spider

from crawler.extraction.page import Link, Page
from crawler.extraction.parts import Parts
from crawler.extraction.structured import Directives
from crawler.frontier.requests import packed, unpacked
from crawler.items import Capture
from crawler.runs.claims import Announced
from crawler.spiders.articles import Story
from crawler.spiders.originals import Fetched
from crawler.spiders.posts import Thread

AT = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
CAPTURE = Capture("http://a.example/1", 200, (("ETag", '"x"'),), b"\x00\xff<p>", "ab", AT)
PAGE = Page(
    "http://a.example/1", "http://a.example/1", "催收上门", ("一", "二"), date(2026, 1, 2), "某报", Directives(),
    Parts(("b",), None),
    (Link("http://a.example/2", "下一页", "next"),), origins={"title": "og"},
)  # fmt: skip


class Reader(Spider):
    """A spider with a callback for each kind of request."""

    name = "reader"

    def read(self) -> None:
        """Read."""

    def failed(self) -> None:
        """Count."""


@pytest.mark.parametrize(
    "carried",
    [
        {}, {"depth": 2}, {"announced": Announced("题", date(2026, 1, 2)), "copy": Fetched(PAGE, CAPTURE)},
        {"story": Story(PAGE, Announced(), (CAPTURE,), ("http://a.example/2",))},
        {"thread": Thread("帖子", True, {"小鱼": "楼主"}, {"http://a.example/t/1"})}, {"thread": None},
    ],
)  # fmt: skip
def test_a_request_comes_out_of_the_frontier_as_it_went_in(carried: dict[str, object]) -> None:
    spider = Reader()
    request = Request(
        "http://a.example/页", callback=spider.read, errback=spider.failed, priority=5, dont_filter=True,
        cb_kwargs=carried, headers={"Accept": "a"}, meta={"start": True, "redirect_urls": ["http://a.example/"]},
    )  # fmt: skip
    again = unpacked(packed(request, spider), spider)
    for name in ("url", "callback", "errback", "priority", "dont_filter", "cb_kwargs", "headers", "meta"):
        assert getattr(again, name) == getattr(request, name), name


def test_what_is_looked_up_anew_does_not_go_along() -> None:
    request = Request("http://a.example/", meta={"remembered": SimpleNamespace(), "start": True})
    assert unpacked(packed(request, Reader()), Reader()).meta == {"start": True}


def test_nothing_else_goes_along_and_nothing_runs_code() -> None:
    with pytest.raises(TypeError, match="SimpleNamespace can't be carried"):
        packed(Request("http://a.example/", cb_kwargs={"a": SimpleNamespace()}), Reader())
