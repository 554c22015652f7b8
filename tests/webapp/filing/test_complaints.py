import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.models import AuditEvent, Complaint, OutboxRow
from domain.settings import SITE_TIME_ZONE
from domain.store import records
from domain.store.intake import complaints
from tests.webapp.conftest import STORY
from webapp.forms.parts import LONGEST_NARRATIVE
from webapp.forms.steps import LONG, SHORT

OTHER_STORY = "另外一件事：他们又打给了我的同事。"


def count(database, table=Complaint):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def only_complaint(database):
    with database.reading() as session:
        (complaint_id,) = session.scalars(select(Complaint.id)).all()
    return records.get(database, complaint_id)


def test_the_first_page_says_first_what_happens_to_what_is_typed(filing_pages):
    assert filing_pages.page.index("什么都不会提交") < filing_pages.page.index('name="written_by"')


@pytest.mark.parametrize(("writer", "steps"), [("borrower", LONG), ("relative", SHORT)])
def test_every_page_says_something_first_and_asks_one_group(filing_pages, writer, steps):
    for step in steps:
        filing_pages.go_to(step.name, written_by=writer)
        assert filing_pages.step == step.name
        assert 'class="what-happens"' in filing_pages.page or 'class="key-facts"' in filing_pages.page
        assert "快速离开本页" in filing_pages.page
        assert filing_pages.page.count("<h1") == 1


def test_a_lender_of_the_registry_can_come_with_the_address(client, filing_pages):
    filing_pages.open("/complaints/new?lender=chenxing_cf")
    filing_pages.press(written_by="borrower")
    assert 'value="晨星消费金融"' in filing_pages.page
    assert client.get('/complaints/new?lender="><b>').status_code == 200


def test_a_filed_complaint_is_in_the_store_when_its_receipt_is_shown(filing_pages, database, receipt_of, app):
    receipt = receipt_of(filing_pages.send())
    complaint = only_complaint(database)
    key = app.extensions["doorstep"].keys.receipt
    assert complaints.by_receipt(database, key, receipt).id == complaint.id
    assert complaint.lender.slug == "chenxing_cf"
    assert [mention.tactic_code for mention in complaint.tactic_mentions if mention.said_by == "borrower"] == [
        "excessive_call_frequency"
    ]
    assert "13800138000" not in complaint.public_text
    assert count(database, OutboxRow) == 1


WHOLE = {
    "collector": "云岭银行", "product": "现金贷 13800138000", "overdue": "to_90_days", "amount": "to_20000",
    "events__0__year": "２０２６", "events__0__month": "3", "events__0__day": "06", "events__0__time": "9:05",
    "events__0__channel": "call", "events__0__contacted": ["borrower", "relative"],
    "scripts__0__text": "外访人员已到楼下，电话13900001234", "scripts__0__event": "1",
    "threats__0__kind": "visit", "threats__0__year": "2026", "threats__0__month": "12", "threats__0__day": "1",
    "threats__0__outcome": "not_yet", "region": "440300", "wants": ["apology", "erase_data"], "consent": "figures",
    "contact": "lin@example.org",
}  # fmt: skip


def test_everything_that_was_asked_is_kept(filing_pages, database, receipt_of):
    receipt_of(filing_pages.send(**WHOLE))
    kept = only_complaint(database)
    assert (kept.occurred_on.isoformat(), kept.region, kept.consent, kept.language) == (
        "2026-03-06", "440300", "figures", "zh-Hans",
    )  # fmt: skip
    assert (kept.collector.slug, kept.overdue, kept.amount) == ("yunling_bank", "to_90_days", "to_20000")
    assert kept.wants == ["apology", "erase_data"]
    (event,) = kept.events
    assert (event.occurred_at, event.channel, event.contacted) == ("09:05", "call", ["borrower", "relative"])
    (script,) = kept.scripts
    assert (script.event_number, "13900001234" in script.public_text) == (1, False)
    (threat,) = kept.threats
    assert (threat.kind, threat.announced_for.isoformat(), threat.outcome) == ("visit", "2026-12-01", "not_yet")
    assert "13800138000" not in kept.product
    assert "lin@example.org" not in kept.contact_sealed


