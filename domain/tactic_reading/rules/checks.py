"""What a rule asks of its passage beside the concepts: an hour of the night, a number of calls."""

import re
from collections.abc import Callable

DEEP_NIGHT = re.compile(
    "凌晨|半夜|深夜|三更|午夜|子夜|夜里|后半夜|下半夜|夜半|大晚上|天没亮|天不亮|天还没亮|天冇光|天刚亮|大清早|一大早|叫早|吵醒|闹醒|惊醒"
    "|睡|瞓|夜间|夜班补觉|补觉|午休|休息时间|除夕|年三十|大年|年初一|正月初一|春节|年夜饭|夜麻麻|夜晚黑"
    r"|middle of the night|midnight|late at night|asleep|sleep|woke|waking|woken|before sunrise|dawn"
    r"|before (?:8|eight)|after (?:9|nine)|past (?:nine|ten)"
)
DEADLINE = re.compile("(?:凌晨|半夜|今晚|今夜|午夜)[^,。]{0,6}(?:之前|以前|前)|by midnight")
NUMBER = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
CLOCK = re.compile(r"(十[一二]?|[一二两三四五六七八九]|\d{1,2})\s*(?:点|时(?!间)|:\d\d)")
EVENING = re.compile("晚|夜")
MORNING = re.compile("早|晨")
BY_DAY = re.compile(
    r"(?:上午|中午|下午)[^,。]{0,2}?(?:十[一二]?|[一二两三四五六八九]|\d{1,2})点|(?<!\d)(?:1[3-9]|20)(?:点|时(?!间)|:\d\d)"
)
LATIN_CLOCK = re.compile(r"\b(\d{1,2})(?::\d\d)?\s*(a\.?m|p\.?m|in the morning|at night)")
DIGITS = re.compile(r"(?<!\d)(\d{1,3})(?=多?余?几?来?\s?(?:个|通|次|遍|回|条|times|calls|missed))")
FEW = re.compile("[一两二三](?:个|通|次|遍|回)")
ADVERB = re.compile(
    "频繁|反复|轮番|轮流|连环|不停|不断|不间断|没完|无休|响个不停|打个不停|接连|高频|频率|频次|挂断|挂了|刚挂|一挂|从早|一睁眼|没日没夜|24小时|全天"
    "|隔|每分钟|此起彼伏|一个接一个|狂打|疯狂|打不停|打爆|没电|夺命|轰炸|换着|换号"
    r"|constant|non-?stop|never stops|never ends|won'?t stop|will not stop|repeated|incessant|endless|relentless"
    r"|over and over|back to back"
    r"|all day|around the clock|every few|every ten|every twenty|every half|countless|excessive"
    r"|can't get through|day and night|hang up"
)
LATIN_COUNT = re.compile(
    r"\b(?:\d{1,3}|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|seventeen|eighteen|twenty|thirty|forty|fifty|dozens?|several|multiple|many|numerous|hundreds?)\b"
)
BIG = re.compile(
    "几十|数十|十几|十多|十来|[二三四五六七八九]十|上百|几百|一百|百[十多几来]|好几十|好多|无数|七八|五六|六七|八九|十余|十个|十通|十次|多次|[三四]五[个通次回]"
)
# Nobody who asks to be left alone says so of himself: 别让我妈接到电话 does.
CALLERS_ORDER = re.compile(
    r"(?:别|不要|甭|莫|唔好|不用)(?:再|老)?(?:让|叫|逼|等)(?:我们?|俺|咱)(?:再|亲自|又|一直|天天|带人)*(?:[打跑来说找催废上去发费动等出]|第)"
    r"|\bdon'?t make (?:me|us)\b|\bdo not make (?:me|us)\b"
)


def _is_night(text: str) -> bool:
    text = DEADLINE.sub("", text)
    if DEEP_NIGHT.search(text):
        return True
    for match in CLOCK.finditer(text):
        hour = NUMBER.get(match[1]) or int(match[1])
        around = text[max(0, match.start() - 12) : match.start()]
        if (
            hour >= 22
            or hour == 0
            or (MORNING.search(around) and 3 <= hour < 8)
            or (EVENING.search(around) and 10 <= hour <= 12)
        ):
            return True
        if ":" in match[0] and match[1].startswith("0") and hour < 8:
            return True
    for match in LATIN_CLOCK.finditer(text):
        hour, morning = int(match[1]), _is_morning(match)
        if (morning and (hour < 8 or hour == 12)) or (not morning and 9 <= hour <= 11):
            return True
    return False


def _is_morning(clock: re.Match[str]) -> bool:
    return clock[2][0] in "ai" and clock[2] != "at night"


def is_by_day(text: str) -> bool:
    """Whether a text names an hour at which a call is nobody's nuisance, and none of the night."""
    return not _is_night(text) and (
        BY_DAY.search(text) is not None
        or any(
            8 <= int(match[1]) <= 11 if _is_morning(match) else int(match[1]) in (12, *range(1, 9))
            for match in LATIN_CLOCK.finditer(text)
            if match[2] != "at night"
        )
    )


def is_the_callers_order(text: str) -> bool:
    """Whether it is the collector who wants something to stop: 别让我再打第二次, don't make me call again."""
    return CALLERS_ORDER.search(text) is not None


def _is_many(text: str) -> bool:
    if ADVERB.search(text) or BIG.search(text):
        return True
    return any(int(number) >= 5 for number in DIGITS.findall(text)) or bool(LATIN_COUNT.search(text))


