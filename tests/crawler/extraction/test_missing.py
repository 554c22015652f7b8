"""Pages that answer 200 and say that nothing is here, and short articles that only look like them."""

from datetime import date

import pytest

from crawler.extraction.page import read_page


def is_missing(title: str, text: str) -> bool:
    written = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    page = read_page(written.encode(), "text/html", [], "http://news.example/a", "Doorstep", date(2026, 11, 25))
    return page.is_missing


@pytest.mark.parametrize(("title", "text"), [
    ("404", "请返回首页"), ("HTTP 404 错误", "请返回首页"), ("提示", "抱歉，您访问的页面不存在或已被删除"),
    ("Page not found", "Try the front page"),
])  # fmt: skip
def test_a_notice_that_nothing_is_here_is_no_article(title: str, text: str) -> None:
    assert is_missing(title, text)


@pytest.mark.parametrize("number", ["编号64045", "电话打了404次", "404名借款人"])
def test_a_short_article_with_such_a_number_in_it_is_one(number: str) -> None:
    assert not is_missing(
        "晨星消费金融催收记录", f"借款人已经保存录音，并向机构投诉，{number}，三十九天里接到催收电话。"
    )