def test_a_relative_has_a_short_form(filing_pages, database, receipt_of):
    filing_pages.go_to(
        "check", written_by="relative", lender="", narrative="他们打给我，说我弟弟欠钱。", events__0__channel="call",
        events__0__about="上周三晚上", scripts__0__text="叫你弟弟还钱",
    )  # fmt: skip
    assert "第6页，共6页" in filing_pages.page
    receipt_of(filing_pages.press("send"))
    kept = only_complaint(database)
    assert (kept.written_by, kept.lender, kept.lender_text) == ("relative", None, "")
    assert [(event.channel, event.about, event.contacted) for event in kept.events] == [
        ("call", "上周三晚上", ["relative"])
    ]
    assert [script.event_number for script in kept.scripts] == [1]


def test_a_relative_must_say_what_happened_and_a_borrower_must_name_the_lender(filing_pages):
    assert "请写您收到了什么" in text(filing_pages.go_to("consent", written_by="relative", narrative=" "))
    filing_pages.open("/complaints/new")
    assert "请写机构或应用的名字" in text(filing_pages.go_to("loan", lender=" "))


def text(response):
    import html

    return html.unescape(response.get_data(as_text=True))


def test_only_what_is_asked_of_this_writer_is_kept(filing_pages, database, receipt_of):
    filing_pages.go_to("check", **WHOLE)
    filing_pages.open(filing_pages.address.replace("/check", "/writer") + "?then=check")
    filing_pages.press(written_by="colleague")
    receipt_of(filing_pages.press("send"))
    kept = only_complaint(database)
    assert (kept.written_by, kept.region, kept.wants, kept.threats, kept.overdue) == ("colleague", None, [], [], None)


def test_back_and_forth_nothing_is_lost(filing_pages):
    filing_pages.go_to("check", **WHOLE)
    shown = {}
    for step in reversed(LONG):
        shown[step.name] = sorted(filing_pages.fields().items(multi=True))
        filing_pages.press("back")
    assert filing_pages.step == "writer"
    volatile = {"csrf_token", "carried"}
    for step in LONG:
        now = [pair for pair in sorted(filing_pages.fields().items(multi=True)) if pair[0] not in volatile]
        assert now == [pair for pair in shown[step.name] if pair[0] not in volatile], step.name
        filing_pages.press()


def test_what_is_half_typed_stays_when_going_back(filing_pages):
    filing_pages.go_to("events")
    filing_pages.press("back", events__0__month="13", events__0__contacted=["friend"])
    assert filing_pages.step == "story"
    filing_pages.press()
    assert (filing_pages.fields()["events-0-month"], filing_pages.fields()["events-0-contacted"]) == ("13", "friend")


def test_events_can_be_added_and_taken_out_and_their_messages_go_with_them(filing_pages, database, receipt_of):
    filing_pages.go_to("events")
    filing_pages.press("add-events", events__0__channel="call")
    filing_pages.press("add-events", events__1__channel="visit")
    filing_pages.press(events__2__channel="letter")
    filing_pages.press("add-scripts", scripts__0__text="第三件事的信", scripts__0__event="3")
    filing_pages.press("back", scripts__1__text="第一件事的话", scripts__1__event="1")
    filing_pages.press("remove-events-0")
    receipt_of(filing_pages.send())
    kept = only_complaint(database)
    assert [event.channel for event in kept.events] == ["visit", "letter"]
    assert {(script.text, script.event_number) for script in kept.scripts} == {
        ("第三件事的信", 2),
        ("第一件事的话", None),
    }


def test_rows_that_stay_empty_are_no_rows(filing_pages, database, receipt_of):
    filing_pages.go_to("threats")
    filing_pages.press("add-threats")
    filing_pages.press("add-threats")
    receipt_of(filing_pages.send())
    assert only_complaint(database).threats == []


