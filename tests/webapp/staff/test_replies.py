"""The lender's side: a verified representative replies, a moderator reads it, readers see it beside the record."""

import html

import pytest

from domain.store import audit
from domain.store.moderating import replies
from domain.store.staff import representatives


@pytest.fixture
def representative(staff, database):
    """Makes a representative of 晨星消费金融, verified unless told not to."""

    def make(name="feng", verified=True, lender="chenxing_cf"):
        somebody = staff("representative", name, lender)
        if verified:
            representatives.verify(database, name, "回拨官网电话核实", "staff:admin")
        return somebody

    return make


def text_of(response, status=200):
    assert response.status_code == status
    return html.unescape(response.get_data(as_text=True))


def waiting(site):
    return replies.waiting(site.database)[0]


def test_a_reply_is_moderated_and_then_stands_beside_the_record(representative, staff, site):
    complaint_id = site.complaint()
    feng = representative()
    words = "我们核实了，没有派人上门。经办人电话13900001111。"
    assert feng.post(f"/staff/records/{complaint_id}", text=words).status_code == 303
    assert "没有派人上门" not in site.page(f"/records/{complaint_id}")
    assert site.json(f"/api/v1/records/{complaint_id}")["replies"] == []
    reply = waiting(site)
    lin = staff("moderator")
    assert "没有派人上门" in text_of(lin.get("/staff/replies"))
    lin.post(f"/staff/replies/{reply.id}", version=reply.version, decision="published")
    for shown in (
        site.page(f"/records/{complaint_id}"),
        str(site.json(f"/api/v1/records/{complaint_id}")["replies"]),
        str(site.client.get("/data/complaints.csv").get_data(as_text=True)),
        site.client.get("/data/complaints.jsonl").get_data(as_text=True),
    ):
        assert "没有派人上门" in shown
        assert "13900001111" not in shown


def test_a_reply_can_be_masked_refused_with_a_reason_and_taken_back(representative, staff, site):
    complaint_id = site.complaint()
    feng, lin = representative(), staff("moderator")
    feng.post(f"/staff/records/{complaint_id}", text="这位客户阿花一直不接电话。")
    reply = waiting(site)
    lin.post(f"/staff/replies/{reply.id}", version=1, decision="mask", words="阿花")
    assert "阿花" not in waiting(site).public_text
    assert lin.post(f"/staff/replies/{reply.id}", version=2, decision="rejected").status_code == 400
    lin.post(f"/staff/replies/{reply.id}", version=2, decision="rejected", reason="请不要谈论客户本人。")
    assert "请不要谈论客户本人" in text_of(feng.get(f"/staff/records/{complaint_id}"))
    lin.post(f"/staff/replies/{reply.id}", version=3, decision="published")
    assert "一直不接电话" in site.page(f"/records/{complaint_id}")
    feng.post(f"/staff/records/{complaint_id}/{reply.id}/take-back")
    assert "一直不接电话" not in site.page(f"/records/{complaint_id}")
    actions = [event.action for event in audit.events_of(site.database, complaint_id)][2:]
    assert actions == ["reply.written", "reply.masked", "reply.rejected", "reply.published", "reply.taken_back"]


def test_of_two_moderators_on_one_reply_the_second_is_told(representative, staff, site):
    complaint_id = site.complaint()
    representative().post(f"/staff/records/{complaint_id}", text="我们正在核实。")
    reply = waiting(site)
    lin, zhao = staff("moderator", name="lin"), staff("moderator", name="zhao")
    lin.post(f"/staff/replies/{reply.id}", version=1, decision="rejected", reason="太短")
    assert zhao.post(f"/staff/replies/{reply.id}", version=1, decision="published").status_code == 409
    assert "正在核实" not in site.page(f"/records/{complaint_id}")


def test_a_representative_sees_only_what_is_published_about_the_own_lender(representative, site):
    ours = site.complaint()
    others = site.complaint("云岭银行的人打给我父母。", lender="yunling_bank")
    unpublished = site.complaint("还没有人看过。", publish=False)
    private = site.complaint("只给审核员看。", consent="private", publish=False)
    article = site.article("晨星消费金融的催收电话打到了单位。")
    feng = representative()
    listed = text_of(feng.get("/staff/records"))
    assert ours in listed
    for hidden in (others, unpublished, private, article, "no-such-record"):
        assert hidden not in listed
        assert feng.get(f"/staff/records/{hidden}").status_code == 404
        assert feng.post(f"/staff/records/{hidden}", text="x").status_code == 404
    for address in ("/staff/queue", f"/staff/queue/{ours}", "/staff/replies", "/staff/disputes"):
        assert feng.get(address).status_code == 403


def test_the_words_of_what_is_only_counted_are_not_shown_and_take_no_reply(representative, site):
    counted = site.complaint("只可以计数的话。", consent="figures")
    feng = representative()
    assert "只可以计数的话" not in text_of(feng.get(f"/staff/records/{counted}"))
    assert feng.post(f"/staff/records/{counted}", text="我们不同意。").status_code == 404


def test_nobody_replies_before_an_admin_noted_how_it_was_verified(representative, staff, site):
    complaint_id = site.complaint()
    feng, admin = representative(verified=False), staff("admin")
    assert feng.post(f"/staff/records/{complaint_id}", text="您好").status_code == 403
    assert admin.post("/staff/representatives/feng", step="verify", how=" ").status_code == 400
    assert admin.post("/staff/representatives/nobody", step="verify", how="x").status_code == 404
    admin.post("/staff/representatives/feng", step="verify", how="回拨官网电话核实")
    assert "回拨官网电话核实" in text_of(admin.get("/staff/representatives"))
    assert feng.post(f"/staff/records/{complaint_id}", text="您好").status_code == 303
    admin.post("/staff/representatives/feng", step="end")
    assert feng.post(f"/staff/records/{complaint_id}", text="您好").status_code == 403


def test_there_is_an_end_to_replies(representative, site):
    complaint_id = site.complaint()
    feng = representative()
    for number in range(3):
        assert feng.post(f"/staff/records/{complaint_id}", text=f"第{number}次").status_code == 303
    assert feng.post(f"/staff/records/{complaint_id}", text="再一次").status_code == 409


def test_one_takes_back_no_reply_of_somebody_else(representative, site):
    complaint_id = site.complaint()
    feng, other = representative(), representative("gao", lender="yunling_bank")
    feng.post(f"/staff/records/{complaint_id}", text="我们正在核实。")
    reply = waiting(site)
    assert other.post(f"/staff/records/{complaint_id}/{reply.id}/take-back").status_code == 404


def test_with_the_complaint_its_replies_are_erased(representative, staff, site):
    complaint_id = site.complaint()
    representative().post(f"/staff/records/{complaint_id}", text="我们正在核实。")
    site.withdraw(complaint_id)
    assert replies.waiting(site.database) == []
