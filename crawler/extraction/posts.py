"""Threads of forums taken apart: each post with its day, whoever runs the forum; no quotes, no deleted posts."""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import html

from crawler.extraction.dates import day_in, day_of
from crawler.extraction.quotes import without_quotes
from crawler.extraction.told_days import day_told
from crawler.extraction.trees import lines_of, text_of

# Discuz: pid123, post_123; phpBB: p123; vBulletin: post123; XenForo: js-post-123; V2EX: r_123; comment-123
POST_ID = re.compile(r"(?:js-)?(?:pid|post|reply|comment|floor|msg|message|p|r)[_-]?\d+", re.IGNORECASE)
POST_CLASS = re.compile(r"(?:^|\s)(?:l_post|message--post|topic-body|post-item|reply-item|forum-post)(?:\s|$)")
# Where the words of a post stand, the surest first.
TEXT_ID = re.compile(r"(?:postmessage|post_content|post_message|msg)_?\d+", re.IGNORECASE)
TEXT_CLASS = re.compile(
    r"(?:^|\s)(?:t_f|d_post_content|reply_content|bbWrapper|message-body|postbody|post-?content|post-?body|postcontent"
    r"|post-?message|topic_content|cooked|content)(?:\s|$)"
)
LEFT_OUT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:quote\w*|blockquote|sign\w*|locked|pstatus|authi|byline|post-?info|post-?meta|author\w*|bbCodeBlock--quote"
    r"|edit(?:ed|-?note)|attach\w*|tools?|actions?|buttons?|likes?)(?:$|[\s_-])",
    re.IGNORECASE,
)
LEFT_OUT_TAGS = frozenset({"blockquote", "script", "style", "form", "nav", "footer"})
DELETED = re.compile(
    r"(?:该|此|本)?(?:帖|楼|回复|内容|主题|评论|发言)[^。]{0,12}(?:已?被[^。]{0,10})?(?:删除|屏蔽|隐藏)"
    r"|(?:post|comment|message) (?:was |has been )?(?:deleted|removed)|^\[(?:deleted|removed)\]$",
    re.IGNORECASE,
)
LONGEST_NOTICE = 40
BYLINE = re.compile(
    r"(?:^|[\s_-])(?:auth\w*|date|time|info|meta|byline|posted|head(?:er)?|tail-?info|ago|no)(?:$|[\s_-])", re.I
)
AUTHOR_CLASS = re.compile(r"(?:^|[\s_-])(?:author|user-?name|username|nick\w*|p_author_name|xw1)(?:$|[\s_-])", re.I)
# On Discuz the words of a user's page stand before everybody's posts.
USER_LINK = re.compile(
    r"space-uid|mod=space|/(?:u|user|users|member|members|people|profile)[/.?-]|home\.php|uid=|author", re.I
)
LONGEST_BYLINE = 160
MOMENT = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?[T\s]*\d{1,2}:\d{2}(?::\d{2})?|(?<!\d)\d{10}(?:\d{3})?(?!\d)"
)


@dataclass(frozen=True)
class Post:
    """One post of a thread. `name` is the writer's, needed to tell writers apart and never kept."""

    anchor: str
    text: str = field(repr=False)
    published_on: date | None
    name: str = field(default="", repr=False)
    is_deleted: bool = False
    # When it was written, to the minute or second, in digits; nothing where that is told from today or not at all.
    moment: str = ""


def posts_of(tree: html.HtmlElement, selectors: Mapping[str, str], today: date) -> list[Post]:
    """Return the posts of a page in their order; none where the page is no thread.

    `selectors`: CSS for `posts` and, inside one, `text`, `author`, `date`; what is missing is found by how forums
    are commonly built.
    """
    return [_post(element, selectors, today) for element in _containers(tree, selectors)]


def _containers(tree: html.HtmlElement, selectors: Mapping[str, str]) -> list[html.HtmlElement]:
    if chosen := selectors.get("posts"):
        return list(tree.cssselect(chosen))
    found = [element for element in tree.iter("div", "article", "li", "table", "section", "tr") if is_post(element)]
    outermost = [element for element in found if not any(above in found for above in element.iterancestors())]
    # Two at least, or one that has what no other box has: a thread that nobody answered.
    if len(outermost) > 1 or any(_text_element(element, {}) is not None for element in outermost):
        return outermost
    return []


def is_post(element: html.HtmlElement) -> bool:
    """Tell whether an element is a post by how forums call them."""
    if POST_ID.fullmatch(element.get("id") or ""):
        return True
    kind = element.get("itemtype") or ""
    return kind.endswith(("/Comment", "/DiscussionForumPosting")) or bool(POST_CLASS.search(element.get("class") or ""))


