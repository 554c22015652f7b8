"""What stands behind a known city or county and leads on to a door: town, village, street, estate and numbers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.redaction.finds import PrivateFind
from domain.redaction.places.words import NO_PLACE

# Words that end a place; all else may be in a name: 织里镇, 各庄, 道县四马桥镇.
_N = (
    r"(?:(?![的了我你他她它们这说又被把就没吗呢吧啊您喊叫让借欠催是和某在到给找打从向对于住跟与之月年日号有及可以为也还因并])[一-鿿]"
    r"|(?<=[县市区])和(?=[一-鿿]{1,2}[镇乡])|和(?=[平田县顺政静硕龙林谐睦苑园府庭路街镇]|小区|花园|家园|新村)|[还对](?=[一-鿿]?[路街])|对(?=[面门过])|于(?=[洪都家])|(?<=[安太丰东西南北中永义仁保新平共祥瑞人协宜怡家])和|月(?=[亮牙湖湾])|日(?=照)|为(?=民)"
    r"|在(?=田)|有(?=[路街])|号(?=召)|向(?=[阳东前荣]))"
)
_NUM = r"(?:\d{1,5}[a-z]?|[a-z]\d{0,4}|[零〇一二三四五六七八九十百]{1,5}|[甲乙丙丁])"
_UNIT = (
    r"(?:号院|号[铺舖]|号楼(?!下)|[前后]座|号(?:(?<=[路街巷弄道段里]\d号)|(?<=[路街巷弄道段里]\d\d号)|(?<=[路街巷弄道段里]\d{3}号)|(?!线|被|晚|早|上午|下午|前))|弄|巷|街坊|街区|栋|幢|座|单元|室|层|楼|门(?!口|面)|户(?!籍)|房(?!东)"
    r"|排|组|队|社(?!区|保)|大队|村民小?组|村|#|区|期(?!借|账)|院|档口?|摊位?|f(?![a-z])|[铺舖]|仓|库|厂房)"
)
_NO_MORE_DIGITS = r"(?![\d元块个条次人天点年月日万%多余]|[.,]\d)"
_SEGMENT = (
    rf"(?:(?P<join> |[,、](?=\d)))?(?P<name>{_N}{{@0,9}}?)(?:"
    r"(?P<town>街道办事处|街道办|街道|镇(?!政府)|乡(?!政府|亲|下)|苏木|(?:技术|工业|经济)?开发区|新区|高新区|园区|工业区|管理区|办事处)"
    r"|(?P<village>村民小?组|自然村|行政村|村委会|社区|居委会|嘎查|社(?![区会保群交团])|村(?![民支长主干霸])|屯|庄(?!园)|寨|营子|坪|湾|沟|坝|塘|坳|冲|坊(?!间)|组|队(?=[\W_]|$)"
    r"|生产队)"
    r"|(?P<street>大道|大街|大?马路|公路|国道|省道|环线|胡同|路(?!面|过|费|程)|街(?!道|上)|巷|弄(?=\d|[一二三四五六七八九十])"
    rf"|[道里条](?=\d{{1,4}}[号弄巷]))(?:[东西南北中一二三四五六七八九十]{{1,2}}(?:段|路|街|巷))?(?:[东西南北中]段?(?={_NUM}))?"
    r"|(?P<estate>小区|花园|花苑|苑|公寓|大厦|广场|公馆|府(?!上)|华庭|名庭|家园|新村|山庄|大院|别墅|豪庭|名城|新城|雅居"
    r"|宿舍|写字楼|办公楼|家属[院楼区]|工业园|产业园|科技园|创业园|物流园|国际|商城|市场(?!监)|停车场|邨|(?<=[一-鿿])楼(?=\d{3})|[园庭城轩阁](?=[\da-z一二三四五六七八九十]|[东西南北中][区院])|里(?=[东西南北][区院])|[名官御]邸)"
    r"(?:[一二三四五六七八九十\d]{1,2}期|[东西南北a-z]区)?"
    rf"|(?P<number>(?:第|附|负|地下|编)?{_NUM}(?:-(?:\d{{1,4}}|[甲乙丙丁a-z])){{1,3}}{_NO_MORE_DIGITS}(?:室|号|房)?"
    rf"|(?:第|附|负|地下|门牌)?{_NUM}(?:[-至]{_NUM})?(?:{_UNIT}|附\d{{1,4}}号?)(?:之[一二三四五六七八九\d]{{1,2}})?"
    rf"(?:-?[a-z]?\d{{1,4}}(?:-\d{{1,4}}){{0,2}}(?:室|房|户|号)?{_NO_MORE_DIGITS}(?![号栋幢座单楼层排])|[零〇一二三四五六七八九]{{3,4}}室?|[a-z](?![a-z座室]))?"
    rf"|(?<=[一-鿿口村])(?:[东西南北]{{1,2}}(?:头|角|侧)|[左右]手边?)?第[一二三四五六七八九十\d]{{1,2}}[家户排间](?:[左右]边)?"
    rf"|(?<=[口处])[东西南北]{{1,2}}[角侧]|(?<=号)地下|地下(?:车库|停车场|室)|(?<=[村庄屯寨组营社队])[东西南北]{{1,2}}[头边角]|第?{_NUM}师|第?{_NUM}团场?(?:第?{_NUM}连)?"
    rf"|(?<=[一-鿿]){_NUM}(?<=\d\d\d){_NO_MORE_DIGITS}(?:室|房)?|[a-z]区)"
    r"|(?P<upper>@))"
)
_UPPER = r"自治州|州(?!区)|市(?![场民政])|区(?!间|别|块|域|委)|县(?![城委政])|旗|盟"
# 呼图壁县五工台镇; behind the first street or town no county comes: 台州路 is a street.
FIRST, SEGMENT, LOWER = (
    re.compile(_SEGMENT.replace("@0", fewest).replace("@", upper))
    for fewest, upper in (("1", _UPPER), ("0", _UPPER), ("0", "(?!)"))
)
# 匡城乡大徐营, 大坪镇石桥头: behind a town what ends like a village is one, where nothing goes on behind it.
VILLAGE_END = re.compile(
    rf"{_N}{{1,4}}[营岗洼堡店集铺口岭桥湖庙台坡梁岔峪垭坨垸圩浜泾埭厝坂埔寮坑尾头墩滩洲窝疃塬堰荡港嘴川山河畈屋塅圳塆社家](?<![老大回国]家)(?=[\W_]|$)"
)
# 特木里镇|日嘎村, 城北街道|西就村: right behind a town or a county a village may have any characters
ANY_VILLAGE = re.compile(
    r"[^\W\d_a-z的了着我你他她它们说呢吗和与跟把被让个]{1,4}?(?:村(?![民支长主干霸里口])|嘎查|屯(?=[\W\d_]|$))"
)
# 西就村|篮球场, 友爱南路|地铁口C出口: what stands at a street or in a village and leads to somebody
_LANDMARK = (
    r"(?:篮球场|晒[谷场坝]+|祠堂|宗祠|土地庙|戏台|牌坊|凉亭|桥[头洞底下]|水[库塘]|码头|渡口|卫生[室站]|诊所|小卖部|便利店|菜市场|农贸市场|加油站"
    r"|变电站|公交站台?|地铁[口站]|电线杆|信号塔|大?[榕槐樟柳枣柿银杏核桃]+树|报刊亭|[东西南北前后]门|岔路口|垃圾站|货运?站|收费站)"
)
LANDMARK = re.compile(
    rf"(?:[^\W\d_a-z的了着我你他她它们说呢吗和与跟把被让个是在]{{0,4}}|[^\W\d_a-z了着我你他她们]{{0,4}}那条[路街巷]的?){_LANDMARK}"
    r"(?:[a-z\d]{1,2}(?:号?出?口))?(?:的?(?:后面|前面|背后|旁边?|对面|隔壁|门口|边上|下面|上面|里面)(?:那?[条间栋排户家座][^\W\d_a-z的了]{0,3})?)?"
)
PUBLIC = re.compile(r"[一-鿿]{0,6}?(?:派出所|法院|检察院|公安|监管局|政务|银行|仲裁|支行|大队)")
# What stands between two parts of one address, what may be left of its end, and what belongs before it.
BETWEEN = re.compile(rf"[^\W\d_a-z{NO_PLACE}]{{0,8}}(?:\d{{1,4}}[-号]?)?")
REST = re.compile(
    # 999号|正荣大湖之都, 凤城九路|白桦林居, 六巷|三横路
    rf"{_N}{{1,6}}(?:之[都城家星窗光]|[居郡邸邑岸嘴墅畔])(?=[\W_]|$)|[一二三四五六七八九十\d]{{1,3}}横?[路巷弄街](?=[\W_]|$)|顶[楼层]|"
    r"(?<=[元层楼栋幢])[东西中南北]{1,2}户|(?<=[字口])[东西南北]{1,2}[角侧]|[往向][东西南北]{1,2}\d{0,4}[零一二三四五六七八九十百千\d]{0,4}米(?:[路左右]?[手边]?[,、]?[一-鿿]{1,3}色?的?大?门)?|靠[^\W\d_]{1,2}第[一二三四五六七八九十\d]{1,2}[家户排间栋]|附?(?:(?<=[楼栋幢座号附])|-)\d{1,4}(?:-\d{1,4}){0,2}(?![\d元块个条次人天点年月日万%]|[.,]\d)(?:室|房|户|号)?"
    r"|(?<=[元层楼])(?:[左右]手边?|[东西南北中]门)|(?<=[路首])[东西南北](?=[\W_]|$)|[东西南北](?:首|侧|边)(?:路[东西南北])?(?=[\W_]|$)"
)
POSTCODE = re.compile(
    r"(?:^|[^\da-z])(?P<id>\d{3}(?:\d{2,3})? ?|[苏皖浙粤鲁豫冀川鄂湘赣闽陕晋滇黔桂辽吉黑][东西南北中]{1,2})$"
)
# 租在|望京花家地北里乙6|号楼3门402: what leads to a number from the word for where somebody is
BEGINS_WITH_A_NUMBER = frozenset("0123456789号甲乙丙丁")
NAMED_BEFORE = re.compile(
    rf"[在住到于](?!(?:小区|楼下|楼上|门口|家|单元|电梯|附近|对面|隔壁|一))(?P<id>[^\W\d_a-z{NO_PLACE}]{{3,10}}\d{{0,3}})$"
)
LONGEST_TAIL = 60
NAMED_ESTATE = re.compile("小区|花[园苑]|苑|公寓|家园|新村|山庄|别墅|雅居|华庭|宿舍|家属")


@dataclass
class Tail:
    """What was read behind a known place: where it ends, and its parts by kind."""

    end: int
    parts: list[str] = field(default_factory=list)
    estate: str = ""

    def leads_to_a_door(self, *, labelled: bool, is_below_a_county: bool = False) -> bool:
        """Whether it tells more than a town; behind 家住 or below a county a town is enough."""
        if {"street", "village"} & set(self.parts):
            return True
        numbers = self.parts.count("number")
        if "estate" in self.parts:
            return numbers > 0 or labelled or bool(NAMED_ESTATE.search(self.estate))
        return (
            numbers > 1
            or (numbers > 0 and (labelled or "town" in self.parts))
            or ("town" in self.parts and (labelled or is_below_a_county))
        )


def numbers_behind(folded: str, start: int) -> int:
    """Return where the numbers end that go on with an address which was found up to `start`: 5号|402."""
    while True:
        match = LOWER.match(folded, start, min(len(folded), start + LONGEST_TAIL))
        if match is None or not match["number"] or match["name"] or match["join"]:
            return start
        start = match.end()


def joined_addresses(folded: str, finds: Iterable[PrivateFind]) -> Iterator[PrivateFind]:
    """Yield addresses; with nothing but parts of a place between two they are one: 和平里14区|青年沟西巷3|号院9号楼."""
    last: PrivateFind | None = None
    for find in sorted(finds, key=lambda find: find.start):
        if last and (find.start <= last.end or BETWEEN.fullmatch(folded, last.end, find.start)):
            last = PrivateFind(last.type, last.start, max(last.end, find.end), last.reason)
            continue
        if last:
            yield _whole(folded, last)
        last = find
    if last:
        yield _whole(folded, last)


def _whole(folded: str, find: PrivateFind) -> PrivateFind:
    """Take in what still belongs to an address: 9号楼|1-402, 56号|附3, 新兴东首路|北; 407|台中市, 苏北|涟水县."""
    before = POSTCODE.search(folded, max(0, find.start - 7), find.start)
    if before is None and folded[find.start] in BEGINS_WITH_A_NUMBER:
        before = NAMED_BEFORE.search(folded, max(0, find.start - 14), find.start)
    rest = REST.match(folded, find.end) or LANDMARK.match(folded, find.end)
    start, end = before.start("id") if before else find.start, rest.end() if rest else find.end
    return PrivateFind(find.type, start, end, find.reason)


def tail_below(folded: str, start: int) -> Tail:
    """Read on behind a known place that ends at `start`."""
    tail = Tail(start)
    limit = min(len(folded), start + LONGEST_TAIL)
    while True:
        pattern = FIRST if not tail.parts else SEGMENT if tail.parts[-1] == "upper" else LOWER
        match = pattern.match(folded, tail.end, limit)
        if match is None:
            if tail.parts[-1:] == ["town"] and (village := ANY_VILLAGE.match(folded, tail.end, limit)):
                tail.end = village.end()
                tail.parts.append("village")
                continue
            if tail.parts[-1:] in (["town"], ["village"]) and (village := VILLAGE_END.match(folded, tail.end, limit)):
                tail.end = village.end()
                tail.parts.append("village")
            return tail
        kind = next(name for name in ("town", "village", "street", "estate", "number", "upper") if match[name])
        tail.end = match.end()
        tail.parts.append(kind)
        if kind == "estate":
            tail.estate = match["estate"]