def test_no_more_rows_than_there_may_be(filing_pages):
    filing_pages.go_to("events")
    for _ in range(20):
        filing_pages.press("add-events", **{f"events__{n}__channel": "call" for n in range(8)})
    assert filing_pages.page.count('class="row"') == 8
    assert 'value="add-events"' not in filing_pages.page


def test_from_the_check_one_page_can_be_changed(filing_pages, receipt_of, database):
    filing_pages.go_to("check")
    filing_pages.open(re.search(r'href="(/complaints/new/[\w-]+/place\?then=check)"', filing_pages.page).group(1))
    filing_pages.press(region="110000")
    assert filing_pages.step == "check"
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).region == "110000"


def test_the_check_leads_to_what_is_missing(filing_pages, client):
    filing_pages.go_to("lender")
    filing_pages.open(filing_pages.address.replace("/lender", "/check"))
    filing_pages.follow()
    assert filing_pages.step == "lender"
    assert "请写机构或应用的名字" in filing_pages.page
    filing_pages.press(lender="晨星消费金融")
    filing_pages.open(filing_pages.address.replace("/loan", "/check"))
    filing_pages.follow()
    assert filing_pages.step == "tactics"
    assert "请至少勾选一项" in filing_pages.page


def test_tactics_are_ticked_from_the_text_and_what_is_taken_out_stays_out(filing_pages):
    filing_pages.go_to("tactics", narrative="催收骂我不要脸，每天打三十个电话。", tactics=[])
    ticked = filing_pages.fields().getlist("tactics")
    assert {"insult_abuse", "excessive_call_frequency"} <= set(ticked)
    filing_pages.press(tactics=["excessive_call_frequency"])
    filing_pages.press("back")
    assert filing_pages.fields().getlist("tactics") == ["excessive_call_frequency"]


def test_what_is_told_later_is_ticked_too(filing_pages):
    filing_pages.go_to("tactics", narrative="催收骂我不要脸。", tactics=[])
    filing_pages.press(tactics=[])
    filing_pages.open(filing_pages.address.replace("/threats", "/story"))
    filing_pages.go_to("tactics", narrative="催收骂我不要脸，每天打三十个电话。", tactics=[])
    assert filing_pages.fields().getlist("tactics") == ["excessive_call_frequency"]


def test_every_tactic_is_offered_in_plain_words_of_the_readers_language(filing_pages, app):
    from webapp.filing.plain_tactics import PLAIN_WORDS

    filing_pages.go_to("tactics")
    assert filing_pages.page.count('name="tactics"') == len(app.extensions["doorstep"].tactics) == 29
    assert set(PLAIN_WORDS) == {tactic.code for tactic in app.extensions["doorstep"].tactics}
    assert "骂我、侮辱我" in filing_pages.page
    filing_pages.open(filing_pages.address + "?lang=zh-Hant")
    assert "罵我、侮辱我" in filing_pages.page


def test_the_operator_behind_a_brand_is_explained(filing_pages):
    filing_pages.go_to("loan", lender="快圆钱包")
    assert "快圆钱包是晨星消费金融的品牌" in filing_pages.page
    filing_pages.go_to("check")
    assert "快圆钱包是晨星消费金融的品牌" in filing_pages.page


def test_the_check_shows_the_text_as_published_each_mask_with_its_reason(filing_pages, database):
    filing_pages.go_to("check", scripts__0__text="给王小明打电话：13900001234")
    texts = re.findall(r'<div class="their-words"[^>]*>(.*?)</div>', filing_pages.page, re.S)
    assert len(texts) == 2
    assert "13800138000" not in filing_pages.page.replace(filing_pages.fields().get("carried", ""), "")
    number = re.search(r'class="masked">［电话］<sup><a href="#mask-(\d)"', texts[0]).group(1)
    assert re.search(rf'<li id="mask-{number}"[^>]*>手机号（2处）：可以直接联系到人', filing_pages.page)
    assert count(database) == 0


