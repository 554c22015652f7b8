from datetime import timedelta

from domain.store import audit
from domain.store.database import now
from domain.store.intake import complaints
from domain.store.moderating import figures


def test_the_figures_say_what_waits_and_what_was_decided_today(staff, site):
    site.complaint(publish=False, day="2026-10-01")
    for _ in range(2):
        site.complaint(publish=False)
    published = site.complaint(publish=False)
    complaints.publish(site.database, published, "staff:zhao")
    held = site.complaint(publish=False)
    with site.database.writing() as session:
        complaints._locked(session, held).status = "held"
        audit.note(session, "staff:an", "complaint.held", held)
        audit.note(session, "staff:an", "complaint.reopened", published)
    found = figures.figures(site.database)
    assert (found.waiting, found.held, found.reopened) == (3, 1, 1)
    assert found.decided == {"complaint.held": 1, "complaint.published": 1}
    assert list(found.by_whom.items()) == [("staff:an", 1), ("staff:zhao", 1)]
    page = staff("reader").get("/staff?lang=en").get_data(as_text=True)
    assert "3 complaints" in page
    assert "1 October 2026" in page


def test_what_was_decided_yesterday_is_not_of_today(site, monkeypatch):
    site.complaint()
    later = now() + timedelta(days=1)
    monkeypatch.setattr(figures, "now", lambda: later)
    assert figures.figures(site.database).decided == {}


def test_a_representative_sees_no_figures_of_the_team(staff, site):
    site.complaint(publish=False)
    page = staff("representative").get("/staff?lang=en").get_data(as_text=True)
    assert "Waiting" not in page
    assert "Accounts" not in page
