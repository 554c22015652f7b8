"""A wall before an article, a front page and a thread have a text and are no article; what only looks like one is."""

from datetime import date

import pytest

from crawler.extraction.page import Page, read_page

STORY = (
    "借款人林女士反映，晨星消费金融委托的催收员一天打来三十次电话，其中六次自称已到家门口。",
    "她保存了通话录音，向机构投诉。机构回应称，已要求合作方停止上门，并向借款人道歉。",
    "律师提醒，收到这样的电话可以先问对方的姓名和工号，再向监管部门反映。",
)
SMALL_PRINT = (
    "登录即表示您同意《用户协议》和《隐私政策》。未注册的手机号验证后将自动创建账号。"
    "我们重视您的隐私，不会把您的手机号提供给任何第三方，所收集的信息只用于验证您的身份。"
)
LOGIN_MODAL = (
    '<div class="modal" style="display:none"><h2>登录</h2><form><input type="password" name="password">'
    f"<p>{SMALL_PRINT}</p></form></div>"
)


def page(body: str, *, title: str = "某报", head: str = "", path: str = "/a/1.html") -> Page:
    text = f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_page(
        text.encode(), "text/html; charset=utf-8", [], f"https://a.example{path}", "Doorstep", date(2026, 11, 26)
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


FORM = '<form action="/login"><input name="mobile" type="tel"><input name="password" type="password"></form>'


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("登录 - 某报", f"<h1>登录</h1>{FORM}<div class='tips'><p>{SMALL_PRINT}</p></div>"),
        ("快圆钱包催收上门_某报", f"<h1>登录后阅读全文</h1>{FORM}<p>本文仅对注册用户开放。</p><p>{SMALL_PRINT}</p>"),
        ("催收调查", f"<div class='lock'><p>开通会员后可阅读全文，已有账号请先登录。</p><p>{SMALL_PRINT}</p></div>"),
        ("安全验证", "<h1>安全验证</h1><p>您的访问过于频繁，请拖动滑块完成验证后继续访问。</p>"
         "<p>如有疑问请联系客服。</p>"),
        ("Log in", f"<h1>Log in to continue reading</h1>{FORM}<p>By signing in you agree to our Terms of Service and"
         " our Privacy Policy. We never share your details with anybody.</p><p>New here? Create a free account in"
         " seconds, no card is needed. Forgot your password? We will send you a link.</p>"),
        ("Just a moment...", "<h1>Checking your browser before accessing a.example</h1><p>This process is automatic."
         " Please enable JavaScript and cookies to continue. You will be sent on to the page that you asked for.</p>"),
    ],
)  # fmt: skip
def test_what_is_said_to_who_is_to_sign_in_first_is_no_article(title: str, body: str) -> None:
    read = page(body, title=title)
    assert (read.is_article, read.refusal) == (False, "login_wall")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>一天三十次</h1><article>{paragraphs(*STORY)}</article>{LOGIN_MODAL}",
        f'<header>{FORM}<a href="/login">登录</a></header><h1>一天三十次</h1><article>{paragraphs(*STORY)}</article>'
        "<p class='tip'>登录后参与评论</p>",
        f"<h1>一天三十次</h1><article>{paragraphs(*STORY, '登录后查看全文')}</article>{FORM}",
        "<h1>开通会员才放款</h1><article>" + paragraphs(
            "王先生在快圆钱包借款时被要求先开通会员，会员费二百九十九元，付费后才放款。",
            "他登录后发现协议里写着自动续费，客服说要输入验证码才能退，退了三次都没有成功。",
            "催收员说不交会员费就上门，他没有再输入密码，把短信都截了图。") + "</article>",
    ],
)  # fmt: skip
def test_an_article_beside_a_form_or_about_one_is_an_article(body: str) -> None:
    assert page(body).is_article


def headlines(number: int, teaser: str = "") -> str:
    return "".join(
        f'<div class="card"><h3><a href="/w/{at}.html">读者来信第{at}封：催收员说已经到了小区门口</a></h3>'
        f"{teaser and f'<p>{teaser}第{at}位借款人说，录音都已经交给了机构，正在等待答复。</p>'}</div>"
        for at in range(number)
    )


