"""Employers and schools that identify a person: named after a word that ties them to somebody."""

import re
from collections.abc import Iterable, Iterator, Sequence

from domain.redaction.finds import PrivateFind, touched, touches
from domain.redaction.names.features import surname_ranks
from domain.redaction.places.known_places import Chain
from domain.redaction.works.by_name import works_by_name
from domain.redaction.works.by_place import is_a_collectors, works_by_place
from domain.redaction.works.by_verb import works_by_verb
from domain.redaction.works.words import EMPLOYER, OFFICE, SHOP, TRADE

_SURNAMES = "".join(surname for surname, rank in surname_ranks().items() if rank in "abcd")
# What the model finds besides needs no pattern: of 21 that there were, these found anything else in sentences that the
# model had not learned.
WORKPLACES = tuple(
    re.compile(pattern)
    for pattern in (
        r"[工单公就任](?:(?<=工)作单位|(?<=单)位名称|(?<=公)司名称|(?<=[就任])职单位|(?<=单)位|(?<=公)司名)(?:填的|写的|登记的)?[:是为叫][“\"\s]?(?P<id>[一-鿿\da-z]{4,16})(?=[,。;\s)”\"]"
        r"|$)",
        # 店名俏佳人造型, 我开的店叫“阿兰美发”
        rf"[店厂校公司馆](?:(?<=[店厂校])名[是为叫做:]{{0,2}}(?![的也都在称和没不字])"
        rf"|(?<=公)司名(?:[是为叫做:]{{1,2}}|(?=[^\W\d_的]{{2,10}}(?:{EMPLOYER}|{TRADE})(?:[^\w]|$)))"
        r"|(?<=[店厂司校馆])(?:里|子|名字)?叫[是为叫做:]{0,2})"
        r"[\s“\"]?(?P<id>[一-鿿a-z\d]{2,14}(?:\([^()\n]{1,10}\))?)(?=[^\w]|$)",
        r"[的家](?:小?店|店铺|饭店|公司|厂子?|铺子|学校|单位)[“\"「『](?P<id>[^“”\"「」『』()\n]{3,14})[”\"」』]",
        rf"(?P<id>[老阿小{_SURNAMES}](?:(?<=[老阿小])[{_SURNAMES}](?![开上下去])|(?<=阿)[毛强芳珍英华明美兰红梅花杰伟玲霞辉龙]|(?<=[{_SURNAMES}])(?:[记氏家]|[大二三小老]?[姐哥嫂妈婶叔爷]))(?:家的?)?[^\W\d_a-z的了在]{{0,3}}?{SHOP})",
    )
)
# A school or a firm that is anybody's: 一家工厂, 附近的超市, 银行, 客服中心, and the offices that a borrower turns to.
GENERIC_FIRM = re.compile(
    # 柳川市一家工厂: a town names no employer
    r"^(?:[一-鿿]{1,6}[省市县区镇](?=[一某]))?(?:一家|一个|某[家个]?|这家|那家|哪家|该|我们|自己|他们|你们|别的|其他|外地|本地|附近|楼下"
    r"|家门口|门口|村口|巷口|路口|街口|街上|对面|隔壁|旁边|小区|学校|幼儿园"
    r"|公司|工厂|超市|医院|酒店|[国私民外央]企|事业|政府|培训|物流|电子|互联网|网络|科技|快递|大型|小型|正规"
    r"|线下|线上|县城|镇上|村里|城里|市里|老家|原来|新|贷款|催收|第三方|外包|委托|贵|我|本|乙方|甲方|上市|建筑"
    r"|餐饮|服装|食品|公立|私立|民办|公办)*"
    r"(?:有限)?(?:公司|厂|工厂|学校|医院|幼儿园|店|超市|酒店|银行|单位|小学|中学|高中|大学|集团|中心|车间|局"
    r"|所|站|门店|饭店|餐厅|药店|工地|物业|派出所|法院|驿站|科技|电子|物流|快递|网络|信息|汽车|教育|餐饮|食品"
    rf"|{SHOP})?$"
)
LEADING = re.compile(
    r"(?:请?[来去到](?=[一-鿿]{1,6}[市县区镇])|[于厂店校村任读系进是致](?=[一-鿿]{2,3}[省市县区镇大])|公司|单位|学校|工厂|医院|店里|厂里|店铺|名称|全称|之前|以前|现在|原来|老家|说)*"
)
VAGUE = re.compile(
    r"某[^\W\d_]{0,4}(?:公司|厂|店|学校|[中小]学|医院|银行|单位)$|群里"
    r"|[一两几首][家个所]|全国|多[个家]|设有|各地|什么|[哪那这某边][家个种间所]|谎称|自称|冒充|查无|个人|[爸妈]|孩子|借|钱|欠|还款|正规|专业|很|他们|普通|值班|门口"
    r"|见证|接电话|老师家|上班|工作"
    # 我司严正声明与本公司无关, 我司已完成立案材料: the sentence goes on
    r"|^[已未将须应严愿及均曾并或从再第一今昨明天称来]|[严正声]明|法务|完成|配合|提供|透露|客户信息|身份信息|核实|致电|进入|不一样|一站$"
    r"|^(?:万达|吾悦|银泰|凯德|宝龙|人民|中心|时代)?广场$|^高速服务区$|的(?:快递|外卖|单子)$"
    r"|^(?:自由职业|个体|务农|[待无失]业|灵活就业|全职|家庭主妇|退休)|[是很]"
    r"|^[一-鿿]{0,6}[省市县区镇乡村]的[一-鿿]{1,2}$|职场$"
    r"|[镇村街路]上开|街边开|手术室|^(?:福利|代)工厂$|律协|反诈"
)
# 六十亩果园, 开物流公司, 只剩鸭脖: what is counted or done has no name
COUNTED_OR_DONE = re.compile(
    r"[一二两三四五六七八九十百千几半\d]+[亩间张条辆台座层排万]|[开搞做办只想要](?!心|发|放|元)|正在|已经|经常"
)
# 一家汽配|厂, 顺达出租|公司: what goes on with a name that seemed to end
REST = re.compile(
    r"(?:(?<=[肉面鸡鱼串饭饺鹅鸭虾粉汤煲锅])王|[^\W\d_的在了是]{2,6}?(?:支行|分行|分店|分公司)|公司|厂(?![长里门子方区家商])"
    r"|店(?![长员里门主铺])|校(?![长门医园])|[车货]?队(?![长员友里])|院(?![长里方子])|馆(?![长里])|分[店部校院]"
    # 文理学院|2021级材料3班, 农场|十一连, 机械厂|三车间
    r"|(?<=[学院校专大])\d{2,4}级[^\W\d_a-z的了]{0,8}(?:[一二三四五六七八九十\d]{1,2}班)?|(?<=[场团队部厂矿井])第?[一二三四五六七八九十\d]{1,2}(?:连|分场|车间|号井|工区|标段?|项目部)"
    rf"|(?:国际|高中|初中|小学|幼儿|住院|门诊)部|[东西南北新老]校区|{SHOP})+"
)
GOES_ON_FROM_SCHOOL = re.compile("[生时]|期间|毕业[后时以]")  # 柳川市的大学|生
# 广西南宁, 临泽湾市: a town is no house; 冒充顺丰快递, qq音乐: nor is who is everywhere
OF_A_DIVISION = re.compile(
    r"^[^\W\d_]{1,6}[省市县区镇乡]$|^(?:顺丰|中通|圆通|申通|韵达|极兔|邮政|德邦)(?:快递|速[运递]|物流)$|一带的"
    r"|^(?:万达|吾悦|银泰|凯德|宝龙|人民|中心|时代)?广场$|^高速服务区$"
    r"|^(?:qq|微信|支付宝|抖音|快手|微博|淘宝|app)"
)
BRANCH = re.compile("(?:[支分]行|分公司|营业部|网点|总部)$")
Likely = tuple[float, int, int]
FEWEST_CHARACTERS, LENDER_IN_PART, MUCH_LONGER = 4, 2, 6
# Log odds of each character, on the average. 天津港二公司 is sure, though 天 begins 天天 too.
LIKELY, SURE = 2.0, 3.0
SHORTEST_REST = 3
# 常熟市场, 东莞工厂: there are many in a town
KINDS_OF_A_TOWN = frozenset(
    ["市场", "场", "工厂", "公司", "厂", "店", "车站", "超市", "单位", "厂区", "仓", "基地", "网点", "广场"]
)


