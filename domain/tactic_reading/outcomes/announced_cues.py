"""Words by which somebody announces what will be done, and those that show whose threat it is."""

import re

from domain.tactic_reading.outcomes.outcome_cues import KIN, LATIN_KIN

# When something is announced for.
TERM_AHEAD = (
    "今[天晚早日]|明[天早晚日]|后天|下周|周[一二三四五六日末]|礼拜|星期|[0-9一二三两半几]+个?(?:小时|分钟|天|点|钟)"
)
# What somebody only announced, whatever was taken for lived: 说要把我的照片贴满小区, "have a word with" my boss.
ANNOUNCED = re.compile(
    '(?:说|讲|放话|扬言|威胁|恐吓|撂下|发狠话|放狠话|短信|微信|来电|回我|原话)[^。!?;]{0,6}[“"「『][^”"」』]{0,24}$'
    "|(?:说|讲|放话|扬言|威胁|恐吓|撂下|声称)(?:我|是|着)?[^,。!?;]{0,10}"
    "(?:要|就|会|将|让|马上|[天月时]后|明[天日早]|今[天晚早]|上午|下午|晚上|周[一二三四五六日末])[^,。!?;]{0,10}$"
    "|(?:他|她|催收|对方|短信|那边|的人|平台)们?(?:说|讲|称|话)[^,。!?;了]{0,3}$"
    r"|\b(?:said|says|told me|threaten\w*|swore|promised)\b[^.!?;]{0,24}"
    r"(?:\bwill\b|\bwould\b|'d\b|'ll\b|going to|gonna|\bto\b)[^.!?;]{0,16}$"
)
# The same where the passage itself begins with who says it: 他们扬言要找我领导
SAYS_SO = re.compile(
    "^[^,。!?;]{0,12}?(?:说|讲|称|放话|扬言|威胁|恐吓|撂下)(?:我|是|着)?[^,。!?;了]{0,8}?"
    "(?:要|会|将|让|明天|今天|今晚)"
    "|^[^,。!?;]{0,8}?(?:的人|催收|对方|他们?|短信)(?:说|讲|称)(?:找|来|去|上门|冻|抓)"
    r"|^[^.,!?;]{0,24}?\b(?:said|says|threaten\w*|swore|promised)\b[^.!?;]{0,12}"
    r"(?:\bwill\b|\bwould\b|'d\b|'ll\b|going to|gonna|\bto\b)"
)
SAID = re.compile(r"说|讲|称|威胁|扬言|放话|短信|话[会要]|\b(?:said|says|swore|promised|threaten\w*|told)\b")
# Whose threat it is, or that nobody made one.
OF_ANOTHER = re.compile(
    "(?:^|[,。!?;:])[^,。!?;:我]{0,4}(?:朋友|同学|同事|室友|工友|老乡|闺蜜|哥们|网友|群友|楼上|隔壁|听说|网上|网传|群里|有人说|别人"
    "|人家|有的人)[^。!?;我]{0,24}$"
    r"|\b(?:my|a)(?: \w+)? (?:friend|co-?worker|colleague|classmate|neighbou?r|cousin)\b[^.!?;]{0,40}$"
)
# What somebody tells who saw it or looked it up is no threat: 银行说被法院冻了, 柜员说没有冻结.
SEEN_BY = re.compile(
    "(?:银行|柜员|邻居|对门|隔壁|民警|警察|法官|法院|书记员|同事|物业|保安|门卫|前台|人事|老板|领导|主任|[我咱](?:妈|爸)|老婆|老公)"
    "(?:都|也|就)?(?:说|讲|告诉我)[^,。!?;要会将]{0,8}(?:被|没|了|真|过)"
)
ONLY_FEARED = re.compile(
    "(?:以为|害怕|担心|怕|要是|万一|会不会|梦见|梦到)(?:他们|催收|你们|他|真)[^,。!?;说]{0,16}$"
    r"|\b(?:what if|afraid|worried|if) (?:they|he|she)\b[^.!?;]{0,40}$"
)
# Somebody announces what will be done, in words of which no tactic was read: 说要去学校找孩子.
WILL_DO = re.compile(
    "(?:催收|对方|他们?|她们?|那[边人家]|短信|平台|佢哋?|的人)[^,。!?;:\n我问]{0,8}(?:说|讲|称|威胁|扬言|放话|话)(?:过|了|的)?[:“]?"
    f"[^,。!?;:\n不]{{0,4}}(?:要|会|将|{TERM_AHEAD}|来|上门|去|找)[^,。!?;\n]{{0,24}}"
    f"|(?<![^,。!?;\n:])(?:昨天|之前|刚才|明明)?说(?:好)?的?(?:要|会|{TERM_AHEAD})[^,。!?;\n]{{0,24}}"
    r"|\b(?:they|he|she|collectors?|agent|caller|text|voicemail|letter)\b[^.!?;\n]{0,24}\b(?:said|says|swore|promised|threatened)\b"
    r"[^.!?;\n]{0,16}(?:\bwill\b|\bwould\b|'d\b|'ll\b|going to|gonna|\bto\b)[^.!?;\n]{0,40}"
)
# What is announced, where no tactic was read of it; the first that fits.
ANNOUNCED_TOPICS = {
    "call_sms_bombing": re.compile(r"轰炸|打爆|手机|电话打不|停机|\bring\b|phone (?:would|will)"),
    "contact_book_blasting": re.compile("通讯录|群发|联系人|亲友|每个人|contacts|everyone i know"),
    "public_shaming": re.compile(
        "照片|视频|抖音|朋友圈|曝光|大字报|横幅|传单|贴|街招|大喇叭|photo|picture|flyer|post my"
    ),
    "credit_reporting_abuse": re.compile("征信|黑名单|黑户|credit|bureau"),
    "false_legal_threat": re.compile(
        "起诉|立案|法院|法警|警察|民警|公安|派出所|抓|坐牢|拘|冻结|查封|传票|开庭|执行"
        "|sue|court|arrest|warrant|sheriff|police|jail|garnish|freeze"
    ),
    "workplace_contact": re.compile(
        r"单位|公司|领导|老板|主管|经理|同事|人事|前台|厂|店里|boss|work|\bhr\b|employer|office|manager|students"
    ),
    "violence_threat": re.compile("打断|卸|弄死|收拾|砍|打我|腿|胳膊|break|hurt|kill"),
    "social_circle_contact": re.compile(f"{KIN}|{LATIN_KIN}"),
    "visit_threatened": re.compile("来|上门|到|过来|外访|家|敲门|门口|come|visit|door|agent|house|here"),
}
