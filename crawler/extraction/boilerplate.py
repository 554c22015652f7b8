"""Lines that are of the site and not of the article, by what they say. Each pattern carries a line that decided it."""

import re
from collections.abc import Iterable, Sequence

from domain.text import fold

# A reading put behind its character by content farms: 聯(lián)系. For comparing only; the reader repairs the text.
GLOSS = re.compile(r"(?<=[\u3400-\u9fff])\([a-zà-ɏ]{1,7}\)")
SENTENCE_END = re.compile(r"[。！？!?…；;]$|\.$")

NUMBER_OR_MAIL = r"(?:\d[\d-]{5,}\d|[\w.+-]+@[\w-]+\.[a-z]+)"
# Whole lines, compared without spaces, simplified and in lower case.
DROPPED = [
    re.compile(pattern)
    for pattern in (
        # 内容侵权、删帖举报联系方式:150…, 如有侵权请联系我们删除; not 名誉权被侵权的,可联系律师
        r".{0,20}(?:侵权|删帖|删稿|侵删).{0,20}(?:"
        + NUMBER_OR_MAIL
        + r"|(?:联系|告知|通知)(?:我们|本站|小编|站长|删除|方式|qq|微信|邮箱)).{0,80}",
        # 违法和不良信息举报电话:400… 举报邮箱:…; not 可以向银保监会投诉,电话12378。
        r"(?:违法|不良|违规|有害|涉|本站|网站|平台|内容|站务|客服|广告|合作|投稿|联系)[^,，。]{0,16}"
        r"(?:电话|邮箱|热线|方式|qq|微信|qq群)[^,，。]{0,6}[:：]?" + NUMBER_OR_MAIL + r"[^。]{0,60}",
        # 声明:该作品系作者结合自身经历…如若内容错误请通过联系删除 / 免责声明:… / 本文仅代表作者观点
        r"(?:免责|版权|特别|郑重|本站|转载)?(?:声明|提示|说明)[:：].{0,60}(?:作品|本文|本站|版权|作者|转载|删除|侵权|不代表).{0,160}",
        r"(?:本文|文章|以上)(?:内容)?(?:仅|只)(?:供参考|代表作者).{0,60}",
        r".{0,12}(?:未经(?:授权|许可|本站)|严禁|禁止|谢绝)(?:.{0,6})转载.{0,30}",
        # 首页>>信用卡逾期>>正文  /  当前位置:首页 > 催收
        r"(?:当前|您的|你的|所在)?(?:位置|在)?[:：]?(?:首页|主页|home)(?:[>›»/\-|]+[^>›»。]{1,20}){1,6}[>›»]*",
        # 2024-11-08 13:57:47 浏览 作者:…  /  发布时间:2026年11月2日 来源:… 编辑:…
        r"(?:发布|发表|更新|时间|日期|于|[:：])*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?"
        r"(?:[^,，。]{0,12}(?:浏览|阅读|来源|作者|编辑|点击|评论|人气)[^。]{0,40})?",
        r"(?:浏览|阅读|点击|人气|阅读量|浏览量)(?:量|次数|数)?[:：]?\d+(?:次|人)?(?:.{0,30})?",
        # 责任编辑:某某, (责任编辑:某某)
        r"[(（【]?(?:来源|作者|编辑|责编|责任编辑|记者|文|审核|校对|通讯员)[:：/|丨][^,，。！？!?]{1,20}",
        # 相关阅读, 延伸阅读主编精选推荐, 最新文章, 随机看看, 热门推荐, 猜你喜欢
        r"(?:相关|延伸|推荐|热门|精彩|最新|更多|随机|精选|往期|猜你|本周|今日|\d+小时)?(?:相关|主编|精选|热门|最新|随机)?"
        r"(?:阅读|推荐|文章|看看|喜欢|热榜|资讯|新闻|排行|标签|回顾|发布|内容|精选推荐|阅读主编精选推荐)(?:[:：])?",
        r"(?:上|下)一?(?:篇|页|条)[:：].{0,60}|(?:上|下)一?(?:篇|页|条)|第\d+页|尾页|返回(?:首页|列表|顶部)",
        # 分享到:微信 微博 QQ空间 / 扫码关注… / 点赞 收藏
        r"(?:分享|转发)(?:到|至)?[:：]?(?:微信|微博|qq|朋友圈|空间|好友|复制链接|收藏|[、/|])*(?:扫码.{0,20})?",
        r"(?:请|欢迎)?(?:微信)?(?:扫码|扫一扫|长按)[^,，。]{0,6}(?:关注|二维码|识别)[^。]{0,30}",
        r"(?:点赞|收藏|打赏|举报|投诉|评论|转发|关注|反馈|纠错|分享[到至]?|打印|关闭|字号[:：]?大?中?小?|[|·])+",
        r"(?:网友|最新|热门|全部)?(?:评论|留言|跟帖|回复)[（(:：]?\d*[)）条]?",
        # 0 1 2: the numbers of pages, their links gone
        r"\d{1,6}",
        # 测ICP备2026…号, 版权所有, Copyright ©
        r".{0,60}(?:icp备|icp证|公网安备|互联网新闻信息服务许可证).{0,60}",
        r".{0,20}(?:版权所有|©|allrightsreserved).{0,80}|copyright(?:©|\(c\)|\d{4}).{0,80}",
        r"(?:广告|赞助|推广|advertisement|sponsored)(?:[:：].{0,60})?",
        # 资深用户 beside the title
        r"(?:资深|普通|认证|热心)(?:用户|会员|网友)",
        r"(?:skiptocontent|readmore|sharethis.{0,30}|relatedposts?|relatedarticles?|popularposts?|leaveacomment"
        r"|subscribe.{0,40}newsletter.{0,30}|tweet|pinit|printthispage|filedunder[:：].{0,60}|postedin.{0,60})",
        r"\d+(?:comments?|responses?|replies)",
    )
]
# From such a line on nothing more of the article follows: 延伸阅读, 相关阅读 and the titles under it.
ENDS = re.compile(
    r"(?:相关|延伸|推荐|热门|更多)(?:阅读|推荐|文章|新闻|链接|资讯)(?:主编精选推荐)?[:：]?|(?:网友|最新|热门)评论(?:[（(]\d*[)）])?"
    r"|猜你喜欢|relatedposts?|relatedarticles?|youmayalsolike"
)
# A title that is repeated, or a caption cut from it, stands near the top.
CAPTION_LINES = 6
FEWEST_CAPTION_CHARACTERS = 4
# What is said twice in a row is a caption, beside its picture and under it; a paragraph is meant.
LONGEST_CAPTION = 60


