"""Sources as staff add, try and change them."""

import html
import re

import pytest

from crawler.runs.trials import Trial
from crawler.sources.invalid import SENTENCES
from domain.store import audit
from domain.store.gathering import sources
from domain.store.gathering.sources import SourceEntry
from webapp.staff.gathering import invalid_words, source_editing

FIELDS = {
    "slug": "paper", "name": "晨报", "kind": "feed", "address": "https://paper.invalid/feed", "language": "zh",
    "schedule": "6", "pace": "2.5", "daily_pages": "300", "licence": "quoted", "contact": "a@paper.invalid",
    "options": "max_pages: 20\n",
}  # fmt: skip


def test_a_source_that_was_added_is_kept_as_it_was_typed(staff, database):
    answer = staff("moderator").post("/staff/sources/new", action="save", **FIELDS)
    assert (answer.status_code, answer.location) == (303, "/staff/sources#paper")
    assert sources.entry_of(sources.source(database, "paper")) == SourceEntry(
        "paper", "晨报", "feed", "https://paper.invalid/feed", "zh", {"max_pages": 20}, 6.0, 2.5, 300, "quoted",
        "a@paper.invalid",
    )  # fmt: skip
    assert [(event.actor, event.action) for event in audit.events_of(database, "paper")] == [
        ("staff:moderator", "source.added")
    ]


def test_what_can_not_be_read_is_told_and_what_was_typed_stays(staff, database):
    page = staff("moderator").post("/staff/sources/new", action="save", **{**FIELDS, "options": "colour: red"})
    text = page.get_data(as_text=True)
    assert "没有选项 colour" in text
    assert 'value="https://paper.invalid/feed"' in text
    assert not sources.sources(database)


WRONG = [
    ("slug", "A B"), ("name", "晨" * 201), ("kind", "pigeon"), ("address", "http://[bad"), ("address", "ftp://a.invalid/"),
    ("address", "https://a.invalid/" + "a" * 2000), ("address", "http://10.0.0.1/"), ("address", "http://10.0.0.1:8080/"),
    ("language", "fr"), ("schedule", "often"), ("schedule", "0.01"), ("pace", "-1"), ("pace", "quick"),
    ("daily_pages", "0"), ("daily_pages", "1.5"), ("options", "max_pages: 1.5"),
    ("options", "a: ["), ("options", "since: 2026-02-31"), ("options", "[" * 3000),
    ("options", "- a"), ("options", "colour: red"), ("options", "1: a\nb: c"), ("options", "max_pages: many"),
    ("options", "max_pages: .inf"), ("options", "hosts: 3"), ("options", "hosts: ['10.0.0.1']"),
    ("kind", "listing", "options", "next: 'a['"), ("kind", "json", "options", "items: [rows]"),
]  # fmt: skip
LATIN_SENTENCE = re.compile(r"(?:\b[A-Za-z’']+ ){3,}")


@pytest.mark.parametrize("typed", WRONG, ids=lambda typed: f"{typed[-2]}-{typed[-1][:20]}")
def test_what_is_wrong_with_a_source_is_told_in_the_language_of_the_page(staff, database, typed):
    moderator = staff("moderator")
    fields = FIELDS | {"options": ""} | dict(zip(typed[::2], typed[1::2], strict=True))
    told = {}
    for language in ("zh-Hans", "zh-Hant", "en"):
        moderator.client.set_cookie("language", language)
        text = moderator.post("/staff/sources/new", action="save", **fields).get_data(as_text=True)
        link, sentence = re.search(
            r'error-summary__list">\s*<li>\s*<a href="#(\w+)">(.*?)</a>', text, re.DOTALL
        ).groups()
        assert link == typed[-2]
        assert f'id="{link}"' in text
        told[language] = html.unescape(sentence).strip()
    assert not sources.sources(database)
    assert LATIN_SENTENCE.search(told["en"])
    for language in ("zh-Hans", "zh-Hant"):
        assert not LATIN_SENTENCE.search(told[language].replace(fields["address"], "")), told[language]
        assert re.search(r"[\u4e00-\u9fff]{2}", told[language])
    assert len(set(told.values())) == 3


def test_every_refusal_of_a_form_has_words(app):
    assert set(SENTENCES) == set(invalid_words.INVALID) | invalid_words.OF_FILES


def test_what_was_typed_is_told_as_text(staff):
    address = "ftp://a.invalid/<script>alert(1)</script>%(slug)s"
    page = staff("moderator").post("/staff/sources/new", action="save", **FIELDS | {"address": f"http://[{address}"})
    text = page.get_data(as_text=True)
    assert "<script>alert" not in text
    assert html.escape(address) in text


