"""Employers and schools that identify a person: named after a word that ties them to somebody."""

import re
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind, touched, touches
from domain.redaction.names.features import surname_ranks
from domain.redaction.places.known_places import Chain
from domain.redaction.works.by_name import works_by_name
from domain.redaction.works.by_place import works_by_place
from domain.redaction.works.by_verb import works_by_verb
from domain.redaction.works.model import likely_works
from domain.redaction.works.words import EMPLOYER, OFFICE, ROLE, SHOP, TRADE, WORK

_EMPLOYER, _TRADE, _ROLE, _WORK = EMPLOYER, TRADE, ROLE, WORK
_PART = r"[^\W\d_a-z泼砸踹撬堵在是到去我你他她您的和与跟给了着过把被就也都还又没不这那们说叫要吗呢吧啊找问打让做系]"
_FIRM = (
    rf"(?P<id>(?:[a-z]{{2,6}}|{_PART})(?:{_PART}|[\dx()]|(?<=[一-鿿])[和与](?![我他她你您家同朋邻妈爸老单公领催客])){{1,20}}?(?:{_EMPLOYER}"
    rf"|{_TRADE})(?:{_PART}{{0,4}}?(?:{_EMPLOYER}|{_TRADE})){{0,3}}"
    rf"(?:{_PART}{{0,6}}?(?:分公司|支行|分行|分店|分院|分厂|店(?!里)|校区|院区))?(?:\([^()\n]{{1,10}}\))?)"
)
_SURNAMES = "".join(surname for surname, rank in surname_ranks().items() if rank in "abcd")
# The last character of a word for a person: 我, 老公, 我爸, 表哥
_SOMEBODY = "[我己们人俺公婆子女孩娃夫妻弟哥姐妹妇象友爸妈亲侄甥叔伯舅姨姑爷奶丈爹娘婿嫂太他她你您]"
_PLACES_OF = "单位|站点|网点|门店|校区|公司|学校|工厂|厂里?|店里?|店铺|医院|饭店|幼儿园|学院|企业|雇主"
_PLACE_OF = f"(?:{_PLACES_OF})"
_THEIR_PLACES = (
    *(f"{of}(?:现在的?|新|原|老)?{_PLACE_OF}" for of in ("的", "所在的?")),
    *(f"{past}{_PLACE_OF}" for past in ("现在的?", "新", "原", "老")),
    *_PLACES_OF.split("|"),
)
_OUR = "我司|我公司|我单位|我校|我院|我厂|我店|本公司|本单位|本校|本院|本店|敝司|我方单位"
_THEY_ARE_AT = (*(f"{now}(?:在|读|就读|上)" for now in ("现在", "目前", "一直")), "在", "读", "就读", "上")
_CLERK = "(?:人事|前台|财务|领导|老板|保安|门卫|主任|校长|班主任|院长|护士长|大[一二三四]学生|工会)"


def _with(ending: str, words: str) -> str:
    """Return the words with an ending, spelled out: patterns that begin with characters are tried at these alone."""
    return "|".join(word + ending for word in words.split())


def _of_somebody(*words: str) -> str:
    """Return words that stand behind one for a person; the look back comes after what they begin with."""
    return "|".join(f"{word[0]}(?<={_SOMEBODY}{word[0]}){word[1:]}" for word in words)