ABOUT = paragraphs(
    "晨报网是本地的新闻门户，报道借贷与催收，每天更新。欢迎读者来信来电，说说您遇到的事。",
    "本站转载的文章均注明来源，如有问题请与编辑部联系，我们会在三个工作日内回复您。",
)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/", f"<h1>晨报网</h1>{ABOUT}<div class='list'>{headlines(8)}</div>"),
        ("/index.html", f"<h1>晨报网</h1>{ABOUT}<div class='list'>{headlines(3)}</div>"),
        ("/", f"<div class='list'>{headlines(6, '他一天接到三十次电话。')}</div>"),
        ("/news/", f"<h1>要闻</h1><div class='list'>{headlines(6, '他一天接到三十次电话，六次自称到了门口。')}</div>"),
        ("/blog", "".join(f"<h2><a href='/w/{at}'>第{at}封来信：催收员又打来电话说要上门</a></h2>{paragraphs(*STORY)}"
                          for at in range(4))),
    ],
)  # fmt: skip
def test_a_front_page_or_a_list_of_teasers_is_no_article(path: str, body: str) -> None:
    read = page(body, path=path)
    assert (read.is_article, read.refusal in ("front_page", "not_an_article")) == (False, True)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/", f"<h1>晨星消费金融的声明</h1><article>{paragraphs(*STORY)}</article><a href='/contact'>联系我们</a>"),
        ("/?p=12", f"<h1>一天三十次</h1><article>{paragraphs(*STORY)}</article><div>{headlines(6)}</div>"),
        ("/a/1", f"<h1>一天三十次</h1><article>{paragraphs(*STORY)}</article><div>{headlines(20)}</div>"),
        ("/a/1", "<h1>一天三十次</h1><article>" + "".join(
            f"<p>{text}</p><div class='more'><a href='/w/{at}'>延伸阅读：催收员自称已到门口该怎么办才好呢</a></div>"
            for at, text in enumerate(STORY * 2)) + "</article>"),
    ],
)  # fmt: skip
def test_an_article_among_headlines_is_an_article(path: str, body: str) -> None:
    assert page(body, path=path, title="一天三十次").is_article


SAID = (
    "催收说已经到我家楼下，让我十分钟内转账，不然就上楼敲门。", "别怕，他们从来没有来过，先把通话录音存好再说。",
    "我去年也接到过一样的电话，说要找村委会，最后没有人来。", "投诉以后第二天就不打了，大家可以试试看有没有用。",
)  # fmt: skip
NAMES = ("小鱼儿", "阿强不还钱", "上岸2027", "路过的人")


def discuz(at: int) -> str:
    return (
        f'<div id="post_{at}"><div class="authi"><a href="space-uid-{at}.html">{NAMES[at]}</a> 发表于 2026-11-0{at + 1}'
        f" 08:00</div><table><tr><td class='t_f' id='postmessage_{at}'>{SAID[at]}</td></tr></table></div>"
    )


def unmarked(at: int) -> str:
    return (
        f'<div class="row"><span class="user-name">{NAMES[at]}</span><span class="when">3天前</span><em>{at + 1}楼</em>'
        f"<div class='words'><p>{SAID[at]}</p></div></div>"
    )


def replies_below(at: int) -> str:
    return (
        f'<div class="cell" id="r_{at}"><strong><a href="/member/m{at}">{NAMES[at]}</a></strong><span class="ago">'
        f"{at + 2} 小时前</span><div class='reply_content'>{SAID[at]}</div></div>"
    )


@pytest.mark.parametrize("post", [discuz, unmarked, replies_below])
@pytest.mark.parametrize("number", [3, 4])
def test_a_thread_is_no_article(post, number: int) -> None:
    read = page(f"<h1>快圆钱包说人到我楼下了</h1><div id='thread'>{''.join(map(post, range(number)))}</div>")
    assert (read.is_article, read.refusal) == (False, "thread")


def test_an_article_with_comments_is_an_article_without_their_writers() -> None:
    comments = "".join(
        f'<li id="comment-{at}"><cite class="author">{NAMES[at]}</cite> 2026-11-03 08:00<p>{SAID[at]}</p></li>'
        for at in range(4)
    )
    body = f"<article class='post' id='post-12'><h1>一天三十次</h1>{paragraphs(*STORY)}</article><ol>{comments}</ol>"
    read = page(body)
    assert read.is_article
    assert not any(name in line for name in NAMES for line in read.lines)


def test_an_article_of_several_writers_and_sections_is_an_article() -> None:
    sections = "".join(f"<h2>第{at}节</h2>{paragraphs(*STORY)}" for at in range(3))
    body = f"<h1>一天三十次</h1><p class='author'>记者 云一 通讯员 云二</p><time>2026-11-03</time><div>{sections}</div>"
    assert page(body).is_article
