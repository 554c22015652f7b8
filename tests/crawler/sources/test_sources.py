"""The file of sources, and sources made from an address."""

from pathlib import Path
from typing import Any

import pytest

from crawler.sources import FIELDS, entry_from, load_sources, source_for, sources_as_yaml
from crawler.sources.invalid import InvalidSource, InvalidSourceFile
from crawler.sources.options import KIND_OPTIONS
from crawler.spiders.kinds import SPIDERS
from domain.store.gathering.sources import SourceEntry


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_file_can_be_read() -> None:
    assert isinstance(load_sources(), list)


def test_a_source_is_read_with_its_options(tmp_path: Path) -> None:
    row = "{slug: a-news, name: 某报, kind: feed, address: 'https://news.example/rss', options: {max_pages: 5}}"
    text = f"sources: [{row}]"
    assert load_sources(write(tmp_path, text)) == [
        SourceEntry("a-news", "某报", "feed", "https://news.example/rss", "zh", {"max_pages": 5})
    ]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{slug: A B, kind: feed, address: 'http://a.example'}", "no slug"),
        ("{slug: a, kind: pigeon, address: 'http://a.example'}", "kinds are page"),
        ("{slug: a, kind: feed, address: 'ftp://a.example'}", "http"),
        ("{slug: a, kind: feed, address: 'http://[bad'}", "no address"),
        ("{slug: a, kind: feed}", "http"),
        ("{slug: a, kind: feed, address: 'http://a.example', colour: 3}", "unknown field colour"),
        ("{slug: a, kind: feed, address: 'http://a.example', options: {items: a}}", "no option items"),
        ("{slug: a, kind: feed, address: 'http://a.example', options: {1: a, b: c}}", "no option 1, b"),
        ("{slug: a, kind: sitemap, address: 'http://a.example', options: {only: [a]}}", "option only must be a text"),
        ("{slug: a, kind: json, address: 'http://a.example', options: {items: {a: b}}}", "option items must be a text"),
        ("{slug: a, kind: feed, address: 'http://a.example', options: {max_pages: .inf}}", "max_pages must be"),
        ("{slug: a, kind: feed, address: 'http://a.example', options: {max_pages: .nan}}", "max_pages must be"),
        ("{slug: a, kind: cfpb, address: 'http://a.example', options: {since: 2026-02-31}}", "can't be read"),
        ("[" * 5000 + "]" * 5000, "can't be read"),
        ("a", "must be a mapping"),
        (", ".join(["{slug: a, kind: feed, address: 'http://a.example'}"] * 2), "two sources"),
    ],
)  # fmt: skip
def test_a_source_that_is_wrong_is_refused_in_words(tmp_path: Path, row: str, complaint: str) -> None:
    with pytest.raises(InvalidSourceFile, match=complaint):
        load_sources(write(tmp_path, f"sources: [{row}]"))


def test_a_day_among_the_options_is_kept_as_it_was_written(tmp_path: Path) -> None:
    row = "{slug: a, kind: cfpb, address: 'http://a.example', options: {since: 2026-01-31}}"
    [entry] = load_sources(write(tmp_path, f"sources: [{row}]"))
    assert entry.options == {"since": "2026-01-31"}


def test_a_file_runs_no_code(tmp_path: Path) -> None:
    with pytest.raises(InvalidSourceFile):
        load_sources(write(tmp_path, "sources: !!python/object/apply:os.getcwd []"))


@pytest.mark.parametrize(
    "row", ["*f", *(f"{{slug: a, {field}: *f}}" for field in sorted(FIELDS - {"slug"})), "{slug: *f, x: 1}"]
)
def test_a_few_lines_that_refer_to_each_other_are_never_written_out(tmp_path: Path, row: str) -> None:
    # As many times nine as there are letters: nine levels would take gigabytes.
    grown = "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcde", "bcdef", strict=True)
    )
    with pytest.raises(InvalidSourceFile) as refused:
        load_sources(write(tmp_path, f"a: &a [x]\n{grown}sources: [{row}]\n"))
    assert len(str(refused.value)) < 500


def test_a_whole_number_may_be_written_with_a_point_and_a_pace_may_be_a_fraction() -> None:
    options = {"max_pages": 20.0, "delay_seconds": 0.5}
    entry = entry_from({"slug": "a", "kind": "feed", "address": "https://a.example/", "daily_pages": "300.0",
                        "pace": 1.5, "options": options})  # fmt: skip
    assert (entry.daily_pages, entry.pace_seconds, entry.options) == (300, 1.5, options)


def test_an_address_always_gives_the_same_source() -> None:
    one = source_for("https://News.example/rss?utm_source=x#top", "feed")
    assert one == source_for("https://news.example/rss", "feed")
    assert one.slug.startswith("news-example-feed-")
    assert one.slug != source_for("https://news.example/rss2", "feed").slug
    assert one.slug != source_for("https://news.example/rss", "page").slug


