"""Employers without a word for their kind, told by the work that somebody does there: 我在海底捞洗碗."""

import re
from collections.abc import Iterator

from domain.redaction.finds import PrivateFind
from domain.redaction.places.known_places import known_chains
from domain.redaction.works.words import EMPLOYER, KIND, OFFICE, TRADE

_POST = (
    "员|师|工|长|前台|护士|司机|会计|出纳|老师|经理|主管|保安|保洁|客服|厨师|学徒|助理|店长|收银|销售|采购|质检|分拣|后厨|前台|护工|月嫂"
    "|领班|主播|阿姨|翻译|律师|医生|大夫|教练|技师|保姆|店员|普工|跟单|仓管|搬运|外卖|快递|配送|家教|地勤|空姐|空乘|后勤|文员|美工|设计|开发|测试|运营|行政|财务|人事|采编|编辑|主播|助播|放映|验票|检票|调度|机修|维修|钳工|焊工|木工|瓦工|水电|装卸|理货|打荷|墩子|传菜|服务|迎宾|茶艺|化妆|美容|理疗|按摩"
)
WORK = (
    r"(?:上(?:白|夜|早|晚|中)?班|打工|打零工|打暑假工|任职|任教|就职|供职|当班|实习|工作|教书|代课|值班|值夜班|坐班|倒班|站柜台|看店|跑业务|开叉车|开货车|开车"
    r"|开吊车|开塔吊|开挖机|送货|送餐|送快递|卖(?:货|菜|鱼|肉|水果|水产|衣服|鞋|手机|房|车|保险|早点|早餐|烟酒|化妆品|建材|家具|家电|药|票|茶叶|酒)|卖(?![了不我掉给惨力])[一-鿿]{1,3}(?=[,。;!?\s]|$)|洗碗|端盘子|切菜|配菜|收银|下井|打馕|踩缝纫机|三班倒|站流水线|[拧打]螺丝|切[羊牛猪鱼]?肉|剪头发|搬货|打包|卸货|装货|装卸|分货|做?理货|帮工|帮厨|帮忙|打杂|做事|做工|务工|做嘢|返工|兼职|看大?门|守夜|喷漆|上漆|掌勺|炒菜|端菜|接待|剃头|学手艺|学徒|压货|押运"
    r"|做(?:暑假|寒假)工|做兼职|学(?:游泳|琴|画画?|跳舞|舞蹈|书法|英语|钢琴|篮球|跆拳道|轮滑|吉他|围棋)|上学|读书|念书|补课|住院|坐月子|当兵|服役"
    rf"|(?:做|当|干|学)(?:了?[一二两三四五六七八九十几半多\d]{{1,3}}年(?:多)?的?)?(?:[一-鿿]{{0,5}}?(?:{_POST}))|干了?(?:[一二两三四五六七八九十几半多\d]{{1,3}}[年个]))"
)
WORKING = re.compile(
    r"[在喺于进去](?:(?<=^.)|(?<=[我他她俺您你人公婆妈妈爸父母夫妻弟哥姐妹叔伯姑姨舅侄甥孙子女儿友事学起前来直前年在是,。;、:(“].))"
    r"(?:(?<=[在喺于])|(?<=[进去])了)"
    rf"(?P<id>[一-鿿a-z\d]{{3,18}}?)(?=(?:里|那边|这边)?{WORK})"
)
# What is no name: 我在家里上班, 在县城一家饭店打工, 在网上做客服, 在他那里当司机
NOBODYS = re.compile(
    r"[的了着过被把就也都没不要会能请找打让给跟和与或你我他她它这那某哪谁何自己别其某几每各本该贵借贷供]|一[家个所]|(?:学校|公司|单位|厂|医院|小区|商场|超市|地铁|菜?市场)门口|正常|认真|努力|外[地面省边企]|家里|老家|家乡|乡下|农村|县城|城[里市]|镇上"
    r"|村里|市里|市区|省城|国[内外]|网上|线上|线下|群里|电话|手机|附近|旁边|对面|楼[上下]|小区|工地|私企|国企|外企|机关|体制|前台|现场"
    r"|期间|时候|之[前后]|以[前后]|白天|晚上|夜里|周末|平时|银行|平台|医院$|学校$|工厂$|公司$|单位$|饭店$|超市$|餐馆$|酒店$|店里|厂里|外头|里面|上面|下面|(?<!之)家$|(?<![湖海河江山])边$|[里上下中外前后时年月天间方地日处]$"
)

# 手术室, 养老院, 菜市场: kinds, no names
KINDS = re.compile(rf"(?:手术|值班|办公|更衣)室|[一-鿿]?(?:{KIND}|{TRADE})?(?:{EMPLOYER})")
WHERE = re.compile(
    r"^[^\W\d_的]{2,8}(?:[楼路街巷场城区镇村县]|广场|对面|旁边|隔壁|楼下|门口|附近|后面|边上)的(?=[^\W_的]{3})"
)
# 德清莫干山的|一家民宿, 阳澄湖边|一家叫蟹满堂的饭馆: a place and a kind are enough
AT_A_PLACE = re.compile(
    rf"(?P<place>[^\W\d_的]{{2,8}}?)的?[一那][家个间所](?!工厂|公司|学校|医院|酒店|饭店|超市|银行|单位|平台|小店|商店|网店|门店|大)(?:叫[^\W\d_的]{{2,6}}的)?[^\W\d_的]{{0,5}}?(?:{EMPLOYER})"
)


def works_by_verb(folded: str) -> Iterator[PrivateFind]:
    """Yield what stands between 在 and a verb of work and is neither a town nor any works."""
    for match in WORKING.finditer(folded):
        # 金银湖万达三楼的|海澜之家
        placed = AT_A_PLACE.fullmatch(match["id"])
        name = placed["place"] if placed else WHERE.sub("", match["id"])
        if placed:
            if not NOBODYS.search(name) and len(name) > 1:
                yield PrivateFind("workplace", *match.span("id"), "one of a kind in a place, where somebody works")
            continue
        if len(name) < 3 or NOBODYS.search(name) or KINDS.fullmatch(name) or _is_an_office(name) or _is_a_town(name):
            continue
        yield PrivateFind("workplace", *match.span("id"), "where somebody works")


def _is_an_office(name: str) -> bool:
    """Whether it is an office that anybody turns to: 银保监分局, but not 文登区法院, where somebody works."""
    return bool(OFFICE.search(name)) and not any(start == 0 for start, _ in known_chains(name))


def _is_a_town(name: str) -> bool:
    chains = known_chains(name)
    covered = sum(end - start for start, end in chains)
    return len(name) - covered < 2
