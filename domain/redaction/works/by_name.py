"""Employers and schools told by a name of their own, whoever speaks of them: 旭日幼儿园, 鸿泰纸箱厂, 县二中."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from domain.redaction.finds import PrivateFind, matches_from
from domain.redaction.places.known_places import Chain
from domain.redaction.works.words import EMPLOYER, KIND, OFFICE, TRADE
from domain.words.common_words import common_words

# What a house of these kinds is called tells who works, learns or lies there. Companies are left to words that tie them
# to somebody: they may be a lender's or a collector's.
HOUSE_BEGINS = re.compile(
    r"[项大护康月老百家高小中完村幼卫医诊门药厂店超酒宾饭餐菜驾技职敬养安福车煤农加供托商学国]"
    r"(?:(?<=[厂店])|(?=[学小中儿稚亲习校生院所诊房店厦市楼馆厅老利理养子育管年货商工队矿场油电目行]))"
)
HOUSE = re.compile(
    r"(?:(?:小|中)学(?!生|同学|时|毕业|阶段|[一二三四五六]年级)|国[小中](?![之队产])|完小|村小(?![学区])|幼[儿稚]园|安亲班|托儿所|学校|技校|职校|驾校|卫生[院所室]|医院|诊所|门诊部|药[房店]|厂(?![长里门子方区家商房])"
    r"|店(?![长员里门主铺面家])|大厦|超市|酒[店楼]|宾馆|饭[店馆]|餐厅|菜市场|(?:敬|养|安|护)老院|福利院|护理院|康养中心|月子中心|托[育管](?:中心|园|班)|[老养][年老]公寓|百货大楼|[家高]商|高工(?!作|资)|车队|煤矿|农场|加油站|供电所|项目部(?![经人])|商行|商场)"
)
# 美团买菜清河站, 海底捞银泰店: one house of many of the same name
BRANDED = re.compile(
    r"(?:美团|饿了么|盒马|叮咚|朴朴|小象|多多买菜|淘菜菜|滴滴|货拉拉|顺丰|圆通|中通|申通|韵达|极兔|德邦|邮政|安能|海底捞|肯德基|麦当劳|星巴克|瑞幸|蜜雪冰城"
    r"|必胜客|华莱士|德克士|沃尔玛|永辉|大润发|物美|家乐福|山姆|优衣库|屈臣氏|名创优品|链家|富士康|比亚迪|立讯|格力|美的(?=[^\W\d_]{2,6}厂)|海尔|全家|罗森|七天|如家|汉庭)"
    r"(?P<house>[^\W\d_的了在是有和]{2,8}?(?:站(?![点长台])|店(?![长员里])|仓(?!库)|网点|分部|厂区|园区|基地|车间|[转集][运散](?:中心|点)|分拨中心|营业[部点]|自提点|点部|片区))"
)
# 在色拉路|一家藏餐馆
ONE_OF_A_KIND = re.compile(
    r"(?:一[家个间]|那[家个间])(?!公司|工厂|超市|银行|大)[^\W\d_的是]{1,6}?(?:[厂店馆铺坊行]|诊所|幼儿园|超市)(?![长员里主])"
)
STREET = re.compile(r"[^\W\d_的了在是我你他她们到说这那喺係]{2,5}[路街巷道]的?$")
# Schools, hospitals and works of a town by their number: 县二中, 市第一棉纺厂, 铁路二小
NUMBERED = re.compile(
    r"[一二三四五六七八九十](?:(?<=第.)|(?<=[市县区镇州旗路矿师团].))(?:[中小](?![级心型等学时班个数额]|[^\W\d_]?[时候])|中学|小学|幼(?:儿园)?|医院|人民医院|高级?中学|职高)"
    # 江夏一中门卫室: the town's name is not known, but what belongs to a school goes on
    r"|[一二三四五六七八九十](?<=[一-鿿].)中(?=门卫|门口|传达室|教务|老师|校长|班主任|[高初][一二三]|读|上学|教书)"
    r"|[一二三四五六七八九十](?<=[油煤钢棉纺印药化电丝].)[厂矿](?![长里门子])"
)
# 贵州大学|2022级法学2班
CLASSED = re.compile(r"(?:大学|学院|学校|中学)(?=\d{2,4}级)")
NAME = re.compile(
    r"(?:和(?=[平睦谐])|[^\W_的了我你他她它们这那说又被把就没吗呢吧啊您喊叫让借欠催是和某在到给找打从向对于住跟与之及可以为也还因并去来过着都要会能想问请上里嗰喺嘅啲佢咗唔係间些往两几每各等寄发送贴塞闯冲跑堵骂用拿进出做当年月日天如或但而且却则即若该此其哪什么怎读念办开租停站看见听接关管新]){1,12}$"
)
# 骚扰|旭日幼儿园, 老师|旭日幼儿园
LEADING = re.compile(
    r"(?:骚扰|联系|致电|通知|投诉|举报|建议|影响|上报|查到|知道|位置|地址|单位|公司|学校|老师|园长|院长|老板|老公|老婆|爸妈|妈妈|爸爸|女儿|儿子|孩子|同事|班主任|现任|曾任|担任|毕业|就职|任职|任教|目前|现在|一直|以前|之前|之后|后来|今天|昨天|明天|上午|下午|晚上|中午|早上|所有|全部|整个|本人|人家|自己|大家|有人|连)*"
)
ANYBODYS = re.compile(
    rf"[张条份]?(?:{KIND}|{TRADE}|{EMPLOYER}|[本该贵我全老新大小分总][店厂校院]|[一-鿿]?[家所间]|[省市县区镇乡村州])+"
)
OF_A_TRADE = re.compile(rf"[^\W\d_]{{2,4}}{TRADE}厂")
VAGUE = re.compile(
    r"某|全[厂店校院]|[一两几二三四五六七八九十]张|[一两几二三四五六七八九十百多]+[家所间]|[个位次笔]|(?:[\d一二两三四五六七八九十百千几多])[名元万]|\d+[家所间]|项目(?!部)|复盖|系$"
)
# 冒充学校, 半夜医院: before these a word is seldom a name
LOOSE = frozenset(("学校", "医院", "厂", "店", "供电所"))
FEWEST_CHARACTERS = 4


def works_by_name(folded: str, chains: Sequence[Chain]) -> Iterator[PrivateFind]:
    """Yield schools, hospitals, works and shops that have a name, by what stands before the word for their kind."""
    for pattern in (HOUSE, NUMBERED, CLASSED):
        kinds = matches_from(HOUSE_BEGINS, HOUSE, folded) if pattern is HOUSE else pattern.finditer(folded)
        for kind in kinds:
            before = NAME.search(folded, max(0, kind.start() - 12), kind.start())
            if before is None:
                continue
            start = before.start() + LEADING.match(before[0]).end()  # type: ignore[union-attr]
            following = bisect_left(chains, (start + 1,))
            if following < len(chains) and chains[following][0] < kind.start():
                start = chains[following][0]
            name = folded[start : kind.end()]
            is_named = pattern is NUMBERED or (len(name) >= FEWEST_CHARACTERS and not ANYBODYS.fullmatch(name))
            is_loose = pattern is HOUSE and kind[0] in LOOSE
            if is_loose and folded[kind.start() - 2 : kind.start()] in common_words() and not _of_a_trade(name):
                continue
            if not is_named or VAGUE.search(name) or OFFICE.search(name):
                continue
            yield PrivateFind(
                "workplace", start, kind.end(), "a name of its own before the word for a school or a shop"
            )
    for match in BRANDED.finditer(folded):
        for group in (0, "house"):  # all of it, or all but the brand, should a lender be called so too
            yield PrivateFind("workplace", *match.span(group), "one house of a chain, by where it stands")
    for match in ONE_OF_A_KIND.finditer(folded):
        street = STREET.search(folded, max(0, match.start() - 7), match.start())
        if street:
            yield PrivateFind("workplace", street.start(), match.end(), "one of a kind in a street")


def _of_a_trade(name: str) -> bool:
    """Whether a name stands before the word for a trade: 红星机械厂."""
    return bool(OF_A_TRADE.fullmatch(name)) and not ANYBODYS.match(name)
