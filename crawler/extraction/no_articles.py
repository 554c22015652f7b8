"""Pages that have a text and are no article: a wall before one, a front page or list with teasers, a thread.

Told by general signs, each beside the main text: what stands around an article makes it no less of one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from crawler.connections.addresses import absolute, same_site
from crawler.extraction.clearing import is_headline
from crawler.extraction.posts import is_named, is_post
from crawler.extraction.titles import SEPARATOR
from crawler.extraction.trees import base_of, lines_of, text_of

WALL, FRONT, THREAD = "login_wall", "front_page", "thread"

# What is said to somebody who is to sign in, to pay or to show that he is human first. Not 会员 or 验证码 alone: a
# letter on 强制开通会员 is an article.
ASKED_FIRST = re.compile(
    r"请(?:您|先|立即)*(?:登[录入錄]|注册|註冊|完成|启用|啟用|开启|開啟|输入(?:手机号?|手機號?|验证码|密码|账号)|拖动|滑动|点击|扫码)"
    r"|(?:登[录入錄]|注册|註冊|开通|開通|订阅|訂閱|付费|付費|购买|授权|验证|驗證)(?:会员|會員)?(?:之?[后後]|才能?|即?可|以)"
    r"[^，。]{0,12}(?:查看|阅读|閱讀|继续|繼續|可见|浏览|瀏覽|解锁|解鎖|访问|訪問|全文|使用|收听|观看|参与|發表|发表|评论)"
    r"|(?:登[录入錄]|注册|註冊|继续)[^，。]{0,6}即[^，。]{0,8}(?:同意|接受|遵守)|同意[^。]{0,6}《|《[^》]{0,20}(?:协议|條款|条款|政策|声明)》"
    r"|(?:手机号?|验证码|密码|账号|帐号|扫码|微信|快捷|短信|用户|會員|会员|第三方)[/一键]*登[录入錄]|登[录入錄]\s*[/|｜或]\s*注册"
    r"|(?:立即|免费|马上|去|快速)(?:登[录入錄]|注册|註冊|开通|订阅)|忘记密码|忘記密碼|获取验证码|發送驗證碼|发送验证码"
    r"|(?:没有|還沒有|还没有|已有)[账帳]号|自动(?:注册|登录|创建)|记住我|下次自动|(?:本文|全文|内容|以下)[^，。]{0,8}(?:付费|会员专享|仅限)"
    r"|(?:安全|人机|身份|滑块)验证|(?:访问|操作|请求)(?:过于|太)频繁|不是机器人|JavaScript|Cookies?"
    r"|\b(?:log|sign)(?:ged|ging)? ?in\b|\bsign ?up\b|\bcreate an? (?:free )?account|\b(?:have|need) an account"
    r"|\bforgot(?:ten)? (?:your )?password|\bterms (?:of|and)\b|\bprivacy (?:policy|notice)"
    r"|\bsubscri(?:be|bers?|ption)\b|\byou are (?:a )?human|\ba robot\b"
    r"|\bchecking your browser|\bunusual traffic|\benable \w+ and|\bagree to\b|\bremember me\b|\bcaptcha\b",
    re.IGNORECASE,
)
# The title of a page that is for nothing else.
TITLE_OF_A_WALL = re.compile(
    r"(?:用户|会员|會員|帐号|账号|请(?:先)?|安全|统一)*(?:登[录入錄]|注册|註冊|身份验证|安全验证|人机验证|访问受限)"
    r"(?:[/与和](?:登录|注册))?(?:页面?|中心|后查看|提示)?"
    r"|(?:please )?(?:log|sign)[ -]?in(?: to .{0,40})?|sign up|login|register|just a moment.*|attention required.*"
    r"|access denied|are you a robot.*",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[。！？!?；;\n]|(?<=[a-z)])\.\s")
# A wall says little else; with a field for a password or a code on the page less of its text has to be of that.
LONGEST_WALL, LONGEST_UNDER_ITS_TITLE = 800, 1500
SHARE_OF_A_WALL, SHARE_BESIDE_A_FORM = 0.5, 0.2
ASKING_FIELDS = re.compile(r"passw|pwd|captcha|verif|sms|vcode|mobile|phone|username|login", re.IGNORECASE)

# Front pages, by address. Elsewhere too, where most of the main text are the teasers of other pages.
FRONT_PATH = re.compile(r"/(?:(?:index|default|home|main)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
FEWEST_HEADLINES_OF_A_FRONT, SHARE_OF_AN_ONLY_TEXT = 5, 0.6
FEWEST_TEASERS, SHARE_OF_TEASERS = 3, 0.5
# How much more than all the others together the longest of several posts or teasers may say.
LARGEST_OF_SEVERAL = 1.5
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})

# A thread: boxes of one make, each with a writer and a time or a floor, that hold this much of the main text. Of an
# article what such boxes hold is what others say of it.
FEWEST_POSTS, FEWEST_UNMARKED_POSTS, SHARE_OF_POSTS = 2, 3, 0.6
TOLD_WHEN = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/月]\d{1,2}日?\s+\d{1,2}:\d{2}|\d\s*(?:天|小时|小時|分钟|分鐘|周|个月)前"
    r"|[昨前今]天|\d\s*(?:day|hour|minute|week|month|year)s? ago|\d+\s*[楼樓]|#\d+|沙发|板凳|\b\w{3,9} \d{1,2}, \d{4}",
    re.IGNORECASE,
)
SHORTEST_LINE = 4


@dataclass(frozen=True)
class Text:
    """The main text of a page, its characters alone, so that one can ask how much of it stands in a box."""

    plain: str
    # Most lines that are asked for are lines of it: to look each up in all of a long page took a time that grew with
    # the square of its length.
    lines: frozenset[str]

    def length_in(self, lines: Iterable[str]) -> int:
        """Return how many characters of some lines are of the main text."""
        bare = ("".join(line.split()) for line in lines)
        return sum(len(line) for line in bare if len(line) >= SHORTEST_LINE and self._holds(line))

    def _holds(self, line: str) -> bool:
        return line in self.lines or line in self.plain


def reason_for_none(
    tree: html.HtmlElement,
    lines: Collection[str],
    posts: Sequence[list[str]],
    title: str | None,
    url: str,
    *,
    described: bool,
) -> str:
    """Return why a page is no article though it has a main text, as the name of a refusal, or nothing.

    `posts` as `posts_of_page` returns them; `described`: the page says of itself, for machines, that it is an article.
    """
    bare = ["".join(line.split()) for line in lines]
    text = Text("".join(bare), frozenset(bare))
    if not text.plain:
        return ""
    if _is_wall(tree, lines, title or ""):
        return WALL
    if _is_spread(posts) and sum(map(text.length_in, posts)) >= SHARE_OF_POSTS * len(text.plain):
        return THREAD
    if not described and _is_front(tree, text, url):
        return FRONT
    return ""


def _is_wall(tree: html.HtmlElement, lines: Collection[str], title: str) -> bool:
    length = sum(map(len, lines))
    if length > LONGEST_UNDER_ITS_TITLE:
        return False
    sentences = [part for part in SENTENCE_END.split("\n".join(lines)) if part.strip()]
    asked = sum(len(part) for part in sentences if ASKED_FIRST.search(part))
    share = asked / (sum(map(len, sentences)) or 1)
    asks = _has_asking_field(tree)
    named = [title, *SEPARATOR.split(tree.findtext(".//title") or "")]
    if any(TITLE_OF_A_WALL.fullmatch(name.strip()) for name in named) and (asks or share >= SHARE_BESIDE_A_FORM):
        return True
    return length <= LONGEST_WALL and share >= (SHARE_BESIDE_A_FORM if asks else SHARE_OF_A_WALL)


def _has_asking_field(tree: html.HtmlElement) -> bool:
    """Tell whether a page has a field for a password, a code or a number to sign in with."""
    for field in tree.iter("input"):
        kind = (field.get("type") or "text").lower()
        named = f"{field.get('name', '')} {field.get('id', '')} {field.get('autocomplete', '')}"
        if kind == "password" or (kind in ("text", "tel", "email", "number") and ASKING_FIELDS.search(named)):
            return True
    return False


def _is_front(tree: html.HtmlElement, text: Text, url: str) -> bool:
    headlines = list(_headlines(tree, url))
    if not headlines:
        return False
    targets = {target for _, target in headlines}
    parts = urlsplit(url)
    if FRONT_PATH.fullmatch(parts.path) and not parts.query:
        whole = sum(len("".join(line.split())) for line in lines_of(tree)) or 1
        only = len(text.plain) >= SHARE_OF_AN_ONLY_TEXT * whole
        if not only or len(targets) >= FEWEST_HEADLINES_OF_A_FRONT:
            return True
    if len(targets) < FEWEST_TEASERS:
        return False
    beside = [_beside_its_headline(box) for box in _boxes(headlines)]
    teasers = [lines for lines in beside if text.length_in(lines)]
    held = sum(map(text.length_in, teasers))
    return len(teasers) >= FEWEST_TEASERS and _is_spread(teasers) and held >= SHARE_OF_TEASERS * len(text.plain)


def _is_spread(boxes: Sequence[list[str]]) -> bool:
    """Tell whether no box says far more than all the others: the box of an article among those of other stories."""
    lengths = sorted(sum(map(len, lines)) for lines in boxes)
    return len(lengths) > 1 and lengths[-1] <= LARGEST_OF_SEVERAL * sum(lengths[:-1])


def _headlines(tree: html.HtmlElement, url: str) -> Iterator[tuple[html.HtmlElement, str]]:
    """Yield the links that are headlines of other pages of the site, each with its address."""
    base, own = base_of(tree, url), url.partition("#")[0]
    for link in tree.iter("a"):
        if not is_headline(link):
            continue
        target = absolute(base, link.get("href") or "")
        if target and target != own and same_site(target, url):
            yield link, target


def _boxes(marked: Iterable[tuple[html.HtmlElement, str]]) -> list[html.HtmlElement]:
    """Return for each mark the largest element that holds marks of this value only, each once."""
    values: defaultdict[html.HtmlElement, set[str]] = defaultdict(set)
    places = list(marked)
    for element, value in places:
        for above in (element, *element.iterancestors()):
            values[above].add(value)
    boxes: dict[html.HtmlElement, None] = {}
    for element, _ in places:
        box = element
        for above in element.iterancestors():
            if len(values[above]) > 1 or above.tag in ("body", "html"):
                break
            box = above
        boxes[box] = None
    return list(boxes)


def _beside_its_headline(box: html.HtmlElement) -> list[str]:
    """Return the lines of a teaser that are no links; of a bare heading those that follow up to the next one."""
    linked = {text_of(link) for link in box.iter("a")}
    own = [line for line in lines_of(box) if line not in linked]
    if own or not (box.tag in HEADINGS or (len(box) == 1 and box[0].tag in HEADINGS)):
        return own
    following: list[str] = []
    for sibling in box.itersiblings():
        if sibling.tag == box.tag or any(map(is_headline, sibling.iter("a"))):
            break
        following += lines_of(sibling)
    return following


def without_posts(lines: Sequence[str], posts: Sequence[list[str]]) -> tuple[str, ...]:
    """Return the lines of a main text that are not what others wrote below it: comments that nothing else tells."""
    written = {line for post in posts for line in post}
    own = tuple(line for line in lines if line not in written)
    return own if sum(map(len, own)) > (1 - SHARE_OF_POSTS) * sum(map(len, lines)) else tuple(lines)


def posts_of_page(tree: html.HtmlElement) -> list[list[str]]:
    """Return the lines of each post of a thread, or of each comment of a page."""
    return [lines_of(box) for box in _posts(tree)]


def _posts(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the boxes of a thread, or of a page's comments: several of one make, each with a writer and a time."""
    marked = [element for element in tree.iter("div", "article", "li", "table", "section", "tr") if is_post(element)]
    all_of_them = set(marked)
    outermost = [element for element in marked if all_of_them.isdisjoint(element.iterancestors())]
    if len(posts := _alike(outermost)) >= FEWEST_POSTS:
        return posts
    written = [(element, name) for element in tree.iter() if is_named(element) and (name := text_of(element))]
    boxes = [box for box in _boxes(written) if _tells_when(box)] if len(written) >= FEWEST_UNMARKED_POSTS else []
    return posts if len(posts := _alike(boxes)) >= FEWEST_UNMARKED_POSTS else []


def _tells_when(box: html.HtmlElement) -> bool:
    return TOLD_WHEN.search(text_of(box)) is not None or next(box.iter("time"), None) is not None


def _alike(boxes: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """Return the largest group of boxes of one make: the same tag, and a class or the head of a number in common."""
    makes: Counter[tuple[str, str]] = Counter()
    named = {box: {(str(box.tag), name) for name in _names(box)} for box in boxes}
    for names in named.values():
        makes.update(names)
    if not makes:
        return boxes
    [(most, _)] = makes.most_common(1)
    return [box for box in boxes if most in named[box]]


def _names(box: html.HtmlElement) -> set[str]:
    number = re.sub(r"\d+", "", box.get("id") or "")
    return {*(box.get("class") or "").split(), *([f"#{number}"] if number else [])} or {""}
