"""Employers and schools that no word ties to a person: behind a known city or county, or alone as a sender is."""

import re
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind
from domain.redaction.places.below_places import tail_below
from domain.redaction.places.known_places import Chain
from domain.redaction.works.words import EMPLOYER, OFFICE, ROLE, SHOP, TRADE

_N = r"(?:(?![的了我你他她它们这那说又被把就没吗呢吧啊您某在到给找是])[一-鿿\da-z]|(?<=[一-鿿])\((?=[一-鿿]{1,8}\)))"
# A school, a shop or a works is somebody's; a company may be a lender's or a collector's, an office is anybody's.
_ANYBODYS = (
    "公司|集团|银行|[支分]行|局|所|站|中心|委员会|政府|[大中支]队|部队|村委会|居委会?|事务所|大学|学院|机场|出版社"
    "|镇政府|街道办|通讯社|报社|电视台|博物[馆院]|图书馆|体育馆|码头|党校|单位|大使馆|领事馆|美术馆|文化馆|科技馆|展览馆|天文馆|档案馆|纪念馆|专卖店|旗舰店|工作室"
)
OWN = re.compile(
    rf"{_N}{{1,16}}?(?:(?!{_ANYBODYS}){EMPLOYER}|供电所|粮站|林业站|兽医站|农[机技]站|水[管电]站|畜牧站|电管站|变电[所站]|运管站|[渔货]港?码头|职教(?:园区?|城)|卫生服务[中心站]+|职业[一-鿿]{{0,4}}学院)"
    rf"(?:{_N}{{0,5}}?(?:分店|分校|校区|店|车间|分院))?"
)
# 屯门河畔花园安老院: behind a known place a name that ends like one of a house is one, whatever kind of house it is
HOUSE = re.compile(
    rf"(?:{_N}(?![市县区旗镇乡村]|{_ANYBODYS})){{2,12}}(?:(?<![法察医学书剧影戏科产])院|(?<![商饭书])店|(?<![使事宾体书术史化])馆|(?<![广现立考操])场|[厂校铺坊社吧行])(?=[^一-鿿]|$|[的里做当门老人上打开送])"
)
# 在蚌埠|的一个玻璃厂, 在勐海县|一家茶厂: a town and a trade are enough to know somebody by; a factory is not
ONE_OF_A_KIND = re.compile(
    r"的?一[家个间所](?!工厂|公司|学校|医院|酒店|饭店|超市|银行|法院|派出所|单位|律|平台|小店|商店|网店|门店|大)"
    r"(?:[做卖修搞产烧][^\W\d_的是]{1,6}的小?|[^\W\d_的是]{1,6}?)"
    r"(?:[厂店馆矿场坊铺]|幼儿园|小学|中学|诊所|养老院|卫生院|医院|车队)(?![长员里主])"
)
# 朗诺精密模具|做数控: what somebody does there goes on behind it
# 邯郸丛台区|人民路的莎莎美甲, 榆林神木|大柳塔的煤矿
NEAR = re.compile(
    rf"{_N}{{2,10}}(?:的(?:一[家个]|某[家个]?)?|[那一][家个])[“\"]?{_N}{{0,8}}?[”\"]?(?:(?!{_ANYBODYS}){EMPLOYER}|{TRADE})(?:{_N}{{0,2}}?{EMPLOYER})?"
    rf"(?![^\W\d_]?(?:的(?!{ROLE})|楼))"
)
FIRM = re.compile(
    rf"{_N}{{2,18}}?(?:{EMPLOYER}|{TRADE})(?:(?![做当干搞跑卖修])(?:{_N}(?![做当干搞跑卖修])){{0,4}}?(?:{EMPLOYER}|{TRADE})){{0,3}}"
)
# 【丽江古城花间驿客栈】声明, …项目部,188…
SENDERS = re.compile(
    r"[。!?:;\n【](?!本|我|贵|该|某|各)(?P<id>[一-鿿\da-z()]{6,25})(?=】?(?:声明|告知|敬告|来函|回函|出具|人事部?[,:告]|办公室[,:告]"
    r"|,?\s?(?:电话|座机|\(?0\d{2,3}[)-]|1[3-9]\d)))"
)
SENDER = re.compile(rf"{_N}{{3,22}}?(?:{EMPLOYER}|{SHOP})")
IS_AT = re.compile(r"[在是去到给](?:我们?|他们?|她)?[:“\"]?$|位$")
POST = re.compile(rf"的?{ROLE}")
TOWN = re.compile("[一-鿿][镇乡县]|[市州][一-鿿]{1,4}[区市]|街道")
TELEPHONE = re.compile(r"[,;\s]{0,2}(?:电话|座机|联系|\(?0\d{2,3}|1[3-9]\d|$|\n)|[。!?)]")
COLLECTORS = re.compile(
    r"咨询|律师|律所|法务|信用|外包|金融|商务|清收|不良|数据|融资|分期|钱包|网络科技|信息(?:技术|科技|服务)|银行|监管|委员会|协会|报社|电视"
)
GENERIC = re.compile(
    r"某[一-鿿]{0,4}(?:公司|厂|店|学校|[中小]学|医院|银行|单位)$|^[一-鿿]?(?:一家|一个|[某各多几数][家个所]?|等|的|市民|居民|多所|部分|所有|全部)"
)
UNIT_BEFORE = re.compile(r"(?:[是在到给去找于:,被的(。”]|单位|公司|厂子?|店里?|我们|学校|儿子|女儿|孩子|老师|老板|^)$")