# 12368, 400-812-0001, 共80户: figures without a name; 舟渔18号 has one
FIGURES = re.compile(r"[\W\d]*[^\W\d]?[\W\d]*|.*\d(?:[户人路个次元天年月日万条岁块笔期分点折%]|小时|路公?[交车]车?)")


def find_workplaces(
    folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[Chain], likely: Iterable[Likely] = ()
) -> Iterator[PrivateFind]:
    """Yield named employers; `protected` are places where lenders are named, `chains` those of cities and counties.

    `likely` are (score, start, end) of what the network of phrases takes for one.
    """
    for find in _told(folded, protected, chains, likely):
        rest = REST.match(folded, find.end)
        yield PrivateFind(find.type, find.start, rest.end(), find.reason) if rest else find


def _told(
    folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[Chain], likely: Iterable[Likely]
) -> Iterator[PrivateFind]:
    place_behind = dict(chains)
    for find in [*works_by_place(folded, chains), *works_by_verb(folded), *works_by_name(folded, chains)]:
        own = place_behind.get(find.start, find.start)  # 丹东振兴区 holds no lender, though 振兴 is one's name
        if not touches(protected, own, find.end):
            yield find
    yield from _likely(folded, protected, chains, likely)
    place_before = {end: start for start, end in chains}
    begun = f"\n{folded}"  # so that what is at the beginning stands behind a mark, too
    for pattern in WORKPLACES:
        for match in pattern.finditer(begun):
            start, end = match.start("id") - 1, match.end("id") - 1
            name = match["id"]
            start += LEADING.match(name).end()  # type: ignore[union-attr]
            name = folded[start:end]
            if len(name) < FEWEST_CHARACTERS or GENERIC_FIRM.match(name) or VAGUE.search(name) or is_a_collectors(name):
                continue
            if folded[start - 1 : start] == "的":  # 在准格尔旗的酸刺沟煤矿
                start = place_before.get(start - 1, start)
            if not OFFICE.search(name) and not touches(protected, start, end):
                yield PrivateFind(
                    "workplace", start, end, "an employer or a school after words that tie it to a person"
                )