def test_each_kind_has_a_spider_and_its_options() -> None:
    assert set(SPIDERS) == set(KIND_OPTIONS)


def test_sources_come_back_from_a_file_as_they_were(tmp_path: Path) -> None:
    entries = [
        SourceEntry("a", "甲报", "feed", "https://a.example/rss", every_hours=6.0, pace_seconds=2.5, daily_pages=300),
        SourceEntry("b", "B", "listing", "https://b.example/", "en", {"items": "h3 a"}, 0.0, licence="quoted"),
    ]
    file = tmp_path / "sources.yaml"
    file.write_text(sources_as_yaml(entries), "utf-8")
    assert load_sources(file) == entries


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"schedule": "every second"}, "schedule"), ({"schedule": 0.01}, "at least"), ({"pace": -1}, "pace"),
        ({"daily_pages": 0}, "daily_pages"), ({"language": "fr"}, "language"), ({"options": [1]}, "mapping"),
        ({"options": {"max_pages": "many"}}, "must be a number"), ({"options": {"hosts": "a"}}, "list of host names"),
        ({"kind": "listing", "options": {"items": "h3 >> a"}}, "no CSS selector"),
        ({"daily_pages": 1.5}, "`daily_pages` must be a whole number from 1 to 1000000"),
        ({"daily_pages": "2.5"}, "whole number"),
        ({"options": {"max_pages": 0.5}}, "max_pages must be a whole number"),
        ({"kind": "listing", "options": {"max_lists": 2.5}}, "max_lists must be a whole number"),
        ({"kind": "cfpb", "options": {"days_back": 1.5}}, "days_back must be a whole number"),
    ],
)  # fmt: skip
def test_a_field_that_can_not_be_used_is_named(row: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InvalidSource, match=complaint):
        entry_from({"slug": "a", "kind": "feed", "address": "https://a.example/", **row})


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("kind: listing", "kind: pigeon", "line 9: no source of kind"),
        ("slug: b", "slug: a", "line 9: two sources are called a"),
        ("language: en", "language: en\n  colour: 3", "line 9: unknown field colour"),
        ("daily_pages: 300", "daily_pages: none", "line 2: source a: `daily_pages`"),
        ("  name: B", "name B", "line 1[01]"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    entries = [
        SourceEntry("a", "甲报", "feed", "https://a.example/rss", every_hours=6.0, daily_pages=300),
        SourceEntry("b", "B", "listing", "https://b.example/", "en"),
    ]
    text = sources_as_yaml(entries)
    assert old in text
    with pytest.raises(InvalidSourceFile, match=complaint):
        load_sources(write(tmp_path, text.replace(old, new)))


@pytest.mark.parametrize(
    "row",
    [
        "{slug: a, kind: feed, address: 'http://10.0.0.1/rss'}", "{slug: a, kind: page, address: 'http://[::1]/'}",
        "{slug: a, kind: page, address: 'http://2130706433/'}", "{slug: a, kind: page, address: 'http://news.example:22/'}",
        "{slug: a, kind: page, address: 'https://news.example/', options: {hosts: [localhost]}}",
        "{slug: a, kind: page, address: 'http://127.0.0.1:8101/'}",
    ],
)  # fmt: skip
def test_a_file_that_names_a_private_address_is_refused(tmp_path: Path, row: str) -> None:
    file = write(tmp_path, f"sources:\n- {{slug: b, kind: page, address: 'http://127.0.0.1:8100/'}}\n- {row}\n")
    with pytest.raises(InvalidSourceFile, match="line 3: source a: no crawler may ask"):
        load_sources(file, {"127.0.0.1:8100"})


def test_what_is_exported_imported_and_exported_again_is_the_same(tmp_path: Path) -> None:
    entry = SourceEntry(
        "a", "甲报: “网”", "json", "https://a.example/?a=1&b=%E5%82%AC", "zh", {"items": "rows", "hosts": ["b.cn"]},
        0.5, 1.25, 10, "引用不超过 200 字\n并注明出处", "'编辑部' <desk@a.example>",
    )  # fmt: skip
    text = sources_as_yaml([entry])
    again = load_sources(write(tmp_path, text))
    assert (again, sources_as_yaml(again)) == ([entry], text)


@pytest.mark.parametrize("text", ["source:\n- slug: a\n", "a: 1", "Sources: []"])
def test_a_file_that_names_no_sources_is_refused_and_not_read_as_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidSourceFile, match="no `sources`"):
        load_sources(write(tmp_path, text))
    assert load_sources(write(tmp_path, "")) == load_sources(write(tmp_path, "sources:\n")) == []
