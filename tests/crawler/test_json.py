"""Kind `json`: an API page by page, its entries under common names or at the paths that the source names."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction.entries import read_entries, read_json, values_at
from crawler.refusals import Refused
from domain.store import Database
from tests.crawler.crawling import articles
from tests.crawler.little_site import LittleSite

Make = Callable[[dict[str, Any]], LittleSite]
Gather = Callable[..., list[dict[str, Any]]]
SAVED = (Path(__file__).with_name("saved") / "json.json").read_bytes()
LAST = SAVED.replace(b'"k3"', b"null").replace(b"TS2", b"TS4").replace("上门催收人员".encode(), "外包催收人员".encode())
JSON = {"Content-Type": "application/json"}


def board(make: Make) -> LittleSite:
    """Return a board whose second answer repeats an entry of the first."""
    return make({
        "/api": (200, JSON, SAVED), "/api?cursor=k3": (200, JSON, LAST),
        **{f"/c/TS{number}": "<p>投诉</p>" for number in (1, 2, 4)},
    })  # fmt: skip


def test_every_entry_is_taken_once(little_site: Make, gather: Gather, database: Database) -> None:
    site = board(little_site)
    [summary] = gather([site], [f"{site.address}/api", "json"])
    found = {url.removeprefix(site.address): article for url, article in articles(database).items()}
    assert sorted(found) == ["/c/TS1", "/c/TS2", "/c/TS4"]
    first = found["/c/TS1"]
    assert (first.title, first.published_on) == ("只逾期一天就打给家人", date(2026, 11, 5))
    assert "13800000000" not in first.public_text
    assert first.details == {"status": "replied", "replies": ["已核实，向您致歉。"]}
    assert [mention.lender.slug for mention in first.lender_mentions] == ["kuaiyuan_wallet"]
    assert summary["counts"]["refused"] == {"empty": 2}


def test_a_change_of_status_is_a_new_version_and_a_withdrawn_entry_is_gone(
    little_site: Make, gather: Gather, database: Database
) -> None:
    site = board(little_site)
    source = [f"{site.address}/api", "json"]
    gather([site], source)
    site.pages["/api"] = (200, JSON, SAVED.replace(b'"replied"', b'"closed"').replace(b'"k3"', b"null"))
    site.pages["/c/TS4"] = (410, {}, "withdrawn")
    [summary] = gather([site], source)
    found = {url.removeprefix(site.address): article for url, article in articles(database).items()}
    assert (found["/c/TS1"].version, found["/c/TS1"].details["status"]) == (2, "closed")
    assert (found["/c/TS4"].status, found["/c/TS4"].gone_reason) == ("gone", "http_410")
    assert summary["counts"]["gone"] == 1


def test_paths_lead_to_entries_under_other_names() -> None:
    body = '{"d": {"rows": [{"n": 7, "w": {"t": "催收"}, "at": 1762300000}], "more": "/p/2"}}'.encode()
    paths = {"items": "d.rows", "id": "n", "text": "w.t", "date": "at", "next": "d.more"}
    page = read_entries(body, "https://a.example/p/1", paths)
    assert [(e.id, e.text, e.published_on) for e in page.entries] == [("7", "催收", date(2025, 11, 5))]
    assert page.next_url == "https://a.example/p/2"
    assert list(values_at({"a": [{"b": 1}, {"b": 2}]}, "a[].b")) == [1, 2]


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"{", "malformed_json"), (b"[" * 200_000, "malformed_json"), (b'{"a": 1}', "no_entries")],
)  # fmt: skip
def test_what_is_no_list_of_entries_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_entries(body, "https://a.example/", {})
    assert refused.value.reason == reason


SAID = "快圆钱包的催收员说已经到了门口，邻居都听见了。"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (f'{{"items": [{{"id": 1, "content": "{SAID}"}}]}}'.encode("gbk"), "application/json; charset=gbk"),
        (f'{{"items": [{{"id": 1, "content": "{SAID}"}}]}}'.encode("gb18030"), "application/json"),
        (f'{{"items": [null, "…", {{"id": 1, "content": "{SAID}"}}, 5]}}'.encode(), ""),
        (f'/**/jQuery123_45({{"items": [{{"id": 1, "content": "{SAID}"}}]}});'.encode(), "text/javascript"),
        (f'{{"data": [{{"type": "c", "id": "1", "attributes": {{"body": "{SAID}"}}}}]}}'.encode(), ""),
        (f'[{{"id": 1, "title": {{"rendered": "信"}}, "content": {{"rendered": "<p>{SAID}</p>"}}}}]'.encode(), ""),
    ],
    ids=["gbk", "gbk undeclared", "others among them", "jsonp", "json:api", "wordpress"],
)
def test_an_entry_is_read_in_other_encodings_and_wrappings_and_among_what_is_none(
    body: bytes, content_type: str
) -> None:
    page = read_entries(body, "https://a.example/api", {}, content_type=content_type)
    assert [(entry.id, entry.text) for entry in page.entries] == [("1", SAID)]


def test_a_byte_order_mark_is_no_error() -> None:
    assert read_json(b"\xef\xbb\xbf[1]") == [1]


def test_an_api_that_leads_on_to_itself_ends(little_site: Make, gather: Gather) -> None:
    site = little_site({"/api": (200, JSON, SAVED.replace(b'"k3"', b'"/api"')), "/c/TS1": "", "/c/TS2": ""})
    [summary] = gather([site], [f"{site.address}/api", "json"])
    assert summary["counts"]["lists"] == 1


@pytest.mark.parametrize("number", ['"id": {0}, ', ""])
def test_an_entry_without_a_page_of_its_own_is_itself_whatever_answer_it_stands_in(
    little_site: Make, gather: Gather, database: Database, number: str
) -> None:
    def answer(*entries: int, following: str = "") -> tuple[int, dict[str, str], bytes]:
        rows = ", ".join(
            f'{{{number.format(at)}"content": "快圆钱包的催收员第{at}次打来电话，说已经到了小区门口。"}}'
            for at in entries
        )
        return 200, JSON, f'{{"items": [{rows}], "next_cursor": "{following}"}}'.encode()

    site = little_site({"/api": answer(9, 8, following="a"), "/api?cursor=a": answer(7, 6)})
    source = [f"{site.address}/api", "json"]
    gather([site], source)
    before = set(articles(database))
    assert len(before) == 4
    site.pages = {"/api": answer(11, 9, following="b"), "/api?cursor=b": answer(8, 7, 6)}
    [summary] = gather([site], source)
    assert summary["counts"]["stored"]["unchanged"] == 4
    assert len(set(articles(database)) - before) == 1
