import html
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.models import AuditEvent, Complaint, OutboxRow
from domain.settings import SITE_TIME_ZONE
from domain.store import StoreUnavailable, complaints, records
from webapp.forms.parts import LONGEST_NARRATIVE


def count(database, table=Complaint):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def only_complaint(database):
    with database.reading() as session:
        (complaint_id,) = session.scalars(select(Complaint.id)).all()
    return records.get(database, complaint_id)


def text_of(response):
    return html.unescape(response.get_data(as_text=True))


def test_the_form_says_first_what_happens_to_what_is_typed(client):
    page = client.get("/complaints/new").get_data(as_text=True)
    assert page.index("什么都不会保存") < page.index('name="lender"')


def test_the_form_offers_every_tactic_in_the_readers_language(client):
    page = text_of(client.get("/complaints/new"))
    assert page.count('name="tactics"') == 29
    assert "爆通讯录" in page
    assert "爆通訊錄" in text_of(client.get("/complaints/new?lang=zh-Hant"))


def test_a_lender_of_the_registry_can_come_with_the_address(client):
    assert 'value="晨星消费金融"' in client.get("/complaints/new?lender=chenxing_cf").get_data(as_text=True)
    assert client.get('/complaints/new?lender="><b>').status_code == 200


def test_a_filed_complaint_is_in_the_store_when_its_receipt_is_shown(filing_page, database, receipt_of, app):
    receipt = receipt_of(filing_page.send())
    complaint = only_complaint(database)
    key = app.extensions["doorstep"].keys.receipt
    assert complaints.by_receipt(database, key, receipt).id == complaint.id
    assert complaint.lender.slug == "chenxing_cf"
    assert [mention.tactic_code for mention in complaint.tactic_mentions if mention.said_by == "borrower"] == [
        "excessive_call_frequency"
    ]
    assert "13800138000" not in complaint.public_text
    assert count(database, OutboxRow) == 1


def test_everything_that_was_asked_is_kept(filing_page, database, receipt_of):
    receipt_of(
        filing_page.send(year="２０２６", month="3", day="06", region="440300", product="现金贷", consent="figures")
    )
    kept = only_complaint(database)
    assert (kept.occurred_on.isoformat(), kept.region, kept.product, kept.consent, kept.language) == (
        "2026-03-06", "440300", "现金贷", "figures", "zh-Hans",
    )  # fmt: skip


def test_private_data_in_the_product_is_masked_at_once(filing_page, database):
    filing_page.send(product="车贷 13800138000")
    assert "13800138000" not in only_complaint(database).product


def test_the_check_shows_the_text_as_published_and_keeps_nothing(filing_page, database):
    page = text_of(filing_page.send("check"))
    shown = re.search(r'<div class="their-words"[^>]*>(.*?)</div>', page, re.S).group(1)
    assert "13800138000" not in shown
    assert 'class="masked"' in shown
    assert "手机号：1 处" in page
    assert count(database) == 0


def test_from_the_check_the_complaint_can_be_sent_or_changed_without_loss(filing_page, client, receipt_of):
    filing_page.fields["narrative"] = '他说"你等着"\n<b>第二天</b>又来 & 再打'
    page = text_of(filing_page.send("check"))
    assert "<b>第二天</b>" not in filing_page.send("check").get_data(as_text=True)
    carried = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)"', filing_page.send("check").get_data(as_text=True)
        )
    }
    assert carried["narrative"] == filing_page.fields["narrative"]
    back = text_of(client.post("/complaints/new", data=carried | {"step": "edit"}))
    assert filing_page.fields["narrative"] in back
    assert 'value="excessive_call_frequency" checked' in back
    assert "提交投诉" in page
    receipt_of(client.post("/complaints/new", data=carried | {"step": "send"}))


def test_a_double_click_and_a_reload_file_one_complaint_with_one_receipt(filing_page, database, receipt_of):
    receipts = {receipt_of(filing_page.send()) for _ in range(3)}
    assert len(receipts) == 1
    assert count(database) == 1


def test_eight_clicks_at_once_file_one_complaint(filing_page, database, receipt_of):
    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(lambda _: filing_page.send(), range(8)))
    assert len({receipt_of(response) for response in responses}) == 1
    assert count(database) == 1


def test_two_forms_with_the_same_words_are_two_complaints(client, filing_page, database, receipt_of):
    again = type(filing_page)(client)
    assert receipt_of(filing_page.send()) != receipt_of(again.send())
    assert count(database) == 2


def test_the_same_form_with_other_words_is_not_taken_for_the_first(filing_page, database):
    filing_page.send()
    response = filing_page.send(narrative="另外一件事：他们又打给了我的同事。")
    assert response.status_code == 409
    assert "另外一件事" in text_of(response)
    assert count(database) == 1
    fresh = re.search(r'name="key" value="([^"]+)"', text_of(response)).group(1)
    assert filing_page.send(key=fresh, narrative="另外一件事：他们又打给了我的同事。").status_code == 200
    assert count(database) == 2


