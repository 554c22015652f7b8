"""A list of a few links is no article, whatever the site says on each of its pages; a short text is one."""

from datetime import date

import pytest

from crawler.extraction.page import Page, read_page

GREETING = (
    '<div id="top">{greeting}<a href="/">{home}</a> | <a href="javascript:add()">{keep}</a></div>'
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/l/1">逾期</a></li></ul></div>'
)
CHINESE = GREETING.format(greeting="您好，欢迎来到债务知识大全！", home="设为首页", keep="加入收藏夹")
ENGLISH = GREETING.format(greeting="Welcome to our site!", home="Make it your home page", keep="Add it to bookmarks")
FOOTER = (
    '<div id="footer">Copyright © 债务知识大全 版权所有 <a href="https://b.example/">备案号</a> 投诉 | 侵权删除</div>'
)


def page(body: str) -> Page:
    head = "<head><meta charset=utf-8><title>逾期 第1页-债务知识大全</title></head>"
    text = f"<html>{head}<body>{body}{FOOTER}</body></html>"
    return read_page(
        text.encode(), "text/html; charset=utf-8", [], "https://a.example/l/1", "Doorstep", date(2026, 11, 26)
    )


@pytest.mark.parametrize("greeting", [CHINESE, ENGLISH])
@pytest.mark.parametrize("links", [1, 3, 8])
def test_a_list_of_a_few_stories_under_a_greeting_is_no_article(greeting: str, links: int) -> None:
    stories = "".join(f'<li><a href="/w/{number}">逾期多久会有人上门{number}</a></li>' for number in range(links))
    aside = '<div class="right"><h3>热门推荐</h3><div class="kefu">在线客服：微信同号<br>专业律师一对一咨询</div></div>'
    assert not page(f'{greeting}<div class="main"><div class="left"><ul>{stories}</ul></div>{aside}</div>').is_article


@pytest.mark.parametrize("lender", ["快圆钱包", '<a href="/k">快圆钱包</a>'])
def test_a_text_of_a_few_sentences_is_an_article(lender: str) -> None:
    text = f"<p>昨天{lender}的人又来家里敲门，邻居都听见了。</p><p>他说今天还会再来一次。我把录音都留着。</p>"
    assert page(f"<h1>又来敲门</h1><div class='content'>{text}</div>").is_article
