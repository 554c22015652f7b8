"""Private accounts and marks that are no plain numbers: mail, WeChat, links, contract numbers, number plates."""

import re
from collections.abc import Iterator

from domain.redaction.finds import LATIN_LETTER, PrivateFind, matches_from
from domain.redaction.numbers.digits import DIGITS
from domain.redaction.numbers.labels import QQ_LABEL, WECHAT_WORD

_HAN = "".join(digit for digit in DIGITS if not digit.isascii())  # cs二一零零四
IDENTIFIER = re.compile(
    rf"[a-z0-9@$#](?:[-\w.@/{_HAN}]{{3,}}|(?<=[a-z])(?<![a-uw-z\d].)(?: [a-z\d_.-](?![a-z])){{4,}}"
    r"|(?<=[a-z])[a-z]{0,12}[(下横]|(?<=[a-z])[a-z]{1,2}[减杠点])",
    re.ASCII | re.DOTALL,
)
LONGEST_LABEL, LONGEST_REST, NAME_GOES_ON = 28, 16, frozenset("(下横减杠点")  # ceshi（下划线）0733
_DOT = r"(?:\.|点|。|[(\[【](?:dot|[点.])[)\]】]|\sdot\s)"
AT_BEGINS = re.compile(r"[\s(\[【@#圈艾爱a花小老](?:(?<=[\s(\[【@#圈])|(?=[特圈a老鼠]))")
AT = re.compile(
    r"\s?(?:[(\[【] ?(?:at?|[艾爱]特|圈|@) ?[)\]】]|@{1,3}|[艾爱]特|圈a|a?圈|花a|小?老鼠|\sat\s"
    r"|#(?=\s?(?:qq|163|126|139|189|gmail|sina|outlook|foxmail|hotmail"
    rf"|yahoo|[a-z\d-]{{1,20}}{_DOT}(?:com|cn|net|org|edu)\b)))\s?"
)
# One of these is in whatever AT finds; looking for them first takes a tenth of the time.
ENDING = re.compile(r"com|cn|net|org|edu|gov|info|me|io|hk|tw|mo|co|uk|us|app|dev|xyz|top|vip|cc|test|\.[a-z]{2}")
AT_MARKS = ("@", "at", "特", "圈", "鼠", "(a", "花a", "#")
LOCAL_PART = re.compile(
    r"(?:[a-z0-9] ){3,20}[a-z0-9]{1,8}$"
    r"|[a-z0-9](?:[\w.+-]|下[划滑]线|横?杠|点(?=[a-z0-9])|[(\[【](?:点|dot)[)\]】]|\sdot\s(?=[a-z0-9])){0,63}$",
    re.ASCII,
)
HOST = re.compile(
    rf"(?:[a-z0-9-]{{1,40}}\s?{_DOT}\s?){{1,4}}"
    r"(?:com|cn|net|org|edu|gov|info|me|io|hk|tw|mo|co|uk|us|app|dev|xyz|top|vip|cc|test|example|[a-z]{2}(?<=\.[a-z]{2})|[a-z]{3}(?<=\.[a-z]{3}))\b",
    re.ASCII,
)
# 加薇 fanxs_00088, v信 lanjing_wq0001, 微❤zx_xiufu0005: the word, what stands between, and a name in Latin letters.
WECHAT = re.compile(
    rf"(?P<label>{WECHAT_WORD})"
    r"(?:(?P<sure>号码?|id|账号|[:+加是为搜叫]|搜索|查找)|同号|联系|备注|名|[\s,\"“(]){0,4}"
    rf"(?P<id>[a-z](?: (?:[a-z\d]{{1,2}}(?![a-z\d])|[_.-](?= )|下[划滑]线|横?杠)){{4,22}}"
    rf"|[a-z](?:[-\w{_HAN}]|\.(?=[\w{_HAN}])|[(\[【]?(?:下[划滑]线|横?杠|减号|点(?=[\w{_HAN}]))[)\]】]?){{1,19}}"
    r"(?: \d{2,8})?)",
    re.ASCII,
)
# 我的微信不敢改名了,bq_fangkou_0099: a name that only an account has, some words behind the word for one
# What is in a name of an account and in no word: a figure, a line; 微信abc一直 holds none.
FEW_LETTERS = re.compile(rf"[\d_.@-]|下|杠|减|点|(?:[{_HAN}].?){{3}}| [a-z] ")
ACCOUNT_NAME = re.compile(
    r"[a-z](?<![\w./@-].)(?=[a-z\d_-]{0,20}\d)(?:[a-z\d]*[_-])+[a-z\d]{1,16}(?![\w@./-])", re.ASCII
)
ACCOUNT_WORD = re.compile(
    rf"(?:{WECHAT_WORD}|[我他她]的?[vwq]|拉我|加了?[我他她你您]|小号|私聊|好友|账号|加群|"
    rf"(?<![型番批货款房尾编单同案工学期])号(?=.?$))[^\n]{{0,32}}$"
)
# 用fw-xinwei_03加人
ADDS = re.compile(r"\s?(?:加(?:了?[我他她你人]|好友|微信|群)|私[信聊])")
WECHAT_ID = re.compile(r"wxid_[a-z0-9]{6,20}", re.ASCII)
NO_ACCOUNTS = frozenset(
    ("wechat", "alipay", "webank", "weixin", "android", "iphone", "loans", "credit", "group", "today")
)
OTHER_ACCOUNT = re.compile(
    r"(?=[tlwzsifvcp][a-z ]|[纸飞电赖抖快微小支吱知芝付蝙钉陌贴淘闲探豆💬]|b站)"
    r"(?:telegram|(?<![a-z])t ?g(?![a-z])|纸飞机|飞机|电报|(?<![a-z])line|whatsapp|(?<![a-z])ws(?=[:号])"
    r"|赖(?=(?:号|id)?[:\s]{0,2}[a-z][a-z\d]*[_\d])"
    r"|抖音|快手|微博|小红书|[支吱知芝][付富护府副负][宝保]|(?<!支)付宝|zhi\s?fu\s?bao|(?<![a-z])zfb|蝙蝠|钉钉|陌陌|探探|知乎|豆瓣|(?<![a-z])soul|💬|贴吧|b站|淘宝|闲鱼|skype|instagram"
    r"|(?<![a-z])ig(?=[:号])|facebook|twitter|snapchat"
    r"|signal|venmo|cash ?app|paypal|zelle)"
    r"(?:号码?|账号|账户|u?id|handle|用户名?|搜索?|上?[找叫加]|关注|[:是为”\"]|\s){0,4}(?P<id>(?:live:)?[@$]?[a-z0-9][-\w.]{3,24}[a-z0-9])",
    re.ASCII,
)
_SEGMENT = r"[a-z0-9-]{1,40}"
# hxxps://…, https://pay点example点cn/…, t。example。cn/…: a link as it is written lest it be taken for one
DISGUISED_LINK = re.compile(
    rf"(?=[a-z0-9-])(?<![a-z0-9])(?:h ?[tx] ?[tx] ?p ?s? ?: ?/ ?/ ?{_SEGMENT}(?:{_DOT}{_SEGMENT}){{0,4}}"
    r"(?:[/?][\w./?=&%#~-]{0,200})?"
    rf"|(?<![.@-]){_SEGMENT}(?:{_DOT}{_SEGMENT}){{0,3}}{_DOT}(?:com|cn|net|org|top|vip|cc|xyz|me|io|co|app|info)/[\w./?=&%#~-]{{1,200}})",
    re.ASCII,
)
LINK = re.compile(
    r"[a-z0-9-](?:(?:(?<=h)ttps?://|(?<=w)ww\.|(?<=w)eixin://|(?<=a)lipays?://)[^\s<>\"'\u2e80-\uffef()\[\]]{3,300}"
    r"|(?<![\w.@-].)[a-z0-9-]{0,39}(?:\.[a-z0-9-]{1,40}){1,3}/[\w./?=&%#~-]{1,200})",
    re.ASCII | re.DOTALL,
)
# One of these is in whatever LINK finds.
LINK_HINT = re.compile(r"/(?:[ /]|(?<=[a-z0-9-]/))|www\.", re.ASCII)
# Public offices stay readable: a borrower may be sent there.
PUBLIC_HOST = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:gov(?:\.cn)?|gov\.hk|gov\.tw|consumerfinance\.gov|pbc\.gov\.cn)(?:[/:]|$)", re.ASCII
)
# 在群里@了hei_fengkong03: a name behind the mark for one, which is no mail address
HANDLE = re.compile(r"@(?<![\w.-]@)(?=[a-z\d_]*[\d_])[a-z][a-z\d_]{4,24}(?![\w.@-])", re.ASCII)
# 微博@爱吃鱼的老猫0023
CHINESE_HANDLE = re.compile(r"@(?<=[博音手书站]@)(?P<id>[^\W\d]{1,16}\d{2,8})(?!\d)")
# 小红书：阿兰不哭0071, 微信ID叫晨光路人0071
CHINESE_NICKNAME = re.compile(
    r"(?=[小微抖快b贴知豆陌探闲q])(?:小红书|微博|抖音|快手|微信|b站|贴吧|知乎|豆瓣|陌陌|探探|闲鱼|qq)(?:账?号|昵称|网?名|id|是|叫|为|:){1,3}[“\"]?"
    r"(?P<id>[一-鿿]{1,10}(?<![用户名码尾号])\d{2,8})(?![\d元块万年月日天个次号点.:%-])"
)
CONTRACT = re.compile(
    r"(?=[合借贷订账案保流客交工协用会投受回查授放快运物包单编alcrftp]|.号)"
    r"(?:(?:合同|借据|借款|贷款|订单|账单|案件|保单|流水|客户|交易|工单|协议|借条|用户|会员|投诉|受理|回执"
    r"|查询|授信|放款|快递|运单|保全|案件受理)(?:编号|单号|账号|账户|号码?|id)"
    r"|[一-鿿]号(?=[:是为\s]{0,2}\d{12})|案号|单号|(?<=[^a-z])编号|(?:account|acct|loan|contract|reference|ref|case|file|policy|customer|confirmation|agreement|claim|ticket)\.?\s*(?:number"
    r"|no|id|#)"
    r"|(?:case|file|claim|reference|ref|agreement|contract)(?=\s[a-z]{2,4}-\d)"
    r"|acct|account|loan(?=\s#)|(?:合同|借据|借条|订单|案件|协议|快递单?|运单|物流单?|包裹)"
    r"(?=[\s:是为(“\"【\[]{0,2}(?:[a-z]{1,4}[-\d]|\d{4} ?\d{4})))"
    r"(?:[\s:.#是为,\"“(【\[]|尾号|编号|is\s){0,4}(?P<id>(?!ending|number|balance|in )"
    r"#?(?:[(\[]\d{4}[)\]])?[a-z0-9][a-z0-9/_-]{4,30}[a-z0-9]"
    r"(?: \d{2,4}(?![\d年月日元])){0,3}"
    r"|[a-z]{2,4}(?: \d{2,8}){2,4}|\d{4}(?: \d{4}){1,4})",
    re.ASCII,
)
# CRB-2024-00127, QRW/22/118834: letters and figures in parts, as papers of a contract are numbered
OF_PARTS = re.compile(
    r"[a-z](?<![\w/.-].)(?:[a-z]{1,4}[-/](?:[a-z\d]{1,8}[-/]){0,2}\d{3,12}|[a-z]\d{9}[a-z]{2})(?![\w/.-]?\w)", re.ASCII
)
NO_CONTRACT = re.compile(r"(?:gb|iso|iec|ieee|rfc|covid|http|cve)[-/]")
# 个借字2023第0012号, (2023)云借字第00123号
CHINESE_CONTRACT = re.compile(
    r"(?:合同|借据|协议|编号|订单|保单|流水|单号)[号编]?(?:[\s:是为“\"]|\((?!\d{4}\))){0,3}"
    r"(?P<id>[a-z]{0,4}[^\W\d_a-z的是]{0,6}[(\[]?(?:\d{4}[)\]]?年?[a-z]{0,4}[^\W\d_a-z的]{0,6})?字?第?\d{3,12}号)"
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][· .-]?[a-hj-np-z]"
    r"(?:[·•.\-_* ]{0,3}[a-hj-np-z0-9]){4}"
    r"(?:[·•.\- ]?(?:[学警挂港澳]|[a-hj-np-z0-9]{1,2}))(?![a-z0-9])[挂学警港澳]?"
)
# 桂K一五D八九: figures told in Chinese
_SPELLED = "〇零一二三四五六七八九幺"
SPELLED_PLATE = re.compile(
    rf"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][· .-]{{0,2}}[a-hj-np-z]"
    rf"(?=[^\n]{{0,8}}[{_SPELLED}])(?:[·•.\-_* ]{{0,2}}[a-hj-np-z0-9{_SPELLED}]){{5}}(?![a-z0-9])"
)
# One of these is in whatever LABELLED_PLATE finds.
PLATE_LABELS = ("plate", "车牌", "港牌", "澳牌", "港车", "澳车", "牌照", "车号")
# The plate number is HZT 0042; 港牌RX 0018
LABELLED_PLATE = re.compile(
    r"(?=[p车港澳牌])(?:plates?\b[^.!?\n]{0,40}?|(?:车牌|[港澳][牌车]|牌照|车号)(?:号码?)?[:是为\s]{0,3})"
    r"\b(?P<id>[a-z]{2,3}[ -]?\d{3,4}|[a-z]\d{3} \d{3}"
    r"|\d{1,3}[ -]?[a-z]{3}[ -]?\d{0,3}|\d{3,4}[ -][a-z]\d|[a-z]{2}\d{2} ?[a-z]{3})\b",
    re.ASCII,
)