WORKPLACES = tuple(
    re.compile(pattern)
    for pattern in (
        # 单位是…, 工作单位：…, 我司全称…, 我司（…）
        rf"(?:{_PLACES_OF}|厂名|店名|厂子|我司)(?:名称|全称|名字)?(?:是|为|叫|:|在|名叫|名为|就是|\s){{1,2}}[\s\"“]?{_FIRM}",
        r"(?:工作单位|单位名称|公司名称|[就任]职单位|单位|公司名)(?:填的|写的|登记的)?[:是为叫][“\"\s]?(?P<id>[一-鿿\da-z]{4,16})(?=[,。;\s)”\"]"
        r"|$)",
        # 4. 单位宜春学院食堂二楼窗口;
        rf"单位(?<=[\d;,。.、\n ]单位)(?P<id>(?![是为叫在的里])[一-鿿]{{2,12}}?(?:{_EMPLOYER}|{_TRADE})"
        r"[一-鿿]{0,6})(?=[,。;\s]|$)",
        rf"(?:{_OUR}|先生的?(?:{_PLACES_OF})|{_of_somebody(*_THEIR_PLACES)})[\s:,(“\"]{{0,2}}{_FIRM}",
        # 店名俏佳人造型, 我开的店叫“阿兰美发”
        rf"(?:(?:店名|厂名|校名)[是为叫做:]{{0,2}}(?![的也都在称和没不])"
        rf"|公司名(?:[是为叫做:]{{1,2}}|(?=[^\W\d_的]{{2,10}}(?:{_EMPLOYER}|{_TRADE})(?:[^\w]|$)))"
        rf"|{_with('(?:里|子|名字)?叫[是为叫做:]{0,2}', '店 厂 司 校 馆')})"
        r"[\s“\"]?(?P<id>[一-鿿a-z\d]{2,14}(?:\([^()\n]{1,10}\))?)(?=[^\w]|$)",
        # 就职于…, 我任教的…, 我所在的…
        rf"(?:{_with('于', '就职 任职 供职 就读 受雇 毕业 服务 任教 执教')}|入职了?|上班的地方[是在]"
        rf"|{_with('的', '上班 打工 实习 任教 工作 所在 就读 供职 任职 经营 开 读 上')})[\s“\"]?{_FIRM}",
        # 我在…上班, 你儿子在…四年级, 在宁德时代湖西基地大门口
        rf"(?:在|{_of_somebody('给', '帮', '替')}){_FIRM}[”\"]?"
        rf"(?=(?:里|的)?(?:[一-鿿]{{0,4}}?{_WORK}|大门|门口|前台|大厅|楼下|门卫))",
        # 打到…前台, 去…找我
        rf"(?:打(?:了?个?电话)?[到给去进爆]|发[到给函]{{1,2}}|寄[到给]|跑[到去]|闹到|找[到去]|冲[到进]|来到?"
        rf"|去到?|联系了?|致电|到)了?{_FIRM}(?=的?{_ROLE}|找我|说我|闹|堵|门口|楼下|大厅|护士站|总台)",
        # 我们…公司的员工, 给…小学校长发短信, …电子厂人事张姐说
        rf"(?:我们|给|向|让|问|骚扰|联系|贴到|发到|塞到|传到|送到){_FIRM}(?=的?[一-鿿]{{0,2}}{_ROLE}|大门|传达室|门口)",
        r"[的家](?:小?店|店铺|饭店|公司|厂子?|铺子|学校|单位)[“\"「『](?P<id>[^“”\"「」『』()\n]{3,14})[”\"」』]",
        # 导师潘望北,东南林业大学材料学院,
        r"[,是在读于](?P<id>[^\W\d_a-z的了我你他她在是]{2,8}大学[^\W\d_a-z的了]{1,6}?(?:学院|系|研究[所院]|实验室))(?=[,。;!?\s)]|$|的?(?:学生|研[一二三]|博士|硕士|读|上))",
        # 是个卖耳机的小公司,叫声语电声。
        r"(?:店|公司|厂|铺|摊|馆|学校|间|档口),名?叫做?[“\"]?(?P<id>[一-鿿a-z]{3,10})(?=[^\w]|$)",
        r"叫[“\"]?(?P<id>[一-鿿a-z\d]{2,10})[”\"]?的(?:小?店|超市|饭馆|公司|厂|餐馆|理发店|工作室|学校)",
        # 店叫佩佩美甲, 开了一家小蜜蜂烘焙
        rf"(?:叫做?|[开盘][了的]?(?:一?[家个间]))[“\"]?(?P<id>{_PART}{{2,10}}?{SHOP})(?!的?[^\W\d_]{{0,2}}(?:钱|款))",
        # 准格尔旗的酸刺沟煤矿,
        rf"的(?<=[旗县区市镇乡州]的){_FIRM}(?=[,。;!?\s]|$)",
        rf"(?P<id>(?:[老阿小][{_SURNAMES}](?![开上下去])|阿[毛强芳珍英华明美兰红梅花杰伟玲霞辉龙]|[{_SURNAMES}](?:[记氏家]|[大二三小老]?[姐哥嫂妈婶叔爷]))(?:家的?)?[^\W\d_a-z的了在]{{0,3}}?{SHOP})",
        r"[坊铺摊行店馆厂社室吧院](?:就|名|名字)?叫(?P<id>[一-鿿]{3,8})(?=[,。;!?\s]|$)",
        # 我在字节跳动上班: no word for an employer, but nothing else can stand here
        r"(?:我|本人|老公|老婆|儿子|女儿)(?:现在|目前|一直)?在(?P<id>[^\W\d_a-z一某这那哪自己家里外边面上下老的了小大个]{3,8})(?=上班"
        r"|任职|实习|当班|打工|工作)",
    )
)
# Employers behind a mark, where nothing else leads up to them. What such a text must hold comes first: without it the
# pattern is not tried.
BEHIND_MARKS = (
    # 诚信汽配是他和人合开的
    (
        re.compile("是[我他她老][^,。]{0,4}开的"),
        re.compile(r"[,。;!?\n](?P<id>[一-鿿]{4,12})是(?:我|他|她|我们|我家|老公|老婆)[一-鿿]{0,3}开的"),
    ),
    (
        re.compile("[市县区州]"),
        re.compile(
            rf"[\n。,:](?P<id>{_PART}{{2,8}}?[市县区州]{_PART}{{2,18}}?{_EMPLOYER})(?=办公室|人力|行政部"
            rf"|综合部|{_ROLE})"
        ),
    ),
    (
        re.compile(_CLERK),
        re.compile(rf"[,。;!?\n“ ](?=[^,。;!?\n“ ]{{4,24}}?{_CLERK}){_FIRM}(?=的?{_CLERK})"),
    ),
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
    rf"|(?:国际|高中|初中|小学|幼儿|住院|门诊)部|[东西南北新老]校区|{SHOP})+"
)
FEWEST_CHARACTERS, LENDER_IN_PART, MUCH_LONGER = 4, 2, 6
LIKELY, SURE = 1.0, 2.0
# 常熟市场, 东莞工厂: there are many in a town
KINDS_OF_A_TOWN = frozenset(
    ["市场", "场", "工厂", "公司", "厂", "店", "车站", "超市", "单位", "厂区", "仓", "基地", "网点", "广场"]
)


