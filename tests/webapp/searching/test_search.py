import shutil
from urllib.parse import quote

import pytest

from domain.store.intake import complaints
from webapp.searching import search as search_page


def links(page, prefix):
    return [part.split('"')[0] for part in page.split(f'href="{prefix}')[1:]]


def test_what_is_published_is_found_and_what_waits_is_not(site):
    site.complaint("催收说已经到我家门口。")
    site.complaint("催收说马上到我公司门口。", publish=False)
    site.index()
    page = site.page("/search?search_term=门口")
    assert "投诉 1 件" in page
    assert "文章 0 篇" in page
    assert "到我家<mark>门口</mark>" in page
    assert "公司门口" not in page


def test_traditional_and_simplified_find_each_other_and_are_marked_as_written(site):
    site.complaint("催收員說要上門。", lender="yunling_bank", tactics=())
    site.index()
    assert "<mark>上門</mark>" in site.page("/search?search_term=上门")
    assert "投诉 1 件" in site.page("/search?search_term=雲嶺銀行")


def test_complaints_and_articles_are_told_apart_in_words(site):
    site.complaint()
    site.article("云岭银行称催收人员不会上门。", title="回应")
    site.index()
    page = site.page("/search")
    assert '<span class="kind kind--complaint">投诉</span>' in page
    assert '<span class="kind kind--article">文章</span>' in page


def test_a_tag_says_how_it_is_asserted_and_whether_it_counts(site):
    site.complaint(tactics=("visit_threatened",))
    site.index()
    page = site.page("/search")
    assert ">扬言</span>" in page
    assert "计入件数" in page


def test_a_complaint_for_figures_is_counted_and_its_words_are_nowhere(site):
    record_id = site.complaint("催收半夜打电话，孩子吓哭了。", consent="figures", product="极速贷13800138000")
    site.index()
    assert "投诉 1 件" in site.page("/search?lender=chenxing_cf")
    assert "投诉 0 件" in site.page("/search?search_term=孩子吓哭")
    everywhere = [
        "/search", f"/records/{record_id}", "/search.csv", "/search.json", "/data/complaints.csv",
        "/data/complaints.jsonl", "/api/v1/search", f"/api/v1/records/{record_id}", "/lenders/chenxing_cf",
    ]  # fmt: skip
    for address in everywhere:
        page = site.page(address)
        for secret in ("孩子", "半夜", "极速贷", "13800138000"):
            assert secret not in page, address


def test_what_a_borrower_keeps_private_is_nowhere(site):
    record_id = site.complaint("只给平台看。", consent="private", publish=False)
    site.index()
    assert "投诉 0 件" in site.page("/search?lender=chenxing_cf")
    site.page(f"/records/{record_id}", 404)
    assert site.csv("/data/complaints.csv") == []


def test_masked_data_contact_and_receipt_stay_inside(site):
    secret = {"narrative": "我的电话13912345678。", "script": "联系王经理13712345678", "contact": "me@example.org"}
    record_id = site.complaint(secret["narrative"], scripts=(secret["script"],), contact=secret["contact"])
    site.index()
    for address in ("/search", f"/records/{record_id}", "/search.json", "/data/complaints.jsonl", "/api/v1/search"):
        page = site.page(address)
        for private in ("13912345678", "13712345678", "me@example.org", site.receipts[record_id]):
            assert private not in page, address


def test_a_lender_typed_freely_is_not_shown_since_nobody_has_looked_at_it(site):
    record_id = site.complaint("他们一直打电话。", lender="老王贷款13612345678")
    site.index()
    for address in ("/search", f"/records/{record_id}", "/search.csv", f"/api/v1/records/{record_id}"):
        assert "老王" not in site.page(address)


def test_a_record_withdrawn_after_it_was_indexed_is_not_shown(site):
    record_id = site.complaint("催收说已经到我家门口。")
    site.index()
    site.withdraw(record_id)
    page = site.page("/search?search_term=门口")
    assert "我家" not in page
    assert "刚刚撤下" in page
    site.page(f"/records/{record_id}", 404)
    site.index()
    assert "投诉 0 件" in site.page("/search?search_term=门口")


def test_filters_are_links_that_can_be_shared_and_taken_out(site):
    site.complaint(lender="chenxing_cf", region="440000")
    site.complaint(lender="yunling_bank", region="330000")
    site.index()
    page = site.page("/search")
    assert "/search?lender=yunling_bank" in page
    assert "/search?not_lender=yunling_bank" in page
    chosen = site.page("/search?lender=yunling_bank")
    assert "投诉 1 件" in chosen
    assert '<a class="chip__remove" href="/search" aria-label="去掉：云岭银行">' in chosen
    # the facet goes on counting past its own filter, so that another lender can be added
    assert "/search?lender=yunling_bank&lender=chenxing_cf" in chosen
    assert "投诉 1 件" in site.page("/search?not_lender=yunling_bank")
    assert "投诉 1 件" in site.page("/search?region=440000")
    assert "投诉 2 件" in site.page("/search?month=2026-11&tactic=visit_threatened&assertion=collector_threat")


