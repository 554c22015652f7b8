import pytest

from domain.models import Article, TacticMention
from domain.readings import Gap, LenderFind, Reading, TacticFind
from domain.store import records
from domain.store.intake.complaints import Threat

TEXT = "云岭银行称，催收不得上门，也不得打电话。"


def find(code, assertion, words, text=TEXT, reason="rule come , home"):
    start = text.index(words)
    return TacticFind(code, assertion, start, start + len(words), words, 0.8, reason)


def reading(text=TEXT, tactics=(), gaps=()):
    lender = LenderFind("yunling_bank", "subject", 0, 4, "云岭银行", 0.95, "alias 云岭银行")
    return Reading(text, "zh-Hans", [lender], list(tactics), [], list(gaps))


def test_a_complaint_shows_its_words_facts_and_tags(site):
    record_id = site.complaint(
        "催收说今晚到我家门口。", lender="yunling_bank", region="440000", product="信用卡",
        threats=(Threat("visit_threatened", None, "not_happened"),), scripts=("我们已到您小区门口",),
    )  # fmt: skip
    page = site.page(f"/records/{record_id}")
    for shown in (
        "云岭银行",
        "广东",
        "信用卡",
        "2026年11月20日",
        "没有发生",
        "我们已到您小区门口",
        "由借款人勾选",
        "未经核实",
    ):
        assert shown in page


def test_an_article_links_to_its_source_and_sends_nothing_along(site):
    record_id = site.article(TEXT, title="回应", address="https://paper.invalid/a?b=1&c=2")
    page = site.page(f"/records/{record_id}")
    link = page.split('class="govuk-link source-link"')[1].split(">")[0]
    assert 'href="https://paper.invalid/a?b=1&c=2"' in link
    assert 'rel="noreferrer nofollow ugc noopener"' in link
    assert "2026年10月2日" in page
    assert "不是投诉" in page


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//paper.invalid/x"]
)
def test_an_address_that_is_not_of_the_web_is_never_a_link(site, address):
    record_id = site.article(TEXT, address=address)
    assert f'href="{address}' not in site.page(f"/records/{record_id}")
    assert site.json(f"/api/v1/records/{record_id}")["source_url"] is None


def test_passages_are_numbered_and_lead_to_their_tags(site):
    found = reading(
        tactics=[find("visit_actual", "rule_statement", "上门"), find("excessive_call_frequency", "denial", "打电话")]
    )
    page = site.page(f"/records/{site.article(TEXT, reading=found)}")
    assert '<mark class="passage">上门</mark>' in page
    assert 'href="#tag-1"' in page
    assert 'id="tag-2"' in page
    assert ">规定</span>" in page
    assert ">否认</span>" in page
    assert '80 %，依据规则 <code lang="en">come , home</code>' in page
    assert "计入件数" not in page


def test_what_the_model_found_says_so_in_the_language_of_the_page(site):
    found = reading(tactics=[find("visit_actual", "rule_statement", "上门", reason="model of sentences")])
    record_id = site.article(TEXT, reading=found)
    assert "80 %，由句子模型判断" in site.page(f"/records/{record_id}")
    assert "model of sentences" not in site.page(f"/records/{record_id}")


def test_overlapping_passages_and_hostile_words_do_not_break_the_page(site):
    text = "<b>催收</b>&lt;说要上门"
    start = text.index("催收")
    overlapping = [
        TacticFind("visit_threatened", "reported_claim", start, len(text), text[start:], 0.5, "<i>r</i>"),
        TacticFind("insult_abuse", "reported_claim", 0, start + 2, text[: start + 2], 0.5, "r"),
    ]
    record_id = site.article(text, reading=Reading(text, "zh-Hans", [], overlapping))
    raw = site.client.get(f"/records/{record_id}").get_data(as_text=True)
    assert "<b>" not in raw
    assert "<i>r" not in raw


def test_a_quote_from_before_a_strike_out_is_not_shown(site):
    record_id = site.article(TEXT, reading=reading(tactics=[find("visit_actual", "rule_statement", "上门")]))
    with site.database.writing() as session:
        article = session.query(Article).filter_by(id=record_id).one()
        article.public_text = article.public_text.replace("上门", "［删］")
        session.query(TacticMention).update({"quote": "上门"})
    page = site.page(f"/records/{record_id}")
    assert "“上门”" not in page
    assert "上门" not in site.json(f"/api/v1/records/{record_id}")["tactics"][0].values()


def test_a_lost_word_is_shown_as_lost_with_the_guess_beside_it(site):
    found = reading("云岭银行拨打催收", gaps=[Gap(6, "电话", 0.7)])
    page = site.page(f"/records/{site.article('云岭银行拨打催收', reading=found)}")
    assert "拨打<span" in page
    assert "〔缺字，或为“电话”〕" in page


def test_a_copy_leads_to_its_original_which_names_it(site):
    original = site.article(TEXT, address="https://paper.invalid/1")
    copy = site.article(TEXT, address="https://other.invalid/2")
    response = site.client.get(f"/records/{copy}")
    assert (response.status_code, response.location) == (302, f"/records/{original}")
    assert "https://other.invalid/2" in site.page(f"/records/{original}")
    assert "另有 1 个页面全文相同" in site.page(f"/records/{original}")
    assert site.client.get(f"/api/v1/records/{copy}").location == f"/api/v1/records/{original}"


def test_a_copy_of_what_was_taken_down_leads_nowhere(site):
    original = site.article(TEXT, address="https://paper.invalid/1")
    copy = site.article(TEXT, address="https://other.invalid/2")
    with site.database.writing() as session:
        session.query(Article).filter_by(id=original).one().status = "taken_down"
    site.page(f"/records/{copy}", 404)


def test_a_page_without_a_day_or_title_says_so(site):
    record_id = site.article(TEXT, title=None, day=None)
    page = site.page(f"/records/{record_id}")
    assert "页面未注明日期" in page
    assert "没有标题" in page


@pytest.mark.parametrize("record_id", ["c000000000000", "a000000000000", "x", "c%00", "%F0%9F%98%80", "1"])
def test_an_unknown_id_is_a_404_page_and_an_api_problem(site, record_id):
    site.page(f"/records/{record_id}", 404)
    assert site.json(f"/api/v1/records/{record_id}", 404)["status"] == 404


def test_withdrawn_waiting_and_unknown_look_alike(site):
    withdrawn, waiting = site.complaint("已撤回的话"), site.complaint("等待的话", publish=False)
    site.withdraw(withdrawn)
    bodies = [site.client.get(f"/api/v1/records/{i}").get_data() for i in (withdrawn, waiting, "c000000000000")]
    assert len(set(bodies)) == 1
    assert records.get(site.database, withdrawn) is not None


def test_a_record_needs_no_index(site):
    assert "到我家门口" in site.page(f"/records/{site.complaint()}")
