"""Pages as old and odd Chinese templates make them: the whole article, its title and its day, and nothing around it."""

from datetime import date

import pytest

from crawler.extraction.page import Page, read_page

TITLE = "家门口的电话：催收员说已到楼下"
TEXT = (
    "借款人林女士告诉记者，她在晨星消费金融借款两万元，逾期三天后每天接到四十多个电话。对方说已经到了她家小区门口，要她立刻还清。",
    "林女士请邻居下楼查看，并没有任何人在门口。她保存了通话录音，随后向监管部门投诉，客服回应称会在十五个工作日内答复。",
    "律师提醒，催收人员无权自行上门扣押财物，遇到威胁时应当报警，并保留录音、短信和通话记录等证据。",
)
RELATED, COMMENT = "多地公布消费数据", "我也遇到过这种情况，大家都要保存证据，不要被吓住"
HEAD = f"<title>{TITLE}_财经频道_晨报网</title>"
AROUND = f'<div class="related"><h3>相关阅读</h3><ul><li><a href="/b">{RELATED}</a></li></ul></div>'
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXT)
COMMENTS = "".join(f"<li><b>网友{number}</b><p>{COMMENT}，我在{number}月也接到过。</p></li>" for number in range(30))


def page(body: str, url: str = "https://paper.invalid/a/1.html", encoding: str = "utf-8", said: str = "utf-8") -> Page:
    html = f'<html><head><meta charset="{said}">{HEAD}</head><body><a href="/">首页</a>{body}</body></html>'
    return read_page(html.encode(encoding), "text/html", [], url, "Doorstep", date(2026, 11, 25), False)


TEMPLATES = {
    "lines by br": f"<h1>{TITLE}</h1><p class=time>2026/09/12</p><div class=con>{'<br>'.join(TEXT)}</div>{AROUND}",
    "a second heading": f"<div><h2>{TITLE}</h2><p>发表于 2026-9-12 08:30</p>{PARAGRAPHS}<p>点赞 收藏 分享到</p></div>"
    f"{AROUND}",
    "a table": f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>发布时间：2026-9-12 8:30:00 点击：12</td></tr>"
    f"<tr><td>{PARAGRAPHS}</td></tr></table>{AROUND}",
    "tables within tables": f"<table><tr><td><table><tr><td><b>{TITLE}</b></td></tr><tr><td>2026-9-12</td></tr><tr>"
    f"<td>{'<br><br>　　'.join(TEXT)}</td></tr></table></td><td>{AROUND}</td></tr></table>",
    "Chinese numerals": f"<h1>{TITLE}</h1><div class=x>发布时间：二〇二六年九月十二日</div><div>{PARAGRAPHS}</div>",
    "full-width digits": f"<h1>{TITLE}</h1><div class=x>２０２６年０９月１２日</div><div>{PARAGRAPHS}</div>",
    "an editor in brackets": f"<h1>{TITLE}</h1><span class=date>2026.09.12</span><div>{PARAGRAPHS}"
    "<p>（责任编辑：某某）</p></div>",
    "noscript": f"<h1>{TITLE}</h1><p class=time>2026-09-12</p><div id=app></div><noscript>{PARAGRAPHS}</noscript>"
    f"{AROUND}",
    "long comments": f"<h1>{TITLE}</h1><p class=time>2026-09-12</p><div>{PARAGRAPHS}</div>"
    f"<ul id=pinglun>{COMMENTS}</ul>",
    "long replies": f"<h1>{TITLE}</h1><p class=time>2026-09-12</p><div>{PARAGRAPHS}</div>"
    f"<div class=reply-area><ul>{COMMENTS}</ul></div>",
}


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "utf-8"), ("gb18030", "utf-8"), ("utf-8", "gb2312")])
def test_the_article_is_taken_whole_and_alone(name: str, encoding: str, said: str) -> None:
    read = page(TEMPLATES[name], encoding=encoding, said=said)
    assert (read.title, read.published_on, read.is_article) == (TITLE, date(2026, 9, 12), True)
    text = "".join(read.lines)
    assert [part for part in TEXT if part not in text] == []
    assert [part for part in (RELATED, COMMENT, "责任编辑", "分享到", "发布时间") if part in text] == []


def test_a_day_above_the_title_or_in_a_sentence_is_no_byline() -> None:
    assert page(f"<p>2026年11月25日 星期三</p><h1>{TITLE}</h1>{PARAGRAPHS}").published_on is None
    assert page(f"<p>2026-11-24</p><h1>{TITLE}</h1>{PARAGRAPHS}").published_on is None
    assert page(f"<h1>{TITLE}</h1><p>2025年3月1日，第一个电话来了。</p>{PARAGRAPHS}").published_on is None
    assert page(f"<h1>{TITLE}</h1><p>活动时间：2025年3月1日</p>{PARAGRAPHS}").published_on is None


