"""Posts that a run left out (it had its fill, or they took too long to read) are taken by a later one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.test_cfpb import AnyQuery

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
SAVED = Path(__file__).with_name("saved")
JSON = {"Content-Type": "application/json"}


def complaints(numbers: range) -> str:
    """Return an answer of the CFPB's API with these complaints."""
    hit = json.loads((SAVED / "cfpb.json").read_text("utf-8"))["hits"]["hits"][0]
    hits = [hit | {"_source": hit["_source"] | {"complaint_id": str(number)}} for number in numbers]
    return json.dumps({"hits": {"hits": hits}})


def entries(numbers: range) -> str:
    """Return an answer of a board of complaints."""
    texts = [f"快圆钱包的催收员第{number}次打来电话，说已经到了小区门口。" for number in numbers]
    return json.dumps({"items": [{"id": number, "content": text} for number, text in zip(numbers, texts, strict=True)]})


def posts(numbers: range) -> str:
    """Return a page of a thread."""
    texts = [
        f'<div id="post_{number}"><div class="post-text">催收第{number}次说要上门。</div></div>' for number in numbers
    ]
    return f"<html><head><title>快圆钱包催收上门</title></head><body>{''.join(texts)}</body></html>"


@pytest.mark.parametrize(
    ("kind", "page"), [("cfpb", complaints), ("json", entries), ("forum", posts)], ids=["cfpb", "json", "forum"]
)
def test_a_post_that_was_left_out_is_taken_later_though_its_page_is_as_it_was(
    little_site: Make, gather: Gather, database: Database, kind: str, page: Callable[[range], str]
) -> None:
    headers = {"ETag": '"1"'} if kind == "forum" else JSON

    def answer(site: LittleSite) -> Any:
        return (304, {}, "") if "If-None-Match" in site.asked[-1].headers else (200, headers, page(range(1, 5)))

    site = little_site(AnyQuery({"/all": answer}))
    source = [f"{site.address}/all", kind, {"delay_seconds": 0}]
    [first] = gather([site], source, given={"limit": 1})
    assert (first["counts"]["stored"], first["counts"]["over_limit"]) == ({"new": 1}, 3)
    [second] = gather([site], source)
    assert second["counts"]["stored"].pop("unchanged") == 1
    assert sum(second["counts"]["stored"].values()) == 3
    assert len(articles(database)) == 4
    [third] = gather([site], source)
    assert third["counts"]["stored"] == {"unchanged": 4}
