"""How a complaint stands, in plain words."""

import io

import pytest
from sqlalchemy import update

from domain.models import Complaint
from domain.store.intake import complaints
from tests import evidence_files as files
from tests.webapp.returning.desk import WRONG, ask_borrower, complaint_of, text_of
from webapp.returning import standings


def test_a_receipt_shows_the_status_in_plain_words(use, receipt):
    page = text_of(use(receipt))
    assert "已经保存，等待审核" in page
    assert "晨星消费金融" in page
    assert "13800138000" not in page


def test_a_published_complaint_is_said_to_be_published(use, receipt, database, app):
    complaints.publish(database, complaint_of(receipt, database, app).id, "test")
    assert "已经发布" in text_of(use(receipt))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("status", ["received", "in_review", "published", "held", "rejected"])
@pytest.mark.parametrize("consent", ["publish", "figures", "private"])
def test_every_state_is_told_in_plain_words_in_every_language(desk, database, complaint, language, status, consent):
    with database.writing() as session:
        session.execute(update(Complaint).values(status=status, consent=consent))
    response = desk.client.post(f"/receipt?lang={language}", data={"csrf_token": desk.token, "receipt": desk.receipt})
    assert response.status_code == 200
    assert f'<html lang="{language}"' in text_of(response)
    with desk.client.application.test_request_context(f"/?lang={language}"):
        meaning, after = standings.STATES.get(f"{status}:{consent}") or standings.STATES[status]
        assert str(meaning) in text_of(response)
        assert str(after) in text_of(response)


@pytest.mark.parametrize(
    ("step", "shown"),
    [("evidence", "添加文件"), ("outcomes", "后来怎么样了"), ("correct", "看看公开后的样子"),
     ("consent", "计入统计；文字只有审核员看"), ("ask", "要撤回这件投诉吗"),
     ("look", "您还可以"), ("nonsense", "您还可以")],
)  # fmt: skip
def test_each_thing_to_do_has_a_page(desk, step, shown):
    response = desk.send("", step=step)
    assert response.status_code == 200
    assert shown in text_of(response)
    assert desk.receipt in text_of(response)


def test_the_api_shows_letters_and_withdraws_files_too(client, app, database, complaint, receipt, settings, desk):
    ask_borrower(app, database, complaint, "请问是哪一天？")
    desk.send("/evidence", files=[(io.BytesIO(files.png()), "a.png")])
    answer = client.post("/api/v1/receipts", json={"receipt": receipt})
    assert answer.json["status"] == "received"
    assert [(m["from"], m["text"]) for m in answer.json["messages"]] == [("moderator", "请问是哪一天？")]
    assert client.post("/api/v1/receipts/withdraw", json={"receipt": receipt}).status_code == 200
    assert list(settings.evidence_folder.iterdir()) == []
    again = [client.post(f"/api/v1/receipts{way}", json={"receipt": typed})
             for way in ("", "/withdraw") for typed in (receipt, WRONG)]  # fmt: skip
    assert len({(one.status_code, one.get_data()) for one in again}) == 1
