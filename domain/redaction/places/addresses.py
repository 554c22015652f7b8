"""Addresses down to the street, the village or the door, in whole or in part."""

import re
import sys
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind
from domain.redaction.places.below_places import PUBLIC, joined_addresses, numbers_behind, tail_below
from domain.redaction.places.doors import find_doors
from domain.redaction.places.known_places import JOIN, Chain
from domain.redaction.places.words import NO_PLACE

_NAME = (
    rf"(?:[^\W\d_a-z{NO_PLACE}家里还位老人]"
    r"|(?<=[一-鿿])(?:家(?=[庄村屯湾沟坪镇乡园河店堡寨坝桥巷弄胡岭嘴咀墩营窝塘冲坳集口岗圩洼台垭铺码湖])|里(?=[路街]"
    r"|小区)|[位老还人](?=[一-鿿]{0,2}[路街巷村镇乡])|老(?=[一-鿿]{1,4}(?:宿舍|家属|大院))|于(?=洪|都)|(?<=[成丰江新于花])都|都(?=江堰|匀|昌|安"
    r"|兰|[路街])|和(?=[平田县顺政静硕龙林谐睦])|(?<=[县市区])和(?=[一-鿿]{1,2}[镇乡])|(?<=[呼仁泰东西南北永怡祥瑞家安人])和|和(?<=[协义顺中福嘉兴康].)(?=[楼苑邨阁])(?!楼下)))"
)
_NUMBER = r"(?:\d{1,5}[a-z]?|[a-z]\d{0,3}|[零〇一二三四五六七八九十百]{1,5}|[甲乙丙丁])"
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    "|四川|贵州|云南|陕西|甘肃|青海"
    "|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_PROVINCE = rf"(?:(?:{_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?)"
# What a part ends with is looked for first: to read on character by character takes four times as long.
_CITY = rf"(?:(?=.{{1,7}}[市自州盟地])(?:{_NAME}|x){{1,7}}?(?:市(?!场|民|区)|自治州|州(?!区)|盟|地区))"
_COUNTY = (
    rf"(?:(?=.{{1,7}}[自区县前中后旗市])"
    rf"{_NAME}{{1,7}}?(?:自治县|自治旗|(?<![小社])区(?!间|别|块|号|域)|县(?!城)|[前中后]旗|旗|市(?!场|民)))"
)
_TOWN = (
    rf"(?:(?=.{{1,7}}[街镇乡苏开新高园办]){_NAME}{{1,7}}?"
    r"(?:街道(?:办事处|办)?|镇(?!政府)|乡(?!街道|镇|亲|政府)|苏木|开发区|新区|高新区|园区|办事处))"
)
_GROUP = rf"(?:第?{_NUMBER}(?:村民小?组|组|队|社(?!区)|大队|生产队))"
_VILLAGE = (
    rf"(?:(?=.{{1,7}}[自行村屯庄寨社居嘎营集坪湾沟坝塘坳冲]){_NAME}{{1,7}}?(?:自然村|行政村|村(?!委|干部|民|支书|长|主任|口|霸)|屯|庄(?!园|村)|寨|社区|居委会"
    rf"|嘎查|营子|集(?=[\W_\d]|$)|坪|湾|沟(?!通)|坝|塘|坳|冲(?!突))(?!村)"
    rf"|\d{{1,3}}村|(?:{_NAME}{{0,6}}?第?{_NUMBER}师)?第?{_NUMBER}团场?(?:第?{_NUMBER}连)?|{_GROUP})"
)
_STREET = (
    rf"(?:(?=.{{1,11}}[大国省环胡东西南北中路街道巷弄坊里条]){_NAME}{{1,10}}?(?:大道|大街|国道|省道|环线|胡同|[东西南北中]?[路街](?![道上边灯面头由径线过费程])"
    rf"|街道(?={_NUMBER}号)|(?<![知街难报]){_NAME}(?:道|巷|弄|坊|里|条)(?=\d|[一二三四五六七八九十]{{1,3}}(?:[号弄巷段]"
    rf"|$))|巷|弄堂)"
    rf"(?:[东西南北中一二三四五六七八九十]{{1,2}}(?:段|路|街|巷)|[东西南北中](?:段|侧)?(?={_NUMBER}))?(?:路段)?)"
)
_NUMBERED = (
    rf"(?:第?(?:[甲乙丙丁附]|门牌)?{_NUMBER}(?:-\d{{1,4}})?(?:号院|号街坊|号楼(?!下)|号(?!线)|支?弄|巷|街坊|街区"
    rf"|里弄)(?:之[一二三四五六七八九\d])?"
    rf"|附{_NUMBER}号|\d{{1,4}}附\d{{1,3}})"
)
_ESTATE = (
    rf"(?:(?=.{{1,10}}[小花苑公大广名官御府邸华家新山别豪雅城宿商写办综教居工产科创物国中市门铺店里庭湾院园楼阁轩邨]){_NAME}{{1,10}}?(?:小区|花园|花苑|苑(?!小区)|公寓|大厦|广场|公馆|[名官御]邸|府邸?|华庭|名庭|家园|新村|山庄|大院"
    rf"|别墅|豪庭|名城|新城|雅居|华府|城中村"
    rf"|宿舍楼?|商务楼|写字楼|办公楼|综合楼|教学楼|居民楼|家属[院楼区]|工业[园区]|产业园|科技园|创业园|物流园|国际"
    rf"|中心|商场|市场|门面|铺|店(?=[一二三四五六七八九\d]{{1,2}}楼)|里(?=\d)|城(?![市管区关])|[庭湾院园楼阁轩邨](?!区))"
    rf"(?:[一二三四五六七八九十\d]{{1,2}}期|[东西南北a-z]区)?)"
)
_DOOR = (
    rf"(?:第?{_NUMBER}(?:号院|号[铺舖]|号(?:楼(?!下)|写字楼|商务楼|公寓|厂房|门面|商铺)|号(?!线)|栋|幢|座|单元|室|层"
    rf"|楼|门|户|房|#|排(?=\d)|期(?!借|账)|区|梯|铺|仓|库)(?:之[一二三四五六七八九\d])?"
    r"(?:[a-z]?\d{1,4}(?:室|房|户)?(?![\d号栋幢座单层楼门#期区元块个])|[零〇一二三四五六七八九]{3,4}(?:室|房)?"
    r"|[a-z]室?(?![a-z\d]))?"
    r"|[-—]?\d{1,4}(?:[-杠]\d{1,4}){1,3}(?:室|房|号)?(?!\d)|地(?:库|下(?:车库|室|[一二]层))|[a-z]区|车库|[前后]座|地下(?=[^\W_]?[铺店]|是|系|[\W_]|$)|[东西南北][门区](?:口|岗亭)?"
    r"|[东西南北中]单元(?:\d{1,4}(?:室|房|户)?)?|(?:西|东|南|北"
    r"|左|右)(?:户|侧|边)|[a-z]?\d{3,4}(?:室|房)?(?![\d年元块个条次期万%.,]))"
)
_JOIN = r"[,，、\s]?"
ADDRESS = re.compile(
    rf"(?![村镇乡县市城区家店厂屋手心夜这那哪话路街][里上])(?P<upper>(?:{_PROVINCE}{_JOIN})?(?:{_CITY}{_JOIN})?(?:{_COUNTY}{_JOIN}){{0,2}}(?:{_TOWN}{_JOIN}){{0,2}})"
    rf"(?P<village>(?:{_VILLAGE}{_JOIN}){{0,3}})(?P<street>(?:{_STREET}(?:[与和跟]{_STREET})?(?:交叉口|交口|十字(?:路口)?|交汇处"
    rf"|路口|口)?)?)(?P<number>(?:{_JOIN}{_NUMBERED}){{0,4}})"
    rf"(?P<group>{_GROUP}?)(?P<estate>(?:{_JOIN}{_ESTATE}){{0,3}})(?P<door>(?:{_JOIN}{_DOOR}){{0,6}})(?P<side>(?:对面"
    rf"|旁边?|楼下|门口|隔壁|附近)?)"
)
LEADING = re.compile(
    r"(?:[一-鿿]{0,4}?(?:地址|住址)[:是为]?)?(?:(?:家|现|常|暂)?(?:住址|住址|地址|居住地?|位于|坐落|地处|门牌号?|户籍(?:地址|地)?|身份证地址|收货"
    r"|派送|送达|公司|单位|工厂|店铺|门店|老家|搬进|跑|寄|现|我们|位置|坐标|发货|快递|电话|姓名|名字|附近|楼下))*"
)
# It begins with all its characters, so that it is tried at these alone.
HINT = re.compile(
    r"[市县区镇乡村路街巷弄道屯庄苑府坊园寓厦城庭湾楼院寨旗组沟队邨坪里舍栋幢单团]"
    r"(?:(?<![里栋幢单团])[^\W_]|(?<=[\d一二三四五六七八九十]团)第?[\d一二三四五六七八九十]|(?:(?<=[小社]区)|(?<=[路街巷]))(?=[\W_]|$)|(?<=[苑园城府庭邨村寨屯庄队])(?=[\W_]|$)|(?<=里)(?=\d)"
    r"|(?<=[\d一二三四五六七八九十][栋幢])|(?<=[\d一二三四五六七八九十]单)元)"
)
ADDRESS_LABEL = re.compile(
    r"(?:住址|地址|住在?|家在|位置|户籍|老家|送达|搬[到进]|坐标|租住|居住|租[在了]|寄[到往]|门牌|定位|籍贯"
    r"|家是|来自|店在|开在|村是|宿舍|厂子在|公司在|知道我住|我家|门口|户口|祖籍|出生地|现居|常住|暂住|人在"
    r"|堵[在到]|蹲[在守]|守在|停在|贴[到在满]|找[到去]|跑到|冲到|来到|摸到|闹到)[^。!?\n]{0,6}$"
)
HOUSE = re.compile("栋|幢|排\\d|单元|室|号楼|座|厂房|公寓|[东西南北]门")
# 隔壁小区, 整个小区: anybody's
ANY_ESTATE = re.compile(
    "(?:附近|隔壁|整个|全|老|新|各|同一?个?|旁边|对面|所有|多个|封闭|高档|某个?|一个|楼下|别的|哪个|什么|周边|外面)小区"
)
NAMED_ESTATE = re.compile("小区|花[园苑]|苑|公寓|[家嘉佳]园|新村|山庄|别墅|雅居|华庭|宿舍")
# 老家在农村, 住城中村: a kind of place, no place
# 老家修路, 你家门口那条路, 店在步行街: any road
ANY_STREET = re.compile(r"(?:步行|美食|小吃|商业|[^\W\d_]?条|[修一上下半前后老新整套铺走顺满])[街路巷道]")
ANY_VILLAGE = re.compile("[一-鿿]{0,2}[农中山小渔乡全我本外壁邻同各哪那这个自别满整]村\\W?")
NO_MORE: tuple[int, int, PrivateFind | None] = (sys.maxsize, sys.maxsize, None)
LONGEST_ADDRESS = 70
FARTHEST_BEGINNING, FARTHEST_WORD = 16, 6


BEGINS = re.compile(
    rf"(?:{_PROVINCES})|(?<![^\W\d_a-z])(?={_NAME})|(?<=[{NO_PLACE}家里:还])(?={_NAME}|x)|(?<![\da-z])(?=\d{{1,3}}(?:栋"
    rf"|幢|号楼|座))"
)
# What no part of ADDRESS names, and so none can pass: it stands between half of the beginnings and their hint.
NO_WAY = re.compile(
    f"[{''.join(mark for mark in NO_PLACE + '。“”《》' if mark not in ADDRESS.pattern.replace(NO_PLACE, ''))}]"
)


def find_addresses(folded: str, chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    """Yield places that lead to somebody's door: behind known provinces, cities and counties, and any others."""
    yield from joined_addresses(folded, [*find_doors(folded, chains), *_in_streets(folded, chains)])


def _in_streets(folded: str, chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    known = list(_known_places(folded, chains))
    yield from (find for _, _, find in known if find)
    places = iter(known)
    start, end, find = next(places, NO_MORE)
    last = 0
    for hint in HINT.finditer(folded):
        while end <= hint.start():
            last = max(last, end if find else 0)
            start, end, find = next(places, NO_MORE)
        if start <= hint.start() or hint.start() < last:
            continue  # a known place, whether it leads to a door or not
        other = _around(folded, hint.start(), last, start if find else len(folded))
        if other:
            last = other.end
            yield other


def _known_places(folded: str, chains: Sequence[Chain]) -> Iterator[tuple[int, int, PrivateFind | None]]:
    """Yield (start, end, address) of each chain of known places; the end is the address's where there is one."""
    last = 0
    for start, end in chains:
        if start < last:
            continue
        last = _end_below(folded, start, end)
        if last > end:
            reason = "a place below a known city or county, down to street or village"
            yield start, last, PrivateFind("address", start, last, reason)
        else:
            yield start, end, None


def _end_below(folded: str, start: int, end: int) -> int:
    """Return where the address ends that begins with the known place [start, end); `end` where none does."""
    after = end + (folded[end : end + 1] in JOIN)
    ends = [end]
    ordered = ADDRESS.match(folded, after, min(len(folded), after + LONGEST_ADDRESS))
    if ordered and ordered.end() > after and _leads_to_a_door(folded, ordered, is_below=True):
        ends.append(ordered.start("side") - _trailing(folded, ordered.start("side")))
    tail = tail_below(folded, after)
    labelled = bool(ADDRESS_LABEL.search(folded, max(0, start - 12), start))
    if tail.parts and tail.leads_to_a_door(labelled=labelled, is_below_a_county=folded[end - 1] in "县区旗"):
        ends.append(tail.end)
    last = max(ends)
    if last > end:
        last = numbers_behind(folded, last)
    return end if PUBLIC.match(folded, last) else last


def _around(folded: str, hint: int, last: int, limit: int) -> PrivateFind | None:
    """Try the beginnings shortly before a word like 市 or 路 and take the first that makes an address."""
    begins = [begin.start() for begin in BEGINS.finditer(folded, max(last, hint - FARTHEST_BEGINNING), hint + 1)]
    if last > 0 and hint - last < FARTHEST_WORD:
        begins.insert(0, last)  # 青浦赵巷|佳福路333弄
    tried: set[int] = set()
    for begin in begins:
        start = LEADING.match(folded, begin, hint).end()  # type: ignore[union-attr]
        if start in tried or NO_WAY.search(folded, start, hint):
            continue
        tried.add(start)
        match = ADDRESS.match(folded, start, min(limit, start + LONGEST_ADDRESS))
        if match and match.end() > hint and _leads_to_a_door(folded, match):
            end = match.start("side")
            end = numbers_behind(folded, end - _trailing(folded, end))
            return PrivateFind("address", start, end, "a place down to street, village or door")
    return None


def _trailing(folded: str, end: int) -> int:
    return 1 if folded[end - 1] in ",，、 \n" else 0


def _leads_to_a_door(folded: str, match: re.Match[str], *, is_below: bool = False) -> bool:
    above, village, street, estate = (len(match[part]) > 1 for part in ("upper", "village", "street", "estate"))
    above = above or is_below
    number = bool(match["number"] or match["group"] or "交叉口" in match["street"] or "交汇处" in match["street"])
    doors = len(re.findall(r"\d+|[一二三四五六七八九十]+", match["number"] + match["door"]))
    labelled = bool(ADDRESS_LABEL.search(folded, max(0, match.start() - 12), match.start()))
    is_house = bool(HOUSE.search(match["door"]))
    if street and ANY_STREET.fullmatch(match["street"]) and not (number or doors):
        street = False
    if street and (number or above or labelled or doors):
        return True
    if (
        village
        and not (ANY_VILLAGE.fullmatch(match["village"]) and not (above or number or doors))
        and (above or labelled or (number and doors > 1) or is_house)
    ):
        return above or labelled or doors > 0
    if estate and (doors or NAMED_ESTATE.search(match["estate"])) and not ANY_ESTATE.match(match["estate"]):
        return above or labelled or doors > 1 or is_house
    return (above and doors > 0 and (number or doors > 1)) or (labelled and doors > 1 and is_house)