def find_accounts(folded: str) -> Iterator[PrivateFind]:
    """Yield mail addresses, WeChat and other names, private links, contract numbers and number plates."""
    yield from _mail(folded)
    for match in HANDLE.finditer(folded) if "@" in folded else ():
        yield PrivateFind("account", *match.span(), "a name behind an at sign")
    for match in CHINESE_HANDLE.finditer(folded) if "@" in folded else ():
        yield PrivateFind("account", *match.span("id"), "a name with figures behind an at sign")
    for match in CHINESE_NICKNAME.finditer(folded):
        yield PrivateFind("account", *match.span("id"), "a name with figures behind the word for an account")
    has_latin = LATIN_LETTER.search(folded) is not None
    for start, end in _around_identifiers(folded):
        if has_latin:
            yield from _wechat(folded, start, end)
        yield from _others(folded, start, end)
    may_hold_links = ("/" in folded or "www." in folded) and LINK_HINT.search(folded)
    links = (*LINK.finditer(folded), *DISGUISED_LINK.finditer(folded)) if may_hold_links else ()
    for match in links:
        if not PUBLIC_HOST.match(match[0]):
            end = match.end() - (len(match[0]) - len(match[0].rstrip(".,;:!?'\"")))
            yield PrivateFind("url_private", match.start(), end, "a link to a page that may show private data")
    for match in CHINESE_CONTRACT.finditer(folded):
        yield PrivateFind("contract_no", *match.span("id"), "the form of the number of a contract")
    if has_latin:
        yield from _plates(folded)