def find_workplaces(
    folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[Chain]
) -> Iterator[PrivateFind]:
    """Yield named employers; `protected` are places where lenders are named, `chains` those of cities and counties."""
    for find in _told(folded, protected, chains):
        rest = REST.match(folded, find.end)
        yield PrivateFind(find.type, find.start, rest.end(), find.reason) if rest else find


def _told(folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    place_behind = dict(chains)
    for find in [*works_by_place(folded, chains), *works_by_verb(folded), *works_by_name(folded, chains)]:
        own = place_behind.get(find.start, find.start)  # 丹东振兴区 holds no lender, though 振兴 is one's name
        if not touches(protected, own, find.end):
            yield find
    yield from _likely(folded, protected, chains)
    place_before = {end: start for start, end in chains}
    begun = f"\n{folded}"  # so that what is at the beginning stands behind a mark, too
    for pattern in [*WORKPLACES, *(behind for needed, behind in BEHIND_MARKS if needed.search(folded))]:
        for match in pattern.finditer(begun):
            start, end = match.start("id") - 1, match.end("id") - 1
            name = match["id"]
            start += LEADING.match(name).end()  # type: ignore[union-attr]
            name = folded[start:end]
            if len(name) < FEWEST_CHARACTERS or GENERIC_FIRM.match(name) or VAGUE.search(name):
                continue
            if folded[start - 1 : start] == "的":  # 在准格尔旗的酸刺沟煤矿
                start = place_before.get(start - 1, start)
            if not OFFICE.search(name) and not touches(protected, start, end):
                yield PrivateFind(
                    "workplace", start, end, "an employer or a school after words that tie it to a person"
                )


def _likely(folded: str, protected: Sequence[tuple[int, int]], chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    """Yield what the model of works takes for one and has a name of its own."""
    place_behind = dict(chains)
    for score, start, end in likely_works(folded, chains):
        start = LEADING.match(folded, start, end).end()  # type: ignore[union-attr]
        name = folded[start:end]
        is_named = len(name) >= FEWEST_CHARACTERS and not (COUNTED_OR_DONE.match(name) or GENERIC_FIRM.match(name))
        if (
            not is_named
            or folded[place_behind.get(start, end) : end] in KINDS_OF_A_TOWN
            or (score < SURE and VAGUE.search(name))
            or OFFICE.search(name)
        ):
            continue
        if all(_is_part(name, place, start, end) and score > LIKELY for place in touched(protected, start, end)):
            yield PrivateFind("workplace", start, end, f"a name where an employer or a school can stand ({score:.1f})")


def _is_part(name: str, place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a lender's name in two characters (恒丰) is only a part of a longer name: 常熟虞山的恒丰针织."""
    first, last = place
    return last - first <= LENDER_IN_PART and start < first and last < end and len(name) > MUCH_LONGER