def test_the_writer_may_mask_more_and_nothing_of_it_is_left_to_read(filing_pages, database, receipt_of):
    filing_pages.go_to("check", narrative="人们叫我阿满嫂，他们在群里骂阿满嫂。", scripts__0__text="阿满嫂你听着")
    filing_pages.press("stay", more_masks="阿满嫂\n没有的词")
    assert "请看看有没有写错：没有的词" in filing_pages.page
    shown = re.findall(r'<div class="their-words"[^>]*>(.*?)</div>', filing_pages.page, re.S)
    assert not any("阿满嫂" in one for one in shown)
    assert "按您的意思遮盖" in filing_pages.page
    receipt_of(filing_pages.press("send"))
    kept = only_complaint(database)
    assert "阿满嫂" not in kept.public_text + kept.scripts[0].public_text
    assert kept.more_masks == ["阿满嫂", "没有的词"]


REFUSED = {
    "nobody writes": ("writer", {"written_by": ""}, "请选择您是谁"),
    "a writer that there is not": ("writer", {"written_by": "robot"}, "请选择您是谁"),
    "no lender": ("lender", {"lender": " "}, "请写机构或应用的名字"),
    "a lender as long as a page": ("lender", {"lender": "长" * 201}, "太长了"),
    "NUL in the lender": ("lender", {"lender": "晨星\0"}, "无法保存的字符"),
    "a product as long as a story": ("loan", {"product": "贷" * 61}, "太长了"),
    "a band that there is not": ("loan", {"amount": "12345"}, "请选择"),
    "a narrative that is too long": ("story", {"narrative": "长" * (LONGEST_NARRATIVE + 1)}, "20001"),
    "NUL in the narrative": ("story", {"narrative": "他说\0"}, "无法保存的字符"),
    "a narrative given twice": ("story", {"narrative": ["一", "二"]}, "出现了两次"),
    "a day that there is not": ("events", {"events__0__year": "2026", "events__0__month": "2", "events__0__day": "30"},
                                "没有这一天"),
    "half a day": ("events", {"events__0__year": "2026", "events__0__month": "2"}, "没有这一天"),
    "words for a day": ("events", {"events__0__year": "去年", "events__0__month": "二"}, "没有这一天"),
    "a day long ago": ("events", {"events__0__year": "1026", "events__0__month": "1", "events__0__day": "1"}, "太久远"),
    "a year with too many digits": ("events", {"events__0__year": "9" * 5000}, "没有这一天"),
    "no time of day": ("events", {"events__0__time": "半夜"}, "时间写得不对"),
    "a way that there is not": ("events", {"events__0__channel": "fax"}, "请选择"),
    "a day given twice": ("events", {"events__0__day": ["1", "2"]}, "出现了两次"),
    "a message that is too long": ("words", {"scripts__0__text": "长" * 5001}, "太长了"),
    "nothing told": ("tactics", {"narrative": "  ", "tactics": []}, "请至少勾选一项"),
    "a tactic that there is not": ("tactics", {"tactics": ["rudeness"]}, "手段列表里没有"),
    "an announcement without an outcome": ("threats", {"threats__0__kind": "visit"}, "请选择后来有没有发生"),
    "an outcome of nothing": ("threats", {"threats__0__outcome": "unknown"}, "请选择对方扬言要做什么"),
    "a region that there is not": ("place", {"region": "999999"}, "地区不在名单里"),
    "a wish that there is not": ("place", {"wants": ["revenge"]}, "请选择"),
    "no consent": ("consent", {"consent": ""}, "请选择可以发布什么"),
    "a consent that there is not": ("consent", {"consent": "all"}, "请选择可以发布什么"),
    "a consent given twice": ("consent", {"consent": ["publish", "private"]}, "出现了两次"),
    "a contact that is too long": ("consent", {"contact": "长" * 301}, "太长了"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named_on_its_page_and_what_was_typed_comes_back(filing_pages, database, case):
    step, changes, sentence = REFUSED[case]
    response = filing_pages.go_to("check", **changes)
    assert (response.status_code, filing_pages.step) == (400, step)
    assert sentence in filing_pages.page
    links = re.findall(
        r'<a href="#([\w-]+)"', re.search(r"error-summary__list.*?</ul>", filing_pages.page, re.S).group(0)
    )
    assert links
    assert all(f'id="{target}"' in filing_pages.page for target in links)
    fields = filing_pages.fields()
    for name, value in changes.items():
        if isinstance(value, str) and value.strip() and "\0" not in value and name.replace("__", "-") in fields:
            assert value in fields.getlist(name.replace("__", "-")) or name in CHOSEN
    assert count(database) == 0


# A radio button or an option can't show a value that is none of its own.
CHOSEN = {"written_by", "amount", "events__0__channel", "region", "consent"}


def test_tomorrow_is_refused_and_today_in_china_is_not(filing_pages):
    today = datetime.now(SITE_TIME_ZONE).date()

    def parts(day):
        return {"events__0__year": str(day.year), "events__0__month": str(day.month), "events__0__day": str(day.day)}

    filing_pages.go_to("events")
    filing_pages.press(**parts(today + timedelta(days=1)))
    assert "还没有到" in filing_pages.page
    filing_pages.press(**parts(today))
    assert filing_pages.step == "words"


def test_an_unsure_lender_is_asked_about_and_never_taken_silently(filing_pages, database, receipt_of):
    filing_pages.go_to("loan", lender="晨星消費")
    assert (filing_pages.response.status_code, filing_pages.step) == (400, "lender")
    assert 'value="chenxing_cf"' in filing_pages.page
    filing_pages.press(lender_choice="chenxing_cf")
    receipt_of(filing_pages.send(lender="晨星消費"))
    assert only_complaint(database).lender.slug == "chenxing_cf"


def test_a_lender_can_be_kept_as_typed(filing_pages, database, receipt_of):
    filing_pages.go_to("loan", lender="晨星消費")
    filing_pages.press(lender_choice="-")
    receipt_of(filing_pages.send())
    kept = only_complaint(database)
    assert (kept.lender, kept.lender_text) == (None, "晨星消費")


@pytest.mark.parametrize("changes", [{"lender": "云岭"}, {"lender_choice": "yunling_bank"}, {"lender_choice": "<b>"}])
def test_a_choice_for_another_name_or_that_was_not_offered_does_not_hold(filing_pages, changes):
    filing_pages.go_to("loan", lender="晨星消費")
    filing_pages.press(**({"lender_choice": "chenxing_cf"} | changes))
    assert (filing_pages.response.status_code, filing_pages.step) == (400, "lender")


def test_a_lender_that_nobody_knows_is_kept_as_it_was_typed(filing_pages, database, receipt_of):
    receipt_of(filing_pages.send(lender="Qwzx 9471"))
    assert only_complaint(database).lender_text == "Qwzx 9471"


def test_a_double_click_and_a_reload_file_one_complaint_with_one_receipt(filing_pages, database, receipt_of):
    filing_pages.go_to("check")
    assert len({receipt_of(filing_pages.send_form("send")) for _ in range(3)}) == 1
    assert count(database) == 1


def test_eight_clicks_at_once_file_one_complaint(filing_pages, database, receipt_of, app):
    filing_pages.go_to("check")
    fields, address = filing_pages.fields(), filing_pages.address
    fields["go"] = "send"
    cookies = [(cookie.key, cookie.value) for cookie in filing_pages.client._cookies.values()]

    def click(_):
        client = app.test_client()
        for name, value in cookies:
            client.set_cookie(name, value)
        return client.post(address, data=fields)

    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(click, range(8)))
    assert len({receipt_of(response) for response in responses}) == 1
    assert count(database) == 1


def test_two_drafts_with_the_same_words_are_two_complaints(filing_pages, database, receipt_of):
    first = receipt_of(filing_pages.send())
    filing_pages.open("/complaints/new")
    assert receipt_of(filing_pages.send()) != first
    assert count(database) == 2


def test_the_same_form_with_other_words_is_not_taken_for_the_first(filing_pages, database, receipt_of):
    filing_pages.go_to("check")
    old_page = filing_pages.response
    filing_pages.press("send")
    filing_pages.response = old_page
    filing_pages.press("send", more_masks="打")
    assert filing_pages.response.status_code == 409
    assert "已经提交过一次" in filing_pages.page
    assert count(database) == 1
    receipt_of(filing_pages.press("send"))
    assert count(database) == 2


def test_what_is_sent_too_quickly_is_asked_once_more_and_loses_nothing(filing_pages, database, monkeypatch, receipt_of):
    monkeypatch.setattr("webapp.filing.complaints.QUICKEST_SECONDS", 60.0)
    filing_pages.send()
    assert filing_pages.step == "check"
    assert "请再按一次" in filing_pages.page
    assert count(database) == 0
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY


@pytest.mark.parametrize("page", ["writer", "check"])
def test_a_field_that_nobody_sees_asks_once_more_too(filing_pages, database, receipt_of, page):
    filing_pages.go_to(page)
    filing_pages.press(website="http://spam.invalid", **({"written_by": "borrower"} if page == "writer" else {}))
    filing_pages.send()
    assert "请再按一次" in filing_pages.page
    assert count(database) == 0
    receipt_of(filing_pages.press("send"))


def test_a_store_that_is_locked_gives_the_text_back_and_no_receipt(filing_pages, settings, database, receipt_of):
    filing_pages.go_to("check")
    blocker = sqlite3.connect(settings.data_dir / "doorstep.sqlite3", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        filing_pages.press("send")
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    assert filing_pages.response.status_code == 503
    assert "什么都没有保存" in filing_pages.page
    assert STORY in filing_pages.page
    assert 'class="receipt"' not in filing_pages.page
    assert count(database) == 0
    receipt_of(filing_pages.press("send"))
    assert only_complaint(database).narrative == STORY
    assert only_complaint(database).tactic_mentions != []


def test_filing_works_while_there_is_no_index(filing_pages, settings, receipt_of):
    assert not (settings.data_dir / "index").exists()
    receipt_of(filing_pages.send())


def test_no_page_of_the_flow_may_be_stored_and_no_address_holds_a_receipt(filing_pages, client):
    for step in LONG:
        filing_pages.go_to(step.name)
        assert filing_pages.response.headers["Cache-Control"] == "no-store"
    response = filing_pages.send_form("send")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Location" not in response.headers


MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


@pytest.mark.parametrize("step", [step.name for step in LONG])
def test_markup_in_any_field_stays_text(filing_pages, step):
    filing_pages.go_to(step)
    names = [name for name in filing_pages.fields() if name not in ("csrf_token", "carried", "page")]
    names += ["lender_choice", "wants", "tactics", "events-0-contacted"]
    for go in ("on", "stay", "back"):
        page = filing_pages.send_form(go, **dict.fromkeys(names, MARKUP))
        if page.status_code == 303:
            page = filing_pages.client.get(page.headers["Location"].replace("/check", f"/{step}"))
        for shown in (page.get_data(as_text=True),):
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown
            assert "{49}" not in shown


def test_markup_that_is_filed_stays_text_to_the_end(filing_pages, receipt_of):
    filing_pages.go_to("check", narrative=MARKUP, lender="<b>云</b>", scripts__0__text=MARKUP, product="<i>贷</i>",
                       events__0__about="<u>三月</u>", contact="<s>x</s>")  # fmt: skip
    for page in (filing_pages.page, filing_pages.response.get_data(as_text=True)):
        assert "<img src=x onerror" not in filing_pages.response.get_data(as_text=True), page[:50]
    raw = filing_pages.response.get_data(as_text=True)
    assert not re.search(r"<(b|i|u|s)>", raw)
    receipt_of(filing_pages.press("send"))


@pytest.mark.parametrize("address", ["/complaints/new", "page"])
def test_a_megabyte_in_one_field_is_a_clear_4xx(filing_pages, address):
    filing_pages.go_to("story")
    address = filing_pages.address if address == "page" else address
    response = filing_pages.client.post(address, data=filing_pages.fields() | {"narrative": "a" * 1_100_000})
    assert response.status_code == 413
    assert "内容太大了" in text(response)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "", "multipart/form-data"])