def test_days_are_days_in_china_and_both_ends_are_included(site):
    site.complaint(day="2026-11-20")
    site.index()
    assert "投诉 1 件" in site.page("/search?date_received_min=2026-11-20&date_received_max=2026-11-20")
    assert "投诉 0 件" in site.page("/search?date_received_min=2026-11-21")


def test_blank_fields_of_the_form_are_no_filters(site):
    site.complaint()
    site.index()
    assert "投诉 1 件" in site.page("/search?search_term=&date_received_min=&sort=&field=&lender=")


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("date_received_min=2026-11-31", "请填写存在的日期"),
        ("date_received_min=2026-11-02&date_received_max=2026-11-01", "开始日期晚于结束日期"),
        ("lender=no_such_lender", "没有这个选项"),
        ("search_after=forged", "这一页结果已失效"),
        ("search_term=" + quote("催" * 1001), "内容太长"),
    ],
)
def test_a_search_that_cannot_be_read_says_what_to_do_and_keeps_what_was_typed(site, query, word):
    site.index()
    page = site.page(f"/search?search_term=上门&{query}" if "search_term" not in query else f"/search?{query}", 400)
    assert word in page
    assert 'value="上门"' in page or "search_term" in query


def test_pages_follow_each_other_without_a_gap_and_lead_back(site, monkeypatch):
    monkeypatch.setattr(search_page, "PAGE_SIZE", 2)
    ids = [site.complaint(f"第{n}次催收上门", day=f"2026-11-{n:02}") for n in range(1, 6)]
    site.index()
    seen, address = [], "/search?search_term=上门&sort=date_desc"
    pages = []
    while address:
        page = site.page(address)
        pages.append(page)
        seen += [link for link in links(page, "/records/") if len(link) == 13]
        following = [part for part in page.split("<a ") if 'rel="next"' in part]
        address = following[0].split('href="')[1].split('"')[0] if following else ""
    assert seen == ids[::-1]
    assert len(pages) == 3
    back = [part for part in pages[2].split("<a ") if 'rel="prev"' in part][0].split('href="')[1].split('"')[0]
    assert [link for link in links(site.page(back), "/records/") if len(link) == 13] == ids[2:0:-1]


def test_an_empty_result_says_which_condition_empties_it(site):
    site.complaint("催收上门", lender="yunling_bank", region="440000")
    site.index()
    page = site.page("/search?search_term=上门&lender=yunling_bank&region=330000")
    assert "没有包含“上门”的公开记录" in page
    assert "不等于没有发生" in page
    assert '<a class="govuk-link" href="/search?search_term=%E4%B8%8A%E9%97%A8&lender=yunling_bank">浙江省</a>' in page
    assert "/complaints/new?lender=yunling_bank" in page


def test_what_was_typed_leads_to_the_pages_of_lenders_and_tactics(site):
    site.index()
    page = site.page("/search?search_term=云岭银行")
    assert "/lenders/yunling_bank" in page
    assert "/tactics/contact_book_blasting" in site.page("/search?search_term=爆通讯录")


def test_without_an_index_the_page_is_calm_and_leads_on(site):
    response = site.client.get("/search?search_term=上门&lender=yunling_bank")
    page = response.get_data(as_text=True)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    for way in (
        "/lenders",
        "/tactics",
        "/data",
        "/complaints/new",
        "/search?search_term=%E4%B8%8A%E9%97%A8&amp;lender",
    ):
        assert f'href="{way}' in page


def test_an_index_that_was_deleted_under_the_site_is_no_error_page(site, settings):
    site.complaint()
    site.index()
    site.page("/search")
    shutil.rmtree(settings.data_dir / "index")
    site.services._opened.pop("engine")
    assert "暂时连不上搜索索引" in site.page("/search", 503)


def test_the_page_asks_the_store_a_bounded_number_of_questions(site, count_queries):
    for number in range(3):
        site.complaint(f"催收上门{number}")
    site.index()
    site.page("/search")
    few = count_queries(lambda: site.page("/search"))
    for number in range(15):
        site.complaint(f"催收又上门{number}", scripts=("马上到",))
    site.index()
    assert count_queries(lambda: site.page("/search")) <= few


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    "typed", ['"><script>alert(1)</script>', "{{ 7*7 }}", "%(term)s 100%", "\u202e上门", "😀", "*", "-", '"']
)
def test_whatever_is_typed_is_shown_as_text(site, typed, language):
    site.index()
    page = site.client.get(f"/search?search_term={quote(typed)}&lang={language}").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "49" not in page.split("<main")[1].split("</main>")[0].replace("2026", "")[:400]


def test_a_held_complaint_that_was_never_published_is_nowhere(site):
    record_id = site.complaint("还没审核。", publish=False)
    site.index()
    assert complaints.received_ids(site.database) == [record_id]
    assert "还没审核" not in site.page("/search")
    site.page(f"/records/{record_id}", 404)
