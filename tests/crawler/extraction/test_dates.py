"""Days of publication, in China."""

from datetime import date

import pytest
from lxml import html

from crawler.extraction.dates import day_in, day_of, published_on
from crawler.extraction.structured import article_data, text_value

TODAY = date(2026, 11, 25)


def published(head: str = "", body: str = "", url: str = "http://news.example/a.html") -> date | None:
    tree = html.document_fromstring(f"<html><head>{head}</head><body>{body}<p>催收正文</p></body></html>")
    return published_on(tree, article_data(tree), url, TODAY)[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-05T08:00:00+08:00", date(2026, 11, 5)),
        ("2026-11-04T16:30:00Z", date(2026, 11, 5)),
        ("2026-11-04T15:59:59+00:00", date(2026, 11, 4)),
        ("2026-11-04T20:00:00-05:00", date(2026, 11, 5)),
        ("2026-11-05 23:59", date(2026, 11, 5)),
        ("2026-11-05", date(2026, 11, 5)),
        ("Thu, 05 Nov 2026 00:30:00 +0800", date(2026, 11, 5)),
        ("Wed, 04 Nov 2026 16:30:00 GMT", date(2026, 11, 5)),
        ("1793808000", date(2026, 11, 5)),
        ("2026/11/5 8:00", date(2026, 11, 5)),
        ("", None),
        ("soon", None),
        ("2026-13-45", None),
    ],
)
def test_an_instant_is_a_day_in_china(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    "text",
    ["2026年11月5日", "2026 年 11 月 5 日 08:00", "2026.11.05", "2026/11/5", "二〇二六年十一月五日",
     "November 5, 2026", "Nov. 5th, 2026", "5 November 2026"],
)  # fmt: skip
def test_a_day_is_read_in_any_of_its_forms(text: str) -> None:
    assert day_in(f"发布于 {text} 来源") == date(2026, 11, 5)


def test_days_of_two_figures_in_chinese_numerals() -> None:
    assert day_in("二〇二六年十月二十一日") == date(2026, 10, 21)
    assert day_in("二〇二六年一月三十日") == date(2026, 1, 30)


def test_structured_data_comes_first() -> None:
    data = '{"@type": "NewsArticle", "datePublished": "2026-11-05T08:00:00+08:00"}'
    script = f'<script type="application/ld+json">{data}</script>'
    assert published(script, '<div class="meta">2026年11月9日</div>') == date(2026, 11, 5)


def test_broken_structured_data_is_passed_over() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    assert published(data, '<div class="meta">2026年11月9日</div>') == date(2026, 11, 9)


def test_the_byline_tells_where_nothing_else_does() -> None:
    assert published("", '<div class="info">2024-11-08 13:57:47 浏览 12 作者:某某</div>') == date(2024, 11, 8)
    assert published("", '<span class="pubtime">发布时间：2026-11-05 10:00</span>') == date(2026, 11, 5)


def test_the_day_of_a_change_is_not_the_day_of_publication() -> None:
    assert published("", '<div class="info">更新于 2026-11-20</div>') is None


def test_a_day_in_the_text_or_at_the_foot_is_not_the_day_of_publication() -> None:
    assert published("", "<p>2025年3月1日，他接到第一个催收电话。</p><div>Copyright 2020-2026 某网</div>") is None


def test_the_address_tells_last() -> None:
    assert published(url="http://news.example/2026/1105/101.html") == date(2026, 11, 5)
    assert published(url="http://news.example/2026/11/05/a.html") == date(2026, 11, 5)
    assert published(url="http://news.example/20261105/a.html") == date(2026, 11, 5)
    assert published(url="http://news.example/a/20261399.html") is None


def test_a_day_that_has_not_come_is_not_believed() -> None:
    assert published('<meta property="article:published_time" content="2031-01-01">') is None


@pytest.mark.parametrize(
    "line",
    ["http://biz.paper.example 2005年03月21日 11:21 《理财周刊》", "AUTO.PAPER.EXAMPLE 2005年3月21日14:15",
     "作者:某人 阅读(1660) 发表于:2005-03-21 12:30", "报纸网 |发布: 2005-3-21 13:18|点击: 313|来自: 互联网"],
)  # fmt: skip
def test_a_line_without_a_name_tells_by_what_it_says(line: str) -> None:
    assert published("", f"<h1>题目</h1><p>{line}</p>") == date(2005, 3, 21)


