"""What a borrower changes: outcomes, consent, the text; and the withdrawal."""

import re

import pytest
from sqlalchemy import select

from domain.models import ThreatReport
from domain.store import records
from tests.webapp.returning.desk import complaint_of, text_of


def test_it_is_asked_what_became_of_a_visit_and_the_answer_is_kept_with_its_day(threatened, database):
    complaint_id, desk = threatened
    page = text_of(desk.send())
    assert "后来有人来吗" in page
    threat = re.search(r'name="threat" value="([^"]+)"', page).group(1)
    page = text_of(desk.send("/outcome", threat=threat, outcome="not_happened"))
    assert "已按今天的日期记录" in page
    assert 'class="asked"' not in page
    found = records.get(database, complaint_id)
    assert found.threats[0].outcome == "not_happened"
    with database.reading() as session:
        assert session.scalars(select(ThreatReport.outcome).order_by(ThreatReport.pk)).all() == [
            "not_yet",
            "not_happened",
        ]


def test_an_outcome_that_there_is_not_or_of_another_complaint_is_refused(threatened, desk):
    _, own = threatened
    threat = re.search(r'name="threat" value="([^"]+)"', text_of(own.send())).group(1)
    assert own.send("/outcome", threat=threat, outcome="perhaps").status_code == 400
    assert own.send("/outcome", threat="t00", outcome="happened").status_code == 404
    assert desk.send("/outcome", threat=threat, outcome="happened").status_code == 404


def test_consent_is_narrowed_at_once_and_widened_after_a_look(threatened, client, database):
    complaint_id, desk = threatened
    assert "说明天" in text_of(client.get(f"/records/{complaint_id}"))
    assert "只计入数字" in text_of(desk.send("/consent", consent="figures"))
    assert "说明天" not in text_of(client.get(f"/records/{complaint_id}"))
    desk.send("/consent", consent="private")
    assert client.get(f"/records/{complaint_id}").status_code == 404
    assert "审核员正在看" in text_of(desk.send("/consent", consent="publish"))
    assert client.get(f"/records/{complaint_id}").status_code == 404
    assert desk.send("/consent", consent="everything").status_code == 400


def test_a_correction_is_shown_before_it_is_sent_and_reviewed_after(threatened, client, database):
    complaint_id, desk = threatened
    assert "说明天上门。" in text_of(desk.send("/correct", step="edit"))
    typed = "没有人来，我的号码是13800138000。"
    page = text_of(desk.send("/correct", step="check", narrative=typed))
    assert '<span class="masked">［电话］</span>' in page
    assert records.get(database, complaint_id).status == "published"
    assert typed in text_of(desk.send("/correct", step="edit", narrative=typed))
    assert "文字已更改" in text_of(desk.send("/correct", step="send", narrative=typed))
    assert records.get(database, complaint_id).narrative == typed
    assert client.get(f"/records/{complaint_id}").status_code == 404


@pytest.mark.parametrize("typed", ["", "  ", "长" * 20_001, "a\0b"])
def test_a_correction_that_can_not_be_kept_changes_nothing(desk, database, complaint, typed):
    assert desk.send("/correct", step="send", narrative=typed).status_code == 400
    assert records.get(database, complaint.id).version == 1


def test_withdrawing_asks_first(use, receipt, database, app):
    page = text_of(use(receipt, "ask"))
    assert "要撤回这件投诉吗" in page
    assert complaint_of(receipt, database, app).status == "received"


def test_a_withdrawn_complaint_has_no_words_left(use, receipt, database, app):
    complaint_id = complaint_of(receipt, database, app).id
    assert "投诉已撤回" in text_of(use(receipt, "withdraw"))
    left = records.get(database, complaint_id)
    assert (left.status, left.narrative, left.public_text, left.lender) == ("withdrawn", "", "", None)
