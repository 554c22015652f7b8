"""Pages of our own making whose article is known: eight layouts as they are met, filled with invented texts."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

# Markup reads best whole.
# ruff: noqa: E501

CLAUSES = (
    "晨星消费金融的催收员在第三天打来电话", "云岭银行答复说已经转交贷后部门", "快圆钱包的短信落款只有一个编号",
    "对方自称外访人员，说已经到了小区门口", "在四十二分钟里没有任何人敲门", "单位前台在两个小时里接到二十七通电话",
    "家里人也收到了同样的信息", "她把录音交给了投诉平台", "逾期不到一周，利息写得很清楚", "平台预计十五个工作日内答复",
    "欠款属于民事纠纷，没有人会因此上门抓人", "有人把印着红章的律师函图片发到微信", "通讯录里的同事被问了三次",
)  # fmt: skip
ENGLISH = (
    "A collector for the lender rang her at work eleven times that week", "nobody ever came to the door",
    "the letter named a court that has no such case", "she kept a record of every call and its hour",
    "the company says that it has passed the matter on", "a neighbour was told of the debt on the stairs",
    "the message gave a deadline of two hours", "the regulator's rules allow no call after nine in the evening",
)  # fmt: skip
LINKS = (
    "热门排行",
    "贷款计算器",
    "信用卡申请",
    "车险报价",
    "今日金价",
    "楼市快讯",
    "基金净值",
    "关于我们",
    "联系我们",
    "广告合作",
)
COMMENTS = ("楼上说得对", "我也遇到过，顶一下", "这个平台利息太高了", "同求解决办法，加我微信", "沙发")


@dataclass(frozen=True)
class Known:
    """A page and the lines of its article."""

    html: str
    lines: list[str]


def pages(number: int, seed: int) -> Iterator[Known]:
    """Yield pages, all layouts in turn."""
    chance = random.Random(seed)  # noqa: S311 (pages, no secrets)
    for index in range(number):
        english = index % 4 == 3
        clauses, joint, end = (ENGLISH, ", and ", ".") if english else (CLAUSES, "，", "。")
        lines = [joint.join(chance.sample(clauses, chance.randint(2, 5))) + end for _ in range(chance.randint(2, 9))]
        title = chance.choice(clauses)
        yield Known(LAYOUTS[index % len(LAYOUTS)](title, lines, chance), lines)


def _links(chance: random.Random, number: int, tag: str = "li") -> str:
    return "".join(
        f'<{tag}><a href="/{chance.randint(1, 999)}.html">{chance.choice(LINKS)}</a></{tag}>' for _ in range(number)
    )


def _titles(chance: random.Random, number: int) -> str:
    return "".join(
        f'<li><a href="/n/{chance.randint(1, 999)}">{chance.choice(CLAUSES)}</a></li>' for _ in range(number)
    )


def _page(title: str, body: str) -> str:
    return f'<!doctype html><html><head><meta charset="utf-8"><title>{title}_某资讯</title></head><body>{body}</body></html>'


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def portal(title: str, lines: list[str], chance: random.Random) -> str:
    """A portal: menu, byline, article, share bar, related reading, ranking beside."""
    return _page(title, f'<div class="top"><ul>{_links(chance, 9)}</ul></div><div class="wrap"><div class="left"><h1>{title}</h1>'
        f'<div class="info">2026-03-04 10:22 来源：某报 责任编辑：某人</div><div class="content">{_paragraphs(lines)}</div>'
        f'<div class="share">分享到：<a>微信</a><a>微博</a></div><div class="related"><h3>相关阅读</h3><ul>{_titles(chance, 5)}</ul></div></div>'
        f'<div class="right"><h3>热点排行</h3><ul>{_titles(chance, 10)}</ul></div></div><div class="footer">版权所有 某ICP备00000000号</div>')  # fmt: skip


def tables(title: str, lines: list[str], chance: random.Random) -> str:
    """Tables for layout, lines by <br>, as sites of 2005 still have them."""
    return _page(title, f'<table width="960"><tr><td colspan="2">{_links(chance, 8, "span")}</td></tr><tr><td width="200"><ul>{_titles(chance, 6)}</ul></td>'
        f'<td><font size="4"><b>{title}</b></font><br>日期：2026年3月4日<br><br>{"<br><br>".join("　　" + line for line in lines)}<br></td></tr>'
        f'<tr><td colspan="2">{_links(chance, 5, "span")} Copyright 2026</td></tr></table>')  # fmt: skip


def soup(title: str, lines: list[str], chance: random.Random) -> str:
    """Boxes with names that say nothing; every paragraph a box."""
    body = "".join(f'<div class="c{chance.randint(10, 99)}"><span>{line}</span></div>' for line in lines)
    return _page(title, f'<div id="a1"><div>{_links(chance, 12, "div")}</div></div><div id="b2"><div class="x"><h2>{title}</h2></div>{body}'
        f'<div class="y">上一篇：<a href="/1">{chance.choice(CLAUSES)}</a></div></div><div id="z9">{_links(chance, 6, "div")}</div>')  # fmt: skip


def blog(title: str, lines: list[str], chance: random.Random) -> str:
    """A blog by the standard's own elements, with comments."""
    comments = "".join(f'<li class="comment"><p>{chance.choice(COMMENTS)}</p></li>' for _ in range(6))
    return _page(title, f'<header><nav><ul>{_links(chance, 5)}</ul></nav></header><main><article><h1>{title}</h1><time datetime="2026-03-04">4 March</time>'
        f'{_paragraphs(lines)}</article><section id="comments"><h2>评论</h2><ol>{comments}</ol></section></main><aside>{_titles(chance, 4)}</aside>'
        f'<footer><p>Powered by nothing</p></footer>')  # fmt: skip


