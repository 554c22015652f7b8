import pytest


def test_a_lenders_page_keeps_complaints_and_articles_apart(site):
    for day in ("2026-10-02", "2026-11-02"):
        site.complaint(lender="yunling_bank", day=day)
    site.complaint(lender="chenxing_cf")
    site.article("云岭银行回应称催收不得上门。", title="云岭银行回应")
    site.index()
    page = site.page("/lenders/yunling_bank")
    assert "投诉 2 件" in page
    assert "文章 1 篇" in page
    assert "云岭银行股份有限公司（虚构）" in page
    assert "不代表对其行为的任何评价" in page
    assert "/tactics/visit_threatened" in page
    for way in (
        "/search?lender=yunling_bank",
        "/search.csv?lender=yunling_bank",
        "/complaints/new?lender=yunling_bank",
    ):
        assert way in page


def test_the_relation_of_a_brand_is_explained_from_both_sides(site):
    site.index()
    assert "本条目是它的品牌或部门" in site.page("/lenders/kuaiyuan_wallet")
    assert "旗下品牌或部门" in site.page("/lenders/chenxing_cf")


@pytest.mark.parametrize("slug", ["nope", "webank2", "%2e%2e", "云岭"])
def test_an_unknown_lender_is_not_found(site, slug):
    site.page(f"/lenders/{slug}", 404)


@pytest.mark.parametrize("typed", ["微众银行", "微眾銀行", "weizhong", "WeBank"])
def test_a_lender_is_found_by_either_script_by_pinyin_and_in_latin(site, typed):
    site.index()
    assert "/lenders/webank" in site.page(f"/lenders?q={typed}")


def test_a_name_that_is_not_there_leads_on(site):
    site.index()
    page = site.page("/lenders?q=不存在的机构名")
    assert "登记表里没有类似" in page
    assert "/complaints/new" in page


def test_register_and_lender_stand_without_an_index(site):
    assert "暂时连不上搜索索引" in site.page("/lenders")
    assert "暂时连不上搜索索引" in site.page("/lenders/yunling_bank")


def test_lenders_with_published_records_come_first(site):
    site.complaint(lender="yunling_bank")
    site.index()
    page = site.page("/lenders")
    assert page.index("有公开记录的") < page.index("/lenders/yunling_bank") < page.index("国有商业银行")


@pytest.mark.parametrize(("language", "name"), [("zh-Hant", "雲嶺銀行"), ("en", "Yunling Bank")])
def test_names_are_in_the_readers_language(site, language, name):
    site.index()
    assert name in site.page(f"/lenders/yunling_bank?lang={language}")


def test_every_lender_of_the_register_has_a_page(site):
    site.index()
    for slug in sorted(site.services.lender_names)[::12]:
        site.page(f"/lenders/{slug}")