def _plates(folded: str) -> Iterator[PrivateFind]:
    """Yield number plates, and numbers of contracts that look like them."""
    for match in OF_PARTS.finditer(folded):
        if sum(character.isdigit() for character in match[0]) >= 6 and not NO_CONTRACT.match(match[0]):
            yield PrivateFind("contract_no", *match.span(), "letters and figures in parts, as contracts are numbered")
    for match in PLATE.finditer(folded):
        if sum(character.isdigit() for character in match[0]) >= 2:
            yield PrivateFind("plate", *match.span(), "a province's character, a letter and five or six places")
    for match in SPELLED_PLATE.finditer(folded):
        if sum(character.isdigit() or character in _SPELLED for character in match[0]) >= 3:
            yield PrivateFind("plate", *match.span(), "a province's character, a letter and five places told in words")
    has_label = any(label in folded for label in PLATE_LABELS)
    for match in LABELLED_PLATE.finditer(folded) if has_label else ():
        yield PrivateFind("plate", *match.span("id"), "letters and digits after the word for a number plate")


def _around_identifiers(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where names and numbers in Latin letters and digits stand, with the words before them.

    Elsewhere no label is looked for: most of a Chinese text has no such names.
    """
    first = last = -1
    for run in IDENTIFIER.finditer(folded):
        start, end = (
            max(0, run.start() - LONGEST_LABEL),
            min(len(folded), run.end() + (LONGEST_REST if run[0][-1] in NAME_GOES_ON else 4)),
        )
        if start > last:
            if last >= 0:
                yield first, last
            first = start
        last = end
    if last >= 0:
        yield first, last


def _others(folded: str, start: int, end: int) -> Iterator[PrivateFind]:
    for match in OTHER_ACCOUNT.finditer(folded, start, end):
        if match["id"][0] in "@$" or any(character.isdigit() or character == "_" for character in match["id"]):
            yield PrivateFind("account", *match.span("id"), "a name after the word for an account")
    for match in CONTRACT.finditer(folded, start, end):
        digits = sum(character.isdigit() for character in match["id"])
        if digits >= 6 or (digits >= 4 and not (match["id"].isdigit() and match[0].startswith("account"))):
            yield PrivateFind("contract_no", *match.span("id"), "a number after the word for a contract or account")


def _mail(folded: str) -> Iterator[PrivateFind]:
    if not any(mark in folded for mark in AT_MARKS) or not ENDING.search(folded):
        return
    for at in matches_from(AT_BEGINS, AT, folded):
        name = LOCAL_PART.search(folded, max(0, at.start() - 64), at.start())
        host = HOST.match(folded, at.end())
        if name and host and (at[0].strip() != "at" or not (name[0].isalpha() and "." in host[0])):
            yield PrivateFind("email", name.start(), host.end(), "the form of a mail address")


def _wechat(folded: str, start: int, end: int) -> Iterator[PrivateFind]:
    for match in WECHAT.finditer(folded, start, end):
        name, label = match["id"], match["label"]
        is_name = FEW_LETTERS.search(name) or (match["sure"] and len(name) >= 6)
        if len(name) < 5 or not is_name or name in NO_ACCOUNTS:
            continue
        if not QQ_LABEL.search(folded, max(0, match.start("id") - 16), match.start("id")):
            # A disguised word for WeChat (v信) is part of what was hidden.
            is_disguised = label[0] in "v微" and label[-1] in "信❤♥" and label != "微信"
            first = match.start("label") if is_disguised else match.start("id")
            if label[-1] == "x" and first == match.end("label"):
                first -= 1  # 薇xyz2681: the x may be of the name
            yield PrivateFind("wechat", first, match.end("id"), "a name after the word for WeChat")
    for match in ACCOUNT_NAME.finditer(folded, start, end):
        is_told = ACCOUNT_WORD.search(folded, max(start, match.start() - 40), match.start())
        if is_told or ADDS.match(folded, match.end()):
            yield PrivateFind("wechat", *match.span(), "a name that only accounts have, behind words for one")
    for match in WECHAT_ID.finditer(folded, start, end):
        yield PrivateFind("wechat", *match.span(), "the form of a WeChat name")