def _likely(
    folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[Chain], likely: Iterable[Likely]
) -> Iterator[PrivateFind]:
    """Yield what is likely a work and has a name of its own."""
    place_behind = dict(chains)
    for score, start, end in likely:
        start = LEADING.match(folded, start, end).end()  # type: ignore[union-attr]
        name = folded[start:end]
        own = folded[place_behind.get(start, start) : end]
        if not is_somebodys(name, own, score > SURE) or (name[-1] == "学" and GOES_ON_FROM_SCHOOL.match(folded, end)):
            continue
        around = touched(protected, start, end)
        if around and score > LIKELY and not all(_is_part(name, place, start, end) for place in around):
            # 京东|亚洲一号昆山仓: the lender's name stays, where in it somebody works does not
            start, around = max(last for _, last in around), []
            if score < SURE and BRANCH.search(folded, start, end):
                continue  # 青禾银行|广场支行: anybody goes there
        if end - start >= SHORTEST_REST and all(
            _is_part(name, place, start, end) and score > LIKELY for place in around
        ):
            yield PrivateFind("workplace", start, end, f"a name where an employer or a school can stand ({score:.1f})")


def is_somebodys(name: str, own: str, is_sure: bool = False) -> bool:
    """Whether what may be a work has a name of its own; `own` is what goes on behind a known place it begins with.

    What is surely one may be shorter, and may hold words that are vague elsewhere.
    """
    return not (
        len(name) < FEWEST_CHARACTERS - is_sure
        or not own
        or OF_A_DIVISION.search(name)
        or COUNTED_OR_DONE.match(name)
        or GENERIC_FIRM.match(name)
        or FIGURES.fullmatch(name)
        or own in KINDS_OF_A_TOWN
        or "某" in name
        or (not is_sure and (VAGUE.search(name) or is_a_collectors(name)))
        or OFFICE.search(name)
    )


def _is_part(name: str, place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a lender's name in two characters (恒丰) is only a part of a longer name: 常熟虞山的恒丰针织."""
    first, last = place
    return last - first <= LENDER_IN_PART and start < first and last < end and len(name) > MUCH_LONGER