def _post(element: html.HtmlElement, selectors: Mapping[str, str], today: date) -> Post:
    words = _text_element(element, selectors)
    text = without_quotes("\n".join(_own_lines(element if words is None else words)))
    deleted = words is None and bool(DELETED.search(" ".join(_notices(element))))
    deleted = deleted or (len(text) <= LONGEST_NOTICE and bool(DELETED.search(text)))
    return Post(
        anchor=_anchor(element), text="" if deleted else text, is_deleted=deleted or not text.strip(),
        published_on=_day(element, selectors, words, today), name=_name(element, selectors),
        moment=_moment(element, words),
    )  # fmt: skip


def _anchor(element: html.HtmlElement) -> str:
    return element.get("id") or element.get("data-pid") or element.get("data-post-id") or ""


def _text_element(element: html.HtmlElement, selectors: Mapping[str, str]) -> html.HtmlElement | None:
    if chosen := selectors.get("text"):
        return next(iter(element.cssselect(chosen)), None)
    inside = [child for child in element.iterdescendants() if isinstance(child.tag, str)]
    by_id = (child for child in inside if TEXT_ID.fullmatch(child.get("id") or ""))
    by_kind = (child for child in inside if (child.get("itemprop") or "") in ("text", "articleBody", "comment"))
    by_class = (child for child in inside if TEXT_CLASS.search(child.get("class") or ""))
    return next((child for group in (by_id, by_kind, by_class) for child in group), None)


def _own_lines(element: html.HtmlElement) -> list[str]:
    """Return the writer's own lines: without what he quotes, his signature and the forum's own words."""
    own = copy.deepcopy(element)
    own.tail = None
    for child in list(own.iterdescendants()):
        if not isinstance(child.tag, str) or child.getparent() is None:
            continue
        if child.tag in LEFT_OUT_TAGS or LEFT_OUT_CLASS.search(f"{child.get('class', '')} {child.get('id', '')}"):
            child.drop_tree()
    return lines_of(own)


def _notices(element: html.HtmlElement) -> Iterator[str]:
    for child in element.iterdescendants():
        text = text_of(child) if isinstance(child.tag, str) and not len(child) else ""
        if text and len(text) <= LONGEST_NOTICE:
            yield text


def _day(
    element: html.HtmlElement, selectors: Mapping[str, str], words: html.HtmlElement | None, today: date
) -> date | None:
    if chosen := selectors.get("date"):
        found = next(iter(element.cssselect(chosen)), None)
        return None if found is None else _day_of_element(found, today)
    within = set(words.iter()) if words is not None else set()
    children = [child for child in element.iterdescendants() if isinstance(child.tag, str) and child not in within]
    # Discuz writes 3 天前 and puts the day into the title: what is exact goes before what is told.
    for found_in in (_day_of_attributes, _day_written, lambda child: _day_told(child, today)):
        for child in children:
            if day := found_in(child):
                return day
    return None


def _moment(element: html.HtmlElement, words: html.HtmlElement | None) -> str:
    within = set(words.iter()) if words is not None else set()
    for child in element.iterdescendants():
        if not isinstance(child.tag, str) or child in within:
            continue
        for text in (child.get("datetime"), child.get("title"), child.get("data-time"), child.text, child.tail):
            if text and len(text) <= LONGEST_BYLINE and (found := MOMENT.search(text)):
                return ".".join(re.findall(r"\d+", found[0]))
    return ""


def _day_of_element(element: html.HtmlElement, today: date) -> date | None:
    return _day_of_attributes(element) or _day_written(element) or _day_told(element, today)


def _day_of_attributes(element: html.HtmlElement) -> date | None:
    written = (element.get("datetime"), element.get("title"), element.get("data-time"))
    return next((day for text in written if text and (day := day_of(text))), None)


def _day_written(element: html.HtmlElement) -> date | None:
    text = text_of(element)
    return day_in(text) if len(text) <= LONGEST_BYLINE else None


def _day_told(element: html.HtmlElement, today: date) -> date | None:
    text = text_of(element)
    told = day_told(text, today) if len(text) <= LONGEST_BYLINE else None
    return told.day if told else None


def _name(element: html.HtmlElement, selectors: Mapping[str, str]) -> str:
    if chosen := selectors.get("author"):
        found = next(iter(element.cssselect(chosen)), None)
        return "" if found is None else text_of(found)[:80]
    named = (text_of(child) for child in element.iterdescendants() if is_named(child))
    return next((text[:80] for text in named if text), "")


def is_named(element: html.HtmlElement) -> bool:
    """Tell whether the name of a writer stands in an element, or leads to his page."""
    if not isinstance(element.tag, str):
        return False
    called = element.get("itemprop") in ("author", "name") or AUTHOR_CLASS.search(element.get("class") or "")
    return bool(called or (element.tag == "a" and USER_LINK.search(element.get("href") or "")))
