from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.models import Dispute
from domain.moderation import settling
from domain.store import records
from domain.store.database import now
from domain.store.intake import complaints
from domain.store.moderating.removals import Settlement


@pytest.fixture
def old_complaint(site, app):
    """A complaint decided 100 days ago, under a policy of 30."""
    site.services.settings = site.services.settings.model_copy(update={"retention_originals_days": 30})
    complaint_id = site.complaint("催收打了13800138000这个号码。")
    with site.database.writing() as session:
        complaints._locked(session, complaint_id).decided_at = now() - timedelta(days=100)
    return complaint_id


def test_an_admin_sees_what_would_go_and_lets_it_go(staff, site, old_complaint):
    admin = staff("admin")
    assert old_complaint in admin.get("/staff/retention").get_data(as_text=True)
    assert records.get(site.database, old_complaint).narrative != ""
    assert admin.post("/staff/retention").status_code == 303
    assert old_complaint not in admin.get("/staff/retention").get_data(as_text=True)
    assert records.get(site.database, old_complaint).narrative == ""
    assert "［电话］" in site.page(f"/records/{old_complaint}")


def test_the_words_of_decided_disputes_are_shown_beforehand_and_go(staff, site, app, client):
    site.services.settings = site.services.settings.model_copy(update={"retention_originals_days": 30})
    complaint_id = site.complaint()
    keys, reader = site.services.keys, site.services.reader
    dispute_id = settling.dispute(site.database, keys, complaint_id, "untrue", "canary words", "canary contact")
    settled = Settlement("kept", "untrue", "核实过。", dispute_id, 1)
    settling.settle(site.database, reader, complaint_id, settled, "staff:lin")
    admin = staff("admin")
    assert dispute_id not in admin.get("/staff/retention").get_data(as_text=True)
    with site.database.writing() as session:
        session.execute(update(Dispute).values(decided_at=now() - timedelta(days=31)))
    assert dispute_id in admin.get("/staff/retention").get_data(as_text=True)
    assert "canary words" in admin.get(f"/staff/disputes/records/{complaint_id}").get_data(as_text=True)
    admin.post("/staff/retention")
    assert dispute_id not in admin.get("/staff/retention").get_data(as_text=True)
    shown = admin.get(f"/staff/disputes/records/{complaint_id}").get_data(as_text=True)
    assert dispute_id in shown
    assert "canary" not in shown


def test_looking_erases_nothing(staff, site, old_complaint):
    staff("admin").get("/staff/retention")
    assert records.get(site.database, old_complaint).narrative != ""