CHECKS: dict[str, Callable[[str], object]] = {
    "": lambda text: True,
    "any": lambda text: True,
    "night": _is_night,
    "many": _is_many,
    "many_calls": lambda text: (
        ADVERB.search(text)
        or BIG.search(text)
        or any(int(n) >= 8 for n in DIGITS.findall(text))
        or LATIN_COUNT.search(text)
    ),
    "strong_many": lambda text: re.search("未接|来电|电话|calls?", text),
    "nonstop": ADVERB.search,
    "codes": re.compile(r"条|不停|不断|疯狂|狂|每隔|接连|刷屏|爆|炸|hundreds|thousands|\d{2,}|every").search,
    "went_on": re.compile(
        "还|仍|依然|依旧|照|继续|接着|又|换|再打|没用|无效|天天|每天|不听|一直"
        "|still|keep|kept|continu|again|anyway|new number|ignor"
    ).search,
    "went_on_en": re.compile("after|despite|even though|told|asked|though|说|告诉|要求").search,
    "two_people": re.compile(r"\d|几|多|好").search,
    "at_work": re.compile("公司|单位|厂|店|工地|学校|上班|work|job|office").search,
    "his_debt": re.compile("欠|还|替|债|bill|owe").search,
    "came": re.compile("来|到|找|came|show").search,
    "deadline": re.compile("今|明|小时|点前|立即|马上|已|today|tomorrow|hours").search,
    "addressed": re.compile("老赖").search,
    "i_am": re.compile(r"是|自称|\bfrom\b|\bhe was\b|\bshe was\b|they were|this is|i am|i'm").search,
    "not_debt": re.compile("委托|授权|手续|资质").search,
    "tells": re.compile("说|讲|告|骂|让|替|told|say|tell|owe").search,
    "money": re.compile(r"\d|[一二三四五六七八九十百千万]").search,
    "many_times": re.compile("[几十百].{0,2}(?:通|遍|次)|电话|未接|calls").search,
    "calls": re.compile("电话|短信|简讯|催|打|消息|微信|call|text|letter|phone").search,
    "village": re.compile("老家|村|户籍|乡下|village").search,
    "at_company": re.compile("打到|打给|致电|来电|公司").search,
    "contacts": re.compile("联系人|通讯录|好友|亲友|contacts|numbers").search,
    "not_contacts": lambda text: not re.search("通讯录|联系|认识|手机里|有的人", text),
    "moving": re.compile("出发|路上|已到|赶|抵达|到达|连夜|route|way|outside|area").search,
    "appointment": re.compile("上门|面谈|来|到|访|visit|agent|come").search,
    "hard": re.compile("打|踹|推|掐|揪|砸|缝|伤|骨折|hit|slap|punch|kick|shove|push|assault|beat").search,
    "spoken": re.compile('[“「"说骂讲叫喊]|said|call|told').search,
    "image": re.compile("彩信|发|寄|收到|照片|截图|传真|邮件|sent|mail|text").search,
    "spread": re.compile("逢人|到处|个遍|所有人|每个|谁|当着|当众|大声|everyone|loud").search,
    "shown": re.compile("看到|看见|贴|挂|印|放|出现|滚动|循环|see|pin|tape|post|put up").search,
    "paper": re.compile("贴|印|挂|钉|塞|撒|喷|写|pinned|taped|stuck|stapled|posted|put up").search,
    "broadcast": re.compile("播|念|广播|喇叭|喊|屏").search,
    "public": re.compile("群|网|门|墙|楼|村|街|店|口|栏|online|board|wall|door").search,
    "whereabouts": re.compile("地址|住|家|单位|学校|公司|电话|号码|address|number|live").search,
    "apr": re.compile(
        "(?:年化|利率|apr|利息|息).{0,10}?(?:[2-9]\\d|\\d{3}|[二三四五六七八九]十|百|高|翻)|\\d{2,4}\\s?%"
    ).search,
    "urging": re.compile("让|叫|劝|教|逼|没钱|可以|不如|去|told|should").search,
    "account": re.compile("卡|账户|余额|account|card").search,
    "credit": re.compile("征信|信用|联征|黑名单|credit").search,
    "no_credit": lambda text: not re.search("征信|联征|信用报告|credit", text),
    "strong_forced": re.compile(
        "泼|漆|锁眼|匙孔|横幅|花圈|灵堂|赖着|赖在|强行|硬闯|闯|跟踪|尾随|撬|铁链|大喇叭|冥币"
        "|paint|refused to leave|broke in"
    ).search,
    "not_mine": lambda text: not re.search("我在|我们公司规定|我单位的工资", text),
    "one_by_one": re.compile("挨个|逐|一个一个|一个个|遍|没放过|不落|群发|轮|one by one|every").search,
    "twice": re.compile("两次|两遍|两笔|三次|三遍|重复|多扣|twice|double").search,
    "how": re.compile("怎么|从哪|哪里|哪来|凭什么|没留|没填|没给|how|where").search,
    "owner": re.compile("谁|授权|债主|债权|委托|owns|owe").search,
    "stayed": re.compile("坐|站|蹲|守|堵|赖|来了|sat|stood|waited|parked").search,
    "to_me": re.compile("跟我说|告诉我|对我说|和我说|通知我|told me|telling me").search,
    "debt_sale": re.compile("债权|转让|委托|授权").search,
}
