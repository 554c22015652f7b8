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
    assert page.count("<code>fetched</code>") == 5
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
