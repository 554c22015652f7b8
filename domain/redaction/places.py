"""Addresses down to the street or village, and the workplaces that identify a person."""

import re
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind

# Characters that a place name does not contain: words around it end here (住在|绵阳市, 地址是|四川省).
_NAME = (
    r"(?:[^\W\d_a-z在住于是到从去来我你他她它您家址位我的和与跟给了着过往处把被就也都还又有没不这那个人们说叫要吗呢吧啊老搬租买寄送至经由往找问里]"
    r"|(?<=[一-鿿])(?:家(?=[庄村屯湾沟坪镇乡园河店堡寨坝桥巷弄胡岭嘴咀墩])|里(?=[路街]|小区)))"
)
_NUMBER = r"(?:\d{1,5}[a-z]?|[a-z]\d{0,3}|[零〇一二三四五六七八九十百]{1,5})"
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    "|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_PROVINCE = rf"(?:(?:{_PROVINCES})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?)"
_CITY = rf"(?:{_NAME}{{2,6}}?(?:市|自治州|州|盟|地区))"
_COUNTY = rf"(?:{_NAME}{{1,6}}?(?:区|县|旗|市))"
_TOWN = rf"(?:{_NAME}{{1,6}}?(?:镇|乡|街道|开发区|新区|高新区|办事处))"
_VILLAGE = rf"(?:{_NAME}{{1,6}}?(?:庄村|村|屯|庄|寨|社区|居委会)|{_NUMBER}(?:组|队|社|大队))"
_STREET = (
    rf"(?:{_NAME}{{1,8}}?(?:路|街|大道|大街|道|巷|弄|胡同|里|坊)(?:[东西南北中一二三四五六七八九十]段)?"
    rf"(?:{_NUMBER}(?:号院|号楼|号|弄|巷|街坊|街区|街|里))?)"
)
_ESTATE = (
    rf"(?:{_NAME}{{0,10}}?(?:小区|花园|花苑|苑|公寓|大厦|广场|城|公馆|府|庭|湾|家园|新村|山庄|大院|院|园|楼"
    r"|中心|商场|市场|铺))"
)
_DOOR = (
    rf"(?:第?{_NUMBER}(?:号院|号楼|号|栋|幢|座|单元|室|层|楼|门|户|房|#|期|区)"
    r"(?:\d{1,4}(?![\d号栋幢座单层楼室门户房#期区]))?|[-—]?\d{1,4}(?:-\d{1,4}){1,3}|\d{3,4}(?!\d|[年元块]))"
)
ADDRESS = re.compile(
    rf"(?![村镇乡县市城区家店厂屋手心夜这那哪]里)(?:{_PROVINCE})?(?:{_CITY})?(?:{_COUNTY})?(?:{_TOWN}){{0,2}}"
    rf"(?P<street>(?:{_VILLAGE}){{0,3}}(?:{_STREET})?)(?P<estate>{_ESTATE})?(?P<door>(?:[,，\s]?{_DOOR}){{0,6}})"
)
# Where an address may begin: a province, or a place name that ends in one of its words not far away.
BEGINS = re.compile(rf"{_PROVINCE}|(?<![^\W\d_a-z])(?={_NAME})|(?<=[在住于是到从址家:])(?={_NAME})")
HINT = re.compile(r"[市县区镇乡村路街巷弄道屯庄苑府坊里园寓厦城庭湾]")
ADDRESS_LABEL = re.compile(r"(?:住址|地址|住在?|家在|位置|户籍|老家|送达|搬到|坐标|租住|居住)[^。!?\n]{0,8}$")
LONGEST_ADDRESS = 60
"""Work is told apart by what stands before it; the name ends in a word for an employer."""
_EMPLOYER = (
    r"(?:有限责任公司|股份有限公司|有限公司|公司|集团|工厂|厂|小学|中学|大学|学院|学校|幼儿园|医院|卫生院|诊所|银行|支行|分行|事务所|研究院|研究所|设计院"
    r"|酒店|饭店|宾馆|餐厅|超市|商场|店|局|所|站|中心|委员会|政府|队|社|部队|物业|工作室|培训机构|驾校|网吧|造型|车间|分公司|项目部|快递点|服务区)"
)
_PART = r"[^\W\d_a-z在是到去我你他她您的和与跟给了着过把被就也都还又没不这那们说叫要吗呢吧啊找问]"
_FIRM = (
    rf"(?P<id>{_PART}(?:{_PART}|[\dx()]){{1,18}}?{_EMPLOYER}(?:{_PART}{{0,6}}?(?:分公司|支行|分行|部|车间|分店|分院))?)"
)
WORKPLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:工作单位|单位名称|单位|公司名称|公司|厂名|学校|店名|店铺|厂子|任职单位)(?:是|为|叫|:|名叫|在|名为|就是){{1,2}}\s?{_FIRM}",
        r"(?:店名|厂名|公司名|[店厂司校](?:里|子|名字)?叫)[是为叫做:]{0,2}\s?(?P<id>[一-鿿a-z\d]{2,14})(?=[^\w]|$)",
        rf"(?:就职于|任职于|供职于|就读于|受雇于|入职了?|上班的地方是|上班的)\s?{_FIRM}",
        rf"(?:我|本人|老公|老婆|爱人|儿子|女儿|丈夫|妻子|弟弟|哥哥|妹妹|姐姐|他|她)(?:现在|目前|一直|就)?在{_FIRM}(?=[一-鿿]{{0,4}}(?:上班|工作|任职|当|做|打工|教书|实习|任教|开车|值班))",
        rf"(?<=在){_FIRM}(?=(?:里)?(?:上班|工作|任职|当|做[^了]|打工|教书|实习|任教))",
        rf"(?:我|本人)(?:是|系){_FIRM}(?=(?:的)?(?:[一-鿿]{{0,4}}(?:学生|老师|教师|员工|职工|护士|医生|工人|保安|司机|会计|研究生|职员|厨师|经理|店员|民警)))",
    )
)
GENERIC_FIRM = re.compile(
    r"^(?:[一-鿿]{1,6}[省市县区镇])?(?:一家|某|这家|那家|该|我们|自己|他们|你们|别的|外地|本地|附近|小区|学校|幼儿园|公司|工厂|超市|医院|酒店|[国私民外]企|事业|政府|培训|物流|电子|互联网|网络|科技|快递)?"
    r"(?:有限)?(?:公司|厂|工厂|学校|医院|幼儿园|店|超市|酒店|银行|单位|小学|中学|大学|集团|中心|车间|局|所)?$"
)


