"""One page taken apart: everything that the spiders and the pipeline need of it, from one parse."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import html

from crawler.connections.addresses import MalformedAddress, absolute, is_front_page, normalise, same_site
from crawler.extraction.boilerplate import without_boilerplate
from crawler.extraction.dates import published_on
from crawler.extraction.encoding import decode
from crawler.extraction.main_text import MainText, main_text
from crawler.extraction.microdata import microdata
from crawler.extraction.no_articles import posts_of_page, reason_for_none, without_posts
from crawler.extraction.other_kinds import refuse_other_kinds
from crawler.extraction.parts import Parts, parts_of
from crawler.extraction.structured import Directives, article_data, directives, meta, text_value
from crawler.extraction.titles import guessed_site_name, title_of
from crawler.extraction.trees import base_of, parse, text_of

# The shortest articles that are one have a sentence; 催收 alone, or 正在跳转, is none.
FEWEST_HAN, FEWEST_WORDS = 15, 20
# A list page's main text is its links: 0.9 and more of it; an article's under 0.2, a link farm's article 0.4.
LIST_LINK_SHARE = 0.6
# Where the main text is only 您好，歡迎來到逾期資訊網！ the page's links decide, unless it calls itself an article.
SHORT_TEXT = 200
# The number alone, and of nothing: 编号64045 and 404人投诉 are of an article.
NOT_FOUND = re.compile(
    r"(?<!\d)404(?!\d|\s*[名个位人次元条号户家天日篇万])|not found|"
    r"(?:页面|頁面|内容|內容|文章|帖子)(?:不存在|已删除|已刪除|找不到|未找到)|页面出错|已被(?:删除|刪除)",
    re.I,
)
LONGEST_NOT_FOUND = 120
HAN = re.compile(r"[\u3400-\u9fff]")
# In whatever script: a Korean page is an article too, though not one on the subject.
WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{2,}")


@dataclass(frozen=True)
class Link:
    """A link of a page that may be followed: on whatever site, not marked nofollow."""

    url: str
    text: str
    relation: str = ""


@dataclass(frozen=True)
class Page:
    """A page as it reads. `lines` is the cleaned main text; it may be empty, and then `is_article` is false."""

    url: str
    canonical_url: str
    title: str | None
    lines: tuple[str, ...] = field(repr=False)
    published_on: date | None
    site_name: str
    directives: Directives
    parts: Parts
    links: tuple[Link, ...] = field(repr=False)
    is_list: bool = False
    # Why it is no article though it has a text, as a refusal is called: login_wall, front_page, thread.
    is_other: str = ""
    # Where title and day were found: json-ld, og, microdata, heading, title, meta, time, byline, address, head.
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_article(self) -> bool:
        """Whether there is a text to keep: not a list of links, not a notice that nothing is here."""
        return _has_enough("\n".join(self.lines)) and not (self.is_list or self.is_missing or self.is_other)

    @property
    def refusal(self) -> str:
        """Why nothing is taken of a page that is no article, as it is counted."""
        return self.is_other or "not_an_article"

    @property
    def is_missing(self) -> bool:
        """Whether it is a notice that nothing is here, though the status says otherwise."""
        text = "\n".join(self.lines)
        return len(text) <= LONGEST_NOT_FOUND and NOT_FOUND.search(f"{self.title or ''}\n{text}") is not None


def read_page(
    body: bytes,
    content_type: str,
    robots_headers: list[str],
    url: str,
    robot: str,
    today: date,
    with_links: bool = True,
) -> Page:
    """Take a page apart. Raises Refused for what is no page at all.

    `with_links` false leaves its links out, which take an eighth of the time and matter on lists only, and on pages
    that ask to be followed but not indexed.
    """
    text = decode(body, content_type)
    refuse_other_kinds(text)
    tree = parse(text)
    url = normalise(url)
    data, marked = article_data(tree, url), microdata(tree)
    publisher = text_value(data.get("publisher")) or text_value(marked.get("publisher"))
    site_name = meta(tree, "og:site_name") or publisher or guessed_site_name(tree)
    title, title_from = title_of(tree, data, site_name, marked)
    asked = directives(tree, robots_headers, robot)
    main = main_text(tree)
    day, day_from = published_on(tree, data, url, today, marked)
    posts = posts_of_page(tree)
    lines = without_posts(without_boilerplate(main.lines, title), posts)
    described = bool(data) or meta(tree, "og:type").lower() == "article"
    return Page(
        url=url,
        canonical_url=_canonical(tree, url),
        title=title,
        lines=lines,
        published_on=day,
        site_name=site_name[:200],
        directives=asked,
        parts=parts_of(tree, url),
        links=() if asked.nofollow or not (with_links or asked.noindex) else tuple(links_of(tree, url)),
        is_list=_is_list(tree, main, bool(data or marked) or day is not None),
        is_other=reason_for_none(tree, lines, posts, title, url, described=described),
        origins={"title": title_from, "date": day_from},
    )


def _is_list(tree: html.HtmlElement, main: MainText, described: bool) -> bool:
    if main.link_share > LIST_LINK_SHARE:
        return True
    marked = described or meta(tree, "og:type").lower() == "article" or len(tree.findall(".//article")) == 1
    short = sum(map(len, main.lines)) < SHORT_TEXT
    # 您好，歡迎來到債務百科！設為首頁 | 加入收藏 over three links to stories: what the site says on each page.
    return short and not marked and (main.page_link_share > LIST_LINK_SHARE or not _has_enough(main.own))


def _has_enough(text: str) -> bool:
    """Tell whether a text is as long as the shortest articles are."""
    return _has(HAN, text, FEWEST_HAN) or _has(WORD, text, FEWEST_WORDS)


def _has(pattern: re.Pattern[str], text: str, number: int) -> bool:
    """Tell whether a pattern is found so often, and look no further."""
    return sum(1 for _ in itertools.islice(pattern.finditer(text), number)) == number


def _canonical(tree: html.HtmlElement, url: str) -> str:
    """Return the address that the page names as its own, where that is believable: a page of the same site."""
    for element in tree.iter("link"):
        if "canonical" not in (element.get("rel") or "").lower().split():
            continue
        try:
            named = absolute(base_of(tree, url), element.get("href") or "")
        except MalformedAddress:
            continue
        # Many sites name their front page as the canonical address of every page.
        if named and same_site(named, url) and (not is_front_page(named) or is_front_page(url)):
            return named
    return url


def links_of(tree: html.HtmlElement, url: str) -> list[Link]:
    """Return the links of a page that may be followed, each address once."""
    found: dict[str, Link] = {}
    base = base_of(tree, url)
    for element in tree.iter("a", "area"):
        relation = (element.get("rel") or "").lower()
        if "nofollow" in relation.split() or not element.get("href", "").strip():
            continue
        target = absolute(base, element.get("href"))
        if target:
            found.setdefault(target, Link(target, text_of(element), relation))
    return list(found.values())
