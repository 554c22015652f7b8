import re

import pytest

from domain.settings import PROJECT_ROOT
from domain.store import audit
from domain.store.gathering import sources
from domain.store.gathering.sources import SourceEntry


def test_the_page_lists_sources_with_their_last_runs(staff, database):
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    sources.save_source(database, SourceEntry("quiet", "没读过", "page", "https://quiet.invalid/"))
    for number in range(7):
        run = sources.start_run(database, "paper")
        sources.end_run(database, run, "finished" if number < 6 else "unreachable", {"fetched": number})
    page = staff("reader").get("/staff/sources?lang=en").get_data(as_text=True)
    assert page.count('<span title="fetched">pages read</span>') == 5
    assert "could not be reached" in page
    assert "It was never read yet." in page


def test_the_newest_runs_of_each_source_are_found(every_database):
    for slug in ("one", "two"):
        sources.save_source(every_database, SourceEntry(slug, slug, "page", f"https://{slug}.invalid/"))
    for number in range(4):
        for slug in ("one", "two"):
            run = sources.start_run(every_database, slug)
            sources.end_run(every_database, run, "finished", {"number": number})
    found = sources.latest_runs(every_database, 2)
    assert {slug: [run.counts["number"] for run in runs] for slug, runs in found.items()} == {
        "one": [3, 2],
        "two": [3, 2],
    }


def test_a_moderator_pauses_a_source_and_lets_it_be_read_again(staff, database):
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    moderator = staff("moderator")
    moderator.post("/staff/sources/paper/state", state="paused")
    assert sources.source(database, "paper").paused
    moderator.post("/staff/sources/paper/state", state="active")
    assert not sources.source(database, "paper").paused
    events = [(event.actor, event.action) for event in audit.events_of(database, "paper")]
    assert events[1:] == [("staff:moderator", "source.paused"), ("staff:moderator", "source.resumed")]


def test_a_reader_sees_no_button_and_an_unknown_source_is_not_found(staff, database):
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    assert "/staff/sources/paper/state" not in staff("reader").get("/staff/sources").get_data(as_text=True)
    assert staff("moderator").post("/staff/sources/nothing/state", state="paused").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["robots.txt forbids it", "the site answered 404"]),
        ("zh-Hans", ["robots.txt 不允许", "网站回应 404"]),
        ("zh-Hant", ["robots.txt 不允許", "網站回應 404"]),
    ],
)
def test_what_was_not_taken_is_told_in_words_with_the_code_beside_them(staff, database, language, words):
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    run = sources.start_run(database, "paper")
    sources.end_run(database, run, "finished", {"refused": {"robots": 3, "http_404": 1}})
    page = staff("reader").get(f"/staff/sources?lang={language}").get_data(as_text=True)
    assert [word for word in words if word not in page] == []
    assert 'title="robots"' in page
    assert 'title="http_404"' in page


def test_a_run_that_goes_on_with_another_is_told_without_what_only_the_crawler_needs(staff, database):
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    for _ in range(2):
        run = sources.start_run(database, "paper")
        sources.end_run(database, run, "over_budget", {"requests": 7})
    page = staff("reader").get("/staff/sources").get_data(as_text=True)
    assert 'title="requests"' in page
    assert "resumes_from" not in page


def test_every_refusal_and_counter_of_the_crawler_has_words():
    from crawler.refusal_words import REFUSED
    from webapp.staff.gathering.crawl_words import COUNTED

    code = "\n".join(path.read_text("utf-8") for path in (PROJECT_ROOT / "crawler").rglob("*.py"))
    named = r"""(?:Refused\(|refuse\(|refuse", |"refused", |reason: str = )"([a-z0-9_]+)"|refused/([a-z0-9_]+)'"""
    reasons = {one or other for one, other in re.findall(named, code)}
    guarded = (PROJECT_ROOT / "crawler" / "connections" / "guard.py").read_text("utf-8")
    reasons |= set(re.findall(r'(?:return |: )"([a-z0-9_]+)"', guarded))
    failures = (PROJECT_ROOT / "crawler" / "refusals.py").read_text("utf-8")
    reasons |= set(re.findall(r'(?:return |: |else )"([a-z0-9_]+)"', failures))
    assert {"robots_unreachable", "private_address", "timeout", "parser_time", "ends_the_crawler"} <= reasons
    never_counted = {"not_modified", "settled"}  # what is at the address is known: nothing was refused
    assert sorted(reasons - set(REFUSED) - never_counted) == []
    counters = set(re.findall(r'counts\.add\("([a-z_]+)"', code))
    assert sorted(counters - set(COUNTED)) == []