def compared(line: str) -> str:
    """Return the form in which a line is compared: folded, without readings and without spaces."""
    return "".join(GLOSS.sub("", fold(line)).split())


def is_boilerplate(line: str) -> bool:
    """Tell whether a whole line is the site's and not the article's."""
    plain = compared(line)
    return not any(character.isalnum() for character in plain) or any(p.fullmatch(plain) for p in DROPPED)


def without_boilerplate(lines: Iterable[str], title: str | None = None) -> list[str]:
    """Return the article's own lines: no furniture, no second title, nothing after the list of related reading."""
    kept: list[str] = []
    plain_title = compared(title or "").strip("?!。")
    for line in _before_the_end(list(lines)):
        if is_boilerplate(line) or _repeats_title(compared(line), plain_title, len(kept)):
            continue
        if kept and kept[-1] == line and len(line) < LONGEST_CAPTION:
            continue
        kept.append(line)
    return kept


def _before_the_end(lines: Sequence[str]) -> Sequence[str]:
    for number, line in enumerate(lines):
        if ENDS.fullmatch(compared(line)) and _mostly_done(lines, number):
            return lines[:number]
    return lines


def _mostly_done(lines: Sequence[str], number: int) -> bool:
    before, after = sum(map(len, lines[:number])), sum(map(len, lines[number:]))
    return before > after


def _repeats_title(plain: str, title: str, position: int) -> bool:
    if not title or not plain:
        return False
    bare = plain.strip("?!。")
    if bare == title:
        return True
    # 微众银行催收 above an article called 微众银行催收怎么应对有效: the caption of its picture
    caption = position < CAPTION_LINES and len(bare) >= FEWEST_CAPTION_CHARACTERS and not SENTENCE_END.search(plain)
    return caption and title.startswith(bare)