def test_a_form_in_another_content_type_is_a_clear_4xx(filing_pages, client, database, content_type):
    filing_pages.go_to("check")
    for address in ("/complaints/new", filing_pages.address):
        response = client.post(address, data=b"{}", content_type=content_type)
        assert 400 <= response.status_code < 500
    assert count(database) == 0


def test_bytes_that_are_no_utf_8_are_no_server_error(filing_pages, client):
    filing_pages.go_to("lender")
    token = filing_pages.fields()["csrf_token"]
    body = f"csrf_token={token}&page=lender&lender=%ED%A0%80%FF&collector=%C3%28&go=on&carried=%FF"
    response = client.post(filing_pages.address, data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code < 500


@pytest.mark.parametrize("go", ["", "x", "send", "remove-events-9", "add-lenders", "remove-file-5", "\0"])
def test_a_button_that_a_page_has_not_does_no_harm(filing_pages, database, go):
    filing_pages.go_to("lender")
    assert filing_pages.send_form(go).status_code < 500
    assert count(database) == 0


@pytest.mark.parametrize("address", ["x/lender", "A" * 22 + "/nothing", "A" * 23 + "/lender", "..%2f..%2fetc/lender"])
def test_an_address_that_is_none_is_not_found(client, address):
    assert client.get(f"/complaints/new/{address}").status_code == 404
    assert client.post(f"/complaints/new/{address}").status_code == 404


def test_the_language_of_the_page_is_kept_with_the_complaint(filing_pages, client, database):
    client.set_cookie("language", "zh-Hant")
    filing_pages.send()
    assert only_complaint(database).language == "zh-Hant"


def test_switching_the_language_in_the_middle_loses_nothing(filing_pages, client):
    filing_pages.go_to("story")
    fields = filing_pages.fields()
    fields["narrative"], fields["go"] = OTHER_STORY, "stay"
    filing_pages.response = client.post(filing_pages.address + "?lang=en", data=fields)
    filing_pages.follow()
    assert '<html lang="en"' in filing_pages.page
    assert filing_pages.step == "story"
    assert OTHER_STORY in filing_pages.page


def test_the_audit_log_holds_no_word_of_the_complaint(filing_pages, database):
    filing_pages.send()
    with database.reading() as session:
        events = session.scalars(select(AuditEvent)).all()
    assert [(event.actor, event.action) for event in events if event.action.startswith("complaint")] == [
        ("borrower", "complaint.received")
    ]
    assert "催收" not in str([event.details for event in events])


@pytest.mark.parametrize("more", [{"csrf_token": "stale"}, {"more_masks": "\x00"}, {"carried": "no draft of ours"}])
@pytest.mark.parametrize("go", ["on", "send", "stay", "back"])
def test_the_check_of_a_form_that_lacks_something_leads_to_what_is_missing(filing_pages, go, more):
    filing_pages.go_to("consent")
    draft = filing_pages.address.rpartition("/")[0]
    fields = {"csrf_token": filing_pages.fields()["csrf_token"], "page": "check", "go": go} | more
    filing_pages.response = filing_pages.client.post(f"{draft}/check", data=fields)
    assert filing_pages.response.status_code in (303, 400)
    filing_pages.follow()
    assert filing_pages.step in ("consent", "evidence")