def works_by_place(folded: str, chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    """Yield employers and schools behind known places, and those that send a text or sign it."""
    for start, end in chains:
        match = (
            _one_of_a_kind(folded, start, end)
            or OWN.match(folded, end)
            or HOUSE.match(folded, end)
            or _company(folded, start, end)
            or _near(folded, start, end)
        )
        if match and (match.re is ONE_OF_A_KIND or _is_somebodys(match[0])):
            yield PrivateFind("workplace", start, match.end(), "a school, a shop or a works behind a known place")
    for match in SENDERS.finditer(f"\n{folded}"):  # so that what is at the beginning stands behind a mark, too
        name, start = match["id"], match.start("id") - 1
        if SENDER.fullmatch(name) and _is_somebodys(name) and not COLLECTORS.search(name):
            yield PrivateFind("workplace", start, start + len(name), "an employer that sends or signs a text")


def _company(folded: str, start: int, end: int) -> re.Match[str] | None:
    """Return a company where it stands as somebody's: behind 单位 or before a telephone or a post."""
    match = FIRM.match(folded, end)
    if match is None or COLLECTORS.search(match[0]):
        return None
    before = bool(UNIT_BEFORE.search(folded, max(0, start - 4), start))
    after = bool(POST.match(folded, match.end()) or TELEPHONE.match(folded, match.end()))
    # 永康古山镇飞鹏门业, 嘉兴市秀洲区…: told down to the town or the county, one of both will do
    told_closely = bool(TOWN.search(folded, start, match.end()))
    return match if before + after >= 2 - told_closely else None


def _one_of_a_kind(folded: str, start: int, end: int) -> re.Match[str] | None:
    return ONE_OF_A_KIND.match(folded, end) if IS_AT.search(folded, max(0, start - 3), start) else None


def _near(folded: str, start: int, end: int) -> re.Match[str] | None:
    """Return what is told by a street or a village in the place, where somebody is: 在…大柳塔的煤矿."""
    if not IS_AT.search(folded, max(0, start - 3), start):
        return None
    tail = tail_below(folded, end).end
    return NEAR.match(folded, end) or (OWN.match(folded, tail) if tail > end else None)


def is_a_collectors(name: str) -> bool:
    """Whether a company is called as collectors call theirs: 湖北恒诺信用管理有限公司."""
    return name.endswith("公司") and bool(COLLECTORS.search(name))


def _is_somebodys(name: str) -> bool:
    return not OFFICE.search(name) and not GENERIC.match(name) and not is_a_collectors(name)
