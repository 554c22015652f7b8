"""The check: what would be published, and what is still missing."""

import re

import pytest

from tests.webapp.filing.kept import count, only_complaint


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


@pytest.mark.parametrize("wrong", ["\n".join(f"外号{number}" for number in range(51)), "长" * 2000, "阿满嫂\x00"])
@pytest.mark.parametrize("go", ["stay", "send", "on"])
def test_words_to_mask_that_can_not_be_taken_are_named_on_the_check_itself(
    filing_pages, database, receipt_of, go, wrong
):
    filing_pages.go_to("check", narrative="人们叫我阿满嫂。")
    filing_pages.press(go, more_masks=wrong)
    assert "govuk-error-summary" in filing_pages.page
    assert "人们叫我阿满嫂" in filing_pages.page
    assert filing_pages.fields()["more_masks"]
    assert count(database) == 0
    receipt_of(filing_pages.press("send", more_masks="阿满嫂"))
    assert "阿满嫂" not in only_complaint(database).public_text


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
