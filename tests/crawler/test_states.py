"""What becomes of an article when its page changes, goes, asks not to be indexed, or comes back."""

from collections.abc import Callable
from typing import Any

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
PATHS = ("/410", "/404", "/403", "/500", "/noindex", "/changed", "/unlisted", "/same")


# Each its own story: pages that are alike are copies of one another.
STORIES = (
    "清晨六点门铃响个不停，邻居也被吵醒，来人自称是外包公司的员工。",
    "短信里写着三天内上门核实，落款却是一家咨询公司。",
    "单位前台接到十几通电话，每次都说要找财务科的同事。",
    "法务函寄到老家，父母以为儿子要坐牢，连夜赶来城里。",
    "通讯录里的同学都收到了群发消息，说她欠钱不还。",
    "催收员在门口等了一夜，天亮才离开，走时贴了一张纸。",
    "还款协商谈了五次，客服每次都说要先还一半。",
    "他把录音交给了消费者协会，两周以后收到了答复。",
)


def page(path: str, **given: str) -> str:
    return article(title=f"读者来信{path}", text=STORIES[PATHS.index(path)] * 6, **given)


def states(database: Database, site: LittleSite) -> dict[str, tuple[str, str]]:
    """Return {path: (status, why it is gone)}."""
    kept = articles(database)
    return {path: (kept[site.address + path].status, kept[site.address + path].gone_reason) for path in PATHS}


def test_a_page_that_goes_is_gone_and_one_that_can_not_be_had_is_not(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = little_site({"/s.xml": sitemap(*PATHS), **{path: page(path) for path in PATHS}})
    source = [f"{site.address}/s.xml", "sitemap"]
    gather([site], source)
    assert set(states(database, site).values()) == {("indexed", "")}

    site.pages |= {
        "/410": (410, {}, "gone"), "/404": (404, {}, "not here"), "/403": (403, {}, "no"), "/500": (500, {}, "oh"),
        "/noindex": page("/noindex", head='<meta name="robots" content="noindex">'),
        "/changed": page("/changed").replace("一夜", "两夜"), "/unlisted": (410, {}, "gone"),
        "/s.xml": sitemap(*(path for path in PATHS if path != "/unlisted")),
    }  # fmt: skip
    [summary] = gather([site], source)
    there, gone = ("indexed", ""), {"/410": "http_410", "/404": "http_404", "/noindex": "noindex"}
    expected = {path: ("gone", gone[path]) if path in gone else there for path in PATHS}
    assert states(database, site) == expected | {"/unlisted": ("gone", "http_410")}
    assert summary["counts"]["gone"] == 4
    assert summary["counts"]["stored"]["changed"] == 1
    kept = articles(database)
    assert [kept[site.address + path].version for path in ("/changed", "/same")] == [2, 1]
    assert "两夜" in kept[f"{site.address}/changed"].public_text

    site.pages |= {"/410": page("/410"), "/noindex": page("/noindex")}
    gather([site], source)
    back = states(database, site)
    assert (back["/410"], back["/noindex"], back["/404"]) == (there, there, ("gone", "http_404"))


def test_a_page_that_says_it_is_unchanged_is_not_sent_again(
    little_site: Make, gather: Gather, database: Database
) -> None:
    def tagged(site: LittleSite) -> Any:
        known = site.asked[-1].headers.get("If-None-Match")
        return (304, {"ETag": '"1"'}, "") if known == '"1"' else (200, {"ETag": '"1"'}, page("/same"))

    site = little_site({"/s.xml": sitemap("/same"), "/same": tagged})
    source = [f"{site.address}/s.xml", "sitemap"]
    first, second = gather([site], source), gather([site], source)
    assert first[0]["counts"]["stored"] == {"new": 1}
    assert second[0]["counts"]["stored"] == {"unchanged": 1}
    assert second[0]["counts"]["not_modified"] == 1
    [stored] = articles(database).values()
    assert (stored.version, stored.status) == (1, "indexed")