TEXT = (
    "借款人林女士告诉记者，她在晨星消费金融借款两万元，逾期三天后每天接到四十多个电话。她保存了通话录音，随后向监管部门投诉。"
    * 2
)


def test_the_days_of_replies_are_not_that_of_the_article() -> None:
    replies = "<p>甲 发表于 2005-03-21 12:30</p><p>乙 发表于 2005-03-22 08:00</p>"
    assert published("", f"<h1>题目</h1><p>{TEXT}</p>{replies}") is None


@pytest.mark.parametrize(
    ("byline", "day"),
    [
        ("3天前", date(2026, 11, 22)), ("三天前", date(2026, 11, 22)), ("昨天 12:30", date(2026, 11, 24)),
        ("前天", date(2026, 11, 23)), ("2小时前", TODAY), ("5 分鐘前", TODAY), ("剛剛", TODAY), ("今天 08:00", TODAY),
        ("3 days ago", date(2026, 11, 22)), ("Yesterday", date(2026, 11, 24)), ("11月3日", date(2026, 11, 3)),
        ("11-03 10:20", date(2026, 11, 3)), ("115/11/03", date(2026, 11, 3)), ("民国115年11月3日", date(2026, 11, 3)),
        ("民國一一五年十一月三日", date(2026, 11, 3)), ("中華民國一百一十五年11月3日", date(2026, 11, 3)),
        ("民國115-11-03", date(2026, 11, 3)), ("12月3日", None), ("2月30日", None),
        ("民國26年7月7日", None), ("03/11/2026", None), ("5-3 10:20", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ['<span class="time">{}</span>', '<p class="meta">作者：小记 {} 阅读 12</p>',
                                    '<div class="info">来源：某报 | {}</div>'])  # fmt: skip
def test_a_byline_tells_the_day_from_today_or_by_the_calendar_of_the_republic(
    around: str, byline: str, day: date | None
) -> None:
    assert published(body=around.format(byline)) == day


# Today is a Wednesday.
@pytest.mark.parametrize(
    ("byline", "day"),
    [
        ("1周前", date(2026, 11, 18)), ("两個星期前", date(2026, 11, 11)), ("3 週前", date(2026, 11, 4)),
        ("上周", date(2026, 11, 18)), ("last week", date(2026, 11, 18)), ("2 weeks ago", date(2026, 11, 11)),
        ("a week ago", date(2026, 11, 18)), ("2个月前", date(2026, 9, 25)), ("三個月前", date(2026, 8, 25)),
        ("9个月前", date(2026, 2, 25)), ("上个月", date(2026, 10, 25)), ("last month", date(2026, 10, 25)),
        ("13 months ago", date(2025, 10, 25)), ("半个月前", date(2026, 11, 10)), ("半年前", date(2026, 5, 25)),
        ("十二天前", date(2026, 11, 13)), ("3日前", date(2026, 11, 22)), ("两天之前", date(2026, 11, 23)),
        ("two days ago", date(2026, 11, 23)), ("5d ago", date(2026, 11, 20)), ("3 hrs ago", TODAY),
        ("大前天", date(2026, 11, 22)), ("昨晚 20:30", date(2026, 11, 24)),
        ("上周五", date(2026, 11, 20)), ("上星期日", date(2026, 11, 22)),
        ("周一 09:30", date(2026, 11, 23)), ("周五 09:30", date(2026, 11, 20)), ("last Friday", date(2026, 11, 20)),
        ("last Wednesday", date(2026, 11, 18)), ("Monday", date(2026, 11, 23)), ("去年11月3日", date(2025, 11, 3)),
        ("上月28日", date(2026, 10, 28)), ("本月3日", date(2026, 11, 3)), ("本月28日", None), ("本周五", None),
        ("1年前", None), ("2 years ago", None), ("周三", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ['<span class="time">{}</span>', '<p class="meta">作者：小记 {} 阅读 12</p>',
                                    "<h1>题目</h1><p>{} · 某报</p>", "<h1>题目</h1><p>某报 {}</p>",
                                    "<time>{}</time>"])  # fmt: skip
def test_a_byline_tells_the_day_back_from_today_by_weeks_and_months_too(
    around: str, byline: str, day: date | None
) -> None:
    assert published(body=around.format(byline)) == day


def test_the_last_day_of_a_shorter_month_is_a_month_before_that_of_a_longer_one() -> None:
    tree = html.document_fromstring('<html><body><p class="time">1个月前</p></body></html>')
    assert published_on(tree, {}, "http://a.example/a", date(2026, 3, 31)) == (date(2026, 2, 28), "about")


def test_a_day_that_is_sure_goes_before_one_that_is_any_of_several() -> None:
    assert published(body='<span class="time">1周前</span>', url="http://a.example/2026/1116/1.html") == date(
        2026, 11, 16
    )
    assert published(body='<span class="time">1周前</span><p class="info">2026-11-17</p>') == date(2026, 11, 17)


@pytest.mark.parametrize(
    "text",
    [
        "上周，催收员到了他家门口。", "两个月前 他借了两万元", "last week he called again", "今天 催收又来了",
        "3天前他接到第一个电话", "昨晚 有人敲门", "1周前", "他说：上周五 还会再来",
    ],
)  # fmt: skip
def test_what_the_text_tells_from_today_is_not_the_day_of_publication(text: str) -> None:
    assert published(body=f"<h1>题目</h1><p>{TEXT}</p><p>{text}</p><p>{TEXT}</p>") is None
    if text != "1周前":  # right under the title that is a byline
        assert published(body=f"<h1>题目</h1><p>{text}</p><p>{TEXT}</p>") is None


@pytest.mark.parametrize(
    "body",
    [
        '<ul class="comments"><li><span class="time">3天前</span> 我也是</li></ul>',
        '<div class="related-list"><span class="date">昨天</span></div>', '<aside><p class="time">2小时前</p></aside>',
        '<p class="info">他昨天又来了，前天也来过。</p>', '<div class="info">更新于 3天前</div>',
        '<div class="comment"><time>1周前</time></div>', '<div class="hot-news"><p class="meta">2个月前</p></div>',
    ],
)  # fmt: skip
def test_a_day_told_from_today_beside_the_article_is_not_the_articles(body: str) -> None:
    assert published(body=body) is None


def test_the_name_of_a_file_tells_the_day() -> None:
    assert published(url="https://news.example/a/202611/t20261103_1234.html") == date(2026, 11, 3)


BOTH = """[{"@type": "NewsArticle", "headline": "别的", "url": "https://news.example/other",
"datePublished": "2020-01-01"},
{"@type": "NewsArticle", "headline": "本文", "mainEntityOfPage": {"@id": "http://news.example/a.html#a"},
"datePublished": "2026-11-03"}]"""


@pytest.mark.parametrize(
    "data",
    [
        BOTH, '<!--\n{"@type": "Article", "datePublished": "2026-11-03"}\n-->',
        '//<![CDATA[\n{"@type": "Article", "datePublished": "2026-11-03"}\n//]]>',
        '/* <![CDATA[ */ {"@type": "Article", "datePublished": "2026-11-03"} /* ]]> */',
        '{"@type": "Article", "datePublished": "2026-11-03",}',
        '{"@type": "Article", "keywords": ["催收", "上门",], "datePublished": "2026-11-03"};',
    ],
)  # fmt: skip
def test_structured_data_is_read_as_templates_leave_it_and_of_this_page(data: str) -> None:
    tree = html.document_fromstring(f'<html><head><script type="application/ld+json">{data}</script></head></html>')
    assert article_data(tree, "http://news.example/a.html")["datePublished"] == "2026-11-03"


def test_what_a_template_escaped_once_too_often_is_read() -> None:
    data = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "回应&quot;上门&quot;&amp;道歉"}</script>'
    )
    tree = html.document_fromstring(f"<html><head>{data}</head></html>")
    assert text_value(article_data(tree)["headline"]) == '回应"上门"&道歉'


@pytest.mark.parametrize(
    "beside",
    [
        '<ol class="comments"><li class="comment"><time datetime="2026-11-20">11-20</time> 好</li></ol>',
        '<aside><ul><li><a href="/x">别的</a><time datetime="2026-11-20"></time></li></ul></aside>',
        '<header><span class="date">2026年11月25日 星期三</span></header>',
        '<div class="related"><span class="date">2026-11-20</span></div>',
        '<footer><time datetime="2020-01-01">2020</time></footer>',
    ],
)
def test_a_day_of_comments_of_other_stories_or_of_the_site_is_not_that_of_the_article(beside: str) -> None:
    text = f"<h1>题目</h1><article><p>{TEXT}</p></article>"
    own = '<div class="has-sidebar list-layout"><h1>题目</h1><p class="meta">2026-11-03</p></div>'
    for body, day in ((text + beside, None), (beside + text, None), (beside + own, date(2026, 11, 3))):
        assert published(body=body) == day
