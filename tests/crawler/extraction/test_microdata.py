"""Articles that are marked up as microdata."""

from datetime import date

from crawler.extraction.page import Page, read_page

TODAY = date(2026, 11, 25)
TEXT = "<p>晨星消费金融的催收员说已经到了小区门口，在四十二分钟里没有任何人敲门，短信落款只有一个编号。</p>" * 3


def page(body: str, head: str = "") -> Page:
    written = f"<html><head><title>首页</title>{head}</head><body>{body}</body></html>"
    return read_page(written.encode(), "text/html; charset=utf-8", [], "http://news.example/a", "Doorstep", TODAY)


def test_title_day_and_site_are_read_from_microdata() -> None:
    read = page(f"""
        <div itemscope itemtype="https://schema.org/NewsArticle">
          <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">某记者</b></span>
          <h3 itemprop="headline name">催收员说  已到门口</h3>
          <span itemprop="datePublished" content="2026-03-04T23:30:00Z">昨天</span>
          <div itemprop="publisher" itemscope><i itemprop="name">某报</i></div>
          <div itemprop="articleBody">{TEXT}</div>
        </div><h1>今日热点</h1>""")
    assert (read.title, read.published_on, read.site_name) == ("催收员说 已到门口", date(2026, 3, 5), "某报")
    assert read.origins == {"title": "microdata", "date": "microdata"}


def test_what_is_said_in_json_ld_or_opengraph_comes_before_microdata() -> None:
    marked = f"""<div itemscope itemtype="http://schema.org/Article"><h2 itemprop="headline">丙</h2>
        <time itemprop="datePublished" datetime="2026-01-03">三日</time>{TEXT}</div>"""
    og = '<meta property="og:title" content="乙"><meta property="article:published_time" content="2026-01-02">'
    data = (
        '<script type="application/ld+json">{"@type":"Article","headline":"甲","datePublished":"2026-01-01"}</script>'
    )
    assert (page(marked, og + data).title, page(marked, og + data).published_on) == ("甲", date(2026, 1, 1))
    assert (page(marked, og).title, page(marked, og).published_on) == ("乙", date(2026, 1, 2))
    assert (page(marked).title, page(marked).published_on) == ("丙", date(2026, 1, 3))


def test_microdata_of_other_things_is_passed_over() -> None:
    read = page(f"""<div itemscope itemtype="https://schema.org/Product"><h2 itemprop="name">贷款超市</h2>
        <span itemprop="datePublished">2020-01-01</span></div><h1>催收员说已到门口</h1>{TEXT}""")
    assert (read.title, read.published_on) == ("催收员说已到门口", None)