def test_a_table_of_figures_stays_in_the_text() -> None:
    figures = "<table><tr><td>月份</td><td>投诉量</td></tr><tr><td>八月</td><td>一百二十件</td></tr></table>"
    text = "".join(page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}{figures}<p>{TEXT[0]}</p></div>").lines)
    assert "一百二十件" in text


def test_a_table_under_the_names_of_its_columns_stays_however_long_a_cell_is() -> None:
    rows = "".join(f"<tr><td>{place}</td><td>2026</td><td>{place}：{''.join(TEXT)}</td></tr>" for place in PLACES)
    table = f"<table><tr><th>地点</th><th>年份</th><th>经过</th></tr>{rows}</table>"
    text = "".join(page(f"<h1>{TITLE}</h1><div><p>{TEXT[0]}</p>{table}<p>{TEXT[2]}</p></div>").lines)
    assert [place for place in PLACES if f"{place}：{TEXT[0]}" not in text] == []


PLACES = ("城东", "城西", "河口", "山前", "码头", "车站")
OTHER_STORIES = [f"{place}区消费投诉数据昨日公布，多项指标回落" for place in PLACES]
BLURB = "本报记者昨日在现场看到，前来办理业务的市民排起了长队，工作人员正在维持秩序，预计下周恢复正常。"
STORY = "".join(f"<p>{text}</p>" for text in TEXT * 3)


@pytest.mark.parametrize(
    "item", ['<li><h3><a href="/{n}">{title}</a></h3><p>{blurb}</p></li>',
             '<li><a href="/{n}"><img src="/p.jpg"><div>{title}</div></a><div><p>{blurb}</p></div></li>'],
)  # fmt: skip
@pytest.mark.parametrize("inside", [True, False])
def test_a_list_of_other_stories_with_a_few_words_of_each_is_not_the_article(item: str, inside: bool) -> None:
    items = "".join(item.format(n=n, title=title, blurb=BLURB) for n, title in enumerate(OTHER_STORIES))
    stories, half = f'<div class="stream"><ul>{items}</ul></div>', len(STORY) // 2
    between = STORY.index("<p>", half)
    body = f"{STORY[:between]}{stories}{STORY[between:]}" if inside else f"{STORY}</div>{stories}<div>"
    text = "".join(page(f"<h1>{TITLE}</h1><div>{body}</div>").lines)
    assert [part for part in TEXT if text.count(part) != 3] == []
    assert [part for part in (BLURB, *OTHER_STORIES) if part in text] == []


def test_a_list_of_points_with_links_in_them_is_of_the_article() -> None:
    points = [f"第{n}条　{text}" for n, text in enumerate(TEXT * 2)]
    items = "".join(f'<li><p>{point}见<a href="/rule">自律公约第十八条</a>。</p></li>' for point in points)
    text = "".join(page(f"<h1>{TITLE}</h1><div><p>{BLURB}</p><ul>{items}</ul></div>").lines)
    assert [point for point in points if point[5:] not in text] == []


def test_the_captions_of_a_gallery_are_not_the_article_unless_the_page_is_the_gallery() -> None:
    captions = "".join(f"<li><h2>{n}/9 {title}</h2><p>{BLURB}</p></li>" for n, title in enumerate(OTHER_STORIES, 1))
    gallery = f'<div class="photo-gallery"><ul>{captions}</ul></div>'
    text = "".join(page(f"<h1>{TITLE}</h1><div>{STORY}{gallery}{STORY}</div>").lines)
    assert (BLURB in text, [part for part in TEXT if part not in text]) == (False, [])
    assert BLURB in "".join(page(f"<h1>{TITLE}</h1><div>{gallery}</div>").lines)


def test_an_article_in_a_box_that_is_called_lightbox_is_the_article() -> None:
    menu = "".join(f"<p>{title}。{BLURB}</p>" for title in OTHER_STORIES)
    read = page(f'<h1>{TITLE}</h1><div class="has-lightbox">{PARAGRAPHS}</div><div class="footer">{menu}</div>')
    assert [part for part in TEXT if part not in "".join(read.lines)] == []


UNSEEN = "催收催收逾期还款协商延期，" * 9


@pytest.mark.parametrize("mark", ['style="display:none"', 'style="color:#000; visibility: hidden"', "hidden"])
def test_what_readers_of_the_page_do_not_see_is_not_the_article(mark: str) -> None:
    body = f"<h1>{TITLE}</h1><div>{PARAGRAPHS}<div {mark}><p>{UNSEEN}。</p><p>{UNSEEN}！</p></div></div>"
    assert page(body).lines == TEXT


@pytest.mark.parametrize("mark", ['style="display:none"', 'hidden="until-found"'])
def test_an_article_that_a_script_will_show_is_the_article(mark: str) -> None:
    assert page(f"<h1>{TITLE}</h1><div {mark}>{PARAGRAPHS}</div>").lines == TEXT