def test_a_second_source_of_one_name_is_refused(staff, database):
    sources.save_source(database, SourceEntry("paper", "别的", "page", "https://other.invalid/"))
    page = staff("moderator").post("/staff/sources/new", action="save", **FIELDS).get_data(as_text=True)
    assert "已有短名称为 paper 的来源" in page
    assert sources.source(database, "paper").name == "别的"


def test_a_source_is_changed_under_its_own_name(staff, database):
    moderator = staff("moderator")
    moderator.post("/staff/sources/new", action="save", **FIELDS)
    assert 'value="晨报"' in moderator.get("/staff/sources/paper/edit").get_data(as_text=True)
    seen = seen_in(moderator.get("/staff/sources/paper/edit"))
    fields = {**FIELDS, "slug": "other", "name": "晚报", "seen": seen}
    moderator.post("/staff/sources/paper/edit", action="save", **fields)
    assert [row.slug for row in sources.sources(database)] == ["paper"]
    assert sources.source(database, "paper").name == "晚报"


def seen_in(page):
    return re.search(r'name="seen" value="([^"]*)"', page.get_data(as_text=True)).group(1)


def test_the_second_of_two_who_change_a_source_is_told_and_keeps_what_was_typed(staff, database):
    lin, zhao = staff("moderator", name="lin"), staff("moderator", name="zhao")
    lin.post("/staff/sources/new", action="save", **FIELDS)
    seen = seen_in(zhao.get("/staff/sources/paper/edit"))
    lin.post("/staff/sources/paper/edit", action="save", **FIELDS | {"seen": seen, "name": "晚报", "daily_pages": "50"})
    typed = FIELDS | {"name": "日报", "contact": "b@paper.invalid"}
    tried = zhao.post("/staff/sources/paper/edit", action="try", **typed | {"seen": seen, "options": "colour: red"})
    told = zhao.post("/staff/sources/paper/edit", action="save", **typed | {"seen": seen_in(tried)})
    text = html.unescape(told.get_data(as_text=True))
    assert told.status_code == 409
    assert "source.changed" not in text  # what events are called in the log is no word
    for part in ("lin", "晚报", "50", 'value="日报"', 'value="b@paper.invalid"'):
        assert part in text
    assert sources.source(database, "paper").name == "晚报"
    assert zhao.post("/staff/sources/paper/edit", action="save", **typed).status_code == 409
    again = zhao.post("/staff/sources/paper/edit", action="save", **typed | {"seen": seen_in(told)})
    assert again.status_code == 303
    assert sources.source(database, "paper").name == "日报"


def test_two_who_add_a_source_of_one_name_overwrite_nothing(staff, database, monkeypatch):
    entry = SourceEntry("paper", "别的", "page", "https://other.invalid/")
    # Between the look at what is there and the writing a colleague was quicker.
    monkeypatch.setattr(source_editing, "_is_taken", lambda slug: sources.save_source(database, entry))
    told = staff("moderator").post("/staff/sources/new", action="save", **FIELDS)
    assert told.status_code == 409
    assert "别的" in html.unescape(told.get_data(as_text=True))
    assert sources.source(database, "paper").name == "别的"


def test_a_trial_of_an_address_that_may_not_be_reached_says_so_and_keeps_nothing(staff, database):
    page = staff("moderator").post(
        "/staff/sources/new", action="try", **{**FIELDS, "kind": "page", "address": "http://10.0.0.1/", "options": ""}
    )
    assert '<span title="private_address">非公开地址</span> 1' in page.get_data(as_text=True)
    assert not sources.sources(database)


def test_the_day_of_what_a_trial_found_is_written_as_everywhere(staff, monkeypatch):
    item = {"title": "甲", "address": "https://paper.invalid/1", "published_on": "2026-11-04", "relevant": True,
            "author": "", "lenders": [], "tactics": [], "masked": [], "text": "文", "characters": 1}  # fmt: skip
    monkeypatch.setattr(source_editing, "try_source", lambda entry: Trial("finished", [item]))
    page = staff("moderator").post("/staff/sources/new", action="try", **FIELDS).get_data(as_text=True)
    assert "2026年11月4日" in page
    assert "2026-11-04" not in page


def test_a_source_on_a_private_address_is_not_kept(staff, database):
    moderator = staff("moderator")
    for typed in ({"address": "http://10.0.0.1/feed"}, {"options": "hosts: [169.254.169.254]"}):
        page = moderator.post("/staff/sources/new", action="save", **FIELDS | typed).get_data(as_text=True)
        assert "非公开地址" in page
        assert 'value="晨报"' in page
    assert not sources.sources(database)


def test_readers_change_no_source(staff, database):
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    reader = staff("reader")
    for address in ("/staff/sources/new", "/staff/sources/paper/edit"):
        assert reader.get(address).status_code == 403
    assert reader.post("/staff/sources/paper/run").status_code == 403
    assert staff("moderator").get("/staff/sources/nothing/edit").status_code == 404
