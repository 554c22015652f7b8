import pytest

from webapp.words import LEGAL_STATUSES


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_tactic_has_a_page_in_every_language(site, language):
    site.index()
    for tactic in site.services.tactics:
        assert tactic.legal_status in LEGAL_STATUSES
        page = site.page(f"/tactics/{tactic.code}?lang={language}")
        assert (
            getattr(tactic, {"zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant", "en": "name_en"}[language]) in page
        )


def test_a_tactics_page_says_what_counts_and_what_it_is_not(site):
    site.complaint(tactics=("visit_threatened",))
    site.index()
    page = site.page("/tactics/visit_threatened")
    assert "投诉 1 件" in page
    assert "文章从不计入投诉" in page
    assert "/tactics/visit_actual" in page
    assert "不是法律意见" in page
    assert "晨星消费金融" in page


def test_an_unknown_tactic_is_not_found(site):
    site.page("/tactics/nope", 404)


def test_the_list_and_a_tactic_stand_without_an_index(site):
    assert "/tactics/visit_threatened" in site.page("/tactics")
    assert "暂时连不上搜索索引" in site.page("/tactics/visit_threatened")