@pytest.mark.parametrize("key", ["", "短", "short", "x" * 65, "spaces are none!", "' OR 1=1 --------"])
def test_a_form_key_that_is_none_gets_a_new_one(filing_page, database, key):
    assert filing_page.send(key=key).status_code == 200
    assert count(database) == 1


REFUSED = {
    "no lender": ({"lender": " "}, "请写机构或应用的名字"),
    "a lender as long as a page": ({"lender": "长" * 201}, "太长了"),
    "nothing told": ({"narrative": "  ", "tactics": []}, "请至少勾选一项"),
    "no consent": ({"consent": ""}, "请选择可以发布什么"),
    "a consent that there is not": ({"consent": "all"}, "请选择可以发布什么"),
    "a narrative that is too long": ({"narrative": "长" * (LONGEST_NARRATIVE + 1)}, "20001"),
    "a tactic that there is not": ({"tactics": ["rudeness"]}, "手段列表里没有"),
    "a day that there is not": ({"year": "2026", "month": "2", "day": "30"}, "没有这一天"),
    "half a day": ({"year": "2026", "month": "2"}, "没有这一天"),
    "words for a day": ({"year": "去年", "month": "二", "day": "三"}, "没有这一天"),
    "a day in the year 0": ({"year": "0", "month": "1", "day": "1"}, "没有这一天"),
    "a day long ago": ({"year": "1026", "month": "1", "day": "1"}, "太久远"),
    "a year with too many digits": ({"year": "9" * 5000, "month": "1", "day": "1"}, "没有这一天"),
    "a region that there is not": ({"region": "999999"}, "地区不在名单里"),
    "a product as long as a story": ({"product": "贷" * 61}, "太长了"),
    "NUL in the narrative": ({"narrative": "他说\0"}, "无法保存的字符"),
    "NUL in the lender": ({"lender": "晨星\0"}, "无法保存的字符"),
    "a field given twice": ({"narrative": ["一", "二"]}, "出现了两次"),
    "a consent given twice": ({"consent": ["publish", "private"]}, "出现了两次"),
}


