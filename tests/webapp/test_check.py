import html

import pytest
from sqlalchemy import func, select

from domain.models import AuditEvent, Complaint

MESSAGE = "我已经在你家楼下了，五分钟内下来，不然就打给你通讯录里的人。"


def look(client, message):
    return client.post("/check", data={"message": message})


def test_a_message_that_speaks_of_a_visit_is_said_to_do_so_and_no_more(client):
    page = html.unescape(look(client, MESSAGE).get_data(as_text=True))
    assert "它提到上门" in page
    assert "不能说明真的有人在" in page
    assert MESSAGE in page


def test_what_became_of_a_threat_is_said_as_the_text_says_it(client):
    page = html.unescape(look(client, "催收说今晚上门，我等到天亮，一个人影都没有。").get_data(as_text=True))
    assert "文中说，没有发生：" in page
    assert "一个人影都没有</q>" in page
    assert "没有人核实过" in page
    assert "不能说明真的有人在" in page


def test_a_visit_that_the_text_says_was_made_is_not_answered_as_a_message_that_announces_one(client):
    page = html.unescape(look(client, "催收说三天内来我家。第三天真来了两个男的，敲了半天门。").get_data(as_text=True))
    assert "文中说，后来发生了：" in page
    assert "文中说有人来过" in page
    assert "不能说明真的有人在" not in page


def test_collectors_whom_the_writer_sees_at_the_door_are_not_called_a_mere_announcement(client):
    page = html.unescape(look(client, "催收已经到我家门口了，敲了半天门，我该怎么办？").get_data(as_text=True))
    assert "文中说有人来过" in page
    assert "不能说明真的有人在" not in page
    assert "文中说这些威胁后来怎样了" not in page


def test_of_a_message_alone_nothing_is_said_to_have_come_of_it(client):
    assert "文中说这些威胁后来怎样了" not in look(client, MESSAGE).get_data(as_text=True)


def test_a_message_that_speaks_of_nothing_known_is_not_called_harmless(client):
    assert "不等于消息没有问题" in look(client, "您好，今天天气不错。").get_data(as_text=True)


def test_nothing_of_a_message_is_kept(client, database, settings):
    look(client, "canary 4471 已经在你家楼下了")
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Complaint)) == 0
        assert "canary" not in str([event.details for event in session.scalars(select(AuditEvent))])
    assert b"canary 4471" not in b"".join(p.read_bytes() for p in settings.data_dir.rglob("*") if p.is_file())


def test_a_message_is_taken_from_the_form_and_never_from_the_address(client):
    assert "家楼下" not in client.get("/check?message=已经在你家楼下").get_data(as_text=True).replace("%", "")


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("", "必须填"),
        ("  ", "必须填"),
        ("长" * 5001, "太长了"),
        ("a\0b", "无法保存的字符"),
        (["一", "二"], "出现了两次"),
    ],
)
def test_what_is_refused_is_said(client, message, sentence):
    response = look(client, message)
    assert response.status_code == 400
    assert sentence in response.get_data(as_text=True)


def test_markup_in_a_message_stays_text(client):
    page = look(client, "<script>alert(1)</script>已经在你家楼下了").get_data(as_text=True)
    assert "<script>alert" not in page
    assert look(client, MESSAGE).headers["Cache-Control"] == "no-store"
