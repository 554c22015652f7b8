"""Employers and schools that no word ties to a person: behind a known city or county, or alone as a sender is."""

import re
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind
from domain.redaction.known_places import Chain
from domain.redaction.workplace_words import EMPLOYER, OFFICE, ROLE, SHOP, TRADE

_N = r"(?:(?![的了我你他她它们这那说又被把就没吗呢吧啊您某在到给找])[一-鿿\da-z]|(?<=[一-鿿])\((?=[一-鿿]{1,8}\)))"
# A school, a shop or a works of a county is somebody's; a company may be a lender's or a collector's.
OWN = re.compile(
    rf"{_N}{{1,16}}?(?:{SHOP}|[中小]学|学校|幼儿园|托儿所|中专|职专|职高|技校|职校|职业[一-鿿]{{0,4}}学院|卫生院|卫生室|卫生服务[中心站]+|诊所"
    rf"|(?<!人民)医院|(?<!工)厂|煤矿|砖厂|合作社|养殖场|项目部|供电所|粮站|车务段|机务段|工务段)(?:{_N}{{0,5}}?(?:分店|分校|校区|店|车间|分院))?"
)
FIRM = re.compile(rf"{_N}{{2,18}}?(?:{EMPLOYER}|{TRADE})(?:{_N}{{0,4}}?(?:{EMPLOYER}|{TRADE})){{0,3}}")
# 【丽江古城花间驿客栈】声明, …项目部,188…
SENDERS = re.compile(
    r"(?:^|[。!?:;\n【])(?!本|我|贵|该|某|各)(?P<id>[一-鿿\da-z()]{6,25})(?=】?(?:声明|告知|敬告|来函|回函|出具|人事部?[,:告]|办公室[,:告]"
    r"|,?\s?(?:电话|座机|\(?0\d{2,3}[)-]|1[3-9]\d)))",
    re.M,
)
SENDER = re.compile(rf"{_N}{{3,22}}?(?:{EMPLOYER}|{SHOP})")
TELEPHONE = re.compile(r"[,;\s]{0,2}(?:电话|座机|联系|\(?0\d{2,3}|1[3-9]\d|$|\n)")
COLLECTORS = re.compile(
    r"咨询|律师|律所|法务|信用|外包|金融|商务|清收|不良|数据|融资|分期|钱包|网络科技|信息(?:技术|科技|服务)|银行|监管|委员会|协会|报社|电视"
)
GENERIC = re.compile(r"^[一-鿿]?(?:一家|一个|[某各多几数][家个所]?|等|的|市民|居民|多所|部分|所有|全部)")
UNIT_BEFORE = re.compile(r"(?:[是在到给去找于:,]|单位|公司|我们|学校|儿子|女儿|孩子|老师|老板|^)$")


def works_by_place(folded: str, chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    """Yield employers and schools behind known places, and those that send a text or sign it."""
    for start, end in chains:
        match = OWN.match(folded, end) or _company(folded, start, end)
        if match and _is_somebodys(match[0]):
            yield PrivateFind("workplace", start, match.end(), "a school, a shop or a works behind a known place")
    for match in SENDERS.finditer(folded):
        name = match["id"]
        if SENDER.fullmatch(name) and _is_somebodys(name) and not COLLECTORS.search(name):
            yield PrivateFind("workplace", *match.span("id"), "an employer that sends or signs a text")


def _company(folded: str, start: int, end: int) -> re.Match[str] | None:
    """Return a company where it stands as somebody's: behind 单位 or before a telephone or a post."""
    match = FIRM.match(folded, end)
    if match is None or COLLECTORS.search(match[0]):
        return None
    before = bool(UNIT_BEFORE.search(folded, max(0, start - 4), start))
    after = bool(re.compile(rf"的?{ROLE}").match(folded, match.end())) or bool(TELEPHONE.match(folded, match.end()))
    return match if before and after else None


def _is_somebodys(name: str) -> bool:
    return not OFFICE.search(name) and not GENERIC.match(name)