@pytest.mark.parametrize("step", ["check", "send"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named_and_what_was_typed_comes_back(filing_page, database, case, step):
    changes, sentence = REFUSED[case]
    response = filing_page.send(step, **{"product": "我的贷款"} | changes)
    page = text_of(response)
    assert response.status_code == 400
    assert sentence in page
    assert 'class="govuk-error-summary' in page
    if "product" not in changes:
        assert "我的贷款" in page
    assert count(database) == 0


def test_each_line_of_the_error_summary_leads_to_a_field_of_the_page(filing_page):
    page = text_of(filing_page.send(lender="", consent="", narrative="", tactics=[], region="x", year="x"))
    links = re.findall(r'<a href="#([\w-]+)"', re.search(r"govuk-error-summary__list.*?</ul>", page, re.S).group(0))
    assert {"lender", "consent", "region", "year", "narrative"} <= set(links)
    assert all(f'id="{target}"' in page for target in links)


def test_tomorrow_is_refused_and_today_in_china_is_not(filing_page):
    today = datetime.now(SITE_TIME_ZONE).date()
    parts = lambda day: {"year": str(day.year), "month": str(day.month), "day": str(day.day)}  # noqa: E731
    assert "还没有到" in text_of(filing_page.send("check", **parts(today + timedelta(days=1))))
    assert filing_page.send("check", **parts(today)).status_code == 200


def test_an_unsure_lender_is_asked_about_and_never_taken_silently(filing_page, database, receipt_of):
    response = filing_page.send(lender="晨星消費")
    page = text_of(response)
    assert response.status_code == 400
    assert 'value="chenxing_cf"' in page
    assert count(database) == 0
    receipt_of(filing_page.send(lender="晨星消費", lender_asked="晨星消費", lender_choice="chenxing_cf"))
    assert only_complaint(database).lender.slug == "chenxing_cf"


def test_a_lender_can_be_kept_as_typed(filing_page, database, receipt_of):
    receipt_of(filing_page.send(lender="晨星消費", lender_asked="晨星消費", lender_choice="-"))
    kept = only_complaint(database)
    assert (kept.lender, kept.lender_text) == (None, "晨星消費")


def test_a_choice_made_for_another_name_does_not_hold(filing_page, database):
    response = filing_page.send(lender="云岭", lender_asked="晨星消費", lender_choice="chenxing_cf")
    assert response.status_code == 400 or only_complaint(database).lender.slug != "chenxing_cf"


def test_a_choice_that_was_not_offered_does_not_hold(filing_page, database):
    response = filing_page.send(lender="晨星消費", lender_asked="晨星消費", lender_choice="yunling_bank")
    assert response.status_code == 400
    assert count(database) == 0


def test_a_lender_that_nobody_knows_is_kept_as_it_was_typed(filing_page, database, receipt_of):
    receipt_of(filing_page.send(lender="Qwzx 9471"))
    assert only_complaint(database).lender_text == "Qwzx 9471"


@pytest.mark.parametrize("token", ["", "rubbish", None])
@pytest.mark.parametrize("step", ["check", "send"])
def test_a_stale_token_gives_the_text_back_and_a_fresh_one(filing_page, database, token, step, receipt_of):
    changes = {"csrf_token": token} if token is not None else {}
    if token is None:
        del filing_page.fields["csrf_token"]
    response = filing_page.send(step, **changes)
    page = text_of(response)
    assert response.status_code == 400
    assert "您写的内容都还在" in page
    assert filing_page.fields["narrative"] in page
    assert count(database) == 0
    fresh = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    receipt_of(filing_page.send(csrf_token=fresh))


def test_a_form_without_its_cookie_gives_the_text_back(filing_page, app):
    stranger = app.test_client()
    response = stranger.post("/complaints/new", data=filing_page.fields | {"step": "send"})
    assert response.status_code == 400
    assert filing_page.fields["narrative"] in text_of(response)


def test_a_store_that_is_locked_gives_the_text_back_and_no_receipt(filing_page, settings, database, monkeypatch):
    filing_page.send("check")
    blocker = sqlite3.connect(settings.data_dir / "doorstep.sqlite3", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        response = filing_page.send()
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    page = text_of(response)
    assert response.status_code == 503
    assert "什么都没有保存" in page
    assert filing_page.fields["narrative"] in page
    assert 'class="receipt"' not in page
    assert count(database) == 0
    assert filing_page.send().status_code == 200
    assert count(database) == 1


def test_a_store_that_is_gone_gives_the_text_back_even_from_a_fresh_process(filing_page, app, monkeypatch):
    from webapp.services import Services

    def gone(self):
        raise StoreUnavailable("gone")

    monkeypatch.setattr(Services, "database", property(gone))
    app.extensions["doorstep"]._opened.clear()
    app.extensions["doorstep"]._checked.clear()
    response = filing_page.send()
    assert response.status_code == 503
    assert filing_page.fields["narrative"] in text_of(response)


def test_filing_works_while_there_is_no_index(filing_page, settings, receipt_of):
    assert not (settings.data_dir / "index").exists()
    receipt_of(filing_page.send())


def test_no_page_of_the_flow_may_be_stored_and_no_address_holds_a_receipt(filing_page, client):
    for response in (
        client.get("/complaints/new"),
        filing_page.send("check"),
        filing_page.send(),
        client.get("/receipt"),
    ):
        assert response.headers["Cache-Control"] == "no-store"
        assert "Location" not in response.headers


def test_every_page_of_the_flow_has_a_way_to_leave_quickly(filing_page, client):
    for response in (
        client.get("/complaints/new"),
        filing_page.send("check"),
        filing_page.send(),
        client.get("/receipt"),
    ):
        assert "快速离开本页" in text_of(response)
        assert 'rel="noreferrer' in text_of(response)


MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


@pytest.mark.parametrize(
    "field", ["lender", "narrative", "product", "year", "region", "key", "lender_choice", "consent"]
)
def test_markup_in_a_field_stays_text(filing_page, field):
    for step in ("check", "edit", "send"):
        page = filing_page.send(step, **{field: MARKUP}).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{49}" not in page


def test_a_megabyte_in_one_field_is_a_clear_4xx(filing_page):
    response = filing_page.send(narrative="a" * 1_100_000)
    assert response.status_code == 413
    assert "内容太大了" in text_of(response)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "", "multipart/form-data"])
def test_a_form_in_another_content_type_is_a_clear_4xx(client, database, content_type):
    response = client.post("/complaints/new", data=b"{}", content_type=content_type)
    assert 400 <= response.status_code < 500
    assert count(database) == 0


def test_bytes_that_are_no_utf_8_are_no_server_error(filing_page, client):
    body = (
        f"csrf_token={filing_page.fields['csrf_token']}&lender=%ED%A0%80%FF&consent=publish&narrative=%C3%28&step=send"
    )
    response = client.post("/complaints/new", data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code < 500


def test_the_language_of_the_page_is_kept_with_the_complaint(filing_page, client, database):
    client.set_cookie("language", "zh-Hant")
    filing_page.send()
    assert only_complaint(database).language == "zh-Hant"


def test_switching_the_language_in_the_middle_loses_nothing(filing_page, client):
    fields = filing_page.fields | {"step": "edit"}
    page = text_of(client.post("/complaints/new?lang=en", data=fields))
    assert '<html lang="en"' in page
    assert filing_page.fields["narrative"] in page


def test_the_audit_log_holds_no_word_of_the_complaint(filing_page, database):
    filing_page.send()
    with database.reading() as session:
        events = session.scalars(select(AuditEvent)).all()
    assert [(event.actor, event.action) for event in events if event.action.startswith("complaint")] == [
        ("borrower", "complaint.received")
    ]
    assert "催收" not in str([event.details for event in events])