def account(title: str, lines: list[str], chance: random.Random) -> str:
    """An article of a public account: sections in sections, a call to follow at both ends."""
    body = "".join(
        f'<section style="x"><section><p><span style="y">{line}</span></p></section></section>' for line in lines
    )
    return _page(title, f'<div id="page"><h2 class="rich_title">{title}</h2><div id="meta"><a>某号</a> <em>2026-03-04</em></div><div id="js_content">{body}</div>'
        f'<div class="reward">喜欢作者</div><div class="qr">微信扫一扫关注该公众号</div></div>')  # fmt: skip


def headings(title: str, lines: list[str], chance: random.Random) -> str:
    """A guide with a heading and a list among the paragraphs; advertisements between."""
    half = len(lines) // 2
    middle = f'<div class="ad-box"><a href="/ad">{chance.choice(LINKS)}</a></div>'
    return _page(title, f'<div class="breadcrumb"><a>首页</a> &gt; <a>催收</a></div><div class="article-main"><h1>{title}</h1>'
        f'{_paragraphs(lines[:half])}{middle}<ul>{"".join(f"<li>{line}</li>" for line in lines[half:])}</ul></div>'
        f'<div class="hot-list">{_titles(chance, 8)}</div>')  # fmt: skip


def script_heavy(title: str, lines: list[str], chance: random.Random) -> str:
    """Scripts, styles and hidden boxes around a short article."""
    noise = f"<script>var data = '{'催收' * 40}';</script><style>.a{{color:red}}</style>"
    return _page(title, f'{noise}<div style="display:none">{_titles(chance, 3)}</div><div class="post"><h1>{title}</h1><div class="post-body">'
        f'{_paragraphs(lines)}</div>{noise}</div><div class="tags">标签：<a>催收</a><a>逾期</a></div><div class="pager"><a>上一页</a><a>下一页</a></div>')  # fmt: skip


def answer(title: str, lines: list[str], chance: random.Random) -> str:
    """A lawyer's answer under a question, with further questions below."""
    return _page(title, f'<div class="ask"><h1>{title}</h1></div><div class="answer-item"><div class="lawyer"><a>某律师</a> 帮助人数 999</div>'
        f'<div class="answer-text">{_paragraphs(lines)}</div></div><div class="recommend"><h2>猜你喜欢</h2><ul>{_titles(chance, 9)}</ul></div>'
        f'<div class="bottom"><ul>{_links(chance, 14)}</ul></div>')  # fmt: skip


LAYOUTS = (portal, tables, soup, blog, account, headings, script_heavy, answer)
