"""Requests that wait are packed, and come out as they went in."""

from types import SimpleNamespace

import pytest
from scrapy import Request, Spider

from crawler.runs import waiting
from crawler.runs.claims import Announced
from crawler.runs.waiting import PackedQueue


class Reading(Spider):
    name = "reading"

    def page(self, response: object) -> None:
        return

    def failed(self, failure: object) -> None:
        return


@pytest.fixture
def spider() -> Reading:
    return Reading()


@pytest.fixture
def queue(spider: Reading) -> PackedQueue:
    return PackedQueue.from_crawler(SimpleNamespace(spider=spider), "0")


@pytest.mark.parametrize("unpacked", [0, 1, 500])
def test_the_latest_request_comes_first_and_whole(
    queue: PackedQueue, spider: Reading, unpacked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "UNPACKED", unpacked)
    for number in range(3):
        arguments = {"announced": Announced(f"题目{number}")}
        url = f"https://paper.invalid/{number}"
        queue.push(Request(url, spider.page, errback=spider.failed, cb_kwargs=arguments, meta={"leads_on": True}))
    peeked, taken = queue.peek(), queue.pop()
    assert peeked is not None
    assert taken is not None
    assert peeked.url == taken.url == "https://paper.invalid/2"
    assert (taken.callback, taken.errback) == (spider.page, spider.failed)
    assert (taken.cb_kwargs, taken.meta["leads_on"]) == ({"announced": Announced("题目2")}, True)
    assert len(queue) == 2


def test_a_request_that_can_not_be_packed_waits_as_it_is(queue: PackedQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "UNPACKED", 0)
    request = Request("https://paper.invalid/", callback=lambda response: None)
    queue.push(request)
    assert queue.pop() is request
    assert queue.pop() is None


def test_many_that_wait_take_little(queue: PackedQueue, spider: Reading) -> None:
    url = "https://paper.invalid/news/2026/11/25/{}.html"
    for number in range(2000):
        queue.push(Request(url.format(number), spider.page, errback=spider.failed, meta={"start": False}))
    packed = [waits for waits in queue._waiting if isinstance(waits, bytes)]
    assert len(packed) == 2000 - waiting.UNPACKED
    assert sum(map(len, packed)) < 1000 * len(packed)