def find_places(folded: str, protected: Sequence[tuple[int, int]]) -> Iterator[PrivateFind]:
    """Yield addresses that lead to a door, and named employers after words that tie them to a person."""
    closed = {place for start, end in protected for place in range(start, end)}
    yield from _addresses(folded)
    for pattern in WORKPLACES:
        for match in pattern.finditer(folded):
            start, end = match.span("id")
            if not GENERIC_FIRM.match(match["id"]) and closed.isdisjoint(range(start, end)):
                yield PrivateFind("workplace", start, end, "an employer after a word that ties it to a person")


def _addresses(folded: str) -> Iterator[PrivateFind]:
    last = 0
    for hint in HINT.finditer(folded):
        if hint.start() < last:
            continue
        find = _address_around(folded, hint.start(), last)
        if find:
            last = find.end
            yield find


def _address_around(folded: str, hint: int, last: int) -> PrivateFind | None:
    """Try the beginnings shortly before a word like 市 or 路 and take the first that makes an address."""
    opening = max(last, hint - 14)
    for begin in BEGINS.finditer(folded, opening, hint + 1):
        match = ADDRESS.match(folded, begin.start(), min(len(folded), begin.start() + LONGEST_ADDRESS))
        if match and match.end() > hint and _leads_to_a_door(folded, match):
            return PrivateFind("address", match.start(), match.end(), "a place down to the street, village or door")
    return None


def _leads_to_a_door(folded: str, match: re.Match[str]) -> bool:
    above = match.start("street") - match.start() > 0
    street, estate, door = bool(match["street"]), bool(match["estate"]), bool(match["door"].strip(" ,，"))
    labelled = bool(ADDRESS_LABEL.search(folded[max(0, match.start() - 12) : match.start()]))
    if street and (door or above or labelled):
        return True
    return estate and door and (above or labelled or len(re.findall(r"\d+|[一二三四五六七八九十]+", match["door"])) > 1)
