"""A name may mean another thing when it is connected to than when it was checked: nothing private is reached."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite
from tests.crawler.pages import article, sitemap

Make = Callable[[dict[str, Any]], LittleSite]
PUBLIC, PUBLIC_TOO, NOBODY = "93.184.216.34", "2606:2800:220:1::1", "93.184.216.35"
PAPER = "http://paper.example"
# After each answer a new connection is made, and the name looked up again.
CLOSED = {"Connection": "close"}


class World:
    """A site behind a name, and what was asked for and connected to in a crawl of it."""

    def __init__(self, site: LittleSite, gather: Callable[..., Any], notes: Path) -> None:
        self.site, self._gather, self._notes = site, gather, notes

    def crawl(self, url: str, kind: str, *answers: Sequence[str], aliases: Sequence[str] = ()) -> dict[str, Any]:
        """Crawl from `url` while its name means each of `answers` in turn, and the last one from then on."""
        names = {
            "answers": {"paper.example": answers, "www.paper.example": answers[-1:]},
            "sites": {f"{PUBLIC}:80": int(self.site.address.rpartition(":")[2])},
            "notes": str(self._notes), "aliases": aliases,
        }  # fmt: skip
        [summary] = self._gather([], [url, kind], names=names, hasty=True)
        return dict(summary)

    def noted(self, what: str) -> list[str]:
        """Return the names that were asked for, or the addresses that were connected to."""
        lines = [json.loads(line) for line in self._notes.read_text("utf-8").splitlines()]
        return [line[1] for line in lines if line[0] == what]


@pytest.fixture
def world(little_site: Make, gather: Callable[..., Any], tmp_path: Path) -> World:
    """A site of two articles that closes every connection."""
    site = little_site({
        "/robots.txt": (200, CLOSED, ""), "/s.xml": (200, CLOSED, sitemap("/a", "/b").replace("{base}", PAPER)),
        "/a": (200, CLOSED, article()), "/b": (200, CLOSED, article(text="乙")),
    })  # fmt: skip
    return World(site, gather, tmp_path / "notes")


def test_a_name_that_stays_public_is_read(world: World, database: Database) -> None:
    summary = world.crawl(f"{PAPER}/a", "page", [PUBLIC])
    assert (summary["outcome"], list(articles(database))) == ("finished", [f"{PAPER}/a"])
    assert set(world.noted("connected")) == {PUBLIC}


@pytest.mark.parametrize("lookups", [1, 2, 3])
@pytest.mark.parametrize(
    ("private", "reason"),
    [
        ("127.0.0.1", "loopback_address"), ("10.1.2.3", "private_address"), ("169.254.169.254", "link_local_address"),
        ("::ffff:127.0.0.1", "mapped_address"), ("::1", "loopback_address"), ("fd00::1", "private_address"),
    ],
)  # fmt: skip
def test_a_name_that_becomes_private_after_some_connections_is_connected_to_no_more(
    world: World, lookups: int, private: str, reason: str
) -> None:
    summary = world.crawl(f"{PAPER}/s.xml", "sitemap", *[[PUBLIC]] * lookups, [private])
    assert set(world.noted("connected")) == {PUBLIC}
    assert len(world.site.asked) == lookups
    assert set(summary["counts"]["refused"]) == {reason}


@pytest.mark.parametrize(
    ("means", "reason"),
    [
        ([PUBLIC, "10.0.0.9"], "private_address"), (["192.168.1.1", PUBLIC], "private_address"),
        ([PUBLIC, PUBLIC_TOO, "::ffff:10.0.0.1"], "mapped_address"), ([PUBLIC_TOO, "::127.0.0.1"], "private_address"),
        ([PUBLIC, "64:ff9b::7f00:1"], "nat64_address"), ([PUBLIC, "0.0.0.1"], "private_address"),
        (["2002:7f00:1::1", PUBLIC], "6to4_address"), ([PUBLIC] * 40 + ["127.0.0.1"], "loopback_address"),
    ],
)  # fmt: skip
def test_of_several_addresses_one_that_is_private_keeps_all_from_being_connected_to(
    world: World, means: list[str], reason: str
) -> None:
    summary = world.crawl(f"{PAPER}/a", "page", means)
    assert (world.noted("connected"), world.site.asked) == ([], [])
    assert (summary["outcome"], summary["counts"]["refused"]) == ("unreachable", {reason: 1})


def test_an_alias_of_this_machine_is_not_connected_to(world: World) -> None:
    summary = world.crawl(f"{PAPER}/a", "page", ["127.0.0.1"], aliases=["localhost"])
    assert world.noted("connected") == []
    assert summary["counts"]["refused"] == {"loopback_address": 1}


def test_a_connection_that_failed_and_is_tried_again_is_checked_again(world: World) -> None:
    summary = world.crawl(f"{PAPER}/a", "page", [PUBLIC], [NOBODY], ["10.0.0.1"])
    assert set(world.noted("connected")) == {PUBLIC, NOBODY}
    assert summary["counts"]["refused"] == {"private_address": 1}


@pytest.mark.parametrize("target", ["http://PAPER.example/b", "http://www.paper.example/b", "http://Paper.Example./b"])
def test_a_redirect_to_the_site_by_another_spelling_is_checked_and_its_reason_told(world: World, target: str) -> None:
    world.site.pages["/a"] = (302, {"Location": target, **CLOSED}, "")
    summary = world.crawl(f"{PAPER}/a", "page", [PUBLIC], [PUBLIC], ["127.0.0.1"])
    assert set(world.noted("connected")) <= {PUBLIC}
    assert world.site.paths().count("/b") == 0
    assert set(summary["counts"]["refused"]) <= {"loopback_address", "foreign_site"}
    assert sum(summary["counts"]["refused"].values()) == 1
